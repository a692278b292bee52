internal import ArgumentParser

/// `hookkit quarantine`: what the server holds, and people's answers to it.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Look at, release and reject held changes of dependency files.",
    subcommands: [
      QuarantineList.self, QuarantineShow.self, QuarantineDiff.self, QuarantineStatus.self,
      QuarantineRelease.self, QuarantineReject.self, QuarantineExtend.self,
    ])
}

/// What every command about one held change is told.
struct WaitingArguments: ParsableArguments {
  @Argument(
    help: "The hold, such as Q7F3D; or a commit that a server without holds has refused.",
    completion: Completions.holds)
  var hold: String

  @Option(help: ArgumentHelp("For a commit, the ref that it is to reach.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  func opened(in context: CommandContext) throws -> (view: ServerView, waiting: WaitingChange) {
    let view = try ServerView(remote: remote, in: context)
    return (view, try WaitingChange(hold, ref: ref, in: view, at: context.now))
  }

  /// The same as words of a command.
  var words: [String] {
    [hold] + (ref.map { ["--ref", $0] } ?? []) + (remote.map { ["--remote", $0] } ?? [])
  }
}
