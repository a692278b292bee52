internal import Git
internal import Policy
internal import Primitives

/// HK402: an agent or service writes to the ledger of people's statements.
enum LedgerNotForAgents {
  static let code = Code(402)

  static let page = RulePage(
    code: code, name: "LedgerNotForAgents", title: "the ledger is written by people",
    endedBy: .nobody,
    why: """
      `refs/hookkit/ledger` holds what people have signed: reviews and withdrawals. An agent or a
      service never reviews, releases, grants, overrides or changes policy, whatever key it holds, and
      so has nothing to write there.
      """,
    ends: "A person approves: `hookkit review approve COMMIT`.",
    examples: [
      Example(
        "an agent may not write to the ledger", .refuse,
        .commit("entry", by: .codex), .push("entry", to: "refs/hookkit/ledger", by: .codex))
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    switch named.bench.pusher {
    case .agent(let agent): [finding(agent.name)]
    case .service(let service): [finding(service.name)]
    case .person, nil: []
    }
  }

  static func finding(_ name: String) -> Finding {
    Finding(
      code, headline: "\(name) may not write to the review ledger",
      reason: "the ledger is written by people", details: ["\(name) is not a person"],
      hints: [.init("a person signs it", "hookkit", "review", "approve", "COMMIT")])
  }
}
