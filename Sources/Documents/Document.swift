/// A run of bytes in a document's pool. It is no `Equatable`: equal bytes may stand at two places, so
/// texts are compared through their documents.
public struct Text: Sendable {
  public let start: UInt32
  public let count: UInt32

  public init(start: Int, count: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  public static let empty = Text(start: 0, count: 0)
  public var isEmpty: Bool { count == 0 }
  public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// One value of a document.
public struct NodeID: Hashable, Sendable {
  private let place: UInt32
  public var index: Int { Int(place) }

  public init(_ index: Int) { place = UInt32(truncatingIfNeeded: index) }

  /// The value that the whole file is.
  public static let root = NodeID(0)
}

/// A file of any syntax as one tree of objects, arrays and scalars, each with the bytes it stands at.
///
/// Scalars stay as they are written (escapes resolved): `010`, `1.10` and `no` are not interpreted,
/// because two programs would interpret them differently. Keys are unique by byte equality. A text is
/// a place in `pool`: the file itself, with the few strings that had escapes behind it.
public struct Document: Sendable {
  public enum Kind: UInt8, Sendable {
    case object
    case array
    /// A quoted string, or a text that can be nothing else.
    case string
    /// A scalar without quotes: a number, a boolean, a date, a word.
    case bare
  }

  /// One value. Children are linked, because TOML may come back to a table that was left.
  public struct Node: Sendable {
    public var start: UInt32
    public var end: UInt32
    public var keyStart: UInt32
    /// The place and length of a scalar's text; the last child and the number of children otherwise.
    public var textStart: UInt32
    public var textCount: UInt32
    public var firstChild: UInt32 = 0
    public var nextSibling: UInt32 = 0
    public var keyCount: UInt16
    public var kind: Kind
    /// What a syntax notes for itself while it reads: how a TOML table came to be.
    public var mark: UInt8 = 0

    @inlinable public var isScalar: Bool { kind == .string || kind == .bare }
  }

  /// The file, then what was decoded or composed from it.
  public internal(set) var pool: [UInt8]
  /// How much of the pool is the file.
  public let fileCount: Int
  /// How many documents the file has: above one, in YAML only, the root is the array of them.
  public internal(set) var documentCount = 1
  public internal(set) var nodes: [Node] = []

  public init(pool: [UInt8]) {
    self.pool = pool
    fileCount = pool.count
  }

  /// The same with more bytes behind the pool, which texts may stand at.
  public func with(_ composed: [UInt8]) -> Document {
    var document = self
    if !composed.isEmpty { document.pool += composed }
    return document
  }

  public var nodeCount: Int { nodes.count }
  public func kind(_ node: NodeID) -> Kind { nodes[node.index].kind }
  public func isObject(_ node: NodeID) -> Bool { nodes[node.index].kind == .object }
  public func isArray(_ node: NodeID) -> Bool { nodes[node.index].kind == .array }
  public func isScalar(_ node: NodeID) -> Bool { nodes[node.index].isScalar }

  /// The bytes of the file that the value stands at, its key included. What a TOML table gets
  /// later in the file, behind other tables, is not in it; its children have ranges of their own.
  public func range(_ node: NodeID) -> Range<Int> {
    Int(nodes[node.index].start)..<Int(nodes[node.index].end)
  }

  /// The key under which a value stands in its object; empty in an array.
  public func key(_ node: NodeID) -> Text {
    Text(start: Int(nodes[node.index].keyStart), count: Int(nodes[node.index].keyCount))
  }

  /// The text of a scalar; empty for an object or array.
  public func text(_ node: NodeID) -> Text {
    guard isScalar(node) else { return .empty }
    return Text(
      start: Int(nodes[node.index].textStart), count: Int(nodes[node.index].textCount))
  }

  public func childCount(_ node: NodeID) -> Int {
    isScalar(node) ? 0 : Int(nodes[node.index].textCount)
  }

  /// The first value in an object or array; `nil` when there is none.
  public func firstChild(of node: NodeID) -> NodeID? {
    guard !isScalar(node), nodes[node.index].firstChild != 0 else { return nil }
    return NodeID(Int(nodes[node.index].firstChild))
  }

  /// The next value of the same object or array.
  public func sibling(after node: NodeID) -> NodeID? {
    let next = nodes[node.index].nextSibling
    return next == 0 ? nil : NodeID(Int(next))
  }

  /// The values in an object or array, in their order in the file.
  public func children(_ node: NodeID) -> Children {
    Children(document: self, following: isScalar(node) ? 0 : nodes[node.index].firstChild)
  }

  /// A sequence of siblings. Index 0 is the root, which is nobody's sibling, so it marks the end.
  public struct Children: Sequence, IteratorProtocol {
    let document: Document
    var following: UInt32

    public mutating func next() -> NodeID? {
      guard following != 0 else { return nil }
      let node = NodeID(Int(following))
      following = document.nodes[node.index].nextSibling
      return node
    }
  }

  /// The value under a key of an object; `nil` when there is none or `node` is no object.
  public func child(_ key: StaticString, of node: NodeID) -> NodeID? {
    guard isObject(node) else { return nil }
    var next = nodes[node.index].firstChild
    while next != 0 {
      let child = NodeID(Int(next))
      if equals(self.key(child), key) { return child }
      next = nodes[Int(next)].nextSibling
    }
    return nil
  }

  /// The text under a key; `nil` when it is missing or no scalar.
  public func text(_ key: StaticString, of node: NodeID) -> Text? {
    guard let child = child(key, of: node), isScalar(child) else { return nil }
    return text(child)
  }

  // MARK: Texts

  public func bytes(_ text: Text) -> ArraySlice<UInt8> { pool[text.range] }

  @inline(__always)
  public func equals(_ text: Text, _ word: StaticString) -> Bool {
    // Most words that are asked for have another length, or another last letter.
    let count = word.utf8CodeUnitCount
    return Int(text.count) == count
      && (count == 0 || pool[text.range.upperBound - 1] == word.utf8Start[count - 1])
      && hasBytes(text, word)
  }

  private func hasBytes(_ text: Text, _ word: StaticString) -> Bool {
    pool.withUnsafeBytes { pool in
      UnsafeRawBufferPointer(rebasing: pool[text.range]).equals(
        UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
  }

  public func starts(_ text: Text, with word: StaticString) -> Bool {
    Int(text.count) >= word.utf8CodeUnitCount
      && equals(Text(start: Int(text.start), count: word.utf8CodeUnitCount), word)
  }

  /// The rest of a text behind its first `count` bytes.
  public func dropFirst(_ count: Int, of text: Text) -> Text {
    let count = Swift.min(count, Int(text.count))
    return Text(start: Int(text.start) + count, count: Int(text.count) - count)
  }

  public func prefix(_ count: Int, of text: Text) -> Text {
    Text(start: Int(text.start), count: Swift.min(count, Int(text.count)))
  }

  /// The first place of a byte in a text, counted from the text's start.
  public func firstIndex(of byte: UInt8, in text: Text, from start: Int = 0) -> Int? {
    pool.withUnsafeBytes {
      UnsafeRawBufferPointer(rebasing: $0[text.range]).firstIndex(of: byte, from: start)
    }
  }
}
