internal import Git
internal import Policy
internal import Primitives

/// HK101: work that asks for a review has none that counts.
enum NeedsReview {
  static let code = Code(101)

  static let page = RulePage(
    code: code, name: "NeedsReview", title: "needs a human review",
    endedBy: .reviewer,
    why: """
      The update brings commits that no enrolled person vouches for: an agent made them, or nobody is
      known to have. Before they reach this reference, enough people with the right role must have
      signed a review of exactly this content for exactly this reference. The author, the committer,
      the pusher and the agent's sponsor do not count, and a review of an earlier version does not
      either.
      """,
    ends: """
      Where the server holds the push (it says so), a reviewer runs `hookkit approve HOLD` in any clone,
      and it lands by itself. Otherwise a reviewer runs `hookkit review approve COMMIT --ref REF`, and the
      push is made again; the commit must be on some branch of the server first, so that a reviewer can
      see it. Where nobody may review it (it says so), the policy must name another reviewer first.
      """,
    examples: [
      Example(
        "an agent's commit without a review is refused", .refuse,
        .commit("work", by: .codex), .push("work", by: .codex)),
      Example(
        "an unsigned commit that a person pushes is held where the rule holds", .hold,
        rule: ["hold = true"], .commit("work", by: .dana), .push("work", by: .dana)),
      Example(
        "an agent that may not push there is refused, and nothing is held", .refuse,
        rule: ["hold = true"], .commit("work", by: .codex), .push("work", by: .codex)),
      Example(
        "what waits in vain beside something else is not held", .refuse,
        rule: ["hold = true", "create = false"], .commit("work", by: .dana),
        .push("work", to: "refs/heads/release/1", by: .dana)),
      Example(
        "an agent's commit that a person has reviewed lands", .allow,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana), .push("work", by: .dana)),
      Example(
        "a review of the version before does not count", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana), .commit("more", by: .codex, on: ["work"], files: ["b": "2"]),
        .push("more", by: .dana)),
      Example(
        "a review for another branch does not count", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana, of: "refs/heads/release/1"), .push("work", by: .dana)),
      Example(
        "the agent's sponsor does not count as its reviewer", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .erin), .push("work", by: .dana)),
      Example(
        "an agent's own review of its work counts for nothing", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .codex), .push("work", by: .dana)),
      Example(
        "a person's signed commit needs no review where only agents' work does", .allow,
        .commit("work", by: .dana, signed: true), .push("work", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: Uncovered) throws(GitError) -> [Finding] in
    let gaps = subject.unreviewed.filter { !$0.isMerge }
    guard let able = subject.able else { return [] }
    return [
      finding(
        subject.update, gaps, subject.range, subject.rule, subject.discounted, able, subject.steps)
    ]
  }

  static func finding(
    _ update: RefUpdate, _ gaps: [Coverage.Gap], _ range: CommitRange, _ rule: Protection,
    _ unsound: [String], _ able: AbleReviewers, _ steps: ReviewSteps
  ) -> Finding {
    let newest = range.commits[gaps[0].position]
    let needed = rule.review.approvals
    let most = gaps.map(\.approvals.count).min() ?? 0
    var details = GapText.commits(gaps, range)
    var asks = "reviews \(most) of \(needed)"
    if rule.review.role != .reviewer { asks += " by role \(rule.review.role.name)" }
    if rule.review.presence != .none { asks += ", with a touched key" }
    details.append("\(asks) (\(able.words))")
    details += GapText.discounted(gaps, unsound)
    return Finding(
      code, headline: "\(update.name) needs a human review",
      reason: "needs a human review of \(newest.id.short)", details: details,
      hints: (able.suffice ? steps.approve(newest.id, in: range) : [])
        + [.init("why", "hookkit", "explain", "\(code)")],
      commit: newest.id, endedBy: able.suffice ? .reviewer : .maintainer, people: able.names)
  }
}

/// The lines that name commits and reviews in a refusal.
enum GapText {
  /// One line for each of the newest commits, then a count of the rest.
  static func commits(_ gaps: [Coverage.Gap], _ range: CommitRange) -> [String] {
    let shown = 2
    var lines = gaps.prefix(shown).flatMap { gap in
      let commit = range.commits[gap.position]
      let subject = (try? range.object(gap.position)).map { Escaped.quoted($0.subject, limit: 40) }
      let line = "\(commit.id.short) \(subject ?? "")   \(who(gap.origin))"
      return [line] + (gap.origin.evidence.map { [$0] } ?? [])
    }
    if gaps.count > shown { lines.append("and \(gaps.count - shown) more commits") }
    return lines
  }

  /// `by svc-codex (agent: pushed by its account)`
  static func who(_ origin: Origin) -> String {
    let name = origin.principal.map { "by \($0) " } ?? ""
    return "\(name)(\(origin.kindWord): \(origin.because))"
  }

  static func discounted(_ gaps: [Coverage.Gap], _ unsound: [String]) -> [String] {
    var seen: Set<String> = []
    let all = (gaps.flatMap(\.discounted) + unsound).filter { seen.insert($0).inserted }
    return all.prefix(2).map { "not counted: \($0)" }
      + (all.count > 2 ? ["and \(all.count - 2) more reviews that do not count"] : [])
  }
}
