internal import Gate
internal import Platform

// Whether git finds hookkit's hooks and runs them.
extension Examination {
  func hooksThatRun() throws -> [Diagnosis] {
    let folder = try hooksFolder()
    let inFolder = hooks.filter { !configured.contains(ConfiguredHook($0)) }
    // It leads git past no hook that the configuration names.
    var found = inFolder.isEmpty ? [] : try hooksPath(folder)
    var running: [String] = []
    let configuration = try configuration()
    for hook in hooks {
      let diagnosis =
        inFolder.contains(hook)
        ? try look(at: hook, in: folder) : try look(at: ConfiguredHook(hook), in: configuration)
      if let diagnosis {
        found.append(diagnosis)
      } else {
        running.append(hook.rawValue)
      }
    }
    if !running.isEmpty {
      found.append(Diagnosis(.hook, .well, "hooks that run: \(running.joined(separator: ", "))"))
    }
    return found
  }

  /// A `core.hooksPath` that leads git past the folder with the shims, or out of the repository.
  private func hooksPath(_ folder: HooksFolder) throws -> [Diagnosis] {
    guard let setting = folder.setting else { return [] }
    let words = "core.hooksPath = \(shown(setting.value)) (\(setting.place))"
    let installed = (manifest?.hooks ?? []).filter { hooks.contains($0.hook) }
    let unset = setting.unset
    let relative = role == .client && folder.isRelative
    let left = try installed.first { entry in
      try entry.path != folder.path(of: entry.hook)
        // Of another work tree, in which git looks there.
        && !(relative
          && site.otherWorkTrees().contains {
            folder.path(of: entry.hook, in: $0) == entry.path
          })
        // Gone with its work tree.
        && !(relative && FileBytes.kind(entry.path) == .missing)
    }
    if let left {
      // A manager's setting stays: hookkit is installed there, beside the manager's own hooks.
      let manager = HookManager.writer(of: folder.path(of: left.hook))
      return [
        Diagnosis(
          .hooksFolder, .wrong,
          "\(words) leads git past \(site.short(left.path))"
            + (manager.map { ", to the hooks of \($0.rawValue)" } ?? ""),
          manager == nil ? [unset, install] : [install])
      ]
    }
    guard folder.isForeign, installed.isEmpty else {
      return [Diagnosis(.hooksFolder, .well, words)]
        + (relative ? try otherWorkTrees(folder, setting.value) : [])
    }
    return [
      Diagnosis(
        .hooksFolder, .wrong, "\(words) lies outside the repository", unset,
        Hint(
          "or install there", "hookkit", "install", "--\(role.rawValue)", "--global",
          site.directory))
    ]
  }

  /// A relative `core.hooksPath` counts from the top of each work tree (git-config(1)), so that every one has
  /// a folder of its own.
  private func otherWorkTrees(_ folder: HooksFolder, _ value: String) throws -> [Diagnosis] {
    try site.otherWorkTrees().compactMap { top in
      let missing = try hooks.filter { hook in
        guard let path = folder.path(of: hook, in: top) else { return false }
        return try HookPlaces(hook, at: path).shims().isEmpty
          && HookManager.configuration(running: hook, at: path, in: top) == nil
      }
      guard !missing.isEmpty else { return nil }
      return Diagnosis(
        .hooksFolder, .wrong,
        "in \(shown(top)) it is another folder, without \(missing.map(\.rawValue).joined(separator: ", "))",
        Hint("install there too", "hookkit", "install", "--client", top))
    }
  }

  private func look(at hook: Shim.Hook, in folder: HooksFolder) throws -> Diagnosis? {
    let places = folder.places(of: hook)
    let path = places.slot
    let name = site.short(path)
    switch try HookStanding(at: path, hook) {
    case .missing:
      guard configuration(running: hook, at: places.main) == nil else { return nil }
      return Diagnosis(.hook, .wrong, "\(name) is missing", install)
    case .changedShim:
      return Diagnosis(
        .hook, .wrong, "\(name) is a hookkit shim that somebody has changed",
        Hint("take it away", "rm", path), install)
    case .foreign:
      guard configuration(running: hook, at: path) == nil else { return nil }
      let owner = HookManager.owner(of: path)
      return Diagnosis(
        owner == nil ? .hook : .hookManager, .wrong,
        "\(name) is \(owner.map { "\($0.rawValue)'s" } ?? "another program's"), not hookkit's",
        install)
    case .shim(let shim, let runs):
      guard runs else {
        return Diagnosis(
          .hook, .wrong, "\(name) has lost its run bit, so git passes it over",
          Hint("set it", "chmod", "+x", path))
      }
      guard FileBytes.isExecutable(shim.executable) else {
        return Diagnosis(
          .hook, .wrong, "\(name): its executable \(shown(shim.executable)) is gone", install)
      }
      let chained = places.kept
      guard FileBytes.kind(chained) == .missing || FileBytes.isExecutable(chained) else {
        return Diagnosis(
          .hook, .wrong, "\(site.short(chained)) has lost its run bit, so nothing passes",
          Hint("set it", "chmod", "+x", chained))
      }
      guard shim.isPresent else {
        return Diagnosis(.hook, .advice, "\(name) is an older shim", install)
      }
      return nil
    }
  }

  private func look(
    at hook: ConfiguredHook, in configuration: GitConfiguration
  ) throws -> Diagnosis? {
    let git = try site.version()
    guard git >= .configuresHooks else {
      return Diagnosis(
        .hook, .wrong, "git \(git) does not run what \(hook.commandKey) names; 2.54 does",
        install)
    }
    let command = manifest?.settings.first { $0.key == hook.commandKey }?.value ?? ""
    if let obstacle = hook.obstacle(to: command, in: configuration) {
      return Diagnosis(.hook, .wrong, obstacle, install)
    }
    guard let executable = hook.executable(of: command), FileBytes.isExecutable(executable) else {
      return Diagnosis(
        .hook, .wrong,
        "\(hook.commandKey): its executable \(shown(hook.executable(of: command) ?? "")) is gone",
        install)
    }
    return nil
  }

  /// The file that tells a hook manager to run hookkit's hook.
  private func configuration(running hook: Shim.Hook, at path: String) -> String? {
    site.workTree.flatMap { HookManager.configuration(running: hook, at: path, in: $0) }
  }

  /// git-lfs writes no hook where it finds one, and its files then stay behind when commits are pushed.
  func missingLFS() throws -> [Diagnosis] {
    guard role == .client, hooks.contains(.prePush) else { return [] }
    let places = try hooksFolder().places(of: .prePush)
    let own = "\(site.gitDirectory)/config"
    guard try !places.shims().isEmpty,
      try configuration().last("lfs.repositoryformatversion")?.source == own,
      // lefthook calls git-lfs by itself; a person may do so in a hook of their own.
      ![places.main, places.kept, places.legacy].contains(where: {
        [.gitLFS, .lefthook].contains(HookManager.writer(of: $0))
          || HookManager.names("git lfs", $0)
      })
    else { return [] }
    return [
      Diagnosis(
        .hookManager, .wrong, "git-lfs found hookkit's pre-push and did not install its own",
        Hint("let it, then install", git: site, "lfs", "update", "--force"),
        install)
    ]
  }

  /// Configuration files of programs that write to the hooks folder whenever they are run.
  func otherManagers() -> [Diagnosis] {
    guard role == .client, let top = site.workTree, configured.count < hooks.count else {
      return []
    }
    return HookManager.allCases.compactMap { manager in
      guard let file = manager.files.first(where: { FileBytes.kind("\(top)/\($0)") != .missing })
      else { return nil }
      return Diagnosis(
        .hookManager, .advice,
        "\(file): \(manager.rawValue) may write over the hooks; run hookkit install after it",
        install)
    }
  }

  /// `hook.<name>.enabled = false` of a configured hook (git 2.54) and of a whole event (2.55), also for an
  /// older git, which may be upgraded. What stands in the hooks folder still ran under 2.55.0.
  func switchedOff() throws -> [Diagnosis] {
    let names = hooks.map(\.rawValue)
    return try configuration().entries.compactMap { entry in
      guard entry.key.hasPrefix("hook."), entry.key.hasSuffix(".enabled"),
        GitConfiguration.boolean(entry.value) == false
      else { return nil }
      let name = String(entry.key.dropFirst("hook.".count).dropLast(".enabled".count))
      guard names.contains(name) || name.hasPrefix("hookkit") else { return nil }
      let isOwn = configured.contains { $0.commandKey == "hook.\(name).command" }
      return Diagnosis(
        .hookEnabled, .wrong,
        "hook.\(shown(name)).enabled = \(shown(entry.value)) (\(entry.place)): "
          + (isOwn ? "git passes over it" : "git 2.55 and later may pass over what it names"),
        entry.unset)
    }
  }
}
