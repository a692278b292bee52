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

  init(
    _ role: InstallSite.Role, at site: InstallSite, environment: Environment
  ) throws(InstallError) {
    self.site = site
    self.role = role
    self.environment = environment
    manifest = try InstallManifest.read(from: site.gitDirectory)
    let installed = (manifest?.hooks ?? []).map(\.hook)
      .filter { $0.isServerSide == (role == .server) }
    hooks = installed.isEmpty ? role.hooks(on: try site.host()) : installed
  }

  /// The role that is meant when none is named: what was installed, else what the repository is.
  static func role(of site: InstallSite) throws(InstallError) -> InstallSite.Role {
    guard let hooks = try InstallManifest.read(from: site.gitDirectory)?.hooks, !hooks.isEmpty
    else { return site.usualRole }
    return hooks.contains { $0.hook.isServerSide } ? .server : .client
  }

  /// Looks at everything that concerns the role.
  func run() -> [Diagnosis] {
    var found: [Diagnosis] = []
    func look(
      _ check: Diagnosis.Check, _ body: () throws(InstallError) -> [Diagnosis]
    ) {
      do throws(InstallError) { found += try body() } catch { found.append(.init(check, error)) }
    }
    if role == .server {
      look(.repositoryFormat) { () throws(InstallError) in try fitness() }
    }
    look(.hook) { () throws(InstallError) in try hooksThatRun() }
    look(.hookManager) { otherManagers() }
    look(.hookManager) { () throws(InstallError) in try missingLFS() }
    look(.hookEnabled) { () throws(InstallError) in try switchedOff() }
    guard role == .server else { return found }
    look(.setting) { () throws(InstallError) in try settings() }
    look(.commitGraph) { () throws(InstallError) in try commitGraph() }
    look(.privacy) { () throws(InstallError) in try privacy() }
    look(.host) { () throws(InstallError) in try host() }
    look(.serverKey) { () throws(InstallError) in try serverKey() }
    found += records()
    return found
  }

  var install: Mend { Mend("install", "hookkit", "install", "--\(role.rawValue)", site.directory) }

  private func fitness() throws(InstallError) -> [Diagnosis] {
    guard site.version >= .oldestOnServers else {
      let obstacle = ServerFitness.obstacle(version: site.version)
      return [Diagnosis(.gitVersion, .wrong, obstacle?.words ?? "git is too old")]
    }
    let version =
      site.version < .mergesTrees
      ? Diagnosis(
        .gitVersion, .advice,
        "git \(site.version) cannot recompute merges (2.38 can): libgit2 does, and calls one clean"
          + " in which a side has renamed a folder to which the other has added a file")
      : Diagnosis(.gitVersion, .well, "git \(site.version)")
    guard let obstacle = try ServerFitness.obstacle(at: site) else { return [version] }
    return [version, Diagnosis(.repositoryFormat, .wrong, obstacle.words, obstacle.mends)]
  }
}
