internal import Documents

/// A document that is open for reading: cursors look into it, and texts may be composed behind it.
///
/// It is lent, for as long as `EntryReader.inventory` runs a format's `read`. Cursors and excerpts refer
/// to it without holding it: counting references would cost more than all that they do. That they end
/// where it ends is checked by the compiler. `Format.read` returns nothing and is `@Sendable`, and
/// they are not; so they can be kept neither in a variable outside of it nor in the entries.
struct Page: Equatable {
  struct Content {
    let nodes: UnsafeBufferPointer<Document.Node>
    let pool: UnsafeRawBufferPointer
    let documentCount: Int
    /// What was composed: texts with places behind the pool.
    var composed: [UInt8] = []
  }

  private let content: UnsafeMutablePointer<Content>

  init(_ content: UnsafeMutablePointer<Content>) { self.content = content }

  /// The file, and what was decoded from it.
  var pool: UnsafeRawBufferPointer { content.pointee.pool }
  var composed: [UInt8] {
    _read { yield content.pointee.composed }
    nonmutating _modify { yield &content.pointee.composed }
  }
  /// How many documents the file has.
  var documentCount: Int { content.pointee.documentCount }

  subscript(node: NodeID) -> Document.Node {
    precondition(node.index < content.pointee.nodes.count, "a value of another document")
    return content.pointee.nodes[node.index]
  }

  /// The value that the whole file is.
  var root: Cursor { Cursor(self, .root) }
}

/// A place in a document: one value, and from it those below it.
///
/// What is asked for may be missing or of another kind. `value["key"]` and `value[text: "key"]` are
/// `nil` then and `children` has nothing; what is a function with `throws` says which of the two it
/// allows, and throws `.wrongShape` at the value for the other.
struct Cursor: Equatable, Sequence {
  let page: Page
  let node: NodeID

  @inline(__always)
  init(_ page: Page, _ node: NodeID) {
    self.page = page
    self.node = node
  }

  private var value: Document.Node { page[node] }

  static func == (left: Cursor, right: Cursor) -> Bool {
    left.node == right.node && left.page == right.page
  }

  // MARK: What it is

  var isObject: Bool { value.kind == .object }
  var isArray: Bool { value.kind == .array }
  var isScalar: Bool { value.isScalar }
  /// Whether it is a scalar in quotes.
  var isString: Bool { value.kind == .string }
  /// Whether it is JSON's `null`.
  var isNull: Bool { value.kind == .bare && text == "null" }

  /// The key under which it stands in its object; empty in an array.
  var key: Excerpt {
    let value = value
    return Excerpt(page, Text(start: Int(value.keyStart), count: Int(value.keyCount)))
  }

  /// Its text when it is a scalar; empty otherwise.
  var text: Excerpt {
    let value = value
    guard value.isScalar else { return Excerpt(page, .empty) }
    return Excerpt(page, Text(start: Int(value.textStart), count: Int(value.textCount)))
  }

  /// Where it begins, in bytes from the start of the file.
  var start: Int { Int(value.start) }

  /// An error at this value.
  func unread(_ reason: Unread.Reason) -> Unread { Unread(reason, at: start) }

  // MARK: Below it

  /// How many values it holds.
  var count: Int { isScalar ? 0 : Int(value.textCount) }

  /// The first value that it holds.
  var first: Cursor? {
    var values = makeIterator()
    return values.next()
  }

  /// The values of an object or array, in their order in the file.
  func makeIterator() -> Children {
    let value = value
    return Children(page: page, following: value.isScalar ? 0 : value.firstChild)
  }

  /// A sequence of siblings. Index 0 is the root, which is nobody's sibling, so it marks the end.
  struct Children: Sequence, IteratorProtocol {
    let page: Page
    var following: UInt32

    @inline(__always)
    mutating func next() -> Cursor? {
      guard following != 0 else { return nil }
      let node = NodeID(Int(following))
      following = page[node].nextSibling
      return Cursor(page, node)
    }
  }

  /// The value under a key of an object.
  subscript(key: StaticString) -> Cursor? {
    guard isObject else { return nil }
    for child in self where child.key == key { return child }
    return nil
  }

  /// The value at the end of a path of keys.
  subscript(
    first: StaticString, second: StaticString, others: StaticString...
  ) -> Cursor? {
    others.reduce(self[first]?[second]) { $0?[$1] }
  }

  /// The text of the scalar under a key.
  subscript(text key: StaticString) -> Excerpt? {
    guard let value = self[key], value.isScalar else { return nil }
    return value.text
  }

  /// The values of the object or array under a key; none when it is missing or a scalar.
  func children(_ key: StaticString) -> Children {
    self[key]?.makeIterator() ?? Children(page: page, following: 0)
  }

  /// Keeps bytes behind the document: a text that was decoded.
  func compose(_ bytes: some Collection<UInt8>) -> Excerpt { page.compose(bytes) }

  // MARK: What it must be

  /// Requires an object, and gives it.
  @discardableResult
  func object() throws(Unread) -> Cursor {
    guard isObject else { throw unread(.wrongShape) }
    return self
  }

  /// Requires an array, and gives it.
  @discardableResult
  func array() throws(Unread) -> Cursor {
    guard isArray else { throw unread(.wrongShape) }
    return self
  }

  /// The text of what must be a scalar; empty for a JSON `null`.
  func scalar() throws(Unread) -> Excerpt {
    let text = try anyScalar()
    return isNull ? Excerpt(page, .empty) : text
  }

  /// The text of what must be a scalar: `null` for a JSON `null`.
  func anyScalar() throws(Unread) -> Excerpt {
    guard isScalar else { throw unread(.wrongShape) }
    return text
  }

  /// The text of the scalar under a key; empty when it is missing, or a JSON `null`.
  func scalar(_ key: StaticString) throws(Unread) -> Excerpt {
    try self[key]?.scalar() ?? Excerpt(page, .empty)
  }

  /// The text of the scalar under a key, which must be there.
  func text(_ key: StaticString) throws(Unread) -> Excerpt {
    guard let text = self[text: key] else { throw unread(.wrongShape) }
    return text
  }

  /// The object under a key, which must be there.
  func object(_ key: StaticString) throws(Unread) -> Cursor {
    guard let child = self[key], child.isObject else { throw unread(.wrongShape) }
    return child
  }

  /// The values of the object under a key; none when it is missing.
  func values(_ key: StaticString) throws(Unread) -> Children {
    try self[key]?.object().makeIterator() ?? Children(page: page, following: 0)
  }

  /// The objects of the array under a key; none when it is missing.
  func tables(_ key: StaticString) throws(Unread) -> [Cursor] {
    guard let list = try self[key]?.array() else { return [] }
    var tables: [Cursor] = []
    tables.reserveCapacity(list.count)
    for table in list { tables.append(try table.object()) }
    return tables
  }
}

extension Cursor? {
  /// Whether it is a scalar with these bytes; a missing one is not.
  @inline(__always)
  static func == (value: Cursor?, word: StaticString) -> Bool { value?.text == word }
}
