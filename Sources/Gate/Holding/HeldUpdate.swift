package import Git
internal import Ledger
package import Lockfiles
internal import Policy
package import Primitives

/// A change of dependency files that waits for a person.
package struct PendingHold: Sendable {
  /// What the change is compared with: the old tip, or where a new branch leaves the others.
  package let base: ObjectID
  /// The commit that the reference would get.
  package let new: ObjectID
  package let digest: [UInt8]
  package let blobs: [ObjectID]
  /// The change as people read it.
  package let diff: DependencyDiff
  /// Seconds for which it is held.
  package let lifetime: Int64
}

/// One update of a reference that quarantine rules name.
struct HeldUpdate {
  let bench: Bench
  let update: RefUpdate
  let rules: [Quarantine]

  private var objects: ObjectStore { bench.surroundings.objects }

  struct Answer {
    var findings: [Finding] = []
    var hold: PendingHold?
    /// Who has released it, for the landing.
    var releasedBy: [String] = []

    /// The coverage of the update's landing, with who released it.
    func record(in coverage: JSON) -> JSON {
      guard !releasedBy.isEmpty, let members = coverage.members else { return coverage }
      let names = Set(releasedBy).sorted().map { JSON.text($0) }
      return .object(
        members + [JSON.Member(key: Array("released".utf8), value: .array(names))])
    }
  }

  func judge() throws(GitError) -> Answer {
    guard !update.isDeletion else { return Answer() }
    let target = try objects.peel(update.new)
    guard target.kind == .commit else {
      return Answer(findings: [NotACommit.finding(update, target.kind)])
    }
    let range = try CommitRange(
      from: hidden(), to: target.id, update: update, push: bench.push,
      classifier: Classifier(
        policy: bench.policy, surroundings: bench.surroundings, time: bench.push.time))
    var asking: [Quarantine] = []
    for rule in rules where try isTouched(by: rule, range) { asking.append(rule) }
    guard !asking.isEmpty else { return Answer() }
    let base =
      update.isCreation ? range.firstLeft(from: target.id) : try objects.peel(update.old).id
    let oldTree = try base.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
    // Of all rules, asking or not: what is released is one thing, in a clone as well.
    let change = try DependencyChange(
      from: oldTree, to: objects.tree(ofCommit: target.id), under: rules, in: objects,
      limit: bench.policy.limits.paths)
    // What one commit changed and the next took back leaves nothing to release.
    guard !change.isEmpty else { return Answer() }

    let answers = try ReleaseReader(bench: bench, range: range, update: update).answers(
      to: change, base: base ?? .zero, new: target.id)
    if let rejection = answers.rejection {
      return Answer(findings: [HoldRejected.finding(update, rejection)])
    }
    let open = asking.filter { rule in !answers.releases.contains { $0.satisfies(rule) } }
    guard !open.isEmpty else {
      return Answer(releasedBy: answers.releases.map(\.person.name))
    }
    let diff = try change.diff(in: objects)
    if diff.isNeutral, open.allSatisfy({ $0.neutral == .pass }) {
      return Answer(findings: [DependencyHeld.note(update, diff)])
    }
    let hold = PendingHold(
      base: base ?? .zero, new: target.id, digest: change.digest, blobs: change.blobs, diff: diff,
      lifetime: open.map(\.expires).min() ?? 0)
    return Answer(
      findings: [DependencyHeld.finding(update, diff, answers.discounted)], hold: hold)
  }

  /// What is not new to the reference: its old tip, or for a new one the tips of references whose
  /// content has passed rules that ask at least as much.
  func hidden() throws(GitError) -> [ObjectID] {
    guard update.isCreation else { return [try objects.peel(update.old).id] }
    return try bench.protectedTips { name in
      let others = bench.policy.quarantines(for: name)
      return rules.allSatisfy { rule in others.contains { $0.asksAsMuch(as: rule) } }
    }
  }

  /// Whether a commit that the rule is about changes a file that it is about.
  private func isTouched(by rule: Quarantine, _ range: CommitRange) throws(GitError) -> Bool {
    let filter = PathFilter([rule])
    for position in range.commits.indices where try concerns(rule, range, position) {
      if try range.brings(filter, position) { return true }
    }
    return false
  }

  /// Whether the rule is about whoever made the commit.
  private func concerns(
    _ rule: Quarantine, _ range: CommitRange, _ position: Int
  ) throws(GitError) -> Bool {
    guard rule.by == .agents else { return true }
    let origin = try range.origin(position)
    switch origin.kind {
    case .agent, .service: return true
    case .person: return false
    case .unverified:
      return rule.unverified == .agent
        || !bench.policy.isPersons(range.arrivals[position].account, at: bench.push.time)
    }
  }
}

/// What a change is compared with when it is pushed to a reference that is not there yet: the first
/// commit below it, by first parents, that a protected reference has under rules that ask as much.
///
/// - Returns: `nil` when there is none, and everything is new.
package func holdBase(
  of commit: ObjectID, to ref: RefName, under policy: PolicyInForce, in surroundings: Surroundings,
  at time: Int64
) throws(GitError) -> ObjectID? {
  let update = RefUpdate(old: .zero, new: commit, name: ref)
  let push = Push(updates: [update], pusher: .unknown, time: time)
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  let held = HeldUpdate(
    bench: bench, update: update, rules: policy.policy.quarantines(for: ref))
  let range = try surroundings.objects.commits(
    reachableFrom: [commit], hiding: held.hidden(), limit: policy.policy.limits.commits)
  var parents: [ObjectID: [ObjectID]] = [:]
  for commit in range { parents[commit.id] = commit.parents }
  var id = commit
  while let above = parents[id] {
    guard let parent = above.first else { return nil }
    id = parent
  }
  return id
}

extension Policy {
  /// Whether the account is that of a person who counts at this time: an account often outlives its
  /// holder's enrolment.
  func isPersons(_ account: [UInt8]?, at time: Int64) -> Bool {
    guard let account, case .person(let person)? = principal(account: account) else { return false }
    return person.isActive(at: time)
  }
}

extension CommitRange {
  /// Whether a commit itself brings a change that the filter is about. A clean merge brings nothing of its
  /// own; any other does against each of its parents: it may take an old lock from one of them.
  func brings(_ filter: PathFilter, _ position: Int) throws(GitError) -> Bool {
    guard try changes(position).contains(where: { filter.match($0) != nil }) else { return false }
    let commit = commits[position]
    guard commit.parents.count == 2 else { return true }
    return try !surroundings.merges.isCleanMerge(
      of: commit.parents[0], and: commit.parents[1], giving: commit.tree)
  }

  /// The first commit below `tip`, by first parents, that is not in the range; `nil` when there is none.
  func firstLeft(from tip: ObjectID) -> ObjectID? {
    var id = tip
    while let position = position(of: id) {
      guard let parent = commits[position].parents.first else { return nil }
      id = parent
    }
    return id
  }
}
