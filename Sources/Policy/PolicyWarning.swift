internal import Signing

/// Something in a policy that is allowed and probably not meant; the gate takes no notice of it.
package struct PolicyWarning: Hashable, Sendable {
  package let problem: Problem
  package let location: SourceLocation

  package enum Problem: Hashable, Sendable {
    /// A rule asks for more approvals than there are active people who could give them.
    case tooFewPeople(approvals: Int, role: Role, presence: ReviewRule.Presence, people: Int)
    /// A rule lets a sponsor review with a key that an agent may have got hold of.
    case sponsorWithoutTouch
    /// Nobody active may change the policy.
    case noMaintainer
    /// A reviewer whom neither a key nor an account tells apart.
    case personWithoutKey(String)
    /// It may be an older file that was put back.
    case serialLower(Int64, recorded: Int64)
    /// An agent whose sponsor counts no more: nobody answers for it.
    case sponsorEnded(agent: String, sponsor: String)
    /// An agent that only its signals can tell.
    case agentWithoutIdentity(String)
  }
}

extension PolicyWarning: CustomStringConvertible {
  /// `where: what is odd`, one line, safe to print.
  package var description: String { "\(location): \(problem)" }
}

extension PolicyWarning.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooFewPeople(let approvals, let role, let presence, let people):
      "the rule asks for \(approvals) \(approvals == 1 ? "approval" : "approvals") by role \(role.name)"
        + (presence == .none ? "" : " and a security key") + ", of whom there are \(people)"
    case .sponsorWithoutTouch:
      "sponsor-may-review without presence: an agent with its sponsor's key can review itself"
    case .noMaintainer: "nobody has the maintainer role, so this policy cannot be changed by a push"
    case .personWithoutKey(let name): "people.\(name) has roles, but no key to sign reviews with"
    case .serialLower(let serial, let recorded):
      "serial \(serial) is lower than \(recorded), the highest on record"
    case .sponsorEnded(let agent, let sponsor):
      "agents.\(agent): the enrolment of its sponsor \(sponsor) has ended, so nobody answers for it"
    case .agentWithoutIdentity(let name):
      "agents.\(name) has neither key, account nor address to be known by"
    }
  }
}

extension PolicyWarning {
  /// Layers with a lower serial than the one of their kind on record.
  package static func loweredSerials(
    of layers: [PolicyLayer], after recorded: [PolicyLayer]
  ) -> [PolicyWarning] {
    layers.compactMap { layer in
      guard let serial = layer.serial,
        let before = recorded.first(where: { $0.kind == layer.kind })?.serial, serial < before,
        let value = (try? TOML.read(layer.bytes))?["serial"]
      else { return nil }
      return PolicyWarning(
        problem: .serialLower(serial, recorded: before), location: layer.location(value.position))
    }
  }
}

extension Policy {
  /// Agents that still count, and whose sponsor does not.
  package func endedSponsors(at time: Int64) -> [PolicyWarning] {
    agents.compactMap { agent in
      guard !agent.hasEnded(at: time), let sponsor = agent.sponsor,
        person(named: sponsor)?.isActive(at: time) != true
      else { return nil }
      return PolicyWarning(
        problem: .sponsorEnded(agent: agent.name, sponsor: sponsor), location: agent.location)
    }
  }

  /// What `hookkit policy validate` points out, in the order of the policy.
  ///
  /// - Parameter time: the clock in Unix seconds, for people who have expired.
  package func warnings(at time: Int64) -> [PolicyWarning] {
    var warnings: [PolicyWarning] = []
    if let last = layers.last, people(with: .maintainer, at: time).isEmpty {
      warnings.append(
        PolicyWarning(
          problem: .noMaintainer,
          location: SourceLocation(layer: last.kind, name: last.name, position: .start)))
    }
    for person in people
    where person.isActive(at: time) && !person.roles.isEmpty && person.keys.isEmpty {
      warnings.append(
        PolicyWarning(problem: .personWithoutKey(person.name), location: person.location))
    }
    for agent in agents
    where agent.keys.isEmpty && agent.accounts.isEmpty && agent.emails.isEmpty {
      warnings.append(
        PolicyWarning(problem: .agentWithoutIdentity(agent.name), location: agent.location))
    }
    warnings += endedSponsors(at: time)
    for rule in protections {
      let review = rule.review
      let able = people(with: review.role, at: time).filter { person in
        person.keys.contains { review.presence == .none || $0.isHardware }
      }
      if able.count < review.approvals {
        warnings.append(
          PolicyWarning(
            problem: .tooFewPeople(
              approvals: review.approvals, role: review.role, presence: review.presence,
              people: able.count), location: rule.location))
      }
      if review.sponsorMayReview, review.presence == .none {
        warnings.append(PolicyWarning(problem: .sponsorWithoutTouch, location: rule.location))
      }
    }
    return warnings
  }
}
