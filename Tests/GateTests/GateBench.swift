import Gate
import Git
import Ledger
import Platform
import Policy
import Primitives
import Signing
import TestSupport

/// A server repository without hooks, whose gate a test asks by itself: what is committed in the clone
/// lies before it as if it had just been pushed.
struct GateBench {
  let server: GuardedServer

  var work: TestRepository { server.work }
  var sandbox: Sandbox { server.sandbox }
  var base: ObjectID { server.base }
  var now: Int64 { Int64(sandbox.now) }

  static let main = "refs/heads/main"

  /// - Parameters:
  ///   - rules: `[[protect]]` tables of the policy.
  ///   - top: Lines before the principals.
  ///   - adding: Lines behind a principal's own.
  ///   - files: What `main` holds at first.
  init(
    _ rules: String = Roster.team, top: String = "", adding: [Actor: String] = [:],
    files: [String: TreeChange] = [:], in sandbox: Sandbox? = nil
  ) throws {
    server = try GuardedServer(
      in: sandbox, policy: { $0.policy(rules: rules, top: top, adding: adding) }, files: files,
      hooks: [],
      procReceiveRefs: [])
    try Sandbox.writeFile(
      Array("\(server.work.gitDirectory)/objects\n".utf8),
      to: "\(server.repository.path)/objects/info/alternates")
    try OpenServer(repository).recordStart(at: now)
  }

  private var repository: ServerRepository {
    ServerRepository(
      gitDirectory: server.repository.path, quarantine: nil,
      environment: Environment(sandbox.environment))
  }

  /// One `[[protect]]` table for `main` and the release branches.
  static func rule(
    review: String = "of = \"agents\", approvals = 1", _ more: String...,
    refs: String = "\"refs/heads/main\", \"refs/heads/release/**\""
  ) -> String {
    "[[protect]]\nrefs = [\(refs)]\nreview = { \(review) }\n" + more.joined(separator: "\n") + "\n"
  }

  // MARK: Writing

  /// A commit of somebody's, on the start of `main` unless other parents are given.
  func commit(
    _ author: Actor, on parents: [ObjectID]? = nil, _ changes: [String: TreeChange] = ["a": "1\n"],
    message: String = "Work\n", committer: Actor? = nil, signed: Bool = false, date: Int? = nil
  ) throws -> ObjectID {
    try work.commit(
      message, changes, on: nil, author: server.roster[author],
      committer: committer.map { server.roster[$0] },
      signedBy: signed ? server.roster[committer ?? author] : nil, parents: parents ?? [base],
      date: date)
  }

  /// A merge with git's own tree, or with other changes on top of it.
  func merge(
    _ ours: ObjectID, _ theirs: ObjectID, by author: Actor, signed: Bool = false,
    evil changes: [String: TreeChange] = [:]
  ) throws -> ObjectID {
    let merged = try work.git("merge-tree", "--write-tree", ours.hex, theirs.hex).objectID()
    let tree = changes.isEmpty ? merged : try work.tree(from: merged, changes)
    let person = server.roster[author]
    return try work.commit(
      "Merge\n", tree: tree, parents: [ours, theirs], author: person,
      signedBy: signed ? person : nil)
  }

  /// Puts a reference of the server somewhere without asking anybody, and records that as a landing.
  func land(_ commit: ObjectID, on ref: String = main) throws {
    let landing = try LandingStatement(
      repository: Array(GuardedServer.name.utf8), ref: RefName(ref),
      old: server.tip(ref) ?? .zero, new: commit, pusher: [],
      policyDigest: [UInt8](repeating: 1, count: 32), ledger: .zero, coverage: .object([]),
      time: now, kind: .landing)
    try ServerRecords(gitDirectory: server.repository.path).append(
      [.init(landing)], signedBy: server.roster.serverKey)
    try server.repository.setReferences([(ref, commit)])
  }

  // MARK: The ledger

  /// Files a signed review of a commit, whether it is a sound one or not.
  @discardableResult
  func review(
    _ commit: ObjectID, by signers: GuardedServer.Signer...,
    namespace: String = SignatureNamespace.review.rawValue,
    _ edit: (inout GuardedServer.ReviewContent) -> Void = { _ in }
  ) throws -> Envelope {
    let statement = try server.reviewStatement(of: commit, edit)
    let envelope = try server.envelope(statement.serialized, by: signers, namespace: namespace)
    try file(envelope, at: GuardedServer.path(ofReview: envelope, of: commit))
    return envelope
  }

  /// Files a withdrawal of a review.
  func withdraw(
    _ review: Envelope, by signer: GuardedServer.Signer,
    repository: String = GuardedServer.name,
    namespace: String = SignatureNamespace.withdrawal.rawValue
  ) throws {
    let statement = try WithdrawalStatement(
      repository: Array(repository.utf8), review: review.payloadDigest, time: now
    ).statement
    let envelope = try server.envelope(statement.serialized, by: [signer], namespace: namespace)
    try file(envelope, at: GuardedServer.path(ofWithdrawal: envelope, of: review))
  }

  /// What a person signs who releases the dependency files of a commit for a reference.
  func release(
    _ answer: ReleaseStatement.Answer = .release, of commit: ObjectID,
    repository: String = GuardedServer.name, ref: String = main, time: Int64? = nil,
    until: Int64? = nil
  ) throws -> ReleaseStatement {
    let objects = try surroundings().objects
    let old = try server.tip(ref) ?? base
    let policy = try PolicyInForce(in: surroundings()).policy
    let change = try DependencyChange(
      from: objects.tree(ofCommit: old), to: objects.tree(ofCommit: commit),
      under: policy.quarantines(for: RefName(Self.main)), in: objects, limit: 1000)
    return try ReleaseStatement(
      answer, repository: Array(repository.utf8), ref: RefName(ref), old: old, new: commit,
      dependencyDigest: change.digest, blobs: change.blobs,
      policyDigest: [UInt8](repeating: 7, count: 32), time: time ?? now, until: until)
  }

  /// Files a signed answer to a change of dependency files, whether it is a sound one or not.
  @discardableResult
  func answer(
    _ statement: ReleaseStatement, by signer: GuardedServer.Signer,
    namespace: String = SignatureNamespace.release.rawValue
  ) throws -> Envelope {
    let envelope = try server.envelope(
      statement.statement.serialized, by: [signer], namespace: namespace)
    let files = try server.answer(statement, by: signer, namespace: namespace)
    try server.repository.commit(
      "ledger", files.mapValues { _ in .file(envelope.serialized) }, on: "refs/hookkit/ledger")
    return envelope
  }

  private func file(_ envelope: Envelope, at path: String) throws {
    try server.repository.commit(
      "ledger", [path: .file(envelope.serialized)], on: "refs/hookkit/ledger")
  }

  // MARK: Judging

  func surroundings(memory: (any PushMemory)? = nil) throws -> Surroundings {
    let own = try repository.surroundings()
    return Surroundings(
      objects: own.objects, references: own.references, upperLayers: own.upperLayers,
      memory: memory ?? Remembered(), landings: own.landings, merges: own.merges, files: own.files)
  }

  /// What the gate says of a move from where the reference stands to a commit (`nil` deletes).
  func judge(
    _ new: ObjectID?, to ref: String = main, by actor: Actor = .dana, at time: Int64? = nil,
    memory: (any PushMemory)? = nil, certificate: CertificateState = .none
  ) throws -> Judgement {
    let update = RefUpdate(
      old: try server.tip(ref) ?? .zero, new: new ?? .zero, name: RefName(ref))
    let push = Push(
      updates: [update], pusher: Pusher(account: actor.account.map { Array($0.utf8) }),
      certificate: certificate, time: time ?? now)
    return Gate.judge(push, in: try surroundings(memory: memory)).judgements[0]
  }
}

extension Judgement {
  /// The codes of its findings; empty when it is allowed.
  var codes: [String] { findings.map { "\($0.code)" } }

  /// Everything that its findings say, for a test of what a person is told.
  var words: String {
    findings.flatMap { [$0.headline] + $0.details }.joined(separator: "\n")
  }
}

/// What a server remembers, as a literal.
struct Remembered: PushMemory {
  private var arrivals: [ObjectID: Arrival] = [:]
  var changes: [ChangeDigest: ChangeMemory.Bringer] = [:]

  var remembersChanges: Bool { !changes.isEmpty }

  func arrival(of id: ObjectID) -> Arrival? { arrivals[id] }

  func firstBringer(of change: ChangeDigest) -> ChangeMemory.Bringer? { changes[change] }

  /// An object that somebody pushed to a branch, after all that were added before.
  mutating func add(
    _ id: ObjectID, _ actor: Actor, to ref: String = "refs/heads/topic", at time: Int64 = 100
  ) {
    let account = actor.account.map { Array($0.utf8) }
    arrivals[id] = Arrival(
      .pushed(by: account, to: RefName(ref), at: time), number: UInt32(arrivals.count + 1))
  }

  mutating func add(_ id: ObjectID, _ source: Arrival.Source) {
    arrivals[id] = Arrival(source, number: source == .baseline ? 0 : UInt32(arrivals.count + 1))
  }
}
