import Primitives
import TestSupport

/// What the gate must answer, said as slowly and plainly as it can be: who brought a commit, what has
/// landed, whose signature counts, what a review covers. It knows no git, no cache and no store.
///
/// Everybody is enrolled as ``Roster`` has them. `main`, releases and tags `v*` are protected; the rest
/// is not.
struct NaiveModel {
  /// One commit, or a tag object, whose only parent is what it names.
  struct Commit {
    var parents: [ObjectID] = []
    var author: Actor?
    var committer: Actor?
    var signer: Actor?
    /// An agent's name stands in it.
    var isDeclared = false
    /// Whom authorship trailers name.
    var named: Set<Actor> = []
    /// A merge with the tree that merging gives.
    var isClean = false
  }

  enum Bringer {
    case account(Actor)
    /// It was in the store, and no push had brought it.
    case nobody
    /// It was there at install.
    case baseline
  }

  struct Rules {
    var ofAnyone = false
    var unverifiedIsPersons = true
    var assistedPasses = false
    var approvals = 1
    /// How many more a release asks for.
    var moreForReleases = 0
    var ciDelivers = false

    func approvals(for ref: String) -> Int {
      approvals + (ref.hasPrefix("refs/heads/release/") ? moreForReleases : 0)
    }
  }

  struct Review {
    let reviewer: Actor
    let ref: String
    /// `nil` for none: all of the head's history is signed.
    let base: ObjectID?
    let head: ObjectID
  }

  let rules: Rules
  private(set) var commits: [ObjectID: Commit] = [:]
  private(set) var bringers: [ObjectID: Bringer] = [:]
  private(set) var tips: [String: ObjectID] = [:]
  private var landings: [(ref: String, tip: ObjectID)] = []
  var reviews: [Review] = []

  init(_ rules: Rules) {
    self.rules = rules
  }

  static func isProtected(_ ref: String) -> Bool {
    ref == "refs/heads/main" || ref.hasPrefix("refs/heads/release/")
      || ref.hasPrefix("refs/tags/v")
  }

  func below(_ id: ObjectID) -> Set<ObjectID> {
    var seen: Set<ObjectID> = []
    var pending = [id]
    while let next = pending.popLast() {
      if seen.insert(next).inserted { pending += commits[next]?.parents ?? [] }
    }
    return seen
  }

  // MARK: What happens

  mutating func make(_ id: ObjectID, _ commit: Commit) { commits[id] = commit }

  /// A reference that stood there when the guard was set up.
  mutating func install(_ id: ObjectID, at ref: String) {
    for commit in below(id) { bringers[commit] = .baseline }
    tips[ref] = id
    if Self.isProtected(ref) { landings.append((ref, id)) }
  }

  /// A commit gets into the store without a push.
  mutating func appear(_ id: ObjectID) {
    for commit in below(id) where bringers[commit] == nil { bringers[commit] = .nobody }
  }

  /// One push of some references, each with what it shall get (`nil` deletes it).
  ///
  /// - Returns: which of them move.
  mutating func push(_ updates: [(ref: String, new: ObjectID?)], by pusher: Actor) -> [Bool] {
    for (_, new) in updates {
      guard let new else { continue }
      // Refused or not.
      for commit in below(new) where bringers[commit] == nil { bringers[commit] = .account(pusher) }
    }
    let answers = updates.map { allows($0.new, at: $0.ref, by: pusher) }
    for (update, isAllowed) in zip(updates, answers) where isAllowed {
      tips[update.ref] = update.new
      if let new = update.new, Self.isProtected(update.ref) {
        landings.append((update.ref, new))
      }
    }
    return answers
  }

  // MARK: What is allowed

  private func allows(_ new: ObjectID?, at ref: String, by pusher: Actor) -> Bool {
    guard Self.isProtected(ref) else { return true }
    guard let new else { return false }
    let old = tips[ref]
    if let old, ref.hasPrefix("refs/tags/") || !below(new).contains(old) { return false }
    let range = below(new).subtracting(hidden(new, ref, old))
    return range.allSatisfy { isCovered($0, range, ref, pusher) }
  }

  /// What lies at or below what the reference shows, or a landed ancestor whose rules ask as much. What
  /// was there at install has landed for a new reference; who brings it to another one answers for it.
  private func hidden(_ new: ObjectID, _ ref: String, _ old: ObjectID?) -> Set<ObjectID> {
    var hidden = old.map { below($0) } ?? below(new).filter { isBaseline($0) }
    for landing in landings
    where below(new).contains(landing.tip)
      && rules.approvals(for: landing.ref) >= rules.approvals(for: ref)
    {
      hidden.formUnion(below(landing.tip))
    }
    return hidden
  }

  private func isBaseline(_ id: ObjectID) -> Bool {
    if case .baseline? = bringers[id] { true } else { false }
  }

  private func isCovered(
    _ id: ObjectID, _ range: Set<ObjectID>, _ ref: String, _ pusher: Actor
  ) -> Bool {
    let parents = commits[id]?.parents ?? []
    let isMerge = parents.count > 1
    let brings = parents.contains { asksBelow($0, range, pusher) }
    if !asks(id, pusher), !(isMerge && brings) { return true }
    if approving(id, range, ref, pusher).count >= rules.approvals(for: ref) { return true }
    return isMerge && commits[id]?.isClean == true
  }

  private func asksBelow(_ id: ObjectID, _ range: Set<ObjectID>, _ pusher: Actor) -> Bool {
    below(id).intersection(range).contains { asks($0, pusher) }
  }

  /// Who brought a commit; of what was there at install, whoever brings it to the reference.
  private func bringer(_ id: ObjectID, _ pusher: Actor) -> Actor? {
    switch bringers[id] {
    case .account(let actor): actor
    case .baseline: pusher
    case .nobody, nil: nil
    }
  }

  private func isPerson(_ actor: Actor?) -> Bool {
    actor == .dana || actor == .erin || actor == .frank
  }

  /// Whether somebody has to review the commit.
  private func asks(_ id: ObjectID, _ pusher: Actor) -> Bool {
    guard let commit = commits[id] else { return true }
    let bringer = bringer(id, pusher)
    if rules.ofAnyone || commit.signer == .codex { return true }
    let isAgents = commit.isDeclared || commit.author == .codex
    if isPerson(commit.signer) {
      if isAgents, !rules.assistedPasses { return true }
      // A signature says who vouches; where to, says a person who brings it.
      let carriers = [bringer, pusher]
      return !carriers.contains { isPerson($0) || ($0 == .ci && rules.ciDelivers) }
    }
    if isAgents || commit.signer == .ci || !isPerson(bringer) { return true }
    // Nobody has signed it, and a person has brought it.
    return !rules.unverifiedIsPersons || isPerson(commit.committer) && commit.committer != bringer
  }

  /// Whose reviews count for the commit: of what is brought along with it. A part of what was reviewed is
  /// not what was reviewed.
  private func approving(
    _ id: ObjectID, _ range: Set<ObjectID>, _ ref: String, _ pusher: Actor
  ) -> Set<Actor> {
    let covering = reviews.filter { review in
      review.ref == ref && range.contains(review.head) && below(review.head).contains(id)
        && !(review.base.map { below($0) } ?? []).contains(id)
    }
    return Set(covering.map(\.reviewer)).subtracting(tied(id, pusher))
  }

  private func tied(_ id: ObjectID, _ pusher: Actor) -> Set<Actor> {
    guard let commit = commits[id] else { return [] }
    let bringer = bringer(id, pusher)
    var tied = Set([commit.author, commit.committer, commit.signer, bringer].compactMap { $0 })
    let isAgents =
      commit.isDeclared || commit.author == .codex || commit.signer == .codex
      || bringer == .codex && !isPerson(commit.signer)
    if isAgents { tied.formUnion(commit.named) }
    if tied.contains(.codex) { tied.insert(.erin) }
    return tied
  }
}
