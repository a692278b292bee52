/// Walks the lines of a hook's input in place: a push of 100,000 references makes no line arrays.
enum Lines {
  /// Calls `body` with each line, without its line feed, and the line's number from 1.
  ///
  /// Empty input has no lines. `body` is not called for anything behind the first error.
  static func forEach(
    in input: [UInt8], limits: InputLimits,
    _ body: (Span<UInt8>, Int) throws(InputError) -> Void
  ) throws(InputError) {
    guard input.count <= limits.byteCount else {
      throw InputError(.inputTooLong(limit: limits.byteCount), line: 0)
    }
    let bytes = input.span
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      guard number <= limits.updateCount else {
        throw InputError(.tooManyUpdates(limit: limits.updateCount), line: number)
      }
      let found = bytes.firstIndex(of: 0x0a, from: start)
      let end = found ?? bytes.count
      guard end - start <= limits.lineByteCount else {
        throw InputError(.lineTooLong(limit: limits.lineByteCount), line: number)
      }
      guard found != nil else { throw InputError(.truncatedLine, line: number) }
      try body(bytes.extracting(start..<end), number)
      start = end + 1
    }
  }
}

extension Span<UInt8> {
  /// The bytes as an array of their own.
  var copy: [UInt8] { withUnsafeBufferPointer { Array($0) } }

  /// The first index at or behind `start` that holds `byte`, or `nil`.
  ///
  /// Steps over eight bytes at a time while none of them is the one: a byte equal to `byte` becomes a
  /// zero lane, and only a word with a zero lane borrows into a top bit that it did not have.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let lanes: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while count - index >= 8 {
      let word =
        bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) ^ lanes * UInt64(byte)
      guard (word &- lanes) & ~word & lanes << 7 == 0 else { break }
      index += 8
    }
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// The last index before `end` that holds `byte`, or `nil`.
  func lastIndex(of byte: UInt8, before end: Int) -> Int? {
    var index = end
    while index > 0 {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }
}
