/// Goes through a file line by line: what every line-oriented syntax begins with.
public struct LineReader {
  private let bytes: [UInt8]
  private var position = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes of the next line without its line feed; `nil` behind the last one.
  public mutating func nextRaw() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let end = bytes.endOfLine(from: position)
    defer { position = end + 1 }
    return position..<end
  }

  /// The next line without the white space around it.
  public mutating func next() -> Range<Int>? {
    nextRaw().map { bytes.trimmed($0) }
  }
}

extension [UInt8] {
  /// A range without the spaces, tabs, carriage returns and line feeds at both its ends.
  public func trimmed(_ range: Range<Int>) -> Range<Int> {
    withUnsafeBufferPointer { bytes in
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, isSpace(bytes[start]) { start += 1 }
      while end > start, isSpace(bytes[end - 1]) { end -= 1 }
      return start..<end
    }
  }

  /// Whether the word stands at a place.
  public func has(_ word: StaticString, at start: Int) -> Bool {
    guard start >= 0, start <= count - word.utf8CodeUnitCount else { return false }
    return withUnsafeBufferPointer { bytes in
      for index in 0..<word.utf8CodeUnitCount
      where bytes[start + index] != word.utf8Start[index] { return false }
      return true
    }
  }

  /// The first place of a byte in a range.
  public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    withUnsafeBufferPointer { bytes in
      var index = range.lowerBound
      while index < range.upperBound {
        if bytes[index] == byte { return index }
        index += 1
      }
      return nil
    }
  }
}

/// Space, tab, line feed or carriage return.
@inline(__always)
public func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
}

extension Text {
  public init(_ range: Range<Int>) { self.init(start: range.lowerBound, count: range.count) }
}
