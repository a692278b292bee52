/// Where lines end in a message that people, tools and shells have handled.
///
/// A line ends at LF, CR LF, CR, VT, FF, at the separators U+001C...001E, U+0085, U+2028 and U+2029,
/// and at a backslash with an `n` behind it, which is what is left of a line feed that a shell or a
/// tool wrote out literally.
enum LineBreaks {
  /// The break at or behind `start`: where it begins and how many bytes it takes; at the end of the
  /// bytes, zero.
  static func next(_ bytes: Span<UInt8>, from start: Int) -> (at: Int, width: Int) {
    var index = start
    let end = bytes.count
    while true {
      index = skipPlain(bytes, from: index)
      guard index < end else { return (end, 0) }
      let width = width(bytes, at: index)
      if width > 0 { return (index, width) }
      index += 1
    }
  }

  /// The number of bytes of the break at `index`, or zero.
  private static func width(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let rest = bytes.count - index
    switch bytes[index] {
    case 0x0a, 0x0b, 0x0c, 0x1c...0x1e: return 1
    case 0x0d: return rest > 1 && bytes[index + 1] == 0x0a ? 2 : 1
    case 0x5c where rest > 1 && bytes[index + 1] == 0x6e: return 2
    case 0x5c
    where rest > 3 && bytes[index + 1] == 0x72 && bytes[index + 2] == 0x5c
      && bytes[index + 3] == 0x6e:
      return 4
    case 0xc2 where rest > 1 && bytes[index + 1] == 0x85: return 2
    case 0xe2
    where rest > 2 && bytes[index + 1] == 0x80
      && (bytes[index + 2] == 0xa8 || bytes[index + 2] == 0xa9):
      return 3
    default: return 0
    }
  }

  /// The first byte at or behind `start` that could begin a break: below space, a backslash, or
  /// outside ASCII. Eight bytes a step.
  private static func skipPlain(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    return bytes.withUnsafeBytes { raw in
      var index = start
      let end = raw.count
      while end - index >= 8 {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let belowSpace = (word &- ones &* 0x20) & ~word
        let other = word ^ (ones &* 0x5c)
        let backslash = (other &- ones) & ~other
        let special = (belowSpace | backslash | word) & highs
        // The lowest mark is exact; a borrow can only disturb the bytes above it.
        if special != 0 { return index + special.trailingZeroBitCount >> 3 }
        index += 8
      }
      while index < end {
        let byte = raw[index]
        if byte < 0x20 || byte == 0x5c || byte >= 0x80 { return index }
        index += 1
      }
      return end
    }
  }
}
