/// Which lines of two texts differ, close to what `git diff` counts.
///
/// Equal beginnings and ends are cut off, lines that stand on one side only are changed, lines that
/// stand once on each side are anchors (patience diff), and what lies between two anchors goes through
/// Myers' algorithm with a bound on its effort. Where the bound is met a line may be called changed
/// that git would keep; never the other way round.
package struct LineDiff: Sendable {
  /// Lines that differ at one place; one of the two spans may be empty.
  package struct Hunk: Sendable, Equatable {
    package let old: Span
    package let new: Span
  }

  /// Neighbouring lines of one side.
  package struct Span: Sendable, Equatable {
    /// The first line, counted from 0.
    package let first: Int
    package let count: Int
    /// The bytes of the file, line ends included.
    package let bytes: Range<Int>
  }

  package let hunks: [Hunk]
  package var removed: Int { hunks.reduce(0) { $0 + $1.old.count } }
  package var added: Int { hunks.reduce(0) { $0 + $1.new.count } }

  /// - Parameters:
  ///   - old: the text before; empty when there was none.
  ///   - new: the text after.
  package init(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) {
    hunks = old.withUnsafeBufferPointer { old in
      new.withUnsafeBufferPointer { new in
        let trimmed = TrimmedLines(old, new)
        return LineMatching(trimmed).hunks()
      }
    }
  }
}

/// The lines of two texts without those that are equal at both ends.
struct TrimmedLines {
  /// Where the lines in question begin, and behind them where the last one ends; no lines: one number.
  var oldStarts: [UInt32]
  var newStarts: [UInt32]
  /// How many equal lines stand before them.
  let before: Int
  let old: UnsafeBufferPointer<UInt8>
  let new: UnsafeBufferPointer<UInt8>

  init(_ old: UnsafeBufferPointer<UInt8>, _ new: UnsafeBufferPointer<UInt8>) {
    self.old = old
    self.new = new
    var start = UnsafeRawBufferPointer(old).equalPrefix(UnsafeRawBufferPointer(new))
    if start < old.count || start < new.count {
      // Back to the start of the line in which they begin to differ.
      while start > 0, old[start - 1] != 0x0a { start -= 1 }
    }
    let room = min(old.count, new.count) - start
    var end = Self.equalSuffix(old, new, most: room)
    // Forward to where a line begins on both sides.
    while end > 0,
      !Self.isLineStart(old, old.count - end, from: start)
        || !Self.isLineStart(new, new.count - end, from: start)
    {
      end -= 1
    }
    before = Self.lineFeeds(old, start)
    oldStarts = Self.lineStarts(old, start..<old.count - end)
    newStarts = Self.lineStarts(new, start..<new.count - end)
  }

  private static func equalSuffix(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, most: Int
  ) -> Int {
    var count = 0
    let (rawLeft, rawRight) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    while count + 8 <= most,
      rawLeft.loadUnaligned(fromByteOffset: left.count - count - 8, as: UInt64.self)
        == rawRight.loadUnaligned(fromByteOffset: right.count - count - 8, as: UInt64.self)
    {
      count += 8
    }
    while count < most, left[left.count - count - 1] == right[right.count - count - 1] {
      count += 1
    }
    return count
  }

  private static func isLineStart(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, from start: Int
  ) -> Bool {
    place == start || bytes[place - 1] == 0x0a
  }

  private static func lineFeeds(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    var count = 0
    UnsafeRawBufferPointer(bytes).forEachLineFeed(in: 0..<end) { _ in count &+= 1 }
    return count
  }

  private static func lineStarts(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> [UInt32] {
    var starts: [UInt32] = [UInt32(range.lowerBound)]
    guard !range.isEmpty else { return starts }
    starts.reserveCapacity(range.count / 32)
    UnsafeRawBufferPointer(bytes).forEachLineFeed(in: range.lowerBound..<range.upperBound - 1) {
      starts.append(UInt32($0 + 1))
    }
    starts.append(UInt32(range.upperBound))
    return starts
  }
}
