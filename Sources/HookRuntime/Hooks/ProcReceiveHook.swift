internal import Gate
internal import HookWire
internal import Platform
internal import Primitives
internal import Report

/// proc-receive: answers each reference of the push by itself (githooks(5), version 1).
///
/// An allowed update falls through to git; a refused one is `ng` with its code. The report is written
/// last and all at once: dying before it makes git refuse every command.
struct ProcReceiveHook {
  let session: Session

  init(_ session: Session) {
    self.session = session
  }

  func run() throws -> Int32 {
    do {
      let dialogue = try ProcReceive(
        read: { count in try FileBytes.readSome(0, named: "standard input", count: count) },
        write: { bytes in try Console.write(bytes) })
      let options = try PushOptions(dialogue.request.options)
      let holding = Holding(session)
      let (decision, plan) = try holding.place(
        session.decide(dialogue.request.updates), isAtomic: dialogue.request.isAtomic,
        reason: options.reason)
      try session.record(decision, decision.judgements)
      try holding.keep(plan)
      // post-receive does not come to what is not let in. What cannot be remembered is refused all the
      // same.
      try? session.rememberChanges(
        decision.judgements.filter { $0.verdict != .allow }.map(\.update))
      if decision.verdict != .allow { Console.say(Answer.lines(decision, options)) }
      try dialogue.report(
        decision.judgements.map { judgement in
          judgement.verdict == .allow
            ? .fallThrough(judgement.update.name)
            : .refused(judgement.update.name, reason: RefusalText.reason(for: judgement))
        })
      return ExitCode.allowed.rawValue
    } catch is SystemError {
      throw Refusal.dialogue("git hung up during the dialogue")
    }
  }
}
