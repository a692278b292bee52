internal import ArgumentParser
internal import Gate
internal import Primitives
internal import Report

/// `hookkit fetch`: bring a server's policy, ledger and landings here.
struct Fetch: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Bring a server's policy, ledger and landings into this clone.",
    discussion: """
      They stand under refs/hookkit/remotes/REMOTE/ afterwards, where pre-push and hookkit check look. \
      In a clone where hookkit install has run, git fetch brings them as well.
      """)

  @Argument(
    help: ArgumentHelp(
      "The server, as git calls it; the default one when left out.", valueName: "remote"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let repository = try context.repository()
    let fetched = try FetchedRecords(
      from: try Remote(remote, of: repository), of: repository, context)
    guard context.global.format == .human else {
      return context.terminal.write(fetched.json.pretty)
    }
    context.terminal.say(fetched.words)
  }
}
