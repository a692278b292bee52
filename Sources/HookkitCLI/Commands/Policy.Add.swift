internal import Platform
internal import Signing
internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report

/// `hookkit policy add`: enrol somebody.
struct PolicyAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Enrol a person, an agent or a service.",
    subcommands: [PolicyAddPerson.self, PolicyAddAgent.self, PolicyAddService.self])
}

/// What every principal has.
struct PrincipalOptions: ParsableArguments {
  @Argument(help: "The name in the policy, one word.")
  var name: String

  @Option(help: ArgumentHelp("An address in commits; may be repeated.", valueName: "address"))
  var email: [String] = []

  @Option(help: ArgumentHelp("An account on the server; may be repeated.", valueName: "login"))
  var account: [String] = []

  @Option(help: ArgumentHelp("A public key; may be repeated.", valueName: "file"))
  var key: [String] = []

  @Option(
    help: ArgumentHelp(
      "Ignored from then on: 2027-01-31, or 90d from now.", valueName: "time"))
  var expires: String?

  @OptionGroup var file: PolicyFileOptions

  /// The lines of its table.
  func lines(at time: Int64) throws -> [String] {
    var lines: [String] = []
    if !email.isEmpty { lines.append("emails = \(listed(email))") }
    if !account.isEmpty { lines.append("accounts = \(listed(account))") }
    if !key.isEmpty {
      lines.append("keys = \(listed(try key.map { try PublicKeyFile.read($0).authorizedKeyText }))")
    }
    if let expires {
      let end = try ExpiryArgument.seconds(expires, from: time)
      lines.append("expires = \"\(Clock.text(end))\"")
    }
    return lines
  }

  /// Writes a table of it, behind the others of its kind.
  func enrol(
    in group: String, _ more: [String], _ context: CommandContext, check: (Policy) -> Bool
  ) throws {
    let file = try PolicyFile(file, in: context)
    var text = file.text
    try text.add(name, to: group, lines(at: context.now) + more)
    try file.change(to: text, in: context, check: check)
  }
}

struct PolicyAddPerson: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Enrol a person; without --role, one who reviews.")

  @OptionGroup var principal: PrincipalOptions

  @Option(
    help: ArgumentHelp(
      "reviewer, maintainer, or a word of your own; may be repeated.", valueName: "role"))
  var role: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    guard !principal.key.isEmpty || !principal.account.isEmpty || !principal.email.isEmpty else {
      throw CommandError(
        .usage, "a person is known by a key, an account or an address",
        hints: [
          .init(
            "for example", "hookkit", "policy", "add", "person", principal.name, "--email",
            "ADDRESS",
            "--account", "LOGIN", "--key", "FILE.pub")
        ])
    }
    let roles = role.isEmpty ? ["reviewer"] : role
    try principal.enrol(in: "people", ["roles = \(listed(roles))"], context) {
      $0.person(named: principal.name) != nil
    }
  }
}

struct PolicyAddAgent: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "Enrol a coding agent by an account or a key of its own.")

  @OptionGroup var principal: PrincipalOptions

  @Option(help: ArgumentHelp("Who answers for it, and so does not review it.", valueName: "person"))
  var sponsor: String?

  @Option(
    help: ArgumentHelp(
      "A ref pattern that it may push to; may be repeated. Any ref when left out.",
      valueName: "pattern"))
  var mayPush: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    var lines = sponsor.map { ["sponsor = \(TOML.quoted(Array($0.utf8)))"] } ?? []
    if !mayPush.isEmpty { lines.append("may-push = \(listed(mayPush))") }
    try principal.enrol(in: "agents", lines, context) { policy in
      policy.agents.contains { $0.name == principal.name }
    }
    guard mayPush.isEmpty else { return }
    context.terminal.note(
      "it may push to any ref that the rules allow; --may-push 'refs/heads/agent/\(principal.name)/**'"
        + " keeps it to its own")
  }
}

struct PolicyAddService: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "service", abstract: "Enrol CI or a bot that is no agent.")

  @OptionGroup var principal: PrincipalOptions

  @Option(help: ArgumentHelp("What it is, a word such as ci or renovate.", valueName: "word"))
  var kind: String = "ci"

  @Option(
    help: ArgumentHelp("A ref pattern that it may push to; may be repeated.", valueName: "pattern"))
  var mayPush: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    var lines = ["kind = \(TOML.quoted(Array(kind.utf8)))"]
    if !mayPush.isEmpty { lines.append("may-push = \(listed(mayPush))") }
    try principal.enrol(in: "services", lines, context) { policy in
      policy.services.contains { $0.name == principal.name }
    }
  }
}
