import Foundation
package import Signing

/// Who takes part in a test with a ``GuardedServer``.
package enum Actor: String, Sendable, CaseIterable {
  /// A person: reviewer and maintainer.
  case dana
  /// A person: reviewer, and the sponsor of codex.
  case erin
  /// A person: reviewer.
  case frank
  /// An agent with an account and a key.
  case codex
  /// A service.
  case ci
  /// Somebody with an account whom the policy does not know.
  case stranger
  /// A push of which the host names no account.
  case nobody

  /// The name of the account on the server.
  package var account: String? {
    switch self {
    case .dana, .erin, .frank: rawValue
    case .codex, .ci: "svc-\(rawValue)"
    case .stranger: "mallory"
    case .nobody: nil
    }
  }
}

/// Everybody's keys, and the policy that enrols them.
package struct Roster: Sendable {
  private let people: [Actor: TestPerson]
  private let secrets: [Actor: PrivateKey]
  private let securityKeys: [Actor: SoftwareSecurityKey]
  /// The key that signs landings.
  package let serverKey: PrivateKey

  /// Makes the keys and writes them to `keys/` of the sandbox, for git to sign with.
  package init(in sandbox: Sandbox) throws {
    var people: [Actor: TestPerson] = [:]
    var secrets: [Actor: PrivateKey] = [:]
    var securityKeys: [Actor: SoftwareSecurityKey] = [:]
    for actor in Actor.allCases {
      let name = actor.rawValue
      let secret = try PrivateKey.generate()
      let line = "\(secret.publicKey.authorizedKeyText) \(name)"
      let path = try sandbox.write(
        secret.openSSHText(comment: name), to: "keys/\(name)", mode: 0o600)
      try sandbox.write("\(line)\n", to: "keys/\(name).pub")
      secrets[actor] = secret
      securityKeys[actor] = try .ed25519()
      people[actor] = TestPerson(
        name,
        key: TestKey(
          kind: .ed25519, path: path, publicLine: line,
          fingerprint: secret.publicKey.fingerprint))
    }
    self.people = people
    self.secrets = secrets
    self.securityKeys = securityKeys
    serverKey = try PrivateKey.generate()
  }

  /// Name, address and signing key.
  package subscript(actor: Actor) -> TestPerson {
    people[actor] ?? TestPerson(actor.rawValue)
  }

  /// The actor's software key, for signing without a process.
  package func secret(of actor: Actor) throws -> PrivateKey {
    guard let key = secrets[actor] else { throw Missing(actor: actor) }
    return key
  }

  /// The actor's FIDO key.
  package func securityKey(of actor: Actor) throws -> SoftwareSecurityKey {
    guard let key = securityKeys[actor] else { throw Missing(actor: actor) }
    return key
  }

  package struct Missing: Error {
    let actor: Actor
  }

  // MARK: Policy

  /// A rule as profile "team" has it.
  package static let team = """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
    unverified = "person"
    binding = "head"
    """

  /// A rule as profile "strict" has it.
  package static let strict = """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "anyone", approvals = 1, role = "reviewer", presence = "touch", owners = true }
    unverified = "agent"
    binding = "head"
    """

  /// A rule as profile "solo" has it.
  package static let solo = """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "agents", approvals = 1, presence = "touch", sponsor-may-review = true }
    unverified = "person"
    binding = "head"
    """

  /// A whole policy: dana (reviewer and maintainer), erin and frank (reviewers), codex (erin's agent)
  /// and ci, each with one account; a person has a software key and a FIDO key.
  ///
  /// - Parameters:
  ///   - rules: Tables behind the principals.
  ///   - top: Lines before them, such as `delegate = ["people"]`.
  ///   - adding: More lines for a principal's table.
  package func policy(
    serial: Int = 1, rules: String = Roster.team, top: String = "",
    adding: [Actor: String] = [:]
  ) -> String {
    func person(_ actor: Actor, _ roles: String) -> String {
      """
      [people.\(actor.rawValue)]
      emails = ["\(self[actor].email)"]
      accounts = ["\(actor.rawValue)"]
      keys = [\(keyLines(of: actor))]
      roles = [\(roles)]
      \(adding[actor] ?? "")

      """
    }
    return """
      version = 1
      serial = \(serial)
      repository = "\(GuardedServer.name)"
      \(top)

      \(person(.dana, "\"reviewer\", \"maintainer\""))
      \(person(.erin, "\"reviewer\""))
      \(person(.frank, "\"reviewer\""))
      [agents.codex]
      accounts = ["svc-codex"]
      keys = ["\(self[.codex].key?.publicLine ?? "")"]
      sponsor = "erin"
      may-push = ["refs/heads/agent/codex/**"]
      \(adding[.codex] ?? "")

      [services.ci]
      kind = "ci"
      accounts = ["svc-ci"]
      keys = ["\(self[.ci].key?.publicLine ?? "")"]
      \(adding[.ci] ?? "")

      \(rules)

      """
  }

  private func keyLines(of actor: Actor) -> String {
    let lines = [self[actor].key?.publicLine, securityKeys[actor]?.authorizedKeyText]
    return lines.compactMap { $0 }.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
