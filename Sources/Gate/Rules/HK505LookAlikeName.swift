internal import Git
internal import Policy
internal import Primitives

/// HK505: a name that could be taken for that of a protected reference.
enum LookAlikeName {
  static let code = Code(505)

  static let page = RulePage(
    code: code, name: "LookAlikeName", title: "a name like that of a protected reference",
    why: """
      `git checkout main` and many tools take a tag or branch by its last part, so a tag named like a
      protected branch, or `refs/main`, is handed out in its place; and on a file system that folds
      case, `refs/heads/MAIN` moves `refs/heads/main`.
      """,
    ends: "Choose a name that differs in more than its kind or its capital letters.",
    examples: [
      Example(
        "a tag named like the protected branch is refused", .refuse,
        .push("main", to: "refs/tags/main", by: .dana)),
      Example(
        "a reference that git would look up before the branch is refused", .refuse,
        .push("main", to: "refs/main", by: .dana)),
      Example(
        "a branch that differs from it by capital letters is refused", .refuse,
        .push("main", to: "refs/heads/MAIN", by: .dana)),
      Example(
        "a branch that only begins like it is not", .allow,
        .push("main", to: "refs/heads/mainline", by: .dana)),
    ])

  /// The protected name that an update's could be taken for, or that would be taken for it; `nil` when
  /// there is none.
  ///
  /// - Parameter exists: whether a reference is there, or comes with the same push.
  static func lookAlike(
    of update: RefUpdate, _ policy: Policy, exists: (RefName) throws(GitError) -> Bool
  ) throws(GitError) -> RefName? {
    let name = update.name
    // What a rule names letter by letter is meant as it is.
    guard !update.isDeletion, !isNamed(name, by: policy) else { return nil }
    let isProtected = policy.isProtected(name)
    if !isProtected, policy.isProtectedIgnoringCase(name) { return name }
    for twin in twins(of: name) {
      if isNamed(twin, by: policy) { return twin }
      // A rule for a whole kind (refs/tags/**) protects names that need not exist. Whichever of the two
      // comes second is the one in doubt.
      guard update.isCreation, isProtected || policy.isProtected(twin) else { continue }
      if try exists(twin) { return twin }
    }
    return nil
  }

  private static func isNamed(_ name: RefName, by policy: Policy) -> Bool {
    policy.protections.contains { rule in
      rule.refs.contains { $0.isLiteral && $0.matches(name.bytes) }
    }
  }

  /// The references that have the same short name: git looks `main` up as `refs/main`, `refs/tags/main`
  /// and then `refs/heads/main` (gitrevisions(7)).
  private static func twins(of name: RefName) -> [RefName] {
    func named(_ kind: String, without own: String) -> RefName {
      RefName(Array(kind.utf8) + name.bytes.dropFirst(own.utf8.count))
    }
    if name.isTag { return [named("refs/heads/", without: "refs/tags/")] }
    if name.isBranch { return [named("refs/tags/", without: "refs/heads/")] }
    return [named("refs/heads/", without: "refs/"), named("refs/tags/", without: "refs/")]
  }

  static func finding(_ name: RefName, like other: RefName) -> Finding {
    Finding(
      code, headline: "\(name) could be taken for a protected reference",
      reason: "a name like that of a protected reference",
      details: [
        name == other ? "it differs from a protected name only by case" : "it reads like \(other)"
      ], hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
