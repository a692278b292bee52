/// Reads the indented text that yarn 1 writes its lock in (yarn v1.22, `src/lockfile/parse.js`): keys,
/// parted by commas, before a colon and deeper lines, or a key and a value on one line.
///
/// A header of several keys becomes one key, `a@^1, a@^2`. Stricter than yarn: an indentation that was
/// not opened, a value behind a colon, and the same key twice are refused.
struct SYMLSyntax {
  /// Reads a whole file.
  ///
  /// - Throws: `Unread`, with the byte at which reading ended.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = SYMLSyntax(bytes: bytes, builder: try DocumentBuilder(bytes, limits: limits))
    let root = try reader.builder.add(.object, to: nil, start: 0)
    var open = [root]
    /// Whether the last line ended in a colon, so that a deeper one must follow.
    var isOpening = false
    while let depth = try reader.nextLine() {
      guard depth < limits.depth else { throw Unread(.tooDeep, at: reader.position) }
      let last = open.count - 1
      guard isOpening ? depth == last : depth <= last else {
        throw Unread(.unexpected, at: reader.position)
      }
      while open.count > depth + 1 { try reader.close(&open) }
      isOpening = try reader.line(&open)
    }
    // Two keys with nothing between them: yarn would take the next line for the value.
    guard !isOpening else { throw Unread(.truncated, at: bytes.count) }
    while !open.isEmpty { try reader.close(&open) }
    reader.builder.setEnd(root, bytes.count)
    return reader.builder.document
  }

  private let bytes: [UInt8]
  private var builder: DocumentBuilder
  private var position = 0

  private init(bytes: [UInt8], builder: DocumentBuilder) {
    self.bytes = bytes
    self.builder = builder
  }

  private mutating func close(_ open: inout [NodeID]) throws(Unread) {
    let node = open.removeLast()
    builder.endWithLastChild(node)
    try builder.requireUniqueKeys(of: node)
  }

  private func isEndOfLine(_ index: Int) -> Bool {
    index >= bytes.count || bytes[index] == 0x0a || bytes[index] == 0x0d
  }

  /// Goes to the first byte of the next line that says something.
  ///
  /// - Returns: how deep it is indented, two spaces a step; `nil` at the end.
  private mutating func nextLine() throws(Unread) -> Int? {
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position] == 0x20 { position += 1 }
      if isEndOfLine(position) || bytes[position] == 0x23 {
        position = min(bytes.endOfLine(from: position) + 1, bytes.count)
        continue
      }
      guard (position - start) % 2 == 0 else { throw Unread(.unexpected, at: start) }
      return (position - start) / 2
    }
    return nil
  }

  /// Reads a line into the innermost open object.
  ///
  /// - Returns: whether it opened another one.
  private mutating func line(_ open: inout [NodeID]) throws(Unread) -> Bool {
    let start = position
    let parent = open[open.count - 1]
    var key = try token(isKey: true).text
    if position < bytes.count, bytes[position] == 0x2c {
      key = try moreKeys(from: start, first: key)
    }
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    if bytes[position] == 0x3a {
      position += 1
      let end = position
      try endLine()
      let node = try builder.add(.object, to: parent, key: key, start: start)
      builder.setEnd(node, end)
      open.append(node)
      return true
    }
    guard bytes[position] == 0x20 else { throw Unread(.unexpected, at: position) }
    position += 1
    let (kind, value) = try token(isKey: false)
    try builder.addScalar(kind, value, to: parent, key: key, start: start, end: position)
    try endLine()
    return false
  }

  private mutating func endLine() throws(Unread) {
    guard isEndOfLine(position) else { throw Unread(.unexpected, at: position) }
    position = min(bytes.endOfLine(from: position) + 1, bytes.count)
  }

  /// Reads the further keys of a header whose first one is read.
  private mutating func moreKeys(from start: Int, first: Text) throws(Unread) -> Text {
    // Without quotes the header is what it is joined to.
    var joined: [UInt8]? =
      first.range == start..<position ? nil : Array(builder.document.bytes(first))
    while position < bytes.count, bytes[position] == 0x2c {
      position += 1
      guard position < bytes.count, bytes[position] == 0x20 else {
        throw Unread(.unexpected, at: position)
      }
      position += 1
      let place = position
      let next = try token(isKey: true).text
      if joined == nil, next.range != place..<position { joined = Array(bytes[start..<place - 2]) }
      if joined != nil {
        joined?.append(contentsOf: [0x2c, 0x20])
        joined?.append(contentsOf: builder.document.bytes(next))
      }
    }
    // Only what a colon follows may have several keys.
    guard position < bytes.count, bytes[position] == 0x3a else {
      throw Unread(.unexpected, at: position)
    }
    guard let joined else { return Text(start: start, count: position - start) }
    return try builder.keep(joined)
  }

  private mutating func token(
    isKey: Bool
  ) throws(Unread) -> (kind: Document.Kind, text: Text) {
    let start = position
    if position < bytes.count, bytes[position] == 0x22 {
      return (.string, try JSONSyntax.string(bytes, at: &position, into: &builder))
    }
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x2c: break
      case 0x3a where isKey: break
      case 0x09, 0x22: throw Unread(.unexpected, at: position)
      default:
        position += 1
        continue
      }
      break
    }
    guard position > start else { throw Unread(.unexpected, at: position) }
    return (.bare, Text(start: start, count: position - start))
  }
}
