/// A passing or failing example of a rule: a small history that the generic rule test plays with real
/// git, and that the rule's page shows.
package struct Example: Sendable {
  /// What the example claims, as a sentence.
  package let claim: String
  package let steps: [Step]
  /// The verdict of the last push.
  package let verdict: Verdict
  /// Lines that replace keys of the example's `[[protect]]` rule: `approvals = 2`.
  package let rule: [String]
  /// Whether a `[[quarantine]]` rule holds agents' changes of dependency files on every branch.
  package let quarantine: Bool

  package enum Actor: String, Sendable {
    /// The person who reviews, a maintainer, with a software key.
    case dana
    /// A second person, no maintainer.
    case erin
    /// An enrolled agent, whose sponsor is erin.
    case codex
    /// An account that the policy does not know.
    case stranger
  }

  package enum Step: Sendable {
    /// A commit on top of the named ones (the start of main where none is named).
    case commit(
      String, by: Actor, on: [String] = [], files: [String: String] = [:], message: String = "Work",
      signed: Bool = false)
    /// An annotated tag of a named commit.
    case tag(String, of: String, by: Actor, signed: Bool = false)
    /// A commit on the start of main that has two author lines.
    case malformed(String)
    /// The tree of a commit is lost from the store.
    case lost(String)
    /// A review of a commit for a reference, filed in the ledger.
    case review(String, by: Actor, of: String = "refs/heads/main")
    /// A person's answer to a change of dependency files that waits, filed in the ledger.
    case release(String, by: Actor, of: String)
    case reject(String, by: Actor, of: String)
    /// The administrator adds lines to the policy; `nil` takes it away.
    case policy(String?)
    /// A push of a named commit (`nil` deletes), or of its tree (`work^{tree}`). The last one has the
    /// example's verdict; those before it land.
    case push(String?, to: String = "refs/heads/main", by: Actor, force: Bool = false)
  }

  package init(
    _ claim: String, _ verdict: Verdict, rule: [String] = [], quarantine: Bool = false,
    _ steps: Step...
  ) {
    self.claim = claim
    self.verdict = verdict
    self.rule = rule
    self.quarantine = quarantine
    self.steps = steps
  }
}
