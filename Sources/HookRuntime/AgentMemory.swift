internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Primitives

extension Session {
  /// Most commits of one push whose changes are remembered.
  private static let mostRemembered = 10_000

  /// Remembers what agents change in these updates, so that the same change is known again when its
  /// signals are gone.
  func rememberAgents(_ updates: [RefUpdate]) throws(RuntimeProblem) {
    let (court, surroundings) = try court()
    guard let court else { return }
    let memory = ChangeMemory(server.state)
    do {
      for update in updates where !update.isDeletion && !update.name.hasPrefix("refs/hookkit/") {
        let push = Push(updates: [update], pusher: pusher, time: time)
        let changes = try agentChanges(
          in: update, push: push, under: court.policy, surroundings, limit: Self.mostRemembered)
        for change in changes { try memory.add(change) }
      }
    } catch let error as GitError {
      throw .git(error)
    } catch {
      throw .notRecorded("what the agent changed: \(error)")
    }
  }
}
