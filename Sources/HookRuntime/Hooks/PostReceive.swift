internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Primitives
internal import Report

/// post-receive: records landings where no reference-transaction hook did, remembers who first brought
/// which change, and lands what people's new answers have set free.
struct PostReceive {
  let session: Session

  init(_ session: Session) {
    self.session = session
  }

  func run() throws -> Int32 {
    let updates = try StandardInput.updates()
    let code = Landing.afterwards(session, updates)
    try session.rememberChanges(updates)
    try Holding(session).answer(after: updates)
    return code
  }
}
