internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// What a reviewer is asked to vouch for: one commit for one reference, and all that it brings there.
struct Proposal {
  let ref: RefName
  /// Where the reference stands; `nil` for one that is not there yet.
  let base: ObjectID?
  let head: CommitObject
  /// What the commit brings, each before its parents.
  let commits: [Commit]
  /// The tree that the diff starts from: of the merge base, `nil` for the empty one.
  let oldTree: ObjectID?
  let rules: [Protection]
  /// Whether only hookkit's own files change on HEAD's branch, which only maintainers may review.
  let isPolicyChange: Bool
  /// Reviews of this commit for this reference that are filed already.
  let filed: [FiledReview]

  struct Commit {
    let object: CommitObject
    let origin: Origin
  }

  /// - Throws: `CommandError`: there is nothing to review.
  init(_ head: ObjectID, for ref: RefName, in view: ServerView, at time: Int64) throws {
    let objects = view.objects
    let policy = view.policy.policy
    self.ref = ref
    self.head = try objects.commit(head)
    base = try view.base(of: ref)
    rules = policy.protections(for: ref)
    let hidden = base.map { [$0] } ?? []
    let walked = try objects.commits(
      reachableFrom: [head], hiding: hidden, limit: policy.limits.commits)
    guard !walked.isEmpty else {
      throw CommandError(
        .refused, "\(head.short) is on \(ref) already; there is nothing to review")
    }
    let reader = try view.originReader(at: time)
    commits = try walked.map { commit in
      let object = try objects.commit(commit.id)
      return Commit(object: object, origin: try reader.origin(of: object))
    }
    var oldTree: ObjectID?
    if let base {
      let shared = try view.repository.line("merge-base", base.hex, head.hex)
      oldTree = try shared.flatMap { ObjectID(hex: $0) }.map { try objects.tree(ofCommit: $0) }
    }
    self.oldTree = oldTree
    var changesPolicy = false
    var changesMore = false
    try objects.compare(oldTree, self.head.tree) { (change) throws(GitError) in
      if change.path.starts(with: ".hookkit/".utf8) {
        changesPolicy = true
      } else {
        changesMore = true
      }
    }
    // Elsewhere than on HEAD's branch nothing reads the policy, and the rules ask what they always do.
    isPolicyChange = changesPolicy && !changesMore && ref == view.references.head()
    filed = try view.ledger.filedReviews(
      of: head, under: policy, objects: objects, at: time
    ).filter { $0.statement.ref == ref }
  }

  /// What a review of it vouches for.
  var vouches: Set<ReviewStatement.Vouch> {
    if isPolicyChange { return [.policy] }
    let asked = rules.flatMap(\.review.vouches).compactMap(ReviewStatement.Vouch.init)
    return Set(asked).union([.code])
  }

  /// The roles that the rules ask of a reviewer.
  var roles: [Role] {
    isPolicyChange ? [.maintainer] : Array(Set(rules.map(\.review.role)))
  }

  /// The strongest presence that a rule asks for.
  var presence: ReviewRule.Presence { rules.map(\.review.presence).max() ?? .none }
}

extension ServerView {
  /// Tells origins as the server would, as far as a clone can: who pushed what is not known here.
  func originReader(at time: Int64) throws(GitError) -> OriginReader {
    let surroundings = Surroundings(
      objects: objects, references: references, upperLayers: [], memory: NoMemory(),
      landings: RecordedLandings(objects: objects, references: references), merges: NoMerges(),
      files: NoFiles())
    return try OriginReader(policy: policy.policy, surroundings: surroundings, time: time)
  }
}

/// Nobody asks a reader of origins about merges.
struct NoMerges: MergeOracle {
  func isCleanMerge(
    of ours: ObjectID, and theirs: ObjectID, giving tree: ObjectID
  ) -> Bool { false }
}
