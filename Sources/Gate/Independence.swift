internal import Git
internal import Policy
internal import Primitives
internal import Signals

/// What ties a person to a commit, so that their own review of it does not count.
enum Tie: Hashable {
  case author, committer, signer, pusher, sponsor
  /// An agent's commit names the person in this line of its message.
  case named(key: [UInt8])

  var word: String {
    switch self {
    case .author: "author"
    case .committer: "committer"
    case .signer: "signer"
    case .pusher: "pusher"
    case .sponsor: "sponsor of the agent"
    case .named(let key): "\(Escaped.text(key, limit: 40))"
    }
  }
}

extension Tie {
  /// `dana is its author`, `its Co-authored-by names dana`.
  func words(of name: String) -> String {
    if case .named = self { return "its \(word) names \(name)" }
    return "\(name) is its \(word)"
  }
}

/// Says whether a person stands apart from a commit.
struct Independence {
  let policy: Policy

  /// The first tie between a person and a commit; `nil` when there is none.
  ///
  /// - Parameter account: of whoever brought the commit first.
  func tie(
    of person: Person, to commit: CommitObject, origin: Origin, account: [UInt8]?
  ) -> Tie? {
    func isPersons(_ email: [UInt8]) -> Bool {
      policy.principal(email: email)?.name == person.name
    }
    if isPersons(commit.author.email) { return .author }
    if isPersons(commit.committer.email) { return .committer }
    if let account, policy.principal(account: account)?.name == person.name { return .pusher }
    if origin.signer == person.name { return .signer }
    // Only an agent's commit: people thank their reviewers in all kinds of lines.
    let claimed = origin.isAgents ? ClaimedAuthor.all(in: commit.message) : []
    if agents(behind: commit, claimed, origin: origin, account: account)
      .contains(where: { $0.sponsor == person.name })
    {
      return .sponsor
    }
    return claimed.first { names($0, person) }.map { .named(key: $0.key) }
  }

  /// Whether a line names a person: by the address, or without one by the name in the policy.
  private func names(_ claimed: ClaimedAuthor, _ person: Person) -> Bool {
    guard claimed.email.isEmpty else {
      return policy.principal(email: claimed.email)?.name == person.name
    }
    return Self.isSpelled(claimed.name.drop { $0 == UInt8(ascii: "@") }, person.name)
  }

  /// Whether a name reads like one of the policy, in any case.
  private static func isSpelled(_ name: some Collection<UInt8>, _ other: String) -> Bool {
    name.count == other.utf8.count && zip(name, other.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  /// The enrolled agents that signed, wrote, committed or first pushed a commit, or that it names. Whoever
  /// pushes it later does not take the sponsor's tie away.
  private func agents(
    behind commit: CommitObject, _ claimed: [ClaimedAuthor], origin: Origin, account: [UInt8]?
  ) -> [Agent] {
    let named =
      [
        policy.principal(email: commit.author.email),
        policy.principal(email: commit.committer.email),
        account.flatMap { policy.principal(account: $0) },
      ] + claimed.map { policy.principal(email: $0.email) }
    // An agent often has no address in the policy: its name tells as well.
    let names = [commit.author.name, commit.committer.name] + claimed.map(\.name)
    return policy.agents.filter { agent in
      agent.name == origin.principal || named.contains { $0 == .agent(agent) }
        || names.contains { Self.isSpelled($0, agent.name) }
    }
  }

  /// Whether a review by a tied person counts all the same.
  ///
  /// Under `sponsor-may-review` the one who stands behind an agent may review its work, whether the
  /// policy names them as sponsor or the agent simply used their name or account; what makes it a
  /// person's review is then the touched key.
  func mayReviewAsSponsor(_ rule: ReviewRule, origin: Origin, presence: ReviewRule.Presence) -> Bool
  {
    guard rule.sponsorMayReview, presence >= .touch, case .agent = origin.kind else { return false }
    return true
  }
}
