/// Reads one text from the front; `TOML.read` has checked its size and its characters.
struct TOMLReader {
  let bytes: [UInt8]
  var index = 0
  private var line = 1
  private var lineStart = 0
  private var count = 0
  var tree = TOMLTree()

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var byte: UInt8? { index < bytes.count ? bytes[index] : nil }
  var position: SourcePosition { SourcePosition(line: line, column: index - lineStart + 1) }

  func hasPrefix(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[index...].starts(with: $0) }
  }

  func error(expected: String) -> TOMLError {
    TOMLError(.expected(expected, found: byte), at: position)
  }

  mutating func countOne() throws(TOMLError) {
    count += 1
    if count > TOML.countLimit { throw TOMLError(.tooManyValues, at: position) }
  }

  mutating func expect(_ wanted: UInt8, _ name: String) throws(TOMLError) {
    guard byte == wanted else { throw error(expected: name) }
    index += 1
  }

  mutating func skipBlanks() {
    while byte == 0x20 || byte == 0x09 { index += 1 }
  }

  /// Steps over one line end, if it is next.
  mutating func skipLineEnd() -> Bool {
    guard byte == 0x0a || byte == 0x0d else { return false }
    index += byte == 0x0d ? 2 : 1
    line += 1
    lineStart = index
    return true
  }

  private mutating func skipComment() {
    guard byte == 0x23 else { return }
    while let next = byte, next != 0x0a, next != 0x0d { index += 1 }
  }

  /// Blanks, comments and line ends, which may stand anywhere in an array.
  private mutating func skipLayout() {
    repeat {
      skipBlanks()
      skipComment()
    } while skipLineEnd()
  }

  private mutating func endLine() throws(TOMLError) {
    skipBlanks()
    skipComment()
    guard skipLineEnd() || byte == nil else { throw error(expected: "the end of the line") }
  }

  // MARK: Documents

  mutating func document() throws(TOMLError) -> TOMLTable {
    var table = tree.root
    var section = tree.newSection()
    while true {
      skipLayout()
      guard let next = byte else { break }
      if next == 0x5b {
        table = try header()
        section = tree.newSection()
      } else {
        try keyValue(into: table, section: section, depth: 0)
      }
      try endLine()
    }
    return tree.frozen(tree.root)
  }

  private mutating func header() throws(TOMLError) -> Int {
    let start = position
    index += 1
    let isElement = byte == 0x5b
    if isElement { index += 1 }
    skipBlanks()
    let path = try key()
    try expect(0x5d, "]")
    if isElement { try expect(0x5d, "]]") }
    return isElement
      ? try tree.appendElement(path, at: start) : try tree.defineTable(path, at: start)
  }

  private mutating func keyValue(
    into table: Int, section: Int, depth: Int
  ) throws(TOMLError) {
    let path = try key()
    try expect(0x3d, "=")
    skipBlanks()
    let target = try tree.dottedTable(path.dropLast(), from: table, section: section)
    let value = try value(depth: depth)
    guard let last = path.last else { return }
    try tree.insert(value, key: last, into: target)
  }

  /// A dotted key; blanks after it are skipped.
  private mutating func key() throws(TOMLError) -> [TOMLKey] {
    var path: [TOMLKey] = []
    while true {
      let start = position
      path.append(TOMLKey(bytes: try simpleKey(), position: start))
      try countOne()
      skipBlanks()
      guard byte == 0x2e else { return path }
      guard path.count < TOML.depthLimit else { throw TOMLError(.tooDeep, at: position) }
      index += 1
      skipBlanks()
    }
  }

  private mutating func simpleKey() throws(TOMLError) -> [UInt8] {
    if byte == 0x22 { return try basicString() }
    if byte == 0x27 { return try literalString() }
    let word = bytes[index...].prefix { TOMLReader.isBareKey($0) }
    guard !word.isEmpty else { throw error(expected: "a key") }
    index += word.count
    return Array(word)
  }

  private static func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d: true
    default: false
    }
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    try countOne()
    let start = position
    guard depth < TOML.depthLimit else { throw TOMLError(.tooDeep, at: start) }
    switch byte {
    case 0x22:
      return TOMLValue(
        .string(hasPrefix("\"\"\"") ? try multiLineBasicString() : try basicString()), at: start)
    case 0x27:
      return TOMLValue(
        .string(hasPrefix("'''") ? try multiLineLiteralString() : try literalString()), at: start)
    case 0x5b: return TOMLValue(.array(try array(depth: depth + 1)), at: start)
    case 0x7b: return TOMLValue(.table(try inlineTable(depth: depth + 1)), at: start)
    default: return TOMLValue(try plainValue(), at: start)
    }
  }

  private mutating func array(depth: Int) throws(TOMLError) -> [TOMLValue] {
    index += 1
    var elements: [TOMLValue] = []
    while true {
      skipLayout()
      if byte == 0x5d { break }
      elements.append(try value(depth: depth))
      skipLayout()
      guard byte == 0x2c else { break }
      index += 1
    }
    try expect(0x5d, ", or ]")
    return elements
  }

  private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
    index += 1
    let table = tree.newInlineTable()
    let section = tree.newSection()
    skipBlanks()
    if byte == 0x7d {
      index += 1
      return TOMLTable(entries: [])
    }
    while true {
      skipBlanks()
      try keyValue(into: table, section: section, depth: depth)
      skipBlanks()
      guard byte == 0x2c else { break }
      index += 1
    }
    try expect(0x7d, ", or }")
    return tree.frozen(table)
  }
}
