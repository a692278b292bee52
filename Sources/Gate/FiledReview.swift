package import Git
package import Ledger
package import Policy
package import Primitives
package import Signing

/// One signature under a review of the ledger, as the gate sees it, for people who look at reviews.
package struct FiledReview: Sendable {
  package let statement: ReviewStatement
  package let envelope: Envelope
  package let key: PublicKey
  /// The enrolled person whose key it is; `nil` for a key that is nobody's.
  package let person: String?
  /// Who signed it; `nil` where it does not count for anything.
  package let signatory: Signatory?
  /// What the signature shows; `none` when it is not valid.
  package let presence: ReviewRule.Presence
  /// Why the review does not count for anything, in words; `nil` when it may count.
  package let problem: String?
}

extension Ledger {
  /// The reviews that are filed for one commit, of any reference of the policy's repository.
  ///
  /// Whether one counts for a given update depends on who made the commit as well.
  ///
  /// - Parameters:
  ///   - objects: where the commit is read; one that is not there is taken to be as the review says.
  ///   - time: the clock, in seconds since 1970.
  package func filedReviews(
    of head: ObjectID, under policy: Policy, objects: ObjectStore, at time: Int64
  ) throws(GitError) -> [FiledReview] {
    let signatories = Signatories(under: policy, in: self, at: time)
    let commit = try? objects.commit(head)
    var found: [FiledReview] = []
    for envelope in try reviews(of: head) {
      guard let statement = try? ReviewStatement(statement: Statement(reading: envelope.payload)),
        statement.repository == policy.repository
      else { continue }
      let walked = WalkedCommit(
        id: head, tree: commit?.tree ?? statement.resultTree, parents: commit?.parents ?? [],
        time: commit?.committer.time ?? 0)
      for signature in envelope.signatures {
        var problem: String?
        var signatory: Signatory?
        switch try signatories.signatory(of: statement, envelope, signature, about: walked) {
        case .success(let found): signatory = found
        case .failure(let why): problem = why.words(of: ReviewStatement.noun)
        }
        let presence = try? envelope.verify(signature, namespace: .review)
        found.append(
          FiledReview(
            statement: statement, envelope: envelope, key: signature.publicKey,
            person: policy.principal(key: signature.publicKey)?.person?.name,
            signatory: signatory, presence: presence?.policyWord ?? .none, problem: problem))
      }
    }
    return found
  }
}
