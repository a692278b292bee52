internal import Primitives

/// Reads JSON5 (json5.org, specification 1.0.0): JSON with comments, names and single-quoted strings as
/// keys, commas at the end, more numbers and more escapes.
struct JSON5Syntax: QuotedSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: nil)
    var reader = JSON5Syntax(bytes: bytes, depth: limits.depth)
    try reader.skipSpace()
    try reader.value(to: nil, key: .empty, start: reader.position, depth: 0, &builder)
    try reader.skipSpace()
    guard reader.position == bytes.count else { throw Unread(.unexpected, at: reader.position) }
    return builder.document
  }

  let bytes: [UInt8]
  private let depth: Int
  var position = 0

  private init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  /// Spaces, of Unicode's too, and comments.
  private mutating func skipSpace() throws(Unread) {
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if let count = otherSpace() {
        position += count
      } else if bytes.has("//", at: position) {
        position = endOfLine()
      } else if bytes.has("/*", at: position) {
        let start = position
        position += 2
        while !bytes.has("*/", at: position) {
          guard position < bytes.count else { throw Unread(.truncated, at: start) }
          position += 1
        }
        position += 2
      } else {
        return
      }
    }
  }

  /// A line of JSON5 ends at U+2028 and U+2029 as well: what stands behind them is no comment.
  private func endOfLine() -> Int {
    var index = position
    while index < bytes.count, bytes[index] != 0x0a, bytes[index] != 0x0d,
      !bytes.has("\u{2028}", at: index), !bytes.has("\u{2029}", at: index)
    {
      index += 1
    }
    return index
  }

  private func otherSpace() -> Int? {
    let others: [(StaticString, Int)] = [
      ("\u{a0}", 2), ("\u{2028}", 3), ("\u{2029}", 3), ("\u{feff}", 3), ("\u{1680}", 3),
      ("\u{202f}", 3), ("\u{205f}", 3), ("\u{3000}", 3),
    ]
    if bytes[position] < 0x80 { return nil }
    if let found = others.first(where: { bytes.has($0.0, at: position) }) { return found.1 }
    // U+2000 to U+200A
    return bytes.has("\u{2000}", at: position)
      || position + 2 < bytes.count && bytes[position] == 0xe2 && bytes[position + 1] == 0x80
        && (0x80...0x8a).contains(bytes[position + 2])
      ? 3 : nil
  }

  private mutating func value(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    switch try current() {
    case UInt8(ascii: "{"):
      try container(.object, to: parent, key: key, start: start, depth: depth, &builder)
    case UInt8(ascii: "["):
      try container(.array, to: parent, key: key, start: start, depth: depth, &builder)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try string(without: "\n\r", &builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    default:
      let text = try word()
      try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
    }
  }

  private mutating func container(
    _ kind: Document.Kind, to parent: NodeID?, key: Text, start: Int, depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let close = kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    let node = try builder.add(kind, to: parent, key: key, start: start)
    position += 1
    try skipSpace()
    while try current() != close {
      let start = position
      var key = Text.empty
      if kind == .object {
        key = try self.key(&builder)
        try skipSpace()
        guard try current() == UInt8(ascii: ":") else { throw Unread(.unexpected, at: position) }
        position += 1
        try skipSpace()
      }
      try value(to: node, key: key, start: start, depth: depth + 1, &builder)
      try skipSpace()
      guard try current() == UInt8(ascii: ",") else { break }
      position += 1
      try skipSpace()
    }
    guard try current() == close else { throw Unread(.unexpected, at: position) }
    position += 1
    builder.setEnd(node, position)
    if kind == .object { try builder.requireUniqueKeys(of: node) }
  }

  /// A string, or a name of ECMAScript. One with letters beyond ASCII or with an escape is not read: few
  /// programs agree on those.
  private mutating func key(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    let byte = try current()
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return try string(without: "\n\r", &builder)
    }
    let start = position
    while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    guard position > start, !(0x30...0x39).contains(bytes[start]) else {
      throw Unread(byte >= 0x80 || byte == 0x5c ? .unsupported : .unexpected, at: start)
    }
    return Text(start: start, count: position - start)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }

  /// A number or `true`, `false`, `null`, as it is written.
  private mutating func word() throws(Unread) -> Text {
    let start = position
    let byte = bytes[position]
    let isSigned = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    if isSigned { position += 1 }
    let first = position
    while position < bytes.count {
      let byte = bytes[position]
      let isExponent =
        (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) && position > first
        && bytes[position - 1] | 0x20 == UInt8(ascii: "e") && !bytes.has("0x", at: first)
        && !bytes.has("0X", at: first)
      guard Self.isNameByte(byte) || byte == UInt8(ascii: ".") || isExponent else { break }
      position += 1
    }
    let word = bytes[first..<position]
    guard Self.isNumber(word) || !isSigned && Self.isWord(word) else {
      throw Unread(position == bytes.count && word.isEmpty ? .truncated : .unexpected, at: start)
    }
    return Text(start: start, count: position - start)
  }

  private static func isWord(_ word: ArraySlice<UInt8>) -> Bool {
    ["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
  }

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    if ["Infinity", "NaN"].contains(where: { word.elementsEqual($0.utf8) }) { return true }
    if word.starts(with: "0x".utf8) || word.starts(with: "0X".utf8) {
      return word.count > 2 && word.dropFirst(2).allSatisfy { Hex.value(of: $0) != nil }
    }
    var rest = word
    if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      var exponent = rest[(mark + 1)...]
      if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") {
        exponent = exponent.dropFirst()
      }
      guard isDigits(exponent) else { return false }
      rest = rest[..<mark]
    }
    let parts = rest.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, whole.count < 2 || whole.first != UInt8(ascii: "0") else {
      return false
    }
    let isWhole = isDigits(whole)
    guard parts.count == 2 else { return isWhole }
    return (isWhole || whole.isEmpty) && (isDigits(parts[1]) || isWhole && parts[1].isEmpty)
  }

  private static func isDigits(_ text: ArraySlice<UInt8>) -> Bool {
    !text.isEmpty && text.allSatisfy { (0x30...0x39).contains($0) }
  }

  // MARK: Strings

  mutating func escape(
    _ byte: UInt8, at start: Int, into text: inout [UInt8]
  ) throws(Unread) {
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "v"): text.append(0x0b)
    case UInt8(ascii: "0"):
      guard !(0x30...0x39).contains(try current()) else { throw Unread(.unexpected, at: start) }
      text.append(0)
    case 0x31...0x39: throw Unread(.unexpected, at: start)
    case UInt8(ascii: "x"): try append(try hexadecimal(2), at: start, to: &text)
    case UInt8(ascii: "u"): try escapedUnits(at: start, into: &text)
    // A line that goes on.
    case 0x0a: break
    case 0x0d: if bytes.has("\n", at: position) { position += 1 }
    case 0xe2
    where bytes.has("\u{2028}", at: position - 1) || bytes.has("\u{2029}", at: position - 1):
      position += 2
    // Any other character stands for itself.
    default: text.append(byte)
    }
  }
}
