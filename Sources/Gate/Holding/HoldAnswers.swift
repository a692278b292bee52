package import Git
package import Ledger
package import Policy
internal import Primitives
internal import Signing

/// What enrolled people have said about one hold, beside whether it may land, which only `judge` says.
package struct HoldAnswers {
  /// Whether somebody has released exactly this change. Whether that counts is for the rules to say.
  package private(set) var isReleased = false
  package private(set) var rejectedBy: String?
  /// The end that a person has asked for, at most so far away as a rule may put it.
  package private(set) var extendedUntil: Int64?

  /// Seconds that a hold may be kept in all, whoever extends it.
  package static let longest: Int64 = 366 * 86_400

  package init(
    to hold: Hold, in ledger: Ledger, under policy: Policy, at time: Int64
  ) throws(GitError) {
    for envelope in try ledger.releases(of: hold.commit) {
      guard let statement = try? ReleaseStatement(statement: Statement(reading: envelope.payload)),
        statement.repository == policy.repository, statement.ref == hold.ref,
        let person = Self.signer(of: envelope, under: policy, at: time)
      else { continue }
      switch statement.answer {
      case .release:
        isReleased = isReleased || statement.dependencyDigest == hold.digest
      case .reject: rejectedBy = person
      case .extend:
        let until = min(statement.until ?? 0, hold.time + Self.longest)
        extendedUntil = max(extendedUntil ?? 0, until)
      }
    }
  }

  /// The active person who has signed; `nil` when nobody has who counts.
  private static func signer(of envelope: Envelope, under policy: Policy, at time: Int64) -> String?
  {
    for signature in envelope.signatures {
      if case .person(let person)? = policy.principal(key: signature.publicKey),
        person.isActive(at: time),
        (try? envelope.verify(signature, namespace: .release)) != nil
      {
        return person.name
      }
    }
    return nil
  }
}
