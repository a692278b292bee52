internal import Git
package import Ledger
internal import Platform
package import Primitives

/// Moves that happened and that no landing records: the hook that would have written it was killed, or
/// the host leaves only pre-receive free.
///
/// The journal has every decision before the reference moved, so a move is known again by the decision
/// that allowed it and by where the reference stands now.
package struct MissingLandings {
  private let journal: Journal
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
  /// - Returns: the oldest first; `nil` where the journal does not have them all.
  package func moves(
    of ref: RefName, from landed: ObjectID, to present: ObjectID
  ) -> [Move]? {
    guard landed != present else { return [] }
    for limit in [Self.usualTail, Int.max] {
      guard let records = try? journal.newest(within: limit) else { return nil }
      if let moves = Self.moves(of: ref, from: landed, to: present, in: records) { return moves }
    }
    return nil
  }

  private static func moves(
    of ref: RefName, from landed: ObjectID, to present: ObjectID, in records: [JSON]
  ) -> [Move]? {
    var moves: [Move] = []
    var wanted = present
    for record in records {
      guard let move = Move(record), move.update.name == ref, move.update.new == wanted else {
        continue
      }
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
