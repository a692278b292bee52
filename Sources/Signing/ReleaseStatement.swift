package import Primitives

/// What a person answers to a change of dependency files that waits for them.
///
/// Predicate type `https://hookkit.dev/release/v1`; its subject is the commit that the ref would get.
package struct ReleaseStatement: Hashable, Sendable {
  package enum Answer: String, Hashable, Sendable, CaseIterable {
    /// It may land.
    case release
    /// It must not; only another commit can.
    case reject
    /// It may wait until `until`.
    case extend
  }

  package let answer: Answer
  /// The repository's name in the policy.
  package let repository: [UInt8]
  package let ref: RefName
  /// What the change was compared with: where the ref stood, or where a new branch leaves the others.
  package let old: ObjectID
  package let new: ObjectID
  /// SHA-256 of the change of dependency files between the two (`DependencyChange`).
  package let dependencyDigest: [UInt8]
  /// The objects that the changed files have become, each once, in order.
  package let blobs: [ObjectID]
  /// SHA-256 of the policy that asked for it.
  package let policyDigest: [UInt8]
  /// The person's clock: seconds since 1970.
  package let time: Int64
  /// The end of an extension; `nil` for any other answer.
  package let until: Int64?
  /// The person's words, at most `commentLimit` bytes of UTF-8.
  package let comment: [UInt8]

  package static let predicateType = "https://hookkit.dev/release/v1"
  /// How many bytes a comment may have.
  package static let commentLimit = 16_384
  /// How many objects one statement may name.
  package static let blobLimit = 10_000

  /// Refuses values that an answer cannot have, and text that JSON cannot carry unchanged.
  package init(
    _ answer: Answer, repository: [UInt8], ref: RefName, old: ObjectID, new: ObjectID,
    dependencyDigest: [UInt8], blobs: [ObjectID], policyDigest: [UInt8], time: Int64,
    until: Int64? = nil, comment: [UInt8] = []
  ) throws(StatementError) {
    try FieldRules.repository(repository)
    try FieldRules.ref(ref)
    try FieldRules.require(!new.isZero && old != new, "new")
    try FieldRules.digest(dependencyDigest, "dependencyDigest")
    let isOrdered = zip(blobs, blobs.dropFirst()).allSatisfy { $0 < $1 }
    try FieldRules.require(isOrdered && blobs.count <= ReleaseStatement.blobLimit, "blobs")
    try FieldRules.digest(policyDigest, "policyDigest")
    try FieldRules.require(time >= 0, "time")
    try FieldRules.require((answer == .extend) == (until != nil), "until")
    if let until { try FieldRules.require(until > time, "until") }
    try FieldRules.text(
      comment, "comment", limit: ReleaseStatement.commentLimit, mayBeEmpty: true)
    self.answer = answer
    self.repository = repository
    self.ref = ref
    self.old = old
    self.new = new
    self.dependencyDigest = dependencyDigest
    self.blobs = blobs
    self.policyDigest = policyDigest
    self.time = time
    self.until = until
    self.comment = comment
  }

  package init(statement: Statement) throws(StatementError) {
    var fields = try statement.fields(of: ReleaseStatement.predicateType)
    let word = try fields.text("answer")
    guard let answer = Answer.allCases.first(where: { word.elementsEqual($0.rawValue.utf8) })
    else { throw .malformed(member: "answer") }
    let until = fields.optional("until")
    if let until, until.integer == nil { throw .malformed(member: "until") }
    try self.init(
      answer, repository: try fields.text("repository"), ref: RefName(try fields.text("ref")),
      old: try fields.objectID("old"), new: try fields.objectID("new"),
      dependencyDigest: try fields.sha256("dependencyDigest"),
      blobs: try ReleaseStatement.blobs(in: try fields.value("blobs")),
      policyDigest: try fields.sha256("policyDigest"), time: try fields.time("time"),
      until: until?.integer, comment: try fields.text("comment"))
    try fields.end()
    guard statement.subjects == subjects else { throw .subjectsDisagree }
  }

  private static func blobs(in json: JSON) throws(StatementError) -> [ObjectID] {
    guard let words = json.array, words.count <= blobLimit else {
      throw .malformed(member: "blobs")
    }
    var blobs: [ObjectID] = []
    for word in words {
      guard let id = word.bytes.flatMap({ ObjectID(canonicalHex: $0) }) else {
        throw .malformed(member: "blobs")
      }
      blobs.append(id)
    }
    return blobs
  }

  private var subjects: [Statement.Subject] { [Statement.Subject(.gitCommit(new))] }

  package var statement: Statement {
    let members: [(String, JSON?)] = [
      ("answer", .text(answer.rawValue)), ("repository", .string(repository)),
      ("ref", .string(ref.bytes)), ("old", .id(old)), ("new", .id(new)),
      ("dependencyDigest", .hex(dependencyDigest)), ("blobs", .array(blobs.map(JSON.id))),
      ("policyDigest", .hex(policyDigest)), ("time", .integer(time)),
      ("until", until.map(JSON.integer)), ("comment", .string(comment)),
    ]
    return Statement(
      subjects: subjects, predicateType: ReleaseStatement.predicateType,
      predicate: .object(
        members.compactMap { name, value in
          value.map { JSON.Member(key: Array(name.utf8), value: $0) }
        }))
  }
}
