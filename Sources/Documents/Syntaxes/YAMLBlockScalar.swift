/// Literal and folded block scalars: `|` and `>` (YAML 1.2.2, 8.1).
extension YAMLSyntax {
  /// What is done with the line ends behind the last line.
  private enum Chomping { case strip, clip, keep }

  /// Reads the block scalar whose `|` or `>` is the present byte.
  ///
  /// - Parameter indent: the column of the container; the text lies deeper.
  mutating func blockScalar(_ slot: Slot, indent: Int) throws(Unread) {
    let begin = position
    let isFolded = bytes[position] == 0x3e
    position += 1
    let (chomping, given) = try blockHeader()
    try requireEndOfLine()
    nextLine()
    let content: Int
    if let given {
      content = max(indent, 0) + given
    } else {
      content = try blockIndentation(over: indent)
    }
    var text: [UInt8] = []
    let end = try blockLines(content, isFolded: isFolded, chomping, into: &text) ?? begin + 1
    try addScalar(.string, try builder.keep(text), in: slot, from: begin, to: end)
  }

  private mutating func blockHeader() throws(Unread) -> (Chomping, Int?) {
    var chomping: Chomping?
    var indent: Int?
    while position < bytes.count {
      switch bytes[position] {
      case 0x2b where chomping == nil: chomping = .keep
      case 0x2d where chomping == nil: chomping = .strip
      case 0x31...0x39 where indent == nil: indent = Int(bytes[position]) - 0x30
      default: return (chomping ?? .clip, indent)
      }
      position += 1
    }
    return (chomping ?? .clip, indent)
  }

  private mutating func nextLine() {
    position = min(bytes.endOfLine(from: position) + 1, bytes.count)
    lineStart = position
  }

  /// The column of the first line that is not blank, or of the longest blank one; moves nowhere.
  private func blockIndentation(over indent: Int) throws(Unread) -> Int {
    var line = position
    var longest = max(indent + 1, 1)
    while line < bytes.count {
      var index = line
      while index < bytes.count, bytes[index] == 0x20 { index += 1 }
      if index >= bytes.count { break }
      if isEndOfLine(index) {
        longest = max(longest, index - line)
        line = bytes.endOfLine(from: index) + 1
        continue
      }
      // A blank line that reaches further than the text is an error (YAML 1.2.2, 8.1.1.1), and what a
      // tab before the text counts for is not the same everywhere.
      let column = index - line
      guard column > indent, column > 0 else { break }
      guard column >= longest, bytes[index] != 0x09 else { throw Unread(.unsupported, at: line) }
      return column
    }
    return longest
  }

  /// Reads the lines of a block scalar and stops at the start of the first one behind it.
  ///
  /// - Returns: behind the last byte of its last line that is not blank; `nil` when there is none.
  private mutating func blockLines(
    _ indent: Int, isFolded: Bool, _ chomping: Chomping, into text: inout [UInt8]
  ) throws(Unread) -> Int? {
    var end: Int?
    /// Line ends since the last text: the one that ended it, and those of the blank lines behind it.
    var breaks = 0
    var hasBreak = false
    var wasIndented = false
    while position < bytes.count {
      var index = position
      while index < bytes.count, index - position < indent, bytes[index] == 0x20 { index += 1 }
      if isEndOfLine(index) {
        if index >= bytes.count {
          position = bytes.count
          lineStart = position
          break
        }
        breaks += 1
        nextLine()
        continue
      }
      guard index - position == indent, !isMarker(position) else {
        if bytes[index] == 0x09, index - position < indent { throw Unread(.unsupported, at: index) }
        break
      }
      var stop = bytes.endOfLine(from: index)
      hasBreak = stop < bytes.count
      let following = min(stop + 1, bytes.count)
      if hasBreak, bytes[stop - 1] == 0x0d, stop > index { stop -= 1 }
      let isIndented = bytes[index] == 0x20 || bytes[index] == 0x09
      if end != nil, isFolded, !isIndented, !wasIndented {
        appendBreaks(breaks, to: &text)
      } else {
        text.append(contentsOf: repeatElement(0x0a, count: breaks))
      }
      text += bytes[index..<stop]
      end = stop
      breaks = hasBreak ? 1 : 0
      wasIndented = isIndented
      position = following
      lineStart = position
    }
    switch chomping {
    case .strip: break
    case .clip: if end != nil, breaks > 0 { text.append(0x0a) }
    case .keep: text.append(contentsOf: repeatElement(0x0a, count: breaks))
    }
    return end
  }
}
