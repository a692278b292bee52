internal import Git
internal import Primitives

/// HK508: a protected reference would point at something that is no commit.
enum NotACommit {
  static let code = Code(508)

  static let page = RulePage(
    code: code, name: "NotACommit", title: "not a commit",
    endedBy: .pusher,
    why: """
      A protected branch points at a commit, and a protected tag at a commit or an annotated tag of
      one. A tree or a blob has no author and no history that could be reviewed.
      """,
    ends: "Push a commit.",
    examples: [
      Example(
        "a commit is accepted", .allow, .commit("work", by: .dana, signed: true),
        .push("work", by: .dana)),
      Example(
        "a tree is not, not even as a tag", .refuse,
        .push("main^{tree}", to: "refs/tags/v1", by: .dana)),
    ])

  static func finding(_ update: RefUpdate, _ kind: ObjectKind) -> Finding {
    Finding(
      code, headline: "\(update.name) would not point at a commit", reason: "not a commit",
      details: ["\(update.new.short) leads to a \(kind)"],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
