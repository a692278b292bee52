internal import Policy
internal import Primitives

/// HK505: a name that could be taken for that of a protected reference.
enum LookAlikeName {
  static let code = Code(505)

  static let page = RulePage(
    code: code, name: "LookAlikeName", title: "a name like that of a protected reference",
    why: """
      `git checkout main` and many tools take a tag or branch by its last part, so a tag named like a
      protected branch is handed out in its place; and on a file system that folds case,
      `refs/heads/MAIN` moves `refs/heads/main`.
      """,
    ends: "Choose a name that differs in more than its kind or its capital letters.",
    examples: [
      Example(
        "a tag named like the protected branch is refused", .refuse,
        .push("main", to: "refs/tags/main", by: .dana)),
      Example(
        "a branch that differs from it by capital letters is refused", .refuse,
        .push("main", to: "refs/heads/MAIN", by: .dana)),
      Example(
        "a branch that only begins like it is not", .allow,
        .push("main", to: "refs/heads/mainline", by: .dana)),
    ])

  /// The protected name that this one could be taken for; `nil` when there is none.
  static func lookAlike(of name: RefName, _ policy: Policy) -> RefName? {
    guard !policy.isProtected(name) else { return nil }
    if policy.isProtectedIgnoringCase(name) { return name }
    for (own, other) in [("refs/tags/", "refs/heads/"), ("refs/heads/", "refs/tags/")]
    where name.hasPrefix(own) {
      let twin = RefName(Array(other.utf8) + name.bytes.dropFirst(own.utf8.count))
      // A rule for a whole kind (refs/tags/**) protects names that need not exist.
      let literal = policy.protections.contains { rule in
        rule.refs.contains { $0.isLiteral && $0.matches(twin.bytes) }
      }
      if literal { return twin }
    }
    return nil
  }

  static func finding(_ name: RefName, like other: RefName) -> Finding {
    Finding(
      code, headline: "\(name) could be taken for a protected reference",
      reason: "a name like that of a protected reference",
      details: [
        name == other ? "it differs from a protected name only by case" : "\(other) is protected"
      ], hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
