package import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Signing

/// Puts the policy in force on record as soon as a program that may write sees it: its layers in
/// `refs/hookkit/policy`, and where what it newly protects stands, so that `hookkit verify` knows it.
///
/// Called by hookkit-shell before it becomes git, by the hooks that run behind the fact, and by
/// `hookkit policy` on a server. Nothing is read but the policy itself where it is on record already.
package enum PolicyRecord {
  /// Records a policy unless it is the newest on record; what is broken is in force for nobody.
  ///
  /// Never as root in somebody else's repository: what root writes there, git could not write over.
  package static func keep(
    _ inForce: PolicyInForce, in surroundings: Surroundings, of server: ServerRepository,
    at time: Int64
  ) throws {
    guard !inForce.isRecorded, inForce.obstacle == nil,
      FileStatus.ownUser != 0 || FileStatus(server.gitDirectory)?.owner == 0
    else { return }
    try append(inForce, before: [], in: surroundings, of: server, at: time)
  }

  /// Appends a policy that judges, or has judged, unless the newest record has its layers and holder.
  ///
  /// - Parameter moves: landings about to be written under it.
  static func append(
    _ inForce: PolicyInForce, before moves: [LandingStatement], in surroundings: Surroundings,
    of server: ServerRepository, at time: Int64
  ) throws {
    let newest = try NewestRecord(in: surroundings.references, surroundings.objects)
    guard !inForce.isSame(as: newest) else { return }
    let records = try ServerRecords(gitDirectory: server.gitDirectory)
    // The policy comes last: a process that ends between the two is made up for by the next.
    if let key = try serverKey(of: server) {
      let beginnings = Beginnings(
        policy: inForce.policy, digest: inForce.digest, head: inForce.head,
        surroundings: surroundings)
      let ledger = try surroundings.references.resolve(.ledger) ?? .zero
      let index = try server.landings(surroundings.objects, surroundings.references).index()
      try records.append(
        beginnings.statements(
          before: moves, index, besides: [], ledger: ledger, at: time), signedBy: key,
        cache: server.state.landingIndexPath)
    }
    try records.appendPolicy(files: inForce.files, at: time)
  }

  /// The key that signs landings; `nil` on a server that was set up without one.
  static func serverKey(of server: ServerRepository) throws -> PrivateKey? {
    let path = server.state.serverKeyPath
    let text: [UInt8]?
    do throws(SystemError) {
      text = try FileBytes.readIfPresent(path, limit: 64 << 10)
    } catch {
      throw Refusal.notRecorded("the landing: the server's key: \(error.words)")
    }
    guard let text else { return nil }
    do throws(KeyError) {
      return try PrivateKey(openSSH: text)
    } catch {
      throw Refusal.notRecorded(
        "the landing: the server's key is not one that hookkit can sign with")
    }
  }
}
