internal import DependencyChecks
package import Git
internal import Ledger
internal import Policy
package import Primitives
internal import Signing

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
    let shown = update.isCreation ? nil : try objects.peel(update.old).id
    var base = shown
    if base == nil { base = try self.base(below: target.id, landed()) }
    let oldTree = try base.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
    // Of all rules, asking or not: what is released is one thing, in a clone as well.
    let change = try DependencyChange(
      from: oldTree, to: objects.tree(ofCommit: target.id), under: rules, in: objects,
      limit: bench.policy.limits.paths, memory: bench.surroundings.memory)
    // What one commit changed and the next took back leaves nothing to release.
    guard !change.isEmpty else { return Answer() }
    let passed = try self.passed(below: target.id, besides: shown)
    let range = try bench.range(
      hiding: HiddenCommits(passed, besides: shown), to: target.id, of: update)
    var last = shown
    if last == nil { last = try lastTip() }
    let content = try LandedContent(
      below: target.id, passed: passed, shown: last, in: objects,
      limit: bench.policy.limits.commits)
    // What the reference would show is asked about, and what each commit brings: a reference that is
    // taken back brings no commit, and what one commit brings another may cover up.
    var asking: [Quarantine] = []
    for rule in rules {
      var asks = try isNetChange(of: change, askedBy: rule, range, content)
      if !asks { asks = try isTouched(by: rule, change, range, content) }
      if asks { asking.append(rule) }
    }
    guard !asking.isEmpty else { return Answer() }

    let answers = try ReleaseReader(
      bench: bench, range: range, update: update, named: change.named
    ).answers(
      to: change, base: base ?? .zero, new: target.id)
    if let rejection = answers.rejection {
      return Answer(findings: [HoldRejected.finding(update, rejection)])
    }
    let open = asking.filter { rule in answers.releases.allSatisfy { $0.unfit(rule) != nil } }
    guard !open.isEmpty else {
      return Answer(releasedBy: answers.releases.map(\.person.name))
    }
    let unfit = answers.releases.compactMap { release in
      open.lazy.compactMap { release.unfit($0) }.first.map {
        "\(release.person.name)'s release: \($0)"
      }
    }
    let diff = try change.diff(in: objects)
    if diff.isNeutral, open.allSatisfy({ $0.neutral == .pass }) {
      return Answer(findings: [DependencyHeld.note(update, diff)])
    }
    let hold = PendingHold(
      base: base ?? .zero, new: target.id, lifetime: open.map(\.expires).min() ?? 0,
      change: .init(digest: change.digest, diff: diff), unreviewed: [],
      brings: Set(range.commits.map(\.id)), refArgument: ReviewSteps(bench, update).refArgument)
    return Answer(
      findings: [DependencyHeld.finding(update, change, unfit + answers.discounted)], hold: hold)
  }

  /// What has landed under rules that ask at least as much.
  func landed() throws(GitError) -> LandedCommits {
    try bench.landed { name in bench.policy.asksAsMuch(name, as: rules) }
  }

  /// What has passed: landed, or released for another reference, under rules that ask at least as much.
  private func passed(
    below tip: ObjectID, besides shown: ObjectID?
  ) throws(GitError) -> HiddenCommits {
    let landed = HiddenCommits(try landed())
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
      let answers = try ReleaseReader(
        bench: bench, range: range, update: other, named: change.named
      ).answers(
        to: change, base: statement.old, new: commit)
      if answers.rejection == nil,
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

  /// Whether a commit that the rule is about changes a file that it is about.
  private func isTouched(
    by rule: Quarantine, _ change: DependencyChange, _ range: CommitRange,
    _ content: LandedContent
  ) throws(GitError) -> Bool {
    let filter = PathFilter([rule], naming: change.named)
    for position in range.commits.indices where try concerns(rule, range, position) {
      let brings = try range.brings(position) { (change) throws(GitError) in
        guard filter.match(change) != nil else { return false }
        return try !content.has(change)
      }
      if brings { return true }
    }
    return false
  }

  /// Whether the rule asks about what the reference would show, against what it shows. Where it is about
  /// agents, that is whoever pushes; what a person has brought in this very range is the person's.
  private func isNetChange(
    of change: DependencyChange, askedBy rule: Quarantine, _ range: CommitRange,
    _ content: LandedContent
  ) throws(GitError) -> Bool {
    if rule.by == .agents, isPersonsPush { return false }
    let filter = PathFilter([rule], naming: change.named)
    var open: [PathChange] = []
    for path in change.paths where filter.match(path) != nil {
      if try !content.hasLanded(path) { open.append(path) }
    }
    guard !open.isEmpty, rule.by == .agents else { return !open.isEmpty }
    var persons: Set<PathContent> = []
    for position in range.commits.indices where try !concerns(rule, range, position) {
      for brought in try range.changes(position) { persons.insert(PathContent(brought)) }
    }
    return open.contains { !persons.contains(PathContent($0)) }
  }

  private var isPersonsPush: Bool {
    if case .person(let person)? = bench.pusher {
      person.isActive(at: bench.push.time)
    } else {
      false
    }
  }

  /// What a path has become.
  private struct PathContent: Hashable {
    let path: [UInt8]
    let mode: FileMode
    let id: ObjectID

    init(_ change: PathChange) {
      path = change.path
      mode = change.newMode
      id = change.newID
    }
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
