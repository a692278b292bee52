package import Primitives

/// One `[[protect]]` rule: what must hold before a ref that it names may move.
///
/// Every rule that matches a ref must be met by itself; rules are never merged into one, because one
/// approval that satisfies a joined rule need not satisfy each part of it.
package struct Protection: Hashable, Sendable {
  /// Full ref patterns, each beginning with `refs/`; `HEAD` where `Policy.resolving(head:)` has not yet
  /// put the branch in its place.
  package internal(set) var refs: [Pattern] = []
  package internal(set) var review: ReviewRule = ReviewRule()
  /// What a commit counts as when nothing is known of who made it.
  package internal(set) var unverified: UnverifiedOrigin = .agent
  /// What a person's commit asks for when it bears an agent's signal.
  package internal(set) var assisted: AssistedRule = .review
  package internal(set) var binding: Binding = .head
  package internal(set) var allowsForcePush = false
  package internal(set) var allowsDelete = false
  package internal(set) var allowsCreate = true
  package internal(set) var creators: Creators = .anyone
  /// Whether an update that only waits for people is kept until they have answered.
  package internal(set) var holds = false
  package internal(set) var mode: RuleMode = .enforce
  /// Whether the push itself must be signed (`git push --signed`) by an enrolled key.
  package internal(set) var requiresSignedPush = false
  package let location: SourceLocation

  /// What holds for the branch that the policy is read from where no rule names it: a change of the
  /// policy asks for a maintainer whatever a rule says, and there is nothing else to ask.
  package static let ofThePolicy: Protection = {
    var rule = Protection(
      location: SourceLocation(layer: .tree, name: "hookkit", position: .start))
    rule.refs = [.head]
    rule.review.approvals = 0
    rule.review.role = .maintainer
    rule.review.vouches = ["policy"]
    rule.unverified = .person
    rule.assisted = .allow
    rule.allowsForcePush = true
    rule.allowsDelete = true
    return rule
  }()

  package func matches(_ ref: RefName) -> Bool {
    refs.contains { $0.matches(ref.bytes) }
  }

  /// Whether whatever satisfied this rule satisfies the other one too, as far as commits go.
  package func asksAsMuch(as other: Protection) -> Bool {
    // A rule that asks for nobody is met by any commit, whatever else it says.
    if other.review.approvals == 0, !other.review.owners { return true }
    return review.asksAsMuch(as: other.review)
      && (unverified == .agent || other.unverified == .person)
      && (assisted == .review || other.assisted == .allow)
      && binding.rank >= other.binding.rank
  }
}

/// Whose work must be reviewed, by how many people, and which ones count.
package struct ReviewRule: Hashable, Sendable {
  package internal(set) var of: Subject = .agents
  /// How many people must approve, 0 to 32.
  package internal(set) var approvals: Int = 1
  /// The role that an approving person must have.
  package internal(set) var role: Role = .reviewer
  package internal(set) var presence: Presence = .none
  /// Whether an owner of each touched path (CODEOWNERS) must be among them.
  package internal(set) var owners = false
  package internal(set) var sponsorMayReview = false
  /// What a review must vouch for, in the words of the review's own statement.
  package internal(set) var vouches: [String] = ["code"]

  package enum Subject: String, CaseIterable, Sendable {
    case agents
    case anyone
  }

  fileprivate func asksAsMuch(as other: ReviewRule) -> Bool {
    approvals >= other.approvals && (of == .anyone || other.of == .agents)
      && role == other.role && presence >= other.presence && (owners || !other.owners)
      && (!sponsorMayReview || other.sponsorMayReview)
      && Set(vouches).isSuperset(of: other.vouches)
  }

  /// What the signing key must show; a later case asks for more.
  package enum Presence: String, CaseIterable, Comparable, Sendable {
    case none
    /// A FIDO key with the user-presence flag.
    case touch
    /// The same with the user-verification flag (PIN or fingerprint).
    case verified

    private var rank: Int {
      switch self {
      case .none: 0
      case .touch: 1
      case .verified: 2
      }
    }

    package static func < (left: Presence, right: Presence) -> Bool { left.rank < right.rank }
  }
}

package enum UnverifiedOrigin: String, CaseIterable, Sendable {
  case agent
  case person
}

/// Whether a rule refuses, or is only watched.
package enum RuleMode: String, CaseIterable, Sendable {
  case enforce
  /// It is judged, journalled and told the pusher, and stands against nothing.
  case observe
}

/// Who may make a reference that a rule names.
package enum Creators: String, CaseIterable, Sendable {
  case anyone
  /// People with the role `maintainer`, and so no agent and no service.
  case maintainers
}

package enum AssistedRule: String, CaseIterable, Sendable {
  case review
  case allow
}

/// How exactly a review must fit what lands (Documentation/Design/Model.md, "Binding").
package enum Binding: String, CaseIterable, Sendable {
  /// This base, this head, this result tree.
  case exact
  /// This head on this ref; clean merges are recomputed.
  case head
  /// Also a rebase or squash whose changes are the same byte for byte.
  case patch

  /// Higher for what binds closer.
  fileprivate var rank: Int {
    switch self {
    case .exact: 2
    case .head: 1
    case .patch: 0
    }
  }
}

/// One `[[quarantine]]` rule: which changes are held until a person releases them.
package struct Quarantine: Hashable, Sendable {
  /// As in `Protection`.
  package internal(set) var refs: [Pattern] = []
  package internal(set) var by: ReviewRule.Subject = .anyone
  package internal(set) var files: Set<FileClass> = []
  /// Further paths, each with the class that it belongs to.
  package internal(set) var extra: [ExtraPath] = []
  /// What a commit counts as when nothing is known of who made it and a person pushed it.
  package internal(set) var unverified: UnverifiedOrigin = .person
  /// What happens to a change that is proven to install the same.
  package internal(set) var neutral: NeutralRule = .pass
  /// The role that a releasing person must have.
  package internal(set) var role: Role = .reviewer
  package internal(set) var presence: ReviewRule.Presence = .none
  package internal(set) var sponsorMayRelease = false
  /// Hosts that dependencies may come from beside those that they come from already.
  package internal(set) var hosts: [[UInt8]] = []
  /// Names that only one host may serve.
  package internal(set) var internalNames: [InternalName] = []
  package internal(set) var mode: RuleMode = .enforce
  /// Seconds until a hold expires.
  package internal(set) var expires: Int64 = 14 * 86_400
  package let location: SourceLocation

  /// `extra = ["tools/bootstrap/** runs-code"]`
  package struct ExtraPath: Hashable, Sendable {
    /// A path as `Lockfiles.Format.files` has it: in lower case, at any depth.
    package let pattern: [UInt8]
    package let fileClass: FileClass
  }

  /// `internal = ["@acme/ npm.acme.example"]`: names that begin so come from that host alone.
  package struct InternalName: Hashable, Sendable {
    package let prefix: [UInt8]
    package let host: [UInt8]
  }

  package enum NeutralRule: String, CaseIterable, Sendable {
    /// It lands, with a note.
    case pass
    case hold
  }

  package func matches(_ ref: RefName) -> Bool {
    refs.contains { $0.matches(ref.bytes) }
  }

  /// Whether whatever this rule let through the other one would have let through too.
  package func asksAsMuch(as other: Quarantine) -> Bool {
    (by == .anyone || other.by == .agents) && files.isSuperset(of: other.files)
      && Set(extra).isSuperset(of: other.extra)
      && (unverified == .agent || other.unverified == .person)
      && (neutral == .hold || other.neutral == .pass) && role == other.role
      && presence >= other.presence && (!sponsorMayRelease || other.sponsorMayRelease)
  }
}
