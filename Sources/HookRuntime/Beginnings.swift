internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// Where references begin that a new policy comes to protect: as what stood there before any landing.
///
/// Without that, `hookkit verify` could not tell a branch that a policy has just named from one that
/// was moved behind the server's back.
struct Beginnings {
  let policy: Policy
  let digest: [UInt8]
  /// The branch that HEAD names.
  let head: RefName?
  let surroundings: Surroundings

  /// One entry for each reference that the policy protects and that has no landing.
  ///
  /// - Parameters:
  ///   - moves: landings about to be written; their references begin where they started from.
  ///   - index: of what has landed.
  ///   - others: references that another policy's entries begin already.
  func statements(
    before moves: [LandingStatement], _ index: LandingIndex, besides others: Set<RefName>,
    ledger: ObjectID, at time: Int64
  ) throws -> [ServerRecords.NewLanding] {
    var tips = try protectedTips()
    for move in moves.reversed() { tips[move.ref] = move.old.isZero ? nil : move.old }
    let new = tips.filter { index.newest(of: $0.key) == nil && !others.contains($0.key) }
      .sorted { $0.key < $1.key }
    return try new.map { entry in
      let statement = try LandingStatement(
        repository: policy.repository, ref: entry.key, old: .zero, new: entry.value, pusher: [],
        policyDigest: digest, ledger: ledger, coverage: .object([]), time: time, kind: .baseline,
        head: head)
      return ServerRecords.NewLanding(statement)
    }
  }

  private func protectedTips() throws(GitError) -> [RefName: ObjectID] {
    var tips: [RefName: ObjectID] = [:]
    for prefix in Set(policy.protections.flatMap(\.refs).map { Array($0.literalPrefix) }) {
      for (name, id) in try surroundings.references.list(prefix: prefix)
      where policy.isProtected(name) {
        tips[name] = id
      }
    }
    return tips
  }
}
