internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// A release that is sound in itself and by a person who stands apart from the change.
struct SoundRelease {
  let person: Person
  let presence: ReviewRule.Presence
  /// Whether the person stands behind an agent that had a hand in it.
  let isSponsors: Bool

  func satisfies(_ rule: Quarantine) -> Bool {
    guard person.roles.contains(rule.role), presence >= rule.presence else { return false }
    return !isSponsors || (rule.sponsorMayRelease && presence >= .touch)
  }
}

/// Reads what people have answered to a change of dependency files.
struct ReleaseReader {
  let bench: Bench
  let range: CommitRange
  let update: RefUpdate

  struct Answers {
    var releases: [SoundRelease] = []
    /// Who rejects it and why, in words.
    var rejection: String?
    /// Why other answers do not count.
    var discounted: [String] = []
  }

  func answers(
    to change: DependencyChange, base: ObjectID, new: ObjectID
  ) throws(GitError) -> Answers {
    var answers = Answers()
    let ledger = try Ledger(at: bench.ledgerTip, objects: bench.surroundings.objects)
    let envelopes = try ledger.releases(of: new)
    guard !envelopes.isEmpty else { return answers }
    let digest = change.digest
    answers.rejection = try rejection(of: new, in: envelopes)
    for envelope in envelopes {
      guard let statement = try? ReleaseStatement(statement: Statement(reading: envelope.payload))
      else {
        answers.discounted.append("a release that cannot be read")
        continue
      }
      guard statement.repository == bench.policy.repository, statement.ref == update.name,
        statement.new == new, statement.answer == .release
      else { continue }
      let isExact = statement.old == base && statement.dependencyDigest == digest
      for signature in envelope.signatures {
        switch try read(envelope, statement, signature) {
        case .unsound(let why): answers.discounted.append(why)
        case .sound(let release):
          if !isExact {
            answers.discounted.append("a release by \(release.person.name) of another change")
          } else {
            answers.releases.append(release)
          }
        }
      }
    }
    return answers
  }

  /// Who rejects a commit for the reference and why, in words; `nil` when nobody does.
  func rejection(of new: ObjectID) throws(GitError) -> String? {
    let ledger = try Ledger(at: bench.ledgerTip, objects: bench.surroundings.objects)
    return try rejection(of: new, in: ledger.releases(of: new))
  }

  private func rejection(
    of new: ObjectID, in envelopes: [Envelope]
  ) throws(GitError) -> String? {
    for envelope in envelopes {
      guard let statement = try? ReleaseStatement(statement: Statement(reading: envelope.payload)),
        statement.repository == bench.policy.repository, statement.ref == update.name,
        statement.new == new, statement.answer == .reject
      else { continue }
      for signature in envelope.signatures {
        guard case .sound(let release) = try read(envelope, statement, signature) else { continue }
        let words = Escaped.text(statement.comment, limit: 120)
        return "\(release.person.name) rejects it\(words.isEmpty ? "" : ": \(words)")"
      }
    }
    return nil
  }

  private enum Soundness {
    case sound(SoundRelease)
    case unsound(String)
  }

  private func read(
    _ envelope: Envelope, _ statement: ReleaseStatement, _ signature: Envelope.Signature
  ) throws(GitError) -> Soundness {
    let policy = bench.policy
    let key = signature.publicKey
    guard let holder = policy.principal(key: key) else {
      return .unsound("a release by a key that is not enrolled (\(key.fingerprint))")
    }
    guard case .person(let person) = holder else {
      return .unsound("a release by \(holder.name), which is not a person")
    }
    guard person.isActive(at: bench.push.time) else {
      return .unsound("a release by \(person.name), whose enrolment has ended")
    }
    guard let presence = try? envelope.verify(signature, namespace: .release) else {
      return .unsound("a release by \(person.name) whose signature is not valid")
    }
    guard statement.time <= bench.push.time + ReviewReader.clockTolerance else {
      return .unsound("a release by \(person.name) dated in the future")
    }
    // Anybody enrolled may stop a change; to let it through they must stand apart from it.
    guard statement.answer == .release else {
      return .sound(
        SoundRelease(person: person, presence: presence.policyWord, isSponsors: false))
    }
    var isSponsors = false
    let independence = Independence(policy: policy)
    for position in range.commits.indices {
      let origin = try range.origin(position)
      // Of their own commits only those matter that are part of what waits.
      guard
        let tie = independence.tie(
          of: person, to: try range.object(position), origin: origin,
          account: range.arrivals[position].account), try touches(position)
      else { continue }
      // An agent often works under the name or account of whoever answers for it.
      guard case .agent = origin.kind else {
        return .unsound("a release by \(person.name): \(tie.words(of: person.name))")
      }
      isSponsors = true
    }
    return .sound(
      SoundRelease(person: person, presence: presence.policyWord, isSponsors: isSponsors))
  }

  private func touches(_ position: Int) throws(GitError) -> Bool {
    let filter = PathFilter(bench.policy.quarantines(for: update.name))
    return try range.brings(position) { filter.match($0) != nil }
  }
}
