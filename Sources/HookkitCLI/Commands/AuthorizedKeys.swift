internal import ArgumentParser
internal import Gate
internal import Platform
internal import Policy
internal import Report
internal import Signing

/// `hookkit authorized-keys`: what sshd asks when somebody comes with a key (`AuthorizedKeysCommand`).
struct AuthorizedKeysCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "authorized-keys",
    abstract: "Tell sshd whose key it is, from the policy.",
    discussion: """
      For sshd_config(5):

        AuthorizedKeysCommand /usr/local/bin/hookkit authorized-keys --root /srv/git %u %t %k
        AuthorizedKeysCommandUser nobody

      A key that a policy enrols, and whose holder's time is not over, gives one line for \
      authorized_keys: hookkit-shell as the forced command, under the holder's name. Any other key, \
      and any other account of this machine, gives none. The policy is the organisation's, or what \
      --policy names, which may stand several times; no variable names one. `hookkit help hosts` has \
      the whole set-up.
      """)

  @Option(help: ArgumentHelp("The folder with the repositories.", valueName: "dir"))
  var root = "/srv/git"

  @Option(help: ArgumentHelp("The account of this machine that serves them.", valueName: "user"))
  var account = "git"

  @Argument(help: ArgumentHelp("The account that the client asks for (%u).", valueName: "user"))
  var user: String

  @Argument(help: ArgumentHelp("The type of the client's key (%t).", valueName: "type"))
  var type: String

  @Argument(help: ArgumentHelp("The client's key in base64 (%k).", valueName: "key"))
  var key: String

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let line = try ForcedCommand(
      root: root,
      executables: HookExecutables(
        beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment))
    // Where this is set for all users of the machine, nobody else's account opens by it.
    guard user.utf8.elementsEqual(account.utf8) else { return }
    let offered: PublicKey
    do throws(KeyError) {
      offered = try PublicKey(authorizedKey: Array("\(type) \(key)".utf8))
    } catch {
      return
    }
    guard let principal = try holder(of: offered, at: context.now) else { return }
    context.terminal.print(line.text(for: offered, of: principal))
  }

  /// The principal whom some of the policies enrol with the key, and none of them otherwise.
  private func holder(of key: PublicKey, at time: Int64) throws -> String? {
    var labels: Set<String> = []
    for path in global.policies.isEmpty ? [ServerRepository.organisationPath] : global.policies {
      let bytes = try FileBytes.read(path, limit: PolicyInForce.largestLayer, links: .refused)
      let policy = try Policy(enrolling: PolicyLayer(.organisation, name: path, bytes: bytes))
      if let label = policy.principal(admittedBy: key, at: time)?.label { labels.insert(label) }
    }
    guard labels.count < 2 else {
      throw CommandError(
        .undecided, "the policies give one key to several",
        details: [labels.sorted().joined(separator: ", ")])
    }
    return labels.first
  }
}
