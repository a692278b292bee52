internal import Policy
internal import Primitives

/// What a rule asks, in words for the person who has to meet it.
enum RuleText {
  /// `1 review of agents' work, by role reviewer, with a touched key`
  static func reviews(_ rule: ReviewRule) -> String {
    guard rule.approvals > 0 else { return "no review" }
    var text = rule.approvals == 1 ? "1 review" : "\(rule.approvals) reviews"
    text += rule.of == .agents ? " of agents' work" : " of everybody's work"
    text += ", by role \(rule.role.name)"
    switch rule.presence {
    case .none: break
    case .touch: text += ", with a touched key"
    case .verified: text += ", with a touched key and its PIN"
    }
    return text
  }

  /// Each thing that the rule asks, a line each.
  static func lines(_ rule: Protection) -> [String] {
    var lines = [reviews(rule.review)]
    if rule.review.approvals > 0 {
      if rule.review.owners { lines.append("an owner of each touched path (CODEOWNERS)") }
      lines.append(
        rule.review.sponsorMayReview
          ? "an agent's sponsor may review its work, with a touched key"
          : "its author, pusher and sponsor do not count")
      lines.append("vouching for \(rule.review.vouches.joined(separator: ", "))")
      if rule.review.of == .agents {
        lines.append(
          rule.unverified == .agent
            ? "unsigned work counts as an agent's"
            : "unsigned work counts as its pusher's")
        lines.append(
          rule.assisted == .review
            ? "a person's work with an agent's mark is reviewed too"
            : "a person's signed work with an agent's mark passes")
      }
      lines.append(binding(rule.binding))
    }
    if rule.requiresSignedPush { lines.append("a signed push (git push --signed)") }
    if rule.creators == .maintainers { lines.append("made by a maintainer alone") }
    var forbidden: [String] = []
    if !rule.allowsForcePush { forbidden.append("force-push") }
    if !rule.allowsDelete { forbidden.append("deletion") }
    if !rule.allowsCreate { forbidden.append("creation") }
    if !forbidden.isEmpty { lines.append("no \(forbidden.joined(separator: ", no "))") }
    return lines
  }

  private static func binding(_ binding: Binding) -> String {
    switch binding {
    case .exact: "a review holds for exactly this base, head and tree"
    case .head: "a review holds for its commit, also when merged cleanly"
    case .patch: "a review holds for its changes, also when rebased or squashed"
    }
  }

  /// `refs/heads/main, refs/heads/release/**`
  static func refs(_ patterns: [Pattern]) -> String {
    // HEAD may stand for a branch that is named beside it.
    var seen: Set<[UInt8]> = []
    return patterns.filter { seen.insert($0.bytes).inserted }.map { Escaped.text($0.bytes) }
      .joined(separator: ", ")
  }

  /// `dana (person)`
  static func principal(_ principal: Principal) -> String {
    switch principal {
    case .person(let person): "\(person.name) (person)"
    case .agent(let agent):
      "\(agent.name) (agent" + (agent.sponsor.map { ", sponsor \($0)" } ?? "") + ")"
    case .service(let service): "\(service.name) (service)"
    }
  }
}
