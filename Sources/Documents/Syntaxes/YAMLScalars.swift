internal import Primitives

/// Plain and quoted scalars (YAML 1.2.2, 7.3). One that stands on one line and has no escape is the
/// file's own bytes; all others are composed.
extension YAMLSyntax {
  // MARK: Plain

  /// Reads the first line of a plain scalar in block style, and stops behind it: at the end of the
  /// line, a comment or the colon of a key.
  mutating func plainLine() throws(Unread) -> Text {
    try requirePlainStart(isInFlow: false)
    let begin = position
    position = bytes.endOfPlainLine(from: begin)
    return Text(start: begin, count: position - begin)
  }

  /// Reads the further lines of a plain scalar, folded into one.
  ///
  /// - Returns: the text, and where it ends in the file.
  mutating func plainRest(_ first: Text, indent: Int) throws(Unread) -> (text: Text, end: Int) {
    var end = position
    guard var breaks = try nextPlainLine(indent: indent) else { return (first, end) }
    var folded = Array(bytes[first.range])
    repeat {
      let begin = position
      position = bytes.endOfPlainLine(from: begin)
      end = position
      appendBreaks(breaks, to: &folded)
      folded += bytes[begin..<end]
      guard let more = try nextPlainLine(indent: indent) else {
        return (try builder.keep(folded), end)
      }
      breaks = more
    } while true
  }

  /// Goes to the next line of a plain scalar, when it goes on there.
  ///
  /// - Returns: the line breaks before it; `nil` when the scalar ended, with the position where it was.
  private mutating func nextPlainLine(indent: Int) throws(Unread) -> Int? {
    let (end, line) = (position, lineStart)
    if endsBeforeNextLine(indent: indent) { return nil }
    skipSpaces()
    if position < bytes.count, bytes[position] == 0x3a, isBlank(position + 1) {
      throw Unread(.unexpected, at: position)
    }
    guard position < bytes.count, isEndOfLine(position) else {
      // A comment, or the end of the file.
      position = end
      return nil
    }
    let breaks = skipBreaks()
    try requireNoIndentingTab(from: end)
    var column = 0
    while lineStart + column < bytes.count, bytes[lineStart + column] == 0x20 { column += 1 }
    guard !isAtEnd, position < bytes.count, bytes[position] != 0x23, column > indent else {
      (position, lineStart) = (end, line)
      return nil
    }
    return breaks
  }

  /// Whether the present line ends here and the next one is not blank and lies no deeper than `indent`:
  /// what almost every scalar is followed by.
  @inline(__always)
  private func endsBeforeNextLine(indent: Int) -> Bool {
    guard position < bytes.count, bytes[position] == 0x0a else { return false }
    let index = bytes.endOfSpaces(from: position + 1)
    guard index < bytes.count, index - position - 1 <= indent else { return false }
    switch bytes[index] {
    case 0x09, 0x0a, 0x0d: return false
    default: return true
    }
  }

  /// Asks for lines without a tab where they begin, be they empty or not: to some that is indentation.
  func requireNoIndentingTab(from start: Int) throws(Unread) {
    var isNewLine = false
    for index in start..<position {
      if bytes[index] == 0x0a { isNewLine = true }
      if bytes[index] == 0x09, isNewLine { throw Unread(.unsupported, at: index) }
    }
  }

  /// Goes to the next byte that is no blank, over at least one line end.
  ///
  /// - Returns: the number of line ends.
  mutating func skipBreaks() -> Int {
    var breaks = 0
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0d: position += 1
      case 0x0a:
        position += 1
        lineStart = position
        breaks += 1
      default: return breaks
      }
    }
    return breaks
  }

  /// One line end is a space, each further one a line end (YAML 1.2.2, 6.5).
  func appendBreaks(_ breaks: Int, to text: inout [UInt8]) {
    if breaks == 1 {
      text.append(0x20)
    } else {
      text.append(contentsOf: repeatElement(0x0a, count: breaks - 1))
    }
  }

  /// Throws for a byte that no plain scalar begins with, and for anchors, aliases and tags.
  @inline(__always)
  func requirePlainStart(isInFlow: Bool) throws(Unread) {
    // Almost all begin with a letter or a digit.
    guard (bytes[position] | 0x20) &- 0x61 >= 26, bytes[position] &- 0x30 >= 10 else { return }
    try bytes.requirePlainStart(at: position, isInFlow: isInFlow, keepsReferences)
  }

  // MARK: Quoted

  /// Reads the quoted scalar at the present byte, and stops behind its closing quote.
  mutating func quoted() throws(Unread) -> Text {
    let quote = bytes[position]
    let begin = position + 1
    var stop = begin
    while stop < bytes.count {
      let byte = bytes[stop]
      if byte == quote || byte == 0x0a || (byte == 0x5c && quote == 0x22) { break }
      stop += 1
    }
    let isWhole =
      stop < bytes.count && bytes[stop] == quote
      && !(quote == 0x27 && stop + 1 < bytes.count && bytes[stop + 1] == 0x27)
    if isWhole {
      position = stop + 1
      return Text(start: begin, count: stop - begin)
    }
    position = begin
    var text: [UInt8] = []
    try composeQuoted(quote, begin: begin - 1, into: &text)
    return try builder.keep(text)
  }

  private mutating func composeQuoted(
    _ quote: UInt8, begin: Int, into text: inout [UInt8]
  ) throws(Unread) {
    /// Behind the last byte that line folding must not take away.
    var solid = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case quote:
        position += 1
        guard quote == 0x27, position < bytes.count, bytes[position] == 0x27 else { return }
        text.append(0x27)
        position += 1
        solid = text.count
      case 0x5c where quote == 0x22:
        try escape(into: &text)
        solid = text.count
      case 0x0a, 0x0d:
        text.removeLast(text.count - solid)
        let breaks = skipBreaks()
        guard !isAtEnd else { throw Unread(.truncated, at: begin) }
        appendBreaks(breaks, to: &text)
        solid = text.count
      default:
        text.append(byte)
        position += 1
        if byte != 0x20, byte != 0x09 { solid = text.count }
      }
    }
    throw Unread(.truncated, at: begin)
  }

  /// YAML 1.2.2, 5.7.
  private mutating func escape(into text: inout [UInt8]) throws(Unread) {
    let start = position
    guard start + 1 < bytes.count else { throw Unread(.truncated, at: start) }
    position += 2
    switch bytes[start + 1] {
    case 0x0a, 0x0d:
      // An escaped line end is nothing; empty lines behind it stay.
      position = start + 1
      let breaks = skipBreaks()
      guard !isAtEnd else { throw Unread(.truncated, at: start) }
      text.append(contentsOf: repeatElement(0x0a, count: breaks - 1))
    case 0x30: text.append(0)
    case 0x61: text.append(0x07)
    case 0x62: text.append(0x08)
    case 0x74, 0x09: text.append(0x09)
    case 0x6e: text.append(0x0a)
    case 0x76: text.append(0x0b)
    case 0x66: text.append(0x0c)
    case 0x72: text.append(0x0d)
    case 0x65: text.append(0x1b)
    case 0x20, 0x22, 0x2f, 0x5c: text.append(bytes[start + 1])
    case 0x4e: text += [0xc2, 0x85]
    case 0x5f: text += [0xc2, 0xa0]
    case 0x4c: text += [0xe2, 0x80, 0xa8]
    case 0x50: text += [0xe2, 0x80, 0xa9]
    case 0x78: try scalar(digits: 2, from: start, into: &text)
    case 0x75: try scalar(digits: 4, from: start, into: &text)
    case 0x55: try scalar(digits: 8, from: start, into: &text)
    default: throw Unread(.unexpected, at: start)
    }
  }

  private mutating func scalar(
    digits: Int, from start: Int, into text: inout [UInt8]
  ) throws(Unread) {
    guard position + digits <= bytes.count else { throw Unread(.truncated, at: start) }
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = Hex.value(of: bytes[position]) else {
        throw Unread(.unexpected, at: position)
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(code) else { throw Unread(.notUTF8, at: start) }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

extension SourceBytes {
  fileprivate func requirePlainStart(
    at position: Int, isInFlow: Bool, _ keepsReferences: Bool
  ) throws(Unread) {
    switch self[position] {
    case 0x2a where keepsReferences: break
    case 0x26, 0x2a, 0x21: throw Unread(.unsupported, at: position)
    case 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 0x23, 0x7c, 0x3e, 0x25, 0x40, 0x60, 0x22, 0x27:
      throw Unread(.unexpected, at: position)
    case 0x2d where isBlank(position + 1): throw Unread(.unexpected, at: position)
    case 0x3f, 0x3a:
      if isInFlow || isBlank(position + 1) { throw Unread(.unsupported, at: position) }
    default: break
    }
  }

  /// Behind the last byte of the plain text on a line.
  ///
  /// - Parameter inFlow: whether brackets and commas end it, also behind a colon.
  @inline(__always)
  func endOfPlainLine(from begin: Int, inFlow: Bool = false) -> Int {
    var index = begin
    var end = begin
    while index < count {
      let next = inFlow ? endOfFlowRun(from: index) : endOfRun(from: index)
      if next > index { end = next }
      index = next
      guard index < count else { return end }
      switch self[index] {
      case 0x0a, 0x0d: return end
      case 0x20, 0x09:
        index += 1
        continue
      case 0x23 where index > begin && (self[index - 1] == 0x20 || self[index - 1] == 0x09):
        return end
      case 0x3a:
        if isBlank(index + 1) { return end }
        if inFlow, self[index + 1] == 0x3f || isFlowIndicator(index + 1) { return end }
      default:
        if inFlow, isFlowIndicator(index) { return end }
      }
      index += 1
      end = index
    }
    return end
  }

  /// Whether a byte ends a plain text in flow style (YAML 1.2.2, production 23).
  @inline(__always)
  private func isFlowIndicator(_ index: Int) -> Bool {
    switch self[index] {
    case 0x2c, 0x5b, 0x5d, 0x7b, 0x7d: true
    default: false
    }
  }

  /// The next byte that may end a plain text: a blank or line end, `#` or `:`.
  @inline(__always)
  private func endOfRun(from start: Int) -> Int {
    var index = start
    while hasWord(at: index) {
      let word = self.word(at: index)
      let found =
        Self.zeros(word ^ (Self.ones &* 0x3a))
        | (word &- Self.ones &* 0x24) & ~word & (Self.ones &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    return index
  }

  /// The next byte that may end a plain text: a blank or line end, `#`, `,`, `:`, or a bracket.
  @inline(__always)
  private func endOfFlowRun(from start: Int) -> Int {
    var index = start
    while hasWord(at: index) {
      let word = self.word(at: index)
      // `[` and `{`, `]` and `}` are one bit apart. Below 0x2d stand `#`, `,` and all blanks.
      let folded = word | (Self.ones &* 0x20)
      let found =
        Self.zeros(folded ^ (Self.ones &* 0x7b))
        | Self.zeros(folded ^ (Self.ones &* 0x7d))
        | Self.zeros(word ^ (Self.ones &* 0x3a))
        | (word &- Self.ones &* 0x2d) & ~word & (Self.ones &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    return index
  }
}
