internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// A landing with its place in the chain.
struct NumberedLanding {
  /// Counted from 1, the oldest first.
  let number: Int
  let landing: Landing

  var commit: ObjectID { landing.commit }
  var statement: LandingStatement { landing.statement }
  var envelope: Envelope { landing.envelope }

  /// `landing 3 (refs/heads/main 1a2b3c4..5d6e7f8)`
  var words: String {
    let move = "\(statement.old.short)..\(statement.new.short)"
    return "landing \(number) (\(statement.ref) \(move))"
  }

  func flaw(_ what: String, details: [String] = []) -> ReplayFlaw {
    ReplayFlaw(
      landing: number, commit: commit, ref: statement.ref, "\(words) does not hold: \(what)",
      details: details)
  }
}

/// The landings so far: where each reference stands by them, and whether the next one follows.
struct LandingHistory {
  /// The branch that the server's HEAD named at the landing that is looked at.
  var home: RefName?
  private(set) var tips: [RefName: ObjectID] = [:]
  /// Every reference that has an entry, present or deleted.
  private(set) var refs: Set<RefName> = []
  /// Where each reference stood before, with the number of the landing that brought it there.
  private var places: [RefName: [ObjectID: Int]] = [:]
  /// Each policy on the way, where it first appears, and whether more than beginnings came under it.
  private var policies: [(policy: PolicyInForce, number: Int, hasJudged: Bool)] = []
  /// The newest landing of each branch that HEAD named, for landings of the very same push.
  private var homeMoves: [RefName: LandingStatement] = [:]
  private var index = LandingIndex()
  private let landed = LandedPlaces(nil)

  init(home: RefName?) {
    self.home = home
  }

  /// What is wrong with a landing as the next of its line; `nil` when nothing is.
  func problem(
    with landing: NumberedLanding, under policy: PolicyInForce, objects: ObjectStore
  ) -> String? {
    let statement = landing.statement
    let name = statement.ref
    if refs.contains(name) {
      if statement.kind == .baseline { return "\(name) has a second beginning" }
      let tip = tips[name] ?? .zero
      if statement.old != tip {
        return "it starts from \(statement.old.short), but the landing before left "
          + (tip.isZero ? "nothing" : tip.short)
      }
    } else if statement.kind == .baseline || !statement.old.isZero {
      // What stood there before hookkit did is trusted; but where a policy has already been at work,
      // nothing that it protects can have come to stand there without a landing.
      let earlier = policies.first { entry in
        (entry.hasJudged || statement.kind == .landing) && entry.policy.policy.isProtected(name)
      }
      if let earlier {
        return "nothing records how \(name) came to stand there, "
          + "though it is protected since landing \(earlier.number)"
      }
    }
    return treeProblem(with: statement, under: policy, objects: objects)
  }

  /// Whether the tree's layer of the policy is the one that stood in the home branch at that time.
  private func treeProblem(
    with statement: LandingStatement, under policy: PolicyInForce, objects: ObjectStore
  ) -> String? {
    guard let home, let tip = tips[home] else { return nil }
    var tips = [tip]
    // References that one push moves together are judged by the policy before all of them.
    if let homeMove = homeMoves[home], homeMove.time == statement.time { tips.append(homeMove.old) }
    let recorded = policy.layers.first { $0.kind == .tree }?.bytes
    for tip in tips where !tip.isZero {
      // A tip that is not here any more is the replay's to meet.
      guard let layer = try? PolicyInForce.treeLayer(at: tip, objects: objects) else {
        if recorded == nil { return nil }
        continue
      }
      if layer.bytes == recorded { return nil }
    }
    // What was in force stays so where HEAD's branch has an older one, or none.
    if let recorded {
      let others = homeMoves.keys.compactMap { self.tips[$0] }
      if policies.contains(where: { $0.policy.tree?.bytes == recorded })
        || others.contains(where: {
          (try? PolicyInForce.treeLayer(at: $0, objects: objects))?.bytes == recorded
        })
      {
        return nil
      }
    }
    return "its policy is not the one that stood in \(home) at that time"
  }

  /// What has landed so far.
  func landings(in objects: ObjectStore) -> any LandingReading {
    ReplayLandings(index: index, places: landed, objects: objects)
  }

  mutating func add(
    _ landing: NumberedLanding, under policy: PolicyInForce, in objects: ObjectStore
  ) {
    let statement = landing.statement
    landed.add(index.add(landing.landing), in: objects)
    refs.insert(statement.ref)
    tips[statement.ref] = statement.new.isZero ? nil : statement.new
    places[statement.ref, default: [:]][statement.new] = landing.number
    if let home, statement.ref == home { homeMoves[home] = statement }
    let isJudged = statement.kind == .landing
    if let known = policies.firstIndex(where: {
      $0.policy.digest == policy.digest && $0.policy.head == policy.head
    }) {
      policies[known].hasJudged = policies[known].hasJudged || isJudged
    } else {
      policies.append((policy, landing.number, isJudged))
    }
  }

  /// Why a reference that stands elsewhere than its last landing says does not hold.
  func unrecordedMove(of name: RefName, to present: ObjectID?) -> ReplayFlaw {
    let landed = tips[name].map(\.short) ?? "nothing"
    guard let present else {
      return ReplayFlaw(
        ref: name, "\(name) is gone, and no landing took it away",
        details: ["its last landing left \(landed)"])
    }
    if let number = places[name]?[present] {
      return ReplayFlaw(
        ref: name, "\(name) stands at \(present.short), where landing \(number) had left it",
        details: [
          "its last landing left \(landed): it was moved back, or fetched before the landings"
        ])
    }
    return ReplayFlaw(
      ref: name, "\(name) was moved to \(present.short), and no landing brought it there",
      details: ["its last landing left \(landed)"])
  }
}
