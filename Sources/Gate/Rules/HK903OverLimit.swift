/// HK903: more of something than a limit allows.
enum OverLimit {
  static let code = Code(903)

  static let page = RulePage(
    code: code, name: "OverLimit", title: "over a limit",
    why: """
      The push has more commits, parents, paths or bytes than the server reads in one piece. Nothing is
      judged in part: the gate says which limit it was and stays shut.
      """,
    ends: "Push in smaller pieces, or ask the administrator to raise the limit in `[limits]`.",
    examples: [])

  static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the push is over a limit", reason: "over a limit", details: [why],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
