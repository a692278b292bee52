internal import Documents

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
    hunks = old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        let trimmed = TrimmedLines(old, new)
        return LineMatching(trimmed).hunks()
      }
    }
  }
}

/// What two texts have between the lines that are equal at both ends.
struct TrimmedLines {
  /// The bytes in question: whole lines of each text.
  let oldRange: Range<Int>
  let newRange: Range<Int>
  /// How many equal lines stand before them.
  let before: Int
  let old: UnsafeRawBufferPointer
  let new: UnsafeRawBufferPointer

  init(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) {
    self.old = old
    self.new = new
    var start = old.equalPrefix(new)
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
    before = old.lineFeedCount(in: 0..<start)
    oldRange = start..<old.count - end
    newRange = start..<new.count - end
  }

  private static func equalSuffix(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, most: Int
  ) -> Int {
    var count = 0
    while count + 8 <= most,
      left.loadUnaligned(fromByteOffset: left.count - count - 8, as: UInt64.self)
        == right.loadUnaligned(fromByteOffset: right.count - count - 8, as: UInt64.self)
    {
      count += 8
    }
    while count < most, left[left.count - count - 1] == right[right.count - count - 1] {
      count += 1
    }
    return count
  }

  private static func isLineStart(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, from start: Int
  ) -> Bool {
    place == start || bytes[place - 1] == 0x0a
  }
}
