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
  let tip: ObjectID?
  /// What it brings above the base that a review of it names: the reference's tip, or for a new one the
  /// newest landed commit below. Everything is shown that is covered, and nothing else is covered.
  let series: CommitSeries
  /// Who made each commit of the series.
  let origins: [Origin]
  let rules: [Protection]
  /// The roles that a reviewer must have.
  let roles: [Role]
  /// Whether only hookkit's own files change on HEAD's branch, which only maintainers may review.
  let isPolicyChange: Bool
  /// Reviews of this commit for this reference that are filed already.
  let filed: [FiledReview]
  /// The enrolled people, and whether their reviews count.
  let standings: [Standing]
  /// The server's hold of this very push, which says who pushed it.
  let hold: Hold?
  /// Branches of the server that stand at the commit.
  let branches: [RefName]

  var head: CommitObject { series.head }
  var base: ObjectID? { series.base }

  /// - Throws: `CommandError`: there is nothing to review.
  init(
    _ head: ObjectID, for ref: RefName, in view: ServerView, at time: Int64, on terminal: Terminal
  ) throws {
    let policy = view.policy.policy
    self.ref = ref
    tip = try view.base(of: ref)
    rules = policy.protections(for: ref)
    let base = try tip ?? view.landedBase(below: head, for: ref)
    let series = try CommitSeries(from: base, to: head, leavingOut: true, in: view)
    guard !series.commits.isEmpty else {
      throw CommandError(
        .refused, "\(head.short) is on \(ref) already; there is nothing to review")
    }
    let objects = try view.repository.objects()
    self.series = series
    let hold = try view.hold(of: RefUpdate(old: tip ?? .zero, new: head, name: ref))
    self.hold = hold
    branches = view.references.list(prefix: Array("refs/heads/".utf8))
      .filter { $0.id == head && $0.name != ref }.map(\.name)
    isPolicyChange =
      try ref == view.references.head() && Self.isPolicyChange(series, in: objects)

    let reader = try view.originReader(at: time)
    let roles = isPolicyChange ? [Role.maintainer] : Array(Set(rules.map(\.review.role)))
    self.roles = roles
    var standings = policy.people.filter { $0.isActive(at: time) }.map { person in
      Standing(person: person, lacks: person.lacks(roles))
    }
    let asksOfAll =
      isPolicyChange || policy.protections(for: ref).contains { $0.review.of == .anyone }
    origins = try series.commits.enumerated().map { number, commit in
      terminal.progress(at: number, of: series.commits.count, "commits")
      let object = try objects.commit(commit.id)
      // Of those below the head others may have been the first to push.
      let arrival = commit.id == head ? hold?.arrival : nil
      let origin = try reader.origin(of: object, arrival: arrival)
      if case .person = origin.kind, !asksOfAll { return origin }
      for index in standings.indices {
        guard
          let tie = reader.tie(
            of: standings[index].person, to: object, origin: origin, account: arrival?.account)
        else { continue }
        standings[index].ties[tie, default: 0] += 1
      }
      return origin
    }
    self.standings = standings
    filed = try view.ledger.filedReviews(
      of: head, under: policy, objects: objects, at: time
    ).filter { $0.statement.ref == ref }
  }

  private static func isPolicyChange(
    _ series: CommitSeries, in objects: ObjectStore
  ) throws(GitError) -> Bool {
    var changesPolicy = false
    var changesMore = false
    let old = try series.start.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
    var limits = ObjectStore.ComparisonLimits()
    limits.changes = .max
    try objects.compare(old, series.head.tree, limits: limits) { (change) throws(GitError) in
      if change.path.starts(with: ".hookkit/".utf8) {
        changesPolicy = true
      } else {
        changesMore = true
      }
    }
    return changesPolicy && !changesMore
  }

  /// What a review of it vouches for.
  var vouches: Set<ReviewStatement.Vouch> {
    if isPolicyChange { return [.policy] }
    let asked = rules.flatMap(\.review.vouches).compactMap(ReviewStatement.Vouch.init)
    return Set(asked).union([.code])
  }

  /// The strongest presence that a rule asks for.
  var presence: ReviewRule.Presence { rules.map(\.review.presence).max() ?? .none }

  /// What a reviewer must be, and sign with.
  var demand: Reviewer.Demand {
    .init(noun: "review", ref: ref, commit: head, roles: roles, presence: presence)
  }

  /// Why a review that is filed is not what the rules ask for; `nil` where it is.
  func unfit(_ review: FiledReview) -> String? {
    guard let signatory = review.signatory else { return nil }
    return roles.lazy.compactMap { signatory.unfit(role: $0, presence: presence) }.first
  }

  /// How many reviews are asked for.
  var approvals: Int {
    let most = rules.map(\.review.approvals).max() ?? 0
    return isPolicyChange ? max(1, most) : most
  }

  func standing(of person: Person) -> Standing? {
    standings.first { $0.person.name == person.name }
  }

  /// Whether a sponsor's, author's or pusher's touched key is enough by the rules.
  var sponsorMayReview: Bool { rules.allSatisfy(\.review.sponsorMayReview) }
}

/// Whether a person's review of a proposal counts.
struct Standing {
  let person: Person
  /// Roles that the rules ask and the person does not have.
  let lacks: [Role]
  /// What ties the person to commits that ask for a review, and to how many.
  var ties: [String: Int] = [:]

  /// `author of 2 commits, sponsor of the agent of 1 commit`; `nil` when nothing ties them.
  var tieWords: String? {
    guard !ties.isEmpty else { return nil }
    return ties.sorted { $0.key < $1.key }.map { "\($0.key) of \($0.value.counted("commit"))" }
      .joined(separator: ", ")
  }
}

extension ServerView {
  /// Tells origins as the server would, as far as a clone can: who pushed what is not known here.
  func originReader(at time: Int64) throws(GitError) -> OriginReader {
    try OriginReader(policy: policy.policy, surroundings: surroundings(objects), time: time)
  }

  /// What a clone knows of the server, for the gate's own questions.
  func surroundings(_ objects: ObjectStore) -> Surroundings {
    Surroundings(
      objects: objects, references: references, upperLayers: [], memory: NoMemory(),
      landings: RecordedLandings(objects: objects, references: references), merges: merges,
      files: NoFiles())
  }
}
