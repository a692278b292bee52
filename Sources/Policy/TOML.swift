/// A TOML value and the place where it begins.
///
/// Strings and keys are bytes (well-formed UTF-8, but compared byte by byte: two spellings of one
/// letter are two keys). Floats and dates are refused by the reader, because hookkit has no use for
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

/// Reading and writing of TOML text (TOML 1.0.0, without floats and dates).
package enum TOML {
  /// The largest text that is read, in bytes.
  package static let byteLimit = 1 << 20
  /// How deep arrays and inline tables may nest, and how many parts a dotted key may have.
  package static let depthLimit = 32
  /// How many tables, keys and array elements one text may have.
  package static let countLimit = 1 << 16

  /// The root table of a text.
  package static func read(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
    try checkText(bytes)
    var reader = TOMLReader(bytes)
    return try reader.document()
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

  /// Refuses what may stand nowhere in a text: too many bytes, a byte-order mark, bytes that are not
  /// UTF-8, and control characters other than tab and line ends (TOML 1.0.0, "Spec").
  private static func checkText(_ bytes: [UInt8]) throws(TOMLError) {
    guard bytes.count <= byteLimit else {
      throw TOMLError(.tooLarge(bytes: bytes.count), at: .start)
    }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw TOMLError(.byteOrderMark, at: .start) }
    var line = 1
    var lineStart = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x0a:
        line += 1
        lineStart = index + 1
      case 0x09: break
      case 0x0d where index + 1 < bytes.count && bytes[index + 1] == 0x0a: break
      case 0..<0x20, 0x7f:
        throw TOMLError(
          byte == 0x0d ? .bareCarriageReturn : .controlCharacter(byte),
          at: SourcePosition(line: line, column: index - lineStart + 1))
      default: break
      }
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    throw TOMLError(.notUTF8, at: firstInvalidPosition(in: bytes))
  }

  private static func firstInvalidPosition(in bytes: [UInt8]) -> SourcePosition {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) {
      if scalar.elementsEqual([0x0a]) {
        line += 1
        column = 1
      } else {
        column += scalar.count
      }
    }
    return SourcePosition(line: line, column: column)
  }
}
