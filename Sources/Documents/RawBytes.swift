extension UnsafeRawBufferPointer {
  /// Whether two runs have the same bytes.
  @inline(__always)
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

  @inline(__always)
  private func word(_ index: Int) -> UInt64 {
    loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }
}
