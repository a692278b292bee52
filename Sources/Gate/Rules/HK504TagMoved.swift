internal import Git
internal import Policy
internal import Primitives

/// HK504: a protected tag would point elsewhere.
enum TagMoved {
  static let code = Code(504)

  static let page = RulePage(
    code: code, name: "TagMoved", title: "a protected tag does not move",
    endedBy: .pusher,
    why: """
      People and machines take a tag for one state of the code, and most clients never notice that it
      moved. A protected tag is made once; the rule allows more only with `force-push = true`.
      """,
    ends: "Make a new tag with another name.",
    examples: [
      Example(
        "a protected tag that exists is not moved", .refuse,
        .push("main", to: "refs/tags/v1", by: .dana),
        .commit("more", by: .dana, files: ["b": "1"], signed: true),
        .push("more", to: "refs/tags/v1", by: .dana, force: true)),
      Example(
        "a protected tag is made on reviewed work", .allow,
        .push("main", to: "refs/tags/v1", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: ProtectedUpdate) throws(GitError) -> [Finding] in
    let update = subject.update
    guard update.name.isTag, !update.isCreation,
      subject.rules.contains(where: { !$0.allowsForcePush })
    else { return [] }
    return [finding(update)]
  }

  static func finding(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) is a protected tag and does not move",
      reason: "a protected tag does not move",
      details: ["it stands at \(update.old.short)"],
      hints: [.init("why", "hookkit", "explain", "\(code)")]
        + [.pushElsewhere(update)].compactMap { $0 })
  }
}
