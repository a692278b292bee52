internal import Primitives

/// The members of one JSON object, each taken once and by name; what is left over is an error.
struct Fields {
  private var rest: [JSON.Member]

  init(_ json: JSON, in place: String) throws(StatementError) {
    guard let members = json.members else { throw .malformed(member: place) }
    rest = members
  }

  /// A member that may be absent.
  mutating func optional(_ name: String) -> JSON? {
    guard let index = rest.firstIndex(where: { $0.key.elementsEqual(name.utf8) }) else {
      return nil
    }
    return rest.remove(at: index).value
  }

  /// A member that must be there.
  mutating func value(_ name: String) throws(StatementError) -> JSON {
    guard let value = optional(name) else { throw .missing(member: name) }
    return value
  }

  mutating func text(_ name: String) throws(StatementError) -> [UInt8] {
    guard let bytes = try value(name).bytes else { throw .malformed(member: name) }
    return bytes
  }

  mutating func objectID(_ name: String) throws(StatementError) -> ObjectID {
    guard let id = ObjectID(canonicalHex: try text(name)) else { throw .malformed(member: name) }
    return id
  }

  mutating func sha256(_ name: String) throws(StatementError) -> [UInt8] {
    guard let digest = try value(name).sha256 else { throw .malformed(member: name) }
    return digest
  }

  /// Seconds since 1970, not before it.
  mutating func time(_ name: String) throws(StatementError) -> Int64 {
    guard let seconds = try value(name).integer, seconds >= 0 else {
      throw .malformed(member: name)
    }
    return seconds
  }

  /// Refuses members that nobody has asked for.
  func end() throws(StatementError) {
    if let unknown = rest.first { throw .unknownMember(unknown.key) }
  }
}

extension JSON {
  /// The 32 bytes of a SHA-256 digest in lower-case digits.
  var sha256: [UInt8]? {
    guard let text = bytes, text.count == 2 * Digest.byteCount, let digest = Hex.decode(text),
      Hex.encode(digest) == text
    else { return nil }
    return digest
  }

  /// Whether reading what is written gives the value back, within a predicate's depth.
  var survivesWriting: Bool {
    (try? JSON(reading: compact, maximumDepth: 24)) == self
  }

  /// The lower-case digits of `digest`.
  static func hex(_ digest: [UInt8]) -> JSON { .string(Hex.encode(digest)) }

  static func id(_ id: ObjectID) -> JSON { .text(id.hex) }
}

extension ObjectID {
  /// Lower-case digits only: a signed name has one spelling.
  init?(canonicalHex text: [UInt8]) {
    guard let id = ObjectID(hex: text), id.hex.utf8.elementsEqual(text) else { return nil }
    self = id
  }
}

/// What the members of more than one predicate must satisfy, whoever makes them.
enum FieldRules {
  /// Text of at most `limit` bytes that JSON can carry unchanged.
  static func text(
    _ bytes: [UInt8], _ name: String, limit: Int, mayBeEmpty: Bool = false
  ) throws(StatementError) {
    guard bytes.count <= limit, mayBeEmpty || !bytes.isEmpty,
      String(validating: bytes, as: UTF8.self) != nil
    else { throw .malformed(member: name) }
  }

  static func repository(_ bytes: [UInt8]) throws(StatementError) {
    try text(bytes, "repository", limit: 1024)
  }

  /// A full name that JSON can carry unchanged.
  static func ref(_ ref: RefName) throws(StatementError) {
    guard ref.isWellFormed else { throw .malformed(member: "ref") }
    try text(ref.bytes, "ref", limit: 4096)
  }

  static func digest(_ bytes: [UInt8], _ name: String) throws(StatementError) {
    guard bytes.count == Digest.byteCount else { throw .malformed(member: name) }
  }

  static func require(_ condition: Bool, _ name: String) throws(StatementError) {
    guard condition else { throw .malformed(member: name) }
  }
}
