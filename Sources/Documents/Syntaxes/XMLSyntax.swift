internal import Primitives

/// Reads XML 1.0, strictly: no DOCTYPE and so no entities but the five of the language, no processing
/// instructions, ASCII names, one encoding. Decision 0011 says why it is not Foundation's.
///
/// The root is an object whose only key is the name of the document's element. An element is a string
/// when it has neither attributes nor elements in it. Otherwise it is an object: attributes as `@NAME`,
/// elements as an array under their name, and character data as `#text`. White space between tags
/// says nothing.
struct XMLSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: nil, allowsByteOrderMark: true)
    var reader = XMLSyntax(bytes: bytes, limits: limits)
    try reader.document(into: &builder)
    return builder.document
  }

  let bytes: [UInt8]
  private let limits: ReadingLimits
  var position = 0
  /// The array of each element name that an object has, found by object and name.
  private var arrays = ChildTable()
  /// `@NAME` texts that were composed, to be used again.
  private var attributeKeys: [Text] = []
  private var textKey = Text.empty

  private init(bytes: [UInt8], limits: ReadingLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  private mutating func document(into builder: inout DocumentBuilder) throws(Unread) {
    textKey = try builder.keep("#text".utf8)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    try declaration()
    try skipMiscellany()
    let root = try builder.add(.object, to: nil, start: 0)
    try element(into: &builder, parent: root, isDocumentElement: true, depth: 0)
    try skipMiscellany()
    guard position == bytes.count else { throw Unread(.unexpected, at: position) }
    builder.setEnd(root, bytes.count)
  }

  // MARK: Elements

  private mutating func element(
    into builder: inout DocumentBuilder, parent: NodeID, isDocumentElement: Bool, depth: Int
  ) throws(Unread) {
    let start = position
    guard depth < limits.depth else { throw Unread(.tooDeep, at: start) }
    try expect("<")
    let name = try name()
    let array =
      isDocumentElement ? parent : try array(of: name, in: parent, at: start, &builder)
    let key = isDocumentElement ? name : .empty
    var node: NodeID?
    while try skipSpace(), try current() != 0x3e, try current() != 0x2f {
      let object: NodeID
      if let node {
        object = node
      } else {
        object = try builder.add(.object, to: array, key: key, start: start)
      }
      node = object
      try attribute(of: object, into: &builder)
    }
    if let node { try builder.requireUniqueKeys(of: node) }
    if try current() == 0x2f {
      position += 1
      try expect(">")
      if let node {
        builder.setEnd(node, position)
      } else {
        try builder.addScalar(
          .string, .empty, to: array, key: key, start: start, end: position)
      }
    } else {
      try expect(">")
      try content(of: node, name, array, key, start, depth, &builder)
    }
    if !isDocumentElement, builder.lastChild(of: parent) == array {
      builder.setEnd(array, position)
    }
  }

  /// What stands between an element's tags, and its end tag.
  private mutating func content(
    of known: NodeID?, _ name: Text, _ array: NodeID, _ key: Text, _ start: Int, _ depth: Int,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    var node = known
    var texts: [Text] = []
    var place = position..<position
    while true {
      let before = position
      let data = try characterData(into: &builder)
      let isEnd = bytes.has("</", at: position)
      if isEnd, node == nil {
        try endTag(name)
        try builder.addScalar(.string, data, to: array, key: key, start: start, end: position)
        return
      }
      let object: NodeID
      if let node {
        object = node
      } else {
        object = try builder.add(.object, to: array, key: key, start: start)
      }
      node = object
      if !isBlank(data, builder.document) {
        if texts.isEmpty { place = before..<position }
        texts.append(data)
      }
      if isEnd {
        try addText(texts, at: place, to: object, &builder)
        try endTag(name)
        builder.setEnd(object, position)
        return
      }
      try element(into: &builder, parent: object, isDocumentElement: false, depth: depth + 1)
    }
  }

  private mutating func endTag(_ name: Text) throws(Unread) {
    try expect("</")
    let place = position
    let end = try self.name()
    guard end.count == name.count,
      bytes[end.range].elementsEqual(bytes[name.range])
    else { throw Unread(.unexpected, at: place) }
    _ = try skipSpace()
    try expect(">")
  }

  private func addText(
    _ texts: [Text], at place: Range<Int>, to node: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard let first = texts.first else { return }
    var text = first
    if texts.count > 1 {
      var joined: [UInt8] = []
      for text in texts { joined += builder.document.bytes(text) }
      text = try builder.keep(joined)
    }
    try builder.addScalar(
      .string, text, to: node, key: textKey, start: place.lowerBound, end: place.upperBound)
  }

  private static let few = 8

  /// The array that holds the elements of one name in an object.
  private mutating func array(
    of name: Text, in parent: NodeID, at start: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    if let last = builder.lastChild(of: parent), builder.document.isArray(last),
      builder.document.equal(builder.document.key(last), name)
    {
      return last
    }
    // Few elements are searched one by one; beyond that all are in the table.
    let count = builder.document.childCount(parent)
    if count <= Self.few {
      if let known = builder.document.child(withKey: name, of: parent) { return known }
    } else if let known = arrays.child(of: parent, name, in: builder.document) {
      return known
    }
    let array = try builder.add(.array, to: parent, key: name, start: start)
    if count == Self.few {
      for child in builder.document.children(parent) {
        arrays.insert(child, of: parent, in: builder.document)
      }
    } else if count > Self.few {
      arrays.insert(array, of: parent, in: builder.document)
    }
    return array
  }

  private mutating func attribute(
    of node: NodeID, into builder: inout DocumentBuilder
  ) throws(Unread) {
    let start = position
    let name = try name()
    _ = try skipSpace()
    try expect("=")
    _ = try skipSpace()
    let quote = try current()
    guard quote == 0x22 || quote == 0x27 else { throw Unread(.unexpected, at: position) }
    position += 1
    let value = try text(upTo: quote, isAttribute: true, into: &builder)
    position += 1
    // Behind a value comes white space or the end of the tag.
    let next = try current()
    guard isSpace(next) || next == 0x3e || next == 0x2f else {
      throw Unread(.unexpected, at: position)
    }
    let key = try attributeKey(name, &builder)
    try builder.addScalar(.string, value, to: node, key: key, start: start, end: position)
  }

  private mutating func attributeKey(
    _ name: Text, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    for key in attributeKeys
    where builder.document.equal(builder.document.dropFirst(1, of: key), name) { return key }
    let key = try builder.keep([0x40] + bytes[name.range])
    if attributeKeys.count < 32 { attributeKeys.append(key) }
    return key
  }

  private func isBlank(_ text: Text, _ document: Document) -> Bool {
    text.isEmpty || document.trimmed(text).isEmpty
  }
}

/// Finds the child of a container by its key, over all containers of a document.
private struct ChildTable {
  private var slots: [(parent: UInt32, child: UInt32)] = Array(repeating: (0, 0), count: 64)
  private var count = 0

  func child(of parent: NodeID, _ key: Text, in document: borrowing Document) -> NodeID? {
    var slot = start(parent, key, document)
    while slots[slot].child != 0 {
      let child = NodeID(Int(slots[slot].child))
      if slots[slot].parent == UInt32(parent.index), document.equal(document.key(child), key) {
        return child
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  mutating func insert(_ child: NodeID, of parent: NodeID, in document: borrowing Document) {
    if count * 2 >= slots.count {
      let old = slots
      slots = Array(repeating: (0, 0), count: old.count * 2)
      for entry in old where entry.child != 0 {
        place(NodeID(Int(entry.child)), NodeID(Int(entry.parent)), document)
      }
    }
    place(child, parent, document)
    count += 1
  }

  private mutating func place(
    _ child: NodeID, _ parent: NodeID, _ document: borrowing Document
  ) {
    var slot = start(parent, document.key(child), document)
    while slots[slot].child != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = (UInt32(parent.index), UInt32(child.index))
  }

  private func start(_ parent: NodeID, _ key: Text, _ document: borrowing Document) -> Int {
    (document.hash(key) ^ (parent.index &* 0x9e37_79b9)) & (slots.count - 1)
  }
}
