internal import Policy
internal import Gate
internal import Ledger
internal import Git
internal import ArgumentParser
internal import Gate
internal import Primitives

/// `hookkit review show`: what an approval would sign, without signing.
struct ReviewShow: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a commit as its reviewer sees it, and its reviews.",
    discussion: """
      Everything that a review of it covers: each commit above the base, what single commits bring that \
      the change as a whole does not show, and that change. Text is shown whatever attributes call it; \
      other files by size, kind and SHA-256. Large files are folded.
      """)

  @Argument(help: "The commit; digits always mean a commit, never a branch or tag.")
  var commit: String

  @Option(help: ArgumentHelp("The ref that it is to reach.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @Flag(help: "Fold nothing, however large.")
  var all = false

  @Option(
    help: ArgumentHelp("Only this file or folder, in full; more than once.", valueName: "path"))
  var path: [String] = []

  @Option(
    help: ArgumentHelp(
      "The bytes of one file: its object's 40 digits; in hexadecimal on a terminal.",
      valueName: "object"))
  var raw: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let terminal = context.terminal
    let view = try ServerView(remote: remote, in: context)
    let ref = try view.ref(named: ref)
    let head = try view.commit(named: commit)
    if let raw { return try RawFile(raw, in: view).show(on: terminal) }
    if let tip = try view.base(of: ref), try view.objects.isAncestor(head, of: tip, limit: .max) {
      return try showLanded(head, on: ref, view, context)
    }
    let proposal = try Proposal(head, for: ref, in: view, at: context.now, on: terminal)
    guard context.global.format == .human else {
      return terminal.write(try proposal.json(in: view).pretty)
    }
    let page = ReviewPage(
      proposal: proposal, view: view, terminal: terminal,
      reader: Reviewer.reader(in: view, context)?.person, time: context.now, isFolded: !all,
      paths: path)
    try terminal.page(with: try view.repository.pager()) { try page.write(on: $0) }
  }

  /// What there is to say of work that needs no review any more: who reviewed it, and when it landed.
  private func showLanded(
    _ commit: ObjectID, on ref: RefName, _ view: ServerView, _ context: CommandContext
  ) throws {
    try view.remote.fetch(
      [.landings].filter { view.references.resolve($0) != nil }, standingAt: view.references)
    let objects = try view.repository.objects()
    let landed = try LandedWork(
      commit, on: ref, view.references, view.ledger, under: view.policy.policy, in: objects,
      at: context.now)
    let terminal = context.terminal
    guard context.global.format == .human else {
      return terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.landed/1"),
          .init(key: Array("head".utf8), value: .text(commit.hex)),
          .init(key: Array("ref".utf8), value: .string(ref.bytes)),
          .init(key: Array("landings".utf8), value: landed.json),
          .init(
            key: Array("reviews".utf8),
            value: .array(landed.reviews.map { $0.json(under: view.policy) })),
        ]).pretty)
    }
    terminal.print(terminal.styled("\(commit.short) is on \(ref) already", .strong))
    terminal.print(rows: landed.rows.map { ("  \($0.label)", $0.words) })
    if landed.reviews.isEmpty { terminal.print("  no review of it is in the ledger") }
    terminal.hint([.init("what it changes", "git", "show", commit.hex)])
  }
}
