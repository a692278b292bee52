internal import Documents

/// Matches the lines of two texts with each other, and yields what is left over.
struct LineMatching {
  private let lines: TrimmedLines
  private let oldCount: Int
  private let newCount: Int
  /// Lines that have a partner.
  private var kept: [Run] = []
  /// The same number for the same line, on both sides.
  private var oldKinds: [UInt32] = []
  private var newKinds: [UInt32] = []
  private var oldCounts: [UInt8] = []
  private var newCounts: [UInt8] = []

  /// Neighbouring lines that are the same on both sides.
  private struct Run {
    var old: Int
    var new: Int
    var count: Int
  }

  /// Differences that Myers' algorithm looks for.
  private static let effort = 256
  /// The same where lines are compared by their bytes: what a few hundred updated packages need.
  private static let directEffort = 700
  /// Comparisons that all its runs together may make.
  private var budget = 0

  init(_ lines: TrimmedLines) {
    self.lines = lines
    oldCount = lines.old.lineCount(in: lines.oldRange)
    newCount = lines.new.lineCount(in: lines.newRange)
    guard oldCount > 0, newCount > 0, !matchDirectly() else { return }
    intern()
    match()
    kept.sort { $0.old < $1.old }
  }

  // MARK: Few differences

  /// Finds the shortest way over the lines themselves; false when it is too long.
  private mutating func matchDirectly() -> Bool {
    budget = 100_000 + 2 * (oldCount + newCount)
    let lines = lines
    let (old, new) = (lines.old, lines.new)
    let (oldRange, newRange) = (lines.oldRange, lines.newRange)
    let trace = shortestWay(
      oldCount, newCount, effort: Self.directEffort,
      from: Place(old: oldRange.lowerBound, new: newRange.lowerBound),
      nextOld: { old.endOfLine(from: $0, in: oldRange) },
      nextNew: { new.endOfLine(from: $0, in: newRange) }
    ) { start in
      // Both files side by side from here to the first byte that differs.
      let equal = UnsafeRawBufferPointer(rebasing: old[start.old..<oldRange.upperBound])
        .equalPrefix(UnsafeRawBufferPointer(rebasing: new[start.new..<newRange.upperBound]))
      var extent = equal
      // The last line of a file may go on in the other one.
      let isEnd =
        start.old + equal == oldRange.upperBound && start.new + equal == newRange.upperBound
      while !isEnd, extent > 0, old[start.old + extent - 1] != 0x0a { extent -= 1 }
      let count = old.lineCount(in: start.old..<start.old + extent)
      return (count, extent, count + equal / 64)
    }
    guard let trace else { return false }
    walkBack(trace, oldCount, newCount) { matching, run in matching.kept.append(run) }
    kept.reverse()
    return true
  }

  // MARK: Equal lines have equal numbers

  private mutating func intern() {
    var size = 64
    while size < (oldCount + newCount) * 3 / 2 { size *= 2 }
    var slots = [UInt32](repeating: 0, count: size)
    // A line of each kind.
    var places: [UnsafeRawBufferPointer] = []
    places.reserveCapacity(oldCount)
    func kinds(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ count: Int) -> [UInt32] {
      var kinds: [UInt32] = []
      kinds.reserveCapacity(count)
      var start = range.lowerBound
      while start < range.upperBound {
        let end = bytes.endOfLine(from: start, in: range)
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        start = end
        var slot = Document.hash(line) & (size - 1)
        while true {
          let kind = slots[slot]
          if kind == 0 {
            places.append(line)
            slots[slot] = UInt32(places.count)
            kinds.append(UInt32(places.count - 1))
            break
          }
          if line.equals(places[Int(kind) - 1]) {
            kinds.append(kind - 1)
            break
          }
          slot = (slot + 1) & (size - 1)
        }
      }
      return kinds
    }
    oldKinds = kinds(lines.old, lines.oldRange, oldCount)
    newKinds = kinds(lines.new, lines.newRange, newCount)
    oldCounts = Array(repeating: 0, count: places.count)
    newCounts = oldCounts
    for kind in oldKinds where oldCounts[Int(kind)] < 2 { oldCounts[Int(kind)] += 1 }
    for kind in newKinds where newCounts[Int(kind)] < 2 { newCounts[Int(kind)] += 1 }
  }

  // MARK: Anchors

  private mutating func match() {
    // Only lines that stand on both sides can be kept.
    let old = oldKinds.indices.filter { newCounts[Int(oldKinds[$0])] > 0 }.map { UInt32($0) }
    let new = newKinds.indices.filter { oldCounts[Int(newKinds[$0])] > 0 }.map { UInt32($0) }
    budget = 100_000 + 8 * (old.count + new.count)
    // The shortest way first, as git goes it; anchors where that is too long.
    if between(old, 0..<old.count, new, 0..<new.count) { return }
    // What the attempt has kept at both ends need not agree with the anchors.
    kept = []
    budget = 100_000 + 8 * (old.count + new.count)
    var places = [UInt32](repeating: .max, count: oldCounts.count)
    for (index, line) in new.enumerated() {
      let kind = Int(newKinds[Int(line)])
      if oldCounts[kind] == 1, newCounts[kind] == 1 { places[kind] = UInt32(index) }
    }
    var pairs: [(old: Int, new: Int)] = []
    for (index, line) in old.enumerated() {
      let place = places[Int(oldKinds[Int(line)])]
      if place != .max { pairs.append((index, Int(place))) }
    }
    var from = (old: 0, new: 0)
    for anchor in Self.longestRising(pairs) {
      between(old, from.old..<anchor.old, new, from.new..<anchor.new)
      keep(Int(old[anchor.old]), Int(new[anchor.new]))
      from = (anchor.old + 1, anchor.new + 1)
    }
    between(old, from.old..<old.count, new, from.new..<new.count)
  }

  /// Keeps a line, as a rule a neighbour of the one before.
  private mutating func keep(_ old: Int, _ new: Int) {
    let last = kept.count - 1
    if last >= 0, kept[last].old + kept[last].count == old, kept[last].new + kept[last].count == new
    {
      kept[last].count += 1
    } else if last >= 0, kept[last].old == old + 1, kept[last].new == new + 1 {
      kept[last] = Run(old: old, new: new, count: kept[last].count + 1)
    } else {
      kept.append(Run(old: old, new: new, count: 1))
    }
  }

  /// The longest series of pairs that rises on both sides (patience sorting).
  private static func longestRising(
    _ pairs: [(old: Int, new: Int)]
  ) -> [(old: Int, new: Int)] {
    var tops: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].new < pairs[index].new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tops[low - 1] }
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var result: [(old: Int, new: Int)] = []
    var index = tops.last ?? -1
    while index >= 0 {
      result.append(pairs[index])
      index = before[index]
    }
    return result.reversed()
  }

  /// Matches what lies between two anchors; false when that is too long a way.
  @discardableResult
  private mutating func between(
    _ old: [UInt32], _ oldRange: Range<Int>, _ new: [UInt32], _ newRange: Range<Int>
  ) -> Bool {
    var (left, right) = (oldRange, newRange)
    while let first = left.first, let other = right.first,
      oldKinds[Int(old[first])] == newKinds[Int(new[other])]
    {
      keep(Int(old[first]), Int(new[other]))
      left = first + 1..<left.upperBound
      right = other + 1..<right.upperBound
    }
    while let last = left.last, let other = right.last,
      oldKinds[Int(old[last])] == newKinds[Int(new[other])]
    {
      keep(Int(old[last]), Int(new[other]))
      left = left.lowerBound..<last
      right = right.lowerBound..<other
    }
    guard !left.isEmpty, !right.isEmpty else { return true }
    return myers(old, left, new, right)
  }

  private mutating func myers(
    _ old: [UInt32], _ oldRange: Range<Int>, _ new: [UInt32], _ newRange: Range<Int>
  ) -> Bool {
    let (oldKinds, newKinds) = (oldKinds, newKinds)
    let trace = shortestWay(
      oldRange.count, newRange.count, effort: Self.effort,
      from: Place(old: oldRange.lowerBound, new: newRange.lowerBound), nextOld: { $0 + 1 },
      nextNew: { $0 + 1 }
    ) { start in
      var count = 0
      while start.old + count < oldRange.upperBound, start.new + count < newRange.upperBound,
        oldKinds[Int(old[start.old + count])] == newKinds[Int(new[start.new + count])]
      {
        count += 1
      }
      return (count, count, count)
    }
    guard let trace else { return false }
    walkBack(trace, oldRange.count, newRange.count) { matching, run in
      for step in (0..<run.count).reversed() {
        matching.keep(
          Int(old[oldRange.lowerBound + run.old + step]),
          Int(new[newRange.lowerBound + run.new + step]))
      }
    }
    return true
  }

  /// Where a line of each side begins, in whatever they are looked up in.
  private struct Place {
    var old: Int
    var new: Int
  }

  /// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), up to `effort` differences.
  ///
  /// - Parameters:
  ///   - nextOld: the place of the line behind another one.
  ///   - equalLines: how many lines are equal from a place on, to what extent on both sides, and what
  ///     it cost to see that.
  /// - Returns: how far each diagonal reached before each step; `nil` when the way is too long.
  @inline(__always)
  private mutating func shortestWay(
    _ oldCount: Int, _ newCount: Int, effort: Int, from start: Place, nextOld: (Int) -> Int,
    nextNew: (Int) -> Int, _ equalLines: (Place) -> (count: Int, extent: Int, cost: Int)
  ) -> [[Int32]]? {
    let most = min(effort, oldCount + newCount)
    guard abs(oldCount - newCount) <= most else { return nil }
    var furthest = [Int32](repeating: 0, count: 2 * most + 3)
    var places = [Place](repeating: start, count: furthest.count)
    var trace: [[Int32]] = []
    let middle = most + 1
    for steps in 0...most {
      trace.append(Array(furthest[middle - steps - 1...middle + steps + 1]))
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        let isDown =
          diagonal == -steps
          || (diagonal != steps
            && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1])
        let before = middle + diagonal + (isDown ? 1 : -1)
        var x = Int(furthest[before]) + (isDown ? 0 : 1)
        var place = places[before]
        if steps > 0 {
          if isDown { place.new = nextNew(place.new) } else { place.old = nextOld(place.old) }
        }
        if x < oldCount, x - diagonal < newCount, x - diagonal >= 0 {
          let equal = equalLines(place)
          x += equal.count
          place.old += equal.extent
          place.new += equal.extent
          budget -= equal.cost
        }
        budget -= 1
        furthest[middle + diagonal] = Int32(x)
        places[middle + diagonal] = place
        if diagonal == oldCount - newCount, x >= oldCount { return trace }
      }
      guard budget > 0 else { return nil }
    }
    return nil
  }

  /// Keeps the lines on the way that `trace` found, the last ones first.
  private mutating func walkBack(
    _ trace: [[Int32]], _ oldCount: Int, _ newCount: Int, _ keep: (inout LineMatching, Run) -> Void
  ) {
    var (x, y) = (oldCount, newCount)
    for steps in trace.indices.reversed() {
      let furthest = trace[steps]
      func reach(_ diagonal: Int) -> Int { Int(furthest[diagonal + steps + 1]) }
      let diagonal = x - y
      let isDown =
        diagonal == -steps || (diagonal != steps && reach(diagonal - 1) < reach(diagonal + 1))
      let previous = isDown ? diagonal + 1 : diagonal - 1
      let fromX = steps == 0 ? 0 : reach(previous)
      let fromY = steps == 0 ? 0 : fromX - previous
      let count = min(x - fromX, y - fromY)
      if count > 0 { keep(&self, Run(old: x - count, new: y - count, count: count)) }
      (x, y) = (fromX, fromY)
    }
  }

  // MARK: What is left over

  func hunks() -> [LineDiff.Hunk] {
    var hunks: [LineDiff.Hunk] = []
    var (old, new) = (0, 0)
    var place = Place(old: lines.oldRange.lowerBound, new: lines.newRange.lowerBound)
    for run in kept + [Run(old: oldCount, new: newCount, count: 0)] {
      let oldEnd = lines.old.end(ofLines: run.old - old, from: place.old, in: lines.oldRange)
      let newEnd = lines.new.end(ofLines: run.new - new, from: place.new, in: lines.newRange)
      if run.old > old || run.new > new {
        hunks.append(
          LineDiff.Hunk(
            old: LineDiff.Span(
              first: lines.before + old, count: run.old - old, bytes: place.old..<oldEnd),
            new: LineDiff.Span(
              first: lines.before + new, count: run.new - new, bytes: place.new..<newEnd)))
      }
      (old, new) = (run.old + run.count, run.new + run.count)
      let runEnd = lines.old.end(ofLines: run.count, from: oldEnd, in: lines.oldRange)
      // The same bytes on both sides.
      place = Place(old: runEnd, new: newEnd + (runEnd - oldEnd))
    }
    return hunks
  }
}
