internal import ArgumentParser

/// `hookkit policy`: make, show and check the rules.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Make, show and check the policy.",
    subcommands: [PolicyInit.self, PolicyShow.self, PolicyValidate.self, PolicyTest.self])
}
