/// Reads the part of YAML 1.2 that lock files, manifests and workflows are written in: mappings and
/// sequences in block and flow style, scalars of all five styles, comments, `? ` keys, documents.
///
/// Refused, because programs differ in what they make of it or because it hides what a person reads:
/// anchors, aliases, tags, merge keys, directives other than `%YAML 1.2`, keys that are no scalars,
/// tabs for indentation, line breaks other than LF and CRLF, the same key twice.
///
/// One document is the root itself. Several are an array of documents at the root, and
/// `Document.documentCount` tells the two apart. A mapping entry begins at its key, an item of a
/// sequence at its dash.
struct YAMLSyntax {
  /// Reads a whole file.
  ///
  /// - Throws: `Unread`, with the byte at which reading ended.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    try requireNoForeignLineBreak(bytes)
    var reader = try YAMLSyntax(bytes, limits: limits)
    if try reader.document(into: nil) { return reader.builder.document }
    // More than one document: they are read again, into an array.
    reader = try YAMLSyntax(bytes, limits: limits)
    let root = try reader.builder.add(.array, to: nil, start: 0)
    while try !reader.document(into: root) {}
    reader.builder.setEnd(root, bytes.count)
    var document = reader.builder.document
    document.documentCount = document.childCount(root)
    return document
  }

  let bytes: [UInt8]
  let maximumDepth: Int
  var builder: DocumentBuilder
  /// The byte that is read next.
  var position = 0
  /// The first byte of its line.
  var lineStart = 0

  private init(_ bytes: [UInt8], limits: ReadingLimits) throws(Unread) {
    self.bytes = bytes
    maximumDepth = limits.depth
    builder = try DocumentBuilder(bytes, limits: limits)
  }

  // MARK: Places

  var column: Int { position - lineStart }

  /// Whether there is nothing more in this document.
  var isAtEnd: Bool { position >= bytes.count || (position == lineStart && isMarker(position)) }

  /// Whether the byte at `index` is a space, a tab, an end of line, or behind the file.
  func isBlank(_ index: Int) -> Bool {
    guard index < bytes.count else { return true }
    let byte = bytes[index]
    return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }

  func isEndOfLine(_ index: Int) -> Bool {
    guard index < bytes.count else { return true }
    return bytes[index] == 0x0a || bytes[index] == 0x0d
  }

  /// Whether the line at `index` is `---` or `...`.
  func isMarker(_ index: Int) -> Bool {
    guard index + 2 < bytes.count else { return false }
    let byte = bytes[index]
    return (byte == 0x2d || byte == 0x2e) && bytes[index + 1] == byte && bytes[index + 2] == byte
      && isBlank(index + 3)
  }

  mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
  }

  /// Goes to the next value or key, over line ends and comments. A comment has a blank before it.
  ///
  /// - Throws: `.unsupported` for a tab in the indentation of what it finds.
  mutating func skipToContent() throws(Unread) {
    var tab: Int?
    while position < bytes.count {
      switch bytes[position] {
      case 0x20: position += 1
      case 0x09:
        if tab == nil { tab = position }
        position += 1
      case 0x0a:
        position += 1
        lineStart = position
        tab = nil
      case 0x0d: position += 1
      case 0x23 where position == lineStart || isBlank(position - 1):
        position = bytes.endOfLine(from: position)
      default:
        if let tab, isIndentation(lineStart..<tab) { throw Unread(.unsupported, at: tab) }
        return
      }
    }
  }

  private func isIndentation(_ range: Range<Int>) -> Bool {
    for index in range where bytes[index] != 0x20 { return false }
    return true
  }

  /// Asks that a line has nothing more than a comment.
  mutating func requireEndOfLine() throws(Unread) {
    let end = position
    skipSpaces()
    guard isEndOfLine(position) || (bytes[position] == 0x23 && position > end) else {
      throw Unread(.unexpected, at: position)
    }
  }

  /// NEL, LS, PS and a byte-order mark within a file: YAML 1.1 breaks lines or skips there, YAML 1.2
  /// does not. Control characters of ISO 6429 too, which no YAML file may contain.
  private static func requireNoForeignLineBreak(_ bytes: [UInt8]) throws(Unread) {
    let place: Int? = bytes.withUnsafeBytes { raw in
      var index = 0
      while index < raw.count {
        if index + 8 <= raw.count,
          raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
          continue
        }
        // The text is valid UTF-8, so what follows a lead byte is there.
        switch raw[index] {
        case 0xc2 where raw[index + 1] < 0xa0: return index
        case 0xe2 where raw[index + 1] == 0x80 && raw[index + 2] & 0xfe == 0xa8: return index
        case 0xef where raw[index + 1] == 0xbb && raw[index + 2] == 0xbf: return index
        default: index += 1
        }
      }
      return nil
    }
    if let place { throw Unread(.unsupported, at: place) }
  }

  // MARK: Documents

  /// Reads one document into `parent`, or as the root.
  ///
  /// - Returns: whether it was the last one.
  private mutating func document(into parent: NodeID?) throws(Unread) -> Bool {
    try directives()
    try blockNode(Slot(parent: parent, start: nil), indent: -1, depth: 0)
    try skipToContent()
    guard position < bytes.count else { return true }
    guard isAtEnd else { throw Unread(.unexpected, at: position) }
    guard bytes[position] == 0x2e else { return false }
    position += 3
    try requireEndOfLine()
    try skipToContent()
    return position >= bytes.count
  }

  /// Goes behind the `---` that a document may begin with, and the `%YAML 1.2` before it.
  private mutating func directives() throws(Unread) {
    let isFirst = position == 0
    try skipToContent()
    var isDirected = false
    while position < bytes.count, position == lineStart, bytes[position] == 0x25 {
      let end = bytes.endOfLine(from: position)
      guard !isDirected, bytes[position..<end].starts(with: "%YAML 1.2".utf8) else {
        throw Unread(.unsupported, at: position)
      }
      position += 9
      try requireEndOfLine()
      try skipToContent()
      isDirected = true
    }
    if position < bytes.count, position == lineStart, isMarker(position), bytes[position] == 0x2d {
      position += 3
      // A value beside the dashes is legal and never written.
      try requireEndOfLine()
    } else if isDirected || !isFirst {
      throw Unread(.unexpected, at: position)
    }
  }

  // MARK: Block style

  /// Where a value will stand: its container, its key there, and the first byte of its entry.
  struct Slot {
    let parent: NodeID?
    var key: Text = .empty
    /// `nil` where the entry begins with the value itself.
    let start: Int?
  }

  /// Reads the value that follows, which may be empty.
  ///
  /// - Parameters:
  ///   - indent: the column of the container, -1 outside of all. The value's lines lie deeper.
  ///   - isInMapping: whether it belongs to a key: then a mapping or sequence begins on a line of its
  ///     own, and a sequence may stand at the column of the key.
  mutating func blockNode(
    _ slot: Slot, indent: Int, isInMapping: Bool = false, depth: Int
  ) throws(Unread) {
    let before = position
    let line = lineStart
    try skipToContent()
    let isOnNewLine = line != lineStart
    let isDash = position < bytes.count && bytes[position] == 0x2d && isBlank(position + 1)
    let least = isInMapping && isDash ? indent : indent + 1
    if isAtEnd || (isOnNewLine && column < least) {
      return try emptyScalar(slot, at: before)
    }
    let mayContain = isOnNewLine || !isInMapping
    if isDash {
      guard mayContain else { throw Unread(.unexpected, at: position) }
      return try sequence(slot, depth: depth)
    }
    let begin = position
    switch bytes[position] {
    case 0x22, 0x27:
      let line = lineStart
      let text = try quoted()
      let end = position
      if try isKey(line: line, from: begin) {
        guard mayContain else { throw Unread(.unexpected, at: position) }
        return try mapping(slot, firstKey: text, at: begin, indent: begin - line, depth: depth)
      }
      try builder.addScalar(
        .string, text, to: slot.parent, key: slot.key, start: slot.start ?? begin, end: end)
      try requireEndOfLine()
    case 0x7b, 0x5b:
      try flow(slot, depth: depth)
      try requireEndOfLine()
    case 0x7c, 0x3e:
      try blockScalar(slot, indent: indent)
    case 0x3f where isBlank(position + 1):
      guard mayContain else { throw Unread(.unexpected, at: position) }
      try mapping(slot, firstKey: nil, at: begin, indent: column, depth: depth)
    default:
      let key = try plainLine()
      if try isKey(line: lineStart, from: begin) {
        guard mayContain else { throw Unread(.unexpected, at: position) }
        return try mapping(slot, firstKey: key, at: begin, indent: begin - lineStart, depth: depth)
      }
      let (text, end) = try plainRest(key, indent: indent)
      try builder.addScalar(
        .bare, text, to: slot.parent, key: slot.key, start: slot.start ?? begin, end: end)
    }
  }

  mutating func emptyScalar(_ slot: Slot, at place: Int) throws(Unread) {
    try builder.addScalar(
      .bare, Text(start: place, count: 0), to: slot.parent, key: slot.key,
      start: slot.start ?? place, end: place)
  }

  /// Whether the scalar that was just read is a key, and if so goes to its colon.
  ///
  /// A key stands on one line and has 1024 bytes at most (YAML 1.2.2, 7.4.2): readers differ in what
  /// they do beyond.
  private mutating func isKey(line: Int, from begin: Int) throws(Unread) -> Bool {
    guard line == lineStart else { return false }
    let end = position
    skipSpaces()
    guard position < bytes.count, bytes[position] == 0x3a, isBlank(position + 1) else {
      position = end
      return false
    }
    guard position - begin <= 1024 else { throw Unread(.unsupported, at: begin) }
    return true
  }

  private mutating func sequence(_ slot: Slot, depth: Int) throws(Unread) {
    guard depth < maximumDepth else { throw Unread(.tooDeep, at: position) }
    let indent = column
    let node = try builder.add(
      .array, to: slot.parent, key: slot.key, start: slot.start ?? position)
    while true {
      let start = position
      position += 1
      if position < bytes.count, bytes[position] == 0x09 {
        throw Unread(.unsupported, at: position)
      }
      try blockNode(Slot(parent: node, start: start), indent: indent, depth: depth + 1)
      builder.endWithLastChild(node)
      try skipToContent()
      if isAtEnd || column < indent { return }
      guard column == indent else { throw Unread(.unexpected, at: position) }
      // At the column of the key that it belongs to, a sequence ends where a key comes.
      guard bytes[position] == 0x2d, isBlank(position + 1) else { return }
    }
  }

  /// - Parameter firstKey: the key that led here, whose colon is the present byte; `nil` at a `? `.
  private mutating func mapping(
    _ slot: Slot, firstKey: Text?, at begin: Int, indent: Int, depth: Int
  ) throws(Unread) {
    guard depth < maximumDepth else { throw Unread(.tooDeep, at: position) }
    let node = try builder.add(.object, to: slot.parent, key: slot.key, start: slot.start ?? begin)
    var start = begin
    var key = firstKey
    while true {
      let text: Text
      if let key {
        text = key
        position += 1
      } else {
        text = try explicitKey(indent: indent)
      }
      guard !builder.document.equals(text, "<<") else { throw Unread(.unsupported, at: start) }
      let value = Slot(parent: node, key: text, start: start)
      if key == nil, !(try isExplicitValue(indent: indent)) {
        try emptyScalar(value, at: position)
      } else {
        try blockNode(value, indent: indent, isInMapping: true, depth: depth + 1)
      }
      builder.endWithLastChild(node)
      try skipToContent()
      if isAtEnd || column < indent { break }
      guard column == indent else { throw Unread(.unexpected, at: position) }
      start = position
      key = try nextKey()
    }
    try builder.requireUniqueKeys(of: node)
  }

  /// The key at the present byte, up to its colon; `nil` for a `? `.
  private mutating func nextKey() throws(Unread) -> Text? {
    let begin = position
    let text: Text
    switch bytes[position] {
    case 0x22, 0x27: text = try quoted()
    case 0x3f where isBlank(position + 1): return nil
    case 0x7b, 0x5b, 0x7c, 0x3e: throw Unread(.unsupported, at: position)
    case 0x2d where isBlank(position + 1): throw Unread(.unexpected, at: position)
    default: text = try plainLine()
    }
    guard try isKey(line: lineStart, from: begin), begin >= lineStart else {
      throw Unread(.unexpected, at: begin)
    }
    return text
  }

  /// The scalar behind a `? `, as writers put it who found a key too long.
  private mutating func explicitKey(indent: Int) throws(Unread) -> Text {
    position += 1
    skipSpaces()
    guard !isEndOfLine(position) else { throw Unread(.unsupported, at: position) }
    switch bytes[position] {
    case 0x22, 0x27:
      let text = try quoted()
      try requireEndOfLine()
      return text
    case 0x2d where isBlank(position + 1): throw Unread(.unsupported, at: position)
    case 0x7c, 0x3e, 0x7b, 0x5b, 0x3f, 0x23: throw Unread(.unsupported, at: position)
    default:
      let first = try plainLine()
      return try plainRest(first, indent: indent).text
    }
  }

  /// Whether the `: ` of a `? ` key follows, and if so goes behind its colon.
  private mutating func isExplicitValue(indent: Int) throws(Unread) -> Bool {
    let end = position
    let line = lineStart
    try skipToContent()
    guard !isAtEnd, line != lineStart, column == indent, bytes[position] == 0x3a,
      isBlank(position + 1)
    else {
      (position, lineStart) = (end, line)
      return false
    }
    position += 1
    return true
  }
}
