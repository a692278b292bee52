internal import Git
package import Ledger
package import Primitives
internal import Signing

/// How the commits of an update came, as its landing carries it: a clone that verifies the landing has no
/// other record.
///
/// One line for each push that is named, then one for each commit that the running push did not bring:
///
///     hookkit.arrivals/1
///     push 1795996800 636f646578 726566732f68656164732f78
///     3f1c9e2... 0
///     5d6e7f8... nobody
///     1a2b3c4... baseline
///
/// Account and reference stand there as hexadecimal digits, `-` for no account.
package struct LandedArrivals: Sendable {
  private var arrivals: [ObjectID: Arrival] = [:]

  private static let header = Array("hookkit.arrivals/1\n".utf8)

  package init() {}

  package subscript(id: ObjectID) -> Arrival? { arrivals[id] }

  /// - Parameters:
  ///   - commits: with the arrival of each.
  ///   - now: how what comes with the running push comes: it is left out.
  static func bytes(
    of commits: some Sequence<(id: ObjectID, arrival: Arrival)>, unlike now: Arrival.Source
  ) -> [UInt8] {
    var pushes: [Arrival.Source: Int] = [:]
    var head: [UInt8] = []
    var body: [UInt8] = []
    for (id, arrival) in commits where arrival.source != now {
      let word: [UInt8]
      switch arrival.source {
      case .nobody: word = Array("nobody".utf8)
      case .baseline: word = Array("baseline".utf8)
      case .pushed(let account, let ref, let time):
        let number = pushes[arrival.source] ?? pushes.count
        if number == pushes.count {
          pushes[arrival.source] = number
          let name = account.map { Hex.encode($0) } ?? [0x2d]
          head +=
            Array("push \(time) ".utf8) + name + [0x20] + Hex.encode(ref.bytes) + [0x0a]
        }
        word = Array(String(number).utf8)
      }
      body += Hex.encode(id.bytes) + [0x20] + word + [0x0a]
    }
    return body.isEmpty ? [] : header + head + body
  }

  /// Reads what `bytes(of:unlike:)` wrote; `nil` for anything else.
  package init?(reading bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    guard bytes.starts(with: Self.header) else { return nil }
    var pushes: [Arrival.Source] = []
    for line in bytes.dropFirst(Self.header.count).split(separator: 0x0a) {
      let fields = line.split(separator: 0x20, omittingEmptySubsequences: false)
      if fields.count == 4, fields[0].elementsEqual("push".utf8) {
        guard let time = Int64(String(decoding: fields[1], as: UTF8.self)),
          let ref = Hex.decode(fields[3])
        else { return nil }
        let account: [UInt8]?
        if fields[2].elementsEqual([0x2d]) {
          account = nil
        } else {
          guard let name = Hex.decode(fields[2]) else { return nil }
          account = name
        }
        pushes.append(.pushed(by: account, to: RefName(ref), at: time))
        continue
      }
      guard fields.count == 2, let id = ObjectID(hex: fields[0]) else { return nil }
      if fields[1].elementsEqual("nobody".utf8) {
        arrivals[id] = Arrival(.nobody)
      } else if fields[1].elementsEqual("baseline".utf8) {
        arrivals[id] = Arrival(.baseline)
      } else {
        guard let number = Int(String(decoding: fields[1], as: UTF8.self)),
          pushes.indices.contains(number)
        else { return nil }
        arrivals[id] = Arrival(pushes[number])
      }
    }
  }
}
