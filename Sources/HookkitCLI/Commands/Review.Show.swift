internal import ArgumentParser
internal import Primitives

/// `hookkit review show`: what an approval would sign, without signing.
struct ReviewShow: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a commit as its reviewer sees it, and its reviews.")

  @Argument(help: "The commit; digits always mean a commit, never a branch or tag.")
  var commit: String

  @Option(help: ArgumentHelp("The ref that it is to reach.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let view = try ServerView(remote: remote, in: context)
    let ref = try view.ref(named: ref)
    let head = try view.commit(named: commit)
    let proposal = try Proposal(head, for: ref, in: view, at: context.now)
    guard context.global.format == .human else {
      return context.terminal.write(proposal.json(in: view).pretty)
    }
    let page = ReviewPage(proposal: proposal, view: view, terminal: context.terminal)
    context.terminal.page(try page.bytes(), with: try view.repository.pager())
  }
}
