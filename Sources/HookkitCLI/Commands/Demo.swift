internal import ArgumentParser
internal import Platform
internal import Report

/// `hookkit demo`: the whole story on this machine, with real git.
struct DemoCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Play the whole story on this machine, with real git.",
    discussion: """
      In a temporary folder, with keys made for the occasion, real git and these very executables. \
      Every outcome is checked; the demo fails when one is not what it must be.
      """)

  @Option(help: ArgumentHelp("Play in this new folder and keep it.", valueName: "dir"))
  var keep: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let terminal = context.terminal
    let executables = try HookExecutables(
      beside: CommandLine.arguments.first ?? "hookkit", environment: context.environment)
    if let keep {
      guard FileBytes.kind(keep) == .missing else {
        throw CommandError(.refused, "\(keep.quoted) is there already; the demo wants a new folder")
      }
      try FileBytes.makeFolder(keep)
      try play(in: FileBytes.real(keep), executables, context)
      terminal.print("The folder is kept: \(keep)")
    } else {
      let scratch = try ScratchFolder(in: context.environment["TMPDIR"] ?? "/tmp")
      // Kept when it goes wrong, so that one can look.
      try play(in: scratch.path, executables, context)
      scratch.remove()
    }
  }

  private func play(
    in folder: String, _ executables: HookExecutables, _ context: CommandContext
  ) throws {
    let terminal = context.terminal
    terminal.print("hookkit \(Version.text), in \(folder)")
    let stage = Stage(
      folder: folder, tools: executables.folder, environment: context.environment,
      terminal: terminal)
    var story = Story(on: stage)
    try story.play()
    terminal.print()
    terminal.print(terminal.styled("Every step went as it must.", .good))
  }
}
