/// Reads literal terms of Elixir (`mix.lock`) or Erlang (`rebar.lock`); nothing is ever evaluated.
///
/// Tuples and lists are arrays, maps and keyword lists objects. Atoms are bare and keep their colon. A
/// file of Erlang is an array of its terms, each of which ends with a full stop.
struct TermSyntax {
  enum Language {
    case elixir
    case erlang
  }

  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], language: Language, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = TermSyntax(bytes: bytes, language: language, depth: limits.depth)
    reader.skipSpace()
    switch language {
    case .elixir:
      try reader.term(to: nil, key: .empty, start: reader.position, depth: 0, &builder)
      reader.skipSpace()
    case .erlang:
      let root = try builder.add(.array, to: nil, start: 0)
      while reader.position < bytes.count {
        try reader.term(to: root, key: .empty, start: reader.position, depth: 0, &builder)
        reader.skipSpace()
        guard try reader.current() == 0x2e else {
          throw Unread(.unexpected, at: reader.position)
        }
        reader.position += 1
        guard reader.position == bytes.count || isSpace(bytes[reader.position]) else {
          throw Unread(.unexpected, at: reader.position)
        }
        reader.skipSpace()
      }
      builder.setEnd(root, bytes.count)
    }
    guard reader.position == bytes.count else { throw Unread(.unexpected, at: reader.position) }
    return builder.document
  }

  private let bytes: [UInt8]
  private let language: Language
  private let depth: Int
  private var position = 0

  private init(bytes: [UInt8], language: Language, depth: Int) {
    self.bytes = bytes
    self.language = language
    self.depth = depth
  }

  private func current() throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    return bytes[position]
  }

  private mutating func skipSpace() {
    let mark: UInt8 = language == .elixir ? 0x23 : 0x25
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes[position] == mark, language == .erlang || !bytes.has("#{", at: position) {
        position = bytes.endOfLine(from: position)
      } else {
        return
      }
    }
  }

  private mutating func term(
    to parent: NodeID?, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    switch try current() {
    case 0x7b:
      position += 1
      try sequence(0x7d, to: parent, key: key, start: start, depth: depth, &builder)
    case 0x5b:
      position += 1
      skipSpace()
      if language == .elixir, isKeyword() {
        try members(0x5d, to: parent, key: key, start: start, depth: depth, &builder)
      } else {
        try sequence(0x5d, to: parent, key: key, start: start, depth: depth, &builder)
      }
    case 0x25 where language == .elixir:
      guard bytes.has("%{", at: position) else { throw Unread(.unsupported, at: position) }
      position += 2
      skipSpace()
      try members(0x7d, to: parent, key: key, start: start, depth: depth, &builder)
    case 0x22:
      let text = try string(&builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    case 0x3c where language == .erlang:
      let text = try binary(&builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    default:
      let text = try word()
      try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
    }
  }

  /// A tuple or list, behind its opening bracket. Only Elixir's lists may end with a comma.
  private mutating func sequence(
    _ close: UInt8, to parent: NodeID?, key: Text, start: Int, depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.array, to: parent, key: key, start: start)
    skipSpace()
    while try current() != close {
      // Keywords behind other elements of a list are one more element of it: not read.
      // (`"name": term` is refused at its colon.)
      if language == .elixir, bytes[position] != 0x22, isKeyword() {
        throw Unread(.unsupported, at: position)
      }
      try term(to: node, key: .empty, start: position, depth: depth + 1, &builder)
      try skipComma(before: close, mayTrail: language == .elixir && close == 0x5d)
    }
    position += 1
    builder.setEnd(node, position)
  }

  /// A map or a keyword list, behind its opening bracket: `name: term`, `"name": term`, and in maps
  /// `"name" => term`.
  private mutating func members(
    _ close: UInt8, to parent: NodeID?, key: Text, start: Int, depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.object, to: parent, key: key, start: start)
    while try current() != close {
      let start = position
      let key: Text
      if try current() == 0x22 {
        key = try string(&builder)
        if try current() == 0x3a {
          position += 1
        } else {
          skipSpace()
          guard close == 0x7d, bytes.has("=>", at: position) else {
            throw Unread(.unexpected, at: position)
          }
          position += 2
        }
      } else {
        guard isKeyword() else { throw Unread(.unsupported, at: position) }
        key = try word()
        position += 1
      }
      skipSpace()
      try term(to: node, key: key, start: start, depth: depth + 1, &builder)
      try skipComma(before: close, mayTrail: true)
    }
    position += 1
    builder.setEnd(node, position)
    try builder.requireUniqueKeys(of: node)
  }

  private mutating func skipComma(before close: UInt8, mayTrail: Bool) throws(Unread) {
    skipSpace()
    if try current() == 0x2c {
      position += 1
      skipSpace()
      if !mayTrail, try current() == close { throw Unread(.unexpected, at: position) }
    } else if try current() != close {
      throw Unread(.unexpected, at: position)
    }
  }

  /// Whether `name: ` or `"name": ` stands here.
  private func isKeyword() -> Bool {
    var index = position
    if index < bytes.count, bytes[index] == 0x22 {
      index += 1
      while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x0a {
        index += bytes[index] == 0x5c ? 2 : 1
      }
      return bytes.has("\":", at: index)
    }
    while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
    return index > position && bytes.has(":", at: index) && !bytes.has("::", at: index)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
    default: false
    }
  }

  /// An atom, a number, `true`, `nil`.
  private mutating func word() throws(Unread) -> Text {
    let start = position
    if language == .elixir, bytes[position] == 0x3a { position += 1 }
    if bytes[position..<min(position + 1, bytes.count)].first == 0x2d { position += 1 }
    let first = position
    while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
    guard position > first else {
      throw Unread(position < bytes.count ? .unsupported : .truncated, at: start)
    }
    return Text(start..<position)
  }

  /// `<<"text">>`, perhaps with `/utf8`.
  private mutating func binary(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    guard bytes.has("<<", at: position) else { throw Unread(.unsupported, at: position) }
    position += 2
    guard try current() == 0x22 else {
      guard bytes.has(">>", at: position) else { throw Unread(.unsupported, at: position) }
      position += 2
      return .empty
    }
    let text = try string(&builder)
    if bytes.has("/utf8", at: position) { position += 5 }
    guard bytes.has(">>", at: position) else { throw Unread(.unsupported, at: position) }
    position += 2
    return text
  }

  /// A string; one with interpolation or with any escape but those of quotes and backslashes is refused.
  private mutating func string(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    position += 1
    let start = position
    var decoded: [UInt8]?
    position = bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x22 || byte == 0x5c || byte == 0x23 || byte == 0x0a { break }
        index += 1
      }
      return index
    }
    while true {
      let byte = try current()
      switch byte {
      case 0x22:
        position += 1
        if let decoded { return try builder.keep(decoded) }
        return Text(start..<position - 1)
      case 0x0a: throw Unread(.unsupported, at: position)
      case 0x23 where language == .elixir && bytes.has("#{", at: position):
        throw Unread(.unsupported, at: position)
      case 0x5c:
        if decoded == nil { decoded = Array(bytes[start..<position]) }
        position += 1
        let escaped = try current()
        guard escaped == 0x22 || escaped == 0x5c else {
          throw Unread(.unsupported, at: position)
        }
        decoded?.append(escaped)
      default: decoded?.append(byte)
      }
      position += 1
    }
  }
}
