internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// Keeps what waits for people, and lands it once they have answered.
struct Holding {
  private let session: Session

  /// Most holds that one run takes away because their time is over: what is left waits for the next.
  private static let mostExpired = 200

  init(_ session: Session) {
    self.session = session
  }

  /// What is going to be kept, and what takes its place.
  struct Placed {
    let hold: Hold
    /// What stands under its name: a hold whose time is over, or that waited for something else.
    let replaced: Hold?
    /// Earlier holds of the same pusher that it is made on.
    let superseded: [Hold]
    /// Whether it is kept already.
    let again: Bool
  }

  private func holds() throws -> Holds {
    try Holds(gitDirectory: session.server.gitDirectory)
  }

  // MARK: Holding

  /// Gives every hold of a decision its name; nothing is written yet.
  ///
  /// - Parameter reason: why the pusher asks.
  func place(
    _ decision: Decision, isAtomic: Bool, reason: [UInt8]? = nil
  ) throws -> (decision: Decision, plan: Plan) {
    guard decision.judgements.contains(where: { $0.verdict == .hold }) else {
      return (decision, Plan())
    }
    if isAtomic {
      return (decision.refusingHolds(because: "an atomic push leaves nothing behind"), Plan())
    }
    let holds = try holds()
    let present: [Hold]
    present = try holds.all()
    let policy = try session.bench()?.policy.policy ?? .empty
    var plan = Plan(present, under: policy, of: session.pusher.account, at: session.time, reason)
    var judgements: [Judgement] = []
    for judgement in decision.judgements {
      guard judgement.verdict == .hold, let pending = judgement.hold else {
        judgements.append(judgement)
        continue
      }
      switch plan.add(judgement, pending) {
      case .refused(let why): judgements.append(judgement.refusingHold(because: why))
      case .placed(let own):
        let notice = HoldNotice(
          id: own.hold.id, until: RFC3339.date(own.hold.expires), again: own.again,
          superseded: own.superseded.map(\.id))
        judgements.append(notice.told(judgement))
      }
    }
    return (decision.replacing(judgements), plan)
  }

  /// What is going to be written for one push.
  struct Plan {
    private(set) var placed: [Placed] = []
    private(set) var expired: [Hold] = []
    private var known: [String: Hold] = [:]
    private let policy: Policy
    private let pusher: [UInt8]?
    private let time: Int64
    private let reason: [UInt8]?

    enum Place {
      case placed(Placed)
      case refused(String)
    }

    init() {
      self.init([], under: .empty, of: nil, at: 0)
    }

    init(
      _ present: [Hold], under policy: Policy, of pusher: [UInt8]?, at time: Int64,
      _ reason: [UInt8]? = nil
    ) {
      self.reason = reason
      self.policy = policy
      self.pusher = pusher
      self.time = time
      for hold in present { known[hold.id] = hold }
      expired = Array(present.lazy.filter { $0.expires <= time }.prefix(mostExpired))
    }

    mutating func add(_ judgement: Judgement, _ pending: PendingHold) -> Place {
      guard let id = Holds.id(for: judgement.update, among: known) else {
        return .refused("its id is taken by other pushes")
      }
      let hold = hold(judgement, pending, as: id)
      let same = known[id]
      let isKept = same.map { $0.expires > time } ?? false
      if isKept, let same, same.codes == hold.codes, same.digest == hold.digest {
        return .placed(Placed(hold: same, replaced: nil, superseded: [], again: true))
      }
      let live = known.values.filter { $0.expires > time }
      let superseded =
        live.filter { other in
          pusher != nil && other.pusher == pusher && other.ref == hold.ref
            && other.commit != hold.commit
            && pending.brings.contains(other.commit)
        }.sorted { $0.id < $1.id }
      if !isKept {
        let own = live.filter { holder($0.pusher) == holder(pusher) }.count - superseded.count
        guard own < policy.limits.holds else {
          return .refused("\(own) of this pusher's wait already; one must land, end or be rejected")
        }
        guard live.count - superseded.count < Holds.most else {
          return .refused("\(live.count) pushes wait already; one must land, end or be rejected")
        }
      }
      let own = Placed(hold: hold, replaced: same, superseded: superseded, again: false)
      for old in superseded { known[old.id] = nil }
      known[id] = hold
      expired.removeAll { $0.id == id }
      placed.append(own)
      return .placed(own)
    }

    /// Whose limit counts for an account. All that the policy does not know share one: anybody may have
    /// many of those.
    private func holder(_ account: [UInt8]?) -> String? {
      account.flatMap { policy.principal(account: $0) }?.name
    }

    private func hold(_ judgement: Judgement, _ pending: PendingHold, as id: String) -> Hold {
      let update = judgement.update
      let end = time + pending.lifetime
      let same = known[id].flatMap { $0.expires > time ? $0 : nil }
      return Hold(
        id: id, ref: update.name, old: update.old, new: update.new, commit: pending.new,
        base: pending.base, digest: pending.change?.digest ?? Hold.noRelease,
        pusher: same?.pusher ?? pusher, reason: reason ?? same?.reason,
        codes: Finding.codes(judgement.standing), unreviewed: pending.unreviewed,
        time: same?.time ?? time, expires: max(same?.expires ?? end, end))
    }
  }

  /// Writes the holds, and takes away those that they replace or whose time is over.
  func keep(_ plan: Plan) throws {
    guard !plan.placed.isEmpty || !plan.expired.isEmpty else { return }
    let holds = try holds()
    let open = try session.open()
    NewAnswers.begin(try open.references.resolve(.ledger), session)
    for own in plan.placed {
      // The new one first: a process that ends between the two has lost nothing.
      if let replaced = own.replaced, try holds.replace(replaced, with: own.hold) {
        // It stands under the same name.
      } else {
        try holds.keep(own.hold)
      }
      for old in own.superseded { try holds.remove(old) }
    }
    for hold in plan.expired { try holds.remove(hold) }
  }

  // MARK: Answers

  /// Lands what the ledger's new statements have set free, and takes away what a push has landed by
  /// another way.
  ///
  /// The references have moved, so nothing here refuses them: what cannot be done is said. Up to where the
  /// ledger has been gone through is kept, so that a run that was killed is made up for by the next.
  func answer(after updates: [RefUpdate]) throws {
    guard !session.areFree(updates) else { return }
    do {
      let open = try session.open()
      let objects = try open.objects()
      let tip = try open.references.resolve(.ledger)
      let answers = try tip.map { try NewAnswers(upTo: $0, after: updates, session, objects) }
      let hasMoved = updates.contains { $0.name != .ledger }
      if hasMoved || answers?.isEmpty == false { try go(through: answers, updates) }
      if let tip { NewAnswers.finish(tip, session) }
    } catch let error where !(error is Refusal || error is GitError) {
      throw Refusal.unreadable("the holds")
    }
  }

  private func go(through answers: NewAnswers?, _ updates: [RefUpdate]) throws {
    let holds = try holds()
    var session = session
    var left = Self.mostExpired
    let moved = updates.filter { !$0.isDeletion && $0.name != .ledger }
    for hold in try holds.all() {
      let lines: [String]
      if hold.expires <= session.time {
        guard left > 0 else { continue }
        left -= 1
        try holds.remove(hold)
        lines = answers?.concern(hold) == true ? ["note: \(hold.id) has expired"] : []
      } else if try hasLanded(hold, by: moved, session) {
        try holds.remove(hold)
        lines = []
      } else if answers?.concern(hold) == true {
        let (words, hasLanded) = try answer(hold, in: holds, session)
        lines = words
        // What has landed may be the very policy that the next is judged by.
        if hasLanded { session = session.reopened() }
      } else {
        continue
      }
      if !lines.isEmpty { Console.say(lines) }
    }
  }

  /// Whether a move of this push has brought what is held, as its tip or on the way to it.
  private func hasLanded(
    _ hold: Hold, by moved: [RefUpdate], _ session: Session
  ) throws(any Error) -> Bool {
    guard let move = moved.first(where: { $0.name == hold.ref }) else { return false }
    if move.new == hold.new { return true }
    guard !hold.ref.isTag, !move.old.isZero else { return false }
    let objects = try session.open().objects()
    let limit = try session.bench()?.policy.policy.limits.commits ?? Limits().commits
    // The walk is the same for every hold of the reference, and made once.
    return try objects.commits(reachableFrom: [move.new], hiding: [move.old], limit: limit)
      .contains { $0.id == hold.commit }
  }

  /// - Returns: what the person who wrote to the ledger is told.
  private func answer(
    _ hold: Hold, in holds: Holds, _ session: Session
  ) throws -> (lines: [String], hasLanded: Bool) {
    guard let bench = try session.bench() else { return ([], false) }
    let pusher = session.acting(as: Pusher(account: hold.pusher))
    let references = bench.surroundings.references
    let present = try references.resolve(hold.ref) ?? .zero
    if present == hold.new {
      // It has landed; whoever landed it may have been killed before that was on record.
      _ = Landing.afterwards(pusher, [hold.update])
      try holds.remove(hold)
      return ([], false)
    }
    let ledger = try Ledger(
      at: references.resolve(.ledger), objects: bench.surroundings.objects)
    let answers = try HoldAnswers(
      to: hold, Signatories(under: bench.policy.policy, in: ledger, at: session.time))
    if let person = answers.rejectedBy {
      try holds.remove(hold)
      return (["note: \(hold.id) is rejected by \(person), and no longer kept"], false)
    }
    var hold = hold
    var lines: [String] = []
    if let until = answers.extendedUntil, until > hold.expires {
      let extended = hold.extended(until: until)
      try holds.replace(hold, with: extended)
      hold = extended
      lines.append("note: \(hold.id) is kept until \(RFC3339.date(until))")
    }
    let decision = judge(
      Push(updates: [hold.update], pusher: pusher.pusher, time: session.time, heldAs: hold.id),
      under: bench.policy, in: bench.surroundings)
    guard decision.verdict == .allow else {
      let judgement = decision.judgements[0]
      let codes = Finding.codes(judgement.standing)
      if codes != hold.codes { try holds.replace(hold, with: hold.waiting(for: codes)) }
      if lines.isEmpty {
        let reason = String(decoding: RefusalText.reason(for: judgement), as: UTF8.self)
        lines.append("note: \(hold.id) still waits: \(reason)")
      }
      return (lines, false)
    }
    guard present == hold.old else { return (hold.wordsAboutMove, false) }
    try pusher.record(decision, decision.judgements)
    let repository = try Repository(gitDirectory: session.server.gitDirectory, scratch: false)
    let old = hold.old.isZero ? nil : hold.old
    let gitDirectory = session.server.gitDirectory
    // What people have said meanwhile, and a policy that has come into force, is asked about first.
    let now = session.reopened()
    var isOvertaken = false
    let isMoved = try OwnMoves.move(hold.ref, in: gitDirectory) { () throws(GitError) in
      isOvertaken = try !now.restsOnPresent(decision)
      guard !isOvertaken else { return false }
      return try repository.move(
        hold.ref, from: old, to: hold.new, because: "hookkit: \(hold.id) answered")
    }
    guard isMoved else {
      DecisionCache(session.server.state).forget(hold.update)
      if isOvertaken { return try answer(hold, in: holds, now) }
      // Somebody else may have answered it in the same moment.
      guard try references.resolve(hold.ref) != hold.new else { return ([], false) }
      return (hold.wordsAboutMove, false)
    }
    try session.keepArrivals(landed: hold.new)
    _ = Landing.afterwards(pusher, [hold.update])
    try holds.remove(hold)
    return (["note: \(hold.id) has landed: \(hold.ref) is \(hold.new.short)"], true)
  }
}

extension Hold {
  /// What is said of a hold that has all that it needs, and whose reference is elsewhere by now.
  fileprivate var wordsAboutMove: [String] {
    let hint =
      ref.isTag
      ? "hint: its pusher pushes it again"
      : "hint: merge that branch and push the result   git pull --no-rebase origin \(name)"
    return ["warning: \(id) has every answer that it needs, but \(ref) has moved since", hint]
  }
}

/// What people have said in the ledger since the holds were last gone through.
private struct NewAnswers {
  private struct Subject: Hashable {
    let commit: ObjectID
    let ref: RefName
  }

  private var subjects: Set<Subject> = []

  /// Most commits of the ledger that are looked back.
  private static let most = 100_000

  var isEmpty: Bool { subjects.isEmpty }

  init(
    upTo tip: ObjectID, after updates: [RefUpdate], _ session: Session, _ objects: ObjectStore
  ) throws {
    guard let start = try Self.start(tip, updates, session, objects), start != tip else { return }
    let old = start.isZero ? nil : try objects.tree(ofCommit: start)
    for change in try objects.changes(from: old, to: objects.tree(ofCommit: tip))
    where change.newMode == .file {
      let bytes = try objects.bytes(of: change.newID, .blob, limit: Envelope.limit)
      // The gate has let in nothing that cannot be read.
      switch try? LedgerEntry(reading: bytes) {
      case .review(let statement, _):
        subjects.insert(Subject(commit: statement.head, ref: statement.ref))
      case .release(let statement, _):
        subjects.insert(Subject(commit: statement.new, ref: statement.ref))
      case .withdrawal, nil: break
      }
    }
  }

  /// Where the last run ended, or else where this push began; `nil` where there is nothing to do.
  private static func start(
    _ tip: ObjectID, _ updates: [RefUpdate], _ session: Session, _ objects: ObjectStore
  ) throws -> ObjectID? {
    let kept = try? FileBytes.readIfPresent(session.server.state.answeredPath, limit: 200)
    if let kept, let last = ObjectID(hex: Array(kept.prefix { $0 != 0x0a })) {
      if last == tip { return nil }
      if last.isZero { return last }
      if (try? objects.isAncestor(last, of: tip, limit: most)) == true { return last }
    }
    return updates.first { $0.name == .ledger && !$0.isDeletion }?.old
  }

  /// Whether an answer is about what is held.
  func concern(_ hold: Hold) -> Bool {
    subjects.contains(Subject(commit: hold.commit, ref: hold.ref))
      || hold.unreviewed.contains { subjects.contains(Subject(commit: $0, ref: hold.ref)) }
  }

  /// Keeps that what the ledger says by now was said before the first hold.
  static func begin(_ tip: ObjectID?, _ session: Session) {
    guard FileBytes.kind(session.server.state.answeredPath) == .missing else { return }
    finish(tip ?? .zero, session)
  }

  /// Keeps that the holds have been gone through. Where that cannot be kept, it is done once more.
  static func finish(_ tip: ObjectID, _ session: Session) {
    let path = session.server.state.answeredPath
    let line = Array("\(tip.hex)\n".utf8)
    guard (try? FileBytes.readIfPresent(path, limit: 200)) != line else { return }
    try? FileBytes.replace(path, with: line, mode: 0o600, durable: false)
  }
}
