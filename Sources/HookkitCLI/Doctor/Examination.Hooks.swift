internal import Platform

// Whether git finds hookkit's hooks and runs them.
extension Examination {
  func hooksThatRun() throws(InstallError) -> [Diagnosis] {
    let folder = try HooksFolder(of: role, at: site)
    var found = hooksPath(folder)
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
  private func hooksPath(_ folder: HooksFolder) -> [Diagnosis] {
    guard let setting = folder.setting else { return [] }
    let words = "core.hooksPath = \(shown(setting.value)) (\(setting.place))"
    let installed = (manifest?.hooks ?? []).filter { hooks.contains($0.hook) }
    let unset = Mend(
      "unset it", "git", "config", "--file", setting.source, "--unset", "core.hooksPath")
    if let left = installed.first(where: { $0.folder != folder.path }) {
      return [
        Diagnosis(
          .hooksFolder, .wrong, "\(words) leads git past the hooks in \(site.short(left.folder))",
          unset, install)
      ]
    }
    guard folder.isForeign, installed.isEmpty else {
      return [Diagnosis(.hooksFolder, .well, words)]
    }
    return [
      Diagnosis(
        .hooksFolder, .wrong, "\(words) lies outside the repository", unset,
        Mend(
          "or install there", "hookkit", "install", "--\(role.rawValue)", "--global",
          site.directory))
    ]
  }

  private func look(at hook: Shim.Hook, in folder: HooksFolder) throws(InstallError) -> Diagnosis? {
    let path = folder.path(of: hook)
    let name = site.short(path)
    switch try folder.standing(of: hook) {
    case .missing: return Diagnosis(.hook, .wrong, "\(name) is missing", install)
    case .changedShim:
      return Diagnosis(
        .hook, .wrong, "\(name) is a hookkit shim that somebody has changed",
        Mend("take it away", "rm", path), install)
    case .foreign:
      let owner = HookManager.owner(of: path)
      return Diagnosis(
        owner == nil ? .hook : .hookManager, .wrong,
        "\(name) is \(owner.map { "\($0.rawValue)'s" } ?? "another program's"), not hookkit's",
        install)
    case .shim(let shim, let runs):
      guard runs else {
        return Diagnosis(
          .hook, .wrong, "\(name) has lost its run bit, so git passes it over",
          Mend("set it", "chmod", "+x", path))
      }
      guard FileBytes.isExecutable(shim.executable) else {
        return Diagnosis(
          .hook, .wrong, "\(name): its executable \(shown(shim.executable)) is gone", install)
      }
      let chained = path + Shim.chainedSuffix
      guard FileBytes.kind(chained) == .missing || FileBytes.isExecutable(chained) else {
        return Diagnosis(
          .hook, .wrong, "\(site.short(chained)) has lost its run bit, so nothing passes",
          Mend("set it", "chmod", "+x", chained))
      }
      guard shim.version == Shim.version else {
        return Diagnosis(.hook, .advice, "\(name) is an older shim", install)
      }
      return nil
    }
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

  /// `hook.<event>.enabled = false` (git 2.54 and later), also for an older git, which may be upgraded.
  func switchedOff() throws(InstallError) -> [Diagnosis] {
    let names = hooks.map(\.rawValue)
    return try site.configuration(role).entries.compactMap { entry in
      guard entry.key.hasPrefix("hook."), entry.key.hasSuffix(".enabled"),
        GitConfiguration.boolean(entry.value) == false
      else { return nil }
      let name = String(entry.key.dropFirst("hook.".count).dropLast(".enabled".count))
      guard names.contains(name) || name.hasPrefix("hookkit") else { return nil }
      return Diagnosis(
        .hookEnabled, .wrong,
        "hook.\(shown(name)).enabled = \(shown(entry.value)) (\(entry.place)) switches it off",
        Mend("unset it", "git", "config", "--file", entry.source, "--unset", entry.key))
    }
  }
}

/// Programs that manage the hooks of a repository.
enum HookManager: String, CaseIterable, Sendable {
  case husky, lefthook
  case preCommit = "pre-commit"
  case overcommit, gitolite
  case simpleGitHooks = "simple-git-hooks"

  /// The files in a work tree by which one knows that it is used.
  var files: [String] {
    switch self {
    case .husky: [".husky"]
    case .lefthook: ["lefthook.yml", "lefthook.yaml", ".lefthook.yml", "lefthook.toml"]
    case .preCommit: [".pre-commit-config.yaml"]
    case .overcommit: [".overcommit.yml"]
    case .simpleGitHooks: [".simple-git-hooks.json"]
    case .gitolite: []
    }
  }

  /// Whose hook a file is, by the name that each of them leaves in its hooks.
  static func owner(of path: String) -> HookManager? {
    let place = FileBytes.real(path)
    let bytes = (try? FileBytes.read(path, limit: 1 << 16)) ?? []
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return allCases.first { place.contains($0.rawValue) || text.contains($0.rawValue) }
  }
}
