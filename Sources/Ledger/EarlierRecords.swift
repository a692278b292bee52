internal import Platform
package import Primitives

/// What a hookkit from before arrivals has recorded: pushed tips, one line each in 256 files of
/// `$GIT_DIR/hookkit/receipts/`, and where protected references began.
package struct EarlierRecords: Sendable {
  struct Receipt {
    let tip: ObjectID
    let time: Int64
    let account: [UInt8]?
    let ref: RefName
  }

  /// The oldest first.
  let receipts: [Receipt]
  let beginnings: [ObjectID]

  /// Most bytes of one of the 256 files; a larger one was a way to shut the gate, and is cut off here.
  private static let limit = 64 << 20

  /// - Returns: `nil` where there are no receipts: hookkit was not here before.
  package init?(_ state: ServerState, beginnings: [ObjectID]) {
    let folder = state.folder + "/receipts"
    guard let names = try? FileBytes.names(in: folder), !names.isEmpty else { return nil }
    var receipts: [Receipt] = []
    for name in names {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)", limit: Self.limit) else {
        continue
      }
      let whole = bytes[..<(bytes.lastIndex(of: 0x0a) ?? 0)]
      receipts += whole.split(separator: 0x0a).compactMap { Receipt(line: $0) }
    }
    self.receipts = receipts.sorted { $0.time < $1.time }
    self.beginnings = beginnings
  }
}

extension EarlierRecords.Receipt {
  /// `<tip> <time> <account as hexadecimal digits, or -> <ref>`
  fileprivate init?(line: ArraySlice<UInt8>) {
    let fields = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard fields.count == 4, let tip = ObjectID(hex: fields[0]),
      let time = Int64(String(decoding: fields[1], as: UTF8.self))
    else { return nil }
    let account: [UInt8]?
    if fields[2].elementsEqual("-".utf8) {
      account = nil
    } else {
      guard let name = Hex.decode(fields[2]) else { return nil }
      account = name
    }
    let ref = RefName(Array(fields[3]))
    guard ref.isWellFormed else { return nil }
    self.init(tip: tip, time: time, account: account, ref: ref)
  }
}
