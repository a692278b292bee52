extension UnsafeRawBufferPointer {
  /// Calls `body` with the place of every line feed, eight bytes a step.
  @inline(__always)
  func forEachLineFeed(in range: Range<Int>, _ body: (Int) -> Void) {
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word =
        loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
        ^ 0x0a0a_0a0a_0a0a_0a0a
      // The top bit of every byte that is zero, and of no other.
      let low = (word & 0x7f7f_7f7f_7f7f_7f7f) &+ 0x7f7f_7f7f_7f7f_7f7f
      var found = ~(low | word | 0x7f7f_7f7f_7f7f_7f7f)
      while found != 0 {
        body(index + found.trailingZeroBitCount / 8)
        found &= found &- 1
      }
      index += 8
    }
    while index < range.upperBound {
      if self[index] == 0x0a { body(index) }
      index += 1
    }
  }
}
