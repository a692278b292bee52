/// Open addressing over places in a list that is kept elsewhere.
///
/// Beside each place stands half of its hash, so that the list is looked at only where something is
/// found, and not for every neighbour in the table.
public struct HashSlots: Sendable {
  /// The upper half of a hash, and a place counted from 1; 0 where nothing is.
  private var slots: [UInt64] = []

  /// - Parameter capacity: how many places it can hold.
  public init(capacity: Int) { clear(for: capacity) }

  /// Forgets all places and makes room for others.
  public mutating func clear(for capacity: Int) {
    var size = 16
    while size * 2 < capacity * 3 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
  }

  /// Keeps a place under a hash.
  ///
  /// - Parameter isSame: whether the place that it is asked about is of the same thing.
  /// - Returns: the place of the same thing that was there before, which then stays.
  @inline(__always)
  public mutating func insert(_ place: Int, _ hash: Int, _ isSame: (Int) -> Bool) -> Int? {
    let (tag, mask) = (Self.tag(hash), slots.count - 1)
    var slot = hash & mask
    while slots[slot] != 0 {
      if slots[slot] & ~Self.places == tag, isSame(Int(slots[slot] & Self.places) - 1) {
        return Int(slots[slot] & Self.places) - 1
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = tag | UInt64(place + 1)
    return nil
  }

  /// Keeps a place of which nothing the same is there.
  public mutating func add(_ place: Int, _ hash: Int) {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Self.tag(hash) | UInt64(place + 1)
  }

  /// The place under a hash of what `isSame` recognises.
  @inline(__always)
  public func find(_ hash: Int, _ isSame: (Int) -> Bool) -> Int? {
    let (tag, mask) = (Self.tag(hash), slots.count - 1)
    var slot = hash & mask
    while slots[slot] != 0 {
      if slots[slot] & ~Self.places == tag, isSame(Int(slots[slot] & Self.places) - 1) {
        return Int(slots[slot] & Self.places) - 1
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// A whole hash of half of one.
  public static func spread(_ hash: UInt32) -> Int {
    Int(truncatingIfNeeded: UInt64(hash) &* 0x9e37_79b9_7f4a_7c15)
  }

  private static let places: UInt64 = 0xffff_ffff

  private static func tag(_ hash: Int) -> UInt64 { UInt64(bitPattern: Int64(hash)) & ~places }
}
