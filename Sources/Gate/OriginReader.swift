package import Git
package import Ledger
package import Policy
internal import Primitives
package import Signals

/// Who made single commits, for people who look at them: the gate's own reading, without a push.
package struct OriginReader {
  private let classifier: Classifier
  private let policy: Policy

  /// - Parameter time: seconds since 1970 at which keys and people must be in force.
  package init(
    policy: Policy, surroundings: Surroundings, time: Int64
  ) throws(GitError) {
    self.policy = policy
    classifier = try Classifier(policy: policy, surroundings: surroundings, time: time)
  }

  /// - Parameter arrival: how the commit came to the server, when it is known.
  package func origin(
    of commit: CommitObject, arrival: Arrival? = nil
  ) throws(GitError) -> Origin {
    try classifier.origin(
      of: commit, by: arrival.map { Delivery(arrival: $0, pusher: nil) })
  }

  /// What ties a person to a commit (`author`, `sponsor of the agent`), so that their review of it
  /// does not count unless a rule says so; `nil` when nothing does that can be seen here.
  ///
  /// - Parameter account: the account that pushed the commit first, when it is known.
  package func tie(
    of person: Person, to commit: CommitObject, origin: Origin, account: [UInt8]? = nil
  ) -> String? {
    Independence(policy: policy).tie(
      of: person, to: commit, origin: origin, account: account)?.word
  }
}

/// The files that a policy names are the server's; elsewhere there is the built-in catalog only.
package struct NoFiles: PolicyFiles {
  package init() {}

  package func catalog(for policy: Policy) -> Signals.SignalCatalog { .builtIn }
  package func openPGP(for policy: Policy) -> (any OpenPGPVerifying)? { nil }
}
