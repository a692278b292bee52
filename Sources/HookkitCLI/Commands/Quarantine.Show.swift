internal import ArgumentParser
internal import DependencyChecks
internal import Gate
internal import Ledger
internal import Lockfiles
internal import Platform
internal import Primitives
internal import Report

/// `hookkit quarantine show`: a held change as its reviewer sees it.
struct QuarantineShow: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what waits, why, and what changes in substance.")

  @OptionGroup var arguments: WaitingArguments
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let (view, waiting) = try arguments.opened(in: context)
    let terminal = context.terminal
    switch context.global.format {
    case .human:
      let page = WaitingPage(
        waiting: waiting, view: view, terminal: terminal, time: context.now,
        reader: Reviewer.reader(in: view, context))
      try terminal.page(with: try view.repository.pager()) { try page.write(on: $0) }
    case .json: terminal.write(try waiting.json(in: view).pretty)
    case .sarif:
      terminal.write(SARIF.log(try waiting.diff(in: view), toolVersion: Version.text).pretty)
    }
  }
}

extension WaitingChange {
  /// `hookkit.depdiff/1` of what waits.
  func json(in view: ServerView) throws -> JSON {
    try diff(in: view).json(
      DependencyDiff.Frame(
        base: base.hex, head: head.hex, verdict: hold == nil ? nil : "held",
        digest: Hex.string(change.digest)))
  }
}
