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
  /// - Parameter keepsReferences: whether anchors, aliases, tags and merge keys are taken as they are
  ///   written, for files whose values are only shown: `*a` is a scalar, `&a` and `!tag` stand before
  ///   the text of a scalar, as an element before those of a sequence, and under `&` or `!` in a
  ///   mapping. Nothing is resolved, so a change of what they lead to shows where that stands.
  /// - Throws: `Unread`, with the byte at which reading ended.
  static func read(
    _ bytes: [UInt8], keepsReferences: Bool = false, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    try requireNoForeignLineBreak(bytes)
    return try bytes.withUnsafeBufferPointer { (held) throws(Unread) in
      let source = SourceBytes(held)
      var reader = YAMLSyntax(
        try DocumentBuilder(bytes, limits: limits), source, keepsReferences)
      if try reader.document(into: nil) { return reader.builder.document }
      // More than one document: they are read again, into an array.
      reader = YAMLSyntax(
        try DocumentBuilder(bytes, limits: limits), source, keepsReferences)
      let root = try reader.builder.add(.array, to: nil, start: 0)
      while try !reader.document(into: root) {}
      reader.builder.setEnd(root, bytes.count)
      var document = reader.builder.document
      document.documentCount = document.childCount(root)
      return document
    }
  }

  let bytes: SourceBytes
  let keepsReferences: Bool
  var builder: DocumentBuilder
  /// The byte that is read next.
  var position = 0
  /// The first byte of its line.
  var lineStart = 0

  private init(
    _ builder: consuming DocumentBuilder, _ bytes: SourceBytes, _ keepsReferences: Bool
  ) {
    self.bytes = bytes
    self.keepsReferences = keepsReferences
    self.builder = builder
  }

  // MARK: Places

  var maximumDepth: Int { builder.limits.depth }
  var column: Int { position - lineStart }

  /// Whether there is nothing more in this document.
  @inline(__always)
  var isAtEnd: Bool { position >= bytes.count || (position == lineStart && isMarker(position)) }

  @inline(__always)
  func isBlank(_ index: Int) -> Bool { bytes.isBlank(index) }

  @inline(__always)
  func isEndOfLine(_ index: Int) -> Bool { bytes.isEndOfLine(index) }

  @inline(__always)
  func isMarker(_ index: Int) -> Bool { bytes.isMarker(index) }

  @inline(__always)
  mutating func skipSpaces() {
    guard position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 else { return }
    skipMoreSpaces()
  }

  private mutating func skipMoreSpaces() {
    var index = position + 1
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    position = index
  }

  /// Goes to the next value or key, over line ends and comments. A comment has a blank before it.
  ///
  /// - Throws: `.unsupported` for a tab where a line begins, be it empty or not: YAML allows it before
  ///   nothing and in front of comments, and most readers do not.
  mutating func skipToContent() throws(Unread) {
    var index = position
    var line = lineStart
    var isNewLine = index == line
    scan: while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0d: index += 1
      case 0x09:
        guard !isNewLine else { throw Unread(.unsupported, at: index) }
        index += 1
      case 0x0a:
        line = index + 1
        index = bytes.endOfSpaces(from: line)
        isNewLine = true
      case 0x23 where index == line || isBlank(index - 1):
        index = bytes.endOfLine(from: index)
      default: break scan
      }
    }
    position = index
    lineStart = line
  }

  /// Asks that no tab is among the blanks behind a `-`, a `?` or the `:` that belongs to it: there they
  /// are indentation.
  func requireNoTab() throws(Unread) {
    var index = position
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    if index < bytes.count, bytes[index] == 0x09 { throw Unread(.unsupported, at: index) }
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
        while index + 32 <= raw.count {
          let words = raw.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
          guard (words[0] | words[1] | words[2] | words[3]) & 0x8080_8080_8080_8080 == 0 else {
            break
          }
          index += 32
        }
        guard index < raw.count else { break }
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

  // MARK: Values

  /// Where a value will stand: its container, its key there, and the first byte of its entry.
  struct Slot {
    let parent: NodeID?
    var key: Text = .empty
    /// `nil` where the entry begins with the value itself.
    var start: Int?
    /// The anchor and tag before the value.
    var properties: Text = .empty
  }

  mutating func addScalar(
    _ kind: Document.Kind, _ text: Text, in slot: Slot, from begin: Int, to end: Int
  ) throws(Unread) {
    var text = text
    var mark: UInt8 = 0
    if !slot.properties.isEmpty {
      let words = builder.document.bytes(slot.properties)
      text = try builder.keep(
        text.isEmpty ? Array(words) : words + [0x20] + builder.document.bytes(text))
      mark = YAMLMark.properties
    } else if keepsReferences, kind == .bare, builder.document.starts(text, with: "*") {
      mark = YAMLMark.alias
    }
    let node = try builder.addScalar(
      kind, text, to: slot.parent, key: slot.key, start: slot.start ?? begin, end: end)
    if mark != 0 { builder.setMark(node, mark) }
  }

  mutating func addContainer(
    _ kind: Document.Kind, in slot: Slot, from begin: Int
  ) throws(Unread) -> NodeID {
    let start = slot.start ?? begin
    let node = try builder.add(kind, to: slot.parent, key: slot.key, start: start)
    let words = slot.properties
    if !words.isEmpty {
      let key = kind == .object ? builder.document.prefix(1, of: words) : .empty
      let own = try builder.addScalar(
        .bare, words, to: node, key: key, start: words.range.lowerBound,
        end: words.range.upperBound)
      builder.setMark(own, YAMLMark.properties | YAMLMark.container)
    }
    return node
  }

  /// Reads the anchor and tag at the present byte, one of each at most.
  mutating func properties() throws(Unread) -> Text {
    let begin = position
    var end = position
    for _ in 0..<2 {
      let mark = bytes[position]
      while !isBlank(position) {
        switch bytes[position] {
        case 0x2c, 0x5b, 0x5d, 0x7b, 0x7d: throw Unread(.unsupported, at: position)
        default: position += 1
        }
      }
      end = position
      skipSpaces()
      guard position < bytes.count, isProperty(position), bytes[position] != mark else { break }
    }
    // A third, or the same mark twice.
    guard position >= bytes.count || !isProperty(position) else {
      throw Unread(.unexpected, at: position)
    }
    return Text(start: begin, count: end - begin)
  }

  /// Whether an anchor or tag begins here.
  @inline(__always)
  func isProperty(_ index: Int) -> Bool {
    keepsReferences && (bytes[index] == 0x26 || bytes[index] == 0x21)
  }
}

/// What a value has to do with anchors, aliases and tags: a quoted text may look the same.
public enum YAMLMark {
  /// An anchor or a tag stands before its text.
  public static let properties: UInt8 = 0x10
  public static let alias: UInt8 = 0x20
  /// It is no value, and says what its container has.
  public static let container: UInt8 = 0x40
  public static let all: UInt8 = 0x70
}

/// What is asked of the bytes alone, without the reader around them.
extension SourceBytes {
  /// Whether the byte at `index` is a space, a tab, an end of line, or behind the file.
  func isBlank(_ index: Int) -> Bool {
    guard index < count else { return true }
    let byte = self[index]
    return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }

  func isEndOfLine(_ index: Int) -> Bool {
    guard index < count else { return true }
    return self[index] == 0x0a || self[index] == 0x0d
  }

  /// Whether the line at `index` is `---` or `...`.
  func isMarker(_ index: Int) -> Bool {
    guard index + 2 < count else { return false }
    let byte = self[index]
    return (byte == 0x2d || byte == 0x2e) && self[index + 1] == byte && self[index + 2] == byte
      && isBlank(index + 3)
  }
}
