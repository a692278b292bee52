internal import ArgumentParser

/// `hookkit review`: what waits for the reader, what people have signed, and signing.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "What waits for you; look at, sign and withdraw reviews.",
    subcommands: [
      ReviewList.self, ReviewShow.self, ReviewApprove.self, ReviewWithdraw.self, ReviewInbox.self,
    ], defaultSubcommand: ReviewInbox.self)
}
