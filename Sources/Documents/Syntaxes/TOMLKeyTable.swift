/// Finds the values of a table by their keys while more are added.
///
/// TOML comes back to tables at any time, so their keys cannot be compared once at the end. A small
/// table is searched as it is; the keys of all larger ones stand in one hash table.
struct TOMLKeyTable: Sendable {
  private struct Slot: Sendable {
    var hash: UInt32 = 0
    var table: UInt32 = 0
    /// 0 where the slot is free: the root is no value of a table.
    var node: UInt32 = 0
  }

  /// Tables of so many values are searched as they are.
  static let few = 16
  private var slots: [Slot] = []
  private var count = 0

  /// The value under a key of a table.
  func find(_ key: Text, in table: NodeID, _ document: borrowing Document) -> NodeID? {
    guard document.childCount(table) > Self.few else {
      var next = document.nodes[table.index].firstChild
      while next != 0 {
        let node = NodeID(Int(next))
        if UInt32(document.nodes[node.index].keyCount) == key.count,
          document.equal(document.key(node), key, in: document)
        {
          return node
        }
        next = document.nodes[node.index].nextSibling
      }
      return nil
    }
    let hash = Self.hash(key, table, document)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot].node != 0 {
      let node = NodeID(Int(slots[slot].node))
      if slots[slot].hash == hash, slots[slot].table == UInt32(table.index),
        document.equal(document.key(node), key, in: document)
      {
        return node
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Takes note of a value that was added to a table as its last.
  mutating func insert(_ node: NodeID, in table: NodeID, _ document: borrowing Document) {
    let children = document.childCount(table)
    guard children > Self.few else { return }
    guard children == Self.few + 1 else { return place(node, in: table, document) }
    var next = document.nodes[table.index].firstChild
    while next != 0 {
      place(NodeID(Int(next)), in: table, document)
      next = document.nodes[Int(next)].nextSibling
    }
  }

  private mutating func place(_ node: NodeID, in table: NodeID, _ document: borrowing Document) {
    if (count + 1) * 2 > slots.count { grow() }
    put(
      Slot(
        hash: Self.hash(document.key(node), table, document), table: UInt32(table.index),
        node: UInt32(node.index)))
    count += 1
  }

  private mutating func put(_ new: Slot) {
    var slot = Int(new.hash) & (slots.count - 1)
    while slots[slot].node != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = new
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: max(64, old.count * 2))
    for slot in old where slot.node != 0 { put(slot) }
  }

  private static func hash(
    _ key: Text, _ table: NodeID, _ document: borrowing Document
  ) -> UInt32 {
    UInt32(truncatingIfNeeded: document.hash(key))
      ^ UInt32(truncatingIfNeeded: table.index) &* 0x9e37_79b9
  }
}
