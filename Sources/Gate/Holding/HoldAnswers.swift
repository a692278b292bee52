package import Git
package import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// What enrolled people have said about one hold, beside whether it may land, which only `judge` says.
package struct HoldAnswers {
  package private(set) var rejectedBy: String?
  /// The end that a person has asked for, at most so far away as a rule may put it.
  package private(set) var extendedUntil: Int64?
  private let signatories: Signatories
  private let hold: Hold

  /// Seconds that a hold may be kept in all, whoever extends it.
  package static let longest: Int64 = 366 * 86_400

  package init(to hold: Hold, _ signatories: Signatories) throws(GitError) {
    self.signatories = signatories
    self.hold = hold
    rejectedBy = try signatories.rejection(of: hold.commit, for: hold.ref)?.by.name
    for extending in try signatories.answers(.extend, to: hold.commit, for: hold.ref) {
      let until = min(extending.statement.until ?? 0, hold.time + Self.longest)
      extendedUntil = max(extendedUntil ?? 0, until)
    }
  }

  /// Who has released exactly this change in a way that its rules ask for, and why others do not count,
  /// as far as can be told without the commits' origins.
  package func releases(
    in objects: ObjectStore
  ) throws(GitError) -> (people: [Signatory], discounted: [String]) {
    let commit = try WalkedCommit(objects.commit(hold.commit))
    let rules = signatories.policy.quarantines(for: hold.ref)
    let found = try signatories.releases(of: commit, for: hold.ref)
    var people: [Signatory] = []
    var discounted = found.discounted
    for release in found.sound {
      let name = release.person.name
      if release.statement.old != hold.base || release.statement.dependencyDigest != hold.digest {
        discounted.append("a release by \(name) of another change")
      } else if let why = rules.lazy.compactMap({
        release.signatory.unfit(role: $0.role, presence: $0.presence)
      }).first {
        discounted.append("\(name)'s release: \(why)")
      } else {
        people.append(release.signatory)
      }
    }
    return (people, discounted)
  }
}
