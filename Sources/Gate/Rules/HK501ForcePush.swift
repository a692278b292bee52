internal import Git
internal import Policy
internal import Primitives

/// HK501: an update that leaves commits of a protected reference behind.
enum ForcePush {
  static let code = Code(501)

  static let page = RulePage(
    code: code, name: "ForcePush", title: "no force-push to a protected reference",
    endedBy: .pusher,
    why: """
      The new tip does not contain the old one, so commits that people have reviewed and others have
      fetched would be gone from this reference. The rule allows that only with `force-push = true`.
      """,
    ends: "Merge or rebase onto the present tip and push again without `--force`.",
    examples: [
      Example(
        "a force-push is refused, whoever makes it", .refuse,
        .commit("one", by: .dana, files: ["a": "1"], signed: true), .push("one", by: .dana),
        .commit("two", by: .dana, files: ["a": "2"], signed: true),
        .push("two", by: .dana, force: true)),
      Example(
        "a force-push goes through where the rule allows it", .allow,
        rule: ["force-push = true"],
        .commit("one", by: .dana, files: ["a": "1"], signed: true), .push("one", by: .dana),
        .commit("two", by: .dana, files: ["a": "2"], signed: true),
        .push("two", by: .dana, force: true)),
    ])

  static let rule = Rule(code) { (subject: ProtectedRange) throws(GitError) -> [Finding] in
    let update = subject.update
    guard !update.name.isTag, !update.isCreation, !subject.isFastForward,
      subject.rules.contains(where: { !$0.allowsForcePush })
    else { return [] }
    return [finding(update)]
  }

  static func finding(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) may not be force-pushed", reason: "not a fast-forward",
      details: ["\(update.new.short) does not contain the present tip \(update.old.short)"],
      hints: [
        .init("start from its tip", "git", "pull", "--rebase", "origin", "\(update.name)")
      ])
  }
}
