import Primitives
import TestSupport
import Testing

extension GuardedServer {
  /// Plays a push that must not go through, and expects that its reference stays where it was and that
  /// the pusher was told this code, or one that begins so.
  @discardableResult
  func refuses(
    as actor: Actor, _ arguments: String..., with code: String,
    ref: String = "refs/heads/main", from clone: TestRepository? = nil,
    env: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let before = try tip(ref)
    let outcome = try sandbox.run(
      ["git", "push", repository.path] + arguments, in: (clone ?? work).path,
      env: environment(as: actor).merging(env) { $1 }, timeLimit: 120)
    #expect(!outcome.succeeded, "\(actor): \(outcome)", sourceLocation: sourceLocation)
    #expect(
      outcome.codes.contains { $0.hasPrefix(code) }, "\(actor): \(outcome)",
      sourceLocation: sourceLocation)
    #expect(try tip(ref) == before, "\(actor): \(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Requires that a push goes through and that the reference stands at `commit` then, so that a test
  /// shows what the guard lets through beside what it stops.
  func lands(
    _ commit: ObjectID, as actor: Actor, on ref: String = "refs/heads/main",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try push(as: actor, "\(commit):\(ref)")
    #expect(outcome.succeeded, "\(actor): \(outcome)", sourceLocation: sourceLocation)
    #expect(try tip(ref) == commit, "\(actor): \(outcome)", sourceLocation: sourceLocation)
  }

  /// A commit of codex on top of another (``base`` when left out), pushed to its own corner by its own
  /// account, as an honest agent does.
  func agentWork(
    _ changes: [String: TreeChange] = ["work": "1"], on parent: ObjectID? = nil,
    message: String = "Work", branch: String = "work"
  ) throws -> ObjectID {
    let commit = try work.commit(
      message, changes, on: nil, author: roster[.codex], parents: [parent ?? base])
    try pushed(as: .codex, "+\(commit):refs/heads/agent/codex/\(branch)")
    return commit
  }
}
