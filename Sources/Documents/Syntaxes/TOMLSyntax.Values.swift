internal import Primitives

// The values of TOML: arrays, inline tables and strings.

extension TOMLSyntax {
  /// Reads a value.
  ///
  /// - Parameter start: where its key begins; `nil` in an array.
  mutating func value(
    in parent: NodeID, key: Text, start: Int?, depth: Int
  ) throws(Unread) {
    let start = start ?? position
    let text: Text
    var kind = Document.Kind.string
    switch try current(.value) {
    case 0x22:
      text = isTripled(0x22) ? try multilineString(0x22) : try basicString()
    case 0x27:
      text = isTripled(0x27) ? try multilineString(0x27) : try literalString()
    case 0x5b: return try array(in: parent, key, start, depth)
    case 0x7b: return try inlineTable(in: parent, key, start, depth)
    default:
      text = try bareValue()
      kind = .bare
    }
    try builder.addScalar(kind, text, to: parent, key: key, start: start, end: position)
  }

  private mutating func array(
    in parent: NodeID, _ key: Text, _ start: Int, _ depth: Int
  ) throws(Unread) {
    guard depth < builder.limits.depth else { throw Unread(.tooDeep, at: position) }
    let node = try builder.add(.array, to: parent, key: key, start: start)
    builder.setMark(node, Mark.closed)
    position += 1
    try skipBlank()
    while try current(.value) != 0x5d {
      try value(in: node, key: .empty, start: nil, depth: depth + 1)
      try skipBlank()
      guard try current(.listEnd) == 0x2c else { break }
      position += 1
      try skipBlank()
    }
    guard bytes[position] == 0x5d else { throw Unread(.unexpected, at: position, .listEnd) }
    position += 1
    builder.setEnd(node, position)
  }

  /// `{ a = 1, b.c = 2 }`; since TOML 1.1 over several lines, with comments and a comma at its end.
  private mutating func inlineTable(
    in parent: NodeID, _ key: Text, _ start: Int, _ depth: Int
  ) throws(Unread) {
    guard depth < builder.limits.depth else { throw Unread(.tooDeep, at: position) }
    let node = try builder.add(.object, to: parent, key: key, start: start)
    builder.setMark(node, Mark.closed)
    position += 1
    try skipBlank()
    while try current(.key) != UInt8(ascii: "}") {
      try pair(in: node, depth: depth)
      try skipBlank()
      guard try current(.tableEnd) == UInt8(ascii: ",") else { break }
      position += 1
      try skipBlank()
    }
    guard bytes[position] == UInt8(ascii: "}") else {
      throw Unread(.unexpected, at: position, .tableEnd)
    }
    position += 1
    builder.setEnd(node, position)
  }

  // MARK: Strings

  @inline(__always)
  private func isTripled(_ quote: UInt8) -> Bool {
    position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
  }

  mutating func literalString() throws(Unread) -> Text {
    let start = position + 1
    while position + 1 < bytes.count, bytes[position + 1] != 0x27, bytes[position + 1] != 0x0a {
      position += 1
    }
    position += 1
    guard position < bytes.count, bytes[position] == 0x27 else {
      throw Unread(position < bytes.count ? .unexpected : .truncated, at: start - 1, .stringEnd)
    }
    position += 1
    return Text(start: start, count: position - 1 - start)
  }

  /// A basic string of one line. Almost none has an escape, and then its text is the file's own bytes.
  mutating func basicString() throws(Unread) -> Text {
    let start = position + 1
    position = bytes.endOfUnescaped(from: start)
    if position < bytes.count, bytes[position] == 0x22 {
      position += 1
      return Text(start: start, count: position - 1 - start)
    }
    var text = Array(bytes[start..<position])
    while true {
      guard position < bytes.count else { throw Unread(.truncated, at: start - 1, .stringEnd) }
      let byte = bytes[position]
      switch byte {
      case 0x22:
        position += 1
        return try builder.keep(text)
      case 0x5c: try escape(into: &text)
      case 0x0a, 0x0d: throw Unread(.unexpected, at: start - 1, .stringEnd)
      default:
        text.append(byte)
        position += 1
      }
    }
  }

  /// A string in three quotes. Its first line end does not count; up to two quotes may stand before
  /// those that close it.
  private mutating func multilineString(_ quote: UInt8) throws(Unread) -> Text {
    let opening = position
    position += 3
    if position < bytes.count, bytes[position] == 0x0d { position += 1 }
    if position < bytes.count, bytes[position] == 0x0a { position += 1 }
    let start = position
    // The text so far, once it is not the file's own bytes.
    var text: [UInt8]?
    while true {
      guard position < bytes.count else { throw Unread(.truncated, at: opening, .stringEnd) }
      let byte = bytes[position]
      if byte == quote {
        var quotes = 1
        while quotes < 5, position + quotes < bytes.count, bytes[position + quotes] == quote {
          quotes += 1
        }
        let end = position + (quotes >= 3 ? quotes - 3 : quotes)
        text?.append(contentsOf: bytes[position..<end])
        position += quotes
        guard quotes < 3 else {
          guard let text else { return Text(start: start, count: end - start) }
          return try builder.keep(text)
        }
      } else if byte == 0x5c, quote == 0x22 {
        var resolved = text ?? Array(bytes[start..<position])
        text = nil
        if !skipEscapedLineEnd() { try escape(into: &resolved) }
        text = resolved
      } else {
        text?.append(byte)
        position += 1
      }
    }
  }

  /// A backslash at the end of a line stands for all space up to the next text.
  private mutating func skipEscapedLineEnd() -> Bool {
    var index = position + 1
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    guard index < bytes.count, bytes[index] == 0x0a || bytes[index] == 0x0d else { return false }
    while index < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
    position = index
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(Unread) {
    let start = position
    position += 1
    guard position < bytes.count else { throw Unread(.truncated, at: start, .escape) }
    let byte = bytes[position]
    position += 1
    switch byte {
    case 0x22, 0x5c: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0c)
    case 0x6e: text.append(0x0a)
    case 0x72: text.append(0x0d)
    case 0x74: text.append(0x09)
    case UInt8(ascii: "e"): text.append(0x1b)
    case 0x75, 0x55, UInt8(ascii: "x"):
      var code: UInt32 = 0
      for _ in 0..<(byte == 0x75 ? 4 : byte == 0x55 ? 8 : 2) {
        guard position < bytes.count, let digit = Hex.value(of: bytes[position]) else {
          throw Unread(position < bytes.count ? .unexpected : .truncated, at: start, .escape)
        }
        code = code << 4 | UInt32(digit)
        position += 1
      }
      guard let scalar = Unicode.Scalar(code) else { throw Unread(.notUTF8, at: start, .escape) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw Unread(.unexpected, at: start, .escape)
    }
  }
}
