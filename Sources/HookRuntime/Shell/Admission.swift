internal import Gate
internal import Git
internal import HookWire
internal import Platform
internal import Policy
internal import Signing

/// Whether somebody may have what they ask for, by the policy of the very repository.
struct Admission {
  let arguments: ShellArguments
  let environment: Environment
  /// The server's clock, in seconds since 1970.
  let time: Int64

  /// The account under which the pusher is known to the hooks.
  ///
  /// The name alone is not believed: sshd's line may be older than the policy, or come from another
  /// one. The principal must stand in this repository's policy, with the key, and with time left.
  ///
  /// - Throws: `Refusal`.
  func account(
    for request: GitRequest, in repository: RepositoryRoot.Found
  ) throws -> [UInt8] {
    let server = ServerRepository(
      gitDirectory: repository.path, quarantine: nil, environment: environment)
    let (inForce, surroundings) = try policy(of: server)
    let policy = inForce.policy
    let label = arguments.principal
    guard let principal = policy.principal(labelled: label), holdsKey(principal, policy) else {
      throw Refusal(NoAccess.finding(label, request.path))
    }
    let access = principal.access
    guard access.reaches(Array(repository.place.utf8)) else {
      throw Refusal(NoAccess.finding(label, request.path))
    }
    guard !principal.hasEnded(at: time) else {
      throw Refusal(NoAccess.finding(label, why: "the policy has ended its access"))
    }
    guard access.level == .push || !request.writes else {
      throw Refusal(NoAccess.finding(label, why: "it has read-only access"))
    }
    guard let account = principal.accounts.first else {
      throw Refusal(
        NoAccess.finding(label, why: "the policy names no account for it to push under"))
    }
    // Clones learn of the policy from its record. What keeps it from being written, a full disk or a
    // writer who is faster, keeps nobody out: the next connection tries again.
    try? PolicyRecord.keep(inForce, in: surroundings, of: server, at: time)
    return account
  }

  private func holdsKey(_ principal: Principal, _ policy: Policy) -> Bool {
    guard let fingerprint = arguments.key else { return true }
    return principal.keys.contains { key in
      key.fingerprint.utf8.elementsEqual(fingerprint.utf8) && !policy.isRevoked(key)
    }
  }

  /// What is in force, and be it beside a tree's layer that is broken: that shuts pushes, as the hooks
  /// say, and nobody's clone.
  private func policy(
    of server: ServerRepository
  ) throws -> (PolicyInForce, Surroundings) {
    let surroundings = try server.surroundings()
    return (try PolicyInForce(in: surroundings), surroundings)
  }
}
