package import Git
package import Ledger
internal import Policy
package import Primitives

/// What the commits of a push change, each with who brought it, for the server to remember: each commit's
/// own change, and for an agent's all that its branch changes, as a squash would bring it.
///
/// Judging is not meant: the update may be of a reference that no rule names.
///
/// - Parameters:
///   - push: of this update, recorded shortly before.
///   - limit: most commits; what comes behind them is not remembered.
package func broughtChanges(
  in update: RefUpdate, push: Push, under policy: PolicyInForce, _ surroundings: Surroundings,
  limit: Int
) throws(GitError) -> [(change: ChangeDigest, bringer: ChangeMemory.Bringer)] {
  let objects = surroundings.objects
  let tip = try objects.peel(update.new)
  guard tip.kind == .commit else { return [] }
  let memory = surroundings.memory
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  let classifier = try Classifier(
    policy: policy.policy, surroundings: surroundings, time: push.time)
  var brought: [(change: ChangeDigest, bringer: ChangeMemory.Bringer)] = []
  var failure: GitError?
  var walk = HistoryWalk()
  walk.run(from: tip.id) { id, isCommit in
    guard failure == nil, brought.count < limit else { return nil }
    do throws(GitError) {
      guard let arrival = try memory.arrival(of: id), arrival.isOf(push),
        let link = objects.link(id, isCommit: isCommit)
      else { return nil }
      let commit = try objects.commit(id)
      let origin = try classifier.origin(
        of: commit, by: Delivery(arrival: arrival, pusher: bench.pusher))
      let change = try objects.changeDigest(of: commit)
      // A commit that changes nothing is like every other one that changes nothing.
      if change != .none {
        let bringer = ChangeMemory.Bringer(
          commit: id, arrival: arrival.number, grade: .init(origin))
        brought.append((change, bringer))
      }
      return link
    } catch {
      failure = error
      return nil
    }
  }
  if let failure { throw failure }
  guard
    let surest = brought.map(\.bringer).filter({ $0.grade != .notAnAgent })
      .max(by: { $0.grade.rawValue < $1.grade.rawValue })
  else { return brought }
  if let whole = try wholeChange(to: tip.id, bench) { brought.append((whole, surest)) }
  return brought
}

extension Arrival {
  /// Whether this push brought it: the push was recorded by an earlier hook, at most as long ago as hooks
  /// may run.
  fileprivate func isOf(_ push: Push) -> Bool {
    guard case .pushed(let account, _, let time) = source else { return false }
    return account == push.pusher.account && abs(push.time - time) <= 900
  }
}

extension ChangeMemory.Grade {
  /// A suspicion says nothing of a commit that a person's signature vouches for.
  fileprivate init(_ origin: Origin) {
    self =
      switch origin.kind {
      case .agent(.attested): .attested
      case .agent(.declared): .declared
      case .agent(.suspected): origin.signer == nil ? .suspected : .notAnAgent
      case .person, .service, .unverified: .notAnAgent
      }
  }
}

/// What a branch changes in all, if it leaves reviewed history at one commit and is not too long.
private func wholeChange(to tip: ObjectID, _ bench: Bench) throws(GitError) -> ChangeDigest? {
  let objects = bench.surroundings.objects
  let hidden = HiddenCommits(
    try bench.landed { name in
      bench.policy.protections(for: name).contains { $0.review.approvals > 0 }
    })
  let commits: [WalkedCommit]
  do throws(GitError) {
    commits = try objects.commits(
      reachableFrom: [tip], hiding: hidden.tips, endingAt: hidden.ends, limit: 1000)
  } catch .overLimit {
    return nil
  }
  let own = Set(commits.map(\.id))
  let starts = Set(commits.flatMap(\.parents)).subtracting(own)
  guard commits.count > 1, starts.count <= 1, let last = commits.first(where: { $0.id == tip })
  else { return nil }
  let base = try starts.first.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
  let change = ChangeDigest(try objects.changes(from: base, to: last.tree))
  return change == .none ? nil : change
}
