internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit policy test`: which rules would apply to a push, and who could meet them.
struct PolicyTest: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Show which rules name a ref, and who could meet them.")

  @Option(help: ArgumentHelp("The ref to push to.", valueName: "ref"))
  var ref: String

  @Option(help: ArgumentHelp("The account that pushes.", valueName: "account"))
  var pusher: String?

  @Option(help: ArgumentHelp("The address of an author or committer.", valueName: "email"))
  var author: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let known = try KnownPolicy.here(in: context)
    let policy = try PolicyInForce(layers: known.layers, head: known.head).policy
    let name = try RefArgument.full(ref)
    let tied = try principals(in: policy)
    let rules = policy.protections(for: name)
    guard context.global.format == .human else {
      return context.terminal.write(json(name, rules, policy, tied, at: context.now).pretty)
    }
    let terminal = context.terminal
    terminal.note("the policy \(known.source)")
    for (word, principal) in tied {
      let shown = principal.map(RuleText.principal) ?? "nobody the policy knows"
      terminal.print("\(Escaped.text(word.utf8)): \(shown)")
    }
    if case .agent(let agent)? = tied.first?.principal, pusher != nil, !agent.mayPush(name) {
      terminal.print("\(agent.name) may push to none but its own refs")
    }
    if policy.namesHead { terminal.note("which branch the server's HEAD names is not known here") }
    for rule in policy.observedProtections where rule.matches(name) {
      terminal.print(
        "\(name): \(rule.location) is observed: it refuses nothing, see hookkit log --observed")
    }
    if rules.isEmpty { terminal.print("\(name): no rule names it") }
    for rule in rules {
      terminal.print("\(name): \(rule.location) [[protect]] \(RuleText.refs(rule.refs))")
      for line in RuleText.lines(rule) { terminal.print("  \(line)") }
      let people = Self.reviewers(rule.review, policy, tied, at: context.now)
      guard rule.review.approvals > 0 else { continue }
      let shown = people.isEmpty ? "nobody" : people.joined(separator: ", ")
      terminal.print("  who could review: \(shown)")
    }
  }

  /// The pusher, when one is given, then the authors, as the policy knows them.
  private func principals(
    in policy: Policy
  ) throws -> [(word: String, principal: Principal?)] {
    var found: [(String, Principal?)] = []
    if let pusher { found.append((pusher, policy.principal(account: Array(pusher.utf8)))) }
    return found + author.map { ($0, policy.principal(email: Array($0.utf8))) }
  }

  /// The people with the role who are neither among the given ones nor an agent's sponsor.
  private static func reviewers(
    _ rule: ReviewRule, _ policy: Policy, _ tied: [(word: String, principal: Principal?)],
    at time: Int64
  ) -> [String] {
    var excluded: Set<String> = []
    for case let principal? in tied.map(\.principal) {
      excluded.insert(principal.name)
      if case .agent(let agent) = principal, let sponsor = agent.sponsor, !rule.sponsorMayReview {
        excluded.insert(sponsor)
      }
    }
    return policy.people(with: rule.role, at: time)
      .filter { person in
        !excluded.contains(person.name)
          && person.keys.contains { rule.presence == .none || $0.isHardware }
      }
      .map(\.name)
  }

  private func json(
    _ name: RefName, _ rules: [Protection], _ policy: Policy,
    _ tied: [(word: String, principal: Principal?)], at time: Int64
  ) -> JSON {
    [
      "schema": "hookkit.policytest/1",
      "ref": .string(name.bytes),
      "principals": .array(
        tied.map { entry in
          ["given": .text(entry.word), "name": entry.principal.map { .text($0.name) } ?? .null]
        }),
      "rules": .array(
        rules.map { rule in
          [
            "file": .text(rule.location.name),
            "line": .integer(Int64(rule.location.position.line)),
            "asks": .array(RuleText.lines(rule).map { .text($0) }),
            "approvals": .integer(Int64(rule.review.approvals)),
            "reviewers": .array(
              Self.reviewers(rule.review, policy, tied, at: time).map { .text($0) }),
          ]
        }),
    ]
  }
}

/// A reference as a person writes it.
enum RefArgument {
  /// `main` is `refs/heads/main`; what begins with `refs/` stays as it is.
  static func full(_ word: String) throws -> RefName {
    let name = RefName(word.hasPrefix("refs/") ? word : "refs/heads/\(word)")
    guard name.isWellFormed else {
      throw CommandError(.usage, "\(word.quoted) is not a valid ref name")
    }
    return name
  }
}
