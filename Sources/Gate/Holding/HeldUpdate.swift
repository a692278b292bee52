internal import DependencyChecks
package import Git
internal import Ledger
internal import Policy
package import Primitives
internal import Signing

/// One update of a reference that quarantine rules name.
struct HeldUpdate: Judged {
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
    let peeled = try PeeledUpdate(update, on: bench, mayBeTag: true)
    let findings = try [Rule<PeeledUpdate>].ofTargets.findings(in: peeled)
    guard findings.isEmpty else { return Answer(findings: findings) }
    let tip = peeled.target
    let shown = update.isCreation ? nil : try objects.peel(update.old).id
    var base = shown
    let landed = try self.landed()
    if base == nil { base = try self.base(below: tip, landed) }
    let oldTree = try base.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
    // Of all rules, asking or not: what is released is one thing, in a clone as well.
    let change = try DependencyChange(
      from: oldTree, to: objects.tree(ofCommit: tip), under: rules, in: objects,
      limit: bench.policy.limits.paths, memory: bench.surroundings.memory)
    trace(
      "\(change.paths.count) guarded files differ from \(base.map { "what landed, \($0.short)" } ?? "nothing")"
    )
    // What one commit changed and the next took back leaves nothing to release.
    guard !change.isEmpty else { return Answer() }
    let passed = try self.passed(below: tip, besides: shown, landed)
    let range = try bench.range(
      hiding: HiddenCommits(passed, besides: shown), to: tip, of: update)
    var last = shown
    if last == nil { last = try lastTip() }
    let content = try LandedContent(
      below: tip, passed: passed, shown: last, in: objects, limit: bench.policy.limits.commits)
    let asked = ChangeAsked(
      bench: bench, update: update, tip: tip, base: base ?? .zero, change: change, range: range,
      content: content)
    return try DependencyHeld.find(asked, under: rules)
  }

  /// What has landed under rules that ask at least as much.
  func landed() throws(GitError) -> LandedCommits {
    try bench.landed { name in bench.policy.asksAsMuch(name, as: rules) }
  }

  /// What has passed: landed, or released for another reference, under rules that ask at least as much.
  private func passed(
    below tip: ObjectID, besides shown: ObjectID?, _ landed: LandedCommits
  ) throws(GitError) -> HiddenCommits {
    let landed = HiddenCommits(landed)
    guard bench.ledgerTip != nil else { return landed }
    let ledger = try bench.signatories().ledger
    var released: Set<ObjectID> = []
    let open = try objects.commits(
      reachableFrom: [tip], hiding: landed.tips + (shown.map { [$0] } ?? []),
      endingAt: landed.ends, limit: bench.policy.limits.commits)
    for commit in open where try isReleased(commit.id, elsewhereIn: ledger, landed) {
      released.insert(commit.id)
    }
    return released.isEmpty ? landed : HiddenCommits(landed, orAt: released)
  }

  /// Whether people have released what a commit would bring to another reference.
  private func isReleased(
    _ commit: ObjectID, elsewhereIn ledger: Ledger, _ landed: HiddenCommits
  ) throws(GitError) -> Bool {
    for envelope in try ledger.releases(of: commit) {
      guard let statement = try? ReleaseStatement(statement: Statement(reading: envelope.payload)),
        statement.answer == .release, statement.ref != update.name,
        bench.policy.asksAsMuch(statement.ref, as: rules)
      else { continue }
      let other = RefUpdate(old: statement.old, new: commit, name: statement.ref)
      let change = try DependencyChange(
        from: statement.old.isZero ? nil : objects.tree(ofCommit: statement.old),
        to: objects.tree(ofCommit: commit), under: bench.policy.quarantines(for: statement.ref),
        in: objects, limit: bench.policy.limits.paths, memory: bench.surroundings.memory)
      let range = try bench.range(
        hiding: HiddenCommits(landed, besides: statement.old.isZero ? nil : statement.old),
        to: commit, of: other)
      let reader = ReleaseReader(
        bench: bench, range: range, update: other, new: commit, named: change.named)
      let answers = try reader.answers(to: change, base: statement.old)
      if try [Rule<ReleaseReader>].ofAnswers.findings(in: reader).isEmpty,
        rules.allSatisfy({ rule in answers.releases.contains { $0.unfit(rule) == nil } })
      {
        return true
      }
    }
    return false
  }

  /// The commit at which the reference stood before it was deleted; `nil` when it was not.
  private func lastTip() throws(GitError) -> ObjectID? {
    guard let last = try bench.surroundings.landings.lastTip(of: update.name) else { return nil }
    let target = try objects.peel(last)
    return target.kind == .commit ? target.id : nil
  }

  /// What a change is compared with where the reference is not there: where it last stood, if it has been
  /// deleted; or else the first commit below it, by first parents, that has landed.
  ///
  /// - Returns: `nil` when there is none, and everything is new.
  func base(below commit: ObjectID, _ landed: LandedCommits) throws(GitError) -> ObjectID? {
    if let last = try lastTip() { return last }
    let hidden = HiddenCommits(landed)
    let range = try objects.commits(
      reachableFrom: [commit], hiding: hidden.tips, endingAt: hidden.ends,
      limit: bench.policy.limits.commits)
    var parents: [ObjectID: [ObjectID]] = [:]
    for commit in range { parents[commit.id] = commit.parents }
    var id = commit
    while let above = parents[id] {
      guard let parent = above.first else { return nil }
      id = parent
    }
    return id
  }
}

/// What a change is compared with when it is pushed to a reference that is not there yet.
///
/// - Returns: `nil` when there is nothing, and everything is new.
package func holdBase(
  of commit: ObjectID, to ref: RefName, under policy: PolicyInForce, in surroundings: Surroundings,
  at time: Int64
) throws(GitError) -> ObjectID? {
  let update = RefUpdate(old: .zero, new: commit, name: ref)
  let push = Push(updates: [update], pusher: .unknown, time: time)
  let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: nil)
  let held = HeldUpdate(
    bench: bench, update: update, rules: policy.policy.quarantines(for: ref))
  return try held.base(below: commit, held.landed())
}

extension Policy {
  /// Whether what passed the quarantine of a reference would have passed these rules too.
  func asksAsMuch(_ name: RefName, as rules: [Quarantine]) -> Bool {
    let others = quarantines(for: name)
    return rules.allSatisfy { rule in others.contains { $0.asksAsMuch(as: rule) } }
  }

  /// Whether the account is that of a person who counts at this time: an account often outlives its
  /// holder's enrolment.
  func isPersons(_ account: [UInt8]?, at time: Int64) -> Bool {
    guard let account, case .person(let person)? = principal(account: account) else { return false }
    return person.isActive(at: time)
  }
}

extension CommitRange {
  /// Whether a commit itself brings a change that is meant. A clean merge brings nothing of its own; any
  /// other does against each of its parents: it may take an old lock from one of them.
  func brings(
    _ position: Int, _ isMeant: (PathChange) throws(GitError) -> Bool
  ) throws(GitError) -> Bool {
    var found = false
    for change in try changes(position) where try isMeant(change) {
      found = true
      break
    }
    guard found else { return false }
    let commit = commits[position]
    guard commit.parents.count == 2 else { return true }
    return try !surroundings.merges.isCleanMerge(
      of: commit.parents[0], and: commit.parents[1], giving: commit.tree)
  }
}
