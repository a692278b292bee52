package import Git
package import Ledger
internal import Policy
package import Primitives

/// The changes in an update that are an agent's, for the server to remember: each of its commits, and
/// all that its branch changes, as a squash would bring it.
///
/// Judging is not meant: the update may be of a reference that no rule names. Its commits are those
/// that no reference whose rules ask for a review has.
///
/// - Parameter limit: most commits; a longer update gives an error.
package func agentChanges(
  in update: RefUpdate, push: Push, under policy: PolicyInForce, _ surroundings: Surroundings,
  limit: Int
) throws(GitError) -> [ChangeDigest] {
  let objects = surroundings.objects
  let tip = try objects.peel(update.new)
  guard tip.kind == .commit else { return [] }
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  let reviewed = try bench.protectedTips { name in
    policy.policy.protections(for: name).contains { $0.review.approvals > 0 }
  }
  .filter { $0 != tip.id }
  var hidden = reviewed
  if !update.isCreation {
    let old = try objects.peel(update.old)
    if old.kind == .commit { hidden.append(old.id) }
  }
  let range = try CommitRange(
    from: hidden, to: tip.id, update: update, push: push,
    classifier: Classifier(policy: policy.policy, surroundings: surroundings, time: push.time))
  var changes: [ChangeDigest] = []
  for position in range.commits.indices {
    guard changes.count < limit else { throw .overLimit("more than \(limit) commits of an agent") }
    guard case .agent = try range.origin(position).kind else { continue }
    // A commit that changes nothing is like every other one that changes nothing.
    let change = try objects.changeDigest(of: range.object(position))
    if change != .none { changes.append(change) }
  }
  guard !changes.isEmpty else { return [] }
  return try changes + wholeChange(to: tip.id, from: reviewed, in: objects)
}

/// What a branch changes in all, if it leaves reviewed history at one commit and is not too long.
private func wholeChange(
  to tip: ObjectID, from reviewed: [ObjectID], in objects: ObjectStore
) throws(GitError) -> [ChangeDigest] {
  let commits: [WalkedCommit]
  do throws(GitError) {
    commits = try objects.commits(reachableFrom: [tip], hiding: reviewed, limit: 1000)
  } catch .overLimit {
    return []
  }
  let own = Set(commits.map(\.id))
  let starts = Set(commits.flatMap(\.parents)).subtracting(own)
  guard commits.count > 1, starts.count <= 1, let last = commits.first(where: { $0.id == tip })
  else { return [] }
  let base = try starts.first.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
  let change = ChangeDigest(try objects.changes(from: base, to: last.tree))
  return change == .none ? [] : [change]
}
