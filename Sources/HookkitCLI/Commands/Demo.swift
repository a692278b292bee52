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
    guard let keep else {
      let scratch = try ScratchFolder(in: context.environment["TMPDIR"] ?? "/tmp")
      defer { scratch.remove() }
      return try play(in: scratch.path, context)
    }
    guard FileBytes.kind(keep) == .missing else {
      throw CommandError(.refused, "\(keep.quoted) already exists; the demo needs a new folder")
    }
    try FileBytes.makeFolder(keep, mode: 0o700)
    try play(in: FileBytes.real(keep), context)
    context.terminal.note("all of it is left in \(FileBytes.real(keep).quoted)")
  }

  private func play(in folder: String, _ context: CommandContext) throws {
    context.terminal.print("hookkit \(Version.text) in \(folder)")
    try Story(stage: Stage(folder: FileBytes.real(folder), context)).play()
  }
}
