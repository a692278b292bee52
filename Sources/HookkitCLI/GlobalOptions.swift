package import ArgumentParser

/// The options that every command has; they may stand before the command's name as well.
package struct GlobalOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("Run as if started in this folder.", valueName: "dir"))
  package var directories: [String] = []

  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp("Judge by this policy file (also HOOKKIT_POLICY).", valueName: "file"))
  package var policies: [String] = []

  @Option(
    name: .customLong("format"), help: ArgumentHelp("human, json or sarif.", valueName: "format"))
  package var requestedFormat: OutputFormat?

  @Flag(help: "Short for --format json.")
  package var json = false

  @Option(help: ArgumentHelp("auto, always or never.", valueName: "when"))
  package var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Say only what is wrong.")
  package var quiet = false

  @Flag(name: .shortAndLong, help: "Say more.")
  package var verbose = false

  package init() {}

  /// The form of what goes to standard output.
  package var format: OutputFormat { json ? .json : requestedFormat ?? .human }

  package mutating func validate() throws {
    guard !json || requestedFormat ?? .json == .json else {
      throw ValidationError("--json and --format \(format.rawValue) exclude each other")
    }
  }

  /// The policy file to judge by; of several the last.
  package var policy: String? { policies.last }

  /// The options of this group that take a value, for `CommandWords`.
  static let withValue: Set<String> = ["-C", "--policy", "--format", "--color"]
  /// Those that take none.
  static let flags: Set<String> = ["--json", "-q", "--quiet", "-v", "--verbose"]
}

package enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case human, json, sarif
}

package enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto, always, never
}
