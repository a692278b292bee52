import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// A guarded server on which a person's own work and an agent's reviewed work have landed, and a clone
/// from which the server is checked.
struct VerifyScene {
  let server: GuardedServer
  let auditor: TestRepository
  /// The first landing: dana's own work.
  let own: ObjectID
  /// The second: codex's work, reviewed by dana and pushed by frank.
  let reviewed: ObjectID

  static let fetchAll = "remote.origin.fetch=+refs/hookkit/*:refs/hookkit/remotes/origin/*"

  init(rules: String = Roster.team, pushing options: [String] = []) throws {
    server = try GuardedServer(policy: { $0.policy(rules: rules) })
    own = try server.work.commit("mine", ["a": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    reviewed = try server.work.commit("agent's", ["b": "2"], author: server.roster[.codex])
    try server.pushed(as: .codex, "main:refs/heads/agent/codex/b")
    try server.approve(reviewed, by: .dana)
    try server.pushed(as: .frank, "main")
    auditor = try server.sandbox.clone(
      server.repository, "auditor", options: ["--config", Self.fetchAll])
  }

  /// Fetches, and runs `hookkit verify` in the clone.
  func verify(_ arguments: String...) throws -> Outcome {
    try auditor.git("fetch", "--quiet", "--force", "origin")
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(["\(bin)/hookkit", "verify"] + arguments, in: auditor.path)
  }

  // MARK: What somebody with the server's disk can do

  /// Moves a reference without any hook.
  func force(_ ref: String, to id: ObjectID) throws {
    try server.repository.setReferences([(ref, id)])
  }

  /// An agent's work that nobody has reviewed, stored on the server.
  func unreviewed() throws -> ObjectID {
    try server.repository.commit(
      "unreviewed", ["b": "3"], on: nil, author: server.roster[.codex], parents: [reviewed])
  }

  /// The newest landing.
  func newest() throws -> LandingStatement {
    let bytes = try server.repository.git("show", "refs/hookkit/landings:landing.dsse").stdout
    return try LandingStatement(statement: Statement(reading: Envelope(reading: bytes).payload))
  }

  /// Appends a landing of main, made as the server makes them.
  func append(from old: ObjectID, to new: ObjectID, signedBy key: PrivateKey) throws {
    let last = try newest()
    let forged = try LandingStatement(
      repository: last.repository, ref: RefName("refs/heads/main"), old: old, new: new,
      pusher: Array("frank".utf8), policyDigest: last.policyDigest, ledger: last.ledger,
      coverage: .object([]), time: last.time, kind: .landing)
    try ServerRecords(gitDirectory: server.repository.gitDirectory)
      .append([.init(forged)], signedBy: key)
  }

  /// Appends a commit with any files to one of the server's chains.
  @discardableResult
  func appendCommit(
    to ref: String, _ changes: [String: TreeChange] = [:], parents: [ObjectID]? = nil
  ) throws -> ObjectID {
    try server.repository.commit("by hand", changes, on: ref, parents: parents)
  }
}
