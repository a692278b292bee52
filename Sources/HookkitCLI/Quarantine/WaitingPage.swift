internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// What a reviewer reads before answering: what waits and why, who made it, what changes in substance,
/// and the changed lines themselves.
struct WaitingPage {
  let waiting: WaitingChange
  let view: ServerView
  let terminal: Terminal
  let time: Int64
  /// The reader, when a key tells who they are.
  var reader: Signatory?

  /// - Parameter withLines: whether the changed lines are shown as well, and what else lands with them.
  func write(on page: Page, withLines: Bool = true) throws {
    try page.lines(head())
    try page.lines(own())
    try page.line()
    try page.lines(waiting.asksForRelease ? try summary() : review())
    guard withLines else { return }
    let changePage = try changePage(isFolded: true)
    try changePage.write(waiting.change.paths, on: page)
    try page.line()
    let changes = try changePage.changes()
    try changePage.writeCommits(besides: changes, on: page)
    let shown = Set(waiting.change.paths.map(\.path))
    let others = changes.filter { !shown.contains($0.path) }
    try page.line()
    try changePage.writeChanges(others, "what else lands with it", on: page)
    guard waiting.asksForRelease else { return }
    try page.line()
    try page.lines(rules())
    try page.line()
    try page.lines(ends(waiting.release(in: view)))
  }

  /// The changed lines of the files alone, all of them.
  func writeLines(on page: Page) throws {
    try changePage(isFolded: false).write(waiting.change.paths, on: page)
  }

  private func changePage(isFolded: Bool) throws -> ChangePage {
    let origins = try view.originReader(at: time)
    let base = waiting.base.isZero ? nil : waiting.base
    return ChangePage(
      series: try CommitSeries(from: base, to: waiting.head, leavingOut: false, in: view),
      view: view, terminal: terminal, ref: waiting.ref, isFolded: isFolded,
      origin: { _, commit in
        let arrival = commit.id == waiting.head ? waiting.hold?.arrival : nil
        return ReviewPage.words(of: try origins.origin(of: commit, arrival: arrival))
      })
  }

  func head() -> [String] {
    let what =
      waiting.asksForRelease ? "dependency files of \(waiting.head.short)" : waiting.head.short
    var lines = [terminal.styled("\(what) for \(waiting.ref)", .strong)]
    if let hold = waiting.hold {
      let codes = hold.codes.joined(separator: ", ")
      lines += [
        "  held as     \(hold.id), until \(RFC3339.date(hold.expires))",
        "  waits for   \(Awaited(hold).words) (\(codes))",
        "  pushed by   \(hold.pusher.map { Escaped.text($0) } ?? "an unknown account")"
          + " at \(Clock.text(hold.time))",
      ]
      if let reason = hold.reason {
        lines.append("  because     \(Escaped.quoted(reason, limit: 400))")
      }
    }
    lines += [
      "  old         \(waiting.base.isZero ? "none: everything is new" : waiting.base.hex)",
      "  new         \(waiting.head.hex)",
      "  policy      \(view.policySource)",
    ]
    guard waiting.asksForRelease else { return lines }
    lines.insert("  digest      sha256:\(Hex.string(waiting.change.digest))", at: lines.count - 1)
    return lines
  }

  /// Whether the reader's own release would count.
  private func own() throws -> [String] {
    guard let reader, waiting.asksForRelease else { return [] }
    let name = reader.person.name
    var problem = try waiting.demand(in: view).clockProblem(at: time)
    if problem == nil { problem = try waiting.obstacle(toReleaseBy: reader, in: view, at: time) }
    guard let problem else {
      let unless = waiting.hold == nil ? ", unless you pushed it first" : ""
      return ["  you         \(name): your release counts\(unless)"]
    }
    let words = "\(name): your release does not count: \(problem)"
    return [terminal.styled("  you         \(words)", .error)]
  }

  private func rules() -> [String] {
    [terminal.styled("what the rules ask", .strong)]
      + waiting.rules.map { rule in
        let who = rule.by == .agents ? "agents' changes" : "anyone's changes"
        return "  \(rule.location): \(who), released by role \(rule.role.name)"
      }
  }

  /// What a hold that waits for a review alone is looked at with.
  private func review() -> [String] {
    let approve = waiting.approval(in: view)
    return ends(["hookkit", "review", "show"] + approve.dropFirst(3), approve)
  }

  private func ends(_ commands: [String]...) -> [String] {
    [terminal.styled("what ends it", .strong)] + commands.map { "  " + CommandLineText.of($0) }
  }

  private func summary() throws -> [String] {
    let diff = try waiting.diff(in: view)
    return [terminal.styled("what changes", .strong)]
      + DependencySummary.lines(diff, most: .max).map { line in
        let isGrave = line.hasPrefix("!!") || line.hasPrefix(" !")
        return "  " + (isGrave ? terminal.styled(line, .error) : line)
      }
  }
}
