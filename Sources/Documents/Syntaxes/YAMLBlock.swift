/// Mappings and sequences in block style, which indentation nests (YAML 1.2.2, 8.2).
extension YAMLSyntax {
  /// Reads the value that follows, which may be empty.
  ///
  /// - Parameters:
  ///   - indent: the column of the container, -1 outside of all. The value's lines lie deeper.
  ///   - isInMapping: whether it belongs to a key: then a mapping or sequence begins on a line of its
  ///     own, and a sequence may stand at the column of the key.
  ///   - mayBeCompact: whether a mapping or sequence may begin on the present line: behind a dash, and
  ///     behind the colon of a `? ` key (YAML 1.2.2, 8.2.2).
  mutating func blockNode(
    _ slot: Slot, indent: Int, isInMapping: Bool = false, mayBeCompact: Bool = true, depth: Int
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
    // A property beside a key is the key's own.
    let mayContain = isOnNewLine || (mayBeCompact && slot.properties.isEmpty)
    if slot.properties.isEmpty, isProperty(position) {
      var own = slot
      own.start = slot.start ?? position
      own.properties = try properties()
      return try blockNode(
        own, indent: indent, isInMapping: isInMapping, mayBeCompact: mayBeCompact, depth: depth)
    }
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
      try addScalar(.string, text, in: slot, from: begin, to: end)
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
      try addScalar(.bare, text, in: slot, from: begin, to: end)
    }
  }

  mutating func emptyScalar(_ slot: Slot, at place: Int) throws(Unread) {
    try addScalar(.bare, Text(start: place, count: 0), in: slot, from: place, to: place)
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
    let node = try addContainer(.array, in: slot, from: position)
    while true {
      let start = position
      position += 1
      try requireNoTab()
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
    let node = try addContainer(.object, in: slot, from: begin)
    var start = begin
    var key = firstKey
    entries: while true {
      let text: Text
      if let key {
        text = key
        position += 1
      } else {
        text = try explicitKey(indent: indent)
      }
      guard keepsReferences || !builder.document.equals(text, "<<") else {
        throw Unread(.unsupported, at: start)
      }
      // An alias as a key: whether the colon belongs to its name is not the same everywhere.
      guard bytes[start] != 0x2a else { throw Unread(.unsupported, at: start) }
      let value = Slot(parent: node, key: text, start: start)
      if key == nil, !(try isExplicitValue(indent: indent)) {
        try emptyScalar(value, at: position)
      } else {
        try blockNode(
          value, indent: indent, isInMapping: true, mayBeCompact: key == nil, depth: depth + 1)
      }
      builder.endWithLastChild(node)
      try skipToContent()
      if isAtEnd || column < indent { break entries }
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
    try requireNoTab()
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
    try requireNoTab()
    return true
  }
}
