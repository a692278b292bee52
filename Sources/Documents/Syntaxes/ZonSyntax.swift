internal import Primitives

/// Reads ZON, the data of Zig (ziglang/zig, `lib/std/zig/Zoir.zig`, `doc/build.zig.zon.md`).
///
/// `.{ .name = value }` is an object, `.{ value, value }` an array, and `.{}` an object without members.
/// Strings may be written on several lines, each behind `\\`; enum literals stay bare, with their dot.
struct ZonSyntax: QuotedSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = ZonSyntax(bytes: bytes, depth: limits.depth)
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

  /// Spaces and comments. A comment of Zig that documents something belongs to no value.
  private mutating func skipSpace() throws(Unread) {
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes.has("//", at: position) {
        position = bytes.endOfLine(from: position)
      } else {
        return
      }
    }
  }

  private mutating func value(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    let text: Text
    var kind = Document.Kind.string
    switch try current() {
    case UInt8(ascii: "\""): text = try string(without: "\n", &builder)
    case UInt8(ascii: "\\"): text = try lines(&builder)
    case UInt8(ascii: "."):
      position += 1
      if try current() == UInt8(ascii: "{") {
        return try container(to: parent, key: key, start: start, depth: depth, &builder)
      }
      let place = position - 1
      _ = try name(&builder)
      text = Text(start: place, count: position - place)
      kind = .bare
    default:
      text = try word()
      kind = .bare
    }
    try builder.addScalar(kind, text, to: parent, key: key, start: start, end: position)
  }

  /// Members or elements, at the opening brace.
  private mutating func container(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    position += 1
    try skipSpace()
    let isArray = try current() != UInt8(ascii: "}") && !isMember()
    let node = try builder.add(isArray ? .array : .object, to: parent, key: key, start: start)
    while try current() != UInt8(ascii: "}") {
      let start = position
      var key = Text.empty
      if !isArray {
        guard isMember() else { throw Unread(.unexpected, at: position) }
        position += 1
        key = try name(&builder)
        try skipSpace()
        position += 1
        try skipSpace()
      } else if isMember() {
        throw Unread(.unexpected, at: position)
      }
      try value(to: node, key: key, start: start, depth: depth + 1, &builder)
      try skipSpace()
      guard try current() == UInt8(ascii: ",") else { break }
      position += 1
      try skipSpace()
    }
    guard try current() == UInt8(ascii: "}") else { throw Unread(.unexpected, at: position) }
    position += 1
    builder.setEnd(node, position)
    if !isArray { try builder.requireUniqueKeys(of: node) }
  }

  /// Whether `.name =` stands here.
  private func isMember() -> Bool {
    guard bytes.has(".", at: position), !bytes.has(".{", at: position) else { return false }
    var ahead = self
    ahead.position += 1
    guard ahead.skipName() else { return false }
    do throws(Unread) { try ahead.skipSpace() } catch { return false }
    return bytes.has("=", at: ahead.position) && !bytes.has("==", at: ahead.position)
  }

  private mutating func skipName() -> Bool {
    if bytes.has("@\"", at: position) {
      position += 2
      while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
        guard bytes[position] != UInt8(ascii: "\n") else { return false }
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      position += 1
      return position <= bytes.count
    }
    let start = position
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    return position > start
  }

  /// `name` or `@"any text"`.
  private mutating func name(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    if bytes.has("@\"", at: position) {
      position += 1
      return try string(without: "\n", &builder)
    }
    let start = position
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    guard position > start else {
      throw Unread(position < bytes.count ? .unexpected : .truncated, at: start)
    }
    guard !(0x30...0x39).contains(bytes[start]) else { throw Unread(.unexpected, at: start) }
    return Text(start: start, count: position - start)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
  }

  /// A number, `true`, `false`, `null`, `inf` or `nan`; a character stays as it is written.
  private mutating func word() throws(Unread) -> Text {
    let start = position
    if bytes[position] == UInt8(ascii: "'") {
      position += 1
      while try current() != UInt8(ascii: "'") {
        guard bytes[position] != UInt8(ascii: "\n") else { throw Unread(.unexpected, at: position) }
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      position += 1
      guard position - start > 2 else { throw Unread(.unexpected, at: start) }
      return Text(start: start, count: position - start)
    }
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let first = position
    while position < bytes.count {
      let byte = bytes[position]
      let isExponent =
        (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"))
        && position > first && "eEpP".utf8.contains(bytes[position - 1])
      guard Self.isWordByte(byte) || byte == UInt8(ascii: ".") || isExponent else { break }
      position += 1
    }
    let text = Text(start: start, count: position - start)
    let word = bytes[first..<position]
    guard let lead = word.first else { throw Unread(.unexpected, at: start) }
    let isWord = ["true", "false", "null", "inf", "nan"].contains { word.elementsEqual($0.utf8) }
    guard isWord || (0x30...0x39).contains(lead) else { throw Unread(.unsupported, at: start) }
    return text
  }

  /// Lines behind `\\`, up to the first that has none.
  private mutating func lines(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    var text: [UInt8] = []
    var isFirst = true
    while bytes.has("\\\\", at: position) {
      let end = bytes.endOfLine(from: position)
      if !isFirst { text.append(UInt8(ascii: "\n")) }
      isFirst = false
      text +=
        bytes[position + 2..<end].last == UInt8(ascii: "\r")
        ? bytes[position + 2..<end - 1] : bytes[position + 2..<end]
      position = end
      try skipSpace()
    }
    guard !isFirst else { throw Unread(.unexpected, at: position) }
    return try builder.keep(text)
  }

  mutating func escape(
    _ byte: UInt8, at start: Int, into text: inout [UInt8]
  ) throws(Unread) {
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): text.append(byte)
    case UInt8(ascii: "x"):
      let value = try hexadecimal(2)
      // Bytes that are no text could not be shown to anybody.
      guard value < 0x80 else { throw Unread(.notUTF8, at: start) }
      try append(value, at: start, to: &text)
    case UInt8(ascii: "u"):
      guard try current() == UInt8(ascii: "{") else { throw Unread(.unexpected, at: position) }
      position += 1
      var code: UInt32 = 0
      var count = 0
      while let digit = Hex.value(of: try current()), count < 6 {
        code = code << 4 | UInt32(digit)
        position += 1
        count += 1
      }
      guard count > 0, try current() == UInt8(ascii: "}") else {
        throw Unread(.unexpected, at: position)
      }
      position += 1
      try append(code, at: start, to: &text)
    default: throw Unread(.unexpected, at: start)
    }
  }
}
