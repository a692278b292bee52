internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// How one thing that is asked of an update is found. A rule is one file of `Rules`, with its page, its
/// examples and this.
struct Rule<Subject: Judged>: Sendable {
  let code: Code
  private let find: @Sendable (Subject) throws(GitError) -> [Finding]

  init(_ code: Code, _ find: @escaping @Sendable (Subject) throws(GitError) -> [Finding]) {
    self.code = code
    self.find = find
  }

  func findings(in subject: Subject) throws(GitError) -> [Finding] {
    let findings = try find(subject)
    subject.trace(
      findings.isEmpty
        ? "\(code): nothing" : findings.map { "\($0.code): \($0.headline)" }.joined(separator: "; ")
    )
    return findings
  }
}

extension [Rule<NamedUpdate>] {
  /// What a name forbids, whatever the update brings.
  static let ofNames = [
    ReservedNamespace.rule, ReplaceRef.rule, NestedRepository.rule, LookAlikeName.rule,
  ]
  /// What is asked of a push to the ledger; the first that finds something says enough.
  static let ofLedger = [
    LedgerNotForAgents.rule, LedgerEntryInvalid.rule, OutsideNamespace.accessRule,
  ]
}

extension [Rule<ProtectedUpdate>] {
  /// What is asked of a protected reference that goes.
  static let ofDeletions = [Deletion.rule, PolicySuccessor.deletionRule, PushNotSigned.rule]
  /// What the kind of move forbids, before its commits are looked at.
  static let ofMoves = [Creation.rule, TagMoved.rule, PushNotSigned.rule]
}

extension [Rule<ProtectedRange>] {
  /// What is asked of the commits as a whole.
  static let ofRanges = [
    TagNotVouched.rule, OwnersUnreadable.rule, ForcePush.rule, PolicyChangeMixed.rule,
    PolicySuccessor.rule,
  ]
}

extension [Rule<Uncovered>] {
  /// What is said of commits that nothing covers.
  static let ofGaps = [
    PolicyChangeUnreviewed.rule, NeedsReview.rule, MergeDiffers.rule, OwnerMissing.rule,
  ]
}

extension [Rule<PeeledUpdate>] {
  /// What is asked of the object that a guarded reference would lead to.
  static let ofTargets = [NotACommit.rule]
}

extension [Rule<ReleaseReader>] {
  /// What people have answered that no other answer outweighs.
  static let ofAnswers = [HoldRejected.rule]
}

extension Array {
  /// What all of the rules find, in their order.
  func findings<Subject>(in subject: Subject) throws(GitError) -> [Finding]
  where Element == Rule<Subject> {
    var findings: [Finding] = []
    for rule in self { findings += try rule.findings(in: subject) }
    return findings
  }

  /// What the first rule says that finds anything.
  func firstFindings<Subject>(in subject: Subject) throws(GitError) -> [Finding]
  where Element == Rule<Subject> {
    for rule in self {
      let findings = try rule.findings(in: subject)
      if !findings.isEmpty { return findings }
    }
    return []
  }
}
