package import Primitives

/// What a reviewer signs: this content, for this ref of this repository, under this policy.
///
/// Predicate type `https://hookkit.dev/review/v1`; its subjects are the head commit and the tree that
/// the ref will have.
package struct ReviewStatement: Hashable, Sendable {
  /// What the reviewer answers for.
  package enum Vouch: String, Hashable, Sendable, CaseIterable {
    case code
    case dependencies
    case policy
  }

  /// The repository's name in the policy.
  package let repository: [UInt8]
  package let ref: RefName
  /// Where the ref stood; zero for a ref that was not there.
  package let base: ObjectID
  /// The commit reviewed.
  package let head: ObjectID
  /// The tree that the ref has afterwards.
  package let resultTree: ObjectID
  /// SHA-256 of the dependency difference shown, when one was.
  package let dependencyDigest: [UInt8]?
  /// Never empty.
  package let vouches: Set<Vouch>
  /// SHA-256 of the policy that asked for the review.
  package let policyDigest: [UInt8]
  /// The reviewer's clock: seconds since 1970.
  package let time: Int64
  /// The first second at which the review counts no more, later than `time`.
  package let expires: Int64?
  /// The reviewer's words, at most `commentLimit` bytes of UTF-8.
  package let comment: [UInt8]

  package static let predicateType = "https://hookkit.dev/review/v1"
  /// How many bytes a comment may have.
  package static let commentLimit = 16_384

  /// Refuses values that a review cannot have, and text that JSON cannot carry unchanged.
  package init(
    repository: [UInt8], ref: RefName, base: ObjectID, head: ObjectID, resultTree: ObjectID,
    dependencyDigest: [UInt8]? = nil, vouches: Set<Vouch>, policyDigest: [UInt8], time: Int64,
    expires: Int64? = nil, comment: [UInt8] = []
  ) throws(StatementError) {
    try FieldRules.repository(repository)
    try FieldRules.ref(ref)
    try FieldRules.require(!head.isZero, "head")
    try FieldRules.require(!resultTree.isZero, "resultTree")
    if let dependencyDigest { try FieldRules.digest(dependencyDigest, "dependencyDigest") }
    try FieldRules.require(!vouches.isEmpty, "vouches")
    try FieldRules.digest(policyDigest, "policyDigest")
    try FieldRules.require(time >= 0, "time")
    if let expires { try FieldRules.require(expires > time, "expires") }
    try FieldRules.text(
      comment, "comment", limit: ReviewStatement.commentLimit, mayBeEmpty: true)
    self.repository = repository
    self.ref = ref
    self.base = base
    self.head = head
    self.resultTree = resultTree
    self.dependencyDigest = dependencyDigest
    self.vouches = vouches
    self.policyDigest = policyDigest
    self.time = time
    self.expires = expires
    self.comment = comment
  }

  package init(statement: Statement) throws(StatementError) {
    var fields = try statement.fields(of: ReviewStatement.predicateType)
    let dependencies = fields.optional("dependencyDigest")
    if let dependencies, dependencies.sha256 == nil {
      throw .malformed(member: "dependencyDigest")
    }
    let expires = fields.optional("expires")
    if let expires, expires.integer == nil { throw .malformed(member: "expires") }
    try self.init(
      repository: try fields.text("repository"), ref: RefName(try fields.text("ref")),
      base: try fields.objectID("base"), head: try fields.objectID("head"),
      resultTree: try fields.objectID("resultTree"), dependencyDigest: dependencies?.sha256,
      vouches: try ReviewStatement.vouches(in: try fields.value("vouches")),
      policyDigest: try fields.sha256("policyDigest"), time: try fields.time("time"),
      expires: expires?.integer, comment: try fields.text("comment"))
    try fields.end()
    guard statement.subjects == subjects else { throw .subjectsDisagree }
  }

  /// Known words, none of them twice.
  private static func vouches(in json: JSON) throws(StatementError) -> Set<Vouch> {
    let words = json.array ?? []
    let known = words.compactMap { word in
      Vouch.allCases.first { word.bytes?.elementsEqual($0.rawValue.utf8) ?? false }
    }
    guard known.count == words.count, Set(known).count == words.count else {
      throw .malformed(member: "vouches")
    }
    return Set(known)
  }

  private var subjects: [Statement.Subject] {
    [Statement.Subject(.gitCommit(head)), Statement.Subject(.gitTree(resultTree))]
  }

  package var statement: Statement {
    let members: [(String, JSON?)] = [
      ("repository", .string(repository)), ("ref", .string(ref.bytes)), ("base", .id(base)),
      ("head", .id(head)), ("resultTree", .id(resultTree)),
      ("dependencyDigest", dependencyDigest.map(JSON.hex)),
      ("vouches", .array(Vouch.allCases.filter(vouches.contains).map { .text($0.rawValue) })),
      ("policyDigest", .hex(policyDigest)), ("time", .integer(time)),
      ("expires", expires.map(JSON.integer)), ("comment", .string(comment)),
    ]
    return Statement(
      subjects: subjects, predicateType: ReviewStatement.predicateType,
      predicate: .object(
        members.compactMap { name, value in
          value.map { JSON.Member(key: Array(name.utf8), value: $0) }
        }))
  }
}
