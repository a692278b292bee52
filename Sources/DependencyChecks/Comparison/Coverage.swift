/// How much of a file's changed lines is accounted for; every changed line is in one of three groups.
package struct Coverage: Sendable, Equatable {
  /// Lines that stand on one side only, of both sides together.
  package let changedLines: Int
  /// Lines of entries and values that are listed as changed.
  package let explained: Int
  /// Lines whose values are the same on both sides: another layout or order, a comment.
  package let neutral: Int
  /// Lines that hookkit shows as they stand because it does not know what they mean.
  package let residual: [Lines]

  package var residualCount: Int { residual.reduce(0) { $0 + $1.span.count } }

  package struct Lines: Sendable, Equatable {
    package let isOld: Bool
    package let span: LineDiff.Span
  }

  package static let none = Coverage(changedLines: 0, explained: 0, neutral: 0, residual: [])

  package init(changedLines: Int, explained: Int, neutral: Int, residual: [Lines]) {
    self.changedLines = changedLines
    self.explained = explained
    self.neutral = neutral
    self.residual = residual
  }

  /// Every line residual: for what could not be read.
  init(residual diff: LineDiff) {
    var lines: [Lines] = []
    for hunk in diff.hunks {
      if hunk.old.count > 0 { lines.append(Lines(isOld: true, span: hunk.old)) }
      if hunk.new.count > 0 { lines.append(Lines(isOld: false, span: hunk.new)) }
    }
    self.init(
      changedLines: diff.removed + diff.added, explained: 0, neutral: 0, residual: lines)
  }

  /// - Parameters:
  ///   - old: what is explained and what is unknown on the old side.
  ///   - new: the same of the new side.
  init(
    _ diff: LineDiff, old: Places, oldBytes: ArraySlice<UInt8>, new: Places,
    newBytes: ArraySlice<UInt8>
  ) {
    var count = Count()
    var (oldPlaces, newPlaces) = (old.sorted(), new.sorted())
    for hunk in diff.hunks {
      count.add(hunk.old, isOld: true, &oldPlaces, oldBytes)
      count.add(hunk.new, isOld: false, &newPlaces, newBytes)
    }
    self.init(
      changedLines: diff.removed + diff.added, explained: count.explained, neutral: count.neutral,
      residual: count.residual)
  }

  /// Bytes of one side whose meaning is known or not.
  struct Places {
    var explained: [Range<Int>] = []
    var unknown: [Range<Int>] = []
    private var nextExplained = 0
    private var nextUnknown = 0

    /// In order and without overlaps, so that one walk along the lines finds them.
    func sorted() -> Places {
      var places = Places()
      places.explained = Self.joined(explained)
      places.unknown = Self.joined(unknown)
      return places
    }

    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
      var result: [Range<Int>] = []
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
        if let last = result.last, range.lowerBound <= last.upperBound {
          result[result.count - 1] =
            last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
        } else {
          result.append(range)
        }
      }
      return result
    }

    /// Whether a line holds bytes of either kind. Lines are asked for in their order.
    mutating func touch(_ line: Range<Int>) -> (explained: Bool, unknown: Bool) {
      while nextExplained < explained.count,
        explained[nextExplained].upperBound <= line.lowerBound
      { nextExplained += 1 }
      while nextUnknown < unknown.count, unknown[nextUnknown].upperBound <= line.lowerBound {
        nextUnknown += 1
      }
      return (
        nextExplained < explained.count && explained[nextExplained].lowerBound < line.upperBound,
        nextUnknown < unknown.count && unknown[nextUnknown].lowerBound < line.upperBound
      )
    }
  }

  private struct Count {
    var explained = 0
    var neutral = 0
    var residual: [Lines] = []

    mutating func add(
      _ span: LineDiff.Span, isOld: Bool, _ places: inout Places, _ bytes: ArraySlice<UInt8>
    ) {
      var start = span.bytes.lowerBound
      for line in 0..<span.count {
        var end = start
        while end < span.bytes.upperBound, bytes[bytes.startIndex + end] != 0x0a { end += 1 }
        if end < span.bytes.upperBound { end += 1 }
        let found = places.touch(start..<end)
        if found.unknown {
          addResidual(
            LineDiff.Span(first: span.first + line, count: 1, bytes: start..<end), isOld: isOld)
        } else if found.explained {
          explained += 1
        } else {
          neutral += 1
        }
        start = end
      }
    }

    private mutating func addResidual(_ span: LineDiff.Span, isOld: Bool) {
      if let last = residual.last, last.isOld == isOld,
        last.span.first + last.span.count == span.first
      {
        residual[residual.count - 1] = Lines(
          isOld: isOld,
          span: LineDiff.Span(
            first: last.span.first, count: last.span.count + 1,
            bytes: last.span.bytes.lowerBound..<span.bytes.upperBound))
      } else {
        residual.append(Lines(isOld: isOld, span: span))
      }
    }
  }
}
