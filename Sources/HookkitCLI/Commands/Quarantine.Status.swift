internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Policy
internal import Primitives
internal import Report

/// `hookkit quarantine status`: what a held change still waits for.
struct QuarantineStatus: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what a held change still waits for.",
    discussion: """
      Exit code 8 while it waits, for a release or for what else was asked of it; 0
      when people have released it, 1 when one rejects it.
      """
  )

  @OptionGroup var arguments: WaitingArguments
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let view = try ServerView(remote: arguments.remote, in: context)
    let terminal = context.terminal
    guard let hold = try HeldList(in: view).hold(named: arguments.hold) else {
      throw CommandError(
        .usage, "\(arguments.hold.quoted) is no hold",
        hints: [.init("what the server holds", "hookkit", "quarantine", "list")])
    }
    let answers = try HoldAnswers(
      to: hold, in: view.ledger, under: view.policy.policy, at: context.now)
    // The server lands what has everything: of what it holds all the same, something else is missing.
    let missing = hold.codes.filter { $0 != DependencyHeld.code.description }
    let awaited = Awaited(
      answers.isReleased ? missing.compactMap { Code($0) } : hold.codes.compactMap { Code($0) })
    let hasMoved = (view.references.resolve(hold.ref) ?? .zero) != hold.old
    let state: (word: String, exit: Report.ExitCode)
    if hold.expires <= context.now {
      state = ("expired", .refused)
    } else if answers.rejectedBy != nil {
      state = ("rejected", .refused)
    } else {
      state =
        answers.isReleased
        ? ("released", missing.isEmpty ? .allowed : .held) : ("waiting", .held)
    }
    if context.global.format == .human {
      terminal.print("\(hold.id) \(state.word): \(hold.new.short) for \(hold.ref)")
      terminal.print("  held for \(Awaited(hold).words) (\(hold.codes.joined(separator: ", ")))")
      terminal.print("  until    \(RFC3339.date(hold.expires))")
      if let person = answers.rejectedBy { terminal.print("  rejected by \(person)") }
      if answers.isReleased, hasMoved {
        terminal.print("  \(hold.ref) has moved since; push again what does not fast-forward it")
      } else if state.exit == .held, answers.isReleased {
        terminal.print("  waits for \(awaited.words)")
      }
    } else {
      terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.hold-status/1"),
          .init(key: Array("state".utf8), value: .text(state.word)),
          .init(key: Array("hold".utf8), value: hold.json),
        ]).pretty)
    }
    guard state.exit == .allowed else { throw CommandError.told(state.exit) }
  }
}
