package import Platform
package import Primitives

/// Who first pushed a commit to this repository, to which reference, and when.
///
/// A branch that nobody guards is not judged, but what came in through it may reach a protected branch
/// later: its commits must then still be known as the agent's who brought them. One line is kept for
/// every pushed tip, in 256 files by the tip's first byte; a commit below a tip came with that tip.
package struct Receipts: Sendable {
  private let state: ServerState

  package struct Receipt: Hashable, Sendable {
    package let tip: ObjectID
    /// The server's clock, seconds since 1970.
    package let time: Int64
    /// The account name as the host gave it; `nil` when unknown.
    package let account: [UInt8]?
    package let ref: RefName

    package init(tip: ObjectID, time: Int64, account: [UInt8]?, ref: RefName) {
      self.tip = tip
      self.time = time
      self.account = account
      self.ref = ref
    }
  }

  /// Most bytes of one of the 256 files that is read.
  private static let limit = 64 << 20

  package init(_ state: ServerState) {
    self.state = state
  }

  private func path(_ tip: ObjectID) -> String {
    state.path("receipts", Hex.string([tip.firstByte]))
  }

  /// Appends one line for each pushed tip that has none yet: only the first one ever counts, and a push
  /// that is refused again and again must not fill the disk.
  package func add(_ receipts: [Receipt]) throws(SystemError) {
    // Runs of one first byte, so that each file is opened once and no table is needed.
    let ordered = receipts.count > 1 ? receipts.sorted { $0.tip < $1.tip } : receipts
    var start = 0
    while start < ordered.count {
      var end = start + 1
      while end < ordered.count, ordered[end].tip.firstByte == ordered[start].tip.firstByte {
        end += 1
      }
      do throws(SystemError) {
        try append(ordered[start..<end])
      } catch  where error.isMissing {
        try FileBytes.makeFolder(state.folder + "/receipts", mode: 0o700)
        try append(ordered[start..<end])
      }
      start = end
    }
  }

  private func append(_ receipts: ArraySlice<Receipt>) throws(SystemError) {
    guard let first = receipts.first else { return }
    let file = try LockedFile(path(first.tip))
    let present = try file.tail(Self.limit)
    var lines: [UInt8] = []
    var last: ObjectID?
    for receipt in receipts where receipt.tip != last {
      last = receipt.tip
      let line = receipt.line
      if !Self.hasReceipt(present, startingWith: line) { lines += line }
    }
    guard !lines.isEmpty else { return }
    // A line that a killed process left unfinished is closed first, so that it cannot swallow this one,
    // and with a word that makes sure that it is none: cut in the right place it could pass for one.
    let unfinished = present.last.map { $0 != 0x0a } ?? false
    try file.append((unfinished ? Array(" torn\n".utf8) : []) + lines, durable: false)
  }

  /// Whether some whole receipt begins with the same object name.
  private static func hasReceipt(_ lines: [UInt8], startingWith line: [UInt8]) -> Bool {
    var start = 0
    while start < lines.count {
      var same = 0
      while same <= ObjectID.hexCount, start + same < lines.count, lines[start + same] == line[same]
      {
        same += 1
      }
      guard let feed = lines[start...].firstIndex(of: 0x0a) else { return false }
      if same > ObjectID.hexCount, Receipt(line: lines[start..<feed]) != nil { return true }
      start = feed + 1
    }
    return false
  }

  /// All receipts of the tips that begin with the same byte, by tip. A line that a killed process left
  /// unfinished is passed over: its push did not go on either.
  package func receipts(
    withFirstByteOf tip: ObjectID
  ) throws(SystemError) -> [ObjectID: [Receipt]] {
    guard let bytes = try FileBytes.readIfPresent(path(tip), limit: Self.limit) else { return [:] }
    let whole = bytes[..<(bytes.lastIndex(of: 0x0a) ?? 0)]
    return Dictionary(
      grouping: whole.split(separator: 0x0a).compactMap { Receipt(line: $0) }, by: \.tip)
  }
}

extension Receipts.Receipt {
  fileprivate var line: [UInt8] {
    let name = account.map { Hex.encode($0) } ?? Array("-".utf8)
    let time = Array(String(time).utf8)
    return Hex.encode(tip.bytes) + [0x20] + time + [0x20] + name + [0x20] + ref.bytes + [0x0a]
  }

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
