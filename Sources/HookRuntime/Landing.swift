internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// Records the moves of protected references that have happened, signed with the server's key.
///
/// The references have moved already, so nothing here can refuse; what fails is said, and
/// `hookkit doctor` and `hookkit verify` find the gap.
enum Landing {
  /// For hooks that run behind the fact: records and says what went wrong. The exit code is always 0,
  /// which git does not look at there.
  static func afterwards(_ session: Session, _ updates: [RefUpdate]) -> Int32 {
    do {
      try record(session, updates)
    } catch {
      Console.say(RefusalText.lines(for: Refusal(error).finding))
    }
    return ExitCode.allowed.rawValue
  }

  private static func record(
    _ session: Session, _ updates: [RefUpdate]
  ) throws {
    guard !session.areFree(updates) else { return }
    guard let bench = try session.bench() else {
      throw Refusal.notRecorded("the landing: the policy cannot be read")
    }
    do {
      let follower = try follower(of: bench, updates, session)
      let protected = updates.filter { bench.policy.policy.isProtected($0.name) }
      if !protected.isEmpty { try Record(session, bench).record(protected) }
      // The record of what is in force now comes last: whatever judged the moves is older.
      try PolicyRecord.keep(
        follower ?? bench.policy, in: bench.surroundings, of: session.server, at: session.time)
    } catch is PolicyInForce.Problem {
      throw Refusal.unreadable("the policy before the landing")
    } catch let error
      where !(error is Refusal || error is GitError || error is ServerRecords.Problem)
    {
      throw Refusal.notRecorded("the landing cannot be encoded")
    }
  }

  /// The policy that an update of HEAD's branch has just brought, judged as a change of the policy, where
  /// an older record was in force until then: HEAD names another branch now than when that was recorded.
  private static func follower(
    of bench: Session.Bench, _ updates: [RefUpdate], _ session: Session
  ) throws -> PolicyInForce? {
    let surroundings = bench.surroundings
    guard !bench.policy.isInStep, let head = bench.policy.head,
      let move = updates.first(where: { $0.name == head }), !move.new.isZero,
      try surroundings.references.resolve(head) == move.new,
      let allowed = DecisionCache(session.server.state).lastAllowed(move),
      allowed.ground.coverage["policy"] == true
    else { return nil }
    let objects = surroundings.objects
    let layer = try PolicyInForce.treeLayer(at: move.new, objects: objects)
    guard let layer else { return nil }
    let before =
      move.old.isZero ? nil : try? PolicyInForce.treeLayer(at: move.old, objects: objects)
    guard layer.bytes != before?.bytes else { return nil }
    return try PolicyInForce(layers: surroundings.upperLayers + [layer], head: head)
  }

  /// Records moves that happened and that no hook came to record, before what has landed is read.
  ///
  /// What cannot be made up for stays missing: then less counts as landed.
  static func complete(_ session: Session) {
    guard let bench = try? session.bench() else { return }
    try? Landing.Record(session, bench).complete()
  }
}

/// The moves of one hook, on their way into the landings.
extension Landing {
  struct Record {
    private let session: Session
    private let bench: Session.Bench
    private var references: any ReferenceReading { bench.surroundings.references }
    private var state: ServerState { session.server.state }

    init(_ session: Session, _ bench: Session.Bench) {
      self.session = session
      self.bench = bench
    }

    /// A move with what is known of the decision on it.
    private struct Move {
      let update: RefUpdate
      let pusher: [UInt8]
      let policyDigest: [UInt8]
      let ledger: ObjectID
      let coverage: JSON
      let arrivals: [UInt8]
      let time: Int64
    }

    /// Records moves that a hook was told of, each behind those before it that are missing.
    func record(_ updates: [RefUpdate]) throws {
      // `git pack-refs` runs a transaction for each reference that it packs, and there may be thousands.
      let updates = try updates.filter { try references.resolve($0.name) ?? .zero == $0.new }
      guard !updates.isEmpty else { return }
      let home = bench.policy.head
      // The branch that holds the policy comes first: its old policy has judged the others as well.
      let ordered = updates.filter { $0.name == home } + updates.filter { $0.name != home }
      let journalled = MissingLandings(state)
      try write { index in try ordered.flatMap { try moves($0, index, journalled) } }
    }

    /// Records the moves that took references to where they stand and that are not on record.
    ///
    /// Only what the journal knows as allowed by rules that protected the reference: whatever else has
    /// moved it has not landed.
    func complete() throws {
      let journalled = MissingLandings(state)
      let starts = Dictionary(
        try ArrivalStore(state).beginnings().map { ($0.name, $0.id) }, uniquingKeysWith: { $1 })
      try write { index in
        let protected = bench.policy.policy
        let present = try references.list(prefix: Array("refs/".utf8))
        var missing: [(name: RefName, id: ObjectID)] = present.filter { name, id in
          (index.newest(of: name)?.new ?? starts[name]) != id && protected.isProtected(name)
        }
        let names = Set(present.map(\.name))
        for (name, id) in index.tips
        where !id.isZero && !names.contains(name) && protected.isProtected(name) {
          missing.append((name, .zero))
        }
        return try missing.flatMap { name, id -> [Move] in
          let last = index.newest(of: name)?.new
          // References that nothing has landed on yet may be many, where a rule has just come.
          let found = journalled.moves(
            of: name, from: last ?? starts[name] ?? .zero, to: id, recently: last == nil)
          guard let found, try found.allSatisfy(wasProtected) else { return [] }
          return try found.map(move)
        }
      }
    }

    /// Adds landings for moves, with the policies that judged them and what those came to protect.
    ///
    /// - Parameter moves: what is to be added behind the landings so far.
    private func write(_ moves: (LandingIndex) throws -> [Move]) throws {
      for _ in 0..<Self.mostTries {
        let index = try session.open().landingIndex()
        let moves = try moves(index)
        guard !moves.isEmpty else { return }
        guard let key = try PolicyRecord.serverKey(of: session.server) else {
          // A server that has never recorded a landing was set up without a key.
          guard index.tip != nil else { return }
          throw Refusal.notRecorded("the landing: the server's key is gone")
        }
        let statements = try moves.map { move in
          try LandingStatement(
            repository: bench.policy.policy.repository, ref: move.update.name, old: move.update.old,
            new: move.update.new, pusher: move.pusher, policyDigest: move.policyDigest,
            ledger: move.ledger, coverage: move.coverage, time: move.time, kind: .landing,
            head: bench.policy.head)
        }
        let records = try ServerRecords(gitDirectory: session.server.gitDirectory)
        var beginnings: [ServerRecords.NewLanding] = []
        var last = index.lastPolicy
        for judge in try policies(of: moves) {
          try records.appendPolicy(files: judge.files, at: session.time)
          // Not by whether the policy was appended now: whoever did may have come no further.
          guard judge.digest != last else { continue }
          last = judge.digest
          beginnings += try Beginnings(
            policy: judge.policy, digest: judge.digest, head: judge.head,
            surroundings: bench.surroundings
          ).statements(
            before: statements, index, besides: Set(beginnings.map(\.statement.ref)),
            ledger: moves[0].ledger, at: session.time)
        }
        let landings = zip(statements, moves).map {
          ServerRecords.NewLanding($0, arrivals: $1.arrivals)
        }
        guard try records.append(beginnings + landings, after: index.tip, signedBy: key) else {
          continue
        }
        // What is on record is needed no more; what is not must be there for the next try.
        let cache = DecisionCache(state)
        for move in moves { cache.forget(move.update) }
        return
      }
      throw Refusal.notRecorded("the landing: another writer won every retry")
    }

    private static let mostTries = 64

    /// What an update adds to the landings of its reference: itself, and moves before it that are missing.
    private func moves(
      _ update: RefUpdate, _ index: LandingIndex, _ journalled: MissingLandings
    ) throws -> [Move] {
      // A transaction that only packs or prunes has not moved anything, and one whose update was refused
      // by git itself (git 2.51 and later, in batches) names it all the same.
      guard try references.resolve(update.name) ?? .zero == update.new else { return [] }
      let last = index.newest(of: update.name)
      guard last?.new != update.new else { return [] }
      // A transaction that does not name the old value tells it by what landed before.
      let old = update.old.isZero ? last?.new ?? .zero : update.old
      guard old != update.new else { return [] }
      let landed = last?.new ?? old
      if landed != old || update.old.isZero && last != nil {
        let missing = journalled.moves(of: update.name, from: landed, to: update.new)
        if let missing { return try missing.map(move) }
      }
      return [try move(RefUpdate(old: old, new: update.new, name: update.name))]
    }

    /// A move of this very push.
    private func move(_ update: RefUpdate) throws -> Move {
      let allowed = DecisionCache(state).lastAllowed(update)
      let ground = try allowed?.ground ?? ground(of: update, by: session.pusher, at: session.time)
      return Move(
        update: update, pusher: session.pusher.account ?? [],
        policyDigest: try allowed?.policyDigest ?? policy(before: update).digest,
        // The one that was decided by: people may have said something since.
        ledger: try allowed?.ledger ?? references.resolve(.ledger) ?? .zero,
        coverage: ground.coverage, arrivals: ground.arrivals,
        time: min(session.time, (ground.expires ?? .max) - 1))
    }

    /// A move that the journal knows.
    private func move(_ missing: MissingLandings.Move) throws -> Move {
      let allowed = DecisionCache(state).lastAllowed(missing.update)
      let ground =
        try allowed?.ground
        ?? ground(of: missing.update, by: Pusher(account: missing.pusher), at: missing.time)
      return Move(
        update: missing.update, pusher: missing.pusher ?? [], policyDigest: missing.policyDigest,
        ledger: missing.ledger ?? .zero, coverage: ground.coverage, arrivals: ground.arrivals,
        time: missing.time)
    }

    /// What made a move allowed, found once more where no hook could keep it: a landing without its
    /// arrivals would be verified as if its pusher had brought all of it.
    private func ground(
      of update: RefUpdate, by pusher: Pusher, at time: Int64
    ) throws -> DecisionCache.Ground {
      let judgement = judge(
        Push(updates: [update], pusher: pusher, time: time), under: bench.policy,
        in: bench.surroundings
      ).judgements.first
      return DecisionCache.Ground(
        coverage: judgement?.coverage ?? .object([]), arrivals: judgement?.arrivals ?? [],
        expires: nil)
    }

    /// Whether the policy that allowed a move is known here and protected its reference: what moved
    /// while no rule asked for anything has not landed by that.
    private func wasProtected(_ move: MissingLandings.Move) throws -> Bool {
      if move.policyDigest == bench.policy.digest { return true }
      let policy = try policy(before: move.update)
      return policy.digest == move.policyDigest && policy.policy.isProtected(move.update.name)
    }

    /// The policies that judged the moves, as far as they are known here, the oldest first.
    private func policies(of moves: [Move]) throws -> [PolicyInForce] {
      var known = [bench.policy.digest: bench.policy]
      var found: [PolicyInForce] = []
      for move in moves {
        if move.update.name == bench.policy.head {
          let policy = try policy(before: move.update)
          known[policy.digest] = policy
        }
        if let judge = known[move.policyDigest],
          !found.contains(where: { $0.digest == judge.digest })
        {
          found.append(judge)
        }
      }
      return found
    }

    /// The policy that judged a move: the tree layer is that of the old tip when the move is of the branch
    /// that holds it.
    private func policy(before move: RefUpdate) throws(PolicyInForce.Problem) -> PolicyInForce {
      guard let home = bench.policy.head, home == move.name else { return bench.policy }
      return try PolicyInForce(
        in: bench.surroundings, head: home, at: move.old.isZero ? nil : move.old)
    }
  }
}
