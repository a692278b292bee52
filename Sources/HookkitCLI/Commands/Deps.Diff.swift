internal import ArgumentParser
internal import DependencyChecks
internal import Lockfiles
internal import Platform
internal import Primitives
internal import Report
internal import Signing

/// `hookkit deps diff`: what changes between two files or two commits.
struct DepsDiff: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare dependency files: two files, or all of two commits.",
    discussion: """
      Two files are read by the name of the new one, also outside of a repository; /dev/null stands \
      for a file that is not there. Nothing is asked of the network, and what that leaves unchecked \
      is said.
      """)

  @Option(
    help: ArgumentHelp(
      "Of two commits, only this path; of two files, the path to read them as.", valueName: "path"))
  var path: String?

  @Flag(
    help: "Print additions and removals as an array in the shape of GitHub's dependency review.")
  var dependencyReview = false

  @Argument(help: ArgumentHelp("A file or a commit.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("A file or a commit.", valueName: "new"))
  var new: String

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let source = DependencySource(in: context)
    let (files, frame) = try source.changes(old, new, path: path)
    let diff = DependencyDiff(consume files)
    let terminal = context.terminal
    if dependencyReview { return terminal.write(diff.dependencyReview.pretty) }
    switch context.global.format {
    case .json:
      var frame = frame
      frame.digest = Hex.string(Digest.sha256(diff.digestInput))
      terminal.write(diff.json(frame).pretty)
    case .sarif: terminal.write(SARIF.log(diff, toolVersion: Version.text).pretty)
    case .human:
      guard !diff.files.isEmpty else { return terminal.note("no dependency file changes") }
      for line in DependencySummary.lines(diff, most: .max) {
        let isGrave = line.hasPrefix("!!") || line.hasPrefix(" !")
        terminal.print(isGrave ? terminal.styled(line, .error) : line)
      }
    }
  }
}
