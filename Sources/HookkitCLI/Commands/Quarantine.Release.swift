internal import ArgumentParser
internal import Signing

/// `hookkit quarantine release`: show what waits, sign that it may land, append that to the ledger.
struct QuarantineRelease: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Sign that a held change may land.",
    discussion: """
      Shows what is about to be signed, asks, signs with ssh-keygen (or git's gpg.ssh.program) and \
      pushes refs/hookkit/ledger. The server lands the change itself once everything that the policy \
      asks is there. The key is HOOKKIT_KEY, or else git's user.signingkey.
      """)

  @OptionGroup var arguments: WaitingArguments
  @OptionGroup var answer: AnswerOptions
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    try PersonsAnswer(.release, arguments, answer).give(in: context)
  }
}
