internal import Primitives

/// HK503: a reference that a rule names would be created.
enum Creation {
  static let code = Code(503)

  static let page = RulePage(
    code: code, name: "Creation", title: "no new references here",
    why: """
      The rule says `create = false`: the references that it names are made on the server by its
      administrator, not by a push.
      """,
    ends: "Ask the administrator to make the reference, or push to another name.",
    examples: [
      Example(
        "a protected branch is not created where the rule forbids it", .refuse,
        rule: ["create = false"],
        .push("main", to: "refs/heads/release/1", by: .dana)),
      Example(
        "a protected branch may start where a protected branch stands", .allow,
        .push("main", to: "refs/heads/release/1", by: .dana)),
    ])

  static func finding(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) may not be created by a push",
      reason: "may not be created by a push",
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
