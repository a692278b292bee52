internal import Platform
internal import Report
internal import Signals

/// commit-msg: names the agent in whose environment a commit is made, with an `Assisted-by:` trailer.
///
/// Advice to be honest, no more: a commit that lacks the trailer is judged by the server all the same.
struct CommitMessage {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  func run(_ arguments: [String]) throws(RuntimeProblem) -> Int32 {
    let catalog = Signals.SignalCatalog.builtIn
    guard arguments.count == 2,
      let agent = catalog.environmentSignals(lookup: { environment.bytes($0) }).first
    else { return ExitCode.allowed.rawValue }
    // git itself places trailers; an equal one that is there already is not written twice.
    let command = Subprocess(
      [
        "git", "interpret-trailers", "--in-place", "--if-exists", "addIfDifferent", "--trailer",
        "Assisted-by: \(agent.name)", "--", arguments[1],
      ], environment: environment.all)
    do throws(SystemError) {
      let outcome = try command.run(limit: 1 << 20)
      guard outcome.succeeded else { throw SystemError("run", "git", .code(outcome.status)) }
    } catch {
      throw .unreadable("the commit message: \(error.words)")
    }
    return ExitCode.allowed.rawValue
  }
}
