internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// One update of a protected reference, judged by every rule that names it.
struct ProtectedUpdate: Judged {
  let bench: Bench
  let update: RefUpdate
  let rules: [Protection]

  private var objects: ObjectStore { bench.surroundings.objects }

  struct Answer {
    var findings: [Finding] = []
    var coverage: JSON = .object([])
    /// How the commits came, as the landing carries it.
    var arrivals: [UInt8] = []
    /// When the first of the reviews ends.
    var expires: Int64?
    /// The commits that lack a review, the newest first.
    var unreviewed: [ObjectID] = []
    /// Whether there are people who may give the reviews that are missing.
    var isReviewable = true
    /// What is kept where the rules say so: only reviews are missing.
    var hold: PendingHold?
  }

  func judge() throws(GitError) -> Answer {
    var answer = Answer()
    if update.isDeletion {
      answer.findings = try [Rule<ProtectedUpdate>].ofDeletions.findings(in: self)
      answer.coverage = .object(
        [JSON.Member(key: Array("deleted".utf8), value: true)] + certificateRecord)
      return answer
    }
    let peeled = try PeeledUpdate(update, on: bench, mayBeTag: update.name.isTag)
    answer.findings = try [Rule<PeeledUpdate>].ofTargets.findings(in: peeled)
    guard answer.findings.isEmpty else { return answer }
    let tip = peeled.target
    answer.findings = try [Rule<ProtectedUpdate>].ofMoves.findings(in: self)

    var change = try PolicyChange(bench: bench, update: update, tip: tip)
    // A branch made with another policy than the one in force brings it whole: what has landed under
    // other names was not reviewed as the law.
    var range = try bench.range(
      hiding: update.isCreation && change.isNet ? HiddenCommits([]) : shown(), to: tip,
      of: update)
    try change.look(at: range)
    let owners = try ownersBeforeAndAfter(tip)
    answer.findings += try [Rule<ProtectedRange>].ofRanges.findings(
      in: ProtectedRange(of: self, tip: tip, range: range, change: change, owners: owners))
    var covered = try coverageFindings(range, owners, isPolicyChange: change.exists)
    if !covered.findings.isEmpty, !update.isCreation, !change.exists {
      // What has landed elsewhere under rules that ask as much is not asked again: a release branch that
      // catches up with main. Only looked up where it matters.
      let rest = try bench.range(
        hiding: HiddenCommits(landed(), besides: shown().tips), to: tip, of: update)
      trace("\(rest.commits.count) of \(range.commits.count) commits have not landed elsewhere")
      if rest.commits.count < range.commits.count {
        range = rest
        covered = try coverageFindings(range, owners, isPolicyChange: false)
      }
    }
    answer.findings += covered.findings
    answer.coverage = change.record(in: covered.coverage)
    answer.arrivals = covered.arrivals
    answer.expires = covered.expires
    answer.unreviewed = covered.unreviewed.sorted().map { range.commits[$0].id }
    answer.isReviewable = covered.isReviewable
    if rules.contains(where: \.holds) {
      answer.findings += try [Rule<ReleaseReader>].ofAnswers.findings(
        in: ReleaseReader(bench: bench, range: range, update: update, new: tip))
    }
    if !covered.unreviewed.isEmpty, covered.holds {
      answer.hold = PendingHold(
        base: update.old, new: tip, lifetime: PendingHold.reviewLifetime, change: nil,
        unreviewed: answer.unreviewed, brings: Set(range.commits.map(\.id)),
        refArgument: ReviewSteps(bench, update).refArgument)
    }
    return answer
  }

  /// What is not new to the reference: its old tip, or for a new one what has landed.
  private func shown() throws(GitError) -> HiddenCommits {
    guard update.isCreation else { return HiddenCommits([try objects.peel(update.old).id]) }
    let landed = try landed()
    trace("new reference: \(landed.beginnings.count) beginnings below it have landed")
    return HiddenCommits(landed)
  }

  /// What has landed on references whose rules ask at least as much. A lax rule elsewhere must not be the
  /// way in.
  private func landed() throws(GitError) -> LandedCommits {
    try bench.landed { name in
      let others = bench.policy.protections(for: name)
      return !others.isEmpty
        && rules.allSatisfy { rule in others.contains { $0.asksAsMuch(as: rule) } }
    }
  }

  /// Who signed the push, where a rule asks for that: whoever judges it later has no certificate.
  private var certificateRecord: [JSON.Member] {
    guard rules.contains(where: \.requiresSignedPush) else { return [] }
    let signer: JSON =
      if case .valid(let signer) = bench.push.certificate { .text(signer) } else { .null }
    return [JSON.Member(key: Array("certificate".utf8), value: signer)]
  }

  // MARK: Coverage

  private struct Covered {
    var findings: [Finding] = []
    var coverage: JSON = .object([])
    var arrivals: [UInt8] = []
    var expires: Int64?
    /// Positions of commits that lack a review.
    var unreviewed: Set<Int> = []
    /// Whether every rule that lacks one holds.
    var holds = true
    /// Whether there are people who may give all of them.
    var isReviewable = true

    mutating func add(_ gaps: (findings: [Finding], isReviewable: Bool)) {
      findings += gaps.findings
      isReviewable = isReviewable && gaps.isReviewable
    }
  }

  private func coverageFindings(
    _ range: CommitRange, _ owners: OwnersBeforeAndAfter?, isPolicyChange: Bool
  ) throws(GitError) -> Covered {
    let signatories = try bench.signatories()
    var sound: [Int: [SoundReview]] = [:]
    var unsound: [String] = []
    if signatories.ledger.tip != nil {
      for (position, commit) in range.commits.enumerated() {
        let reviews = try signatories.reviews(of: commit, for: update.name)
        if !reviews.sound.isEmpty { sound[position] = reviews.sound }
        for review in reviews.sound {
          trace("\(commit.id.short): reviewed by \(review.person.name)")
        }
        for why in reviews.discounted { trace("\(commit.id.short): not counted: \(why)") }
        unsound += reviews.discounted
      }
    }
    var covered = Covered()
    var coverage: [JSON.Member] = []
    for (number, rule) in rules.enumerated() {
      let before = rule.review.owners ? owners?.before : nil
      let outcome = try Coverage(
        rule: rule, range: range, update: update, policy: bench.policy, reviews: sound,
        reviewedChanges: rule.binding == .patch ? try reviewedChanges(range, signatories) : [:],
        isPolicyChange: isPolicyChange, isOwnersUnknown: !(before?.flaws ?? []).isEmpty,
        time: bench.push.time
      ).outcome(owners: before?.owners ?? [])
      trace(
        "\(rule.location.placeInLayer): \(outcome.byOrigin) commits pass by origin, \(outcome.byReview) by "
          + "review, \(outcome.byMerge) as clean merges, \(outcome.gaps.count) by nothing")
      covered.add(try gapFindings(outcome, rule, range, unsound, isPolicyChange))
      covered.unreviewed.formUnion(outcome.gaps.map(\.position))
      covered.holds = covered.holds && (outcome.gaps.isEmpty || rule.holds)
      coverage.append(
        JSON.Member(key: Array("rule\(number)".utf8), value: outcome.record))
    }
    covered.arrivals = range.landedArrivals
    if !covered.arrivals.isEmpty {
      let digest = JSON.text(Hex.string(Digest.sha256(covered.arrivals)))
      coverage.append(JSON.Member(key: Array("arrivals".utf8), value: digest))
    }
    covered.expires = sound.values.joined().compactMap(\.statement.expires).min()
    covered.coverage = .object(coverage + certificateRecord)
    return covered
  }

  private func gapFindings(
    _ outcome: Coverage.Outcome, _ rule: Protection, _ range: CommitRange, _ unsound: [String],
    _ isPolicyChange: Bool
  ) throws(GitError) -> (findings: [Finding], isReviewable: Bool) {
    guard !outcome.gaps.isEmpty else { return ([], true) }
    let uncovered = Uncovered(
      bench: bench, update: update, rule: rule, range: range,
      // Newest first: what a reviewer approves is the newest commit, which covers those below it.
      gaps: outcome.gaps.sorted { $0.position < $1.position }, discounted: unsound,
      isPolicyChange: isPolicyChange)
    let findings = try [Rule<Uncovered>].ofGaps.findings(in: uncovered)
    return (findings, uncovered.able?.suffice ?? true)
  }

  /// The CODEOWNERS files at the old tip (of the branch that HEAD names, for a new reference) and at the
  /// new one; `nil` when no rule asks for owners.
  private func ownersBeforeAndAfter(_ tip: ObjectID) throws(GitError) -> OwnersBeforeAndAfter? {
    guard rules.contains(where: \.review.owners) else { return nil }
    var old: ObjectID? = update.isCreation ? nil : update.old
    if old == nil, let home = try bench.surroundings.references.head() {
      old = try bench.surroundings.references.resolve(home)
    }
    return OwnersBeforeAndAfter(
      before: try old.map { (old) throws(GitError) in
        try OwnersFiles(ofCommit: objects.peel(old).id, under: bench.policy, in: objects)
      } ?? OwnersFiles(),
      after: try OwnersFiles(ofCommit: tip, under: bench.policy, in: objects))
  }

  /// For binding `patch`: the changes of this range that a reviewed head brought too, by the commits of
  /// its line one for one, or all in one.
  private func reviewedChanges(
    _ range: CommitRange, _ signatories: Signatories
  ) throws(GitError) -> [ChangeDigest: [SoundReview]] {
    let heads = try signatories.ledger.reviewedHeads()
    guard !heads.isEmpty else { return [:] }
    var brought: Set<ChangeDigest> = []
    for position in range.commits.indices where range.commits[position].parents.count == 1 {
      brought.insert(try objects.changeDigest(of: range.object(position)))
    }
    var changes: [ChangeDigest: [SoundReview]] = [:]
    for head in heads {
      guard let commit = try? objects.commit(head) else { continue }
      for review in try signatories.reviews(of: WalkedCommit(commit), for: update.name).sound {
        guard !review.statement.base.isZero,
          let line = try? objects.commits(
            reachableFrom: [head], hiding: [review.statement.base],
            limit: bench.policy.limits.commits)
        else { continue }
        let series = ReviewedSeries(line, base: review.statement.base)
        let again = try series.changes(in: objects, brought: brought)
        // What has landed once does not come back on the same review: it was taken out meanwhile.
        guard !again.isEmpty, try !hasLanded(again, since: review.statement.base) else { continue }
        for digest in again { changes[digest, default: []].append(review) }
      }
    }
    return changes
  }

  /// Whether the reference has had one of the changes since a commit.
  private func hasLanded(
    _ changes: Set<ChangeDigest>, since base: ObjectID
  ) throws(GitError) -> Bool {
    guard !update.isCreation else { return false }
    let landed = try objects.commits(
      reachableFrom: [objects.peel(update.old).id], hiding: [base],
      limit: bench.policy.limits.commits)
    for commit in landed where commit.parents.count == 1 {
      if try changes.contains(objects.changeDigest(of: objects.commit(commit.id))) { return true }
    }
    return false
  }
}

/// The commits that an update of a protected reference brings.
struct ProtectedRange: Judged {
  let update: RefUpdate
  let rules: [Protection]
  let bench: Bench
  /// The commit that the reference would show.
  let tip: ObjectID
  let range: CommitRange
  let change: PolicyChange
  /// `nil` when no rule asks for owners.
  let owners: OwnersBeforeAndAfter?

  init(
    of update: ProtectedUpdate, tip: ObjectID, range: CommitRange, change: PolicyChange,
    owners: OwnersBeforeAndAfter?
  ) {
    self.update = update.update
    rules = update.rules
    bench = update.bench
    self.tip = tip
    self.range = range
    self.change = change
    self.owners = owners
  }

  /// An update is a fast-forward exactly when a commit of the range has the old tip as a parent.
  var isFastForward: Bool {
    update.old == update.new || range.commits.contains { $0.parents.contains(update.old) }
  }
}

/// Commits that nothing covers, for one of the rules that name the reference.
struct Uncovered: Judged {
  let bench: Bench
  let update: RefUpdate
  let rule: Protection
  let range: CommitRange
  /// The newest first; never empty.
  let gaps: [Coverage.Gap]
  /// Why reviews count for nothing, in words.
  let discounted: [String]
  let isPolicyChange: Bool
  /// Those that lack reviews, other than an owner's.
  let unreviewed: [Coverage.Gap]
  /// Who can review commits that are no merges; `nil` where there are none, or the policy changes.
  let able: AbleReviewers?
  let steps: ReviewSteps

  init(
    bench: Bench, update: RefUpdate, rule: Protection, range: CommitRange, gaps: [Coverage.Gap],
    discounted: [String], isPolicyChange: Bool
  ) {
    self.bench = bench
    self.update = update
    self.rule = rule
    self.range = range
    self.gaps = gaps
    self.discounted = discounted
    self.isPolicyChange = isPolicyChange
    unreviewed = gaps.filter(\.owners.isEmpty)
    steps = ReviewSteps(bench, update)
    let others = unreviewed.filter { !$0.isMerge }
    able =
      isPolicyChange || others.isEmpty
      ? nil : AbleReviewers(of: others, rule, range, bench.policy, at: bench.push.time)
  }
}

extension Coverage.Outcome {
  /// What a landing says of it.
  fileprivate var record: JSON {
    [
      "origin": .integer(Int64(byOrigin)), "review": .integer(Int64(byReview)),
      "merge": .integer(Int64(byMerge)),
      "reviewers": .array(reviewers.sorted().map { .text($0) }),
    ]
  }
}
