internal import Report
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Signing

/// `hookkit install` in one repository: first what would be done, then the doing.
struct Installation {
  /// What was asked for.
  struct Request: Sendable {
    let role: InstallSite.Role
    /// Empty: the usual ones.
    var hooks: [Shim.Hook] = []
    /// `nil`: what was chosen before, or by the machine's administrator.
    var host: HostProfile?
    /// Whether a hooks folder outside the repository may be written to.
    var isGlobal = false
  }

  let request: Request
  let site: InstallSite
  let hooks: [Shim.Hook]
  let folder: HooksFolder
  let steps: [InstallStep]
  /// The hooks that a hook manager is told to run, and the file that tells it; they get no shim.
  let delegated: [(hook: Shim.Hook, file: String)]
  /// The hooks that git's configuration names; they get no shim.
  let configured: [ConfiguredHook]
  private let server: ServerFolder?
  /// Whether another file than the repository's own says something of what is set there.
  private let isSettingElsewhere: Bool
  private let environment: Environment

  /// - Parameter configuration: the role's, when it has been read already.
  init(
    _ request: Request, at site: InstallSite, from executables: HookExecutables,
    configuration: GitConfiguration? = nil, environment: Environment
  ) throws {
    self.request = request
    self.site = site
    self.environment = environment
    try ServerFitness.requireOwnership(of: site)
    let host: HostProfile = if let wanted = request.host { wanted } else { try site.host() }
    if request.role == .server { try Self.requireProtectable(site, host) }
    hooks = request.hooks.isEmpty ? request.role.hooks(on: host) : request.hooks
    let configuration =
      if let configuration { configuration } else { try site.configuration(request.role) }
    let needed = ServerSetting.needed(with: hooks, nonceSeed: "").map(\.listedKey)
    isSettingElsewhere = configuration.entries.contains {
      needed.contains($0.key) && $0.source != "\(site.gitDirectory)/config"
    }
    if request.role == .server { try Self.requireUnshared(configuration) }
    folder = try HooksFolder(of: request.role, on: host, at: site, configuration: configuration)
    let isConfigured = try request.role == .client && site.version() >= .configuresHooks
    if !isConfigured { try Self.requireOwn(folder, request, site) }

    delegated = Self.delegated(hooks, request.role, folder, site)
    let own = hooks.filter { [delegated] hook in !delegated.contains { $0.hook == hook } }
    let earlier = try InstallManifest.read(from: site.gitDirectory)
    var manifest = earlier ?? InstallManifest()
    var steps: [InstallStep] = []
    let configured = isConfigured ? own.map(ConfiguredHook.init) : []
    self.configured = configured
    for hook in hooks {
      // Left from an installation for another git, or from before a manager ran it.
      if isConfigured || delegated.contains(where: { $0.hook == hook }) {
        steps += try Self.leaving(hook, folder, request, site, &manifest)
      }
      let settings = ConfiguredHook(hook).settings(in: manifest)
      guard !settings.isEmpty, !configured.contains(ConfiguredHook(hook)) else { continue }
      steps += try SettingPlan.removal(of: settings, at: site).steps
      manifest.settings.removeAll(where: settings.contains)
    }
    let tops = folder.isRelative && request.role == .client ? try site.otherWorkTrees() : []
    for hook in own where !isConfigured {
      let entry = InstallManifest.Hook(hook: hook, path: folder.path(of: hook))
      // Another work tree's own stays; what is left behind in a place that is not looked into any more goes.
      let elsewhere = tops.compactMap { [folder] in folder.path(of: hook, in: $0) }
      let kept = manifest.hooks.filter { $0.hook == hook && elsewhere.contains($0.path) }
      for stale in manifest.hooks
      where stale.hook == hook && stale != entry && !kept.contains(stale) {
        if site.contains(stale.path) || request.isGlobal {
          steps += try HookPlan.removal(of: hook, at: stale.path, site)
        }
      }
      manifest.hooks.removeAll { $0.hook == hook }
      manifest.hooks += kept + [entry]
    }
    steps += try HookPlan.installation(
      of: isConfigured ? [] : own, in: folder, from: executables, at: site)
    steps += SettingPlan.installation(
      of: configured.flatMap { $0.settings(running: executables.path(of: $0.hook)) }, at: site,
      configuration, recording: &manifest)

    if request.role == .server {
      let server = try ServerFolder(host: request.host, isFirst: earlier == nil, at: site)
      let settings = ServerSetting.needed(
        with: manifest.hooks.map(\.hook), nonceSeed: ServerFolder.nonceSeed())
      let settingSteps = SettingPlan.installation(
        of: settings, at: site, configuration, recording: &manifest)
      steps = server.steps + steps + settingSteps
      self.server = server
    } else {
      try Self.requireReadable(site)
      steps += try Self.records(at: site, configuration, recording: &manifest)
      server = nil
    }
    // First of all: what is not written down is not taken away later.
    self.steps = try Self.recording(manifest, at: site) + steps
  }

  /// Takes a hook's shims away.
  private static func leaving(
    _ hook: Shim.Hook, _ folder: HooksFolder, _ request: Request, _ site: InstallSite,
    _ manifest: inout InstallManifest
  ) throws -> [InstallStep] {
    var paths = manifest.hooks.filter { $0.hook == hook }.map(\.path)
    let present = folder.path(of: hook)
    // A template's shim is in no manifest.
    if !paths.contains(present), try !folder.places(of: hook).shims().isEmpty {
      paths.append(present)
    }
    manifest.hooks.removeAll { $0.hook == hook }
    return try paths.filter { site.contains($0) || request.isGlobal }
      .flatMap { try HookPlan.removal(of: hook, at: $0, site) }
  }

  private static func requireProtectable(
    _ site: InstallSite, _ host: HostProfile
  ) throws {
    if let obstacle = try ServerFitness.obstacle(at: site) { throw obstacle }
    if host.hookPlace == .uploaded {
      throw CommandError(
        .refused, "\(host.rawValue) takes its hooks from an administrator, not from here",
        hints: [Hint("what goes where there", "hookkit", "help", "hosts")])
    }
  }

  /// Accounts that write by the file system go past every hook, and their pushes could not be recorded in
  /// a folder that is one account's.
  private static func requireUnshared(_ configuration: GitConfiguration) throws {
    guard let entry = configuration.last("core.sharedrepository"), entry.sharesWriting else {
      return
    }
    throw CommandError(
      .refused,
      "core.sharedRepository = \(shown(entry.value)) (\(entry.place)) lets other accounts of this machine"
        + " write past the hooks",
      details: ["and what they push could not be recorded, so it would be refused"],
      hints: [entry.unset, Hint("one account for all pushers", "hookkit", "help", "hosts")])
  }

  /// hookkit's hooks and commands have nothing to say in a clone that they cannot read.
  private static func requireReadable(_ site: InstallSite) throws {
    if let obstacle = ServerFitness.obstacle(objectFormat: site.objectFormat) { throw obstacle }
  }

  /// Lets `git fetch` bring policy, ledger and landings of the server.
  private static func records(
    at site: InstallSite, _ configuration: GitConfiguration,
    recording manifest: inout InstallManifest
  ) throws -> [InstallStep] {
    guard
      let local = try? LocalRepository(at: site.directory, environment: site.environment),
      let remote = try Remote.usual(of: local), let refspec = remote.recordsRefspec
    else { return [] }
    return SettingPlan.installation(
      of: [.records(of: remote.name, refspec)], at: site, configuration, recording: &manifest)
  }

  private static func requireOwn(
    _ folder: HooksFolder, _ request: Request, _ site: InstallSite
  ) throws {
    guard folder.isForeign, !request.isGlobal else { return }
    let role = "--\(request.role.rawValue)"
    guard let setting = folder.setting else {
      throw CommandError(
        .refused, "the hooks folder \(shown(folder.path)) lies outside the repository",
        hints: [
          Hint("write there all the same", "hookkit", "install", role, "--global", site.directory)
        ])
    }
    throw CommandError(
      .refused,
      "core.hooksPath = \(shown(setting.value)) (\(setting.place)) lies outside the repository",
      hints: [
        Hint(
          "use the repository's own", git: site, "config", "core.hooksPath",
          "\(site.gitDirectory)/hooks"),
        Hint("write there all the same", "hookkit", "install", role, "--global", site.directory),
      ])
  }

  private static func delegated(
    _ hooks: [Shim.Hook], _ role: InstallSite.Role, _ folder: HooksFolder, _ site: InstallSite
  ) -> [(hook: Shim.Hook, file: String)] {
    guard role == .client, let top = site.workTree else { return [] }
    return hooks.compactMap { hook in
      HookManager.configuration(running: hook, at: folder.path(of: hook), in: top)
        .map { (hook, $0) }
    }
  }

  private static func recording(
    _ manifest: InstallManifest, at site: InstallSite
  ) throws -> [InstallStep] {
    let path = InstallManifest.path(in: site.gitDirectory)
    let present = try FileBytes.readIfPresent(path, limit: 1 << 20, links: .refused)
    guard present != manifest.bytes else { return [] }
    let folder = ServerState(gitDirectory: site.gitDirectory).folder
    let making = [InstallStep(action: .makeFolder(path: folder), subject: site.short(folder))]
    return (FileBytes.kind(folder) == .missing ? making : []) + [
      InstallStep(
        action: .write(path: path, bytes: manifest.bytes, mode: 0o600, .manifest),
        subject: site.short(path))
    ]
  }

  // MARK: Afterwards

  /// Makes sure that git will find and run what was installed, whatever else is configured.
  func verify() throws {
    if !configured.isEmpty { try verifyConfigured() }
    for hook in hooks
    where !delegated.contains(where: { $0.hook == hook })
      && !configured.contains(ConfiguredHook(hook))
    {
      guard case .shim(_, runs: true) = try folder.standing(of: hook) else {
        throw CommandError(
          .undecided, "\(site.short(folder.path(of: hook))) does not keep its run bit",
          hints: [Hint("is it mounted noexec?", "findmnt", "--target", folder.path)])
      }
    }
    guard request.role == .server, isSettingElsewhere else { return }
    let configuration = try site.configuration(.server)
    for setting in ServerSetting.needed(with: hooks, nonceSeed: "")
    where !setting.holds(in: configuration) {
      let place = configuration.last(setting.listedKey).map { " by \($0.place)" } ?? ""
      throw CommandError(
        .undecided, "\(setting.key) is set otherwise\(place): \(setting.why)")
    }
  }

  private func verifyConfigured() throws {
    let configuration = try site.configuration(request.role)
    let settings = try InstallManifest.read(from: site.gitDirectory)?.settings ?? []
    for hook in configured {
      let command = settings.first { $0.key == hook.commandKey }?.value ?? ""
      guard let obstacle = hook.obstacle(to: command, in: configuration) else { continue }
      throw CommandError(
        .undecided, obstacle,
        hints: [
          Hint("where it is set", git: site, "config", "--show-origin", "--get-regexp", "^hook")
        ])
    }
  }

  /// What there is to record of the state before hookkit; without a policy, why not.
  enum Start {
    case recordable(Baseline, PrivateKey)
    case noPolicy
    case unusable(PolicyInForce.Problem)
  }

  /// Records whose commits were here before hookkit: nobody's, on a server.
  func recordStart(at time: Int64) throws(GitError) {
    guard server != nil else { return }
    let repository = ServerRepository(
      gitDirectory: site.gitDirectory, quarantine: nil, environment: environment)
    try OpenServer(repository).recordStart(at: time)
  }

  /// - Returns: `nil` on a client, which records nothing.
  func start() throws -> Start? {
    guard let server else { return nil }
    let repository = ServerRepository(
      gitDirectory: site.gitDirectory, quarantine: nil, environment: environment)
    do {
      return .recordable(try Baseline(of: repository), server.key)
    } catch let problem as PolicyInForce.Problem {
      if case .missing = problem { return .noPolicy }
      return .unusable(problem)
    }
  }
}
