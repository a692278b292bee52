internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Primitives
internal import Report

/// post-receive: records landings where no reference-transaction hook did, and remembers what agents
/// brought, so that the same change is known again when its signals are gone.
struct PostReceive {
  let session: Session
  /// Most commits of one push whose changes are remembered.
  private static let mostCommits = 10_000

  init(_ session: Session) {
    self.session = session
  }

  func run() throws(RuntimeProblem) -> Int32 {
    let updates = try StandardInput.updates()
    let code = Landing.afterwards(session, updates)
    let (court, surroundings) = try session.court()
    guard let court else { return code }
    let memory = ChangeMemory(session.server.state)
    do {
      for update in updates where !update.isDeletion && update.name.isBranch {
        let push = Push(updates: [update], pusher: session.pusher, time: session.time)
        let changes = try agentChanges(
          in: update, push: push, under: court.policy, surroundings, limit: Self.mostCommits)
        for change in changes { try memory.add(change) }
      }
    } catch let error as GitError {
      throw .git(error)
    } catch {
      throw .notRecorded("what the agent changed: \(error)")
    }
    return code
  }
}
