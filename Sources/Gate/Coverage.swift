internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// Decides, for one rule, which commits of a range are covered (Documentation/Design/Model.md, "Coverage").
struct Coverage {
  let rule: Protection
  let range: CommitRange
  let update: RefUpdate
  let policy: Policy
  /// Sound reviews by the position of the commit that they name.
  let reviews: [Int: [SoundReview]]
  /// Changes that a sound review covers under binding `patch`.
  let reviewedChanges: [ChangeDigest: [SoundReview]]
  /// A change of the policy asks for these instead of the rule's own role, count and vouching.
  let isPolicyChange: Bool
  /// A CODEOWNERS file at the old tip cannot be read: its mend is reviewed, whoever wrote it.
  let isOwnersUnknown: Bool
  /// The server's clock, seconds since 1970.
  let time: Int64

  /// One commit that nothing covers.
  struct Gap {
    let position: Int
    let origin: Origin
    /// The people whose reviews count for it so far.
    let approvals: Set<String>
    /// Why others do not, in words.
    let discounted: [String]
    /// A merge all of whose parents are covered, but not what merging them gives.
    let isMerge: Bool
    /// Demands of CODEOWNERS that are not met, as owner lists.
    let owners: [String]
  }

  struct Outcome {
    var gaps: [Gap] = []
    /// How many commits each way covers.
    var byOrigin = 0
    var byReview = 0
    var byMerge = 0
    var reviewers: Set<String> = []
  }

  var role: Role { isPolicyChange ? .maintainer : rule.review.role }
  var approvalsNeeded: Int {
    isPolicyChange || isOwnersUnknown ? max(1, rule.review.approvals) : rule.review.approvals
  }
  var vouches: [String] { isPolicyChange ? ["policy"] : rule.review.vouches }

  /// Goes through the range and finds what is not covered.
  ///
  /// - Parameter owners: the CODEOWNERS files at the old tip, when the rule asks for owners.
  func outcome(owners: [CodeOwners]) throws(GitError) -> Outcome {
    let above = try reviewsAbove()
    // Parents first, so that a merge knows whether it brings work that had to be reviewed.
    var asksBelow = [Bool](repeating: false, count: range.commits.count)
    var outcome = Outcome()
    for position in range.commits.indices.reversed() {
      let origin = try range.origin(position)
      let brings = range.parents(position).contains { asksBelow[$0] }
      let isMerge = range.commits[position].parents.count > 1
      let asks = needsReview(origin, position)
      asksBelow[position] = asks || brings
      if !asks, !(isMerge && brings) {
        outcome.byOrigin += 1
        continue
      }
      let answer = try approvals(position, origin, above[position])
      let missing = try unmetOwners(position, owners, answer.people)
      if answer.people.count >= approvalsNeeded, missing.isEmpty {
        outcome.byReview += 1
        outcome.reviewers.formUnion(answer.people)
        continue
      }
      if try isCleanMerge(position) {
        outcome.byMerge += 1
        continue
      }
      outcome.gaps.append(
        Gap(
          position: position, origin: origin, approvals: answer.people,
          discounted: answer.discounted, isMerge: isMerge, owners: missing))
    }
    return outcome
  }

  /// For each commit the reviews that cover it: of itself or of what is above it in the range, as far
  /// down as the base that the reviewer signed. Nobody has been shown what is below that.
  private func reviewsAbove() throws(GitError) -> [[SoundReview]] {
    var above = [[SoundReview]](repeating: [], count: range.commits.count)
    guard !reviews.isEmpty else { return above }
    var held = [Set<Int>](repeating: [], count: range.commits.count)
    let all = reviews.sorted { $0.key < $1.key }.flatMap { entry in
      entry.value.map { (position: entry.key, review: $0) }
    }
    var below: [ObjectID: Set<Int>] = [:]
    for (number, entry) in all.enumerated() {
      let base = entry.review.statement.base
      var shown = below[base]
      if shown == nil { shown = try positions(below: base) }
      // A base that is not here leaves open what was shown, so nothing is covered.
      guard let shown else { continue }
      below[base] = shown
      if !shown.contains(entry.position) { held[entry.position].insert(number) }
    }
    for position in range.commits.indices where !held[position].isEmpty {
      for parent in range.parents(position) {
        held[parent].formUnion(
          held[position].filter { number in
            below[all[number].review.statement.base].map { !$0.contains(parent) } ?? false
          })
      }
      above[position] = held[position].sorted().map { all[$0].review }
    }
    return above
  }

  /// The positions of a review's base and of what it continues; `nil` for a base that is not here.
  private func positions(below base: ObjectID) throws(GitError) -> Set<Int>? {
    guard !base.isZero else { return [] }
    let objects = range.surroundings.objects
    guard let header = try? objects.header(base), header.kind == .commit else { return nil }
    let commits = try objects.commits(
      reachableFrom: [base], hiding: range.hidden.tips, endingAt: range.hidden.ends,
      limit: policy.limits.commits)
    return Set(commits.compactMap { range.position(of: $0.id) })
  }

  // MARK: One commit

  private func needsReview(_ origin: Origin, _ position: Int) -> Bool {
    if isPolicyChange || isOwnersUnknown || rule.review.of == .anyone { return true }
    return rule.asksAbout(
      origin, broughtBy: range.arrivals[position].account, under: policy, at: time)
  }

  private func approvals(
    _ position: Int, _ origin: Origin, _ above: [SoundReview]
  ) throws(GitError) -> (people: Set<String>, discounted: [String]) {
    var candidates = above
    if rule.binding == .patch, range.commits[position].parents.count == 1,
      !reviewedChanges.isEmpty
    {
      let change = try range.surroundings.objects.changeDigest(of: range.object(position))
      candidates += reviewedChanges[change] ?? []
    }
    guard !candidates.isEmpty else { return ([], []) }
    let commit = try range.object(position)
    let independence = Independence(policy: policy)
    var people: Set<String> = []
    var discounted: [String] = []
    for review in candidates {
      let name = review.person.name
      if let why = unfit(review) {
        discounted.append("\(name)'s review: \(why)")
      } else if let tie = independence.tie(
        of: review.person, to: commit, origin: origin,
        account: range.arrivals[position].account),
        !independence.mayReviewAsSponsor(
          rule.review, origin: origin, presence: review.signatory.presence)
      {
        discounted.append("\(name)'s review: \(tie.words(of: name))")
      } else {
        people.insert(name)
      }
    }
    return (people, discounted)
  }

  /// Why a sound review does not satisfy this rule, whoever made the commit.
  private func unfit(_ review: SoundReview) -> String? {
    if let why = review.signatory.unfit(role: role, presence: rule.review.presence) { return why }
    let vouched = Set(review.statement.vouches.map(\.rawValue))
    if !vouched.isSuperset(of: vouches) {
      return "does not vouch for \(vouches.joined(separator: ", "))"
    }
    if rule.binding == .exact, !isExact(review.statement) {
      return "is of another base or head, and the rule binds exactly"
    }
    return nil
  }

  /// Whether a review is of this very update. A new reference has no tip to be the base: it is then
  /// whatever the reviewer was shown the range from, which is all that is judged.
  private func isExact(_ statement: ReviewStatement) -> Bool {
    guard statement.head == update.new else { return false }
    return update.isCreation
      ? range.position(of: statement.base) == nil : statement.base == update.old
  }

  private func isCleanMerge(_ position: Int) throws(GitError) -> Bool {
    let commit = range.commits[position]
    guard commit.parents.count == 2 else { return false }
    let isClean = try range.surroundings.merges.isCleanMerge(
      of: commit.parents[0], and: commit.parents[1], giving: commit.tree)
    range.surroundings.trace(
      "\(commit.id.short): \(isClean ? "a clean merge" : "merging its parents gives another tree")")
    return isClean
  }

  private func unmetOwners(
    _ position: Int, _ owners: [CodeOwners], _ people: Set<String>
  ) throws(GitError) -> [String] {
    guard !owners.isEmpty, people.count >= approvalsNeeded else { return [] }
    var unmet: [String] = []
    for change in try range.changes(position) {
      for file in owners {
        var demands = file.demands(for: change.path)
        // A new name that differs from an owned one by case alone takes its place in some checkouts.
        if change.oldMode == .absent {
          demands += file.demands(for: change.path, ignoringCase: true)
        }
        for demand in demands {
          let approving = Set(
            demand.owners.flatMap { policy.people(ownedAs: $0) }.map(\.name)
          ).intersection(people)
          guard approving.count < demand.approvals else { continue }
          let names = demand.owners.map { Escaped.text($0, limit: 64) }.joined(separator: " ")
          let line = "\(Escaped.text(change.path, limit: 120)): \(names)"
          if !unmet.contains(line) { unmet.append(line) }
        }
      }
      if unmet.count >= 64 { break }
    }
    return unmet
  }
}

extension Protection {
  /// Whether work of this origin asks for a person, where it is not everybody's work that does.
  ///
  /// - Parameter account: of whoever brought it first.
  func asksAbout(
    _ origin: Origin, broughtBy account: [UInt8]?, under policy: Policy, at time: Int64
  ) -> Bool {
    switch origin.kind {
    case .person: return false
    // Nobody vouches for what a service made, so the promise asks for a person here too.
    case .service: return true
    case .agent(.attested): return true
    case .agent:
      // An assisted commit is that of the person who signed it, when the rule says so.
      return assisted == .review || !origin.vouches
    case .unverified:
      // Only of a person who counts now: an account often outlives its holder's enrolment.
      return unverified == .agent || !origin.isBringersOwn || !policy.isPersons(account, at: time)
    }
  }
}
