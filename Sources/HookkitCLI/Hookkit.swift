internal import Primitives
internal import Gate
package import ArgumentParser
package import Platform
package import Report

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// exit(3), whose name the parser's commands have for something else.
private func leave(_ code: Int32) -> Never { exit(code) }

/// `hookkit`: the root of all commands.
package struct Hookkit: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "hookkit",
    abstract: "A gate for git servers that knows an agent from a person.",
    version: "hookkit \(Version.text)",
    subcommands: [
      // One line a command, in the order of `hookkit --help`.
      Status.self,
      Whoami.self,
      Check.self,
      Fetch.self,
      Approve.self,
      Explain.self,
      Who.self,
      InstallCommand.self,
      UninstallCommand.self,
      DoctorCommand.self,
      ReviewCommand.self,
      PolicyCommand.self,
      QuarantineCommand.self,
      DepsCommand.self,
      Verify.self,
      Log.self,
      AuthorizedKeysCommand.self,
      DemoCommand.self,
      CompletionCommand.self,
      HelpCommand.self,
    ],
    helpNames: [.short, .long])

  @OptionGroup package var global: GlobalOptions

  package init() {}

  /// Runs one command line to its end, and ends the process with its exit code.
  package static func start(_ arguments: [String]) -> Never {
    // A reader that goes away is told by the failed write; a child's end is told by its status.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGINT) { _ in _exit(Report.ExitCode.interrupted.rawValue) }
    FatalSignals.answer { _ in
      let text: StaticString = """
        error: HK970 internal error
        hint: please report it with   hookkit --version

        """
      _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
      _exit(Report.ExitCode.bug.rawValue)
    }
    let trace = Trace(.process, named: "hookkit")
    let code = run(arguments, environment: .process)
    if let line = trace.line("\(CommandLineText.of(arguments)): exit \(code.rawValue)") {
      Terminal(environment: .process, color: .never).say(line)
    }
    leave(code.rawValue)
  }

  /// Runs one command line; the only place where an error becomes words and an exit code.
  package static func run(
    _ arguments: [String], environment: Environment
  ) -> Report.ExitCode {
    var terminal = Terminal(environment: environment, color: .auto)
    do {
      let command = try parseAsRoot(CommandWords.ordered(arguments))
      guard let command = command as? any HookkitCommand else {
        return try show(command, on: terminal)
      }
      let global = command.global
      terminal = Terminal(
        environment: environment, color: global.color, isQuiet: global.quiet,
        isVerbose: global.verbose, tellsPrograms: global.format == .json)
      for directory in global.directories {
        guard chdir(directory) == 0 else { throw SystemError.last("change to", directory) }
      }
      let opening = global.directories.isEmpty ? environment : environment.openingBare(".")
      try command.run(
        in: CommandContext(global: global, environment: opening, terminal: terminal))
      return terminal.end()
    } catch {
      switch CommandError.Answer(to: error) {
      case .text(let text):
        terminal.print(text)
        return terminal.end()
      case .failure(let failure):
        if terminal.tellsPrograms, !terminal.hasWritten, !failure.headline.isEmpty {
          terminal.write(failure.json.pretty)
        }
        terminal.show(failure)
        return failure.exit
      }
    }
  }

  /// Reads a command line and runs nothing; throws what a user would be told.
  package static func read(_ arguments: [String]) throws {
    _ = try parseAsRoot(CommandWords.ordered(arguments))
  }

  /// A command that is a group of others, without one of them; or one of the parser's own.
  private static func show(
    _ command: any ParsableCommand, on terminal: Terminal
  ) throws -> Report.ExitCode {
    let configuration = type(of: command).configuration
    if command is Hookkit { throw CleanExit.helpRequest(command) }
    guard configuration.subcommands.isEmpty else {
      let words = configuration.subcommands.compactMap { $0.configuration.commandName }
      let name = configuration.commandName ?? ""
      throw CommandError(
        .usage, "hookkit \(name) needs a subcommand: \(words.joined(separator: ", "))",
        hints: [.init("what they do", "hookkit", name, "--help")])
    }
    var command = command
    try command.run()
    return terminal.end()
  }
}
