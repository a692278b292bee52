internal import Policy
internal import Git
internal import Primitives

/// HK102: a merge that is not what merging its parents gives.
enum MergeDiffers {
  static let code = Code(102)

  static let page = RulePage(
    code: code, name: "MergeDiffers", title: "a merge brings content of its own",
    endedBy: .reviewer,
    why: """
      A merge of reviewed work needs no review of its own when it is clean: when its tree is exactly
      what merging its parents gives, computed again on the server. This one has another tree. A
      conflict that was solved by hand looks like that; so does content that was slipped in, and a
      merge that quietly takes one side's old state back.
      """,
    ends: """
      Review the merge commit itself (`hookkit review approve MERGE`), or merge again without
      changes.
      """,
    examples: [
      Example(
        "a clean merge of reviewed work lands", .allow,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana), .commit("other", by: .dana, files: ["c": "3"], signed: true),
        .push("other", by: .dana), .commit("merge", by: .dana, on: ["other", "work"]),
        .push("merge", by: .dana)),
      Example(
        "a merge that adds a file to reviewed work is refused", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana), .commit("other", by: .dana, files: ["c": "3"], signed: true),
        .push("other", by: .dana),
        .commit("merge", by: .dana, on: ["other", "work"], files: ["evil": "1"]),
        .push("merge", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: Uncovered) throws(GitError) -> [Finding] in
    let merges = subject.unreviewed.filter(\.isMerge)
    guard !subject.isPolicyChange, !merges.isEmpty else { return [] }
    return [finding(subject.update, merges, subject.range, subject.steps)]
  }

  static func finding(
    _ update: RefUpdate, _ gaps: [Coverage.Gap], _ range: CommitRange, _ steps: ReviewSteps
  ) -> Finding {
    let newest = range.commits[gaps[0].position]
    return Finding(
      code, headline: "\(update.name): a merge brings content of its own",
      reason: "the merge \(newest.id.short) is not what its parents give",
      details: GapText.commits(gaps, range)
        + ["its tree differs from the merge of its parents as recomputed here"]
        + GapText.discounted(gaps, []),
      hints: [
        // git show says nothing of a merge that takes the whole tree of one parent.
        Hint(
          "see what it does",
          ["hookkit", "review", "show", newest.id.hex] + steps.refArgument)
      ] + steps.approve(newest.id, in: range), commit: newest.id)
  }
}
