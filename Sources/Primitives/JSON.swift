/// A JSON value, read strictly and written one way only (RFC 8259).
///
/// Strings are bytes: a push may put any bytes where JSON wants text, and Swift's `String ==` calls
/// different bytes equal. Numbers are 64-bit integers, which is all that hookkit's formats use; a
/// fraction or exponent is refused rather than rounded.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string([UInt8])
  case array([JSON])
  /// Members in the order in which they stand; keys are unique.
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let key: [UInt8]
    package let value: JSON

    package init(key: [UInt8], value: JSON) {
      self.key = key
      self.value = value
    }

    /// A key of our own.
    package init(_ key: String, _ value: JSON) {
      self.init(key: Array(key.utf8), value: value)
    }
  }

  /// A string of our own text.
  package static func text(_ text: String) -> JSON { .string(Array(text.utf8)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(key: Array($0.0.utf8), value: $0.1) })
  }
}

extension JSON {
  /// The member of an object that has this key; `nil` for any other value.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.elementsEqual(key.utf8) }?.value
  }

  package var bytes: [UInt8]? {
    guard case .string(let bytes) = self else { return nil }
    return bytes
  }

  package var integer: Int64? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  package var array: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// A string as text of our own, for fields whose values are known words; `nil` unless UTF-8.
  package var string: String? {
    bytes.flatMap { String(validating: $0, as: UTF8.self) }
  }
}
