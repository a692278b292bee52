internal import Primitives

/// HK805: a policy that may not follow the one in force.
enum PolicySuccessor {
  static let code = Code(805)

  static let page = RulePage(
    code: code, name: "PolicySuccessor", title: "this policy may not follow the one in force",
    why: """
      The new `.hookkit/policy.toml` is not valid, is gone, does not have a higher `serial`, names
      another repository, or says what only a higher layer may. A policy that was once replaced cannot
      come back: with a lower serial it would be a way to undo a rule.
      """,
    ends: "Mend the line that is named, raise `serial`, and push again.",
    examples: [
      Example(
        "a policy that cannot be read does not land", .refuse,
        .commit("work", by: .dana, files: [".hookkit/policy.toml": "version = 99\n"], signed: true),
        .push("work", by: .dana))
    ])

  static func finding(_ update: RefUpdate, _ why: String) -> Finding {
    Finding(
      code, headline: "\(update.name): the new policy may not follow the one in force",
      reason: "the new policy is not a valid successor", details: [why],
      hints: [.init("check it", "hookkit", "policy", "validate")])
  }
}
