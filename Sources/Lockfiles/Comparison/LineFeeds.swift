extension UnsafeRawBufferPointer {
  /// Calls `body` with the place of every line feed, sixteen bytes a step.
  @inline(__always)
  func forEachLineFeed(in range: Range<Int>, _ body: (Int) -> Void) {
    var index = range.lowerBound
    while index + 16 <= range.upperBound {
      let first = differences(index)
      let second = differences(index + 8)
      // Whether any byte is zero; which one, a carry may hide.
      let isInFirst = (first &- Self.ones) & ~first & (Self.ones &* 0x80)
      let isInSecond = (second &- Self.ones) & ~second & (Self.ones &* 0x80)
      if isInFirst | isInSecond != 0 {
        if isInFirst != 0 { Self.forEachZero(first, at: index, body) }
        if isInSecond != 0 { Self.forEachZero(second, at: index + 8, body) }
      }
      index += 16
    }
    while index < range.upperBound {
      if self[index] == 0x0a { body(index) }
      index += 1
    }
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Eight bytes, in which a line feed is zero.
  @inline(__always)
  private func differences(_ index: Int) -> UInt64 {
    loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ (Self.ones &* 0x0a)
  }

  @inline(__always)
  private static func forEachZero(_ word: UInt64, at index: Int, _ body: (Int) -> Void) {
    // The top bit of every byte that is zero, and of no other.
    let low = (word & (ones &* 0x7f)) &+ (ones &* 0x7f)
    var found = ~(low | word | (ones &* 0x7f))
    while found != 0 {
      body(index + found.trailingZeroBitCount / 8)
      found &= found &- 1
    }
  }
}
