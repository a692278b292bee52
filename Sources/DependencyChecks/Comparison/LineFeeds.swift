internal import Documents

/// The lines of a text whose bytes are at hand. A line ends behind its line feed, or with the text.
extension UnsafeRawBufferPointer {
  func lineCount(in range: Range<Int>) -> Int {
    guard !range.isEmpty else { return 0 }
    return lineFeedCount(in: range) + (self[range.upperBound - 1] == 0x0a ? 0 : 1)
  }

  func lineFeedCount(in range: Range<Int>) -> Int {
    var total = 0
    var index = range.lowerBound
    while index &+ Self.block <= range.upperBound {
      total &+= lineFeedCount(ofBlockAt: index)
      index &+= Self.block
    }
    while index < range.upperBound {
      if self[index] == 0x0a { total &+= 1 }
      index &+= 1
    }
    return total
  }

  /// The place behind a line.
  func endOfLine(from start: Int, in range: Range<Int>) -> Int {
    var index = start
    while index + 8 <= range.upperBound {
      let other = loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ Self.feeds
      // The top bit of a byte that is zero; a carry may set that of one behind it.
      let found = (other &- Self.ones) & ~other & (Self.ones &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 + 1 }
      index += 8
    }
    while index < range.upperBound {
      index += 1
      if self[index - 1] == 0x0a { return index }
    }
    return range.upperBound
  }

  /// The place behind a number of lines.
  func end(ofLines count: Int, from start: Int, in range: Range<Int>) -> Int {
    var (index, left) = (start, count)
    while index + Self.block <= range.upperBound {
      let found = lineFeedCount(ofBlockAt: index)
      guard found < left else { break }
      left -= found
      index += Self.block
    }
    for _ in 0..<left { index = endOfLine(from: index, in: range) }
    return index
  }

  private static let block = 64
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let feeds: UInt64 = 0x0a0a_0a0a_0a0a_0a0a

  @inline(__always)
  private func lineFeedCount(ofBlockAt start: Int) -> Int {
    guard let block = baseAddress?.advanced(by: start) else { return 0 }
    // For each of eight places in a word how many bytes there are no line feeds.
    var others: UInt64 = 0
    for place in 0..<8 {
      let word = block.loadUnaligned(fromByteOffset: place &* 8, as: UInt64.self) ^ Self.feeds
      let lows = (word & (Self.ones &* 0x7f)) &+ (Self.ones &* 0x7f)
      others &+= ((lows | word) >> 7) & Self.ones
    }
    return 64 &- Int(truncatingIfNeeded: (others &* Self.ones) >> 56)
  }
}
