internal import Git
internal import Policy
internal import Primitives

/// HK401: an agent or service pushes where the policy does not let it.
enum OutsideNamespace {
  static let code = Code(401)

  static let page = RulePage(
    code: code, name: "OutsideNamespace", title: "an agent may not push here",
    endedBy: .pusher,
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

  /// Asks whether who pushes may push there, or at all. Of what is held that was asked when it was pushed.
  static func find(_ named: NamedUpdate) -> [Finding] {
    let (bench, update) = (named.bench, named.update)
    guard bench.push.heldAs == nil else { return [] }
    let findings = access(named)
    guard findings.isEmpty else { return findings }
    var way: Hint? {
      update.isDeletion
        ? nil : ReviewSteps(bench, update).showing(update.new, "push it there instead")
    }
    return switch bench.pusher {
    case .agent(let agent)? where !agent.mayPush(named.name):
      [finding(named.name, agent.name, agent.pushLimits, way)]
    case .service(let service)? where !service.mayPush(named.name):
      [finding(named.name, service.name, service.pushLimits, way)]
    default: []
    }
  }

  static let accessRule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    access(named)
  }

  /// Somebody who may only read, and an agent or a service whose time is over. A person's time ends
  /// with what their work counts as.
  static func access(_ named: NamedUpdate) -> [Finding] {
    guard let pusher = named.bench.pusher else { return [] }
    if pusher.access.level == .read {
      return [finding(named.name, pusher.name, why: "it has read-only access")]
    }
    if case .person = pusher { return [] }
    guard pusher.hasEnded(at: named.bench.push.time) else { return [] }
    return [finding(named.name, pusher.name, why: "the policy has ended its access")]
  }

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
