internal import DependencyChecks
internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// HK201: dependency files change, and no person has released that change.
package enum DependencyHeld {
  package static let code = Code(201)

  static let page = RulePage(
    code: code, name: "DependencyHeld", title: "dependency files changed",
    endedBy: .reviewer,
    why: """
      The update changes which code the repository pulls in, from where, or what runs by itself: lock
      files, manifests, registry settings, install scripts, CI, the configuration of agents. Such a
      change is held until a person who had no part in it has released exactly these bytes for exactly
      this reference. Nothing is lost: the server keeps the commits and lands them itself once they are
      released and everything else that the policy asks is there.
      """,
    ends: """
      A reviewer runs `hookkit approve HOLD`, which shows the change and asks once. Where the server
      cannot hold (it says so), the reviewer releases the commit and the push is made again.
      """,
    examples: [
      Example(
        "an agent's change of a lock file is held", .hold, quarantine: true,
        .commit("work", by: .codex, files: ["package-lock.json": #"{"lockfileVersion": 3}"#]),
        .push("work", to: "refs/heads/agent/codex/deps", by: .codex)),
      Example(
        "an agent's change of anything else is not", .allow, quarantine: true,
        .commit("work", by: .codex, files: ["notes.txt": "text"]),
        .push("work", to: "refs/heads/agent/codex/notes", by: .codex)),
      Example(
        "a person's own change is not held where the rule is about agents", .allow,
        quarantine: true,
        .commit("work", by: .dana, files: ["package-lock.json": "{}"], signed: true),
        .push("work", to: "refs/heads/deps", by: .dana)),
    ])

  /// Which of the rules ask about the change, and what is left of that once people have answered.
  static func find(
    _ asked: ChangeAsked, under rules: [Quarantine]
  ) throws(GitError) -> HeldUpdate.Answer {
    var asking: [Quarantine] = []
    for rule in rules {
      let asks = try asked.isAsked(by: rule)
      asked.trace(
        "quarantine, \(rule.location.placeInLayer): \(asks ? "asks" : "does not ask") about it")
      if asks { asking.append(rule) }
    }
    guard !asking.isEmpty else { return HeldUpdate.Answer() }
    let reader = ReleaseReader(
      bench: asked.bench, range: asked.range, update: asked.update, new: asked.tip,
      named: asked.change.named)
    let rejected = try [Rule<ReleaseReader>].ofAnswers.findings(in: reader)
    guard rejected.isEmpty else { return HeldUpdate.Answer(findings: rejected) }
    let answers = try reader.answers(to: asked.change, base: asked.base)
    let open = asking.filter { rule in answers.releases.allSatisfy { $0.unfit(rule) != nil } }
    guard !open.isEmpty else {
      return HeldUpdate.Answer(releasedBy: answers.releases.map(\.person.name))
    }
    let diff = try asked.change.diff(in: asked.bench.surroundings.objects)
    if diff.isNeutral, open.allSatisfy({ $0.neutral == .pass }) {
      return HeldUpdate.Answer(findings: [note(asked.update, diff)])
    }
    let unfit = answers.releases.compactMap { release in
      open.lazy.compactMap { release.unfit($0) }.first.map {
        "\(release.person.name)'s release: \($0)"
      }
    }
    return HeldUpdate.Answer(
      findings: [finding(asked.update, asked.change, unfit + answers.discounted)],
      hold: PendingHold(
        base: asked.base, new: asked.tip, lifetime: open.map(\.expires).min() ?? 0,
        change: .init(digest: asked.change.digest, diff: diff), unreviewed: [],
        brings: Set(asked.range.commits.map(\.id)),
        refArgument: ReviewSteps(asked.bench, asked.update).refArgument))
  }

  static func finding(
    _ update: RefUpdate, _ change: DependencyChange, _ discounted: [String]
  ) -> Finding {
    let commit = update.new
    let cut =
      change.named.isCut
      ? ["guarded files name more others than are followed: any path may be named"] : []
    return Finding(
      code, .hold, headline: "\(update.name) waits: dependency files changed",
      reason: "dependency files changed; a person must release \(commit.short)",
      details: cut + discounted.prefix(2).map { "not counted: \($0)" },
      hints: [.init("why", "hookkit", "explain", "\(code)")], commit: commit)
  }

  /// A change that installs the same, and passes.
  static func note(_ update: RefUpdate, _ diff: DependencyDiff) -> Finding {
    let files = diff.files.prefix(3).map { Escaped.text($0.path, limit: 60) }
    let more = diff.files.count > 3 ? " and \(diff.files.count - 3) more" : ""
    return Finding(
      code, .note, headline: "\(files.joined(separator: ", "))\(more): proven to install the same")
  }

  /// The finding of a push that this server cannot hold, with the way out.
  static func unheld(_ finding: Finding, _ hold: PendingHold, why: String) -> Finding {
    Finding(
      code, .refusal, headline: "dependency files changed, and a person must release them",
      reason: "not held: \(why)",
      details: finding.details + [
        "not held: \(why)",
        "push the commits to a branch that no quarantine rule names,",
        "let a person release them, and push here again",
      ],
      hints: finding.hints
        + [
          .init(
            "a reviewer runs",
            ["hookkit", "quarantine", "release", hold.new.hex] + hold.refArgument)
        ], commit: finding.commit)
  }
}

/// A change of dependency files that rules may ask about.
struct ChangeAsked: Judged {
  let bench: Bench
  let update: RefUpdate
  /// The commit that the reference would show.
  let tip: ObjectID
  /// What it is compared with; zero where everything is new.
  let base: ObjectID
  let change: DependencyChange
  let range: CommitRange
  let content: LandedContent

  /// What the reference would show is asked about, and what each commit brings: a reference that is taken
  /// back brings no commit, and what one commit brings another may cover up.
  func isAsked(by rule: Quarantine) throws(GitError) -> Bool {
    if try isNetChange(askedBy: rule) { return true }
    return try isTouched(by: rule)
  }

  /// Whether a commit that the rule is about changes a file that it is about.
  private func isTouched(by rule: Quarantine) throws(GitError) -> Bool {
    let filter = PathFilter([rule], naming: change.named)
    for position in range.commits.indices where try concerns(rule, position) {
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
  private func isNetChange(askedBy rule: Quarantine) throws(GitError) -> Bool {
    if rule.by == .agents, isPersonsPush { return false }
    let filter = PathFilter([rule], naming: change.named)
    var open: [PathChange] = []
    for path in change.paths where filter.match(path) != nil {
      if try !content.hasLanded(path) { open.append(path) }
    }
    guard !open.isEmpty, rule.by == .agents else { return !open.isEmpty }
    var persons: Set<PathContent> = []
    for position in range.commits.indices where try !concerns(rule, position) {
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
  private func concerns(_ rule: Quarantine, _ position: Int) throws(GitError) -> Bool {
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
