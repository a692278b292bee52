internal import Policy
internal import Primitives

/// HK503: a reference that a rule names would be created.
enum Creation {
  static let code = Code(503)

  static let page = RulePage(
    code: code, name: "Creation", title: "no new references here",
    why: """
      The rule says `create = false`: the references that it names are made on the server by its
      administrator, not by a push. Or it says `who = "maintainers"`: a person with the role
      `maintainer` makes them, a release tag for example, and no agent, no service and nobody unknown.
      A tag that is set anew is made anew.
      """,
    ends: """
      Ask a maintainer to push it, or where the rule says `create = false` the administrator to make
      it; or push to another name.
      """,
    examples: [
      Example(
        "a protected branch is not created where the rule forbids it", .refuse,
        rule: ["create = false"],
        .push("main", to: "refs/heads/release/1", by: .dana)),
      Example(
        "a protected branch may start where a protected branch stands", .allow,
        .push("main", to: "refs/heads/release/1", by: .dana)),
      Example(
        "an agent makes no release tag where maintainers alone do", .refuse,
        rule: ["who = \"maintainers\""],
        .push("main", to: "refs/tags/v1", by: .codex)),
      Example(
        "a maintainer makes it", .allow, rule: ["who = \"maintainers\""],
        .push("main", to: "refs/tags/v1", by: .dana)),
    ])

  /// - Parameters:
  ///   - pusher: who pushes, as the policy knows them.
  ///   - time: the server's clock in Unix seconds.
  ///   - wasAdmitted: whether who pushes was asked when the update was held.
  static func findings(
    _ update: RefUpdate, _ rules: [Protection], by pusher: Principal?, at time: Int64,
    wasAdmitted: Bool
  ) -> [Finding] {
    guard update.isCreation || update.name.isTag else { return [] }
    if update.isCreation, rules.contains(where: { !$0.allowsCreate }) {
      return [
        Finding(
          code, headline: "\(update.name) may not be created by a push",
          reason: "may not be created by a push",
          hints: [.init("why", "hookkit", "explain", "\(code)")])
      ]
    }
    guard !wasAdmitted, rules.contains(where: { $0.creators == .maintainers }) else { return [] }
    if case .person(let person)? = pusher, person.roles.contains(.maintainer),
      person.isActive(at: time)
    {
      return []
    }
    let verb = update.isCreation ? "made" : "set anew"
    return [
      Finding(
        code, headline: "\(update.name) is \(verb) by a maintainer alone",
        reason: "is \(verb) by a maintainer alone",
        hints: [.init("why", "hookkit", "explain", "\(code)")])
    ]
  }
}
