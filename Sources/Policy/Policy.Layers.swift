internal import Primitives
internal import Signing

// How one layer is laid over those above it.
extension Policy {
  mutating func apply(_ layer: PolicyLayer) throws(PolicyError) {
    let table: PolicyTable
    let root: TOMLTable
    do throws(TOMLError) {
      root = try TOML.read(layer.bytes)
    } catch {
      throw PolicyError(.syntax(error.problem), at: layer.location(error.position))
    }
    guard !root.entries.isEmpty else { throw PolicyError(.empty, at: layer.location(.start)) }
    try Policy.checkVersion(root, layer)
    table = try PolicyTable(
      root, named: "the policy", at: .start, of: layer, keys: .root)

    // Each step sees only what the layers above left; the layer itself is listed at the end.
    let mayEnrol = layers.allSatisfy(\.delegatesPeople)
    let summary = try summary(of: table)
    texts.append(
      LayerText(
        layer: layer, root: root, protectionsAbove: protections.count,
        quarantinesAbove: quarantines.count))
    try applyRepository(table)
    try applySettings(table)
    try applyLimits(table)
    revokedKeys.formUnion(try table.revokedKeys())
    try applyPeople(table, mayEnrol: mayEnrol)
    try applyAgents(table)
    try applyServices(table, mayEnrol: mayEnrol)
    try applyRules(table)
    layers.append(summary)
  }

  /// Requires what some layer must say.
  func requireWhole(_ last: PolicyLayer) throws(PolicyError) {
    guard !repository.isEmpty else {
      throw PolicyError(
        .missing(key: "repository", in: "every layer of the policy"), at: last.location(.start))
    }
    for agent in agents {
      guard let sponsor = agent.sponsor, person(named: sponsor) == nil else { continue }
      throw PolicyError(
        .invalid(
          key: "agents.\(agent.name).sponsor", value: Array(sponsor.utf8),
          reason: "is not a person of the policy"),
        at: origin(of: "agents.\(agent.name).sponsor") ?? agent.location)
    }
  }

  /// What can be told only when every layer is in place.
  mutating func finish() {
    for index in people.indices where !people[index].removedRoles.isEmpty {
      people[index].roles.subtract(people[index].removedRoles)
    }
    if !revokedKeys.isEmpty { dropRevokedKeys() }
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

  /// Reads the version before anything else: what else stands in an unknown version is unknown too.
  private static func checkVersion(
    _ root: TOMLTable, _ layer: PolicyLayer
  ) throws(PolicyError) {
    let view = PolicyTable(root, named: "the policy", at: .start, of: layer)
    guard let found = try view.integer("version", in: .min ... .max) else {
      throw view.error(.missing(key: "version", in: view.name), at: "version")
    }
    guard found == version else { throw view.error(.unknownVersion(found), at: "version") }
  }

  private func summary(of table: PolicyTable) throws(PolicyError) -> LayerSummary {
    guard let serial = try table.integer("serial", in: 0 ... .max) else {
      throw table.error(.missing(key: "serial", in: table.name), at: "serial")
    }
    if table.layer.kind == .tree, table.entry("delegate") != nil {
      throw table.error(.administratorOnly(key: "delegate"), at: "delegate")
    }
    let delegates = try table.choices("delegate", Delegation.self) ?? []
    return LayerSummary(
      kind: table.layer.kind, name: table.layer.name, serial: serial,
      delegatesPeople: delegates.contains(.people))
  }

  private enum Delegation: String, CaseIterable {
    case people
  }

  private mutating func applyRepository(_ table: PolicyTable) throws(PolicyError) {
    guard let (bytes, position) = try table.string("repository") else { return }
    guard (1...255).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw table.invalid(
        "repository", bytes, "is not 1 to 255 printable ASCII characters without blanks",
        at: position)
    }
    guard repository.isEmpty || repository == bytes else {
      throw table.error(
        .loosens(key: "repository", reason: "differs from the one set above"), at: "repository")
    }
    repository = bytes
  }

  /// `openpgp-keyring` and `[signals]`, which name files of the server.
  private mutating func applySettings(_ table: PolicyTable) throws(PolicyError) {
    for key in ["openpgp-keyring", "signals"]
    where table.layer.kind == .tree && table.entry(key) != nil {
      throw table.error(.administratorOnly(key: key), at: key)
    }
    if let path = try table.path("openpgp-keyring") {
      guard openPGPKeyring == nil || openPGPKeyring == path else {
        throw table.error(
          .loosens(key: "openpgp-keyring", reason: "differs from the one set above"),
          at: "openpgp-keyring")
      }
      openPGPKeyring = path
    }
    guard let signals = try table.table("signals", keys: .signals) else { return }
    guard let path = try signals.path("catalog") else {
      throw signals.error(.missing(key: "catalog", in: signals.name), at: "catalog")
    }
    let mode = try signals.choice("mode", SignalCatalog.Mode.self) ?? .extend
    guard mode == .extend || layers.isEmpty else {
      throw signals.error(
        .loosens(key: "mode", reason: "may not replace the signals known above"), at: "mode")
    }
    signalCatalogs.append(SignalCatalog(path: path, mode: mode))
  }

  private mutating func applyLimits(_ table: PolicyTable) throws(PolicyError) {
    guard let view = try table.table("limits", keys: .limits) else { return }
    for key in Limits.Key.allCases {
      guard let figure = try view.integer(key.rawValue, in: 1...key.most) else { continue }
      guard layers.isEmpty || figure <= Int64(limits[key]) else {
        throw view.error(
          .loosens(
            key: "limits.\(key.rawValue)",
            reason: "is \(figure), more than the \(limits[key]) in force above"),
          at: key.rawValue)
      }
      limits[key] = Int(figure)
    }
  }
}
