internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// Who can give the reviews that are missing, and why others who could not, for the person who asks.
struct AbleReviewers {
  /// `dana, frank can; erin is its sponsor`
  let words: String
  /// Whether they are as many as are missing: else no review lets the work land, whoever gives one.
  let suffice: Bool
  /// Those who can, the first few.
  let names: [String]

  /// Most people who are named, and commits that they are held against: the newest are those that a review
  /// names.
  private static let most = (people: 4, commits: 50)

  init(
    of gaps: [Coverage.Gap], _ rule: Protection, _ range: CommitRange, _ policy: Policy,
    at time: Int64
  ) {
    let independence = Independence(policy: policy)
    var able: [String] = []
    var tied: [String] = []
    for person in policy.people(with: rule.review.role, at: time) {
      var tie: Tie?
      for gap in gaps.prefix(Self.most.commits) where tie == nil {
        guard let commit = try? range.object(gap.position),
          !independence.mayReviewAsSponsor(
            rule.review, origin: gap.origin, presence: rule.review.presence)
        else { continue }
        tie = independence.tie(
          of: person, to: commit, origin: gap.origin,
          account: range.arrivals[gap.position].account)
      }
      // Who has reviewed is asked no more.
      if gaps.allSatisfy({ $0.approvals.contains(person.name) }) { continue }
      if let tie {
        tied.append(
          tie == .sponsor ? "\(person.name) is its sponsor" : tie.words(of: person.name))
      } else {
        able.append(person.name)
      }
    }
    let more = able.count > Self.most.people ? " and \(able.count - Self.most.people) more" : ""
    names = Array(able.prefix(Self.most.people))
    let can = able.isEmpty ? "nobody else can" : "\(names.joined(separator: ", "))\(more) can"
    words = ([can] + tied.prefix(2)).joined(separator: "; ")
    let given = gaps.map(\.approvals.count).min() ?? 0
    suffice = able.count + given >= rule.review.approvals
  }
}
