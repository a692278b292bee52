internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// The options of every answer.
struct AnswerOptions: ParsableArguments {
  @Option(
    name: [.customShort("m"), .customLong("message")],
    help: ArgumentHelp("A comment to sign with it.", valueName: "text"))
  var comment: String = ""

  @Option(
    help: ArgumentHelp(
      "The hold's name, or the commit's first 7 or more digits, instead of answering the prompt.",
      valueName: "hold"))
  var confirm: String?
}

/// A person's signed answer to a change that waits.
struct PersonsAnswer {
  private let answer: ReleaseStatement.Answer
  private let arguments: WaitingArguments
  private let options: AnswerOptions
  private let until: Int64?

  init(
    _ answer: ReleaseStatement.Answer, _ arguments: WaitingArguments, _ options: AnswerOptions,
    until: Int64? = nil
  ) {
    self.answer = answer
    self.arguments = arguments
    self.options = options
    self.until = until
  }

  func give(in context: CommandContext) throws {
    let terminal = context.terminal
    let (view, waiting) = try arguments.opened(in: context)
    let reviewer = try Reviewer(in: view, context)
    if answer == .extend, waiting.hold == nil {
      throw CommandError(.usage, "only a hold has an end; \(waiting.name) is a commit")
    }
    if answer == .release, !waiting.asksForRelease {
      throw CommandError(
        .refused, "\(waiting.name) waits for a review, not for a release",
        hints: [.init("a reviewer runs", waiting.approval(in: view))])
    }
    let page = WaitingPage(
      waiting: waiting, view: view, terminal: terminal, time: context.now,
      reader: answer == .release ? reviewer.signatory : nil)
    var unread: [String] = []
    if context.global.format == .human, !terminal.isQuiet, answer != .extend {
      try terminal.page(with: try view.repository.pager()) { output in
        defer { unread = output.unread }
        try page.write(on: output)
      }
    }
    if answer == .release { try reviewer.check(waiting, in: view, on: terminal, at: context.now) }
    if terminal.canAsk, options.confirm == nil {
      for line in page.head() + unread { terminal.say(line) }
    }
    let who = reviewer.person.map { " as \($0.name)" } ?? ""
    let name = waiting.hold?.id ?? waiting.head.hex
    try Reviewer.confirm(
      "\(verb.capital) \(waiting.name)\(who)?", name, with: options.confirm,
      least: waiting.hold?.id.utf8.count ?? 7,
      again: ["hookkit", "quarantine", answer.rawValue] + arguments.words, on: terminal)

    let statement = try waiting.statement(
      answer, in: view, at: context.now, until: until, comment: Array(options.comment.utf8))
    let (envelope, person) = try reviewer.sign(
      statement.statement, for: .release, in: view, context)
    let tip = try LedgerAppend(view: view, terminal: terminal).append(
      .release(statement, envelope),
      message: "\(answer.rawValue) of \(waiting.name) for \(waiting.ref) by \(person.name)",
      to: waiting.hold)
    if context.global.format == .human {
      terminal.say("\(person.name) \(verb.past) \(waiting.name) for \(waiting.ref)")
    } else {
      terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.answered/1"),
          .init(key: Array("answer".utf8), value: .text(answer.rawValue)),
          .init(key: Array("hold".utf8), value: waiting.hold.map { .text($0.id) } ?? .null),
          .init(key: Array("head".utf8), value: .text(waiting.head.hex)),
          .init(key: Array("ref".utf8), value: .string(waiting.ref.bytes)),
          .init(key: Array("person".utf8), value: .text(person.name)),
          .init(key: Array("ledger".utf8), value: .text(tip.hex)),
        ]).pretty)
    }
  }

  private var verb: (capital: String, past: String) {
    switch answer {
    case .release: ("Release", "has released")
    case .reject: ("Reject", "has rejected")
    case .extend: ("Extend", "has extended")
    }
  }
}
