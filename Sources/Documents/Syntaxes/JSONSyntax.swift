internal import Primitives

/// Reads JSON (RFC 8259), and JSONC where a format allows comments and a comma before a closing
/// bracket (`bun.lock`, `deno.jsonc`, `tsconfig`-like files).
///
/// Stricter than any package manager: no duplicate keys, no second value, no NaN, no other encoding.
struct JSONSyntax {
  /// Reads a whole file.
  ///
  /// - Throws: `Unread`, with the byte at which reading ended.
  static func read(
    _ bytes: [UInt8], allowsComments: Bool = false, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: nil)
    try bytes.withUnsafeBufferPointer { (held) throws(Unread) in
      var reader = JSONSyntax(
        bytes: SourceBytes(held), allowsComments: allowsComments, depth: limits.depth)
      try reader.value(into: &builder, parent: nil, key: .empty, start: nil, depth: 0)
      try reader.skipSpace()
      guard reader.position == held.count else { throw Unread(.unexpected, at: reader.position) }
    }
    return builder.document
  }

  /// Reads the one string that begins at a place of a larger text, and goes behind it.
  static func string(
    _ bytes: [UInt8], at position: inout Int, into builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    try bytes.withUnsafeBufferPointer { (held) throws(Unread) in
      var reader = JSONSyntax(bytes: SourceBytes(held), allowsComments: false, depth: 0)
      reader.position = position
      let text = try reader.string(into: &builder)
      position = reader.position
      return text
    }
  }

  private let bytes: SourceBytes
  private let allowsComments: Bool
  private let depth: Int
  private var position = 0

  private init(bytes: SourceBytes, allowsComments: Bool, depth: Int) {
    self.bytes = bytes
    self.allowsComments = allowsComments
    self.depth = depth
  }

  @inline(__always)
  private mutating func skipSpace() throws(Unread) {
    // Behind a colon stands one space as a rule.
    if position < bytes.count, bytes[position] == 0x20 { position += 1 }
    guard position < bytes.count, bytes[position] <= 0x20 || bytes[position] == 0x2f else { return }
    try skipMoreSpace()
  }

  private mutating func skipMoreSpace() throws(Unread) {
    var index = position
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0d, 0x09: index += 1
      case 0x0a: index = bytes.endOfSpaces(from: index + 1)
      case 0x2f where allowsComments:
        position = index
        try skipComment()
        index = position
      default:
        position = index
        return
      }
    }
    position = index
  }

  private mutating func skipComment() throws(Unread) {
    let start = position
    guard position + 1 < bytes.count else { throw Unread(.truncated, at: start) }
    switch bytes[position + 1] {
    case 0x2f: position = bytes.endOfLine(from: position)
    case 0x2a:
      position += 2
      while position + 1 < bytes.count {
        if bytes[position] == 0x2a, bytes[position + 1] == 0x2f {
          position += 2
          return
        }
        position += 1
      }
      throw Unread(.truncated, at: start)
    default: throw Unread(.unexpected, at: start)
    }
  }

  @inline(__always)
  private func current() throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    return bytes[position]
  }

  private mutating func value(
    into builder: inout DocumentBuilder, parent: NodeID?, key: Text, start: Int?, depth: Int
  ) throws(Unread) {
    try skipSpace()
    let start = start ?? position
    switch try current() {
    case 0x22:
      let text = try string(into: &builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    case 0x7b: try container(.object, into: &builder, parent, key, start, depth)
    case 0x5b: try container(.array, into: &builder, parent, key, start, depth)
    case 0x2d, 0x30...0x39:
      let text = try number()
      try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
    case 0x74: try word("true", into: &builder, parent, key, start)
    case 0x66: try word("false", into: &builder, parent, key, start)
    case 0x6e: try word("null", into: &builder, parent, key, start)
    default: throw Unread(.unexpected, at: position)
    }
  }

  private mutating func container(
    _ kind: Document.Kind, into builder: inout DocumentBuilder, _ parent: NodeID?, _ key: Text,
    _ start: Int, _ depth: Int
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    let close: UInt8 = kind == .object ? 0x7d : 0x5d
    let node = try builder.add(kind, to: parent, key: key, start: start)
    position += 1
    try skipSpace()
    var isFirst = true
    while try current() != close {
      if !isFirst {
        guard try current() == 0x2c else { throw Unread(.unexpected, at: position) }
        position += 1
        try skipSpace()
        if allowsComments, try current() == close { break }
      }
      isFirst = false
      if kind == .object {
        try member(into: &builder, node, depth)
      } else {
        try value(into: &builder, parent: node, key: .empty, start: nil, depth: depth + 1)
      }
      try skipSpace()
    }
    position += 1
    builder.setEnd(node, position)
    if kind == .object { try builder.requireUniqueKeys(of: node) }
  }

  private mutating func member(
    into builder: inout DocumentBuilder, _ object: NodeID, _ depth: Int
  ) throws(Unread) {
    let start = position
    guard try current() == 0x22 else { throw Unread(.unexpected, at: position) }
    let key = try string(into: &builder)
    try skipSpace()
    guard try current() == 0x3a else { throw Unread(.unexpected, at: position) }
    position += 1
    try value(into: &builder, parent: object, key: key, start: start, depth: depth + 1)
  }

  private mutating func word(
    _ word: StaticString, into builder: inout DocumentBuilder, _ parent: NodeID?, _ key: Text,
    _ start: Int
  ) throws(Unread) {
    let text = Text(start: position, count: word.utf8CodeUnitCount)
    guard text.range.upperBound <= bytes.count, builder.document.equals(text, word) else {
      throw Unread(.unexpected, at: position)
    }
    position += word.utf8CodeUnitCount
    try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
  }

  /// RFC 8259, section 6; the digits stay as they stand.
  private mutating func number() throws(Unread) -> Text {
    let start = position
    if bytes[position] == 0x2d { position += 1 }
    let zero = position < bytes.count && bytes[position] == 0x30
    let whole = skipDigits()
    guard whole > 0, !zero || whole == 1 else { throw Unread(.unexpected, at: start) }
    if position < bytes.count, bytes[position] == 0x2e {
      position += 1
      guard skipDigits() > 0 else { throw Unread(.unexpected, at: start) }
    }
    if position < bytes.count, bytes[position] | 0x20 == 0x65 {
      position += 1
      if position < bytes.count, bytes[position] == 0x2b || bytes[position] == 0x2d {
        position += 1
      }
      guard skipDigits() > 0 else { throw Unread(.unexpected, at: start) }
    }
    return Text(start: start, count: position - start)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position - start
  }

  /// A string, whose opening quote is at the present byte. Almost none has an escape, and then its text
  /// is the file's own bytes.
  private mutating func string(into builder: inout DocumentBuilder) throws(Unread) -> Text {
    let start = position + 1
    position = bytes.endOfUnescaped(from: start)
    switch try current() {
    case 0x22:
      position += 1
      return Text(start: start, count: position - 1 - start)
    case 0x5c: return try escapedString(from: start, into: &builder)
    // Tabs and line feeds are allowed outside of strings only.
    default: throw Unread(.controlCharacter, at: position)
    }
  }

  private mutating func escapedString(
    from start: Int, into builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    var text = Array(bytes[start..<position])
    while true {
      let byte = try current()
      position += 1
      switch byte {
      case 0x22: return try builder.keep(text)
      case 0x5c: try escape(into: &text)
      case 0..<0x20: throw Unread(.controlCharacter, at: position - 1)
      default: text.append(byte)
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(Unread) {
    let start = position - 1
    let byte = try current()
    position += 1
    switch byte {
    case 0x22, 0x5c, 0x2f: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0c)
    case 0x6e: text.append(0x0a)
    case 0x72: text.append(0x0d)
    case 0x74: text.append(0x09)
    case 0x75:
      var code = try unit()
      if (0xd800..<0xdc00).contains(code) {
        guard position + 1 < bytes.count, bytes[position] == 0x5c, bytes[position + 1] == 0x75
        else { throw Unread(.notUTF8, at: start) }
        position += 2
        let low = try unit()
        guard (0xdc00..<0xe000).contains(low) else { throw Unread(.notUTF8, at: start) }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw Unread(.notUTF8, at: start) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw Unread(.unexpected, at: start)
    }
  }

  private mutating func unit() throws(Unread) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Hex.value(of: try current()) else {
        throw Unread(.unexpected, at: position)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
