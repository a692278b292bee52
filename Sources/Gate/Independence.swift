internal import Git
internal import Policy
internal import Primitives

/// What ties a person to a commit, so that their own review of it does not count.
enum Tie: Hashable {
  case author, committer, signer, pusher, sponsor

  var word: String {
    switch self {
    case .author: "author"
    case .committer: "committer"
    case .signer: "signer"
    case .pusher: "pusher"
    case .sponsor: "sponsor of the agent"
    }
  }
}

/// Says whether a person stands apart from a commit.
struct Independence {
  let policy: Policy

  /// The first tie between a person and a commit; `nil` when there is none.
  func tie(
    of person: Person, to commit: CommitObject, origin: Origin, arrival: Arrival
  ) -> Tie? {
    func isPersons(_ email: [UInt8]) -> Bool {
      policy.principal(email: email)?.name == person.name
    }
    if isPersons(commit.author.email) { return .author }
    if isPersons(commit.committer.email) { return .committer }
    if let account = arrival.account, policy.principal(account: account)?.name == person.name {
      return .pusher
    }
    if origin.signer == person.name { return .signer }
    return agents(behind: commit, origin: origin, arrival: arrival)
      .contains { $0.sponsor == person.name } ? .sponsor : nil
  }

  /// The enrolled agents that signed, wrote, committed or first pushed a commit. Whoever pushes it
  /// later does not take the sponsor's tie away.
  private func agents(behind commit: CommitObject, origin: Origin, arrival: Arrival) -> [Agent] {
    let named = [
      policy.principal(email: commit.author.email),
      policy.principal(email: commit.committer.email),
      arrival.account.flatMap { policy.principal(account: $0) },
    ]
    return policy.agents.filter { agent in
      agent.name == origin.principal || named.contains { $0 == .agent(agent) }
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
