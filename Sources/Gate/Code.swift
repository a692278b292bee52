package import DependencyChecks

/// A code such as `HK101`: what a person looks up, and a contract (Documentation/Design/Interface.md,
/// "Codes").
package struct Code: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }

  /// Reads `HK101`, in either case; `nil` for anything that is not a registered code.
  package init?(_ text: String) {
    let upper = text.uppercased()
    guard upper.hasPrefix("HK"), let number = Int(upper.dropFirst(2)),
      CodeRegistry.all.contains(where: { $0.code.number == number }), upper.utf8.count == 5
    else { return nil }
    self.number = number
  }

  package var description: String { "HK\(number)" }

  package static func < (left: Code, right: Code) -> Bool { left.number < right.number }
}

/// Who puts an end to a refusal, and with it whether its pusher should push again.
package enum Ending: String, CaseIterable, Sendable {
  /// The pusher, with another push.
  case pusher
  /// People who review or release it.
  case reviewer
  /// Somebody with the role maintainer, with the policy or with a push of their own.
  case maintainer
  /// Whoever runs the server.
  case administrator
  /// Nobody: what was asked for is never done.
  case nobody

  package enum Retry: String, Sendable {
    /// Once the pusher has changed what is told.
    case now
    case afterReview = "after-review"
    /// Nothing that the pusher does makes it pass.
    case never
  }

  package var retry: Retry {
    switch self {
    case .pusher: .now
    case .reviewer: .afterReview
    case .maintainer, .administrator, .nobody: .never
    }
  }
}

/// The page of one code, written once beside its rule: help, documentation and SARIF read it.
package struct RulePage: Sendable {
  package let code: Code
  /// The file and type name: `NeedsReview` for `Rules/HK101NeedsReview.swift`.
  package let name: String
  /// One line, no full stop.
  package let title: String
  package let endedBy: Ending
  /// Why the rule is there; paragraphs of plain text.
  package let why: String
  /// What a person does about it.
  package let ends: String
  package let examples: [Example]
  /// Of a check of dependency files, whose examples are files and no histories.
  package let fileExamples: [DependencyExample]

  package init(
    code: Code, name: String, title: String, endedBy: Ending, why: String, ends: String,
    examples: [Example]
  ) {
    fileExamples = []
    self.code = code
    self.name = name
    self.title = title
    self.endedBy = endedBy
    self.why = why
    self.ends = ends
    self.examples = examples
  }

  /// The page of a check of dependency files, which is written beside the check.
  init(_ check: DependencyCheck) {
    code = Code(check.code)
    name = check.name
    title = check.title
    endedBy = .reviewer
    why = check.why
    ends = check.ends
    examples = []
    fileExamples = check.examples
  }
}

/// Every code there is, in order: the one registry.
package enum CodeRegistry {
  package static let all = (rules + DependencyChecks.all.map { RulePage($0) })
    .sorted { $0.code < $1.code }

  private static let rules: [RulePage] = [
    NeedsReview.page, MergeDiffers.page, OwnerMissing.page, PushNotSigned.page,
    TagNotVouched.page, OwnersUnreadable.page,
    DependencyHeld.page, HoldRejected.page,
    SecretFound.page, ContentUnread.page,
    OutsideNamespace.page, LedgerNotForAgents.page, NoAccess.page, CommandNotServed.page,
    ForcePush.page, Deletion.page, Creation.page, TagMoved.page, LookAlikeName.page,
    ReservedNamespace.page, ReplaceRef.page, NotACommit.page, NestedRepository.page,
    PolicyMissing.page, PolicyInvalid.page, PolicyChangeMixed.page, PolicyChangeUnreviewed.page,
    PolicySuccessor.page, LedgerEntryInvalid.page,
    Unreadable.page, Malformed.page, OverLimit.page, NotRecorded.page, InputMalformed.page,
    TooMuchRefused.page,
    InternalError.page, HookGone.page,
  ]

  /// What stands against an update until people have reviewed it, and no longer.
  static let endedByReview = [
    NeedsReview.code, MergeDiffers.code, OwnerMissing.code, PolicyChangeUnreviewed.code,
  ]

  /// What stands against an update until people have answered, and no longer.
  static let endedByPeople = endedByReview + [DependencyHeld.code]

  package static func page(_ code: Code) -> RulePage? {
    all.first { $0.code == code }
  }
}
