internal import Gate
internal import ArgumentParser
internal import Platform
internal import Report

// `hookkit install --server --all ROOT`.
extension InstallCommand {
  /// Most repositories that are named one by one for the same state.
  private static let named = 20

  func installEverywhere(below root: String, _ context: CommandContext) throws {
    guard role != .client, place.directory == nil, profile == nil, !place.isGlobal else {
      throw CommandError(
        .usage, "--all is for a server's folder of repositories, with --host and --hook alone")
    }
    try checkArguments(for: .server, in: root)
    let executables = try HookExecutables(
      beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment)
    let forest = try RepositoryForest(below: root)
    let version = try InstallSite.version(
      of: GitCommand(in: "/", environment: context.environment))
    let fleet = FleetInstallation(
      request: Installation.Request(role: .server, hooks: hooks, host: host),
      executables: executables, environment: context.environment, isDryRun: place.dryRun,
      time: context.now)
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
    var shut: [RepositoryForest.Report] = []
    var failed = forest.unread
    for (path, outcome) in outcomes {
      switch outcome {
      case .guarded(let steps): if steps == 0 { kept += 1 } else { changed += 1 }
      case .shut(let why): shut.append(.init(path: path, words: why))
      case .failed(let why): failed.append(.init(path: path, words: why))
      }
    }
    if !terminal.isQuiet {
      let verb = place.dryRun ? "would be installed" : "installed"
      terminal.print("\(outcomes.count) repositories below \(shown(root))")
      terminal.print("  \(changed) \(verb), \(kept) as they should be")
      list(shut, as: "refuse every push until they have a policy", on: terminal)
      list(failed, as: "could not be protected", on: terminal)
    }
    guard failed.isEmpty else {
      throw CommandError(
        .undecided, "\(failed.count) of \(outcomes.count + forest.unread.count) are not protected")
    }
    guard !shut.isEmpty else { return }
    terminal.hint([
      .init("a policy for all of them", "hookkit", "policy", "init", "--help"),
      .init("then again", "hookkit", "install", "--server", "--all", root),
    ])
  }

  private func list(
    _ reports: [RepositoryForest.Report], as state: String, on terminal: Terminal
  ) {
    guard !reports.isEmpty else { return }
    terminal.print("  \(reports.count) \(state)")
    for report in reports.prefix(Self.named) {
      terminal.print("    \(shown(report.path)): \(report.words)")
    }
    if reports.count > Self.named {
      terminal.print("    and \(reports.count - Self.named) more")
    }
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
