internal import Documents

/// A TOML value and the place where it begins.
///
/// Strings and keys are bytes (well-formed UTF-8, but compared byte by byte: two spellings of one
/// letter are two keys). Floats and dates are refused, because hookkit has no use for
/// them and a silent rounding would be a wrong policy.
package struct TOMLValue: Hashable, Sendable {
  package let kind: Kind
  package let position: SourcePosition

  package indirect enum Kind: Hashable, Sendable {
    case string([UInt8])
    case integer(Int64)
    case bool(Bool)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  package init(_ kind: Kind, at position: SourcePosition) {
    self.kind = kind
    self.position = position
  }

  /// What kind of value it is, with its article, for messages.
  package var noun: String {
    switch kind {
    case .string: "a string"
    case .integer: "an integer"
    case .bool: "a boolean"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// The keys of one table in the order in which they stand; no key stands twice.
package struct TOMLTable: Hashable, Sendable {
  package let entries: [Entry]

  package struct Entry: Hashable, Sendable {
    package let key: [UInt8]
    /// Where the key begins, for a table its header.
    package let position: SourcePosition
    package let value: TOMLValue

    package init(key: [UInt8], position: SourcePosition, value: TOMLValue) {
      self.key = key
      self.position = position
      self.value = value
    }
  }

  package init(entries: [Entry]) {
    self.entries = entries
  }

  /// The value at a key of our own text.
  package subscript(key: String) -> TOMLValue? {
    entries.first { $0.key.elementsEqual(key.utf8) }?.value
  }
}

/// Reading and writing of TOML text (`Documents` has the reader), without floats and dates.
package enum TOML {
  /// The largest text that is read, in bytes.
  package static let byteLimit = 1 << 20
  /// How deep tables and arrays may nest, in brackets, braces and dotted keys.
  package static let depthLimit = 32
  /// How many tables, keys and array elements one text may have.
  package static let countLimit = 1 << 16

  /// The root table of a text.
  package static func read(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
    var limits = ReadingLimits()
    limits.bytes = byteLimit
    limits.line = byteLimit
    limits.nodes = countLimit
    // A container may stand at the limit; nothing may stand in it, which is seen below.
    limits.depth = depthLimit + 1
    let document: Document
    do throws(Unread) { document = try Syntax.toml.read(bytes, limits: limits) } catch {
      throw TOMLError(error, in: bytes)
    }
    return try PlacedTOML(document, LineStarts(bytes)).table(.root, depth: 0)
  }

  /// A basic string, quoted and escaped, on one line and in ASCII where the text is well-formed.
  package static func quoted(_ bytes: some Collection<UInt8>) -> String {
    var text = "\""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        text += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return text + "\""
  }
}
