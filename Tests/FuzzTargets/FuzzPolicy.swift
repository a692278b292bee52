internal import Policy
internal import Primitives
internal import Signing

/// A policy is read or refused at a place of its own, in words that are safe to print; what is read
/// finds its principals again; and a layer below only tightens the one above.
///
/// A line `#---` cuts the input into the organisation's layer and the tree's.
@Sendable package func fuzzPolicy(_ bytes: [UInt8]) {
  let cut = Array("\n#---\n".utf8)
  var upper = bytes
  var lower: [UInt8]?
  if bytes.count >= cut.count {
    for start in 0...(bytes.count - cut.count)
    where bytes[start..<start + cut.count].elementsEqual(cut) {
      upper = Array(bytes[...start])
      lower = Array(bytes[(start + cut.count)...])
      break
    }
  }
  let organisation = PolicyLayer(.organisation, name: "above", bytes: upper)
  let above = read([organisation])
  guard let lower else { return }
  let tree = PolicyLayer(.tree, name: "below", bytes: lower)
  let both = read([organisation, tree])
  if let above, let both { checkTightening(above, both) }
}

private func read(_ layers: [PolicyLayer]) -> Policy? {
  let policy: Policy
  do throws(PolicyError) { policy = try Policy(layers: layers) } catch {
    let layer = layers.first { $0.kind == error.location.layer }
    let lines = (layer?.bytes ?? []).split(separator: 0x0a, omittingEmptySubsequences: false)
    let position = error.location.position
    precondition((1...max(lines.count, 1)).contains(position.line), "an error behind the last line")
    precondition(
      (1...lines[position.line - 1].count + 1).contains(position.column),
      "an error behind the end of its line")
    precondition(isPrintable(error.description), "a message with control characters")
    return nil
  }
  for person in policy.people {
    let found = Principal.person(person)
    precondition(policy.person(named: person.name) == person, "a person is lost by name")
    precondition(person.keys.allSatisfy { policy.principal(key: $0) == found }, "by key")
    precondition(
      person.accounts.allSatisfy { policy.principal(account: $0) == found }, "by account")
    precondition(person.emails.allSatisfy { policy.principal(email: $0) == found }, "by address")
    precondition(!person.keys.contains { policy.isRevoked($0) }, "a revoked key is still in force")
  }
  for agent in policy.agents {
    let found = Principal.agent(agent)
    precondition(agent.keys.allSatisfy { policy.principal(key: $0) == found }, "an agent is lost")
    precondition(agent.accounts.allSatisfy { policy.principal(account: $0) == found }, "by account")
    precondition(
      agent.sponsor.map { policy.person(named: $0) != nil } ?? true, "a sponsor is nobody")
  }
  precondition(
    policy.protections.allSatisfy { rule in
      !rule.refs.isEmpty && rule.refs.allSatisfy { $0.bytes.starts(with: "refs/".utf8) }
        && (0...32).contains(rule.review.approvals)
    }, "a rule that guards nothing")
  precondition(
    policy.statements.allSatisfy { isPrintable($0.path) && isPrintable($0.value) },
    "a statement with control characters")
  return policy
}

private func checkTightening(_ above: Policy, _ both: Policy) {
  precondition(both.repository == above.repository, "another repository")
  precondition(
    both.protections.starts(with: above.protections), "a rule is lost or changed")
  precondition(both.quarantines.starts(with: above.quarantines), "a quarantine is lost or changed")
  precondition(both.signalCatalogs == above.signalCatalogs, "signals from a tree")
  precondition(both.limits.commits <= above.limits.commits, "a limit is raised")
  precondition(both.openPGPKeyring == above.openPGPKeyring, "a keyring from a tree")
  for person in above.people {
    guard let now = both.person(named: person.name) else {
      preconditionFailure("a person is lost")
    }
    precondition(now.isRevoked || !person.isRevoked, "a revocation is taken back")
    precondition((now.expires ?? .max) <= (person.expires ?? .max), "an end is put off")
  }
  for agent in above.agents {
    precondition(
      agent.accounts.allSatisfy { both.principal(account: $0)?.name == agent.name },
      "an agent goes under another name")
  }
  guard above.layers.allSatisfy({ !$0.delegatesPeople }) else { return }
  precondition(both.people.count == above.people.count, "somebody is enrolled below")
  precondition(both.services.count == above.services.count, "a service is enrolled below")
  for (before, now) in zip(above.people, both.people) {
    precondition(now.roles.isSubset(of: before.roles), "a role is given below")
    precondition(now.keys.allSatisfy(before.keys.contains), "a key is enrolled below")
    precondition(now.emails == before.emails, "an address is enrolled below")
    precondition(now.accounts == before.accounts, "an account is enrolled below")
  }
}

private func isPrintable(_ text: String) -> Bool {
  text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
}
