internal import Git

/// HK903: more of something than a limit allows.
enum OverLimit {
  static let code = Code(903)

  static let page = RulePage(
    code: code, name: "OverLimit", title: "over a limit",
    endedBy: .pusher,
    why: """
      The push has more commits, parents, paths or bytes than the server reads in one piece. Nothing is
      judged in part: the gate says which limit it was and stays shut.
      """,
    ends: "Push in smaller pieces, or ask the administrator to raise the limit in `[limits]`.",
    examples: [
      Example(
        "two commits are too many where the policy allows one", .undecided,
        .policy("[limits]\ncommits = 1\n"), .commit("one", by: .dana, signed: true),
        .commit("two", by: .dana, on: ["one"], signed: true), .push("two", by: .dana)),
      Example(
        "one is not", .allow,
        .policy("[limits]\ncommits = 1\n"), .commit("one", by: .dana, signed: true),
        .push("one", by: .dana)),
    ])

  static func find(_ error: GitError) -> Finding? {
    guard case .overLimit(let what) = error else { return nil }
    return finding(what)
  }

  static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the push is over a limit", reason: "over a limit", details: [why],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
