internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// The commits that an update would bring to a protected reference, each before its parents, with what
/// is known of each: how it arrived, who made it, which reviews lie above it.
final class CommitRange {
  let commits: [WalkedCommit]
  let surroundings: Surroundings
  private let index: [ObjectID: Int]
  private let classifier: Classifier
  private(set) var arrivals: [Arrival]
  /// The receipts that were found, for the landing: a clone that verifies it has no others.
  let receipts: [Receipts.Receipt]
  private var origins: [Origin?]
  private var objects: [CommitObject?]

  init(
    from hidden: [ObjectID], to tip: ObjectID, update: RefUpdate, push: Push,
    classifier: Classifier
  ) throws(GitError) {
    surroundings = classifier.surroundings
    self.classifier = classifier
    commits = try surroundings.objects.commits(
      reachableFrom: [tip], hiding: hidden, limit: classifier.policy.limits.commits)
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

    let policy = classifier.policy
    let found = try Arrivals(
      of: commits, index: index, memory: surroundings.memory,
      now: Arrival(account: push.pusher.account, ref: update.name)
    ) { account in policy.principal(account: account)?.person != nil }
    arrivals = found.arrivals
    receipts = found.receipts
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
    let origin = try classifier.origin(of: object(position), arrival: arrivals[position])
    origins[position] = origin
    return origin
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
