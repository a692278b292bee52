package import Primitives
package import Signing

/// What is in force for one repository: all layers together (Documentation/Design/Model.md, "Policy").
///
/// Made from bytes alone; no file, clock or environment is read.
package struct Policy: Sendable {
  /// The one format version that is known.
  package static let version = 1

  /// The repository's identity, which every review names.
  package internal(set) var repository: [UInt8] = []
  package internal(set) var people: [Person] = []
  package internal(set) var agents: [Agent] = []
  package internal(set) var services: [Service] = []
  /// All rules of all layers, from the top; each one that matches must be met by itself.
  package internal(set) var protections: [Protection] = []
  package internal(set) var quarantines: [Quarantine] = []
  /// Those that are only watched: no other list has them.
  package internal(set) var observedProtections: [Protection] = []
  package internal(set) var observedQuarantines: [Quarantine] = []
  /// Catalogs to read in this order, each one over those before it.
  package internal(set) var signalCatalogs: [SignalCatalog] = []
  /// The keyring with which `gpgv` checks OpenPGP signatures; without one they count for nothing.
  package internal(set) var openPGPKeyring: [UInt8]?
  /// How CODEOWNERS and docs/CODEOWNERS are read; `nil` where the policy does not say.
  package internal(set) var codeowners: CodeOwners.Dialect?
  package internal(set) var secrets = SecretScreening()
  package internal(set) var limits = Limits()
  /// The layers in force, from the top, each with its own serial.
  package internal(set) var layers: [LayerSummary] = []
  /// The text of each layer, kept for `statements`, which a hook never asks for.
  var texts: [LayerText] = []
  /// Fingerprints that `revoked-keys` of any layer names.
  var revokedKeys: Set<String> = []
  var claims = Claims()

  /// One layer that is in force.
  package struct LayerSummary: Hashable, Sendable {
    package let kind: PolicyLayer.Kind
    package let name: String
    package internal(set) var serial: Int64 = 0
    /// Whether the layers below may enrol people.
    package internal(set) var delegatesPeople = false

    /// What a layer may leave to those below it.
    enum Delegation: String, CaseIterable, Sendable {
      case people
    }
  }

  /// One setting and where it is made, for `hookkit policy show --origin`.
  package struct Statement: Hashable, Sendable {
    /// A path such as `people.dana.roles` or `protect[0].refs`; rules are counted as in
    /// `protections` and `quarantines`.
    package let path: String
    /// The value as TOML, in printable ASCII.
    package let value: String
    package let location: SourceLocation
  }

  /// Knows nobody and names no reference: for reading commits where there is no policy. The gate never
  /// judges by it.
  package static let empty = Policy()

  private init() {}

  /// The policy that the layers make together, each of which may only tighten those above it.
  ///
  /// The order of `layers` does not matter; their kinds say which stands above which.
  package init(layers: [PolicyLayer]) throws(PolicyError) {
    let ordered = layers.sorted { $0.kind < $1.kind }
    guard let last = ordered.last else {
      throw PolicyError(
        .noLayers, at: SourceLocation(layer: .tree, name: "policy", position: .start))
    }
    for (above, below) in zip(ordered, ordered.dropFirst()) where above.kind == below.kind {
      throw PolicyError(.layerTwice, at: below.location(.start))
    }
    for layer in ordered { try apply(layer) }
    try requireWhole(last)
    finish()
  }

  /// Everything that is wrong with the layers together, in the order in which it is read; empty for those
  /// of which ``init(layers:)`` makes a policy.
  ///
  /// - Parameter isWhole: whether what some layer must say has to stand in these.
  package static func errors(in layers: [PolicyLayer], isWhole: Bool = true) -> [PolicyError] {
    let errors = PolicyErrors()
    var policy = Policy()
    do throws(PolicyError) {
      let ordered = layers.sorted { $0.kind < $1.kind }
      for layer in ordered { try policy.apply(layer, collecting: errors) }
      // What is missing may be what could not be read.
      if isWhole, errors.all.isEmpty, let last = ordered.last {
        errors.all = policy.flaws(last)
        _ = try Policy(layers: layers)
      }
    } catch {
      if !errors.all.contains(error) { errors.all.append(error) }
    }
    return errors.all
  }

  /// One layer read by itself, whatever others have to add.
  package init(only layer: PolicyLayer) throws(PolicyError) {
    try apply(layer)
    finish()
  }

  /// Whom one layer enrols, read by itself: for a server's door, where it is not yet known which
  /// repository, and so which other layers, somebody comes for.
  package init(enrolling layer: PolicyLayer) throws(PolicyError) {
    try apply(layer)
    finish()
  }

  // MARK: HEAD

  /// Whether a rule names `HEAD` and so cannot be applied before the branch is known.
  package var namesHead: Bool {
    protections.contains { $0.refs.contains(.head) }
      || quarantines.contains { $0.refs.contains(.head) }
  }

  /// The same policy in which the branch stands wherever a rule names `HEAD`.
  ///
  /// A branch name holds no meta-character of a pattern (git-check-ref-format(1)), so it stands for
  /// itself.
  package func resolving(head: RefName) -> Policy {
    guard namesHead || !observedProtections.isEmpty || !observedQuarantines.isEmpty else {
      return self
    }
    var policy = self
    func resolved(_ refs: [Pattern]) -> [Pattern] {
      refs.map { $0 == .head ? Pattern(head.bytes) : $0 }
    }
    for index in policy.protections.indices {
      policy.protections[index].refs = resolved(policy.protections[index].refs)
    }
    for index in policy.quarantines.indices {
      policy.quarantines[index].refs = resolved(policy.quarantines[index].refs)
    }
    for index in policy.observedProtections.indices {
      policy.observedProtections[index].refs = resolved(policy.observedProtections[index].refs)
    }
    for index in policy.observedQuarantines.indices {
      policy.observedQuarantines[index].refs = resolved(policy.observedQuarantines[index].refs)
    }
    return policy
  }

  /// The same policy with the rules that are only watched in the place of the others, as if they were
  /// enforced; `nil` where there are none.
  package var ofObserved: Policy? {
    guard !observedProtections.isEmpty || !observedQuarantines.isEmpty else { return nil }
    var policy = self
    policy.protections = observedProtections
    policy.quarantines = observedQuarantines
    policy.observedProtections = []
    policy.observedQuarantines = []
    return policy
  }

  // MARK: Lookups

  /// The rules that must hold before the ref may move, from the top layer down.
  package func protections(for ref: RefName) -> [Protection] {
    protections.filter { $0.matches(ref) }
  }

  /// The rules that may hold back an update of the ref.
  package func quarantines(for ref: RefName) -> [Quarantine] {
    quarantines.filter { $0.matches(ref) }
  }

  /// Whether a `[[protect]]` rule names the ref.
  package func isProtected(_ ref: RefName) -> Bool {
    protections.contains { $0.matches(ref) }
  }

  /// Whether any rule names the ref.
  package func isGuarded(_ ref: RefName) -> Bool {
    isProtected(ref) || quarantines.contains { $0.matches(ref) }
  }

  /// Whether a `[[protect]]` rule names the ref letter by letter.
  package func names(_ ref: RefName) -> Bool {
    protections.contains { rule in
      rule.refs.contains { $0.isLiteral && $0.bytes == ref.bytes }
    }
  }

  /// Who pushes under this account of the server, active or not.
  package func principal(account: [UInt8]) -> Principal? {
    claims.holder(.account, account).map { principal($0) }
  }

  /// Whose key it is, active or not; nobody's when it is revoked.
  package func principal(key: PublicKey) -> Principal? {
    claims.holder(.key, key.blob).map { principal($0) }
  }

  /// Whose address it is, active or not; ASCII case does not matter.
  package func principal(email: [UInt8]) -> Principal? {
    claims.holder(.email, asciiLowercased(email)).map { principal($0) }
  }

  /// Whose OpenPGP key has this fingerprint (hexadecimal digits in either case).
  package func principal(openPGP fingerprint: [UInt8]) -> Principal? {
    claims.holder(.openPGP, asciiLowercased(fingerprint))
      .map { principal($0) }
  }

  package func person(named name: String) -> Person? {
    guard case .person(let index)? = claims.holder(.name, name.utf8) else { return nil }
    return people[index]
  }

  /// Whether the policy revokes the key of this fingerprint.
  package func revokes(_ fingerprint: String) -> Bool { revokedKeys.contains(fingerprint) }

  /// Whether the policy revokes the key, whoever holds it.
  package func isRevoked(_ key: PublicKey) -> Bool {
    revokedKeys.contains(key.fingerprint)
  }

  /// Whether the agent may push to the ref at all.
  package func mayPush(_ agent: Agent, to ref: RefName) -> Bool {
    agent.mayPush(ref)
  }

  /// The people who have a role and count at a time given in Unix seconds.
  package func people(with role: Role, at time: Int64) -> [Person] {
    people.filter { $0.roles.contains(role) && $0.isActive(at: time) }
  }

  /// The next second at which somebody's enrolment ends by itself; `nil` when nobody's does.
  package func nextEnd(after time: Int64) -> Int64? {
    (people.compactMap(\.expires) + agents.compactMap(\.expires) + services.compactMap(\.expires))
      .filter { $0 > time }.min()
  }

  /// The serial of a layer, or `nil` when there is no such layer.
  package func serial(of kind: PolicyLayer.Kind) -> Int64? {
    layers.first { $0.kind == kind }?.serial
  }

  /// Where a setting is made; for one that several layers make, the lowest, which wins. `nil` for a
  /// default.
  package func origin(of path: String) -> SourceLocation? {
    statements.last { $0.path == path }?.location
  }

  private func principal(_ id: PrincipalID) -> Principal {
    switch id {
    case .person(let index): .person(people[index])
    case .agent(let index): .agent(agents[index])
    case .service(let index): .service(services[index])
    }
  }
}
