internal import Gate
internal import ArgumentParser
internal import Primitives
internal import Report

/// `hookkit doctor`: is the protection really on?
struct DoctorCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check hooks, settings, keys and policy.",
    discussion: """
      Exit code 0: all is well. 1: something is wrong. 3: something could not be looked at. Nothing is \
      changed.
      """)

  @Flag(help: "Check it as a server, whatever is installed.")
  var server = false

  @Flag(help: "Push an agent's commit to a copy of the repository, and require a refusal.")
  var probe = false

  @Option(
    name: .customLong("all"),
    help: ArgumentHelp("Every bare repository below this folder.", valueName: "root"))
  var root: String?

  @Argument(help: ArgumentHelp("The repository; the current one when left out.", valueName: "dir"))
  var directory: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    if let root { return try examineAll(below: root, context) }
    let site = try InstallSite(named: directory, in: context)
    let role = server || probe ? .server : try Examination.role(of: site)
    let examination = try Examination(role, at: site, environment: context.environment)
    var found = examination.run()
    if probe { found.append(Probe(at: site, environment: context.environment).run()) }

    switch global.format {
    case .json: context.terminal.write(Self.json(found, site, role).pretty)
    case .human: show(found, on: context.terminal)
    case .sarif: throw CommandError(.usage, "doctor has no SARIF output: it checks no code")
    }
    try conclude(found, site)
  }

  private func show(_ found: [Diagnosis], on terminal: Terminal) {
    for diagnosis in found {
      if terminal.isQuiet, diagnosis.state == .well || diagnosis.state == .advice { continue }
      let word = diagnosis.state.rawValue
      let style: Terminal.Style =
        switch diagnosis.state {
        case .well: .good
        case .advice: .hint
        case .wrong: .error
        case .unknown: .warning
        }
      terminal.print(word, style, column: 9, diagnosis.words)
      for hint in diagnosis.hints.prefix(2) {
        terminal.print("         \(hint.label):   \(CommandLineText.of(hint.command))")
      }
    }
  }

  private func conclude(_ found: [Diagnosis], _ site: InstallSite) throws(CommandError) {
    let wrong = found.filter { $0.state == .wrong }.count
    let unknown = found.filter { $0.state == .unknown }.count
    switch found.state {
    case .well, .advice: return
    case .wrong:
      let things = wrong == 1 ? "1 thing is" : "\(wrong) things are"
      throw CommandError(.refused, "\(things) wrong with \(shown(site.directory))")
    case .unknown:
      let things = unknown == 1 ? "1 thing" : "\(unknown) things"
      throw CommandError(.undecided, "\(things) could not be checked in \(shown(site.directory))")
    }
  }

  private static func json(
    _ found: [Diagnosis], _ site: InstallSite, _ role: InstallSite.Role
  ) -> JSON {
    let checks = found.map { diagnosis -> JSON in
      let next = diagnosis.hints.map { hint -> JSON in
        ["label": .text(hint.label), "argv": .array(hint.command.map { .text($0) })]
      }
      return [
        "check": .text(diagnosis.check.rawValue), "state": .text(diagnosis.state.rawValue),
        "text": .text(diagnosis.words), "next": .array(next),
      ]
    }
    return [
      "schema": "hookkit.doctor/1", "repository": .text(site.directory),
      "role": .text(role.rawValue), "state": .text(found.state.rawValue),
      "checks": .array(checks),
    ]
  }
}
