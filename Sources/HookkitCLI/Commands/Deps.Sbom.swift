internal import ArgumentParser
internal import Lockfiles
internal import Platform
internal import Primitives
internal import Report

/// `hookkit deps sbom`: a bill of materials of a commit's lock files.
struct DepsSbom: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "sbom", abstract: "Print a bill of materials: CycloneDX 1.6, in JSON.",
    discussion: "Of a commit (without a word, HEAD), of one file in it, or of a file by its name.")

  @Argument(help: ArgumentHelp("What to read.", valueName: "file|commit[:path]"))
  var subject: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let files = try DependencySource(in: context).files(of: subject)
    let opaque = files.filter { $0.reading.inventory == nil }
    context.terminal.write(
      CycloneDX.bill(files, toolVersion: Version.text).pretty)
    for file in opaque {
      context.terminal.warn(
        "\(Escaped.text(file.path, limit: 200)) cannot be read, and nothing of it is listed")
    }
  }
}
