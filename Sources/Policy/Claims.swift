internal import Primitives
internal import Signing

/// A principal's place in the lists of a policy.
enum PrincipalID: Hashable, Sendable {
  case person(Int)
  case agent(Int)
  case service(Int)
}

/// Which principal each name, key, account and address belongs to: one at most.
///
/// Were a key both an agent's and a person's, the agent could review its own work.
struct Claims: Sendable {
  private(set) var names: [String: PrincipalID] = [:]
  private(set) var keys: [PublicKey: PrincipalID] = [:]
  private(set) var accounts: [[UInt8]: PrincipalID] = [:]
  private(set) var emails: [[UInt8]: PrincipalID] = [:]
  private(set) var openPGP: [String: PrincipalID] = [:]
  private var owners: [PrincipalID: String] = [:]

  /// `label` is what messages call the principal, for example `people.dana`.
  mutating func claim(
    name: String, label: String, for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) {
    owners[id] = label
    try Claims.claim(name, "name", name, in: &names, for: id, owners, location)
  }

  /// Whether the key is new to the principal; another principal's key is an error.
  mutating func claim(
    key: PublicKey, for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) -> Bool {
    try Claims.claim(key, "key", key.fingerprint, in: &keys, for: id, owners, location)
  }

  mutating func claim(
    account: [UInt8], for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) -> Bool {
    try Claims.claim(
      account, "account", Escaped.quoted(account, limit: 96), in: &accounts, for: id, owners,
      location)
  }

  mutating func claim(
    email: [UInt8], for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) -> Bool {
    try Claims.claim(
      email, "e-mail address", Escaped.quoted(email, limit: 96), in: &emails, for: id, owners,
      location)
  }

  mutating func claim(
    openPGP fingerprint: String, for id: PrincipalID, at location: SourceLocation
  ) throws(PolicyError) -> Bool {
    try Claims.claim(
      fingerprint, "OpenPGP key", fingerprint, in: &openPGP, for: id, owners, location)
  }

  /// Forgets a person's or a service's revoked keys. An agent's key goes on telling that it was the
  /// agent: to forget it would take a signal away.
  mutating func drop(revoked: Set<String>) {
    keys = keys.filter { key, id in id.isAgent || !revoked.contains(key.fingerprint) }
    openPGP = openPGP.filter { !revoked.contains($0.key) }
  }

  @discardableResult
  private static func claim<Claim: Hashable>(
    _ claim: Claim, _ what: String, _ shown: String, in table: inout [Claim: PrincipalID],
    for id: PrincipalID, _ owners: [PrincipalID: String], _ location: SourceLocation
  ) throws(PolicyError) -> Bool {
    guard let holder = table[claim] else {
      table[claim] = id
      return true
    }
    guard holder == id else {
      throw PolicyError(
        .conflict(
          what: what, value: shown, first: owners[holder] ?? "another principal",
          second: owners[id] ?? "this one"), at: location)
    }
    return false
  }
}

extension PrincipalID {
  fileprivate var isAgent: Bool {
    if case .agent = self { true } else { false }
  }
}
