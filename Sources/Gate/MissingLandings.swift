internal import Git
package import Ledger
internal import Platform
package import Primitives

/// Moves that happened and that no landing records: the hook that would have written it was killed, or
/// the host leaves only pre-receive free.
///
/// The journal has every decision before the reference moved, so a move is known again by the decision
/// that allowed it and by where the reference stands now. The journal is read once, however many
/// references are asked about.
package final class MissingLandings {
  private let journal: Journal
  /// What the journal's end says, and the whole of it, as far as they have been read: the moves of each
  /// reference, the newest first.
  private var recent: [RefName: [Move]]?
  private var all: [RefName: [Move]]?
  /// Most moves of one reference that are made up for.
  private static let most = 10_000
  /// Bytes at the journal's end that are read first: what is missing is new as a rule.
  private static let usualTail = 4 << 20

  /// A decision that allowed a move.
  package struct Move: Sendable {
    package let update: RefUpdate
    /// The account as the journal shows it.
    package let pusher: [UInt8]?
    package let policyDigest: [UInt8]
    package let ledger: ObjectID?
    package let time: Int64
  }

  package init(_ state: ServerState) {
    journal = Journal(state)
  }

  /// The moves that took a reference from where its last landing left it to where it stands.
  ///
  /// - Parameter recently: look at the journal's end alone.
  /// - Returns: the oldest first; `nil` where the journal does not have them all.
  package func moves(
    of ref: RefName, from landed: ObjectID, to present: ObjectID, recently: Bool = false
  ) -> [Move]? {
    guard landed != present else { return [] }
    if recent == nil { recent = read(within: Self.usualTail) }
    if let moves = Self.moves(from: landed, to: present, in: recent?[ref]) { return moves }
    guard !recently else { return nil }
    if all == nil { all = read(within: Int.max) }
    return Self.moves(from: landed, to: present, in: all?[ref])
  }

  private func read(within limit: Int) -> [RefName: [Move]] {
    // A journal that cannot be read proves no move.
    guard let records = try? journal.newest(within: limit) else { return [:] }
    return Dictionary(grouping: records.compactMap { Move($0) }, by: \.update.name)
  }

  private static func moves(
    from landed: ObjectID, to present: ObjectID, in known: [Move]?
  ) -> [Move]? {
    var moves: [Move] = []
    var wanted = present
    for move in known ?? [] where move.update.new == wanted {
      moves.append(move)
      wanted = move.update.old
      if wanted == landed { return moves.reversed() }
      guard moves.count < most else { return nil }
    }
    return nil
  }
}

extension MissingLandings.Move {
  /// Reads a journal's record; `nil` unless it allowed a move.
  fileprivate init?(_ record: JSON) {
    guard record["verdict"]?.string == Verdict.allow.rawValue,
      let name = record["refHex"]?.bytes.flatMap({ Hex.decode($0) }) ?? record["ref"]?.bytes,
      let old = record["old"]?.bytes.flatMap({ ObjectID(hex: $0) }),
      let new = record["new"]?.bytes.flatMap({ ObjectID(hex: $0) }), old != new,
      let policy = record["policy"]?.bytes.flatMap({ Hex.decode($0) }),
      let time = record["time"]?.integer
    else { return nil }
    update = RefUpdate(old: old, new: new, name: RefName(name))
    pusher = record["pusher"]?.bytes
    policyDigest = policy
    ledger = record["ledger"]?.bytes.flatMap { ObjectID(hex: $0) }
    self.time = time
  }
}
