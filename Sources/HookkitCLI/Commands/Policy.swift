internal import ArgumentParser

/// `hookkit policy`: make, show and check the rules.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Make, change, show and check the policy.",
    subcommands: [
      PolicyInit.self, PolicyAdd.self, PolicyRotateKey.self, PolicyRevoke.self, PolicyEdit.self,
      PolicyShow.self, PolicyValidate.self, PolicyTest.self,
    ])
}
