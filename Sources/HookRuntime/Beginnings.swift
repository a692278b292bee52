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
  let surroundings: Surroundings

  /// One entry for each reference that the policy protects and that has no landing.
  ///
  /// - Parameter moves: landings about to be written; their references begin where they started from.
  func statements(
    before moves: [LandingStatement], ledger: ObjectID, at time: Int64
  ) throws -> [LandingStatement] {
    let landed = Set(
      try Landings(objects: surroundings.objects)
        .chain(from: surroundings.references.resolve(.landings)).map(\.statement.ref))
    var tips = try protectedTips()
    for move in moves.reversed() { tips[move.ref] = move.old.isZero ? nil : move.old }
    return try tips.filter { !landed.contains($0.key) }.sorted { $0.key < $1.key }.map { entry in
      try LandingStatement(
        repository: policy.repository, ref: entry.key, old: .zero, new: entry.value, pusher: [],
        policyDigest: digest, ledger: ledger, coverage: .object([]), time: time, kind: .baseline)
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
