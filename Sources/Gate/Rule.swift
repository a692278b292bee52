internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// How one thing that is asked of an update is found. A rule is one file of `Rules`, with its page, its
/// examples and this.
struct Rule<Subject>: Sendable {
  let find: @Sendable (Subject) throws(GitError) -> [Finding]

  init(_ find: @escaping @Sendable (Subject) throws(GitError) -> [Finding]) {
    self.find = find
  }
}

extension [Rule<NamedUpdate>] {
  /// What a name forbids, whatever the update brings.
  static let ofNames = [
    ReservedNamespace.rule, ReplaceRef.rule, NestedRepository.rule, LookAlikeName.rule,
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
    TagNotVouched.rule, ForcePush.rule, PolicyChangeMixed.rule, PolicySuccessor.rule,
  ]
}

extension [Rule<Uncovered>] {
  /// What is said of commits that nothing covers.
  static let ofGaps = [
    PolicyChangeUnreviewed.rule, NeedsReview.rule, MergeDiffers.rule, OwnerMissing.rule,
  ]
}

extension Array {
  /// What all of the rules find, in their order.
  func findings<Subject>(in subject: Subject) throws(GitError) -> [Finding]
  where Element == Rule<Subject> {
    var findings: [Finding] = []
    for rule in self { findings += try rule.find(subject) }
    return findings
  }
}
