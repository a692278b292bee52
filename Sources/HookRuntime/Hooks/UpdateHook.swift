internal import Gate
internal import HookWire
internal import Primitives
internal import Report

/// update: one reference at a time, for hosts that have no other place.
struct UpdateHook {
  let session: Session

  init(_ session: Session) {
    self.session = session
  }

  func run(_ arguments: [String]) throws -> Int32 {
    let update: RefUpdate
    update = try UpdateArguments.read(arguments.dropFirst().map { Array($0.utf8) })
    let decision = session.decide([update])
      .refusingHolds(because: "this server cannot hold a push")
    try session.record(decision, decision.judgements)
    if decision.verdict != .allow {
      Console.refuse(RefusalText.lines(for: decision), on: session.host)
    }
    return decision.verdict.exitCode
  }
}
