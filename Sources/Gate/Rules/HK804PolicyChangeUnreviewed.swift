internal import Git
internal import Policy
internal import Primitives

/// HK804: a change of the policy without the maintainers' reviews.
enum PolicyChangeUnreviewed {
  static let code = Code(804)

  static let page = RulePage(
    code: code, name: "PolicyChangeUnreviewed",
    title: "a policy change needs a maintainer's review",
    endedBy: .reviewer,
    why: """
      What is changed in `.hookkit/` is the law for every later push, so whoever wrote it, a person
      with the role `maintainer`, other than its author and pusher, must have signed a review that
      vouches for the policy.
      """,
    ends: "A maintainer runs `hookkit review approve COMMIT`.",
    examples: [
      Example(
        "a maintainer's own policy change needs another maintainer", .refuse,
        .commit("work", by: .dana, files: [".hookkit/notes": "1"], signed: true),
        .push("work", by: .dana)),
      Example(
        "a review by somebody who is no maintainer does not count", .refuse,
        .commit("work", by: .dana, files: [".hookkit/notes": "1"], signed: true),
        .review("work", by: .erin), .push("work", by: .dana)),
      Example(
        "a policy change that another person, a maintainer, has reviewed lands", .allow,
        .commit("work", by: .erin, files: [".hookkit/notes": "1"], signed: true),
        .review("work", by: .dana), .push("work", by: .erin)),
    ])

  static let rule = Rule(code) { (subject: Uncovered) throws(GitError) -> [Finding] in
    let gaps = subject.unreviewed
    guard subject.isPolicyChange, !gaps.isEmpty else { return [] }
    return [
      finding(
        subject.update, gaps, subject.range, subject.rule, subject.discounted, subject.steps)
    ]
  }

  static func finding(
    _ update: RefUpdate, _ gaps: [Coverage.Gap], _ range: CommitRange, _ rule: Protection,
    _ unsound: [String], _ steps: ReviewSteps
  ) -> Finding {
    let newest = range.commits[gaps[0].position]
    let most = gaps.map(\.approvals.count).min() ?? 0
    return Finding(
      code, headline: "\(update.name): a policy change needs a maintainer's review",
      reason: "needs a maintainer's review of \(newest.id.short)",
      details: GapText.commits(gaps, range)
        + ["maintainers \(most) of \(max(1, rule.review.approvals))"]
        + GapText.discounted(gaps, unsound),
      hints: steps.approve(newest.id, "a maintainer runs", in: range), commit: newest.id)
  }
}
