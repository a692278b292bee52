package import Git
package import Ledger
package import Primitives

/// The commits of a history, each before its parents, with what counting them needs.
package struct SurveyedHistory: Sendable {
  package let commits: [WalkedCommit]
  private let index: [ObjectID: Int]

  /// - Parameters:
  ///   - update: what is not counted is its old value, with all that it reaches.
  ///   - limit: most commits; one more is an error.
  package init(
    of update: RefUpdate, in surroundings: Surroundings, limit: Int
  ) throws(GitError) {
    let objects = surroundings.objects
    let hidden = update.old.isZero ? [] : [try objects.peel(update.old).id]
    let tip = try objects.peel(update.new)
    commits =
      tip.kind == .commit
      ? try objects.commits(reachableFrom: [tip.id], hiding: hidden, limit: limit) : []
    var index: [ObjectID: Int] = [:]
    index.reserveCapacity(commits.count)
    for (position, commit) in commits.enumerated() { index[commit.id] = position }
    self.index = index
  }

  fileprivate func tree(of commit: ObjectID, _ objects: ObjectStore) throws(GitError) -> ObjectID {
    if let known = index[commit] { return commits[known].tree }
    return try objects.tree(ofCommit: commit)
  }
}

/// Who made the commits of a history, counted by origin, and how many paths they change.
///
/// Counting is not judging: it reads every commit once, keeps nothing of it, and says what a push of
/// the whole history would bring.
package struct Survey: Sendable {
  package private(set) var commits = 0
  package private(set) var merges = 0
  package private(set) var origins: [Origin.Kind: Int] = [:]
  /// Paths that commits with at most one parent change, one for each commit and path, as
  /// `git log --raw --no-renames` lists them; what a merge brings is counted where it was made.
  package private(set) var changedPaths = 0

  package init() {}

  /// What is counted beside origins.
  package enum Depth: Sendable {
    case origins
    case changedPaths
  }

  /// Counts some commits of a history.
  ///
  /// - Parameters:
  ///   - now: how what is on nobody's record comes.
  ///   - reader: reads origins in the same repository, from the same thread.
  package mutating func add(
    _ part: Range<Int>, of history: SurveyedHistory, to depth: Depth, reader: OriginReader,
    memory: any PushMemory, now: Arrival, objects: ObjectStore
  ) throws(GitError) {
    for position in part {
      let commit = history.commits[position]
      commits += 1
      let arrival = try memory.arrival(of: commit.id) ?? now
      let origin = try reader.origin(of: objects.commit(commit.id), arrival: arrival)
      origins[origin.kind, default: 0] += 1
      guard commit.parents.count < 2 else {
        merges += 1
        continue
      }
      guard depth == .changedPaths else { continue }
      let parent = try commit.parents.first.map { (id) throws(GitError) in
        try history.tree(of: id, objects)
      }
      var count = 0
      try objects.compare(parent, commit.tree) { _ in count += 1 }
      changedPaths += count
    }
  }

  /// Adds what another thread has counted.
  package mutating func add(_ other: Survey) {
    commits += other.commits
    merges += other.merges
    changedPaths += other.changedPaths
    origins.merge(other.origins) { $0 + $1 }
  }
}
