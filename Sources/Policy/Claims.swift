internal import Primitives
internal import Signing

/// A principal's place in the lists of a policy.
enum PrincipalID: Equatable, Sendable {
  case person(Int)
  case agent(Int)
  case service(Int)
}

/// Which principal each name, key, account and address belongs to: one at most.
///
/// Were a key both an agent's and a person's, the agent could review its own work. All claims stand in
/// one table, each under a byte for its kind, because the first use of every further table type costs a
/// hook more than filling it.
struct Claims: Sendable {
  /// What is claimed, with the word that messages use.
  enum Kind: UInt8, Sendable {
    case name, key, account, email, openPGP

    var word: String {
      switch self {
      case .name: "name"
      case .key: "key"
      case .account: "account"
      case .email: "e-mail address"
      case .openPGP: "OpenPGP key"
      }
    }
  }

  private var holders: [ByteKey: PrincipalID] = [:]
  /// What messages call the principals, for example `people.dana`.
  private var labels: [(id: PrincipalID, label: String)] = []

  private static func entry(_ kind: Kind, _ value: some Sequence<UInt8>) -> ByteKey {
    ByteKey([kind.rawValue] + value)
  }

  /// Who holds a claim.
  func holder(_ kind: Kind, _ value: some Sequence<UInt8>) -> PrincipalID? {
    holders[Self.entry(kind, value)]
  }

  /// Takes up a principal under its name.
  mutating func claim(
    name: String, label: String, for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) {
    labels.append((id, label))
    _ = try claim(Claim(.name, Array(name.utf8), name, at: location), for: id)
  }

  /// Forgets a person's or a service's revoked key. An agent's key goes on telling that it was the
  /// agent: to forget it would take a signal away.
  mutating func drop(_ key: PublicKey) {
    holders[Self.entry(.key, key.blob)] = nil
  }

  mutating func drop(openPGP fingerprint: String) {
    holders[Self.entry(.openPGP, fingerprint.utf8)] = nil
  }

  /// Whether the claim is new to the principal; another principal's is an error.
  mutating func claim(_ claim: Claim, for id: PrincipalID) throws(PolicyError) -> Bool {
    let entry = Self.entry(claim.kind, claim.value)
    guard let holder = holders[entry] else {
      holders[entry] = id
      return true
    }
    guard holder == id else {
      throw PolicyError(
        .conflict(
          what: claim.kind.word, value: claim.shown(), first: label(holder) ?? "another principal",
          second: label(id) ?? "this one"), at: claim.location)
    }
    return false
  }

  private func label(_ id: PrincipalID) -> String? {
    labels.first { $0.id == id }?.label
  }
}

/// What a layer says a principal is known by.
struct Claim {
  let kind: Claims.Kind
  let value: [UInt8]
  /// The value as messages show it.
  let shown: () -> String
  let location: SourceLocation

  init(
    _ kind: Claims.Kind, _ value: [UInt8], _ shown: @escaping @autoclosure () -> String,
    at location: SourceLocation
  ) {
    self.kind = kind
    self.value = value
    self.shown = shown
    self.location = location
  }
}
