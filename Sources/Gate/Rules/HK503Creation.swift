internal import Git
internal import Policy
internal import Primitives

/// HK503: a reference that a rule names would be created.
enum Creation {
  static let code = Code(503)

  static let page = RulePage(
    code: code, name: "Creation", title: "no new references here",
    endedBy: .maintainer,
    why: """
      The rule says `create = false`: the references that it names are made on the server by its
      administrator, with `git update-ref` or `git branch` in the repository, not by a push. Everything
      else that the rule asks is asked there too. Or it says `who = "maintainers"`: a person with the role
      `maintainer` makes them, a release tag for example, and no agent, no service and nobody unknown.
      A tag that is set anew is made anew.
      """,
    ends: """
      Ask a maintainer to push it; or push to another name. Where the rule says `create = false`, the
      administrator makes it on the server (`git update-ref REF COMMIT`), once its commits are there;
      on a forge, which has no such place, a maintainer lets the rule create it.
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

  static let rule = Rule(code) { (subject: ProtectedUpdate) throws(GitError) -> [Finding] in
    let (update, rules, push) = (subject.update, subject.rules, subject.bench.push)
    guard update.isCreation || update.name.isTag else { return [] }
    if update.isCreation, !push.isMadeOnServer, rules.contains(where: { !$0.allowsCreate }) {
      return [
        Finding(
          code, headline: "\(update.name) may not be created by a push",
          reason: "may not be created by a push",
          details: ["once the commits are on the server, its administrator makes it there"],
          hints: [
            .init("on the server", "git", "update-ref", "\(update.name)", update.new.hex)
          ])
      ]
    }
    // Who pushes what is held was asked when it was held.
    guard push.heldAs == nil, rules.contains(where: { $0.creators == .maintainers }) else {
      return []
    }
    if case .person(let person)? = subject.bench.pusher, person.roles.contains(.maintainer),
      person.isActive(at: push.time)
    {
      return []
    }
    let verb = update.isCreation ? "made" : "set anew"
    return [
      Finding(
        code, headline: "\(update.name) is \(verb) by a maintainer alone",
        reason: "is \(verb) by a maintainer alone",
        hints: [.push("a maintainer runs", of: update.new, to: update.name)])
    ]
  }
}
