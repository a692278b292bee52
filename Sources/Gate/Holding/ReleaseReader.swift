package import Git
internal import Ledger
internal import Policy
package import Primitives
internal import Signing

/// A release that counts, by a person who stands apart from the change.
struct SoundRelease {
  let signatory: Signatory
  /// Whether the person stands behind an agent that had a hand in it.
  let sponsorship: Tie?

  var person: Person { signatory.person }

  /// Why it is not what a rule asks for; `nil` where it is.
  func unfit(_ rule: Quarantine) -> String? {
    if let why = signatory.unfit(role: rule.role, presence: rule.presence) { return why }
    guard let sponsorship, !rule.sponsorMayRelease || signatory.presence < .touch else {
      return nil
    }
    return sponsorship.words(of: person.name)
  }
}

/// Reads what people have answered to a change of dependency files.
struct ReleaseReader: Judged {
  let bench: Bench
  let range: CommitRange
  let update: RefUpdate
  /// The commit that is asked about.
  let new: ObjectID
  /// What guarded files name.
  var named = NamedFiles.none

  struct Answers {
    var releases: [SoundRelease] = []
    /// Why other answers do not count.
    var discounted: [String] = []
  }

  func answers(
    to change: DependencyChange, base: ObjectID
  ) throws(GitError) -> Answers {
    var answers = Answers()
    let signatories = try bench.signatories()
    guard try !signatories.ledger.releases(of: new).isEmpty else { return answers }
    let commit = try WalkedCommit(bench.surroundings.objects.commit(new))
    let found = try signatories.releases(of: commit, for: update.name)
    answers.discounted = found.discounted
    defer {
      for why in answers.discounted { trace("not counted: \(why)") }
      for release in answers.releases { trace("released by \(release.person.name)") }
    }
    let digest = change.digest
    for release in found.sound {
      let name = release.person.name
      guard release.statement.old == base, release.statement.dependencyDigest == digest else {
        answers.discounted.append("a release by \(name) of another change")
        continue
      }
      let tie = try self.tie(of: release.person)
      if let tie, !tie.isSponsors {
        answers.discounted.append("a release by \(name): \(tie.tie.words(of: name))")
      } else {
        answers.releases.append(
          SoundRelease(signatory: release.signatory, sponsorship: tie?.tie))
      }
    }
    return answers
  }

  /// What ties a person to the commits that are part of what waits, and whether to agents' alone: an agent
  /// often works under the name or account of whoever answers for it.
  fileprivate func tie(of person: Person) throws(GitError) -> (tie: Tie, isSponsors: Bool)? {
    let independence = Independence(policy: bench.policy)
    var sponsorship: Tie?
    for position in range.commits.indices {
      let origin = try range.origin(position)
      guard
        let tie = independence.tie(
          of: person, to: try range.object(position), origin: origin,
          account: range.arrivals[position].account), try touches(position)
      else { continue }
      guard case .agent = origin.kind else { return (tie, false) }
      sponsorship = sponsorship ?? tie
    }
    return sponsorship.map { ($0, true) }
  }

  private func touches(_ position: Int) throws(GitError) -> Bool {
    let filter = PathFilter(bench.policy.quarantines(for: update.name), naming: named)
    return try range.brings(position) { filter.match($0) != nil }
  }
}

/// What a release by this person would count for nothing for, said before it is signed by the very code that
/// counts it; `nil` where it would count.
///
/// - Parameters:
///   - update: what waits, from what it is compared with.
///   - account: of whoever pushed it, if that is known; earlier pushes of its commits are the server's
///     to know.
package func obstacle(
  toReleaseBy signatory: Signatory, of change: DependencyChange, in update: RefUpdate,
  pushedBy account: [UInt8]?, under policy: PolicyInForce, in surroundings: Surroundings,
  at time: Int64
) throws(GitError) -> String? {
  let push = Push(updates: [update], pusher: Pusher(account: account), time: time)
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  let range = try bench.range(
    hiding: HiddenCommits(update.isCreation ? [] : [update.old]), to: update.new, of: update)
  let reader = ReleaseReader(
    bench: bench, range: range, update: update, new: update.new, named: change.named)
  let tie = try reader.tie(of: signatory.person)
  if let tie, !tie.isSponsors { return tie.tie.words(of: signatory.person.name) }
  let release = SoundRelease(signatory: signatory, sponsorship: tie?.tie)
  return bench.policy.quarantines(for: update.name).lazy.compactMap { release.unfit($0) }.first
}
