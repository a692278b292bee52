import struct Gate.HostProfile
import Primitives
import Signing
import TestSupport

/// A guarded server behind one host, set up as that host's page in Documentation/Hosts tells an
/// administrator to, and the way in which people push to it.
struct HostBench {
  let host: HostProfile
  let server: GuardedServer
  /// Pushes refspecs from the clone, as one actor.
  let push: (Actor, [String]) throws -> Outcome
  /// The repository's address for an actor, where it carries the login.
  var address: ((Actor) -> String)?

  /// A team's policy, with agents' dependency files held on every branch.
  static func policy(_ roster: Roster) -> String {
    roster.policy(rules: Roster.team + "\n" + Roster.quarantine)
  }

  /// A server that hookkit does not guard yet; `main` has a lock file.
  static func bare(_ name: String = "app.git") throws -> GuardedServer {
    let server = try GuardedServer(
      policy: policy, files: ["package-lock.json": GuardedServer.lock()], hooks: [],
      procReceiveRefs: [], name: name)
    try server.sandbox.shell("rm '\(server.repository.path)/hookkit/host'")
    return server
  }

  /// Guards the server as its administrator would.
  static func install(_ host: HostProfile, on server: GuardedServer) throws {
    let done = try server.sandbox.hookkit(
      "install", "--server", "--host", host.rawValue, server.repository.path)
    guard done.succeeded else { throw UnexpectedOutcome("an installation", done) }
  }

  /// Pushes over git's file transport, with variables that a front end sets for the hooks.
  static func pushing(
    to server: GuardedServer, _ environment: @escaping (Actor) -> [String: String]
  ) -> (Actor, [String]) throws -> Outcome {
    { actor, refspecs in
      try server.sandbox.run(
        ["git", "push", server.repository.path] + refspecs, in: server.work.path,
        env: environment(actor), timeLimit: 120)
    }
  }

  // MARK: What people do

  /// Signs a review of a commit and pushes it to the ledger through the host.
  func review(_ commit: ObjectID, by actor: Actor) throws -> Outcome {
    let envelope = try server.envelope(
      server.reviewStatement(of: commit).serialized, by: [.software(actor)])
    let tip = try server.tip("refs/hookkit/ledger")
    if tip != nil {
      try server.work.git("fetch", "--quiet", server.repository.path, "refs/hookkit/ledger")
    }
    let entry = try server.work.commit(
      "ledger", [GuardedServer.path(ofReview: envelope, of: commit): .file(envelope.serialized)],
      on: nil, author: server.roster[actor], parents: tip.map { [$0] } ?? [])
    return try push(actor, ["\(entry):refs/hookkit/ledger"])
  }
}

/// Variables that an attacker would send, or set on the same machine, to be taken for a maintainer:
/// those of every other host.
func lies(besides host: HostProfile) -> [String: String] {
  var lies = ["GIT_AUTHOR_NAME": "dana", "GIT_COMMITTER_EMAIL": "dana@people.example"]
  for other in HostProfile.allCases where other.pusherVariable != host.pusherVariable {
    lies[other.pusherVariable] = "dana"
  }
  return lies
}
