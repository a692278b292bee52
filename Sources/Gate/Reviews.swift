internal import Git
internal import Ledger
package import Policy
internal import Primitives
package import Signing

/// A review that is sound in itself: signed by an enrolled person, for this ref, in force now. Whether
/// it counts for a commit depends on who made that commit.
struct SoundReview {
  let person: Person
  let presence: ReviewRule.Presence
  let statement: ReviewStatement
}

/// Reads the ledger's reviews and says why one does not count, in words for the person who asks.
struct ReviewReader {
  let policy: Policy
  let objects: ObjectStore
  let ledger: Ledger
  let time: Int64

  /// How far a reviewer's clock may be ahead of the server's, or behind a commit's, in seconds.
  static let clockTolerance: Int64 = 600

  /// The sound reviews of one commit for one ref, and why others are not.
  func reviews(
    of head: WalkedCommit, for ref: RefName
  ) throws(GitError) -> (sound: [SoundReview], unsound: [String]) {
    var sound: [SoundReview] = []
    var unsound: [String] = []
    for envelope in try ledger.reviews(of: head.id) {
      let statement: ReviewStatement
      do {
        statement = try ReviewStatement(statement: Statement(reading: envelope.payload))
      } catch {
        unsound.append("a review that cannot be read")
        continue
      }
      // A review of the same commit for another branch or repository is not about this update.
      guard statement.repository == policy.repository, statement.ref == ref else { continue }
      for signature in envelope.signatures {
        let reader = (envelope, statement, signature)
        switch try judge(reader, head: head) {
        case .sound(let review): sound.append(review)
        case .unsound(let why): unsound.append(why)
        }
      }
    }
    return (sound, unsound)
  }

  enum Soundness {
    case sound(SoundReview)
    case unsound(String)
  }

  func judge(
    _ review: (Envelope, ReviewStatement, Envelope.Signature), head: WalkedCommit
  ) throws(GitError) -> Soundness {
    let (envelope, statement, signature) = review
    let key = signature.publicKey
    guard let holder = policy.principal(key: key) else {
      return .unsound("a review by a key that is not enrolled (\(key.fingerprint))")
    }
    guard case .person(let person) = holder else {
      return .unsound("a review by \(holder.name), which is not a person")
    }
    guard person.isActive(at: time) else {
      return .unsound("a review by \(person.name), whose enrolment has ended")
    }
    guard let presence = try? envelope.verify(signature, namespace: .review) else {
      return .unsound("a review by \(person.name) whose signature is not valid")
    }
    guard statement.head == head.id, statement.resultTree == head.tree else {
      return .unsound("a review by \(person.name) of another tree")
    }
    guard statement.time <= time + Self.clockTolerance else {
      return .unsound("a review by \(person.name) dated in the future")
    }
    guard statement.time + Self.clockTolerance >= head.time else {
      return .unsound("a review by \(person.name) dated before the commit")
    }
    if let expires = statement.expires, expires <= time {
      return .unsound("a review by \(person.name) that has expired")
    }
    for withdrawal in try ledger.withdrawals(of: envelope.payloadDigest)
    where withdraws(withdrawal, person, envelope.payloadDigest) {
      return .unsound("a review that \(person.name) has withdrawn")
    }
    return .sound(SoundReview(person: person, presence: presence.policyWord, statement: statement))
  }

  /// Whether the reviewer, with any key that is theirs, has taken the review back.
  private func withdraws(_ envelope: Envelope, _ person: Person, _ digest: [UInt8]) -> Bool {
    guard let statement = try? Statement(reading: envelope.payload),
      let withdrawal = try? WithdrawalStatement(statement: statement),
      withdrawal.review == digest, withdrawal.repository == policy.repository
    else { return false }
    return envelope.signatures.contains { signature in
      policy.principal(key: signature.publicKey)?.name == person.name
        && (try? envelope.verify(signature, namespace: .withdrawal)) != nil
    }
  }
}

extension Presence {
  /// What the signature shows, in the words of a rule.
  package var policyWord: ReviewRule.Presence {
    switch self {
    case .software, .hardware(false, _, _): .none
    case .hardware(true, false, _): .touch
    case .hardware(true, true, _): .verified
    }
  }
}
