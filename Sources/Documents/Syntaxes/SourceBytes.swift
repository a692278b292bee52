/// The bytes of a file while a syntax reads them: held still by whoever lends them, and checked at every
/// place that is asked for.
struct SourceBytes {
  private let raw: UnsafeRawBufferPointer
  var count: Int { raw.count }

  /// - Parameter bytes: must stay where they are for as long as this is used.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    raw = UnsafeRawBufferPointer(bytes)
  }

  @inline(__always)
  subscript(_ index: Int) -> UInt8 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: raw.count), "behind the file")
    return raw[index]
  }

  subscript(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= raw.count, "behind the file")
    return UnsafeRawBufferPointer(rebasing: raw[range])
  }

  /// Whether eight bytes or more are left from a place on.
  @inline(__always)
  func hasWord(at index: Int) -> Bool { index >= 0 && index <= raw.count &- 8 }

  /// Eight bytes, the first of them lowest.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    precondition(hasWord(at: index), "behind the file")
    return raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
  }

  /// The place of the next line feed at or behind `start`, or the end.
  func endOfLine(from start: Int) -> Int {
    var index = start
    while hasWord(at: index) {
      let found = Self.zeros(word(at: index) ^ (Self.ones &* 0x0a))
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index] != 0x0a { index += 1 }
    return index
  }

  /// The place of the next byte at or behind `start` that is no space, or the end.
  @inline(__always)
  func endOfSpaces(from start: Int) -> Int {
    var index = start
    while hasWord(at: index) {
      let other = word(at: index) ^ (Self.ones &* 0x20)
      if other != 0 { return index + other.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index] == 0x20 { index += 1 }
    return index
  }

  /// The next double quote, backslash or control character at or behind `start`, or the end.
  @inline(__always)
  func endOfUnescaped(from start: Int) -> Int {
    var index = start
    while hasWord(at: index) {
      let word = self.word(at: index)
      // A backslash, or a byte below 0x23: a quote, a control character, a blank or an exclamation mark.
      let found =
        Self.zeros(word ^ (Self.ones &* 0x5c))
        | (word &- Self.ones &* 0x23) & ~word & (Self.ones &* 0x80)
      guard found != 0 else {
        index += 8
        continue
      }
      index += found.trailingZeroBitCount / 8
      guard self[index] == 0x20 || self[index] == 0x21 else { return index }
      index += 1
    }
    while index < count, self[index] != 0x22, self[index] != 0x5c, self[index] >= 0x20 {
      index += 1
    }
    return index
  }

  static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The top bit of each byte that is zero; a carry may set that of one behind such a byte, but the
  /// first is right.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & (ones &* 0x80) }
}
