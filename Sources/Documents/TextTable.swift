/// Finds values by texts of one document: open addressing, seeded anew in every process.
public struct TextTable: Sendable {
  private var slots: HashSlots
  private var room: Int
  private var found: [(key: Text, value: Int)] = []

  /// - Parameter capacity: how many texts it will hold at least; it grows when there are more.
  public init(capacity: Int = 16) {
    slots = HashSlots(capacity: capacity)
    room = capacity
    found.reserveCapacity(capacity)
  }

  /// Keeps a value, which must not be negative, under a text.
  ///
  /// - Returns: the value that was there before, which then stays.
  public mutating func insert(_ value: Int, for key: Text, in document: borrowing Document) -> Int?
  {
    let hash = document.hash(key)
    let before = slots.find(hash) { document.equal(found[$0].key, key, in: document) }
    if let before { return found[before].value }
    if found.count >= room { grow(document) }
    slots.add(found.count, hash)
    found.append((key, value))
    return nil
  }

  /// The value under a text.
  public func value(for key: Text, in document: borrowing Document) -> Int? {
    guard !found.isEmpty else { return nil }
    let place = slots.find(document.hash(key)) { document.equal(found[$0].key, key, in: document) }
    return place.map { found[$0].value }
  }

  /// The value under a text that stands in no document.
  public func value(for key: [UInt8], in document: borrowing Document) -> Int? {
    guard !found.isEmpty else { return nil }
    let place = slots.find(key.withUnsafeBytes { Document.hash($0) }) {
      document.bytes(found[$0].key).elementsEqual(key)
    }
    return place.map { found[$0].value }
  }

  private mutating func grow(_ document: borrowing Document) {
    room = max(16, room * 2)
    slots.clear(for: room)
    for place in found.indices { slots.add(place, document.hash(found[place].key)) }
  }
}
