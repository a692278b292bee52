/// HK802: the policy is there and says something that hookkit does not accept.
enum PolicyInvalid {
  static let code = Code(802)

  static let page = RulePage(
    code: code, name: "PolicyInvalid", title: "the policy is not valid",
    why: """
      A layer of the policy has a mistake: an unknown key, a wrong type, a version that this hookkit
      does not know, something that only a higher layer may say. What a rule means must not be guessed,
      so nothing is let through until it is mended.
      """,
    ends: "Mend the line that is named; `hookkit policy validate` says when it is right.",
    examples: [
      Example(
        "nothing lands under a policy with an unknown key", .undecided,
        .policy("[surprise]\nkey = 1\n"),
        .commit("work", by: .dana, signed: true), .push("work", by: .dana))
    ])

  static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the policy is not valid", details: [why],
      hints: [.init("the administrator runs", "hookkit", "policy", "validate")])
  }
}
