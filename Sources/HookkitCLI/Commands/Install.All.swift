internal import Gate
internal import ArgumentParser
internal import Platform
internal import Report

// `hookkit install --server --all ROOT`.
extension InstallCommand {
  /// Most repositories that are named one by one for the same state.
  private static let named = 20

  func installEverywhere(below root: String, _ context: CommandContext) throws {
    guard role != .client, profile == nil, !first.isGiven, !place.isGlobal else {
      throw CommandError(
        .usage, "--all takes --host, --hook, --include and --repository-prefix")
    }
    try checkArguments(for: .server, in: root)
    let executables = try HookExecutables(
      beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment)
    let forest =
      if let one = place.directory { try RepositoryForest(only: one, below: root) } else {
        try RepositoryForest(below: root)
      }
    let version = try InstallSite.version(
      of: GitCommand(in: "/", environment: context.environment))
    let fleet = FleetInstallation(
      request: Installation.Request(role: .server, hooks: hooks, host: host),
      executables: executables, environment: context.environment, isDryRun: place.dryRun,
      time: context.now, root: FileBytes.real(root), prefix: repositoryPrefix ?? "",
      included: included)
    let progress = FleetProgress(of: forest.repositories.count, on: context.terminal)
    let outcomes = forest.map(progress: progress.tell) { fleet.outcome(for: $0, git: version) }
    try conclude(forest, outcomes, below: root, context.terminal)
  }

  private func conclude(
    _ forest: RepositoryForest, _ outcomes: [(path: String, outcome: FleetInstallation.Outcome)],
    below root: String, _ terminal: Terminal
  ) throws(CommandError) {
    var changed = 0
    var kept = 0
    var skipped: [(why: String, paths: [String])] = []
    var leftAlone: [String] = []
    var failed = forest.unread
    for (path, outcome) in outcomes {
      switch outcome {
      case .guarded(let steps): if steps == 0 { kept += 1 } else { changed += 1 }
      case .leftAlone: leftAlone.append(path)
      case .skipped(let why):
        if let index = skipped.firstIndex(where: { $0.why == why }) {
          skipped[index].paths.append(path)
        } else {
          skipped.append((why, [path]))
        }
      case .failed(let why): failed.append(.init(path: path, words: why))
      }
    }
    let skippedCount = skipped.reduce(0) { $0 + $1.paths.count }
    if !terminal.isQuiet {
      let verb = place.dryRun ? "would be installed" : "installed"
      terminal.print("\(outcomes.count.counted("repository", "repositories")) below \(shown(root))")
      terminal.print("  \(changed) \(verb), \(kept) as they should be")
      for path in leftAlone {
        terminal.print(
          "  left alone: \(shown(path)), which holds the host's own settings (--include)")
      }
      for (why, paths) in skipped {
        list("skipped \(paths.count): \(why)", paths.map(shown), on: terminal)
      }
      if !failed.isEmpty {
        list(
          "\(failed.count) could not be protected",
          failed.map { "\(shown($0.path)): \($0.words)" }, on: terminal)
      }
    }
    let all = outcomes.count + forest.unread.count
    guard failed.isEmpty else {
      throw CommandError(.undecided, "\(failed.count + skippedCount) of \(all) are not protected")
    }
    guard skipped.isEmpty else {
      throw CommandError(
        .refused, "\(skippedCount) of \(all) are not protected; nothing was changed in them",
        hints: [
          .init("a policy for one", "hookkit", "-C", skipped[0].paths[0], "policy", "init"),
          .init("then again", "hookkit", "install", "--server", "--all", root),
        ])
    }
  }

  private func list(_ heading: String, _ lines: [String], on terminal: Terminal) {
    terminal.print("  \(heading)")
    for line in lines.prefix(Self.named) { terminal.print("    \(line)") }
    if lines.count > Self.named { terminal.print("    and \(lines.count - Self.named) more") }
  }
}

/// How far a walk over many repositories has come; shown on a terminal only.
struct FleetProgress: @unchecked Sendable {
  private let count: Int
  // Told by one thread at a time, which `RepositoryForest.map` sees to.
  private let terminal: Terminal
  private let start = Clock.now()

  init(of count: Int, on terminal: Terminal) {
    self.count = count
    self.terminal = terminal
  }

  func tell(_ done: Int) {
    guard done % 16 == 0 || done == count else { return }
    let seconds = max(1, Clock.now() - start)
    let left = Int64(count - done) * seconds / Int64(max(1, done))
    terminal.progress(
      "\(done) of \(count) repositories, \(Int64(done) / seconds) a second, \(left) s left")
  }
}
