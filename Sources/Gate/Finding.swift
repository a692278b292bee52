package import Primitives

/// One thing that a rule saw: what it is, where, and what ends it.
package struct Finding: Hashable, Sendable {
  package let code: Code
  package let severity: Severity
  /// The sentence behind the code: `refs/heads/main needs a human review`. Safe for any terminal.
  package let headline: String
  /// The few words of git's status line: `needs a human review of 3f1c9e2`.
  package let reason: String
  /// Further lines, each safe for any terminal.
  package let details: [String]
  package let hints: [Hint]
  /// The commit it is about, if it is about one.
  package let commit: ObjectID?
  /// Who ends it, where that is another than the code's page says.
  private let endedOtherwiseBy: Ending?
  /// The people of the policy who can, where they are known by name.
  package let people: [String]

  package enum Severity: String, Hashable, Sendable {
    /// Said, and changes nothing.
    case note
    /// A rule that is only watched would have said it.
    case observed
    /// A person may release it.
    case hold
    case refusal
    /// Could not be decided: the gate stays shut.
    case doubt

    /// Whether nothing lands while it is there.
    package var standsAgainst: Bool { self != .note && self != .observed }
  }

  package init(
    _ code: Code, _ severity: Severity = .refusal, headline: String, reason: String? = nil,
    details: [String] = [], hints: [Hint] = [], commit: ObjectID? = nil, endedBy: Ending? = nil,
    people: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.headline = headline
    self.reason = reason ?? headline
    self.details = details
    self.hints = hints
    self.commit = commit
    endedOtherwiseBy = endedBy
    self.people = people
  }
}

/// What is answered to one reference update.
package enum Verdict: String, Hashable, Sendable {
  case allow
  /// Kept until a person releases it.
  case hold
  case refuse
  case undecided
}

extension Finding {
  /// The same of a rule that is only watched: it asks nobody for anything.
  var observed: Finding {
    Finding(code, .observed, headline: headline, reason: reason, details: details, commit: commit)
  }

  /// Who ends it.
  package var endedBy: Ending {
    endedOtherwiseBy ?? CodeRegistry.page(code)?.endedBy ?? .administrator
  }
}

/// The verdict on one reference update and all that it rests on.
package struct Judgement: Sendable {
  package let update: RefUpdate
  package let verdict: Verdict
  package let findings: [Finding]
  /// Whether any rule named the reference; an unguarded one is not journalled.
  package let isGuarded: Bool
  /// What covered the update, for its landing: an object.
  package let coverage: JSON
  /// How the commits came that it brings, as its landing carries it (``LandedArrivals``).
  package let arrivals: [UInt8]
  /// The second from which on something that it rests on counts no more; `nil` for never.
  package let expires: Int64?
  /// What waits for a person; only where the verdict is `hold` can it be kept.
  package let hold: PendingHold?

  package init(
    update: RefUpdate, findings: [Finding], isGuarded: Bool, coverage: JSON = .object([]),
    arrivals: [UInt8] = [], expires: Int64? = nil, hold: PendingHold? = nil,
    refused: PendingHold? = nil
  ) {
    self.update = update
    self.findings = findings
    self.isGuarded = isGuarded
    self.coverage = coverage
    self.arrivals = arrivals
    self.expires = expires
    self.hold = hold ?? refused
    verdict = Judgement.verdict(of: findings, isHeld: hold != nil)
  }

  /// A refusal that a person's review ends does not stand in the way of a hold: what is held lands once
  /// everything that people must sign is there.
  private static func verdict(of findings: [Finding], isHeld: Bool) -> Verdict {
    if findings.contains(where: { $0.severity == .doubt }) { return .undecided }
    let refusals = findings.filter { $0.severity == .refusal }
    if isHeld, refusals.allSatisfy({ CodeRegistry.endedByReview.contains($0.code) }) {
      return .hold
    }
    return refusals.isEmpty && !isHeld ? .allow : .refuse
  }

  /// The same with further findings.
  func adding(_ more: [Finding]) -> Judgement {
    Judgement(
      update: update, findings: findings + more, isGuarded: true, coverage: coverage,
      arrivals: arrivals, expires: expires, hold: verdict == .hold ? hold : nil,
      refused: verdict == .hold ? nil : hold)
  }

  /// The same judgement in other words.
  package func replacing(_ findings: [Finding]) -> Judgement {
    Judgement(
      update: update, findings: findings, isGuarded: isGuarded, coverage: coverage, hold: hold)
  }

  /// The same as a refusal, where nothing can be held.
  package func refusingHold(because why: String) -> Judgement {
    guard verdict == .hold, let hold else { return self }
    var isTold = false
    return Judgement(
      update: update,
      findings: findings.map { finding in
        guard finding.severity == .hold || finding.severity == .refusal, !isTold else {
          return finding
        }
        // Where a release is missing, its finding comes to be told of all that is.
        guard hold.change == nil || finding.code == DependencyHeld.code else { return finding }
        isTold = true
        return finding.code == DependencyHeld.code
          ? DependencyHeld.unheld(finding, hold, why: why) : finding.adding("not held: \(why)")
      }, isGuarded: isGuarded, coverage: coverage, refused: hold)
  }

  /// What stands against the update, in the order in which it is mended: what could not be decided, what
  /// no person's answer ends, then what waits for people. Beside one of the first two nobody is asked for
  /// an answer, which would come to nothing.
  package var standing: [Finding] { Finding.standing(findings) }
}

extension Finding {
  package static func standing(_ findings: [Finding]) -> [Finding] {
    let doubts = findings.filter { $0.severity == .doubt }
    let waiting = findings.filter { $0.isEndedByPeople }
    let final = findings.filter { $0.severity == .refusal && !$0.isEndedByPeople }
    let ordered =
      waiting.filter { $0.code == DependencyHeld.code }
      + waiting.filter { $0.code != DependencyHeld.code }
    guard !doubts.isEmpty || !final.isEmpty else { return merged(ordered) }
    return merged(
      doubts + final
        + ordered.map { $0.replacing($0.hints.filter { !ReviewSteps.asksPeople($0) }) })
  }

  /// Findings of several rules that say the same are told as one, with what each asks.
  private static func merged(_ findings: [Finding]) -> [Finding] {
    var merged: [Finding] = []
    for finding in findings {
      if let index = merged.firstIndex(where: { $0.saysTheSame(as: finding) }) {
        merged[index] = merged[index].joined(with: finding)
      } else {
        merged.append(finding)
      }
    }
    return merged
  }

  private func saysTheSame(as other: Finding) -> Bool {
    code == other.code && severity == other.severity && headline == other.headline
      && reason == other.reason && commit == other.commit
  }

  private func joined(with other: Finding) -> Finding {
    let both = people.filter(other.people.contains)
    return Finding(
      code, severity, headline: headline, reason: reason,
      details: details + other.details.filter { !details.contains($0) },
      hints: hints + other.hints.filter { !hints.contains($0) }, commit: commit,
      endedBy: endedBy == .reviewer ? other.endedBy : endedBy, people: both.isEmpty ? people : both)
  }

  /// The codes of findings, each once.
  package static func codes(_ findings: [Finding]) -> [String] {
    var codes: [Code] = []
    for finding in findings where !codes.contains(finding.code) { codes.append(finding.code) }
    return codes.sorted().map(\.description)
  }

  private var isEndedByPeople: Bool {
    severity == .hold || severity == .refusal && CodeRegistry.endedByPeople.contains(code)
  }

  /// The same without the step that pushes to another name.
  var withoutOtherName: Finding { replacing(hints.filter { $0.label != Hint.otherName }) }

  func replacing(_ hints: [Hint]) -> Finding {
    Finding(
      code, severity, headline: headline, reason: reason, details: details, hints: hints,
      commit: commit, endedBy: endedOtherwiseBy, people: people)
  }

  fileprivate func adding(_ detail: String) -> Finding {
    Finding(
      code, severity, headline: headline, reason: reason, details: details + [detail], hints: hints,
      commit: commit, endedBy: endedOtherwiseBy, people: people)
  }
}

/// The answer to a whole push.
package struct Decision: Sendable {
  package let judgements: [Judgement]
  package let pusher: Pusher
  /// The name of the pusher's principal, when the policy knows one.
  package let principal: String?
  /// SHA-256 over the layers in force; `nil` when there was no policy to judge by.
  package let policyDigest: [UInt8]?
  package let ledger: ObjectID?
  package let time: Int64

  package init(
    judgements: [Judgement], pusher: Pusher, principal: String?, policyDigest: [UInt8]?,
    ledger: ObjectID?, time: Int64
  ) {
    self.judgements = judgements
    self.pusher = pusher
    self.principal = principal
    self.policyDigest = policyDigest
    self.ledger = ledger
    self.time = time
  }

  /// Whether an object of the push must not be stored: then nothing of it may be left to a later hook,
  /// which git asks when it has stored everything.
  package var mustNotBeStored: Bool {
    judgements.contains { judgement in
      judgement.findings.contains {
        $0.severity.standsAgainst && [SecretFound.code, ContentUnread.code].contains($0.code)
      }
    }
  }

  /// The worst verdict of all updates.
  package var verdict: Verdict {
    if judgements.contains(where: { $0.verdict == .undecided }) { return .undecided }
    if judgements.contains(where: { $0.verdict == .refuse }) { return .refuse }
    return judgements.contains { $0.verdict == .hold } ? .hold : .allow
  }

  /// The decision on updates that no rule names.
  package init(free updates: [RefUpdate], pusher: Pusher, time: Int64) {
    self.init(
      judgements: updates.map { Judgement(update: $0, findings: [], isGuarded: false) },
      pusher: pusher, principal: nil, policyDigest: nil, ledger: nil, time: time)
  }

  /// The decision where nothing can be judged, for one reason that stands against every update.
  package init(
    undecided updates: [RefUpdate], because finding: Finding, pusher: Pusher, time: Int64
  ) {
    self.init(
      judgements: updates.map { Judgement(update: $0, findings: [finding], isGuarded: true) },
      pusher: pusher, principal: nil, policyDigest: nil, ledger: nil, time: time)
  }

  /// The same decision where some of what waits cannot be held, and is refused.
  package func refusingHolds(
    because why: String, where applies: (Judgement) -> Bool = { _ in true }
  ) -> Decision {
    guard judgements.contains(where: { $0.verdict == .hold }) else { return self }
    return replacing(judgements.map { applies($0) ? $0.refusingHold(because: why) : $0 })
  }

  /// The same decision with other judgements: those of earlier hooks joined in.
  package func replacing(_ judgements: [Judgement]) -> Decision {
    Decision(
      judgements: judgements, pusher: pusher, principal: principal, policyDigest: policyDigest,
      ledger: ledger, time: time)
  }
}
