extension UnsafeRawBufferPointer {
  /// Whether two runs have the same bytes.
  @inlinable @inline(__always)
  public func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    guard count >= 8 else {
      while index < count {
        guard self[index] == other[index] else { return false }
        index += 1
      }
      return true
    }
    while index + 8 <= count {
      guard word(index) == other.word(index) else { return false }
      index += 8
    }
    // The last eight once more, instead of the rest one by one.
    return word(count - 8) == other.word(count - 8)
  }

  /// How many bytes from the first on are the same in both.
  public func equalPrefix(_ other: UnsafeRawBufferPointer) -> Int {
    let count = Swift.min(count, other.count)
    var index = 0
    while index + 32 <= count {
      let first = word(index) ^ other.word(index)
      let second = word(index + 8) ^ other.word(index + 8)
      let third = word(index + 16) ^ other.word(index + 16)
      let fourth = word(index + 24) ^ other.word(index + 24)
      guard first | second | third | fourth == 0 else { break }
      index += 32
    }
    while index + 8 <= count, word(index) == other.word(index) { index += 8 }
    while index < count, self[index] == other[index] { index += 1 }
    return index
  }

  /// The first place of a byte, from one on.
  @inlinable
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start >= 0, start < count else { return nil }
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= count {
      let word = word(index).littleEndian ^ pattern
      // The top bit of a byte that is zero; a carry may set one behind it, but the first is right.
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Whether a word stands at a place.
  @inlinable @inline(__always)
  public func has(_ word: StaticString, at start: Int) -> Bool {
    let size = word.utf8CodeUnitCount
    guard start >= 0, start <= count - size else { return false }
    return UnsafeRawBufferPointer(rebasing: self[start..<start + size]).equals(
      UnsafeRawBufferPointer(start: word.utf8Start, count: size))
  }

  @inlinable @inline(__always)
  public func word(_ index: Int) -> UInt64 {
    loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }
}
