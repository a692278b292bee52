internal import Ledger
internal import Gate
internal import Report
internal import ArgumentParser
internal import Platform

/// `hookkit uninstall`: take away what hookkit wrote, and nothing else.
struct UninstallCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Remove only what hookkit wrote; put chained hooks back.",
    discussion: """
      Policy, journal, keys and the references under refs/hookkit/ stay: they are the record of what \
      was decided here.
      """)

  @Flag(help: "Remove them from git's template folder (dir, else init.templateDir).")
  var template = false

  @Option(
    name: .customLong("all"),
    help: ArgumentHelp("Every bare repository below this folder.", valueName: "root"))
  var root: String?

  @OptionGroup var place: InstallPlace
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    if let root { return try removeEverywhere(below: root, context) }
    if template { return try removeTemplate(in: context) }
    let site = try InstallSite(named: place.directory, in: context)
    let removal = try Removal(at: site, isGlobal: place.isGlobal)
    var report = StepReport(isDryRun: place.dryRun, context.terminal)
    for step in removal.steps { try report.carryOut(step, with: site.git) }
    for path in removal.kept { report.tell("kept", "keep", path) }
    for name in removal.references { report.tell("kept", "keep", name) }
    for name in removal.changed {
      context.terminal.warn("\(name) is not as hookkit left it, and stays")
    }
    for path in removal.foreign {
      context.terminal.warn("\(path) may guard other repositories, and stays")
    }
    if !removal.foreign.isEmpty {
      context.terminal.hint([
        .init("remove it all the same", "hookkit", "uninstall", "--global", site.directory)
      ])
    }
  }

  private func removeTemplate(in context: CommandContext) throws {
    let folder = try TemplateFolder(place.directory, environment: context.environment)
    let steps = try folder.removal(isGlobal: place.isGlobal)
    let path = shown(folder.site.gitDirectory)
    guard !steps.isEmpty else {
      throw CommandError(.refused, "hookkit is not installed in \(path)")
    }
    var report = StepReport(isDryRun: place.dryRun, context.terminal)
    for step in steps { try report.carryOut(step, with: folder.site.git) }
    if !place.dryRun { FileBytes.removeIfEmpty(folder.folder.path) }
  }

  /// What became of one repository among many.
  private enum Outcome: Sendable {
    case removed, absent
    case failed(String)
  }

  private func removeEverywhere(below root: String, _ context: CommandContext) throws {
    guard place.directory == nil, !template else {
      throw CommandError(.usage, "--all takes no repository beside it")
    }
    let forest = try RepositoryForest(below: root)
    let version = try InstallSite.version(of: GitCommand(in: "/", environment: context.environment))
    let (environment, place) = (context.environment, self.place)
    let progress = FleetProgress(of: forest.repositories.count, on: context.terminal)
    let outcomes = forest.map(progress: progress.tell) { path -> Outcome in
      do {
        let site = try InstallSite(at: path, environment: environment, version: version)
        guard FileBytes.kind(InstallManifest.path(in: site.gitDirectory)) != .missing else {
          return .absent
        }
        let removal = try Removal(at: site, isGlobal: place.isGlobal)
        if !place.dryRun { for step in removal.steps { try step.perform(with: site.git) } }
        let left = removal.changed + removal.foreign
        return left.isEmpty
          ? .removed : .failed("stays, as somebody has changed it: \(left.joined(separator: ", "))")
      } catch {
        return .failed(CommandError(error).headline)
      }
    }
    var (removed, absent) = (0, 0)
    var failed = forest.unread
    for (path, outcome) in outcomes {
      switch outcome {
      case .removed: removed += 1
      case .absent: absent += 1
      case .failed(let why): failed.append(.init(path: path, words: why))
      }
    }
    if !context.terminal.isQuiet {
      let verb = place.dryRun ? "would be removed" : "removed"
      context.terminal.print(
        "\(outcomes.count.counted("repository", "repositories")) below \(shown(root))")
      context.terminal.print("  \(verb) from \(removed), not installed in \(absent)")
      for report in failed { context.terminal.print("  \(shown(report.path)): \(report.words)") }
    }
    guard failed.isEmpty else {
      throw CommandError(
        .undecided, "\(failed.count) of \(outcomes.count + forest.unread.count) are not done")
    }
  }
}
