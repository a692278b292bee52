internal import Policy
internal import Git
internal import Primitives

/// HK103: no owner of a touched path is among those who approved.
enum OwnerMissing {
  static let code = Code(103)

  static let page = RulePage(
    code: code, name: "OwnerMissing", title: "an owner of a touched path must approve",
    endedBy: .reviewer,
    why: """
      CODEOWNERS names people who answer for some paths, and the rule for this reference asks that one
      of them is among the reviewers of every change there. The file is read as it stood before the
      push, in every place where it may stand; an owner whom the policy does not know cannot be
      satisfied.
      """,
    ends: """
      One of the owners runs `hookkit review approve COMMIT`. Where each of them has a part in the work,
      CODEOWNERS must name somebody else first.
      """,
    examples: [
      Example(
        "a review by somebody who owns nothing does not satisfy an owner rule", .refuse,
        rule: ["owners = true"],
        .commit("owners", by: .dana, files: ["CODEOWNERS": "* @erin\n"], signed: true),
        .push("owners", by: .dana), .commit("work", by: .stranger, on: ["owners"]),
        .review("work", by: .dana), .push("work", by: .stranger)),
      Example(
        "a review by the owner does", .allow, rule: ["owners = true"],
        .commit("owners", by: .dana, files: ["CODEOWNERS": "* @erin\n"], signed: true),
        .push("owners", by: .dana), .commit("work", by: .stranger, on: ["owners"]),
        .review("work", by: .erin), .push("work", by: .stranger)),
    ])

  static let rule = Rule(code) { (subject: Uncovered) throws(GitError) -> [Finding] in
    let unowned = subject.gaps.filter { !$0.owners.isEmpty }
    guard !unowned.isEmpty else { return [] }
    return [finding(subject.update, unowned, subject.range, subject.steps)]
  }

  static func finding(
    _ update: RefUpdate, _ gaps: [Coverage.Gap], _ range: CommitRange, _ steps: ReviewSteps
  ) -> Finding {
    let newest = range.commits[gaps[0].position]
    var seen: Set<String> = []
    let owners = gaps.flatMap(\.owners).filter { seen.insert($0).inserted }
    return Finding(
      code, headline: "\(update.name): an owner of a touched path must approve",
      reason: "needs an owner's review of \(newest.id.short)",
      details: owners.prefix(4).map { $0 }
        + (owners.count > 4 ? ["and \(owners.count - 4) more paths"] : [])
        + GapText.discounted(gaps, []),
      hints: steps.approve(newest.id, "an owner runs", in: range), commit: newest.id)
  }
}
