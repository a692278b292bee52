internal import Ledger
internal import Policy
internal import ArgumentParser
internal import Gate
internal import Platform
internal import Primitives
internal import Report

/// `hookkit review`: what waits for people, and a choice of it.
struct ReviewInbox: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "Show what waits, and whether your answer counts; the default.",
    discussion: "On a terminal it asks which one to read, and then to approve.")

  @Option(help: ArgumentHelp("Only what is to reach this ref.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let terminal = context.terminal
    let view = try ServerView(remote: remote, in: context)
    let reader = Reviewer.reader(in: view, context)?.person
    let inbox = try Inbox(
      in: view, ref: try ref.map(RefArgument.full), reader: reader, at: context.now)
    guard context.global.format == .human else {
      return terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.inbox/1"),
          .init(key: Array("you".utf8), value: reader.map { .text($0.name) } ?? .null),
          .init(key: Array("waiting".utf8), value: inbox.json),
        ]).pretty)
    }
    guard !inbox.items.isEmpty else { return terminal.say("nothing waits") }
    terminal.write(inbox.table(at: context.now, numbered: terminal.canAsk))
    guard terminal.canAsk else {
      if let first = inbox.answerable.first {
        terminal.hint([.init("read and approve", "hookkit", "approve", first.hold.id)])
      }
      return
    }
    guard let item = try terminal.chooses(from: inbox) else { return }
    try Approval(of: item.hold, in: view, context).give(.init(), in: context)
  }
}

extension Terminal {
  /// Asks which of the numbered items is meant; `nil` when none is.
  func chooses(from inbox: Inbox) throws -> Inbox.Item? {
    guard let answer = ask("which one? [1-\(inbox.items.count), enter for none]"), !answer.isEmpty
    else { return nil }
    if let number = Int(answer), inbox.items.indices.contains(number - 1) {
      return inbox.items[number - 1]
    }
    let named = inbox.items.filter { $0.hold.id.hasPrefix(answer.uppercased()) }
    guard named.count == 1 else {
      throw CommandError(.usage, "\(answer.quoted) is not one of them; nothing was signed")
    }
    return named[0]
  }
}
