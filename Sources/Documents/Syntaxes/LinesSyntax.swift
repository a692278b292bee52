/// Reads a file of lines: an array with one string for each line that says something.
struct LinesSyntax {
  /// What a line that begins with a mark means.
  enum Comments {
    /// Every line that is not blank says something.
    case none
    /// A line that begins with `#` says nothing. Behind other words a `#` is part of the line.
    case hash
  }

  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], comments: Comments, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    let root = try builder.add(.array, to: nil, start: 0)
    var lines = LineReader(bytes)
    while let line = lines.next() {
      if line.isEmpty { continue }
      if comments == .hash, bytes[line.lowerBound] == 0x23 { continue }
      try builder.addScalar(
        .string, Text(line), to: root, start: line.lowerBound, end: line.upperBound)
    }
    builder.setEnd(root, bytes.count)
    return builder.document
  }
}

/// Reads a file that hookkit does not understand: an array with one string for each line, blank ones
/// and white space included, because both may mean something in a program.
enum TextSyntax {
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(
      bytes, line: limits.line, allowsByteOrderMark: true, allowsHeadings: true,
      allowsControls: true)
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
