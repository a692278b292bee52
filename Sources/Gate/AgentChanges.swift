package import Git
package import Ledger
internal import Policy
package import Primitives

/// The changes in an update that are an agent's, for the server to remember.
///
/// Judging is not meant: the update may be of a reference that no rule names. Its commits are those
/// that no protected reference has.
///
/// - Parameter limit: most commits; a longer update gives an error.
package func agentChanges(
  in update: RefUpdate, push: Push, under policy: PolicyInForce, _ surroundings: Surroundings,
  limit: Int
) throws(GitError) -> [ChangeDigest] {
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  var hidden = try bench.protectedTips().filter { $0 != update.new }
  if !update.isCreation { hidden.append(try surroundings.objects.peel(update.old).id) }
  let tip = try surroundings.objects.peel(update.new)
  guard tip.kind == .commit else { return [] }
  let range = try CommitRange(
    from: hidden, to: tip.id, update: update, push: push,
    classifier: Classifier(policy: policy.policy, surroundings: surroundings, time: push.time))
  var changes: [ChangeDigest] = []
  for position in range.commits.indices where range.commits[position].parents.count < 2 {
    guard changes.count < limit else { throw .overLimit("more than \(limit) commits of an agent") }
    if case .agent = try range.origin(position).kind {
      changes.append(try surroundings.objects.changeDigest(of: range.object(position)))
    }
  }
  return changes
}
