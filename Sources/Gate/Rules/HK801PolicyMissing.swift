/// HK801: there is no policy to judge by, or it cannot be read.
package enum PolicyMissing {
  static let code = Code(801)

  static let page = RulePage(
    code: code, name: "PolicyMissing", title: "the policy cannot be read",
    endedBy: .administrator,
    why: """
      hookkit's hooks run here and there is no policy, or a layer of it cannot be read: missing,
      a link, too large, no permission. A gate without a rule stays shut.
      """,
    ends: "The administrator runs `hookkit policy init` or `hookkit doctor --server`.",
    examples: [
      Example(
        "without a policy nothing lands", .undecided, .policy(nil),
        .commit("work", by: .dana, signed: true), .push("work", by: .dana))
    ])

  /// The finding for a policy that is missing, unreadable or invalid (`HK802`).
  ///
  /// - Parameter repair: the way out where the tree alone is broken; it stands instead of the usual one.
  package static func find(
    _ problem: PolicyInForce.Problem, hints repair: [Hint] = []
  ) -> Finding {
    if let invalid = PolicyInvalid.find(problem, hints: repair) { return invalid }
    if case .unreadable(let why) = problem {
      return Finding(
        code, .doubt, headline: "the policy cannot be read", details: [why],
        hints: repair.isEmpty
          ? [.init("the administrator runs", "hookkit", "doctor", "--server")] : repair)
    }
    return Finding(
      code, .doubt, headline: "there is no policy for this repository", reason: "no policy",
      hints: [.init("the administrator runs", "hookkit", "policy", "init")])
  }
}
