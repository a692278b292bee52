/// Where the keywords of rules stand in a text.
///
/// The first three bytes of a keyword name its bucket in a table; a text is read once, and only where its
/// next three bytes name a bucket that is not empty are keywords compared. Making the table costs a few
/// microseconds, which counts for a hook that has ten lines to look at.
struct KeywordIndex {
  /// How many buckets there are, as a power of two.
  private static let bits: UInt32 = 14

  /// A keyword in the table's text, and the next one of its bucket, counted from 1.
  private struct Keyword {
    let start: UnsafePointer<UInt8>
    let count: Int32
    let rule: Int16
    let next: Int16
  }

  /// Lives as long as its text does.
  private let table: RuleTable
  /// The first keyword of each bucket, counted from 1; 0 where there is none.
  private var heads = [Int16](repeating: 0, count: 1 << Int(KeywordIndex.bits))
  private var keywords: [Keyword] = []

  init(_ table: RuleTable) {
    self.table = table
    keywords.reserveCapacity(2 * table.count)
    table.eachKeyword { rule, word in
      guard word.count >= 3, keywords.count < Int(Int16.max), rule < Int(Int16.max),
        let start = word.baseAddress?.assumingMemoryBound(to: UInt8.self)
      else { return }
      let bucket = Self.bucket(
        UInt32(word[0]) | UInt32(word[1]) << 8 | UInt32(word[2]) << 16)
      keywords.append(
        Keyword(start: start, count: Int32(word.count), rule: Int16(rule), next: heads[bucket]))
      heads[bucket] = Int16(keywords.count)
    }
  }

  /// The low three bytes count. Letters of both cases go to one bucket, and some signs with them.
  @inline(__always)
  private static func bucket(_ bytes: UInt32) -> Int {
    Int(((bytes & 0xff_ffff | 0x20_2020) &* 0x9e37_79b1) >> (32 - bits))
  }

  /// Calls `body` for each keyword that stands in the text, from its start on.
  func find(in text: UnsafeRawBufferPointer, _ body: (_ rule: Int, _ place: Int) -> Void) {
    guard text.count >= 3 else { return }
    heads.withUnsafeBufferPointer { heads in
      let last = text.count - 4
      var place = 0
      // Every load is within the text, and every bucket within the table.
      while place <= last {
        let bytes = text.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian
        let head = heads[Self.bucket(bytes)]
        if head != 0 { compare(text, at: place, head, body) }
        place += 1
      }
      let bytes =
        UInt32(text[place]) | UInt32(text[place + 1]) << 8 | UInt32(text[place + 2]) << 16
      compare(text, at: place, heads[Self.bucket(bytes)], body)
    }
  }

  private func compare(
    _ text: UnsafeRawBufferPointer, at place: Int, _ head: Int16,
    _ body: (_ rule: Int, _ place: Int) -> Void
  ) {
    var next = head
    while next != 0 {
      let keyword = keywords[Int(next) - 1]
      next = keyword.next
      guard Int(keyword.count) <= text.count - place else { continue }
      var index = 0
      while index < Int(keyword.count) {
        let byte = text[place + index]
        let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
        guard folded == keyword.start[index] else { break }
        index += 1
      }
      if index == Int(keyword.count) { body(Int(keyword.rule), place) }
    }
  }
}
