internal import Primitives

/// Reads EDN, the data of Clojure (edn-format/edn), as `clojure.edn` does: one value, in which nothing is
/// evaluated.
///
/// Maps are objects, vectors arrays; a list is an array behind a first element `(`, a set behind `#{`,
/// and a tagged value behind its tag, so that one does not pass for another. Keywords keep their colon.
/// `#:ns{...}` has the namespace in each of its keys, and what `#_` discards is not there.
struct EDNSyntax: QuotedSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = EDNSyntax(bytes: bytes, depth: limits.depth)
    try reader.skipSpace(depth: 0)
    try reader.value(to: nil, key: .empty, start: reader.position, depth: 0, &builder)
    try reader.skipSpace(depth: 0)
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

  // MARK: Space

  /// Spaces, commas, comments, and values behind `#_`.
  private mutating func skipSpace(depth: Int) throws(Unread) {
    while position < bytes.count {
      let byte = bytes[position]
      if isSpace(byte) || byte == UInt8(ascii: ",") {
        position += 1
      } else if byte == UInt8(ascii: ";") {
        position = bytes.endOfLine(from: position)
      } else if bytes.has("#_", at: position) {
        guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
        position += 2
        // `#_ #_ a b` discards both.
        try skipSpace(depth: depth + 1)
        try discard(depth: depth + 1)
      } else {
        return
      }
    }
  }

  /// Goes behind a value without keeping anything of it.
  private mutating func discard(depth: Int) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    switch try current() {
    case UInt8(ascii: "{"): try discardAll(before: UInt8(ascii: "}"), depth: depth)
    case UInt8(ascii: "["): try discardAll(before: UInt8(ascii: "]"), depth: depth)
    case UInt8(ascii: "("): try discardAll(before: UInt8(ascii: ")"), depth: depth)
    case UInt8(ascii: "#"):
      position += 1
      if try current() == UInt8(ascii: "{") {
        return try discardAll(before: UInt8(ascii: "}"), depth: depth)
      }
      // A tag or a namespace, and its value.
      _ = try word()
      try skipSpace(depth: depth + 1)
      try discard(depth: depth + 1)
    case UInt8(ascii: "\""):
      position += 1
      while try current() != UInt8(ascii: "\"") {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      position += 1
    default: _ = try word()
    }
  }

  private mutating func discardAll(before close: UInt8, depth: Int) throws(Unread) {
    position += 1
    try skipSpace(depth: depth + 1)
    while try current() != close {
      try discard(depth: depth + 1)
      try skipSpace(depth: depth + 1)
    }
    position += 1
  }

  // MARK: Values

  private mutating func value(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    switch try current() {
    case UInt8(ascii: "{"):
      position += 1
      try map(nil, to: parent, key: key, start: start, depth: depth, &builder)
    case UInt8(ascii: "["):
      position += 1
      try sequence(
        UInt8(ascii: "]"), mark: nil, to: parent, key: key, start: start, depth: depth, &builder)
    case UInt8(ascii: "("):
      position += 1
      try sequence(
        UInt8(ascii: ")"), mark: Text(start: position - 1, count: 1), to: parent, key: key,
        start: start, depth: depth, &builder)
    case UInt8(ascii: "#"):
      try dispatch(to: parent, key: key, start: start, depth: depth, &builder)
    case UInt8(ascii: "\""):
      let text = try string(without: "", &builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    default:
      let text = try word()
      try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
    }
  }

  /// A set, a map with a namespace, or a tagged value.
  private mutating func dispatch(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let place = position
    position += 1
    switch try current() {
    case UInt8(ascii: "{"):
      position += 1
      try sequence(
        UInt8(ascii: "}"), mark: Text(start: place, count: 2), to: parent, key: key, start: start,
        depth: depth, &builder)
    case UInt8(ascii: ":"):
      position += 1
      let space = try word()
      guard bytes[space.range].first != UInt8(ascii: ":"),
        !bytes[space.range].contains(UInt8(ascii: "/")), try current() == UInt8(ascii: "{")
      else { throw Unread(.unexpected, at: place) }
      position += 1
      try map(space, to: parent, key: key, start: start, depth: depth, &builder)
    case let byte where byte | 0x20 &- 0x61 < 26:
      _ = try word()
      let node = try builder.add(.array, to: parent, key: key, start: start)
      try builder.addScalar(
        .bare, Text(start: place, count: position - place), to: node, start: place, end: position)
      try skipSpace(depth: depth)
      try value(to: node, key: .empty, start: position, depth: depth + 1, &builder)
      builder.setEnd(node, position)
    default: throw Unread(.unsupported, at: place)
    }
  }

  /// - Parameter mark: what stands as the first element, where the brackets are not a vector's.
  private mutating func sequence(
    _ close: UInt8, mark: Text?, to parent: NodeID?, key: Text, start: Int, depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.array, to: parent, key: key, start: start)
    if let mark {
      try builder.addScalar(
        .bare, mark, to: node, start: mark.range.lowerBound, end: mark.range.upperBound)
    }
    try skipSpace(depth: depth)
    while try current() != close {
      try value(to: node, key: .empty, start: position, depth: depth + 1, &builder)
      try skipSpace(depth: depth)
    }
    position += 1
    builder.setEnd(node, position)
  }

  private mutating func map(
    _ space: Text?, to parent: NodeID?, key: Text, start: Int, depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.object, to: parent, key: key, start: start)
    try skipSpace(depth: depth)
    while try current() != UInt8(ascii: "}") {
      let start = position
      let key = try self.key(space, &builder)
      try skipSpace(depth: depth)
      guard try current() != UInt8(ascii: "}") else { throw Unread(.unexpected, at: position) }
      try value(to: node, key: key, start: start, depth: depth + 1, &builder)
      try skipSpace(depth: depth)
    }
    position += 1
    builder.setEnd(node, position)
    try builder.requireUniqueKeys(of: node)
  }

  /// A keyword, symbol, string or number; in a map with a namespace with that, unless it has one.
  private mutating func key(
    _ space: Text?, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    switch try current() {
    case UInt8(ascii: "\""): return try string(without: "", &builder)
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "#"):
      throw Unread(.unsupported, at: position)
    default: break
    }
    let text = try word()
    guard let space else { return text }
    let own = bytes[text.range]
    let isKeyword = own.first == UInt8(ascii: ":")
    let name = isKeyword ? own.dropFirst() : own
    guard isKeyword || !Self.isNumber(own) else { return text }
    let colon = isKeyword ? [UInt8(ascii: ":")] : []
    // `:_/name` asks for none.
    if name.starts(with: "_/".utf8) { return try builder.keep(colon + name.dropFirst(2)) }
    if name.contains(UInt8(ascii: "/")) { return text }
    return try builder.keep(colon + bytes[space.range] + [UInt8(ascii: "/")] + name)
  }

  // MARK: Words

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return false }
    if (0x30...0x39).contains(first) { return true }
    let isSigned = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    return isSigned && word.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
  }

  /// A symbol, keyword, number, `nil`, `true` or a character.
  private mutating func word() throws(Unread) -> Text {
    let start = position
    if bytes.has("\\", at: position) {
      // `\newline`, `\a`, `\(`: a character counts whatever it is.
      position += 1
      guard !isSpace(try current()) else { throw Unread(.unexpected, at: start) }
      position += 1
      while position < bytes.count, bytes[position] >= 0x80 { position += 1 }
    } else if bytes.has(":", at: position) {
      position += 1
    }
    while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
    guard position > start else {
      throw Unread(position < bytes.count ? .unexpected : .truncated, at: start)
    }
    let text = bytes[start..<position]
    guard text.first != UInt8(ascii: ":") || text.count > 1, !text.starts(with: "::".utf8) else {
      throw Unread(.unexpected, at: start)
    }
    return Text(start: start, count: position - start)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...0xff: true
    default: ".*+!-_?$%&=<>/:#'|".utf8.contains(byte)
    }
  }

  mutating func escape(
    _ byte: UInt8, at start: Int, into text: inout [UInt8]
  ) throws(Unread) {
    switch byte {
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(byte)
    case 0x30...0x37:
      var code = UInt32(byte & 7)
      while code < 32, (0x30...0x37).contains(try current()) {
        code = code << 3 | UInt32(bytes[position] & 7)
        position += 1
      }
      try append(code, at: start, to: &text)
    case UInt8(ascii: "u"): try escapedUnits(at: start, into: &text)
    default: throw Unread(.unexpected, at: start)
    }
  }
}
