/// HK802: the policy is there and says something that hookkit does not accept.
enum PolicyInvalid {
  static let code = Code(802)

  static let page = RulePage(
    code: code, name: "PolicyInvalid", title: "the policy is not valid",
    endedBy: .maintainer,
    why: """
      A layer of the policy has a mistake: an unknown key, a wrong type, a version that this hookkit
      does not know, something that only a higher layer may say. What a rule means must not be guessed,
      so nothing is let through until it is mended. Where the layer in the tree is the broken one, clones
      and fetches go on, and a push to the branch that HEAD names which mends it is judged by the newest
      valid policy on record, or by the administrator's layers.
      """,
    ends: """
      Mend the line that is named; `hookkit policy validate` says when it is right. The policy in the
      tree is mended by a push, or put back where it was valid: the message has the command, for a push
      and for the server (`git update-ref`).
      """,
    examples: [
      Example(
        "nothing lands under a policy with an unknown key", .undecided,
        .policy("[surprise]\nkey = 1\n"),
        .commit("work", by: .dana, signed: true), .push("work", by: .dana))
    ])

  static func find(_ problem: PolicyInForce.Problem, hints repair: [Hint]) -> Finding? {
    guard case .invalid(let error) = problem else { return nil }
    return finding("\(error)", hints: repair)
  }

  private static func finding(_ why: String, hints repair: [Hint]) -> Finding {
    Finding(
      code, .doubt, headline: "the policy is not valid", details: [why],
      hints: repair.isEmpty
        ? [.init("the administrator runs", "hookkit", "policy", "validate")] : repair)
  }
}
