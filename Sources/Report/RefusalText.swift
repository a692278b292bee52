package import Gate

/// What the pusher reads when a push is refused (Documentation/Design/Interface.md, "Messages").
///
/// Three audiences, and most clients show only one: git's status line has ``reason(for:)``, the first
/// line stands alone, and the last one is the next command. `error:`, `warning:` and `hint:` stand at
/// the start of a line, where the pusher's own git colours them.
package enum RefusalText {
  /// How loud the text is.
  package enum Tone: String, Sendable {
    /// A server's refusal.
    case error
    /// A push that is held, not lost; or a client's advice before a push.
    case warning
  }

  /// Most columns of one line; git puts `remote: ` before it. A command is never cut: what is left of it
  /// would be another one.
  package static let width = 72
  /// Most lines for one reference.
  package static let linesPerReference = 8
  /// The same where dependency files are summarised.
  package static let linesWithSummary = 24
  /// How many references, or groups of them that are refused for the same reason, are told in full.
  static let groupsInFull = 8
  private static let hintsPerReference = 2

  /// The lines for standard error, none but a command longer than ``width``; empty when all is well.
  ///
  /// - Parameter isPushed: whether it has been pushed, so that its pusher is told whether to push again.
  package static func lines(
    for decision: Decision, tone: Tone = .error, isPushed: Bool = true
  ) -> [String] {
    let groups = Group.groups(of: decision.judgements)
    var lines: [String] = []
    for group in groups.prefix(groupsInFull) {
      lines += self.lines(for: group, tone, isPushed: isPushed)
    }
    let others = groups.dropFirst(groupsInFull)
    if !others.isEmpty {
      var codes: Set<Code> = []
      for group in others { codes.formUnion(group.findings.map(\.code)) }
      let count = others.reduce(0) { $0 + $1.count }
      let words = codes.sorted().map(\.description).joined(separator: ", ")
      // Before the last line, which stays a command, and its label where that stands above it.
      let command = lines.last?.hasPrefix("hint:   ") == true ? 2 : 1
      lines.insert(
        Ascii.cut("\(tone.rawValue): and \(more(count)): \(words)", to: width),
        at: max(0, lines.count - command))
    }
    return lines
  }

  /// The same for something that stands against the whole push.
  package static func lines(for finding: Finding, tone: Tone = .error) -> [String] {
    lines(for: Group(findings: [finding], count: 1), tone, isPushed: tone == .error)
  }

  /// What is said of updates that land all the same.
  package static func notes(for decision: Decision) -> [String] {
    decision.judgements.flatMap(\.findings).filter { !$0.severity.standsAgainst }
      .prefix(linesPerReference)
      .map { finding in
        // What is only watched says so first: nobody is to act on it.
        let words = finding.severity == .observed ? " (observed, not refused)" : ""
        let headline = "note: \(finding.code) \(Ascii.line(finding.headline))"
        return Ascii.cut(Ascii.squeeze(headline, to: width - words.utf8.count), to: width) + words
      }
  }

  /// The few words of git's status line, without a line feed: `HK101 needs a human review of 3f1c9e2`.
  ///
  /// Empty when nothing stands against the update.
  package static func reason(for judgement: Judgement) -> [UInt8] {
    let findings = judgement.standing
    guard let first = findings.first else { return [] }
    var others: [Code] = []
    // What is held says in its first reason all that it waits for.
    for finding in findings
    where finding.code != first.code && !others.contains(finding.code) && finding.severity != .hold
    {
      others.append(finding.code)
    }
    let tail = others.isEmpty ? "" : " and " + others.map(\.description).joined(separator: ", ")
    let head = "\(first.code) \(Ascii.line(first.reason))"
    let room = max(24, width - tail.utf8.count)
    return Array((Ascii.cut(Ascii.squeeze(head, to: room), to: room) + tail).utf8)
  }

  // MARK: One group

  private static func lines(for group: Group, _ asked: Tone, isPushed: Bool) -> [String] {
    let tone = group.isHeld ? .warning : asked
    let indent = String(repeating: " ", count: tone.rawValue.utf8.count + 2)
    let own = isPushed ? group.findings.first.map { you($0, isHeld: group.isHeld) } ?? [] : []
    let hints = hintLines(group.findings)
    var actor = own.flatMap {
      Ascii.fold(indent + Ascii.line($0), to: width, most: 2, hanging: indent.utf8.count + 2)
    }
    // Headlines come first, each in full; what room they leave goes to details, in the findings' order.
    var room = group.summary.isEmpty ? linesPerReference : linesWithSummary
    room -= hints.count + actor.count
    let headlines = group.findings.map { finding in
      let headline = "\(tone.rawValue): \(finding.code) \(Ascii.line(finding.headline))"
      return Ascii.fold(
        Ascii.squeeze(headline, to: width), to: width, most: 4, hanging: indent.utf8.count)
    }
    // What is wrong goes before the second line of names, which the details have as well.
    let needed = zip(headlines, group.findings).reduce(0) { $0 + $1.0.count + $1.1.details.count }
    if needed > room, actor.count > 1 {
      room += actor.count - 1
      actor = own.map { Ascii.cut(indent + Ascii.line($0), to: width) }
    }
    var shown = 0
    for (index, headline) in headlines.enumerated() {
      // A line is kept for the count of those that are not told.
      let reserve = index + 1 < headlines.count ? 1 : 0
      guard index == 0 || headline.count + reserve <= room else { break }
      shown += 1
      room -= headline.count
    }
    let left = headlines.count - shown
    if left > 0 { room -= 1 }
    var lines: [String] = []
    for (finding, headline) in zip(group.findings, headlines).prefix(shown) {
      lines += headline
      if finding.code == group.summarised {
        let summary = group.summary.prefix(max(0, room - finding.details.count))
        lines += summary.map { Ascii.cut(indent + $0, to: width) }
        room -= summary.count
      }
      let details = self.details(finding, to: width - indent.utf8.count, most: room)
      lines += details.map { indent + $0 }
      room -= details.count
    }
    if left > 0 { lines.append("\(indent)and \(left) more \(left == 1 ? "finding" : "findings")") }
    if group.count > 1 { lines.append("\(indent)and \(more(group.count - 1)), same reason") }
    return lines + actor + hints
  }

  /// The details in at most so many lines: folded when there is room, else cut, else counted.
  private static func details(_ finding: Finding, to width: Int, most: Int) -> [String] {
    let details = finding.details.map(Ascii.line)
    let folded = details.flatMap { Ascii.fold($0, to: width, most: 2, hanging: 2) }
    if folded.count <= most { return folded }
    if details.count <= most { return details.map { Ascii.cut($0, to: width) } }
    guard most > 0 else { return [] }
    let kept = details.prefix(most - 1).map { Ascii.cut($0, to: width) }
    return kept + ["and \(details.count - kept.count) more lines"]
  }

  /// At most two, each a command; the last is the one to run next.
  private static func hintLines(_ findings: [Finding]) -> [String] {
    var steps: [Hint] = []
    var reasons: [Hint] = []
    for hint in findings.flatMap(\.hints)
    where !(steps + reasons).contains(where: { $0.command == hint.command }) {
      if hint.command.dropFirst().first == "explain" {
        reasons.append(hint)
      } else {
        steps.append(hint)
      }
    }
    steps = Array(steps.prefix(hintsPerReference))
    let hints = reasons.prefix(hintsPerReference - steps.count) + steps
    let labels = hints.map { Ascii.line($0.label) }
    let column = labels.map(\.utf8.count).max() ?? 0
    // A command that is cut cannot be run.
    return zip(hints, labels).map { hint, label in
      let gap = String(repeating: " ", count: column - label.utf8.count + 3)
      return "hint: \(label)\(gap)\(CommandLineText.of(hint.command))"
    }
  }

  /// What the pusher does now: written so that an agent stops where a person acts.
  private static func you(_ finding: Finding, isHeld: Bool) -> [String] {
    let people = finding.people.isEmpty ? "a reviewer" : alternatives(finding.people)
    return switch finding.endedBy {
    case .pusher: ["you: change it as told here, then push again"]
    case .reviewer where isHeld:
      ["you: stop here. Do not push again or rewrite it; ask \(people)"]
    case .reviewer: ["you: stop here. Ask \(people); push it again after that"]
    case .maintainer: ["you: stop here. Do not push it again; ask a maintainer"]
    case .administrator: ["you: stop here. Do not push it again; ask the administrator"]
    case .nobody: ["you: stop here. No push of this is ever accepted"]
    }
  }

  /// `dana, erin or frank`
  private static func alternatives(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or \(last)"
  }

  private static func more(_ count: Int) -> String {
    "\(count) more \(count == 1 ? "ref" : "refs")"
  }
}

/// References that are refused for the same reason: told once, with a count.
struct Group {
  let findings: [Finding]
  var count: Int
  /// Whether nothing failed: it waits for a person.
  var isHeld = false
  /// What changes in dependency files, and the code of the finding that it stands behind.
  var summary: [String] = []
  var summarised: Code?

  init(findings: [Finding], count: Int) {
    self.findings = findings
    self.count = count
  }

  private init(_ judgement: Judgement, _ findings: [Finding]) {
    self.init(findings: findings, count: 1)
    isHeld = judgement.verdict == .hold
    guard let change = judgement.hold?.change else { return }
    summary = DependencySummary.lines(change.diff, most: RefusalText.linesWithSummary - 8)
    summarised = findings.first { $0.code == Code(201) }?.code
  }

  /// What two references must share to be told as one.
  private struct Reason: Hashable {
    let code: Code
    let text: String
  }

  /// The groups in the order of their first reference; an allowed update is in none.
  static func groups(of judgements: [Judgement]) -> [Group] {
    var groups: [Group] = []
    var places: [[Reason]: Int] = [:]
    for judgement in judgements {
      let findings = judgement.standing
      guard !findings.isEmpty else { continue }
      let key = findings.map { Reason(code: $0.code, text: $0.reason) }
      if let place = places[key] {
        groups[place].count += 1
      } else {
        places[key] = groups.count
        groups.append(Group(judgement, findings))
      }
    }
    return groups
  }
}
