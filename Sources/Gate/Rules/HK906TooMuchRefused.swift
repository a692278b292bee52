/// HK906: one pusher's refused pushes take up all that is remembered of one pusher's.
package enum TooMuchRefused {
  static let code = Code(906)

  static let page = RulePage(
    code: code, name: "TooMuchRefused", title: "too much of this account was refused",
    endedBy: .administrator,
    why: """
      Who first brought a commit is remembered after a refusal as well: an agent's commit must still be
      the agent's when a person pushes it next. What is remembered of one account's refused pushes has a
      limit, so that nobody can use up what others need. This account has reached it, and what it brings
      now could not be remembered.
      """,
    ends: """
      Push what was refused before again once it may land: that brings nothing new, and what lands is no
      longer counted. Otherwise the administrator raises `refused-commits` in `[limits]`; what was
      refused a year ago is forgotten by itself.
      """,
    examples: [])

  package static func finding(limit: Int) -> Finding {
    Finding(
      code, headline: "too much of this account was refused",
      reason: "too much of this account was refused",
      details: ["more than \(limit) commits of its refused pushes are remembered"],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
