internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit policy revoke`: put an end to all that somebody, or one key, may do.
struct PolicyRevoke: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End all that somebody, or one key, may do.",
    discussion: """
      Who is revoked stays in the policy, so that old work is still known to be theirs. What has landed \
      stays.
      """)

  @Argument(help: "The name in the policy.")
  var name: String?

  @Option(
    help: ArgumentHelp("Only this key, whoever has it: SHA256:..., or a file.", valueName: "key"))
  var key: String?

  @OptionGroup var file: PolicyFileOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (name == nil) != (key == nil) else {
      throw ValidationError("a name, or --key")
    }
  }

  func run(in context: CommandContext) throws {
    let file = try PolicyFile(file, in: context)
    var text = file.text
    if let name {
      let found = try Enrolled(name, in: file)
      try text.set("revoked", to: "true", in: found.group, name)
      return try file.change(to: text, in: context) { policy in
        policy.people.contains { $0.name == name && $0.isRevoked }
          || policy.agents.contains { $0.name == name && $0.isRevoked }
          || policy.services.contains { $0.name == name && $0.isRevoked }
      }
    }
    let fingerprint = try Self.fingerprint(key ?? "")
    try text.insert(TOML.quoted(Array(fingerprint.utf8)), into: "revoked-keys")
    try file.change(to: text, in: context) { $0.revokes(fingerprint) }
  }

  /// A key as a person names it: its fingerprint, or a file that holds it.
  static func fingerprint(_ word: String) throws -> String {
    word.hasPrefix("SHA256:") ? word : try PublicKeyFile.read(word).fingerprint
  }
}
