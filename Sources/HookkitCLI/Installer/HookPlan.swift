internal import Report
internal import Gate
internal import Platform

/// The steps that put shims into a hooks folder, or take them out again.
enum HookPlan {
  /// What an earlier hook without a run bit is called: git ran it as little before.
  static let setAsideSuffix = ".off-before-hookkit"

  /// The steps after which every one of the hooks has its shim of the present version.
  static func installation(
    of hooks: [Shim.Hook], in folder: HooksFolder, from executables: HookExecutables,
    at site: InstallSite
  ) throws -> [InstallStep] {
    var steps: [InstallStep] = []
    for hook in hooks {
      steps += try installation(
        of: hook, at: folder.places(of: hook), running: executables.path(of: hook), site)
    }
    return steps
  }

  private static func installation(
    of hook: Shim.Hook, at places: HookPlaces, running executable: String, _ site: InstallSite
  ) throws -> [InstallStep] {
    let path = places.slot
    let text = Shim.text(hook: hook, executable: executable)
    var steps: [InstallStep] = []
    if !hook.isServerSide, path == places.main,
      HookManager.writer(of: places.kept)?.runsLegacy == true,
      try places.shims().contains(path)
    {
      return try steppingBehind(places, text, site)
    }
    var writing: InstallStep.Writing? = .new
    switch try HookStanding(at: path, hook) {
    case .missing: break
    case .shim(let shim, let runs):
      if Shim.text(hook: hook, executable: shim.executable) == text, shim.isPresent {
        writing = nil
        if !runs {
          steps.append(
            InstallStep(
              action: .setMode(path: path, mode: 0o755, .runBit), subject: site.short(path)))
        }
      } else {
        writing = .upgrade
      }
    case .changedShim:
      throw CommandError(
        .refused, "\(site.short(path)) is a hookkit shim that this hookkit did not write",
        hints: [Hint("put your changes into another hook, then", "rm", path)])
    case .foreign(let runs): steps += try keeping(at: path, runs, places, site)
    }
    if let writing {
      steps.append(
        InstallStep(
          action: .write(path: path, bytes: Array(text.utf8), mode: 0o755, writing),
          subject: site.short(path)))
    }
    return steps + (try tidying(places, besides: path, steps, site))
  }

  /// Where version 1 stood in front of pre-commit: puts the shim behind it, where pre-commit runs it
  /// and does not overwrite it.
  private static func steppingBehind(
    _ places: HookPlaces, _ text: String, _ site: InstallSite
  ) throws -> [InstallStep] {
    var steps = [
      InstallStep(
        action: .move(path: places.kept, to: places.main), subject: site.short(places.main))
    ]
    if FileBytes.kind(places.legacy) != .missing, try !places.shims().contains(places.legacy) {
      steps.append(keep(places.legacy, as: places.chained, .chained, site))
    }
    steps.append(
      InstallStep(
        action: .write(path: places.legacy, bytes: Array(text.utf8), mode: 0o755, .upgrade),
        subject: site.short(places.legacy)))
    return steps
  }

  /// Removes the shims that a manager has moved out of its way and does not run.
  private static func tidying(
    _ places: HookPlaces, besides path: String, _ steps: [InstallStep], _ site: InstallSite
  ) throws -> [InstallStep] {
    try places.shims().filter { shim in
      shim != path && shim != places.main && !steps.contains { $0.moves(to: shim) }
    }.map { shim in
      InstallStep(action: .remove(path: shim, isManifest: false), subject: site.short(shim))
    }
  }

  // MARK: Earlier hooks

  /// Gives what stands in the shim's place the name under which the shim runs it.
  private static func keeping(
    at path: String, _ runs: Bool, _ places: HookPlaces, _ site: InstallSite
  ) throws -> [InstallStep] {
    let hook = places.hook
    guard hook.canChain || !runs else {
      throw CommandError(
        .refused, "\(site.short(path)) is another program's, and two cannot lead that dialogue",
        hints: [
          Hint("look whose it is", "head", "-n", "5", path),
          Hint(
            "do without it", "hookkit", "install", "--server", "--hook", "pre-receive", "--hook",
            "reference-transaction", "--hook", "post-receive", site.directory),
        ])
    }
    guard try !site.tracks(path) else {
      throw CommandError(
        .refused, "\(site.short(path)) is a file of the project, so hookkit does not move it",
        hints: [Hint("how to call hookkit from it", "hookkit", "help", "clients")])
    }
    guard runs else {
      let name = path + setAsideSuffix
      guard FileBytes.kind(name) == .missing else { throw collision(path, name, site) }
      return [keep(path, as: name, .setAside, site)]
    }
    let writer = HookManager.writer(of: path)
    let name = places.keeping(writer)
    guard FileBytes.kind(places.chained) != .missing else {
      return [keep(path, as: name, .chained, site)]
    }
    // The manager wrote its hook anew, over the shim or after moving it.
    if writer != nil, writer == HookManager.writer(of: places.kept) {
      return [keep(path, as: places.kept, .renewed, site)]
    }
    // A manager found the shim with an earlier hook behind it: the latter goes where it would be
    // without hookkit.
    let given = try places.shims().first(where: places.displaced.contains)
    guard let given, let writer else { throw collision(path, places.chained, site) }
    return [
      InstallStep(
        action: .move(path: places.kept, to: given),
        subject: "\(site.short(given)) (\(writer.rawValue) does not run it)"),
      keep(path, as: name, .chained, site),
    ]
  }

  private static func keep(
    _ path: String, as name: String, _ manner: InstallStep.Keeping, _ site: InstallSite
  ) -> InstallStep {
    InstallStep(action: .keep(path: path, as: name, manner), subject: site.short(path))
  }

  private static func collision(
    _ path: String, _ name: String, _ site: InstallSite
  ) -> CommandError {
    CommandError(
      .refused, "\(site.short(path)) is not hookkit's, but \(site.short(name)) exists already",
      hints: [
        Hint("compare them", "diff", path, name),
        Hint("keep the newer one", "mv", path, name),
      ])
  }

  // MARK: Removal

  /// The steps that take one hook's shims away and put back what stood there before; a file that is no
  /// shim is left alone.
  static func removal(
    of hook: Shim.Hook, at path: String, _ site: InstallSite
  ) throws -> [InstallStep] {
    let places = HookPlaces(hook, at: path)
    var shims = try places.shims()
    if shims.isEmpty {
      guard FileBytes.kind(path) == .missing else { return [] }
      shims = [path]
    } else if case .changedShim = try HookStanding(at: path, hook) {
      return []
    }
    let place = shims.removeFirst()
    var steps = shims.map { remove($0, site) }
    if FileBytes.kind(places.chained) != .missing {
      let writer = HookManager.writer(of: path)
      if place != path, writer != nil, writer == HookManager.writer(of: places.kept) {
        // The manager's older hook, which it has written anew since.
        steps += [remove(places.kept, site), remove(place, site)]
      } else {
        steps.append(
          InstallStep(
            action: .move(path: places.kept, to: place), subject: site.short(place)))
      }
      return steps
    }
    let aside = place + setAsideSuffix
    if FileBytes.kind(aside) != .missing {
      steps.append(InstallStep(action: .move(path: aside, to: place), subject: site.short(place)))
    } else if FileBytes.kind(place) != .missing {
      steps.append(remove(place, site))
    }
    return steps
  }

  private static func remove(_ path: String, _ site: InstallSite) -> InstallStep {
    InstallStep(action: .remove(path: path, isManifest: false), subject: site.short(path))
  }
}
