internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// Whether a maintainer has adopted a branch that came under protection with work on it: has signed a
/// review of its tip, for it, of all that stands there.
struct Adoption {
  let bench: Bench

  func isAdopted(_ ref: RefName, at tip: ObjectID) throws(GitError) -> Bool {
    guard bench.ledgerTip != nil else { return false }
    let objects = bench.surroundings.objects
    let commit = try WalkedCommit(objects.commit(tip))
    let presence = bench.policy.protections(for: ref).map(\.review.presence).max() ?? .none
    for review in try bench.signatories().reviews(of: commit, for: ref).sound
    where review.signatory.unfit(role: .maintainer, presence: presence) == nil {
      if try showsAll(below: review.statement.base) { return true }
    }
    return false
  }

  /// Whether nothing stands below a review's base but what was here before hookkit, so that the reviewer
  /// has been shown all the rest.
  private func showsAll(below base: ObjectID) throws(GitError) -> Bool {
    guard !base.isZero else { return true }
    let landed = try bench.surroundings.landings.landed(
      where: { bench.policy.isProtected($0) }, adopted: { _, _ in false })
    let hidden = HiddenCommits(landed)
    return try bench.surroundings.objects.commits(
      reachableFrom: [base], hiding: hidden.tips, endingAt: hidden.ends,
      limit: bench.policy.limits.commits
    ).isEmpty
  }
}
