/// Finds values by texts of one document: open addressing, seeded anew in every process.
struct TextTable: Sendable {
  private var keys: [Text]
  private var values: [Int]
  private var count = 0

  /// - Parameter capacity: how many texts it will hold at least; it grows when there are more.
  init(capacity: Int = 16) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = Array(repeating: .empty, count: size)
    values = Array(repeating: -1, count: size)
  }

  /// Keeps a value, which must not be negative, under a text.
  ///
  /// - Returns: the value that was there before, which then stays.
  mutating func insert(_ value: Int, for key: Text, in document: borrowing Document) -> Int? {
    if count * 2 >= keys.count { grow(document) }
    var slot = document.hash(key) & (keys.count - 1)
    while values[slot] >= 0 {
      if document.equal(keys[slot], key, in: document) { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    keys[slot] = key
    values[slot] = value
    count += 1
    return nil
  }

  /// The value under a text.
  func value(for key: Text, in document: borrowing Document) -> Int? {
    var slot = document.hash(key) & (keys.count - 1)
    while values[slot] >= 0 {
      if document.equal(keys[slot], key, in: document) { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// The value under a text that stands in no document.
  func value(for key: [UInt8], in document: borrowing Document) -> Int? {
    var slot = key.withUnsafeBytes { Document.hash($0) } & (keys.count - 1)
    while values[slot] >= 0 {
      if document.bytes(keys[slot]).elementsEqual(key) { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  private mutating func grow(_ document: borrowing Document) {
    let old = (keys, values)
    keys = Array(repeating: .empty, count: old.0.count * 2)
    values = Array(repeating: -1, count: old.0.count * 2)
    for index in old.0.indices where old.1[index] >= 0 {
      var slot = document.hash(old.0[index]) & (keys.count - 1)
      while values[slot] >= 0 { slot = (slot + 1) & (keys.count - 1) }
      keys[slot] = old.0[index]
      values[slot] = old.1[index]
    }
  }
}
