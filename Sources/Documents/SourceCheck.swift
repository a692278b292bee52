internal import Primitives

/// What every text syntax asks of a file before it is read.
enum SourceCheck {
  /// Throws for bytes that different programs would read differently, whatever the syntax: invalid
  /// UTF-8, a byte-order mark, control characters, a conflict marker that git left.
  ///
  /// - Parameters:
  ///   - line: the longest line in bytes; `nil` where a file may stand on one line.
  ///   - allowsByteOrderMark: for a syntax whose every reader takes one (XML 1.0, 4.3.3).
  ///   - allowsHeadings: for prose and programs, in which `=======` may underline a heading; a
  ///     conflict has other marks besides.
  ///   - allowsControls: for files that people are shown line by line: control characters but NUL stand
  ///     in them as they are, escaped where they are shown.
  ///   - allowsLineSeparators: false where the tool ends a line at U+0085, U+2028 or U+2029, as Python's
  ///     `str.splitlines` does and nobody who reads the file.
  static func requirePlainText(
    _ bytes: [UInt8], line: Int?, allowsByteOrderMark: Bool = false, allowsHeadings: Bool = false,
    allowsControls: Bool = false, allowsLineSeparators: Bool = true
  ) throws(Unread) {
    if !allowsByteOrderMark, bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      throw Unread(.byteOrderMark, at: 0)
    }
    let fault = bytes.withUnsafeBytes { raw -> Unread? in
      do throws(Unread) {
        try checkLines(raw, line: line, allowsHeadings, allowsControls)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
    guard !allowsLineSeparators else { return }
    for separator in [[0xc2, 0x85], [0xe2, 0x80, 0xa8], [0xe2, 0x80, 0xa9]] as [[UInt8]] {
      if let place = bytes.firstIndex(of: separator) { throw Unread(.controlCharacter, at: place) }
    }
  }

  /// One pass over all: over what is usual at once, elsewhere line by line, and within a line from one
  /// byte that is no printable ASCII to the next.
  private static func checkLines(
    _ raw: UnsafeRawBufferPointer, line: Int?, _ allowsHeadings: Bool, _ allowsControls: Bool
  ) throws(Unread) {
    let hasLongLine = line.map { hasLine(raw, longerThan: $0) } ?? false
    var start = 0
    var index = 0
    while start < raw.count {
      if start == index, !hasLongLine {
        index = endOfUsual(raw, from: start)
        // On from the start of the line in which something is not usual.
        while index > start, raw[index - 1] != 0x0a { index -= 1 }
        start = index
      }
      index = nextSpecial(raw, from: index)
      guard index == raw.count || raw[index] == 0x0a else {
        index += try specialCount(raw, index, allowsControls)
        continue
      }
      if let line, index - start > line { throw Unread(.lineTooLong, at: start) }
      if isConflictMarker(raw, start, index, allowsHeadings) {
        throw Unread(.conflictMarker, at: start)
      }
      index += 1
      start = index
    }
  }

  private static func hasLine(_ raw: UnsafeRawBufferPointer, longerThan limit: Int) -> Bool {
    var start = 0
    while raw.count - start > limit {
      var end = start + limit
      while end >= start, raw[end] != 0x0a { end -= 1 }
      if end < start { return true }
      start = end + 1
    }
    return false
  }

  /// The end of the blocks, from a place on, in which there are printable ASCII and line feeds only and
  /// no conflict marker: of seven equal bytes four are always among those that are compared at once.
  ///
  /// Without a branch in a block, so that the compiler takes sixteen bytes at once.
  private static func endOfUsual(_ raw: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 64 <= raw.count, let block = raw.baseAddress?.advanced(by: index) {
      var unusual: UInt8 = 0
      for place in 0..<64 {
        let byte = block.load(fromByteOffset: place, as: UInt8.self)
        unusual |= (byte &- 0x20 < 0x5f ? 0 : 1) & (byte == 0x0a ? 0 : 1)
      }
      // The top bit stays as long as no four bytes are all `<`, `=`, `>` or `|`, or a few more.
      var others: UInt32 = .max
      for place in 0..<16 {
        let four = block.loadUnaligned(fromByteOffset: place &* 4, as: UInt32.self)
        let other = four & 0xbcbc_bcbc ^ 0x3c3c_3c3c
        others &= other | (0 &- other)
      }
      guard unusual == 0, others >> 31 == 1 else { return index }
      index += 64
    }
    return index
  }

  /// The next byte that is not a printable one of ASCII, or the end.
  private static func nextSpecial(_ raw: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 16 <= raw.count {
      let first = specials(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
      let second = specials(
        raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self).littleEndian)
      if (first | second) & tops != 0 {
        return first & tops != 0
          ? index + (first & tops).trailingZeroBitCount / 8
          : index + 8 + (second & tops).trailingZeroBitCount / 8
      }
      index += 16
    }
    while index < raw.count, raw[index] >= 0x20, raw[index] < 0x7f { index += 1 }
    return index
  }

  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The top bit of a byte below 0x20, of 0x7f and of 0x80 and more. A carry may set that of a byte
  /// behind such a one, but the first is right.
  @inline(__always)
  private static func specials(_ word: UInt64) -> UInt64 {
    (word &- 0x2020_2020_2020_2020) | (word &+ 0x0101_0101_0101_0101) | word
  }

  /// The bytes of a tab, of a carriage return before a line feed, or of one well-formed character
  /// (RFC 3629).
  private static func specialCount(
    _ raw: UnsafeRawBufferPointer, _ index: Int, _ allowsControls: Bool
  ) throws(Unread) -> Int {
    let lead = raw[index]
    let more: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0x09: return 1
    case 0x0d where index + 1 < raw.count && raw[index + 1] == 0x0a: return 1
    case 0x01..<0x80 where allowsControls: return 1
    case 0..<0x80: throw Unread(.controlCharacter, at: index)
    case 0xc2...0xdf: (more, second) = (1, 0x80...0xbf)
    case 0xe0: (more, second) = (2, 0xa0...0xbf)
    case 0xed: (more, second) = (2, 0x80...0x9f)
    case 0xe1...0xef: (more, second) = (2, 0x80...0xbf)
    case 0xf0: (more, second) = (3, 0x90...0xbf)
    case 0xf4: (more, second) = (3, 0x80...0x8f)
    case 0xf1...0xf3: (more, second) = (3, 0x80...0xbf)
    default: throw Unread(.notUTF8, at: index)
    }
    guard index + more < raw.count, second.contains(raw[index + 1]) else {
      throw Unread(.notUTF8, at: index)
    }
    for step in 1..<(more + 1) where raw[index + step] & 0xc0 != 0x80 {
      throw Unread(.notUTF8, at: index)
    }
    return more + 1
  }

  /// `<<<<<<< `, `=======`, `>>>>>>> ` or `||||||| ` at the start of a line (git-merge(1), "How
  /// conflicts are presented").
  private static func isConflictMarker(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ allowsHeadings: Bool
  ) -> Bool {
    guard end - start >= 7 else { return false }
    let mark = bytes[start]
    guard mark == 0x3c || mark == 0x3d || mark == 0x3e || mark == 0x7c else { return false }
    for index in start + 1..<start + 7 where bytes[index] != mark { return false }
    let isEnd = end == start + 7 || (end == start + 8 && bytes[start + 7] == 0x0d)
    if isEnd, allowsHeadings, mark == 0x3d { return false }
    return isEnd || (mark != 0x3d && bytes[start + 7] == 0x20)
  }
}

extension [UInt8] {
  /// The place of the next line feed at or behind `start`, or the end.
  public func endOfLine(from start: Int) -> Int {
    withUnsafeBytes { raw in
      var index = start
      while index + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ 0x0a0a_0a0a_0a0a_0a0a
        let zero = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
        if zero != 0 { return index + UInt64(littleEndian: zero).trailingZeroBitCount / 8 }
        index += 8
      }
      while index < raw.count, raw[index] != 0x0a { index += 1 }
      return index
    }
  }
}
