internal import Platform

/// The steps that put shims into a hooks folder, or take them out again.
enum HookPlan {
  /// What an earlier hook without a run bit is called: git ran it as little before.
  static let setAsideSuffix = ".off-before-hookkit"

  /// The steps after which every one of the hooks has its shim of the present version.
  static func installation(
    of hooks: [Shim.Hook], in folder: HooksFolder, from executables: HookExecutables,
    at site: InstallSite
  ) throws(InstallError) -> [InstallStep] {
    var steps: [InstallStep] = []
    for hook in hooks {
      let path = folder.path(of: hook)
      let text = Shim.text(hook: hook, executable: executables.path(of: hook))
      let standing = try folder.standing(of: hook)
      var writing = InstallStep.Writing.new
      switch standing {
      case .missing: break
      case .shim(let shim, let runs):
        if Shim.text(hook: hook, executable: shim.executable) == text {
          if !runs {
            steps.append(
              InstallStep(
                action: .setMode(path: path, mode: 0o755, .runBit), subject: site.short(path)))
          }
          continue
        }
        writing = .upgrade
      case .changedShim:
        throw InstallError(
          .declined, "\(site.short(path)) is a hookkit shim that this hookkit did not write",
          mends: [Mend("put your changes into another hook, then", "rm", path)])
      case .foreign(let runs): steps.append(try keeping(hook, runs, at: path, site))
      }
      steps.append(
        InstallStep(
          action: .write(path: path, bytes: Array(text.utf8), mode: 0o755, writing),
          subject: site.short(path)))
    }
    return steps
  }

  private static func keeping(
    _ hook: Shim.Hook, _ runs: Bool, at path: String, _ site: InstallSite
  ) throws(InstallError) -> InstallStep {
    guard hook.canChain || !runs else {
      throw InstallError(
        .declined, "\(site.short(path)) is another program's, and two cannot lead that dialogue",
        mends: [
          Mend("look whose it is", "head", "-n", "5", path),
          Mend(
            "do without it", "hookkit", "install", "--server", "--hook", "pre-receive", "--hook",
            "reference-transaction", "--hook", "post-receive", site.directory),
        ])
    }
    let name = path + (runs ? Shim.chainedSuffix : setAsideSuffix)
    guard FileBytes.kind(name) == .missing else {
      throw InstallError(
        .declined, "\(site.short(path)) is not hookkit's, but \(site.short(name)) exists already",
        mends: [
          Mend("compare them", "diff", path, name),
          Mend("keep the newer one", "mv", path, name),
        ])
    }
    return InstallStep(
      action: .keep(path: path, as: name, runs ? .chained : .setAside), subject: site.short(path))
  }

  /// The steps that take one shim away and put back what stood there before; a file that is no shim
  /// is left alone.
  static func removal(
    of hook: Shim.Hook, at path: String, _ site: InstallSite
  ) throws(InstallError) -> [InstallStep] {
    switch try HookStanding(at: path, hook) {
    case .shim, .missing: break
    case .changedShim, .foreign: return []
    }
    for suffix in [Shim.chainedSuffix, setAsideSuffix] {
      let name = path + suffix
      if FileBytes.kind(name) != .missing {
        return [
          InstallStep(action: .move(path: name, to: path), subject: site.short(path))
        ]
      }
    }
    guard FileBytes.kind(path) != .missing else { return [] }
    return [
      InstallStep(action: .remove(path: path, isManifest: false), subject: site.short(path))
    ]
  }
}
