internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives

/// `hookkit doctor` in one repository: whether the protection is really on.
///
/// Looks only; nothing is changed, and every look goes on whatever the others have found.
struct Examination {
  let site: InstallSite
  let role: InstallSite.Role
  let environment: Environment

  /// The hooks that must run: those that were installed, or else the role's usual ones.
  let hooks: [Shim.Hook]
  let manifest: InstallManifest?
  private let known = Once<GitConfiguration>()
  /// Those of the hooks that git's configuration names.
  let configured: [ConfiguredHook]

  init(
    _ role: InstallSite.Role, at site: InstallSite, environment: Environment
  ) throws {
    self.site = site
    self.role = role
    self.environment = environment
    manifest = try InstallManifest.read(from: site.gitDirectory)
    configured = role == .client ? ConfiguredHook.installed(by: manifest) : []
    let installed = ((manifest?.hooks ?? []).map(\.hook) + configured.map(\.hook))
      .filter { $0.isServerSide == (role == .server) }
      .reduce(into: [Shim.Hook]()) { if !$0.contains($1) { $0.append($1) } }
    hooks = installed.isEmpty ? role.hooks(on: try site.host()) : installed
  }

  /// What git reads when it runs the hooks, read once.
  func configuration() throws -> GitConfiguration {
    try known.value { try site.configuration(role) }
  }

  /// Where git looks for the hooks.
  func hooksFolder() throws -> HooksFolder {
    try HooksFolder(of: role, on: site.host(), at: site, configuration: configuration())
  }

  /// The role that is meant when none is named: what was installed, else what the repository is.
  static func role(of site: InstallSite) throws -> InstallSite.Role {
    guard let hooks = try InstallManifest.read(from: site.gitDirectory)?.hooks, !hooks.isEmpty
    else { return site.usualRole }
    return hooks.contains { $0.hook.isServerSide } ? .server : .client
  }

  /// Looks at everything that concerns the role.
  func run() -> [Diagnosis] {
    var found: [Diagnosis] = []
    func look(
      _ check: Diagnosis.Check, _ body: () throws -> [Diagnosis]
    ) {
      do { found += try body() } catch { found.append(.init(check, error)) }
    }
    if role == .server {
      look(.repositoryFormat) { try fitness() }
    }
    look(.hook) { try hooksThatRun() }
    look(.hookManager) { otherManagers() }
    look(.hookManager) { try missingLFS() }
    look(.hookEnabled) { try switchedOff() }
    guard role == .server else { return found }
    look(.setting) { try settings() }
    look(.commitGraph) { try commitGraph() }
    look(.privacy) { try privacy() }
    look(.host) { try host() }
    look(.serverKey) { try serverKey() }
    found += records()
    return found
  }

  var install: Hint { Hint("install", "hookkit", "install", "--\(role.rawValue)", site.directory) }

  private func fitness() throws -> [Diagnosis] {
    let git = try site.version()
    guard git >= .oldestOnServers else {
      let obstacle = ServerFitness.obstacle(version: git)
      return [Diagnosis(.gitVersion, .wrong, obstacle?.headline ?? "git is too old")]
    }
    let version =
      git < .mergesTrees
      ? Diagnosis(
        .gitVersion, .advice,
        "git \(git) cannot recompute merges (2.38 can): libgit2 does, and calls one clean"
          + " in which a side has renamed a folder to which the other has added a file")
      : Diagnosis(.gitVersion, .well, "git \(git)")
    guard let obstacle = try ServerFitness.obstacle(at: site) else { return [version] }
    return [version, Diagnosis(.repositoryFormat, .wrong, obstacle.headline, obstacle.hints)]
  }
}
