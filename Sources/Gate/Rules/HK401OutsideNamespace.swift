internal import Primitives

/// HK401: an agent or service pushes where the policy does not let it.
enum OutsideNamespace {
  static let code = Code(401)

  static let page = RulePage(
    code: code, name: "OutsideNamespace", title: "an agent may not push here",
    why: """
      The policy names the references that this agent or service may push to (`may-push`), so that
      what it does stays in its own corner until a person takes it up. It may also give somebody no
      more than reading (`access = "read"`), or have ended an agent's or a service's time.
      """,
    ends: "Push to one of the references that the policy names for it.",
    examples: [
      Example(
        "an agent may not push to a branch that is not its own", .refuse,
        .commit("work", by: .codex), .push("work", to: "refs/heads/topic", by: .codex)),
      Example(
        "an agent may not push its reviewed work to main itself", .refuse,
        .commit("work", by: .codex),
        .push("work", to: "refs/heads/agent/codex/work", by: .codex),
        .review("work", by: .dana), .push("work", by: .codex)),
      Example(
        "an agent may push to its own", .allow,
        .commit("work", by: .codex),
        .push("work", to: "refs/heads/agent/codex/topic", by: .codex)),
    ])

  /// - Parameter way: a push that the policy lets the principal make instead.
  static func finding(
    _ name: RefName, _ principal: String, _ limits: [[Pattern]], _ way: Hint?
  ) -> Finding {
    let patterns = limits.first?.map { Escaped.text($0.bytes) } ?? []
    return finding(
      name, principal,
      why: patterns.isEmpty ? nil : "it may push to \(patterns.joined(separator: ", "))", way)
  }

  static func finding(
    _ name: RefName, _ principal: String, why: String?, _ way: Hint? = nil
  ) -> Finding {
    Finding(
      code, headline: "\(principal) may not push to \(name)",
      reason: "\(principal) may not push here", details: why.map { [$0] } ?? [],
      hints: [.init("why", "hookkit", "explain", "\(code)")] + [way].compactMap { $0 })
  }
}
