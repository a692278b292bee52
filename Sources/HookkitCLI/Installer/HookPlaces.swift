internal import Platform

/// The names under which one hook, and what was there before it, may stand in a hooks folder.
struct HookPlaces {
  let hook: Shim.Hook
  /// Where git looks.
  let main: String

  init(_ hook: Shim.Hook, at main: String) {
    self.hook = hook
    self.main = main
  }

  /// Where pre-commit and prek move what they find, and run it from.
  var legacy: String { main + ".legacy" }

  /// Where lefthook and overcommit move what they find, and do not run it.
  var displaced: [String] {
    guard !hook.isServerSide else { return [] }
    let folder = main.dropLast(hook.rawValue.utf8.count)
    return [main + ".old", "\(folder)old-hooks/\(hook.rawValue)"]
  }

  /// Where a shim may be found, the best first.
  var all: [String] { [main, legacy] + displaced }

  /// Where the shim must stand so that every hook runs: behind a manager that runs what it has found,
  /// and that would overwrite its own `.legacy` if the shim stood in front; else where git looks.
  var slot: String {
    !hook.isServerSide && HookManager.writer(of: main)?.runsLegacy == true ? legacy : main
  }

  /// The earlier hook's name, whatever it is: the hook, or a folder with it in.
  var chained: String { main + Shim.chainedSuffix }

  /// The earlier hook itself.
  var kept: String {
    FileBytes.kind(chained) == .folder ? "\(chained)/\(hook.rawValue)" : chained
  }

  /// The name that a hook of this manager is kept under.
  func keeping(_ manager: HookManager?) -> String {
    manager?.needsFileName == true && !hook.isServerSide ? "\(chained)/\(hook.rawValue)" : chained
  }

  /// The places where an unchanged shim stands, the best first.
  func shims() throws -> [String] {
    var found: [String] = []
    for path in all where FileBytes.kind(path) == .file {
      if case .shim = try HookStanding(at: path, hook) { found.append(path) }
    }
    return found
  }
}
