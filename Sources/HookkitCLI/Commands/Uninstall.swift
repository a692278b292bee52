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

  @OptionGroup var place: InstallPlace
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
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
}
