internal import Gate
internal import Git
internal import Ledger
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signals
internal import Signing

/// What a reviewer reads before signing: what would be signed, who brought it, whether the reader's review
/// counts, each commit, the change as a whole, the reviews that are there, and last what the rules ask.
struct ReviewPage {
  let proposal: Proposal
  let view: ServerView
  let terminal: Terminal
  /// The reader; `nil` when no key tells who they are.
  let reader: Person?
  let time: Int64
  /// Whether large files are folded.
  var isFolded = true
  /// Only these files, as a person writes their paths; all when empty.
  var paths: [String] = []

  func write(on page: Page) throws {
    try page.lines(head())
    try page.line()
    let changePage = ChangePage(
      series: proposal.series, view: view, terminal: terminal, ref: proposal.ref,
      isFolded: isFolded && paths.isEmpty,
      origin: { number, _ in Self.words(of: proposal.origins[number]) })
    let changes = try changePage.changes()
    guard paths.isEmpty else {
      return try changePage.writeChanges(
        try chosen(changes), "the change of these paths", on: page)
    }
    try changePage.writeCommits(besides: changes, on: page)
    try page.line()
    try changePage.writeChanges(changes, "the change as a whole", on: page)
    try page.line()
    try page.lines(reviews())
    try page.line()
    try page.lines(rules())
  }

  /// The changes at the paths that were asked for.
  private func chosen(_ changes: [PathChange]) throws -> [PathChange] {
    try paths.flatMap { path in
      let found = changes.filter {
        $0.path.elementsEqual(path.utf8) || Escaped.text($0.path, limit: .max) == path
          || $0.path.starts(with: (path.hasSuffix("/") ? path : path + "/").utf8)
      }
      guard !found.isEmpty else {
        throw CommandError(
          .usage, "\(proposal.head.id.short) changes nothing at \(path.quoted)",
          details: ["a path is written as the page shows it, from the root of the tree"])
      }
      return found
    }
  }

  // MARK: Parts

  /// What would be signed, and whether it would count.
  func head() -> [String] {
    let commit = proposal.head
    let layers = view.policy.policy.layers.map { "\($0.kind.word) \($0.serial)" }
    var lines = [
      terminal.styled("review of \(commit.id.short) for \(proposal.ref)", .strong)
    ]
    lines += pushed().map { "  pushed      \($0)" }
    lines += [
      "  reviews     \(counted())",
      "  you         \(own())",
    ]
    if let clock = proposal.demand.clockProblem(at: time) {
      lines.append(terminal.styled("  clock       \(clock)", .warning))
    }
    lines += [
      "  repository  \(Escaped.text(view.policy.policy.repository))",
      "  base        \(proposal.base?.hex ?? "none: everything is new")\(baseRemark)",
    ]
    if let base = proposal.base, proposal.series.start != base {
      let start = proposal.series.start?.hex ?? "nothing that both have"
      lines.append("  parted at   \(start): the base has moved on since")
    }
    lines += [
      "  head        \(commit.id.hex)",
      "  tree        \(commit.tree.hex)",
      "  policy      \(view.policySource) (serial: \(layers.joined(separator: ", ")))",
      "  vouches for \(proposal.vouchWords)",
    ]
    return lines
  }

  private var baseRemark: String {
    proposal.tip != nil || proposal.base == nil
      ? "" : ", landed; \(proposal.ref) is not there yet"
  }

  /// Who pushed it, as far as a clone can tell.
  private func pushed() -> [String] {
    var lines: [String] = []
    if let hold = proposal.hold {
      let who = hold.pusher.map { Escaped.text($0) } ?? "an unknown account"
      lines.append("by \(who) at \(Clock.text(hold.time)), held as \(hold.id)")
      if let reason = hold.reason {
        lines.append("because \(Escaped.quoted(reason, limit: 400))")
      }
    }
    let shown = proposal.branches.prefix(4).map { "\($0)" }
    if !shown.isEmpty {
      let rest = proposal.branches.count > 4 ? " and \(proposal.branches.count - 4) more" : ""
      lines.append("to \(shown.joined(separator: ", "))\(rest)")
    }
    return lines.isEmpty ? ["not to a branch of the server; by whom is not known here"] : lines
  }

  /// `1 of 2 (dana has; frank can; erin is sponsor of the agent of 1 commit)`
  private func counted() -> String {
    let sound = Set(
      proposal.filed.filter { $0.problem == nil && proposal.unfit($0) == nil }.compactMap(\.person))
    func counts(_ standing: Standing) -> Bool {
      standing.lacks.isEmpty && (standing.ties.isEmpty || proposal.sponsorMayReview)
    }
    let able = proposal.standings.filter(counts).map(\.person.name)
    let done = able.filter(sound.contains)
    let open = able.filter { !sound.contains($0) }
    var words: [String] = []
    if !done.isEmpty { words.append("\(Self.names(done)) \(done.count == 1 ? "has" : "have")") }
    words.append(open.isEmpty ? "nobody else can" : "\(Self.names(open)) can")
    words += proposal.standings.filter { $0.lacks.isEmpty && !counts($0) }.prefix(6)
      .map { "\($0.person.name) is \($0.tieWords ?? "")" }
    return "\(done.count) of \(proposal.approvals) (\(words.joined(separator: "; ")))"
  }

  private static func names(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ")
      + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }

  /// Whether the reader's own review would count.
  private func own() -> String {
    guard let reader else { return "not known: no signing key is configured here" }
    guard let standing = proposal.standing(of: reader) else {
      return terminal.styled(
        "\(reader.name): your review does not count, you are not active", .error)
    }
    if let role = standing.lacks.first {
      return terminal.styled(
        "\(reader.name): your review does not count, you do not have the role \(role.name)", .error)
    }
    guard let ties = standing.tieWords else {
      return "\(reader.name): your review counts\(unlessPushed(reader))"
    }
    if proposal.sponsorMayReview {
      return "\(reader.name): your review counts if your key is touched (\(ties))"
    }
    return terminal.styled(
      "\(reader.name): your review does not count, you are \(ties)", .error)
  }

  /// Who pushed what first is known to the server alone.
  private func unlessPushed(_ reader: Person) -> String {
    guard proposal.hold == nil || proposal.series.commits.count > 1 else { return "" }
    let own = view.policy.policy.agents.filter { $0.sponsor == reader.name }.map(\.name)
    return ", unless \((["you"] + own).joined(separator: " or ")) pushed it first"
  }

  private func rules() -> [String] {
    var lines = [terminal.styled("what the rules ask", .strong)]
    if proposal.isPolicyChange {
      lines.append("  the policy itself is changed: people with the role maintainer review it")
    }
    for rule in proposal.rules {
      lines.append("  \(rule.location) \(RuleText.refs(rule.refs))")
      lines += RuleText.lines(rule).map { "    \($0)" }
    }
    return lines
  }

  private func reviews() -> [String] {
    guard !proposal.filed.isEmpty else {
      return [terminal.styled("reviews of it so far: none", .strong)]
    }
    return [terminal.styled("reviews of it so far", .strong)]
      + proposal.filed.flatMap { review in
        let who = review.person ?? review.key.fingerprint
        let why = review.problem ?? proposal.unfit(review)
        let problem = why.map { "  does not count: \($0)" } ?? ""
        let line =
          "  \(Clock.text(review.statement.time))  \(who) (\(review.presence))\(problem)"
          + review.remark(under: view.policy)
        let comment = review.statement.comment
        return comment.isEmpty ? [line] : [line, "    \(Escaped.quoted(comment, limit: 1000))"]
      }
  }

  /// Who made a commit and how that is known.
  static func words(of origin: Origin) -> [String] {
    let grade = origin.gradeWord.map { " (\($0))" } ?? ""
    return ["\(origin.kindWord)\(grade): \(origin.because)"]
      + origin.signals.prefix(5).map { signal in
        "signal \(signal.id): \(Escaped.quoted(signal.quote, limit: 100))"
      }
  }
}

extension Proposal {
  /// `code, dependencies`
  var vouchWords: String {
    ReviewStatement.Vouch.allCases.filter(vouches.contains).map(\.rawValue).joined(separator: ", ")
  }

  /// The commits, rules and reviews as data.
  func json(in view: ServerView) throws -> JSON {
    let objects = try view.repository.objects()
    let commits = try zip(series.commits, origins).map { commit, origin in
      Self.json(try objects.commit(commit.id), origin)
    }
    return [
      "schema": "hookkit.proposal/1",
      "repository": .string(view.policy.policy.repository),
      "ref": .string(ref.bytes),
      "base": base.map { .text($0.hex) } ?? .null,
      "head": .text(head.id.hex),
      "tree": .text(head.tree.hex),
      "vouches": .array(
        ReviewStatement.Vouch.allCases.filter(vouches.contains).map { .text($0.rawValue) }),
      "asks": .array(
        rules.map { rule in
          [
            "file": .text(rule.location.name),
            "line": .integer(Int64(rule.location.position.line)),
            "approvals": .integer(Int64(rule.review.approvals)),
            "words": .array(RuleText.lines(rule).map { .text($0) }),
          ]
        }),
      "commits": .array(commits),
      "reviews": .array(filed.map { $0.json(under: view.policy) }),
    ]
  }

  private static func json(_ commit: CommitObject, _ origin: Origin) -> JSON {
    [
      "id": .text(commit.id.hex), "subject": .string(Array(commit.subject)),
      "author": .string(commit.author.email),
      "origin": [
        "kind": .text(origin.kindWord),
        "grade": origin.gradeWord.map { .text($0) } ?? .null,
        "because": .text(origin.because),
        "signals": .array(
          origin.signals.map { signal in
            [
              "id": .text(signal.id), "where": .text(signal.place.rawValue),
              "quote": .string(signal.quote),
            ]
          }),
      ],
    ]
  }
}

extension FiledReview {
  /// Whether the reviewer had another policy in mind. That is for people to weigh: it does not make a
  /// review invalid.
  private func isUnderAnother(_ policy: PolicyInForce) -> Bool {
    statement.policyDigest != policy.digest
  }

  /// What to say behind the review for that.
  func remark(under policy: PolicyInForce) -> String {
    isUnderAnother(policy) ? ", signed under another policy" : ""
  }

  /// One element of `hookkit.reviews/1`.
  func json(under policy: PolicyInForce) -> JSON {
    [
      "head": .text(statement.head.hex),
      "ref": .string(statement.ref.bytes),
      "base": statement.base.isZero ? .null : .text(statement.base.hex),
      "tree": .text(statement.resultTree.hex),
      "reviewer": person.map { .text($0) } ?? .null,
      "key": .text(key.fingerprint),
      "presence": .text(presence.rawValue),
      "vouches": .array(
        ReviewStatement.Vouch.allCases.filter(statement.vouches.contains)
          .map { .text($0.rawValue) }),
      "time": .text(Clock.text(statement.time)),
      "expires": statement.expires.map { .text(Clock.text($0)) } ?? .null,
      "comment": .string(statement.comment),
      "digest": .text(Hex.string(envelope.payloadDigest)),
      "policy": .text(Hex.string(statement.policyDigest)),
      "underAnotherPolicy": .bool(isUnderAnother(policy)),
      "valid": .bool(problem == nil),
      "problem": problem.map { .text($0) } ?? .null,
    ]
  }
}
