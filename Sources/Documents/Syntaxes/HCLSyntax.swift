internal import Primitives

/// Reads the part of HCL that Terraform writes and its command's configuration uses (HCL native syntax
/// specification): attributes, blocks, strings without templates, numbers, lists and objects.
///
/// A block is an object under its type, and with labels below those: `provider "a" {}` stands at
/// `provider/a`. Expressions that compute something are refused.
struct HCLSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = HCLSyntax(bytes: bytes, depth: limits.depth)
    let root = try builder.add(.object, to: nil, start: 0)
    try reader.body(of: root, isBlock: false, depth: 0, &builder)
    builder.setEnd(root, bytes.count)
    return builder.document
  }

  /// The blocks of one type, or of one type and first label.
  private struct Group {
    let node: NodeID
    let parent: NodeID
  }

  private let bytes: [UInt8]
  private let depth: Int
  private var position = 0

  private init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  // MARK: Bodies

  private mutating func body(
    of node: NodeID, isBlock: Bool, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    // Objects that hold the blocks of one type and first label, each closed with the body.
    var groups: [Group] = []
    while true {
      try skipSpace(lines: true)
      if isBlock, try current() == 0x7d { break }
      if !isBlock, position == bytes.count { break }
      try item(of: node, &groups, depth, &builder)
    }
    for group in groups { try builder.requireUniqueKeys(of: group.node) }
    try builder.requireUniqueKeys(of: node)
  }

  /// An attribute or a block, with the line end behind it.
  private mutating func item(
    of parent: NodeID, _ groups: inout [Group], _ depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let start = position
    let name = try identifier()
    try skipSpace(lines: false)
    if try current() == 0x3d {
      position += 1
      try skipSpace(lines: false)
      try expression(to: parent, key: name, start: start, depth: depth + 1, &builder)
    } else {
      try block(name, start, of: parent, &groups, depth, &builder)
    }
    try skipSpace(lines: false)
    if position < bytes.count, bytes[position] != 0x0a {
      // A block of one line ends with its bracket.
      guard bytes[position] == 0x7d else { throw Unread(.unexpected, at: position) }
    }
  }

  private mutating func block(
    _ type: Text, _ start: Int, of parent: NodeID, _ groups: inout [Group], _ depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    var parent = parent
    var key = type
    var labels = 0
    while try current() != 0x7b {
      let label = try current() == 0x22 ? string(&builder) : identifier()
      labels += 1
      guard labels <= 4 else { throw Unread(.tooDeep, at: position) }
      parent = try group(key, in: parent, start, &groups, &builder)
      key = label
      try skipSpace(lines: false)
    }
    position += 1
    let node = try builder.add(.object, to: parent, key: key, start: start)
    try body(of: node, isBlock: true, depth: depth + 1, &builder)
    position += 1
    builder.setEnd(node, position)
    for group in groups where builder.lastChild(of: group.node) == node {
      builder.setEnd(group.node, position)
    }
  }

  /// The object of a block type, or of a first label, to which more blocks may come.
  private func group(
    _ key: Text, in parent: NodeID, _ start: Int, _ groups: inout [Group],
    _ builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    for group in groups
    where group.parent == parent && builder.document.equal(builder.document.key(group.node), key) {
      return group.node
    }
    guard groups.count < 64 else { throw Unread(.tooMany, at: start) }
    let node = try builder.add(.object, to: parent, key: key, start: start)
    builder.setEnd(node, start)
    groups.append(Group(node: node, parent: parent))
    return node
  }

  // MARK: Expressions

  private mutating func expression(
    to parent: NodeID, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard depth < self.depth else { throw Unread(.tooDeep, at: position) }
    switch try current() {
    case 0x22:
      let text = try string(&builder)
      try builder.addScalar(.string, text, to: parent, key: key, start: start, end: position)
    case 0x5b: try list(to: parent, key: key, start: start, depth: depth, &builder)
    case 0x7b: try object(to: parent, key: key, start: start, depth: depth, &builder)
    case 0x2d, 0x30...0x39:
      let text = try number()
      try builder.addScalar(.bare, text, to: parent, key: key, start: start, end: position)
    default:
      let word = try identifier()
      guard
        builder.document.equals(word, "true") || builder.document.equals(word, "false")
          || builder.document.equals(word, "null")
      else { throw Unread(.unsupported, at: Int(word.start)) }
      try builder.addScalar(.bare, word, to: parent, key: key, start: start, end: position)
    }
  }

  private mutating func list(
    to parent: NodeID, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.array, to: parent, key: key, start: start)
    position += 1
    try skipSpace(lines: true)
    while try current() != 0x5d {
      try expression(to: node, key: .empty, start: position, depth: depth + 1, &builder)
      try skipSpace(lines: true)
      if try current() == 0x2c {
        position += 1
        try skipSpace(lines: true)
      } else if try current() != 0x5d {
        throw Unread(.unexpected, at: position)
      }
    }
    position += 1
    builder.setEnd(node, position)
  }

  /// `{ name = value }`, parted by line ends or commas.
  private mutating func object(
    to parent: NodeID, key: Text, start: Int, depth: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let node = try builder.add(.object, to: parent, key: key, start: start)
    position += 1
    try skipSpace(lines: true)
    while try current() != 0x7d {
      let start = position
      let key = try current() == 0x22 ? string(&builder) : identifier()
      try skipSpace(lines: false)
      let sign = try current()
      guard sign == 0x3d || sign == 0x3a else { throw Unread(.unexpected, at: position) }
      position += 1
      try skipSpace(lines: false)
      try expression(to: node, key: key, start: start, depth: depth + 1, &builder)
      try skipSpace(lines: false)
      let next = try current()
      guard next == 0x2c || next == 0x0a || next == 0x7d else {
        throw Unread(.unexpected, at: position)
      }
      if next == 0x2c { position += 1 }
      try skipSpace(lines: true)
    }
    position += 1
    builder.setEnd(node, position)
    try builder.requireUniqueKeys(of: node)
  }

  // MARK: Words

  private func current() throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    return bytes[position]
  }

  private mutating func skipSpace(lines: Bool) throws(Unread) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte == 0x09 || byte == 0x0d || (lines && byte == 0x0a) {
        position += 1
      } else if byte == 0x23 || bytes.has("//", at: position) {
        position = bytes.endOfLine(from: position)
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

  private mutating func identifier() throws(Unread) -> Text {
    let start = position
    scan: while position < bytes.count {
      switch bytes[position] {
      case 0x41...0x5a, 0x61...0x7a, 0x5f: position += 1
      case _ where position > start && isDigitOrDash(bytes[position]): position += 1
      case 0x80...: throw Unread(.unsupported, at: position)
      default: break scan
      }
    }
    guard position > start else {
      throw Unread(position < bytes.count ? .unexpected : .truncated, at: start)
    }
    return Text(start..<position)
  }

  private func isDigitOrDash(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2d
  }

  private mutating func number() throws(Unread) -> Text {
    let start = position
    if bytes[position] == 0x2d { position += 1 }
    let first = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) || bytes[position] == 0x2e
    {
      position += 1
    }
    guard position > first, bytes[first] != 0x2e, bytes[position - 1] != 0x2e else {
      throw Unread(.unexpected, at: start)
    }
    return Text(start..<position)
  }

  /// A quoted string. `${` and `%{` begin templates, which compute.
  private mutating func string(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5c,
      bytes[position] != 0x0a, bytes[position] != 0x24, bytes[position] != 0x25
    {
      position += 1
    }
    if try current() == 0x22 {
      position += 1
      return Text(start..<position - 1)
    }
    var text = Array(bytes[start..<position])
    while true {
      let byte = try current()
      switch byte {
      case 0x22:
        position += 1
        return try builder.keep(text)
      case 0x0a: throw Unread(.unexpected, at: position)
      case 0x24 where bytes.has("${", at: position), 0x25 where bytes.has("%{", at: position):
        throw Unread(.unsupported, at: position)
      case 0x5c: try escape(into: &text)
      default:
        text.append(byte)
        position += 1
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(Unread) {
    position += 1
    let byte = try current()
    position += 1
    switch byte {
    case 0x22, 0x5c: text.append(byte)
    case 0x6e: text.append(0x0a)
    case 0x72: text.append(0x0d)
    case 0x74: text.append(0x09)
    case 0x75, 0x55:
      var code: UInt32 = 0
      for _ in 0..<(byte == 0x75 ? 4 : 8) {
        guard let digit = Hex.value(of: try current()) else {
          throw Unread(.unexpected, at: position)
        }
        code = code << 4 | UInt32(digit)
        position += 1
      }
      guard let scalar = Unicode.Scalar(code) else { throw Unread(.notUTF8, at: position) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw Unread(.unexpected, at: position - 1)
    }
  }
}
