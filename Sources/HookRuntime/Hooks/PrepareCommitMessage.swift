internal import Platform
internal import Report

/// prepare-commit-msg: adds the trailer of ``CommitMessage`` before the editor opens, so that a person
/// sees it, and also where commit-msg is not run.
struct PrepareCommitMessage {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  func run(_ arguments: [String]) throws -> Int32 {
    guard arguments.count >= 2, isWorthNaming(source(arguments)), !isReplaying() else {
      return ExitCode.allowed.rawValue
    }
    try AgentAdmission(environment)?.add(to: arguments[1])
    return ExitCode.allowed.rawValue
  }

  /// Where the message comes from (githooks(5)). pre-commit and prek hand over the file alone, and the
  /// rest in a variable.
  private func source(_ arguments: [String]) -> String? {
    arguments.count > 2 ? arguments[2] : environment["PRE_COMMIT_COMMIT_MSG_SOURCE"]
  }

  /// Whether there is a message already, and a new one: `commit` is that of an earlier commit.
  private func isWorthNaming(_ source: String?) -> Bool {
    ["message", "merge", "squash"].contains(source)
  }

  /// Whether git replays commits that may be other people's: a rebase or a cherry-pick.
  private func isReplaying() -> Bool {
    let directory = environment["GIT_DIR"] ?? ".git"
    return ["rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD"].contains {
      FileBytes.kind("\(directory)/\($0)") != .missing
    }
  }
}
