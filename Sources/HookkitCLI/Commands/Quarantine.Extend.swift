internal import ArgumentParser
internal import Gate
internal import Report
internal import Signing

/// `hookkit quarantine extend`: ask the server to keep a held change for longer.
struct QuarantineExtend: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Keep a held change for longer.")

  @OptionGroup var arguments: WaitingArguments

  @Option(
    help: ArgumentHelp(
      "Until when: 2027-01-31, 2027-01-31T12:00:00Z, or 14d from now.", valueName: "time"))
  var until: String = "14d"

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let until = try ExpiryArgument.seconds(until, from: context.now)
    guard until <= context.now + HoldAnswers.longest else {
      throw CommandError(.usage, "a held change is kept for at most 366 days from its push")
    }
    try PersonsAnswer(.extend, arguments, answer, until: until).give(in: context)
  }
}
