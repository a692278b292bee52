/// Reads text whose indentation nests it: bundler's and Paket's locks.
///
/// The root is an object of sections; each key holds an array, because a section may come several
/// times (`GEM` once for every server). Within a section all is objects and lines: `NAME:` with lines
/// below it is an object under `NAME`, `NAME: VALUE` an object under `NAME` with the key `VALUE`, and
/// any other line a key. A line with nothing below it has an empty value. So each line is a key, and
/// none may stand twice in one place. Paket's `GROUP NAME` is a section as if a colon stood there.
struct IndentedTextSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = IndentedTextSyntax(bytes: bytes, limits: limits)
    try reader.read(into: &builder)
    return builder.document
  }

  /// An object that is still open: lines that are further in belong to it.
  private struct Level {
    let node: NodeID
    let indentation: Int
    /// The objects by name in a section, to which a second line of that name belongs as well.
    var named: [NodeID] = []
  }

  private let bytes: [UInt8]
  private let limits: ReadingLimits
  private var levels: [Level] = []
  private var sections: [NodeID] = []
  /// The array of the latest section, when nothing else stands within the array's bytes.
  private var openSection: NodeID?
  private var end = 0

  private init(bytes: [UInt8], limits: ReadingLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  private mutating func read(into builder: inout DocumentBuilder) throws(Unread) {
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    var following = nextLine(&lines)
    while let line = following {
      following = nextLine(&lines)
      let indentation = try indentation(of: line)
      let words = bytes.trimmed(line)
      let hasLinesBelow =
        try following.map { next throws(Unread) in try self.indentation(of: next) > indentation }
        ?? false
      try close(to: indentation, in: &builder)
      if levels.isEmpty {
        guard indentation == 0 else { throw Unread(.unexpected, at: line.lowerBound) }
        try addSection(words, hasLinesBelow, to: root, in: &builder)
      } else {
        try addLine(words, indentation, hasLinesBelow, in: &builder)
      }
      end = words.upperBound
    }
    try close(to: 0, in: &builder)
    builder.setEnd(root, bytes.count)
  }

  /// The next line that is not blank.
  private func nextLine(_ lines: inout LineReader) -> Range<Int>? {
    while let line = lines.nextRaw() {
      if !bytes.trimmed(line).isEmpty { return line }
    }
    return nil
  }

  private func indentation(of line: Range<Int>) throws(Unread) -> Int {
    var index = line.lowerBound
    while bytes[index] == 0x20 { index += 1 }
    guard bytes[index] != 0x09 else { throw Unread(.unsupported, at: index) }
    return index - line.lowerBound
  }

  /// Ends every object whose lines are further in than the next line, or as far.
  private mutating func close(
    to indentation: Int, in builder: inout DocumentBuilder
  ) throws(Unread) {
    while let level = levels.last, level.indentation >= indentation {
      levels.removeLast()
      if levels.isEmpty, let section = openSection { builder.setEnd(section, end) }
      for named in level.named {
        try builder.requireUniqueKeys(of: named)
        builder.setEnd(named, builder.lastChild(of: named).map { builder.end(of: $0) } ?? end)
      }
      try builder.requireUniqueKeys(of: level.node)
      builder.setEnd(level.node, end)
    }
  }

  private mutating func addSection(
    _ words: Range<Int>, _ hasLinesBelow: Bool, to root: NodeID, in builder: inout DocumentBuilder
  ) throws(Unread) {
    var (name, value) = nameAndValue(words)
    if name == nil, bytes.has("GROUP ", at: words.lowerBound) {
      name = words.prefix(5)
      value = bytes.trimmed(words.dropFirst(6))
    }
    let key = Text(name ?? words)
    let known = sections.first {
      builder.document.equal(builder.document.key($0), key, in: builder.document)
    }
    let section: NodeID
    if let known {
      section = known
      if builder.lastChild(of: root) != known { openSection = nil }
    } else {
      // A handful of titles is all that such a file has; they are searched one by one.
      guard sections.count < 64 else { throw Unread(.tooMany, at: words.lowerBound) }
      section = try builder.add(.array, to: root, key: key, start: words.lowerBound)
      sections.append(section)
      openSection = section
      builder.setEnd(section, words.upperBound)
    }
    if hasLinesBelow {
      let node = try builder.add(.object, to: section, start: words.lowerBound)
      levels.append(Level(node: node, indentation: 0))
      if let value {
        try builder.addScalar(
          .string, .empty, to: node, key: Text(value), start: value.lowerBound,
          end: value.upperBound)
      }
    } else {
      try builder.addScalar(
        .string, Text(value ?? words.upperBound..<words.upperBound), to: section,
        start: words.lowerBound, end: words.upperBound)
      if let openSection { builder.setEnd(openSection, words.upperBound) }
    }
  }

  private mutating func addLine(
    _ words: Range<Int>, _ indentation: Int, _ hasLinesBelow: Bool,
    in builder: inout DocumentBuilder
  ) throws(Unread) {
    guard levels.count < limits.depth else { throw Unread(.tooDeep, at: words.lowerBound) }
    let (name, value) = nameAndValue(words)
    var parent = levels[levels.count - 1].node
    var key = Text(name ?? words)
    if name != nil, let value {
      parent = try named(key, at: words.lowerBound, in: &builder)
      key = Text(value)
    }
    if hasLinesBelow {
      let node = try builder.add(.object, to: parent, key: key, start: words.lowerBound)
      levels.append(Level(node: node, indentation: indentation))
    } else {
      try builder.addScalar(
        .string, .empty, to: parent, key: key, start: words.lowerBound, end: words.upperBound)
    }
  }

  /// The object of a name in the innermost level, for all values that the name has there.
  private mutating func named(
    _ key: Text, at start: Int, in builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    let level = levels.count - 1
    for node in levels[level].named
    where builder.document.equal(builder.document.key(node), key, in: builder.document) {
      return node
    }
    guard levels[level].named.count < 64 else { throw Unread(.tooMany, at: start) }
    let node = try builder.add(.object, to: levels[level].node, key: key, start: start)
    levels[level].named.append(node)
    return node
  }

  /// `NAME: VALUE` or `NAME:`, where the name is one word; otherwise a line is only a key.
  private func nameAndValue(_ words: Range<Int>) -> (name: Range<Int>?, value: Range<Int>?) {
    guard let colon = bytes.firstIndex(of: 0x3a, in: words) else { return (nil, nil) }
    for index in words.lowerBound..<colon
    where isSpace(bytes[index]) || bytes[index] == 0x28 { return (nil, nil) }
    if colon == words.upperBound - 1 { return (words.lowerBound..<colon, nil) }
    guard colon > words.lowerBound, bytes[colon + 1] == 0x20 else { return (nil, nil) }
    return (words.lowerBound..<colon, bytes.trimmed(colon + 1..<words.upperBound))
  }
}
