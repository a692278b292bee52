/// Reads a file of lines: an array with one string for each line that says something.
struct LinesSyntax {
  /// What a line that begins with a mark means.
  enum Comments {
    /// Every line that is not blank says something.
    case none
    /// A line that begins with `#` says nothing. Behind other words a `#` is part of the line.
    case hash
    /// As pip has it: `#` at the start of a line or behind white space, and a backslash at the end
    /// of a line joins it with the next one (pip documentation, "Requirements File Format").
    case requirements
  }

  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], comments: Comments, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    let root = try builder.add(.array, to: nil, start: 0)
    if comments == .requirements {
      try readLogicalLines(bytes, into: &builder, root, limits)
    } else {
      var lines = LineReader(bytes)
      while let line = lines.next() {
        if line.isEmpty { continue }
        if comments == .hash, bytes[line.lowerBound] == 0x23 { continue }
        try builder.addScalar(
          .string, Text(line), to: root, start: line.lowerBound, end: line.upperBound)
      }
    }
    builder.setEnd(root, bytes.count)
    return builder.document
  }

  /// Joins first and takes comments away then, in pip's order: a comment line ends a joined line.
  private static func readLogicalLines(
    _ bytes: [UInt8], into builder: inout DocumentBuilder, _ root: NodeID, _ limits: ReadingLimits
  ) throws(Unread) {
    var lines = LineReader(bytes)
    var joined: [UInt8] = []
    var start: Int?
    while let raw = lines.nextRaw() {
      var line = raw
      if !line.isEmpty, bytes[line.upperBound - 1] == 0x0d { line = line.dropLast() }
      let words = bytes.trimmed(line)
      let isComment = !words.isEmpty && bytes[words.lowerBound] == 0x23
      if !isComment, !line.isEmpty, bytes[line.upperBound - 1] == 0x5c {
        if start == nil { start = words.lowerBound }
        joined += bytes[line.dropLast()]
        if joined.count > limits.line { throw Unread(.lineTooLong, at: line.lowerBound) }
        continue
      }
      if let first = start {
        if !isComment { joined += bytes[line] }
        if joined.count > limits.line { throw Unread(.lineTooLong, at: line.lowerBound) }
        try addJoined(joined, from: first, to: line.upperBound, into: &builder, root)
        joined.removeAll(keepingCapacity: true)
        start = nil
      } else if !isComment {
        let text = bytes.trimmed(line.lowerBound..<startOfComment(bytes, line))
        if text.isEmpty { continue }
        try builder.addScalar(
          .string, Text(text), to: root, start: text.lowerBound, end: text.upperBound)
      }
    }
    if let start { try addJoined(joined, from: start, to: bytes.count, into: &builder, root) }
  }

  private static func addJoined(
    _ joined: [UInt8], from start: Int, to end: Int, into builder: inout DocumentBuilder,
    _ root: NodeID
  ) throws(Unread) {
    let text = joined.trimmed(0..<startOfComment(joined, 0..<joined.count))
    guard !text.isEmpty else { return }
    try builder.addScalar(
      .string, try builder.keep(joined[text]), to: root, start: start, end: max(start, end))
  }

  /// The first `#` of a line that white space or nothing stands before, or the line's end.
  private static func startOfComment(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
    var index = line.lowerBound
    while let mark = bytes.firstIndex(of: 0x23, in: index..<line.upperBound) {
      if mark == line.lowerBound || isSpace(bytes[mark - 1]) { return mark }
      index = mark + 1
    }
    return line.upperBound
  }
}

/// Reads a file that hookkit does not understand: an array with one string for each line, blank ones
/// and white space included, because both may mean something in a program.
enum TextSyntax {
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line, allowsHeadings: true)
    let root = try builder.add(.array, to: nil, start: 0)
    var lines = LineReader(bytes)
    while let line = lines.nextRaw() {
      try builder.addScalar(
        .string, Text(line), to: root, start: line.lowerBound, end: line.upperBound)
    }
    builder.setEnd(root, bytes.count)
    return builder.document
  }
}

/// Reads a file of lines that each begin with a name: an object of what follows on each line
/// (`.tool-versions`, yarn 1's `.yarnrc`). Lines that begin with `#` say nothing.
enum WordLinesSyntax {
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    while let line = lines.next() {
      if line.isEmpty || bytes[line.lowerBound] == 0x23 { continue }
      var end = line.lowerBound
      while end < line.upperBound, !isSpace(bytes[end]) { end += 1 }
      let value = bytes.trimmed(end..<line.upperBound)
      try builder.addScalar(
        .string, Text(value), to: root, key: Text(line.lowerBound..<end), start: line.lowerBound,
        end: line.upperBound)
    }
    try builder.requireUniqueKeys(of: root)
    builder.setEnd(root, bytes.count)
    return builder.document
  }
}
