internal import Platform
internal import Report

/// commit-msg: names the agent in whose environment a commit is made, with an `Assisted-by:` trailer.
struct CommitMessage {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  func run(_ arguments: [String]) throws -> Int32 {
    if arguments.count == 2 { try AgentAdmission(environment)?.add(to: arguments[1]) }
    return ExitCode.allowed.rawValue
  }
}
