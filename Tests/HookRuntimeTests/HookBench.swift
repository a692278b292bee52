import Gate
import Git
@testable import HookRuntime
import Platform
import Primitives
import TestSupport
import Testing

/// A server repository without hooks: a test makes the session that a hook would have, in the environment
/// that git would give it. What is committed in the clone is there already.
struct HookBench {
  let server: GuardedServer

  var work: TestRepository { server.work }
  var base: ObjectID { server.base }
  var gitDirectory: String { server.repository.gitDirectory }

  static let main = RefName("refs/heads/main")

  init(policy: ((Roster) -> String)? = { $0.policy() }) throws {
    server = try GuardedServer(policy: policy, hooks: [], procReceiveRefs: [])
    try Sandbox.writeFile(
      Array("\(server.work.gitDirectory)/objects\n".utf8),
      to: "\(server.repository.path)/objects/info/alternates")
  }

  func environment(_ variables: [String: String] = [:]) -> Environment {
    Environment(
      server.sandbox.environment.merging(["GIT_DIR": gitDirectory]) { $1 }
        .merging(variables) { $1 })
  }

  func session(
    _ hook: Hook = .preReceive, as actor: Actor = .dana, with variables: [String: String] = [:]
  ) throws -> Session {
    let account = actor.account.map { ["HOOKKIT_PUSHER": $0] } ?? [:]
    return try Session(hook, environment(account.merging(variables) { $1 }))
  }

  /// Puts the policy in force on record, as the first landing does.
  func recordPolicy() throws {
    let session = try session(.postReceive)
    let bench = try #require(try session.bench())
    try PolicyRecord.keep(
      bench.policy, in: bench.surroundings, of: session.server, at: session.time)
  }

  /// A push of a commit from where the reference stands.
  func update(_ new: ObjectID, _ name: RefName = main) throws -> RefUpdate {
    RefUpdate(old: try server.tip("\(name)") ?? .zero, new: new, name: name)
  }

  func commit(_ author: Actor, signed: Bool = false, _ file: String = "a") throws -> ObjectID {
    try work.commit(
      "Work\n", [file: "1\n"], on: nil, author: server.roster[author],
      signedBy: signed ? server.roster[author] : nil, parents: [base])
  }
}

extension Outcome {
  func requireSuccess() throws {
    guard succeeded else { throw UnexpectedOutcome("success", self) }
  }
}

extension Decision {
  /// The codes of all findings, each once.
  var codes: [String] { Finding.codes(judgements.flatMap(\.findings)) }
}
