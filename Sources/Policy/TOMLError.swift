internal import Primitives

/// Why a text is not TOML that hookkit reads, and where.
package struct TOMLError: Error, Hashable, Sendable {
  package let problem: Problem
  package let position: SourcePosition

  package enum Problem: Hashable, Sendable {
    case tooLarge(bytes: Int)
    case byteOrderMark
    case notUTF8
    case bareCarriageReturn
    case controlCharacter(UInt8)
    case tooDeep
    case tooManyValues
    /// Something else had to stand here; `found` is `nil` at the end of the text.
    case expected(String, found: UInt8?)
    case unterminatedString
    case invalidEscape
    case invalidNumber
    case integerOutOfRange
    /// A float or a date: TOML, but nothing in hookkit has that type.
    case unused(String)
    case duplicateKey([UInt8])
    case redefinedTable([UInt8])
    /// A dotted key or a header that goes through a value that is no table.
    case notATable([UInt8])
  }

  package init(_ problem: Problem, at position: SourcePosition) {
    self.problem = problem
    self.position = position
  }
}

extension TOMLError.Problem: CustomStringConvertible {
  /// A clause without a full stop, safe to print.
  package var description: String {
    switch self {
    case .tooLarge(let bytes): "the text has \(bytes) bytes, more than \(TOML.byteLimit)"
    case .byteOrderMark: "the text begins with a byte-order mark"
    case .notUTF8: "the text is not UTF-8"
    case .bareCarriageReturn: "a carriage return stands without a line feed"
    case .controlCharacter(let byte): "the control character \\x\(Hex.string([byte])) stands here"
    case .tooDeep: "values nest or a key is dotted more than \(TOML.depthLimit) times"
    case .tooManyValues: "the text has more than \(TOML.countLimit) values"
    case .expected(let wanted, found: nil): "\(wanted) is expected, the text ends"
    case .expected(let wanted, found: 0x0a?), .expected(let wanted, found: 0x0d?):
      "\(wanted) is expected, the line ends"
    case .expected(let wanted, let found?): "\(wanted) is expected, not \(Escaped.quoted([found]))"
    case .unterminatedString: "the string has no end"
    case .invalidEscape: "the escape is not one of TOML's"
    case .invalidNumber: "this is not a value"
    case .integerOutOfRange: "the integer does not fit into 64 bits"
    case .unused(let kind): "\(kind) is not used by hookkit"
    case .duplicateKey(let key): "the key \(Escaped.quoted(key, limit: 64)) stands twice"
    case .redefinedTable(let key):
      "the table \(Escaped.quoted(key, limit: 64)) is already defined"
    case .notATable(let key):
      "the key \(Escaped.quoted(key, limit: 64)) already has a value that cannot be extended"
    }
  }
}
