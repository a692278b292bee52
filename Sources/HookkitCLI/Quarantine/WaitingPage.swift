internal import Gate
internal import Git
internal import Ledger
internal import Lockfiles
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

  func bytes(withLines: Bool = true) throws -> [UInt8] {
    let parts = [head(), try commits(), try summary()].map { $0.joined(separator: "\n") }
    let text = parts.joined(separator: "\n\n") + "\n"
    guard withLines else { return Array(text.utf8) }
    return Array((text + "\n").utf8) + DiffText.legible(try lines(), on: terminal)
  }

  func head() -> [String] {
    var lines = [
      terminal.styled("dependency files of \(waiting.head.short) for \(waiting.ref)", .strong)
    ]
    if let hold = waiting.hold {
      let codes = hold.codes.joined(separator: ", ")
      lines += [
        "  held as     \(hold.id), until \(RFC3339.date(hold.expires)), for \(codes)",
        "  pushed by   \(hold.pusher.map { Escaped.text($0) } ?? "an unknown account")"
          + " at \(Clock.text(hold.time))",
      ]
    }
    lines += [
      "  old         \(waiting.base.isZero ? "none: everything is new" : waiting.base.hex)",
      "  new         \(waiting.head.hex)",
      "  digest      sha256:\(Hex.string(waiting.change.digest))",
      "  policy      \(view.policySource)",
    ]
    for rule in waiting.rules {
      let who = rule.by == .agents ? "agents' changes" : "anyone's changes"
      lines.append("  rule        \(rule.location): \(who), released by role \(rule.role.name)")
    }
    return lines
  }

  private func commits() throws -> [String] {
    let objects = try ObjectStore(gitDirectory: view.repository.commonDirectory)
    let range = try objects.commits(
      reachableFrom: [waiting.head], hiding: waiting.base.isZero ? [] : [waiting.base],
      limit: view.policy.policy.limits.commits)
    var lines = [
      terminal.styled("\(range.count) \(range.count == 1 ? "commit" : "commits")", .strong)
    ]
    for commit in range.prefix(20) {
      let object = try objects.commit(commit.id)
      lines.append(
        "  \(commit.id.short) \(Escaped.quoted(object.subject, limit: 60)) by "
          + Escaped.quoted(object.author.name, limit: 40))
    }
    if range.count > 20 { lines.append("  and \(range.count - 20) more") }
    return lines
  }

  private func summary() throws -> [String] {
    let diff = try waiting.diff(in: view)
    return [terminal.styled("what changes", .strong)]
      + DependencySummary.lines(diff, most: .max).map { line in
        let isGrave = line.hasPrefix("!!") || line.hasPrefix(" !")
        return "  " + (isGrave ? terminal.styled(line, .error) : line)
      }
  }

  /// The changed lines of the files, as git shows them.
  func lines() throws -> [UInt8] {
    try DiffText.changes(
      from: waiting.base.isZero ? nil : view.objects.tree(ofCommit: waiting.base),
      to: ObjectStore(gitDirectory: view.repository.commonDirectory).tree(ofCommit: waiting.head),
      paths: waiting.change.paths.map(\.path), in: view.repository)
  }
}
