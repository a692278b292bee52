import DependencyChecks
import TestSupport
import Testing

@Suite("Lines that differ")
struct LineDiffTests {
  private func diff(_ old: String, _ new: String) -> LineDiff {
    LineDiff(Array(old.utf8)[...], Array(new.utf8)[...])
  }

  @Test(
    "removed and added lines are counted as git counts them",
    arguments: [
      ("", "", 0, 0), ("a\n", "a\n", 0, 0), ("", "a\nb\n", 0, 2), ("a\nb", "", 2, 0),
      ("a\nb\nc\n", "a\nx\nc\n", 1, 1), ("a\nb\nc\n", "a\nc\n", 1, 0),
      ("a\nb\n", "a\nb", 1, 1), ("a", "a\nb\n", 1, 2), ("x\nx\nx\n", "x\nx\n", 1, 0),
      ("a\nb\nc\nd\n", "d\na\nb\nc\n", 1, 1), ("{\n}\n{\n}\n", "{\n}\n", 2, 0),
    ])
  func counts(old: String, new: String, removed: Int, added: Int) {
    let diff = diff(old, new)
    #expect(diff.removed == removed)
    #expect(diff.added == added)
  }

  @Test("what is no hunk is the same on both sides, and no diff is longer than it must be")
  func property() {
    var generator = Generator(state: 7)
    for round in 0..<400 {
      let words = round % 2 == 0 ? 4 : 30
      let old = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        "l\(Int.random(in: 0..<words, using: &generator))"
      }
      var new = old
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let place = Int.random(in: 0...new.count, using: &generator)
        if place < new.count, Bool.random(using: &generator) {
          new.remove(at: place)
        } else {
          new.insert("l\(Int.random(in: 0..<words, using: &generator))", at: place)
        }
      }
      let end = Bool.random(using: &generator) ? "\n" : ""
      let (left, right) = (old.joined(separator: "\n") + end, new.joined(separator: "\n") + end)
      let diff = diff(left, right)
      #expect(without(diff, \.old, left) == without(diff, \.new, right))
      // Anchors may cost a few lines against the shortest script there is.
      let leftLines = lines(left)
      let rightLines = lines(right)
      let shortest = leftLines.count + rightLines.count - 2 * common(leftLines, rightLines)
      #expect(diff.removed + diff.added <= shortest + 6, "\(left) \(right)")
    }
  }

  @Test("a hunk names its lines and its bytes")
  func places() {
    let diff = diff("a\nb\nc\n", "a\nc\nd\n")
    #expect(
      diff.hunks.map { [$0.old.first, $0.old.count, $0.new.first, $0.new.count] } == [
        [1, 1, 1, 0], [3, 0, 2, 1],
      ])
    #expect(diff.hunks.map(\.old.bytes) == [2..<4, 6..<6])
    #expect(diff.hunks.map(\.new.bytes) == [2..<2, 4..<6])
  }

  @Test("a file of one line over and over is compared at once, and not called equal")
  func monotony() {
    let old = String(repeating: "same\n", count: 200_000) + "other\n"
    let new = "first\n" + String(repeating: "same\n", count: 100_000)
    let diff = diff(old, new)
    #expect(diff.removed - diff.added == 100_000)
  }

  private func without(
    _ diff: LineDiff, _ side: KeyPath<LineDiff.Hunk, LineDiff.Span>, _ text: String
  ) -> [UInt8] {
    var rest = Array(text.utf8)
    for hunk in diff.hunks.reversed() { rest.removeSubrange(hunk[keyPath: side].bytes) }
    return rest
  }

  private func lines(_ text: String) -> [Substring] {
    text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func common(_ left: [Substring], _ right: [Substring]) -> Int {
    var row = [Int](repeating: 0, count: right.count + 1)
    for word in left {
      var corner = 0
      for (index, other) in right.enumerated() {
        let up = row[index + 1]
        row[index + 1] = word == other ? corner + 1 : max(up, row[index])
        corner = up
      }
    }
    return row[right.count]
  }

  /// What is left of a file when the lines of its hunks are taken out.
  private func kept(_ bytes: [UInt8], without spans: [LineDiff.Span]) -> [UInt8] {
    var rest: [UInt8] = []
    var place = 0
    for span in spans {
      rest += bytes[place..<span.bytes.lowerBound]
      place = span.bytes.upperBound
    }
    return rest + bytes[place...]
  }

  @Test("outside of the hunks both sides are the same, however much was changed and moved")
  func random() {
    var dice = Dice(seed: 7)
    for round in 0..<60 {
      // Beyond 256 differences the search goes by lines that stand only once.
      let count = [3, 40, 900, 3000][round % 4]
      let kinds = [2, 30, 700, 4000][round / 4 % 4]
      var old = (0..<count).map { _ in "line \(dice.roll(kinds))\n" }
      let before = old
      for _ in 0..<dice.roll(count) + 1 {
        let place = dice.roll(old.count + 1)
        switch dice.roll(3) {
        case 0 where place < old.count: old.remove(at: place)
        case 1 where place < old.count: old.swapAt(place, dice.roll(old.count))
        default: old.insert("line \(dice.roll(kinds))\n", at: place)
        }
      }
      let (left, right) = (Array(before.joined().utf8), Array(old.joined().utf8))
      let diff = LineDiff(left[...], right[...])
      #expect(
        kept(left, without: diff.hunks.map(\.old)) == kept(right, without: diff.hunks.map(\.new)),
        "round \(round)")
    }
  }
}

/// A small generator with a seed, so that a failure comes again.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
