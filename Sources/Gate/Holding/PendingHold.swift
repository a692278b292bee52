package import DependencyChecks
package import Ledger
package import Primitives

/// An update that waits for people and for nothing else.
package struct PendingHold: Sendable {
  /// What it is compared with: the old tip, or where a new branch leaves the others.
  package let base: ObjectID
  /// The commit that the reference would get.
  package let new: ObjectID
  /// Seconds for which it is held.
  package let lifetime: Int64
  /// The change of dependency files that waits for a release; `nil` where only reviews are missing.
  package let change: Change?
  /// The commits that lack a review, the newest first.
  package private(set) var unreviewed: [ObjectID]
  /// What the update brings: earlier holds of these are part of this one.
  package let brings: Set<ObjectID>
  /// `--ref NAME`, for commands about it; nothing where they mean that reference anyway.
  package let refArgument: [String]

  package struct Change: Sendable {
    package let digest: [UInt8]
    /// The change as people read it.
    package let diff: DependencyDiff
  }

  /// Seconds for which an update is held that waits for reviews alone: as long as `expires` of a
  /// quarantine rule that does not say it.
  static let reviewLifetime: Int64 = 14 * 86_400

  /// The same, waiting for reviews of these as well.
  func waiting(forReviewOf commits: [ObjectID]) -> PendingHold {
    var other = self
    other.unreviewed = commits
    return other
  }
}

/// What people have yet to answer before an update lands.
package struct Awaited: Hashable, Sendable {
  package let release: Bool
  package let review: Bool

  package init(_ codes: some Sequence<Code>) {
    release = codes.contains(DependencyHeld.code)
    review = codes.contains { CodeRegistry.endedByReview.contains($0) }
  }

  package init(_ hold: Hold) {
    self.init(hold.codes.compactMap { Code($0) })
  }

  /// `a release and a review`
  package var words: String {
    switch (release, review) {
    case (true, true): "a release and a review"
    case (true, false): "a release"
    case (false, _): "a review"
    }
  }
}

extension Decision {
  /// The same without the step that shows refused commits to a reviewer, where the server would hold them.
  package var withoutShowing: Decision {
    replacing(
      judgements.map { judgement in
        guard judgement.verdict == .hold else { return judgement }
        return judgement.replacing(
          judgement.findings.map { $0.replacing(ReviewSteps.withoutShowing($0.hints)) })
      })
  }
}

/// How an update that is held is told to whoever pushed it.
package struct HoldNotice: Sendable {
  private let id: String
  /// The day on which it ends.
  private let until: String
  /// Whether the same push was made before.
  private let again: Bool
  /// Earlier holds that this one replaces.
  private let superseded: [String]

  package init(id: String, until: String, again: Bool, superseded: [String]) {
    self.id = id
    self.until = until
    self.again = again
    self.superseded = superseded
  }

  /// The judgement with the name of its hold: the first finding tells it, and what all of them wait for.
  package func told(_ judgement: Judgement) -> Judgement {
    let standing = judgement.standing
    guard let first = standing.first else { return judgement }
    let awaited = Awaited(standing.map(\.code))
    let state = again ? "already held" : "held"
    var details = ["\(state) as   \(id)   (until \(until))"]
    if !superseded.isEmpty {
      details.append("it takes the place of \(superseded.joined(separator: ", "))")
    }
    // One command shows and signs all that is missing.
    let step = Hint("a reviewer runs", "hookkit", "approve", id)
    func kept(_ hints: [Hint]) -> [Hint] { hints.filter { !ReviewSteps.asksPeople($0) } }
    let lead = Finding(
      first.code, .hold, headline: headline(first.code, awaited),
      reason: "\(state) as \(id): needs \(awaited.words)", details: details + first.details,
      hints: [step] + kept(first.hints), commit: first.commit, endedBy: .reviewer,
      people: standing.first { !$0.people.isEmpty }?.people ?? [])
    let others = standing.dropFirst().map { finding in
      Finding(
        finding.code, .hold, headline: finding.headline, reason: finding.reason,
        details: finding.details, hints: kept(finding.hints),
        commit: finding.commit, endedBy: .reviewer, people: finding.people)
    }
    return judgement.replacing(
      [lead] + others + judgement.findings.filter { !$0.severity.standsAgainst })
  }

  private func headline(_ code: Code, _ awaited: Awaited) -> String {
    if again { return "already held: it still needs \(awaited.words)" }
    let why =
      switch code {
      case DependencyHeld.code: "dependency files changed"
      case MergeDiffers.code: "a merge needs a human review"
      case OwnerMissing.code: "needs an owner's review"
      case PolicyChangeUnreviewed.code: "needs a maintainer's review"
      default: "needs a human review"
      }
    return "\(why); the push is held, not lost"
  }
}
