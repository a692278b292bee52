/// Builds a document value by value; what every syntax reader writes into.
public struct DocumentBuilder: Sendable {
  public internal(set) var document: Document
  public let limits: ReadingLimits
  /// Slots of the table that finds a key twice in a large object; kept for the next one.
  private var slots = HashSlots(capacity: 0)

  /// - Throws: `Unread` for a file that is larger than the limit.
  public init(_ bytes: [UInt8], limits: ReadingLimits) throws(Unread) {
    guard bytes.count <= min(limits.bytes, 1 << 30) else { throw Unread(.tooLarge, at: 0) }
    document = Document(pool: bytes)
    self.limits = limits
    // More values than most files have for their size, so that the array seldom grows; what is not
    // used of it costs no memory.
    document.nodes.reserveCapacity(bytes.count / 24 + 16)
  }

  /// Goes on with a document that was read: for texts that are composed of it.
  public init(_ document: Document, limits: ReadingLimits) {
    self.document = document
    self.limits = limits
  }

  /// Adds a value behind the others of `parent` (`nil` for the root, which comes first).
  ///
  /// - Parameters:
  ///   - key: its key, when the parent is an object.
  ///   - start: the byte of the file at which it begins, its key included.
  public mutating func add(
    _ kind: Document.Kind, to parent: NodeID?, key: Text = .empty, start: Int
  ) throws(Unread) -> NodeID {
    try append(kind, .empty, to: parent, key: key, start: start, end: start)
  }

  @inline(__always)
  private mutating func append(
    _ kind: Document.Kind, _ text: Text, to parent: NodeID?, key: Text, start: Int, end: Int
  ) throws(Unread) -> NodeID {
    let index = document.nodes.count
    guard index < limits.nodes else { throw Unread(.tooMany, at: start) }
    guard key.count <= UInt16.max else { throw Unread(.tooLarge, at: start) }
    document.nodes.append(
      Document.Node(
        start: UInt32(start), end: UInt32(end), keyStart: key.start, textStart: text.start,
        textCount: text.count, keyCount: UInt16(key.count), kind: kind))
    if let parent { link(index, to: parent.index) }
    return NodeID(index)
  }

  /// Makes a value the last one of a container.
  @inline(__always)
  mutating func link(_ index: Int, to parent: Int) {
    document.nodes.withUnsafeMutableBufferPointer { nodes in
      precondition(parent < index, "a container comes before its values")
      let last = Int(nodes[parent].textStart)
      if nodes[parent].textCount == 0 {
        nodes[parent].firstChild = UInt32(index)
      } else {
        precondition(last < index, "the last value of a container is one before")
        nodes[last].nextSibling = UInt32(index)
      }
      nodes[parent].textStart = UInt32(index)
      nodes[parent].textCount += 1
    }
  }

  /// Adds a whole scalar.
  @discardableResult
  public mutating func addScalar(
    _ kind: Document.Kind, _ text: Text, to parent: NodeID?, key: Text = .empty, start: Int,
    end: Int
  ) throws(Unread) -> NodeID {
    try append(kind, text, to: parent, key: key, start: start, end: end)
  }

  /// Says where a value ends; `end` is the byte behind it.
  public mutating func setEnd(_ node: NodeID, _ end: Int) {
    document.nodes[node.index].end = UInt32(end)
  }

  /// The byte behind a value that was added.
  public func end(of node: NodeID) -> Int { Int(document.nodes[node.index].end) }

  /// Ends a container where its last value ends.
  public mutating func endWithLastChild(_ node: NodeID) {
    guard let last = lastChild(of: node) else { return }
    document.nodes[node.index].end = document.nodes[last.index].end
  }

  /// A note of the syntax on a value; 0 at first.
  func mark(_ node: NodeID) -> UInt8 { document.nodes[node.index].mark }

  mutating func setMark(_ node: NodeID, _ mark: UInt8) { document.nodes[node.index].mark = mark }

  /// Keeps bytes that do not stand in the file as they are: a string with its escapes resolved.
  public mutating func keep(_ bytes: some Collection<UInt8>) throws(Unread) -> Text {
    let text = Text(start: document.pool.count, count: bytes.count)
    guard document.pool.count + bytes.count <= 1 << 31 else { throw Unread(.tooLarge, at: 0) }
    makeRoom(bytes.count)
    document.pool.append(contentsOf: bytes)
    return text
  }

  /// The first text that is kept moves the file to a pool of its own, with room for more, so that it is
  /// not moved again.
  private mutating func makeRoom(_ count: Int) {
    guard document.pool.count == document.fileCount else { return }
    document.pool.reserveCapacity(document.fileCount + max(count, document.fileCount * 3 / 4))
  }

  /// Joins two texts; a text that was kept last is not copied again.
  public mutating func join(_ first: Text, _ second: Text) throws(Unread) -> Text {
    let isLast =
      Int(first.start) >= document.fileCount && first.range.upperBound == document.pool.count
    let start = isLast ? first : try keep(Array(document.bytes(first)))
    let end = try keep(Array(document.bytes(second)))
    return Text(start: Int(start.start), count: Int(start.count) + Int(end.count))
  }

  /// The last value that was added to a container.
  public func lastChild(of node: NodeID) -> NodeID? {
    guard document.childCount(node) > 0 else { return nil }
    return NodeID(Int(document.nodes[node.index].textStart))
  }

  // MARK: Keys

  /// Throws when two values of an object have the same key, byte for byte.
  public mutating func requireUniqueKeys(of node: NodeID) throws(Unread) {
    let count = document.childCount(node)
    guard count > 1 else { return }
    guard count > 12 else { return try requireUniqueFewKeys(of: node) }
    slots.clear(for: count)
    let document = document
    var next = Int(document.nodes[node.index].firstChild)
    while next != 0 {
      let key = document.key(NodeID(next))
      let first = slots.insert(next, document.hash(key)) {
        document.equal(document.key(NodeID($0)), key, in: document)
      }
      guard first == nil else { throw Unread(.duplicateKey, at: Int(document.nodes[next].start)) }
      next = Int(document.nodes[next].nextSibling)
    }
  }

  @inline(__always)
  private func requireUniqueFewKeys(of node: NodeID) throws(Unread) {
    let twice = document.nodes.withUnsafeBufferPointer { nodes in
      document.pool.withUnsafeBytes {
        Self.firstKeyTwice(Int(nodes[node.index].firstChild), nodes, $0)
      }
    }
    if let twice { throw Unread(.duplicateKey, at: Int(document.nodes[twice].start)) }
  }

  /// The first value, from one on, whose key a value before it has.
  private static func firstKeyTwice(
    _ first: Int, _ nodes: UnsafeBufferPointer<Document.Node>, _ pool: UnsafeRawBufferPointer
  ) -> Int? {
    var left = first
    while left != 0 {
      let (start, count) = (Int(nodes[left].keyStart), nodes[left].keyCount)
      let key = UnsafeRawBufferPointer(rebasing: pool[start..<start + Int(count)])
      var right = Int(nodes[left].nextSibling)
      while right != 0 {
        let other = Int(nodes[right].keyStart)
        if nodes[right].keyCount == count,
          key.equals(UnsafeRawBufferPointer(rebasing: pool[other..<other + Int(count)]))
        {
          return right
        }
        right = Int(nodes[right].nextSibling)
      }
      left = Int(nodes[left].nextSibling)
    }
    return nil
  }
}

extension Document {
  /// Whether a text of this document and one of another have the same bytes.
  public func equal(_ text: Text, _ other: Text, in document: borrowing Document) -> Bool {
    guard text.count == other.count else { return false }
    return pool.withUnsafeBytes { left in
      document.pool.withUnsafeBytes { right in
        UnsafeRawBufferPointer(rebasing: left[text.range]).equals(
          UnsafeRawBufferPointer(rebasing: right[other.range]))
      }
    }
  }

  /// A number for a table of texts. Seed and factor are chosen anew in every process, so that nobody
  /// can write a file whose texts collide.
  public func hash(_ text: Text) -> Int {
    pool.withUnsafeBytes { Self.hash(UnsafeRawBufferPointer(rebasing: $0[text.range])) }
  }

  /// Half of it, to be kept beside a text.
  public func shortHash(_ text: Text) -> UInt32 { UInt32(truncatingIfNeeded: hash(text)) }

  public static func shortHash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: hash(bytes))
  }

  /// The same of bytes that stand in no document.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
    let factor = Self.factor
    var hash = Self.seed ^ UInt64(bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low
      index += 8
    }
    if index < bytes.count {
      var word: UInt64 = 0
      if bytes.count >= 8 {
        // The last eight, some of them once more: the count is in the hash already.
        word = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      } else {
        for place in index..<bytes.count { word = word << 8 | UInt64(bytes[place]) }
      }
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low
    }
    let product = (hash ^ Self.seed).multipliedFullWidth(by: factor)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  private static let seed = UInt64.random(in: .min ... .max)
  private static let factor = UInt64.random(in: .min ... .max) | 1 << 63 | 1
}
