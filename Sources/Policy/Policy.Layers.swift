internal import Primitives
internal import Signing

// How one layer is laid over those above it.
extension Policy {
  mutating func apply(
    _ layer: PolicyLayer, collecting errors: PolicyErrors? = nil
  ) throws(PolicyError) {
    let root: TOMLTable
    do throws(TOMLError) {
      root = try TOML.read(layer.bytes)
    } catch {
      throw PolicyError(.syntax(error.problem), at: layer.location(error.position))
    }
    guard !root.entries.isEmpty else { throw PolicyError(.empty, at: layer.location(.start)) }
    let table = PolicyTable(
      root, named: "the policy", at: .start,
      in: PolicyTable.Reading(
        layer: layer, isTop: layers.isEmpty, mayEnrol: layers.allSatisfy(\.delegatesPeople),
        errors: errors))
    // Before anything else: what else stands in an unknown version is unknown too.
    guard let version = table.value("version") else { throw table.missing("version") }
    _ = try Form.version.read(version)
    texts.append(
      LayerText(
        layer: layer, root: root, protectionsAbove: protections.count,
        quarantinesAbove: quarantines.count))
    layers.append(LayerSummary(kind: layer.kind, name: layer.name))
    try table.read(Policy.rows, into: &self)
  }

  /// Requires what some layer must say.
  func requireWhole(_ last: PolicyLayer) throws(PolicyError) {
    if let flaw = flaws(last).first { throw flaw }
  }

  /// What some layer must say and none does.
  func flaws(_ last: PolicyLayer) -> [PolicyError] {
    var flaws: [PolicyError] = []
    if repository.isEmpty {
      flaws.append(
        PolicyError(
          .missing(key: "repository", in: "every layer of the policy"), at: last.location(.start)))
    }
    for agent in agents {
      guard let sponsor = agent.sponsor, person(named: sponsor) == nil else { continue }
      flaws.append(
        PolicyError(
          .invalid(
            key: "agents.\(agent.name).sponsor", value: Array(sponsor.utf8),
            reason: "is not a person of the policy"),
          at: origin(of: "agents.\(agent.name).sponsor") ?? agent.location))
    }
    return flaws
  }

  /// What can be told only when every layer is in place.
  mutating func finish() {
    for index in people.indices where !people[index].removedRoles.isEmpty {
      people[index].roles.subtract(people[index].removedRoles)
    }
    if !revokedKeys.isEmpty { dropRevokedKeys() }
    observedProtections = protections.filter { $0.mode == .observe }
    observedQuarantines = quarantines.filter { $0.mode == .observe }
    protections.removeAll { $0.mode == .observe }
    quarantines.removeAll { $0.mode == .observe }
  }

  /// Takes revoked keys from people and services; an agent's key goes on telling that it was the agent.
  private mutating func dropRevokedKeys() {
    let keys = people.flatMap(\.keys) + services.flatMap(\.keys)
    for key in keys where revokedKeys.contains(key.fingerprint) { claims.drop(key) }
    for fingerprint in revokedKeys { claims.drop(openPGP: fingerprint) }
    for index in people.indices {
      people[index].keys.removeAll { revokedKeys.contains($0.fingerprint) }
      people[index].openPGP.removeAll { revokedKeys.contains($0) }
    }
    for index in services.indices {
      services[index].keys.removeAll { revokedKeys.contains($0.fingerprint) }
    }
  }
}
