package import Primitives

/// What the server signs about one move of a protected ref.
///
/// Predicate type `https://hookkit.dev/landing/v1`; its subject is the new tip, or the old one when the
/// ref was deleted.
package struct LandingStatement: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What stood there before hookkit did: trusted, not judged.
    case baseline
    case landing
  }

  /// The repository's name in the policy.
  package let repository: [UInt8]
  package let ref: RefName
  /// Zero for a ref that was not there.
  package let old: ObjectID
  /// Zero for a ref that was deleted.
  package let new: ObjectID
  /// The pusher's name as the host gave it; empty when unknown.
  package let pusher: [UInt8]
  /// SHA-256 of the policy that judged the move.
  package let policyDigest: [UInt8]
  /// The ledger's tip at that moment; zero if there was none.
  package let ledger: ObjectID
  /// What covered the move: an object, opaque to this module.
  package let coverage: JSON
  /// The server's clock: seconds since 1970.
  package let time: Int64
  package let kind: Kind
  /// The branch that the server's HEAD named: the policy is read there, and rules may name it so. `nil`
  /// where it named none or one that JSON cannot carry, and in landings of older versions.
  package let head: RefName?

  package static let predicateType = "https://hookkit.dev/landing/v1"

  /// Refuses values that a landing cannot have, and text that JSON cannot carry unchanged.
  package init(
    repository: [UInt8], ref: RefName, old: ObjectID, new: ObjectID, pusher: [UInt8],
    policyDigest: [UInt8], ledger: ObjectID, coverage: JSON, time: Int64, kind: Kind,
    head: RefName? = nil
  ) throws(StatementError) {
    try FieldRules.repository(repository)
    try FieldRules.ref(ref)
    try FieldRules.require(old != new, "new")
    try FieldRules.text(pusher, "pusher", limit: 1024, mayBeEmpty: true)
    try FieldRules.digest(policyDigest, "policyDigest")
    try FieldRules.require(coverage.members != nil && coverage.survivesWriting, "coverage")
    try FieldRules.require(time >= 0, "time")
    self.repository = repository
    self.ref = ref
    self.old = old
    self.new = new
    self.pusher = pusher
    self.policyDigest = policyDigest
    self.ledger = ledger
    self.coverage = coverage
    self.time = time
    self.kind = kind
    self.head = head.flatMap { (try? FieldRules.ref($0)) == nil ? nil : $0 }
  }

  package init(statement: Statement) throws(StatementError) {
    var fields = try statement.fields(of: LandingStatement.predicateType)
    let word = try fields.text("kind")
    guard let kind = Kind.allCases.first(where: { word.elementsEqual($0.rawValue.utf8) }) else {
      throw .malformed(member: "kind")
    }
    let head = fields.optional("head")
    let branch = head?.bytes.map { RefName($0) }
    if head != nil {
      guard let branch else { throw .malformed(member: "head") }
      try FieldRules.ref(branch)
    }
    try self.init(
      repository: try fields.text("repository"), ref: RefName(try fields.text("ref")),
      old: try fields.objectID("old"), new: try fields.objectID("new"),
      pusher: try fields.text("pusher"), policyDigest: try fields.sha256("policyDigest"),
      ledger: try fields.objectID("ledger"), coverage: try fields.value("coverage"),
      time: try fields.time("time"), kind: kind, head: branch)
    try fields.end()
    guard statement.subjects == subjects else { throw .subjectsDisagree }
  }

  private var subjects: [Statement.Subject] {
    [Statement.Subject(.gitCommit(new.isZero ? old : new))]
  }

  package var statement: Statement {
    let members: [(String, JSON?)] = [
      ("kind", .text(kind.rawValue)), ("repository", .string(repository)),
      ("ref", .string(ref.bytes)), ("old", .id(old)), ("new", .id(new)),
      ("pusher", .string(pusher)), ("policyDigest", .hex(policyDigest)), ("ledger", .id(ledger)),
      ("coverage", coverage), ("time", .integer(time)),
      ("head", head.map { .string($0.bytes) }),
    ]
    return Statement(
      subjects: subjects, predicateType: LandingStatement.predicateType,
      predicate: .object(
        members.compactMap { name, value in
          value.map { JSON.Member(key: Array(name.utf8), value: $0) }
        }))
  }
}
