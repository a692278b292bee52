import Foundation
import Gate
import Primitives
import TestSupport
import Testing

/// A command that the text of a refusal names, with the words before it that say whose it is.
struct NextStep: Equatable {
  let label: String
  let command: String
}

extension Outcome {
  /// The commands of the text, in its order, as a person would copy them.
  var nextSteps: [NextStep] {
    (errors + output).split(separator: "\n").compactMap { line in
      let text = line.replacing("remote: ", with: "")
      guard let match = text.wholeMatch(of: /hint: (?:(\S.*?) {3,})?(\S.*?) */) else { return nil }
      return NextStep(label: String(match.1 ?? ""), command: String(match.2))
    }
  }
}

/// A server with a refusal, and the people who follow what its text says.
struct WayOut {
  let server: GuardedServer

  init(_ server: GuardedServer) {
    self.server = server
  }

  init(rules: String = Roster.team, top: String = "", files: [String: TreeChange] = [:]) throws {
    server = try GuardedServer(
      policy: { $0.openPolicy(rules: rules, top: top) }, files: files)
  }

  /// Requires that a push fails with this code before all others, and moves nothing.
  func refused(
    _ code: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ attempt: () throws -> Outcome
  ) throws -> Outcome {
    let before = try server.pushable()
    let outcome = try attempt()
    #expect(!outcome.succeeded, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.codes.first == code, "\(outcome)", sourceLocation: sourceLocation)
    let after = try server.pushable().filter { !$0.key.hasPrefix("refs/quarantine/") }
    #expect(after == before, "\(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs the step with this label in a clone of the actor's own.
  ///
  /// - Parameters:
  ///   - outcome: what named the step.
  ///   - names: what the person puts in the place of the words in capital letters.
  ///   - adding: what the person is asked for at a terminal.
  @discardableResult
  func follow(
    _ label: String, of outcome: Outcome, as actor: Actor, in clone: TestRepository? = nil,
    names: [String: String] = [:], adding: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let step = try #require(
      outcome.nextSteps.first { $0.label == label }, "\(outcome)", sourceLocation: sourceLocation)
    return try run(
      names.reduce(step.command) { $0.replacing($1.key, with: $1.value) } + " " + adding,
      as: actor, in: clone, sourceLocation: sourceLocation)
  }

  /// A reviewer follows the refusal of a push that is held, and answers yes.
  @discardableResult
  func approved(
    _ outcome: Outcome, as actor: Actor, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let hold = try #require(
      outcome.remoteWords.firstMatch(of: /held as +(\w+)/)?.1, "\(outcome)",
      sourceLocation: sourceLocation)
    return try follow(
      "a reviewer runs", of: outcome, as: actor, adding: "--confirm \(hold)",
      sourceLocation: sourceLocation)
  }

  /// Runs a command line in a clone of the actor's own, and requires that it succeeds.
  @discardableResult
  func run(
    _ command: String, as actor: Actor, in clone: TestRepository? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try attempt(command, as: actor, in: clone)
    #expect(outcome.succeeded, "\(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// The same, however it ends.
  func attempt(
    _ command: String, as actor: Actor, in clone: TestRepository? = nil, knowsPolicy: Bool = true
  ) throws -> Outcome {
    let policy = "\(server.repository.path)/hookkit/policy.toml"
    return try shell(
      command, in: (clone ?? server.clone(of: actor)).path,
      env: server.environment(as: actor).merging(
        knowsPolicy ? ["HOOKKIT_POLICY": policy] : [:]
      ) { $1 })
  }

  /// Runs a command line as the server's administrator does, in the repository.
  func administer(_ command: String) throws -> Outcome {
    try shell(command, in: server.repository.path)
  }

  private func shell(
    _ command: String, in folder: String, env: [String: String] = [:]
  ) throws -> Outcome {
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(
      ["sh", "-c", "PATH=\"$0:$PATH\"; export PATH; eval \"$1\"", bin, command], in: folder,
      env: env, timeLimit: 60)
  }

  /// Requires that what was refused lands now.
  func lands(
    _ id: ObjectID, on ref: String = "refs/heads/main",
    sourceLocation: SourceLocation = #_sourceLocation, _ attempt: () throws -> Outcome
  ) throws {
    let outcome = try attempt()
    #expect(outcome.succeeded, "\(outcome)", sourceLocation: sourceLocation)
    #expect(try server.tip(ref) == id, "\(outcome)", sourceLocation: sourceLocation)
  }

  /// Work of an agent's that lies on a branch of its own, where a reviewer sees it.
  func shownWork(
    _ name: String = "work", _ changes: [String: TreeChange]? = nil, on parent: ObjectID? = nil
  ) throws -> ObjectID {
    let work = try server.commit(
      name, changes ?? [name: "1"], by: .codex, on: parent ?? server.base)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/\(name)")
    return work
  }
}
