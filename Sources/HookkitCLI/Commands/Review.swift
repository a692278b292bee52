internal import ArgumentParser

/// `hookkit review`: what people have signed, and signing.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Look at, sign and withdraw reviews.",
    subcommands: [ReviewList.self, ReviewShow.self, ReviewApprove.self, ReviewWithdraw.self])
}
