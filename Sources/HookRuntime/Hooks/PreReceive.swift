internal import Gate
internal import Git
internal import HookWire
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

  func run() throws(RuntimeProblem) -> Int32 {
    let updates = try StandardInput.updates()
    try session.keepReceipts(updates)
    let options = try pushOptions()
    let decision = try session.decide(updates) { policy in
      CertificateReader(session: session, updates: updates).state(under: policy)
    }
    let left: Set<RefName> =
      decision.verdict == .refuse ? ProcReceiveSlot(session).answers(for: decision) : []
    let own = decision.judgements.filter { $0.verdict == .allow || !left.contains($0.update.name) }
    try session.record(decision, own)
    guard own.contains(where: { $0.verdict != .allow }) else { return ExitCode.allowed.rawValue }
    Console.say(Answer.lines(decision, options))
    return decision.verdict.exitCode
  }

  private func pushOptions() throws(RuntimeProblem) -> PushOptions {
    do throws(PushOptionsError) {
      return try PushOptions(environment: { session.environment.bytes($0) })
    } catch {
      throw .tooManyOptions(error.description)
    }
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
}

/// Reading what git writes to a hook.
enum StandardInput {
  static func bytes() throws(RuntimeProblem) -> [UInt8] {
    do throws(SystemError) {
      return try FileBytes.read(0, named: "standard input", limit: InputLimits().byteCount)
    } catch {
      throw .unreadable("standard input: \(error.words)")
    }
  }

  /// The updates of pre-receive and post-receive. git never starts them without one.
  static func updates() throws(RuntimeProblem) -> [RefUpdate] {
    let bytes = try bytes()
    guard !bytes.isEmpty else { throw .emptyInput }
    do throws(InputError) { return try ReceiveInput.read(bytes) } catch { throw .input(error) }
  }
}
