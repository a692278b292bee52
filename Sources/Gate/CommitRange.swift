internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// What an update need not be asked about: it has passed before.
struct HiddenCommits {
  /// These, and all that they continue.
  let tips: [ObjectID]
  /// These where the walk comes upon them, and all that they continue.
  let ends: (any CommitEnds)?

  init(_ tips: [ObjectID]) {
    self.tips = tips
    ends = nil
  }

  init(_ landed: LandedCommits, besides tips: [ObjectID] = []) {
    self.tips = tips + landed.beginnings
    ends = landed.tips
  }

  /// The same and one more tip.
  init(_ hidden: HiddenCommits, besides tip: ObjectID?) {
    tips = hidden.tips + (tip.map { [$0] } ?? [])
    ends = hidden.ends
  }

  /// The same and more places at which the walk ends.
  init(_ hidden: HiddenCommits, orAt more: Set<ObjectID>) {
    tips = hidden.tips
    ends = MoreEnds(hidden.ends, more)
  }

  private final class MoreEnds: CommitEnds {
    private let ends: (any CommitEnds)?
    private let more: Set<ObjectID>

    init(_ ends: (any CommitEnds)?, _ more: Set<ObjectID>) {
      self.ends = ends
      self.more = more
    }

    func contains(_ id: ObjectID) -> Bool { more.contains(id) || ends?.contains(id) ?? false }
  }
}

/// The commits that an update would bring to a reference, each before its parents, with what is known of
/// each: how it arrived, who made it.
final class CommitRange {
  let commits: [WalkedCommit]
  let hidden: HiddenCommits
  let surroundings: Surroundings
  private let index: [ObjectID: Int]
  private let classifier: Classifier
  /// How each commit came here first. What was here before hookkit comes with whoever pushes it now, who
  /// answers for it.
  let arrivals: [Arrival]
  /// How each came, as its landing says it.
  private let recorded: [Arrival]
  private let now: Arrival
  private let pusher: Principal?
  private var origins: [Origin?]
  private var objects: [CommitObject?]

  init(
    hiding hidden: HiddenCommits, to tip: ObjectID, update: RefUpdate, push: Push,
    classifier: Classifier
  ) throws(GitError) {
    surroundings = classifier.surroundings
    self.classifier = classifier
    self.hidden = hidden
    commits = try surroundings.objects.commits(
      reachableFrom: [tip], hiding: hidden.tips, endingAt: hidden.ends,
      limit: classifier.policy.limits.commits)
    var index: [ObjectID: Int] = [:]
    index.reserveCapacity(commits.count)
    let mostParents = classifier.policy.limits.parents
    for (position, commit) in commits.enumerated() {
      guard commit.parents.count <= mostParents else {
        throw .overLimit(
          "commit \(commit.id.hex) has \(commit.parents.count) parents, the limit is \(mostParents)"
        )
      }
      index[commit.id] = position
    }
    self.index = index
    // Kept for the few commits that are looked at again; a long range is read in one pass.
    objects = commits.count <= 1000 ? [CommitObject?](repeating: nil, count: commits.count) : []
    origins = [Origin?](repeating: nil, count: commits.count)

    now = Arrival(
      .pushed(by: push.pusher.account, to: update.name, at: push.time), number: .max)
    pusher = push.pusher.account.flatMap { classifier.policy.principal(account: $0) }
    var recorded: [Arrival] = []
    recorded.reserveCapacity(commits.count)
    for commit in commits {
      recorded.append(try surroundings.memory.arrival(of: commit.id) ?? now)
    }
    self.recorded = recorded
    let now = now
    arrivals = recorded.map { arrival in
      arrival.source == .baseline ? Arrival(now.source, number: 0) : arrival
    }
  }

  /// The arrivals that the decision rests on, for the landing.
  var landedArrivals: [UInt8] {
    LandedArrivals.bytes(
      of: zip(commits, recorded).lazy.map { ($0.id, $1) }, unlike: now.source)
  }

  func position(of id: ObjectID) -> Int? { index[id] }

  /// The positions of a commit's parents that are in the range.
  func parents(_ position: Int) -> [Int] {
    commits[position].parents.compactMap { index[$0] }
  }

  func object(_ position: Int) throws(GitError) -> CommitObject {
    if !objects.isEmpty, let known = objects[position] { return known }
    let object = try surroundings.objects.commit(commits[position].id)
    if !objects.isEmpty { objects[position] = object }
    return object
  }

  func origin(_ position: Int) throws(GitError) -> Origin {
    if let known = origins[position] { return known }
    let origin = try classifier.origin(
      of: object(position), by: Delivery(arrival: arrivals[position], pusher: pusher))
    origins[position] = origin
    tell(origin, position)
    return origin
  }

  private func tell(_ origin: Origin, _ position: Int) {
    surroundings.trace(
      "\(commits[position].id.short): \(origin.gradeWord.map { "\(origin.kindWord) (\($0))" } ?? origin.kindWord), \(origin.because)"
        + (origin.evidence.map { ", \($0)" } ?? "") + "; \(arrivals[position].words)")
  }

  /// The changes of one commit against each of its parents (against nothing for a root).
  func changes(_ position: Int) throws(GitError) -> [PathChange] {
    let commit = commits[position]
    let limits = classifier.policy.limits
    var comparison = ObjectStore.ComparisonLimits()
    comparison.changes = limits.paths
    guard !commit.parents.isEmpty else {
      return try surroundings.objects.changes(from: nil, to: commit.tree, limits: comparison)
    }
    var all: [PathChange] = []
    for parent in commit.parents {
      let tree = try surroundings.objects.tree(ofCommit: parent)
      all += try surroundings.objects.changes(from: tree, to: commit.tree, limits: comparison)
    }
    return all
  }
}

extension Arrival {
  /// How it came, for a trace.
  fileprivate var words: String {
    switch source {
    case .pushed(let account, let ref, _):
      "brought by \(account.map { Escaped.text($0, limit: 40) } ?? "nobody who is named") to \(ref)"
    case .nobody: "brought by nobody"
    case .baseline: "here before hookkit"
    }
  }
}
