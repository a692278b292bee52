internal import Primitives

/// One part of a dotted key.
struct TOMLKey {
  let bytes: [UInt8]
  let position: SourcePosition
}

/// The tables of a text while they are being read, with what TOML needs to know to refuse a second
/// definition (TOML 1.0.0, "Table", "Inline Table", "Array of Tables").
struct TOMLTree {
  private var nodes = [Node(origin: .header, position: .start)]
  private var sections = 0

  let root = 0

  private struct Node {
    var origin: Origin
    var position: SourcePosition
    var slots: [Slot] = []
    /// Where each key stands in `slots`.
    var places: [ByteKey: Int] = [:]
  }

  private struct Slot {
    let key: TOMLKey
    var content: Content
  }

  private enum Content {
    case value(TOMLValue)
    case table(Int)
    /// An array of tables; its last element is the one that headers extend.
    case tables([Int])
  }

  /// What brought a table into being decides who may still add to it.
  private enum Origin: Equatable {
    /// A header that names a table below it: a header of its own may still define it.
    case implied
    case header
    /// A dotted key, which only dotted keys of the same section may extend.
    case dotted(section: Int)
    case inline
  }

  /// A number for the key-value lines under one header, or in one inline table.
  mutating func newSection() -> Int {
    sections += 1
    return sections
  }

  mutating func newInlineTable() -> Int {
    add(Node(origin: .inline, position: .start))
  }

  /// `[path]`
  mutating func defineTable(_ path: [TOMLKey], at position: SourcePosition) throws(TOMLError) -> Int
  {
    let parent = try impliedTable(path.dropLast(), at: position)
    guard let last = path.last else { return parent }
    guard let place = nodes[parent].places[ByteKey(last.bytes)] else {
      return addTable(last, .header, at: position, in: parent)
    }
    guard case .table(let table) = nodes[parent].slots[place].content,
      nodes[table].origin == .implied
    else { throw TOMLError(.redefinedTable(last.bytes), at: last.position) }
    nodes[table].origin = .header
    nodes[table].position = position
    return table
  }

  /// `[[path]]`
  mutating func appendElement(
    _ path: [TOMLKey], at position: SourcePosition
  ) throws(TOMLError) -> Int {
    let parent = try impliedTable(path.dropLast(), at: position)
    guard let last = path.last else { return parent }
    let element = add(Node(origin: .header, position: position))
    guard let place = nodes[parent].places[ByteKey(last.bytes)] else {
      addSlot(last, .tables([element]), in: parent)
      return element
    }
    guard case .tables(var elements) = nodes[parent].slots[place].content else {
      throw TOMLError(.redefinedTable(last.bytes), at: last.position)
    }
    // Let go of the stored copy first, so that appending never copies the whole array.
    nodes[parent].slots[place].content = .tables([])
    elements.append(element)
    nodes[parent].slots[place].content = .tables(elements)
    return element
  }

  /// The table that a dotted key adds to, made where it does not exist.
  mutating func dottedTable(
    _ path: ArraySlice<TOMLKey>, from table: Int, section: Int
  ) throws(TOMLError) -> Int {
    var current = table
    for key in path {
      if let place = nodes[current].places[ByteKey(key.bytes)] {
        guard case .table(let next) = nodes[current].slots[place].content,
          nodes[next].origin == .dotted(section: section)
        else { throw TOMLError(.notATable(key.bytes), at: key.position) }
        current = next
      } else {
        current = addTable(key, .dotted(section: section), at: key.position, in: current)
      }
    }
    return current
  }

  mutating func insert(_ value: TOMLValue, key: TOMLKey, into table: Int) throws(TOMLError) {
    guard nodes[table].places[ByteKey(key.bytes)] == nil else {
      throw TOMLError(.duplicateKey(key.bytes), at: key.position)
    }
    addSlot(key, .value(value), in: table)
  }

  /// The finished value of a table.
  func frozen(_ table: Int) -> TOMLTable {
    TOMLTable(
      entries: nodes[table].slots.map { slot in
        let value =
          switch slot.content {
          case .value(let value): value
          case .table(let inner):
            TOMLValue(.table(frozen(inner)), at: nodes[inner].position)
          case .tables(let elements):
            TOMLValue(
              .array(elements.map { TOMLValue(.table(frozen($0)), at: nodes[$0].position) }),
              at: slot.key.position)
          }
        return TOMLTable.Entry(key: slot.key.bytes, position: slot.key.position, value: value)
      })
  }

  private mutating func impliedTable(
    _ path: ArraySlice<TOMLKey>, at position: SourcePosition
  ) throws(TOMLError) -> Int {
    var current = root
    for key in path {
      guard let place = nodes[current].places[ByteKey(key.bytes)] else {
        current = addTable(key, .implied, at: position, in: current)
        continue
      }
      switch nodes[current].slots[place].content {
      case .table(let next): current = next
      case .tables(let elements): current = elements.last ?? current
      case .value: throw TOMLError(.notATable(key.bytes), at: key.position)
      }
    }
    return current
  }

  private mutating func addTable(
    _ key: TOMLKey, _ origin: Origin, at position: SourcePosition, in parent: Int
  ) -> Int {
    let table = add(Node(origin: origin, position: position))
    addSlot(key, .table(table), in: parent)
    return table
  }

  private mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func addSlot(_ key: TOMLKey, _ content: Content, in table: Int) {
    nodes[table].places[ByteKey(key.bytes)] = nodes[table].slots.count
    nodes[table].slots.append(Slot(key: key, content: content))
  }
}
