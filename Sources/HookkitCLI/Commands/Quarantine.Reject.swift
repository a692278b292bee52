internal import ArgumentParser
internal import Signing

/// `hookkit quarantine reject`: sign that a held change must not land.
struct QuarantineReject: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Sign that a held change must not land.",
    discussion: "The server drops the hold; the same commit is refused from then on (HK202).")

  @OptionGroup var arguments: WaitingArguments
  @OptionGroup var answer: AnswerOptions
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    try PersonsAnswer(.reject, arguments, answer).give(in: context)
  }
}
