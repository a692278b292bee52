package import Primitives

/// An in-toto Statement v1: what is spoken of, and what is said about it.
///
/// Unknown members are refused: what hookkit does not understand it does not act on.
package struct Statement: Hashable, Sendable {
  package struct Subject: Hashable, Sendable {
    package let name: [UInt8]?
    /// At least one, no kind twice.
    package let digests: [SubjectDigest]

    package init(name: [UInt8]? = nil, _ digests: SubjectDigest...) {
      self.name = name
      self.digests = digests
    }

    fileprivate init(name: [UInt8]?, digests: [SubjectDigest]) {
      self.name = name
      self.digests = digests
    }
  }

  /// The digest kinds of in-toto's DigestSet that hookkit uses.
  package enum SubjectDigest: Hashable, Sendable {
    case gitCommit(ObjectID)
    case gitTree(ObjectID)
    case sha256([UInt8])
  }

  package let subjects: [Subject]
  package let predicateType: [UInt8]
  package let predicate: JSON

  /// What `_type` must say.
  package static let type = "https://in-toto.io/Statement/v1"
  /// How many bytes a statement may have.
  package static let limit = 768 << 10
  /// How many subjects a statement may have.
  package static let subjectLimit = 64

  package init(subjects: [Subject], predicateType: String, predicate: JSON) {
    self.subjects = subjects
    self.predicateType = Array(predicateType.utf8)
    self.predicate = predicate
  }

  /// Reads the payload of an envelope.
  package init(reading bytes: [UInt8]) throws(StatementError) {
    guard bytes.count <= Statement.limit else { throw .tooLarge(limit: Statement.limit) }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(reading: bytes, maximumDepth: 32)
    } catch {
      throw .json(error)
    }
    var fields = try Fields(json, in: "statement")
    let type = try fields.text("_type")
    guard type.elementsEqual(Statement.type.utf8) else { throw .unknownType(type) }
    guard let items = try fields.value("subject").array, !items.isEmpty else {
      throw .malformed(member: "subject")
    }
    guard items.count <= Statement.subjectLimit else {
      throw .tooManySubjects(limit: Statement.subjectLimit)
    }
    var subjects: [Subject] = []
    for item in items { subjects.append(try Subject(reading: item)) }
    guard Set(subjects).count == subjects.count else { throw .duplicateSubject }
    self.subjects = subjects
    predicateType = try fields.text("predicateType")
    predicate = try fields.value("predicate")
    guard predicate.members != nil else { throw .malformed(member: "predicate") }
    try fields.end()
  }

  /// The payload of an envelope: compact JSON, members in the order of the specification.
  package var serialized: [UInt8] {
    let json: JSON = [
      "_type": .text(Statement.type),
      "subject": .array(subjects.map(\.json)),
      "predicateType": .string(predicateType),
      "predicate": predicate,
    ]
    return json.compact
  }

  /// The members of the predicate, if it is of this type.
  func fields(of type: String) throws(StatementError) -> Fields {
    guard predicateType.elementsEqual(type.utf8) else { throw .predicateType(predicateType) }
    return try Fields(predicate, in: "predicate")
  }
}

extension Statement.Subject {
  fileprivate init(reading json: JSON) throws(StatementError) {
    var fields = try Fields(json, in: "subject")
    var name: [UInt8]?
    if let value = fields.optional("name") {
      guard let bytes = value.bytes else { throw .malformed(member: "name") }
      name = bytes
    }
    guard let set = try fields.value("digest").members, !set.isEmpty else {
      throw .malformed(member: "digest")
    }
    try fields.end()
    var digests: [Statement.SubjectDigest] = []
    for member in set { digests.append(try Statement.SubjectDigest(reading: member)) }
    self.init(name: name, digests: digests)
  }

  fileprivate var json: JSON {
    let digest = JSON.object(digests.map(\.member))
    return name.map { ["name": .string($0), "digest": digest] } ?? ["digest": digest]
  }
}

extension Statement.SubjectDigest {
  fileprivate init(reading member: JSON.Member) throws(StatementError) {
    let id = member.value.bytes.flatMap { ObjectID(canonicalHex: $0) }
    switch (String(decoding: member.key, as: UTF8.self), id, member.value.sha256) {
    case ("gitCommit", let id?, _): self = .gitCommit(id)
    case ("gitTree", let id?, _): self = .gitTree(id)
    case ("sha256", _, let digest?): self = .sha256(digest)
    case ("gitCommit", _, _), ("gitTree", _, _), ("sha256", _, _):
      throw .malformed(member: "digest")
    default: throw .unknownMember(member.key)
    }
  }

  fileprivate var member: JSON.Member {
    switch self {
    case .gitCommit(let id): JSON.Member(key: Array("gitCommit".utf8), value: .id(id))
    case .gitTree(let id): JSON.Member(key: Array("gitTree".utf8), value: .id(id))
    case .sha256(let digest): JSON.Member(key: Array("sha256".utf8), value: .hex(digest))
    }
  }
}
