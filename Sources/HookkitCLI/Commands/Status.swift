internal import ArgumentParser
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit status`: what is guarded here, what waits, and who the reader is.
struct Status: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what is guarded here, what waits, and who you are.",
    discussion: "In a clone the server is asked once; on a server its own records tell.")

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let terminal = context.terminal
    let state = try state(in: context)
    let policy = state.policy.policy
    guard context.global.format == .human else {
      return terminal.write(Self.json(state).pretty)
    }
    let serials = policy.layers.map { "\($0.kind.word) \($0.serial)" }.joined(separator: ", ")
    terminal.print(
      rows: [
        ("policy", "\(state.source) (serial: \(serials))")
      ] + state.identity.rows(in: policy).filter { ["you", "roles", "shell"].contains($0.label) })
    terminal.print()
    if state.guarded.isEmpty { terminal.print("no branch is guarded") }
    var table = Table()
    for (name, words) in state.guarded { table.add(name, words) }
    terminal.write(table)
    terminal.print()
    guard !state.inbox.items.isEmpty else { return terminal.print("nothing waits") }
    terminal.write(state.inbox.table(at: context.now, numbered: false))
    if let first = state.inbox.answerable.first {
      terminal.hint([.init("read and approve", "hookkit", "approve", first.hold.id)])
    }
  }

  /// What is shown.
  private struct State {
    let policy: PolicyInForce
    let source: String
    let identity: Identity
    /// Branches and tags, and what a rule asks for each.
    let guarded: [(name: String, words: String)]
    let inbox: Inbox
  }

  private func state(in context: CommandContext) throws -> State {
    let repository = try context.repository()
    if repository.isBare, remote == nil { return try serverState(repository, context) }
    let view = try ServerView(remote: remote, in: context)
    let policy = view.policy.policy
    return State(
      policy: view.policy, source: view.policySource,
      identity: try Identity(in: repository, under: policy, context),
      guarded: Self.guarded(
        view.references.list(prefix: []).map(\.name), head: view.references.head(), policy),
      inbox: try Inbox(
        in: view, reader: Reviewer.reader(in: view, context)?.person, at: context.now))
  }

  private func serverState(
    _ repository: LocalRepository, _ context: CommandContext
  ) throws -> State {
    let vantage = try Vantage(in: context)
    let (surroundings, policy) = try vantage.surroundings(named: KnownPolicy.named(in: context))
    guard let policy else { throw vantage.noPolicy }
    let references = try surroundings.references.list(prefix: Array("refs/".utf8))
    let holds = try references.filter { $0.name.bytes.starts(with: Hold.prefix) }
      .compactMap { name, target in
        try Hold(
          at: target,
          id: String(decoding: name.bytes.dropFirst(Hold.prefix.count), as: UTF8.self),
          in: surroundings.objects)
      }
    return State(
      policy: policy, source: "in force on this server",
      identity: try Identity(in: repository, under: policy.policy, context),
      guarded: Self.guarded(
        references.map(\.name), head: try surroundings.references.head(), policy.policy),
      inbox: Inbox(on: holds))
  }

  /// Most names that are listed.
  private static let most = 20

  private static func guarded(
    _ names: [RefName], head: RefName?, _ policy: Policy
  ) -> [(name: String, words: String)] {
    let coming = head.map { names.contains($0) ? [] : [$0] } ?? []
    let found = (names + coming).filter { ($0.isBranch || $0.isTag) && policy.isProtected($0) }
    let listed = found.prefix(most).map { name in
      (
        coming.contains(name) ? "\(name.shortWords) (not there yet)" : name.shortWords,
        policy.protections(for: name).map { RuleText.reviews($0.review) }.joined(separator: "; ")
          + (policy.quarantines(for: name).isEmpty ? "" : "; dependency changes are held")
      )
    }
    return found.count > most ? listed + [("and \(found.count - most) more", "")] : Array(listed)
  }

  private static func json(_ state: State) -> JSON {
    [
      "schema": "hookkit.status/1",
      "repository": .string(state.policy.policy.repository),
      "policy": .text(Hex.string(state.policy.digest)),
      "you": state.identity.json,
      "guarded": .array(
        state.guarded.map { ["ref": .text($0.name), "asks": .text($0.words)] }),
      "waiting": state.inbox.json,
    ]
  }
}
