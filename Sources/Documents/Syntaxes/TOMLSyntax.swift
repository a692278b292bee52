/// Reads TOML 1.1.0 (toml.io/en/v1.1.0), whole: headers, dotted keys, arrays of tables, inline tables,
/// every form of string, number and date. What 1.1 adds no reader of 1.0 takes for something else: it
/// refuses the file.
///
/// A key or table that is defined twice is refused wherever the specification calls it invalid. Numbers
/// and dates are checked, and stay as they are written.
public struct TOMLSyntax {
  /// Reads a whole file.
  ///
  /// - Throws: `Unread`, with the byte at which reading ended.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    let builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    return try bytes.withUnsafeBufferPointer { (held) throws(Unread) in
      var reader = TOMLSyntax(builder, SourceBytes(held))
      try reader.file()
      return reader.builder.document
    }
  }

  /// How a table or array came to be, which decides what may still be added to it.
  public enum Mark {
    /// Named on the way to another header: may have one header of its own.
    public static let implicit: UInt8 = 0
    /// Has had its header.
    public static let explicit: UInt8 = 1
    /// Named in dotted keys.
    public static let dotted: UInt8 = 2
    /// Written in braces or brackets: complete.
    public static let closed: UInt8 = 3
    /// An array of `[[tables]]`.
    public static let tables: UInt8 = 4
  }

  let bytes: SourceBytes
  var position = 0
  var builder: DocumentBuilder
  private var keys = TOMLKeyTable()
  /// The tables from the root's down to that of the last header.
  private var path: [Step] = []
  /// The same of the header before.
  private var pathBefore: [Step] = []
  /// Behind the last header or pair.
  private var lineEnd = 0
  /// Where the last part of a key begins.
  private var keyStart = 0

  private struct Step {
    let node: NodeID
    /// Whether no other table stood between its parts: then its bytes are one range, which grows.
    let isWhole: Bool
  }

  private init(_ builder: consuming DocumentBuilder, _ bytes: SourceBytes) {
    self.builder = builder
    self.bytes = bytes
  }

  private mutating func file() throws(Unread) {
    let root = try builder.add(.object, to: nil, start: 0)
    builder.setMark(root, Mark.explicit)
    var table = root
    try skipBlank()
    while position < bytes.count {
      if bytes[position] == 0x5b {
        endTables()
        table = try header(root)
      } else {
        try pair(in: table, depth: path.count)
      }
      lineEnd = position
      try endLine()
      try skipBlank()
    }
    endTables()
    builder.setEnd(root, bytes.count)
  }

  /// The tables of the last header reach to its last pair.
  private mutating func endTables() {
    for step in path where step.isWhole { builder.setEnd(step.node, lineEnd) }
  }

  // MARK: Headers

  /// Reads `[a.b]` or `[[a.b]]` and gives the table that the following pairs stand in.
  private mutating func header(_ root: NodeID) throws(Unread) -> NodeID {
    let start = position
    let isArray = start + 1 < bytes.count && bytes[start + 1] == 0x5b
    position += isArray ? 2 : 1
    skipSpace()
    swap(&path, &pathBefore)
    path.removeAll(keepingCapacity: true)
    var table = root
    var last = try key()
    while try current(.headerEnd) == 0x2e {
      position += 1
      skipSpace()
      table = try descend(into: last, of: table, start)
      last = try key()
    }
    for bracket in 0..<(isArray ? 2 : 1) {
      let end = bracket == 0 ? Unread.Detail.headerEnd : .headersEnd
      guard try current(end) == 0x5d else { throw Unread(.unexpected, at: position, end) }
      position += 1
    }
    let found = keys.find(last, in: table, builder.document)
    if isArray {
      table = try addTable(last, to: table, found, start)
    } else if let found {
      guard builder.document.isObject(found), builder.mark(found) == Mark.implicit else {
        throw Unread(.duplicateKey, at: keyStart, .definedTable)
      }
      table = found
    } else {
      table = try add(.object, last, to: table, start)
    }
    builder.setMark(table, Mark.explicit)
    try enter(table, start)
    return table
  }

  /// The table under one of a header's keys, made when it is missing; of an array its last table.
  private mutating func descend(
    into key: Text, of table: NodeID, _ start: Int
  ) throws(Unread) -> NodeID {
    let node: NodeID
    if let found = keys.find(key, in: table, builder.document) {
      guard !builder.document.isScalar(found), builder.mark(found) != Mark.closed else {
        throw Unread(.duplicateKey, at: keyStart, .closedValue)
      }
      node = found
    } else {
      node = try add(.object, key, to: table, start)
    }
    try enter(node, start)
    guard builder.document.isArray(node), let last = builder.lastChild(of: node) else {
      return node
    }
    try enter(last, start)
    return last
  }

  /// Adds one more table to an array of tables, which is made with its first.
  private mutating func addTable(
    _ key: Text, to table: NodeID, _ found: NodeID?, _ start: Int
  ) throws(Unread) -> NodeID {
    let array: NodeID
    if let found {
      guard builder.mark(found) == Mark.tables else {
        throw Unread(.duplicateKey, at: keyStart, .definedTable)
      }
      array = found
    } else {
      array = try add(.array, key, to: table, start)
      builder.setMark(array, Mark.tables)
    }
    try enter(array, start)
    return try builder.add(.object, to: array, start: start)
  }

  /// Goes one table down. It is whole when it is new, or was open till now.
  private mutating func enter(_ node: NodeID, _ start: Int) throws(Unread) {
    let depth = path.count
    guard depth < builder.limits.depth else { throw Unread(.tooDeep, at: start) }
    let isNew = builder.document.range(node) == start..<start
    let wasWhole =
      depth < pathBefore.count && pathBefore[depth].node == node && pathBefore[depth].isWhole
    path.append(Step(node: node, isWhole: isNew || wasWhole))
  }

  private mutating func add(
    _ kind: Document.Kind, _ key: Text, to table: NodeID, _ start: Int
  ) throws(Unread) -> NodeID {
    let node = try builder.add(kind, to: table, key: key, start: start)
    keys.insert(node, in: table, builder.document)
    return node
  }

  // MARK: Pairs

  /// Reads `key = value`, of a table or in braces.
  mutating func pair(in table: NodeID, depth: Int) throws(Unread) {
    let start = position
    var (table, depth) = (table, depth + 1)
    var grown: [NodeID] = []
    var last = try key()
    while try current(.equals) == 0x2e {
      position += 1
      skipSpace()
      guard depth < builder.limits.depth else { throw Unread(.tooDeep, at: start) }
      depth += 1
      table = try dotted(last, in: table, start, &grown)
      last = try key()
    }
    guard bytes[position] == 0x3d else { throw Unread(.unexpected, at: position, .equals) }
    position += 1
    skipSpace()
    guard keys.find(last, in: table, builder.document) == nil else {
      throw Unread(.duplicateKey, at: keyStart)
    }
    try value(in: table, key: last, start: start, depth: depth)
    if let node = builder.lastChild(of: table) { keys.insert(node, in: table, builder.document) }
    for node in grown { builder.setEnd(node, position) }
  }

  /// The table of a dotted key's part: new, or named in such keys before, or without a header so far
  /// ("Table", on dotted keys).
  private mutating func dotted(
    _ key: Text, in table: NodeID, _ start: Int, _ grown: inout [NodeID]
  ) throws(Unread) -> NodeID {
    let previous = builder.lastChild(of: table)
    let node: NodeID
    if let found = keys.find(key, in: table, builder.document) {
      let mark = builder.mark(found)
      guard builder.document.isObject(found), mark == Mark.dotted || mark == Mark.implicit else {
        throw Unread(.duplicateKey, at: keyStart, .closedValue)
      }
      if mark == Mark.dotted, found == previous { grown.append(found) }
      node = found
    } else {
      node = try add(.object, key, to: table, start)
      grown.append(node)
    }
    builder.setMark(node, Mark.dotted)
    return node
  }

  // MARK: Keys

  /// One part of a key, with the space behind it.
  private mutating func key() throws(Unread) -> Text {
    let text: Text
    keyStart = position
    switch try current(.key) {
    case 0x22: text = try basicString()
    case 0x27: text = try literalString()
    default:
      let start = position
      var end = position
      while end < bytes.count, Self.isBareKey(bytes[end]) { end += 1 }
      guard end > start else { throw Unread(.unexpected, at: end, .key) }
      position = end
      text = Text(start: start, count: end - start)
    }
    skipSpace()
    return text
  }

  public static func isBareKey(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2d || byte == 0x5f
  }

  // MARK: Space

  @inline(__always)
  func current(_ detail: Unread.Detail? = nil) throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position, detail) }
    return bytes[position]
  }

  @inline(__always)
  mutating func skipSpace() {
    guard position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 else { return }
    skipMoreSpace()
  }

  private mutating func skipMoreSpace() {
    var index = position + 1
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    position = index
  }

  /// Skips spaces, line ends and comments. A carriage return stands before a line feed, as was checked.
  mutating func skipBlank() throws(Unread) {
    var index = position
    scan: while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0a, 0x0d: index += 1
      case 0x23: index = bytes.endOfLine(from: index)
      default: break scan
      }
    }
    position = index
  }

  /// Behind a header or pair nothing follows in its line but a comment.
  private mutating func endLine() throws(Unread) {
    skipSpace()
    guard position < bytes.count else { return }
    switch bytes[position] {
    case 0x0a, 0x0d, 0x23: return
    default: throw Unread(.unexpected, at: position, .lineEnd)
    }
  }
}
