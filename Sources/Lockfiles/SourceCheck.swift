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
  static func requirePlainText(
    _ bytes: [UInt8], line: Int?, allowsByteOrderMark: Bool = false, allowsHeadings: Bool = false
  ) throws(Unread) {
    if !allowsByteOrderMark, bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      throw Unread(.byteOrderMark, at: 0)
    }
    if let place = firstControl(bytes) { throw Unread(.controlCharacter, at: place) }
    if let place = firstInvalidUTF8(bytes) { throw Unread(.notUTF8, at: place) }
    var start = 0
    while start < bytes.count {
      let end = bytes.endOfLine(from: start)
      if let line, end - start > line { throw Unread(.lineTooLong, at: start) }
      if isConflictMarker(bytes, start, end, allowsHeadings) {
        throw Unread(.conflictMarker, at: start)
      }
      start = end + 1
    }
  }

  /// A byte below space that is no tab, line feed or carriage return before one, or a DEL.
  private static func firstControl(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { raw in
      var index = 0
      let count = raw.count
      while index < count {
        if index + 8 <= count {
          let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          // A byte below 0x20 or 0x7f sets its top bit; a byte of 0x80 or more may too, and is then
          // looked at by itself.
          let low = word &- 0x2020_2020_2020_2020
          let delete = (word ^ 0x7f7f_7f7f_7f7f_7f7f) &- 0x0101_0101_0101_0101
          if (low | delete) & ~word & 0x8080_8080_8080_8080 == 0 {
            index += 8
            continue
          }
        }
        let end = Swift.min(index + 8, count)
        while index < end {
          let byte = raw[index]
          if byte < 0x20 || byte == 0x7f {
            let isLineEnd = byte == 0x0d && index + 1 < count && raw[index + 1] == 0x0a
            if byte != 0x0a, byte != 0x09, !isLineEnd { return index }
          }
          index += 1
        }
      }
      return nil
    }
  }

  /// The first byte that does not belong to a well-formed sequence (RFC 3629).
  private static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { raw in
      var index = 0
      let count = raw.count
      while index < count {
        if index + 8 <= count,
          raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
          continue
        }
        let lead = raw[index]
        guard lead >= 0x80 else {
          index += 1
          continue
        }
        let more: Int
        let second: ClosedRange<UInt8>
        switch lead {
        case 0xc2...0xdf: (more, second) = (1, 0x80...0xbf)
        case 0xe0: (more, second) = (2, 0xa0...0xbf)
        case 0xed: (more, second) = (2, 0x80...0x9f)
        case 0xe1...0xef: (more, second) = (2, 0x80...0xbf)
        case 0xf0: (more, second) = (3, 0x90...0xbf)
        case 0xf4: (more, second) = (3, 0x80...0x8f)
        case 0xf1...0xf3: (more, second) = (3, 0x80...0xbf)
        default: return index
        }
        guard index + more < count, second.contains(raw[index + 1]) else { return index }
        for step in 1..<(more + 1) where raw[index + step] & 0xc0 != 0x80 { return index }
        index += more + 1
      }
      return nil
    }
  }

  /// `<<<<<<< `, `=======`, `>>>>>>> ` or `||||||| ` at the start of a line (git-merge(1), "How
  /// conflicts are presented").
  private static func isConflictMarker(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ allowsHeadings: Bool
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
  func endOfLine(from start: Int) -> Int {
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
