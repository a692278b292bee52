/// Reads `go.mod` and `go.work` (Go modules reference, "Lexical elements").
///
/// The root holds an object for each directive, whose keys are what it is about: a module for
/// `require`, a module and perhaps a version for `replace` and `exclude`. The value is what follows. Go
/// takes the highest of several versions that one file requires: the second and those behind it have
/// the version in their key.
struct GoModSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = GoModSyntax(bytes: bytes)
    try reader.read(into: &builder)
    return builder.document
  }

  private let bytes: [UInt8]
  private var directives: [NodeID] = []
  /// The modules that are required so far.
  private var modules = TextTable()

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read(into builder: inout DocumentBuilder) throws(Unread) {
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    var block: NodeID?
    while let raw = lines.next() {
      let line = try withoutComment(raw)
      var words = try self.words(of: line)
      guard let first = words.first else { continue }
      if let directive = block {
        if words.count == 1, bytes[first].elementsEqual(")".utf8) {
          builder.setEnd(directive, max(builder.end(of: directive), line.upperBound))
          block = nil
        } else {
          try addLine(words, line, to: directive, &builder)
        }
        continue
      }
      let directive = try directive(Text(first), at: line.lowerBound, of: root, &builder)
      words.removeFirst()
      if words.count == 1, bytes[words[0]].elementsEqual("(".utf8) {
        block = directive
      } else {
        try addLine(words, line, to: directive, &builder)
      }
    }
    guard block == nil else { throw Unread(.truncated, at: bytes.count) }
    for directive in directives { try builder.requireUniqueKeys(of: directive) }
    builder.setEnd(root, bytes.count)
  }

  private mutating func directive(
    _ name: Text, at start: Int, of root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    for node in directives
    where builder.document.equal(builder.document.key(node), name) { return node }
    // Go knows nine.
    guard directives.count < 32 else { throw Unread(.tooMany, at: start) }
    let node = try builder.add(.object, to: root, key: name, start: start)
    builder.setEnd(node, start)
    directives.append(node)
    return node
  }

  /// `KEY VALUE`, where the key of a replacement is all before its arrow, that of a requirement its
  /// module, and that of any other directive the whole line.
  private mutating func addLine(
    _ words: [Range<Int>], _ line: Range<Int>, to directive: NodeID,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard let first = words.first, let last = words.last else {
      throw Unread(.unexpected, at: line.lowerBound)
    }
    let name = builder.document.key(directive)
    var keyCount = words.count
    if let arrow = words.firstIndex(where: { bytes[$0].elementsEqual("=>".utf8) }) {
      guard arrow > 0, arrow + 1 < words.count else {
        throw Unread(.unexpected, at: first.lowerBound)
      }
      keyCount = arrow
    } else if builder.document.equals(name, "require") {
      guard words.count == 2 else { throw Unread(.unexpected, at: first.lowerBound) }
      keyCount = 1
    }
    var key = try joined(words[..<keyCount], &builder)
    if builder.document.equals(name, "require"),
      modules.insert(directive.index, for: key, in: builder.document) != nil
    {
      key = try joined(words[...], &builder)
    }
    var rest = words[keyCount...]
    if let arrow = rest.first, bytes[arrow].elementsEqual("=>".utf8) { rest = rest.dropFirst() }
    let value = rest.isEmpty ? .empty : try joined(rest, &builder)
    try builder.addScalar(
      .string, value, to: directive, key: key, start: line.lowerBound, end: last.upperBound)
    if builder.end(of: directive) <= line.lowerBound || directive == directives.last {
      builder.setEnd(directive, last.upperBound)
    }
  }

  /// Words with one space between them; as they stand in the file when that is so there.
  private func joined(
    _ words: ArraySlice<Range<Int>>, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    guard let first = words.first, let last = words.last else { return .empty }
    let isPlain = zip(words, words.dropFirst()).allSatisfy {
      $0.upperBound + 1 == $1.lowerBound && bytes[$0.upperBound] == 0x20
    }
    let isQuoted = words.contains { bytes[$0.lowerBound] == 0x22 || bytes[$0.lowerBound] == 0x60 }
    if isPlain, !isQuoted { return Text(first.lowerBound..<last.upperBound) }
    var text: [UInt8] = []
    for word in words {
      if !text.isEmpty { text.append(0x20) }
      let isQuoted = bytes[word.lowerBound] == 0x22 || bytes[word.lowerBound] == 0x60
      text += bytes[isQuoted ? word.dropFirst().dropLast() : word]
    }
    return try builder.keep(text)
  }

  /// A comment may begin within a word (golang.org/x/mod/modfile, readToken), but not in a quoted one.
  private func withoutComment(_ line: Range<Int>) throws(Unread) -> Range<Int> {
    var index = line.lowerBound
    while let slash = bytes.firstIndex(of: 0x2f, in: index..<line.upperBound) {
      index = slash + 1
      guard index < line.upperBound, bytes[index] == 0x2f else { continue }
      let before = line.lowerBound..<slash
      let quotes = bytes[before].count { $0 == 0x22 || $0 == 0x60 }
      guard quotes % 2 == 0 else { throw Unread(.unsupported, at: slash) }
      return bytes.trimmed(before)
    }
    return line
  }

  /// The words of a line. A quoted word may not hold spaces, escapes or quotes: no module path does.
  private func words(of line: Range<Int>) throws(Unread) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = line.lowerBound
    while index < line.upperBound {
      if isSpace(bytes[index]) {
        index += 1
        continue
      }
      let start = index
      while index < line.upperBound, !isSpace(bytes[index]) {
        let isParenthesis = bytes[index] == 0x28 || bytes[index] == 0x29
        // `require(` opens a block as well as `require (`.
        if isParenthesis, index > start { break }
        index += 1
        if isParenthesis { break }
      }
      let word = start..<index
      let quote = bytes[start]
      if quote == 0x22 || quote == 0x60 {
        guard word.count > 2, bytes[index - 1] == quote,
          !bytes[word.dropFirst().dropLast()].contains(where: { $0 == quote || $0 == 0x5c })
        else { throw Unread(.unsupported, at: start) }
      }
      words.append(word)
      guard words.count <= 64 else { throw Unread(.tooMany, at: start) }
    }
    return words
  }
}
