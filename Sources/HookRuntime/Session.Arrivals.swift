internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives

// Who brought what a push brings, recorded before anything is known of the verdict.
extension Session {
  /// Most commits of one push whose changes are remembered.
  private static let mostRemembered = 10_000

  /// Most objects of refused pushes that are remembered for one pusher.
  func refusedLimit() -> Int {
    if let summary = try? guardSummary() { return summary.refusedLimit }
    return (try? bench())?.policy.policy.limits.refusedCommits ?? Limits().refusedCommits
  }

  /// Records what a push brings and nobody has brought before, as not let in yet.
  ///
  /// - Parameter limit: most objects of refused pushes that are remembered for one pusher.
  func recordArrivals(
    _ updates: [RefUpdate], limit: Int
  ) throws -> ArrivalStore.Recorded? {
    // Where the host did not say who pushes, an arrival of nobody's would be the first from then on.
    guard obstacle == nil else { return nil }
    let brought = updates.filter { !$0.isDeletion && !$0.name.hasPrefix("refs/hookkit/") }
    guard !brought.isEmpty else { return nil }
    let open = try open()
    let incoming: ObjectStore?
    try open.recordStart(at: time)
    incoming = try server.quarantine.map { (path) throws(GitError) in
      try ObjectStore(objectsFolder: path)
    }
    return try ArrivalStore(server.state).record(
      brought, by: pusher.account, at: time,
      stored: { () throws(GitError) in try open.objects() }, incoming: incoming, limit: limit)
  }

  /// Says what of a push has been let in: that stays on record for ever. What was refused, and what waits,
  /// stays there for a year, as one of the things that are remembered of its pusher.
  func keepArrivals(
    _ recorded: ArrivalStore.Recorded?, of decision: Decision
  ) throws {
    guard let recorded else { return }
    let store = ArrivalStore(server.state)
    let allowed = decision.judgements.filter { $0.verdict == .allow && !$0.update.isDeletion }
    do {
      if allowed.count == decision.judgements.count {
        try store.keep(recorded, by: pusher.account, at: time)
      } else if !allowed.isEmpty {
        try store.keep(
          reachableFrom: allowed.map(\.update.new), in: open().objects(), at: time)
      }
    } catch let error as SystemError {
      throw Refusal.notRecorded("who brought what: \(error.words)")
    }
  }

  /// Says that what was held has landed.
  func keepArrivals(landed tip: ObjectID) throws {
    let open = try open()
    do {
      try ArrivalStore(server.state).keep(reachableFrom: [tip], in: open.objects(), at: time)
    } catch let error as SystemError {
      throw Refusal.notRecorded("who brought what: \(error.words)")
    } catch {
      throw Refusal.unreadable("what has landed")
    }
  }

  /// Whether the account of an agent pushes, which is never free.
  func areAgents(_ updates: [RefUpdate]) throws -> Bool {
    guard !areFree(updates), let account = pusher.account, let bench = try bench() else {
      return false
    }
    if case .agent? = bench.policy.policy.principal(account: account) { return true }
    return false
  }

  /// Remembers who first brought the changes in these updates, so that an agent's change is known again
  /// when its signals are gone, and a person's stays hers.
  func rememberChanges(_ updates: [RefUpdate]) throws {
    let open = try open()
    do {
      guard case .success(let policy) = try open.policy() else { return }
      let memory = ChangeMemory(server.state)
      for update in updates where !update.isDeletion && !update.name.hasPrefix("refs/hookkit/") {
        let push = Push(updates: [update], pusher: pusher, time: time)
        try memory.add(
          broughtChanges(
            in: update, push: push, under: policy, open.surroundings(), limit: Self.mostRemembered))
      }
    } catch let error as SystemError {
      throw Refusal.notRecorded(error.words)
    }
  }
}
