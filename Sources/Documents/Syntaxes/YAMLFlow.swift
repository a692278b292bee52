/// Mappings and sequences in flow style: `{a: b}`, `[a, b]`, over several lines too (YAML 1.2.2, 7.4).
extension YAMLSyntax {
  /// Reads the flow value at the present byte.
  mutating func flow(_ slot: Slot, depth: Int) throws(Unread) {
    let begin = position
    var slot = slot
    if isProperty(position) {
      slot.start = slot.start ?? position
      slot.properties = try properties()
      try skipFlowSpace()
    }
    switch bytes[position] {
    case 0x7b: try flowMapping(slot, depth: depth)
    case 0x5b: try flowSequence(slot, depth: depth)
    case 0x22, 0x27:
      let text = try quoted()
      try addScalar(.string, text, in: slot, from: begin, to: position)
    default:
      let (text, end) = try flowPlain(isKey: false)
      try addScalar(.bare, text, in: slot, from: begin, to: end)
    }
  }

  /// Goes to the next byte of a flow collection, over line ends and comments.
  private mutating func skipFlowSpace() throws(Unread) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0d: position += 1
      case 0x0a:
        position += 1
        lineStart = position
        if isMarker(position) { throw Unread(.unexpected, at: position) }
      case 0x23:
        guard position == lineStart || isBlank(position - 1) else {
          throw Unread(.unexpected, at: position)
        }
        position = bytes.endOfLine(from: position)
      default: return
      }
    }
    throw Unread(.truncated, at: position)
  }

  private mutating func flowSequence(_ slot: Slot, depth: Int) throws(Unread) {
    guard depth < maximumDepth else { throw Unread(.tooDeep, at: position) }
    let node = try addContainer(.array, in: slot, from: position)
    position += 1
    try skipFlowSpace()
    while bytes[position] != 0x5d {
      try flow(Slot(parent: node, start: nil), depth: depth + 1)
      try skipFlowSpace()
      // `[a: b]` is a mapping of one entry, which nobody writes and few expect.
      if bytes[position] == 0x3a { throw Unread(.unsupported, at: position) }
      try skipComma(before: 0x5d)
    }
    position += 1
    builder.setEnd(node, position)
  }

  private mutating func flowMapping(_ slot: Slot, depth: Int) throws(Unread) {
    guard depth < maximumDepth else { throw Unread(.tooDeep, at: position) }
    let node = try addContainer(.object, in: slot, from: position)
    position += 1
    try skipFlowSpace()
    while bytes[position] != 0x7d {
      try flowMember(of: node, depth: depth)
      try skipFlowSpace()
      try skipComma(before: 0x7d)
    }
    position += 1
    builder.setEnd(node, position)
    try builder.requireUniqueKeys(of: node)
  }

  private mutating func skipComma(before close: UInt8) throws(Unread) {
    if bytes[position] == 0x2c {
      position += 1
      try skipFlowSpace()
    } else if bytes[position] != close {
      throw Unread(.unexpected, at: position)
    }
  }

  private mutating func flowMember(of node: NodeID, depth: Int) throws(Unread) {
    let begin = position
    let line = lineStart
    let key: Text
    var isQuoted = false
    switch bytes[position] {
    case 0x22, 0x27:
      key = try quoted()
      isQuoted = true
    case 0x7b, 0x5b: throw Unread(.unsupported, at: position)
    default: key = try flowPlain(isKey: true).text
    }
    guard line == lineStart, position - begin <= 1024,
      keepsReferences || !builder.document.equals(key, "<<"), bytes[begin] != 0x2a
    else {
      throw Unread(.unsupported, at: begin)
    }
    let slot = Slot(parent: node, key: key, start: begin)
    let end = position
    try skipFlowSpace()
    guard bytes[position] == 0x3a else { return try emptyScalar(slot, at: end) }
    guard line == lineStart else { throw Unread(.unsupported, at: position) }
    position += 1
    // `{a:[b]}`, `{a:}`: only YAML 1.2 has a key there.
    guard isQuoted || isBlank(position) else { throw Unread(.unsupported, at: position) }
    let colon = position
    try skipFlowSpace()
    if bytes[position] == 0x2c || bytes[position] == 0x7d {
      try emptyScalar(slot, at: colon)
    } else {
      try flow(slot, depth: depth + 1)
    }
  }

  /// Reads a plain scalar in flow style.
  ///
  /// - Parameter isKey: whether it may be a key, and then stands on one line.
  private mutating func flowPlain(isKey: Bool) throws(Unread) -> (text: Text, end: Int) {
    try requirePlainStart(isInFlow: true)
    let begin = position
    var end = bytes.endOfPlainLine(from: begin, inFlow: true)
    position = end
    if isKey { return (Text(start: begin, count: end - begin), end) }
    var folded: [UInt8] = []
    while true {
      skipSpaces()
      guard position < bytes.count, isEndOfLine(position) else { break }
      let breaks = skipBreaks()
      try requireNoIndentingTab(from: end)
      if isAtEnd { throw Unread(.truncated, at: begin) }
      let next = bytes[position]
      if next == 0x2c || next == 0x5d || next == 0x7d || next == 0x23 { break }
      if next == 0x5b || next == 0x7b { throw Unread(.unexpected, at: position) }
      if next == 0x3a { throw Unread(.unsupported, at: position) }
      if folded.isEmpty { folded += bytes[begin..<end] }
      appendBreaks(breaks, to: &folded)
      let start = position
      end = bytes.endOfPlainLine(from: start, inFlow: true)
      position = end
      folded += bytes[start..<end]
    }
    if folded.isEmpty { return (Text(start: begin, count: end - begin), end) }
    return (try builder.keep(folded), end)
  }
}
