internal import Documents
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
    /// `<<<<<<< ` and the like: what git leaves in a file that it could not merge.
    case conflictMarker
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

extension TOMLError {
  /// What the reader of documents says about a text, in the words for a policy.
  init(_ unread: Unread, in bytes: [UInt8]) {
    let byte = unread.offset < bytes.count ? bytes[unread.offset] : nil
    let problem: Problem =
      switch unread.reason {
      case .tooLarge: .tooLarge(bytes: bytes.count)
      case .byteOrderMark: .byteOrderMark
      case .controlCharacter where byte == UInt8(ascii: "\r"): .bareCarriageReturn
      case .controlCharacter: .controlCharacter(byte ?? 0)
      case .conflictMarker: .conflictMarker
      case .tooDeep: .tooDeep
      case .tooMany: .tooManyValues
      case .notUTF8 where unread.detail == nil: .notUTF8
      case .duplicateKey:
        switch unread.detail {
        case .definedTable: .redefinedTable(Self.key(at: unread.offset, in: bytes))
        case .closedValue: .notATable(Self.key(at: unread.offset, in: bytes))
        default: .duplicateKey(Self.key(at: unread.offset, in: bytes))
        }
      default:
        switch unread.detail {
        case .stringEnd: .unterminatedString
        case .escape: .invalidEscape
        case .word: .invalidNumber
        case .key: .expected("a key", found: byte)
        case .equals: .expected("=", found: byte)
        case .lineEnd: .expected("the end of the line", found: byte)
        case .listEnd: .expected(", or ]", found: byte)
        case .tableEnd: .expected(", or }", found: byte)
        case .headerEnd: .expected("]", found: byte)
        case .headersEnd: .expected("]]", found: byte)
        default: .expected("a value", found: byte)
        }
      }
    self.init(problem, at: LineStarts(bytes).position(unread.offset))
  }

  /// The part of a key that begins at a place, as it was read.
  private static func key(at start: Int, in bytes: [UInt8]) -> [UInt8] {
    var end = start
    if bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") {
      repeat {
        end += bytes[end] == UInt8(ascii: "\\") && bytes[start] == UInt8(ascii: "\"") ? 2 : 1
      } while bytes[end] != bytes[start]
      end += 1
    } else {
      while end < bytes.count, TOMLSyntax.isBareKey(bytes[end]) { end += 1 }
    }
    let pair = try? Syntax.toml.read(bytes[start..<end] + Array(" = 0".utf8))
    return pair.flatMap { pair in
      pair.firstChild(of: .root).map { Array(pair.bytes(pair.key($0))) }
    } ?? Array(bytes[start..<end])
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
    case .conflictMarker: "a conflict marker stands here"
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
