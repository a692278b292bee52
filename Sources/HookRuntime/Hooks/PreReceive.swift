internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// pre-receive: judges the whole push while git still keeps its objects apart.
///
/// What cannot be decided is refused here. What is refused by a rule is left to proc-receive, which can
/// answer each reference by itself, when that hook is really going to be asked.
struct PreReceive {
  let session: Session

  init(_ session: Session) {
    self.session = session
  }

  func run() throws -> Int32 {
    let updates = try StandardInput.updates()
    let arrivals = try arrivals(updates)
    let options = try pushOptions()
    if options.format == .human { Console.say(Answer.warnings(options)) }
    var certificate = CertificateState.none
    let decision = session.decide(updates, looksThrough: true) { policy in
      certificate = CertificateReader(session: session, updates: updates).state(under: policy)
      return certificate
    }
    // No later hook is shown the certificate, so only this one can say what is wrong with it.
    let isOurs =
      certificate != .none && decision.concernsCertificate || decision.mustNotBeStored
    let left: Set<RefName> =
      (decision.verdict == .refuse || decision.verdict == .hold) && !isOurs
      ? ProcReceiveSlot(session).answers(for: decision) : []
    let isLeft = { (judgement: Judgement) in left.contains(judgement.update.name) }
    let answer = decision.refusingHolds(
      because: "this server cannot hold a push", where: { !isLeft($0) })
    let own = answer.judgements.filter { $0.verdict == .allow || !isLeft($0) }
    try session.record(answer, own)
    // post-receive does not come to what is refused.
    if decision.verdict != .allow { try remember(updates, decision) }
    guard own.contains(where: { $0.verdict != .allow }) else {
      // post-receive does so for everyone, if it is not killed before.
      if try session.areAgents(updates) { try session.rememberChanges(updates) }
      try session.keepArrivals(arrivals, of: decision)
      Console.say(
        options.format == .human
          ? RefusalText.notes(for: decision)
          : decision.verdict == .allow ? Answer.lines(decision, options) : [])
      return ExitCode.allowed.rawValue
    }
    Console.refuse(
      Answer.lines(answer, options), on: options.format == .human ? session.host : nil)
    return answer.verdict.exitCode
  }

  /// Records who brings the commits, before anything is decided. Where that cannot be, this is on record
  /// itself, unless nothing can be written.
  private func arrivals(_ updates: [RefUpdate]) throws -> ArrivalStore.Recorded? {
    do {
      try session.mendMoves()
      return try session.recordArrivals(updates, limit: session.refusedLimit())
    } catch {
      // Where arrivals cannot be written, a record of that cannot be counted on either.
      let refusal = Refusal(error)
      if refusal.finding.code == NotRecorded.code { throw refusal }
      let decision = session.undecided(updates, because: refusal)
      try session.record(decision, decision.judgements)
      throw error
    }
  }

  /// Remembers who brought which change. What of an agent's cannot be remembered leaves the gate shut;
  /// anybody else's is refused for what stands against it.
  private func remember(_ updates: [RefUpdate], _ decision: Decision) throws {
    do {
      try session.rememberChanges(updates)
    } catch {
      // What could not even be decided is told as such.
      if decision.verdict == .undecided { return }
      if try session.bench()?.policy.isAgents(session.pusher) ?? true { throw error }
    }
  }

  private func pushOptions() throws -> PushOptions {
    return try PushOptions(environment: { session.environment.bytes($0) })
  }
}

/// What a pusher is told, in the form that a push option asks for.
enum Answer {
  static func lines(_ decision: Decision, _ options: PushOptions) -> [String] {
    switch options.format {
    case .human: RefusalText.lines(for: decision)
    case .json: [String(decoding: DecisionJSON.value(decision).compact, as: UTF8.self)]
    }
  }

  /// Options that are meant for hookkit and do not do what the pusher thinks.
  static func warnings(_ options: PushOptions) -> [String] {
    options.issues.prefix(4).map { issue in
      switch issue {
      case .unknown(let option): "warning: no such push option: \(shown(option))"
      case .badValue(let option): "warning: push option with an invalid value: \(shown(option))"
      case .repeated(let option): "warning: only the first one counts: \(shown(option))"
      }
    }
  }

  private static func shown(_ option: [UInt8]) -> String { Escaped.text(option, limit: 36) }
}

/// Reading what git writes to a hook.
enum StandardInput {
  static func bytes() throws -> [UInt8] {
    do throws(SystemError) {
      return try FileBytes.read(0, named: "standard input", limit: InputLimits().byteCount)
    } catch {
      throw Refusal.unreadable("standard input: \(error.words)")
    }
  }

  /// The updates of pre-receive and post-receive. git never starts them without one.
  static func updates() throws -> [RefUpdate] {
    let bytes = try bytes()
    guard !bytes.isEmpty else { throw Refusal.emptyInput }
    return try ReceiveInput.read(bytes)
  }
}
