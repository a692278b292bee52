internal import Report
internal import Ledger
internal import Platform

/// `hookkit uninstall` in one repository.
struct Removal {
  let site: InstallSite
  let steps: [InstallStep]
  /// What hookkit wrote and somebody has changed since, and so stays.
  let changed: [String]
  /// Shims outside the repository, which other repositories may rely on.
  let foreign: [String]
  /// What stays in `$GIT_DIR/hookkit`.
  let kept: [String]
  /// The records in the repository itself, which stay as well.
  let references: [String]

  /// - Parameter isGlobal: whether shims outside the repository go as well.
  init(at site: InstallSite, isGlobal: Bool = false) throws {
    self.site = site
    try ServerFitness.requireOwnership(of: site)
    let manifest = try InstallManifest.read(from: site.gitDirectory)
    let hooks = if let manifest { manifest.hooks } else { try Self.found(at: site) }
    var changed: [String] = []
    var foreign: [String] = []
    var steps: [InstallStep] = []
    if let manifest {
      let settings = try SettingPlan.removal(of: manifest.settings, at: site)
      steps += settings.steps
      changed += settings.changed
    }
    for entry in hooks {
      let places = HookPlaces(entry.hook, at: entry.path)
      // Gone with the work tree that it stood in.
      if FileBytes.kind(entry.path) == .missing, FileBytes.kind(places.chained) == .missing,
        try places.shims().isEmpty
      {
        continue
      }
      guard isGlobal || site.contains(entry.path) else {
        foreign.append(shown(entry.path))
        continue
      }
      switch try HookStanding(at: entry.path, entry.hook) {
      case .changedShim: changed.append(site.short(entry.path))
      case .foreign:
        if try places.shims().isEmpty { changed.append(site.short(entry.path)) }
      case .missing, .shim: break
      }
      steps += try HookPlan.removal(of: entry.hook, at: entry.path, site)
    }
    guard manifest != nil || !steps.isEmpty || !changed.isEmpty else {
      throw CommandError(.refused, "hookkit is not installed in \(shown(site.directory))")
    }
    let state = ServerState(gitDirectory: site.gitDirectory)
    let own = [state.hostPath, InstallManifest.path(in: site.gitDirectory)]
    // The manifest stays for as long as there is something that only it knows.
    for path in own.prefix(foreign.isEmpty ? 2 : 1) where FileBytes.kind(path) != .missing {
      steps.append(
        InstallStep(
          action: .remove(path: path, isManifest: path == own[1]), subject: site.short(path)))
    }
    self.steps = steps
    self.changed = changed
    self.foreign = foreign
    kept = try FileBytes.names(in: state.folder)
      .map { "\(state.folder)/\($0)" }.filter { !own.contains($0) }.map(site.short)
    references = try site.git.value(
      "for-each-ref", "--format=%(refname)", "refs/hookkit/", "refs/quarantine/"
    )
    .split(separator: "\n").map { shown(String($0)) }
  }

  /// The shims in git's hooks folder, for an installation whose manifest was lost.
  private static func found(at site: InstallSite) throws -> [InstallManifest.Hook] {
    let folder = try HooksFolder(of: site.usualRole, on: site.host(), at: site)
    var found: [InstallManifest.Hook] = []
    for hook in Shim.Hook.allCases {
      guard try !folder.places(of: hook).shims().isEmpty else { continue }
      found.append(InstallManifest.Hook(hook: hook, path: folder.path(of: hook)))
    }
    return found
  }
}
