internal import Gate
internal import Platform

// Whether git finds hookkit's hooks and runs them.
extension Examination {
  func hooksThatRun() throws -> [Diagnosis] {
    let folder = try HooksFolder(of: role, on: site.host(), at: site)
    var found = try hooksPath(folder)
    var running: [String] = []
    for hook in hooks {
      if let diagnosis = try look(at: hook, in: folder) {
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
    let relative = role == .client && !setting.value.hasPrefix("/") && !setting.value.hasPrefix("~")
    let left = installed.first {
      $0.path != folder.path(of: $0.hook)
        // Of another work tree, in which git looks there.
        && !(relative && $0.path.hasSuffix("/\(setting.value)/\($0.hook.rawValue)"))
    }
    if let left {
      return [
        Diagnosis(
          .hooksFolder, .wrong, "\(words) leads git past \(site.short(left.path))", unset, install)
      ]
    }
    guard folder.isForeign, installed.isEmpty else {
      return [Diagnosis(.hooksFolder, .well, words)]
        + (relative ? try otherWorkTrees(setting.value) : [])
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
  private func otherWorkTrees(_ value: String) throws -> [Diagnosis] {
    let list = try site.git.run(["worktree", "list", "--porcelain"])
    return try list.split(separator: 0x0a).compactMap { line in
      guard line.starts(with: "worktree ".utf8),
        let path = String(validating: line.dropFirst("worktree ".utf8.count))
      else { return nil }
      let top = FileBytes.real(path)
      guard top != site.workTree, top != site.gitDirectory, FileBytes.kind(top) == .folder else {
        return nil
      }
      let missing = try hooks.filter { hook in
        let places = HookPlaces(hook, at: FileBytes.real("\(top)/\(value)") + "/\(hook.rawValue)")
        return try places.shims().isEmpty
          && HookManager.configuration(running: hook, at: places.main, in: top) == nil
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

  /// The file that tells a hook manager to run hookkit's hook.
  private func configuration(running hook: Shim.Hook, at path: String) -> String? {
    site.workTree.flatMap { HookManager.configuration(running: hook, at: path, in: $0) }
  }

  /// git-lfs writes no hook where it finds one, and its files then stay behind when commits are pushed.
  func missingLFS() throws -> [Diagnosis] {
    guard role == .client, hooks.contains(.prePush) else { return [] }
    let places = try HooksFolder(of: role, on: site.host(), at: site).places(of: .prePush)
    let own = "\(site.gitDirectory)/config"
    guard try !places.shims().isEmpty,
      try site.configuration(role).last("lfs.repositoryformatversion")?.source == own,
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
    guard role == .client, let top = site.workTree else { return [] }
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
    return try site.configuration(role).entries.compactMap { entry in
      guard entry.key.hasPrefix("hook."), entry.key.hasSuffix(".enabled"),
        GitConfiguration.boolean(entry.value) == false
      else { return nil }
      let name = String(entry.key.dropFirst("hook.".count).dropLast(".enabled".count))
      guard names.contains(name) || name.hasPrefix("hookkit") else { return nil }
      return Diagnosis(
        .hookEnabled, .wrong,
        "hook.\(shown(name)).enabled = \(shown(entry.value)) (\(entry.place)): git 2.55 and later"
          + " may pass over what it names", entry.unset)
    }
  }
}
