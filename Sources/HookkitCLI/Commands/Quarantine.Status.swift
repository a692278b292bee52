internal import ArgumentParser
internal import Gate
internal import Git
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
    let held = try HeldList(in: view)
    guard let hold = try held.find(arguments.hold) else { throw held.unknown(arguments.hold) }
    let answers = try HoldAnswers(
      to: hold,
      Signatories(under: view.policy.policy, in: view.ledger, at: context.now))
    let (isReleased, discounted) = try releases(answers, of: hold, in: view, at: context.now)
    // The server lands what has everything: of what it holds all the same, something else is missing.
    let missing = hold.codes.filter { $0 != DependencyHeld.code.description }
    let awaited = Awaited(
      isReleased ? missing.compactMap { Code($0) } : hold.codes.compactMap { Code($0) })
    let hasMoved = (view.references.resolve(hold.ref) ?? .zero) != hold.old
    let state: (word: String, exit: Report.ExitCode)
    if hold.expires <= context.now {
      state = ("expired", .refused)
    } else if answers.rejectedBy != nil {
      state = ("rejected", .refused)
    } else {
      state =
        isReleased
        ? ("released", missing.isEmpty ? .allowed : .held) : ("waiting", .held)
    }
    if context.global.format == .human {
      terminal.print("\(hold.id) \(state.word): \(hold.new.short) for \(hold.ref)")
      terminal.print("  held for \(Awaited(hold).words) (\(hold.codes.joined(separator: ", ")))")
      terminal.print("  until    \(RFC3339.date(hold.expires))")
      if let person = answers.rejectedBy { terminal.print("  rejected by \(person)") }
      if isReleased, hasMoved {
        terminal.print("  \(hold.ref) has moved since; push again what does not fast-forward it")
      } else if state.exit == .held, isReleased {
        terminal.print("  waits for \(awaited.words)")
      }
      for why in discounted { terminal.print("  not counted: \(why)") }
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

  /// Whether somebody has released it who may, and why others have not, as far as a clone can tell.
  private func releases(
    _ answers: HoldAnswers, of hold: Hold, in view: ServerView, at time: Int64
  ) throws -> (isReleased: Bool, discounted: [String]) {
    let objects = try view.repository.objects()
    let answered = try answers.releases(in: objects)
    let people = answered.people
    var discounted = answered.discounted
    guard !people.isEmpty else { return (false, discounted) }
    guard let waiting = try? WaitingChange(hold.id, ref: nil, in: view, at: time) else {
      return (true, discounted)
    }
    var counts = false
    for signatory in people {
      let why = try waiting.obstacle(toReleaseBy: signatory, in: view, at: time)
      counts = counts || why == nil
      if let why { discounted.append("\(signatory.person.name)'s release: \(why)") }
    }
    return (counts, discounted)
  }
}
