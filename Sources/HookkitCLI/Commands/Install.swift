internal import Report
internal import ArgumentParser
internal import Gate
internal import Platform
internal import Policy
internal import Primitives
internal import Signing

/// `hookkit install`: chain the hooks into a repository.
struct InstallCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Chain hookkit into a repository's hooks.",
    discussion: """
      A bare repository gets the server's hooks, any other the client's. A hook that is there is kept \
      as HOOK.before-hookkit and run first. Nothing outside the repository is written.

      A client gets pre-push, prepare-commit-msg and commit-msg; pre-commit and pre-merge-commit when \
      --hook names them. After a hook manager has been installed, run it again; see hookkit help clients.
      """)

  @Flag(help: "Install the hooks that advise a committer, or those that guard a server.")
  var role: InstallSite.Role?

  @Option(
    name: .customLong("hook"),
    help: ArgumentHelp("Only this hook; may be repeated.", valueName: "name"))
  var hooks: [Shim.Hook] = []

  @Option(help: ArgumentHelp("Where the pusher's name comes from.", valueName: "host"))
  var host: HostProfile?

  @Option(
    help: ArgumentHelp(
      "Where there is no policy yet, write one: solo, team or strict.", valueName: "profile"))
  var profile: Profile?

  @Flag(
    help: "Write the client's hooks into git's template folder (dir, else init.templateDir).")
  var template = false

  @Option(
    name: .customLong("all"),
    help: ArgumentHelp(
      "Every bare repository below this folder, on a server; with dir that one only.",
      valueName: "root"))
  var root: String?

  @Option(
    name: .customLong("include"),
    help: ArgumentHelp(
      "With --all: a repository that is left alone otherwise: gitolite-admin.", valueName: "name"))
  var included: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --all: comes before the path below root in a repository's name.",
      valueName: "text"))
  var repositoryPrefix: String?

  @OptionGroup var first: FirstPerson
  @OptionGroup var place: InstallPlace
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    if template { return try installTemplate(in: context) }
    if let root { return try installEverywhere(below: root, context) }
    let site = try InstallSite(named: place.directory, in: context)
    let role = role ?? site.usualRole
    try checkArguments(for: role, in: site.directory)
    let executables = try HookExecutables(
      beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment)
    let installation = try Installation(
      Installation.Request(
        role: role, hooks: hooks.uniqued, host: host,
        isGlobal: place.isGlobal),
      at: site, from: executables, environment: context.environment)

    // Made before anything is written: what is missing for it is told while nothing has changed.
    let policy = try firstPolicy(of: installation, at: site, context)

    var report = StepReport(isDryRun: place.dryRun, context.terminal)
    for step in installation.steps { try report.carryOut(step, with: site.git) }
    for (hook, file) in installation.delegated {
      report.tell("left", "leave", "\(hook.rawValue) to \(file), which runs hookkit")
    }
    if !place.dryRun { try installation.verify() }
    if let policy {
      if !place.dryRun { try policy.write() }
      report.tell(
        "wrote", "write", "\(site.short(policy.path)), profile \(profile?.rawValue ?? "")")
    }
    if policy == nil || !place.dryRun {
      try record(try installation.start(), at: site, context, &report)
    }
    if !place.dryRun { try installation.recordStart(at: context.now) }
    if report.isEmpty {
      context.terminal.say("nothing to do: \(shown(site.directory)) has its \(role.rawValue) hooks")
    }
    if role == .client, !place.dryRun { fetchPolicy(at: site, context) }
  }

  /// For clones that are made later.
  private func installTemplate(in context: CommandContext) throws {
    let hooks = hooks.isEmpty ? InstallSite.Role.client.hooks(on: .local) : hooks.uniqued
    guard role != .server, host == nil, profile == nil, !hooks.contains(where: \.isServerSide)
    else {
      throw CommandError(.usage, "--template is for the hooks of clients")
    }
    let folder = try TemplateFolder(place.directory, environment: context.environment)
    let executables = try HookExecutables(
      beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment)
    var report = StepReport(isDryRun: place.dryRun, context.terminal)
    let steps = try folder.installation(of: hooks, from: executables, isGlobal: place.isGlobal)
    for step in steps { try report.carryOut(step, with: folder.site.git) }
    let path = folder.site.gitDirectory
    if report.isEmpty { context.terminal.say("nothing to do: \(shown(path)) has the hooks") }
    if !folder.isUsed, !place.isGlobal {
      context.terminal.hint([
        .init("let git use it", "git", "config", "--global", TemplateFolder.key, path)
      ])
    }
  }

  func checkArguments(
    for role: InstallSite.Role, in directory: String
  ) throws {
    if let hook = hooks.first(where: { $0.isServerSide != (role == .server) }) {
      let other: InstallSite.Role = role == .server ? .client : .server
      throw CommandError(
        .usage, "\(hook.rawValue) is a hook of the \(other.rawValue)",
        hints: [
          Hint(
            "install it", "hookkit", "install", "--\(other.rawValue)", "--hook", hook.rawValue,
            directory)
        ])
    }
    guard role == .server || host == nil && profile == nil else {
      throw CommandError(.usage, "--host and --profile are for a server")
    }
    guard profile != nil || !first.isGiven else {
      throw CommandError(
        .usage, "--person, --email, --account and --key are for a first policy, with --profile")
    }
    guard root != nil || included.isEmpty && repositoryPrefix == nil else {
      throw CommandError(.usage, "--include and --repository-prefix go with --all")
    }
  }

  /// The first policy, where one was asked for and there is none.
  private func firstPolicy(
    of installation: Installation, at site: InstallSite, _ context: CommandContext
  ) throws -> FirstPolicy? {
    guard let profile else { return nil }
    guard case .noPolicy? = try installation.start() else {
      context.terminal.note("a policy already exists, and is kept")
      return nil
    }
    let local = try LocalRepository(at: site.directory, environment: context.environment)
    return try first.policy(
      profile, for: local, context,
      again: ["hookkit", "install", "--server", "--profile", profile.rawValue, site.directory])
  }

  /// What the server has on record, so that the hooks have something to go by from the first push on.
  ///
  /// Nothing depends on it: without a server, or without a line to it, the hooks are in place.
  private func fetchPolicy(at site: InstallSite, _ context: CommandContext) {
    let terminal = context.terminal
    do {
      let local = try LocalRepository(at: site.directory, environment: context.environment)
      guard let remote = try Remote.usual(of: local) else {
        return terminal.note("there is no remote yet; hookkit fetch brings its policy")
      }
      terminal.say(try FetchedRecords(from: remote, of: local, context).words)
    } catch {
      terminal.warn("the server's policy is not known here: \(CommandError(error).headline)")
      terminal.hint([.init("once it answers", "hookkit", "fetch")])
    }
  }

  /// Writes down what stands in the repository before hookkit judges anything.
  private func record(
    _ start: Installation.Start?, at site: InstallSite, _ context: CommandContext,
    _ report: inout StepReport
  ) throws {
    let terminal = context.terminal
    switch start {
    case nil: return
    case .recordable(let baseline, let key):
      guard !baseline.isEmpty else { return }
      if !place.dryRun { try baseline.record(at: context.now, signedBy: key) }
      let fingerprint = "\(key.publicKey.fingerprint), which verify trusts"
      report.tell("signed", "sign", "with \(place.dryRun ? "the server's key" : fingerprint)")
      if !baseline.isPolicyRecorded {
        let layers = baseline.policy.layers.map { shown($0.name) }.joined(separator: ", ")
        report.tell("recorded", "record", "the policy: \(layers)")
      }
      for (name, id) in baseline.tips {
        report.tell("recorded", "record", "\(name) at \(id.short) as its baseline")
      }
    case .noPolicy:
      let refused = place.dryRun ? "would be refused" : "is refused"
      terminal.warn("there is no policy yet, so every push \(refused)")
      terminal.hint([
        .init("make one", "hookkit", "-C", site.directory, "policy", "init"),
        .init("then record what is there", "hookkit", "install", "--server", site.directory),
      ])
    case .unusable(let problem):
      let error = CommandError(problem)
      terminal.warn("every push \(place.dryRun ? "would be" : "is") refused: \(error.headline)")
      for detail in error.details { terminal.say("         \(detail)") }
      terminal.hint([
        .init("check it", "hookkit", "-C", site.directory, "policy", "validate"),
        .init("then record what is there", "hookkit", "install", "--server", site.directory),
      ])
    }
  }
}

/// Where hooks are put or taken away, and whether that is only tried.
struct InstallPlace: ParsableArguments {
  @Flag(
    name: .customLong("global"), help: "Also change a hooks folder outside the repository.")
  var isGlobal = false

  @Flag(help: "Say what would be done and change nothing.")
  var dryRun = false

  @Argument(help: ArgumentHelp("The repository; the current one when left out.", valueName: "dir"))
  var directory: String?
}

/// Carries steps out, or in a dry run does not, and says which.
struct StepReport {
  let isDryRun: Bool
  private let terminal: Terminal
  private(set) var isEmpty = true

  init(isDryRun: Bool, _ terminal: Terminal) {
    self.isDryRun = isDryRun
    self.terminal = terminal
  }

  mutating func carryOut(_ step: InstallStep, with git: GitCommand) throws {
    if !isDryRun { try step.perform(with: git) }
    guard let words = step.words(isDone: !isDryRun) else { return }
    tell(words)
  }

  mutating func tell(_ done: String, _ would: String, _ subject: String) {
    tell(InstallStep.line(isDryRun ? "would \(would)" : done, subject, isDone: !isDryRun))
  }

  private mutating func tell(_ line: String) {
    isEmpty = false
    if !terminal.isQuiet { terminal.print(line, hanging: 11) }
  }
}

extension InstallSite {
  /// The repository that a command's argument names, else the one that `GIT_DIR` does, else the one
  /// around the working folder.
  init(named directory: String?, in context: CommandContext) throws {
    try self.init(
      at: directory ?? context.environment["GIT_DIR"] ?? ".", environment: context.environment)
  }
}

extension InstallSite.Role: EnumerableFlag {}
extension HostProfile: ExpressibleByArgument {}
extension Shim.Hook: ExpressibleByArgument {}

extension [Shim.Hook] {
  fileprivate var uniqued: [Shim.Hook] {
    Shim.Hook.allCases.filter(contains)
  }
}
