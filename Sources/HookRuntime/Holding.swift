internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// Keeps what waits for a person, and lands it once people have answered.
struct Holding {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  /// What is going to be kept, and what takes its place.
  struct Placed {
    let hold: Hold
    /// Earlier holds of the same pusher for the same reference.
    let superseded: [Hold]
    /// Whether it is kept already.
    let again: Bool
  }

  private func holds() throws(RuntimeProblem) -> Holds {
    do throws(GitError) {
      return try Holds(gitDirectory: session.server.gitDirectory)
    } catch {
      throw .git(error)
    }
  }

  // MARK: Holding

  /// Gives every hold of a decision its name; nothing is written yet.
  func place(
    _ decision: Decision, isAtomic: Bool
  ) throws(RuntimeProblem) -> (decision: Decision, holds: [Placed]) {
    guard decision.judgements.contains(where: { $0.verdict == .hold }) else {
      return (decision, [])
    }
    if isAtomic {
      return (
        decision.refusingHolds(because: "an atomic push leaves nothing behind"), []
      )
    }
    let holds = try holds()
    do throws(GitError) {
      let present = try holds.all()
      var placed: [Placed] = []
      var judgements: [Judgement] = []
      for judgement in decision.judgements {
        guard judgement.verdict == .hold, let pending = judgement.hold else {
          judgements.append(judgement)
          continue
        }
        guard present.count + placed.count < Holds.most,
          let id = Holds.id(for: judgement.update, among: present)
        else {
          judgements.append(judgement.refusingHold(because: "too many pushes are held already"))
          continue
        }
        let own = place(judgement, pending, as: id, among: present, decision)
        placed.append(own)
        let words = DependencyHeld.Words(
          id: id, until: RFC3339.date(own.hold.expires), again: own.again,
          superseded: own.superseded.map(\.id))
        judgements.append(judgement.replacing(DependencyHeld.held(judgement.findings, words)))
      }
      return (decision.replacing(judgements), placed)
    } catch {
      throw .git(error)
    }
  }

  private func place(
    _ judgement: Judgement, _ pending: PendingHold, as id: String, among present: [Hold],
    _ decision: Decision
  ) -> Placed {
    let update = judgement.update
    if let same = present.first(where: { $0.id == id }), same.expires > session.time {
      return Placed(hold: same, superseded: [], again: true)
    }
    let standing = judgement.findings.filter { $0.severity != .note }
    let hold = Hold(
      id: id, ref: update.name, old: update.old, new: update.new, base: pending.base,
      digest: pending.digest, pusher: session.pusher.account,
      codes: standing.map(\.code.description), time: session.time,
      expires: session.time + pending.lifetime)
    let superseded = present.filter {
      $0.ref == update.name && $0.pusher == session.pusher.account
    }
    return Placed(hold: hold, superseded: superseded, again: false)
  }

  /// Writes the holds, and takes away those that they replace or whose time is over.
  func keep(_ placed: [Placed]) throws(RuntimeProblem) {
    guard !placed.isEmpty else { return }
    let holds = try holds()
    do throws(GitError) {
      let present = try holds.all()
      for own in placed where !own.again {
        // The new one first: a process that ends between the two has lost nothing.
        if let expired = present.first(where: { $0.id == own.hold.id }) {
          try holds.replace(expired, with: own.hold)
        } else {
          try holds.keep(own.hold)
        }
        for old in own.superseded where old.id != own.hold.id { try holds.remove(old) }
      }
      for hold in try holds.all() where hold.expires <= session.time { try holds.remove(hold) }
    } catch {
      throw .git(error)
    }
  }

  // MARK: Answers

  /// Goes through all holds after the ledger has grown.
  ///
  /// The ledger has moved, so nothing here refuses it: what cannot be done is said.
  func answer() throws(RuntimeProblem) {
    let holds = try holds()
    do {
      let all = try holds.all()
      guard !all.isEmpty else { return }
      guard let bench = try session.bench() else { return }
      let ledger = try Ledger(
        at: bench.surroundings.references.resolve(.ledger), objects: bench.surroundings.objects)
      for hold in all {
        if let lines = try answer(hold, in: holds, ledger, bench) { Console.say(lines) }
      }
    } catch let error as RuntimeProblem {
      throw error
    } catch let error as GitError {
      throw .git(error)
    } catch {
      throw .unreadable("the holds: \(error)")
    }
  }

  /// - Returns: what the person who wrote to the ledger is told; `nil` for a hold that waits as before.
  private func answer(
    _ hold: Hold, in holds: Holds, _ ledger: Ledger, _ bench: Session.Bench
  ) throws -> [String]? {
    let references = bench.surroundings.references
    let present = try references.resolve(hold.ref) ?? .zero
    if present == hold.new || hold.expires <= session.time {
      try holds.remove(hold)
      return present == hold.new ? nil : ["note: \(hold.id) has expired"]
    }
    let answers = try HoldAnswers(
      to: hold, in: ledger, under: bench.policy.policy, at: session.time)
    if let person = answers.rejectedBy {
      try holds.remove(hold)
      return ["note: \(hold.id) is rejected by \(person), and no longer kept"]
    }
    if let until = answers.extendedUntil, until > hold.expires {
      try holds.replace(hold, with: hold.extended(until: until))
      return ["note: \(hold.id) is kept until \(RFC3339.date(until))"]
    }
    let pusher = session.acting(as: Pusher(account: hold.pusher))
    let decision = judge(
      Push(updates: [hold.update], pusher: pusher.pusher, time: session.time),
      under: bench.policy, in: bench.surroundings)
    guard decision.verdict == .allow else {
      guard answers.isReleased else { return nil }
      let reason = decision.judgements.first.map { RefusalText.reason(for: $0) } ?? []
      return ["note: \(hold.id) still waits: \(String(decoding: reason, as: UTF8.self))"]
    }
    guard present == hold.old else {
      return [
        "warning: \(hold.id) is released, and \(hold.ref) has moved meanwhile",
        "hint: its commits, put on top of it, are pushed again   git rebase",
      ]
    }
    try pusher.record(decision, decision.judgements)
    let repository = try Repository(gitDirectory: session.server.gitDirectory, scratch: false)
    let old = hold.old.isZero ? nil : hold.old
    let gitDirectory = session.server.gitDirectory
    let isMoved = try OwnMoves.move(hold.ref, in: gitDirectory) { () throws(GitError) in
      try repository.move(
        hold.ref, from: old, to: hold.new, because: "hookkit: \(hold.id) released")
    }
    guard isMoved else {
      return ["warning: \(hold.id) is released, and \(hold.ref) is being moved by another push"]
    }
    try session.keepArrivals(landed: hold.new)
    _ = Landing.afterwards(pusher, [hold.update])
    try holds.remove(hold)
    return ["note: \(hold.id) has landed: \(hold.ref) is \(hold.new.short)"]
  }
}
