internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// What stood in a repository before hookkit did: the policy in force, and for each protected
/// reference without a landing the tip that `hookkit verify` starts from.
struct Baseline {
  let policy: PolicyInForce
  let tips: [(name: RefName, id: ObjectID)]
  /// Whether this policy is the newest on record.
  let isPolicyRecorded: Bool
  private let ledger: ObjectID
  private let gitDirectory: String

  /// - Throws: `PolicyInForce.Problem` when there is no policy that could be recorded.
  init(of server: ServerRepository) throws {
    let surroundings = try server.surroundings()
    policy = try PolicyInForce(in: surroundings)
    if let obstacle = policy.obstacle { throw obstacle }
    gitDirectory = server.gitDirectory
    ledger = try surroundings.references.resolve(.ledger) ?? .zero
    let landed = try server.landings(surroundings.objects, surroundings.references).index()
    let protected = policy.policy
    tips = try surroundings.references.list(prefix: Array("refs/".utf8))
      .filter { protected.isProtected($0.name) && landed.newest(of: $0.name) == nil }
    isPolicyRecorded = policy.isRecorded
  }

  var isEmpty: Bool { tips.isEmpty && isPolicyRecorded }

  /// Writes it, signed with the server's key.
  func record(at time: Int64, signedBy key: PrivateKey) throws {
    let records = try ServerRecords(gitDirectory: gitDirectory)
    try records.appendPolicy(files: policy.files, at: time)
    try records.append(
      tips.map { (name, id) throws(StatementError) in
        ServerRecords.NewLanding(
          try LandingStatement(
            repository: policy.policy.repository, ref: name, old: .zero, new: id, pusher: [],
            policyDigest: policy.digest, ledger: ledger, coverage: .object([]), time: time,
            kind: .baseline, head: policy.head))
      }, signedBy: key, cache: ServerState(gitDirectory: gitDirectory).landingIndexPath)
  }
}
