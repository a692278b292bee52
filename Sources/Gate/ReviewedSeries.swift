internal import Git
internal import Ledger
internal import Primitives

/// The commits that a review covers, from its head down to where they leave its base: what a rebase or
/// a squash must bring again, byte for byte, to be covered by the same review.
struct ReviewedSeries {
  /// Each before its parents; the first is the head.
  private let commits: [WalkedCommit]
  private let base: ObjectID

  init(_ commits: [WalkedCommit], base: ObjectID) {
    self.commits = commits
    self.base = base
  }

  /// The changes among those brought that are this series again.
  func changes(
    in objects: ObjectStore, brought: Set<ChangeDigest>
  ) throws(GitError) -> Set<ChangeDigest> {
    var found: Set<ChangeDigest> = []
    if let squashed = try squashed(in: objects), brought.contains(squashed) {
      found.insert(squashed)
    }
    // A part of the series is not what was reviewed, and what a merge decided is in no other commit.
    guard commits.allSatisfy({ $0.parents.count == 1 }) else { return found }
    var own: Set<ChangeDigest> = []
    for commit in commits {
      let changes = try objects.changes(
        from: objects.tree(ofCommit: commit.parents[0]), to: commit.tree)
      let digest = ChangeDigest(changes)
      // A rebase leaves out what changes nothing.
      guard changes.isEmpty || brought.contains(digest) else { return found }
      own.insert(digest)
    }
    return found.union(own)
  }

  /// The whole series as one change; `nil` when it left its base at more than one place.
  ///
  /// It is taken from where the series begins. Taken from a base that has moved on, it would undo what
  /// the base has and the head has not.
  private func squashed(in objects: ObjectStore) throws(GitError) -> ChangeDigest? {
    let own = Set(commits.map(\.id))
    let below = Set(commits.flatMap(\.parents)).subtracting(own)
    guard let head = commits.first,
      let start = below.contains(base) ? base : below.count == 1 ? below.first : nil,
      commits.allSatisfy({ !$0.parents.isEmpty })
    else { return nil }
    return ChangeDigest(try objects.changes(from: objects.tree(ofCommit: start), to: head.tree))
  }
}
