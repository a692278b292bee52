internal import ArgumentParser
internal import Primitives

/// `hookkit quarantine diff`: the changed lines of a held change and nothing else.
struct QuarantineDiff: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show the changed lines of the dependency files that wait.")

  @OptionGroup var arguments: WaitingArguments
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let (view, waiting) = try arguments.opened(in: context)
    guard context.global.format == .human else {
      return context.terminal.write(try waiting.json(in: view).pretty)
    }
    let page = WaitingPage(
      waiting: waiting, view: view, terminal: context.terminal, time: context.now)
    try context.terminal.page(with: try view.repository.pager()) { try page.writeLines(on: $0) }
  }
}
