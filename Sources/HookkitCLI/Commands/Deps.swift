internal import ArgumentParser

/// `hookkit deps`: read, compare and export dependency files.
struct DepsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deps", abstract: "Read, compare and export dependency files.",
    subcommands: [DepsList.self, DepsDiff.self, DepsSbom.self])
}
