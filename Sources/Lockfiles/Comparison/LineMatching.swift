/// Matches the lines of two texts with each other, and yields what is left over.
struct LineMatching {
  private let lines: TrimmedLines
  /// The same number for the same line, on both sides.
  private var oldKinds: [UInt32] = []
  private var newKinds: [UInt32] = []
  /// Which lines have a partner.
  private var oldKept: [Bool] = []
  private var newKept: [Bool] = []
  private var oldCounts: [UInt8] = []
  private var newCounts: [UInt8] = []

  /// Differences that Myers' algorithm looks for.
  private static let effort = 256
  /// The same where lines are compared by their bytes: what a few hundred updated packages need.
  private static let directEffort = 700
  /// Comparisons that all its runs together may make.
  private var budget = 0
  init(_ lines: TrimmedLines) {
    self.lines = lines
    oldKept = Array(repeating: false, count: lines.oldStarts.count - 1)
    newKept = Array(repeating: false, count: lines.newStarts.count - 1)
    guard !oldKept.isEmpty, !newKept.isEmpty else { return }
    if matchDirectly() { return }
    intern()
    match()
  }

  // MARK: Few differences

  /// Finds the shortest way over the lines themselves; false when it is too long.
  private mutating func matchDirectly() -> Bool {
    budget = 100_000 + 2 * (oldKept.count + newKept.count)
    let lines = lines
    let (old, new) = (UnsafeRawBufferPointer(lines.old), UnsafeRawBufferPointer(lines.new))
    let (oldEnd, newEnd) = (
      Int(lines.oldStarts[oldKept.count]), Int(lines.newStarts[newKept.count])
    )
    let trace = lines.oldStarts.withUnsafeBufferPointer { oldStarts in
      lines.newStarts.withUnsafeBufferPointer { newStarts in
        shortestWay(oldKept.count, newKept.count, effort: Self.directEffort) { left, right in
          // Both files side by side from here to the first byte that differs.
          let (start, other) = (Int(oldStarts[left]), Int(newStarts[right]))
          let equal = UnsafeRawBufferPointer(rebasing: old[start..<oldEnd]).equalPrefix(
            UnsafeRawBufferPointer(rebasing: new[other..<newEnd]))
          var count = Self.lineCount(oldStarts, from: left, upTo: start + equal)
          // The last line of a file may go on in the other one.
          while count > 0,
            Int(oldStarts[left + count]) - start != Int(newStarts[right + count]) - other
          {
            count -= 1
          }
          return (count, count + equal / 64)
        }
      }
    }
    guard let trace else { return false }
    walkBack(trace, oldKept.count, newKept.count) { kept, left, right in
      kept.keep(left, right)
    }
    return true
  }

  /// How many lines from one on end at a place of the file or before it.
  private static func lineCount(
    _ starts: UnsafeBufferPointer<UInt32>, from line: Int, upTo end: Int
  ) -> Int {
    var step = 1
    while line + step < starts.count, Int(starts[line + step]) <= end { step *= 2 }
    var (low, high) = (step / 2, min(step, starts.count - line))
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[line + middle]) <= end { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Equal lines have equal numbers

  private mutating func intern() {
    let oldCount = lines.oldStarts.count - 1
    let newCount = lines.newStarts.count - 1
    var size = 64
    while size < (oldCount + newCount) * 3 / 2 { size *= 2 }
    var slots = [UInt32](repeating: 0, count: size)
    // Where a line of each kind stands; behind the old file's bytes begin the new one's.
    var places: [(bytes: UnsafeBufferPointer<UInt8>, start: UInt32, count: UInt32)] = []
    places.reserveCapacity(oldCount)
    func kinds(_ bytes: UnsafeBufferPointer<UInt8>, _ starts: [UInt32]) -> [UInt32] {
      var kinds: [UInt32] = []
      kinds.reserveCapacity(starts.count)
      for index in 0..<starts.count - 1 {
        let start = Int(starts[index])
        let count = Int(starts[index + 1]) - start
        let line = UnsafeRawBufferPointer(
          rebasing: UnsafeRawBufferPointer(bytes)[start..<start + count])
        var slot = Document.hash(line) & (size - 1)
        while true {
          let kind = slots[slot]
          if kind == 0 {
            places.append((bytes, UInt32(start), UInt32(count)))
            slots[slot] = UInt32(places.count)
            kinds.append(UInt32(places.count - 1))
            break
          }
          let place = places[Int(kind) - 1]
          let start = Int(place.start)
          if Int(place.count) == count,
            line.equals(
              UnsafeRawBufferPointer(
                rebasing: UnsafeRawBufferPointer(place.bytes)[start..<start + count]))
          {
            kinds.append(kind - 1)
            break
          }
          slot = (slot + 1) & (size - 1)
        }
      }
      return kinds
    }
    oldKinds = kinds(lines.old, lines.oldStarts)
    newKinds = kinds(lines.new, lines.newStarts)
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
    oldKept = Array(repeating: false, count: oldKept.count)
    newKept = Array(repeating: false, count: newKept.count)
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

  private mutating func keep(_ old: Int, _ new: Int) {
    oldKept[old] = true
    newKept[new] = true
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
    let trace = shortestWay(oldRange.count, newRange.count, effort: Self.effort) { left, right in
      var count = 0
      while left + count < oldRange.count, right + count < newRange.count,
        oldKinds[Int(old[oldRange.lowerBound + left + count])]
          == newKinds[Int(new[newRange.lowerBound + right + count])]
      {
        count += 1
      }
      return (count, count)
    }
    guard let trace else { return false }
    walkBack(trace, oldRange.count, newRange.count) { kept, left, right in
      kept.keep(Int(old[oldRange.lowerBound + left]), Int(new[newRange.lowerBound + right]))
    }
    return true
  }

  /// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), up to `effort` differences.
  ///
  /// - Parameter equalLines: how many lines are equal from two places on, and what it cost to see that.
  /// - Returns: how far each diagonal reached before each step; `nil` when the way is too long.
  @inline(__always)
  private mutating func shortestWay(
    _ oldCount: Int, _ newCount: Int, effort: Int,
    _ equalLines: (Int, Int) -> (count: Int, cost: Int)
  ) -> [[Int32]]? {
    let most = min(effort, oldCount + newCount)
    guard abs(oldCount - newCount) <= most else { return nil }
    var furthest = [Int32](repeating: 0, count: 2 * most + 3)
    var trace: [[Int32]] = []
    let middle = most + 1
    for steps in 0...most {
      trace.append(Array(furthest[middle - steps - 1...middle + steps + 1]))
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        let isDown =
          diagonal == -steps
          || (diagonal != steps
            && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1])
        var x =
          isDown ? Int(furthest[middle + diagonal + 1]) : Int(furthest[middle + diagonal - 1]) + 1
        if x < oldCount, x - diagonal < newCount, x - diagonal >= 0 {
          let equal = equalLines(x, x - diagonal)
          x += equal.count
          budget -= equal.cost
        }
        budget -= 1
        furthest[middle + diagonal] = Int32(x)
        if diagonal == oldCount - newCount, x >= oldCount { return trace }
      }
      guard budget > 0 else { return nil }
    }
    return nil
  }

  /// Keeps the lines on the way that `trace` found.
  private mutating func walkBack(
    _ trace: [[Int32]], _ oldCount: Int, _ newCount: Int,
    _ keep: (inout LineMatching, Int, Int) -> Void
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
      while x > fromX, y > fromY {
        x -= 1
        y -= 1
        keep(&self, x, y)
      }
      (x, y) = (fromX, fromY)
    }
  }

  // MARK: What is left over

  func hunks() -> [LineDiff.Hunk] {
    var hunks: [LineDiff.Hunk] = []
    var (old, new) = (0, 0)
    while old < oldKept.count || new < newKept.count {
      let (oldStart, newStart) = (old, new)
      while old < oldKept.count, !oldKept[old] { old += 1 }
      while new < newKept.count, !newKept[new] { new += 1 }
      if old > oldStart || new > newStart {
        hunks.append(
          LineDiff.Hunk(
            old: span(oldStart..<old, lines.oldStarts), new: span(newStart..<new, lines.newStarts)))
      }
      while old < oldKept.count, new < newKept.count, oldKept[old], newKept[new] {
        old += 1
        new += 1
      }
    }
    return hunks
  }

  private func span(_ range: Range<Int>, _ starts: [UInt32]) -> LineDiff.Span {
    LineDiff.Span(
      first: lines.before + range.lowerBound, count: range.count,
      bytes: Int(starts[range.lowerBound])..<Int(starts[range.upperBound]))
  }
}
