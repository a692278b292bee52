internal import Documents

/// A text together with the document that it stands in: what comparing and cutting it needs. Equal
/// bytes are equal, wherever they stand.
struct Excerpt: Hashable {
  /// Where it stands.
  let text: Text
  /// `nil` of one that is empty and stands nowhere.
  let page: Page?

  @inline(__always)
  init(_ page: Page?, _ text: Text) {
    self.page = page
    self.text = text
  }

  static var empty: Excerpt { Excerpt(nil, .empty) }

  var isEmpty: Bool { text.isEmpty }
  var count: Int { Int(text.count) }
  var bytes: ArraySlice<UInt8> {
    guard let page else { return [] }
    guard let place = page.placeInComposed(text) else { return ArraySlice(page.pool[text.range]) }
    return page.composed[place]
  }

  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let page else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let place = page.placeInComposed(text) else {
      precondition(text.range.upperBound <= page.pool.count, "a text of another document")
      return body(UnsafeRawBufferPointer(rebasing: page.pool[text.range]))
    }
    return page.composed.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[place])) }
  }

  // MARK: Comparing

  static func == (left: Excerpt, right: Excerpt) -> Bool {
    left.text.count == right.text.count
      && left.withBytes { left in right.withBytes { left.equals($0) } }
  }

  /// Seeded anew in every process, so that nobody can write a file whose texts collide.
  func hash(into hasher: inout Hasher) { hasher.combine(withBytes { Document.hash($0) }) }

  /// Half of a number for a table of texts, to be kept beside one.
  var shortHash: UInt32 { withBytes { Document.shortHash($0) } }

  @inline(__always)
  static func == (left: Excerpt, word: StaticString) -> Bool {
    left.count == word.utf8CodeUnitCount && left.starts(with: word)
  }

  @inline(__always)
  static func != (left: Excerpt, word: StaticString) -> Bool { !(left == word) }

  /// For `case "word":` in a switch.
  @inline(__always)
  static func ~= (word: StaticString, right: Excerpt) -> Bool { right == word }

  func isOne(of words: StaticString...) -> Bool { words.contains { self == $0 } }

  @inline(__always)
  func starts(with word: StaticString) -> Bool { withBytes { $0.has(word, at: 0) } }

  /// Whether it begins with one of some words.
  func starts(with words: StaticString...) -> Bool { words.contains { starts(with: $0) } }

  @inline(__always)
  func ends(with word: StaticString) -> Bool {
    withBytes { $0.has(word, at: $0.count - word.utf8CodeUnitCount) }
  }

  /// Whether it ends with one of some words.
  func ends(with words: StaticString...) -> Bool { words.contains { ends(with: $0) } }

  // MARK: Parts

  /// The byte at a place, counted from the start; `nil` outside of it.
  subscript(place: Int) -> UInt8? {
    guard place >= 0, place < count else { return nil }
    return withBytes { $0[place] }
  }

  /// The bytes from one place to another, as far as there are any.
  subscript(range: Range<Int>) -> Excerpt {
    let end = Swift.min(range.upperBound, count)
    let start = Swift.min(range.lowerBound, end)
    return Excerpt(page, Text(start: Int(text.start) + start, count: end - start))
  }

  func prefix(_ count: Int) -> Excerpt { self[0..<count] }
  func dropFirst(_ count: Int) -> Excerpt { self[count..<Swift.max(count, self.count)] }

  /// It without the spaces and tabs at both its ends.
  var trimmed: Excerpt {
    let start = countOfPrefix(while: isSpace)
    let end = withBytes { $0.lastIndex { !isSpace($0) } ?? 0 }
    return self[start..<Swift.max(start, end + 1)]
  }

  /// The first place of a word.
  func firstIndex(of word: StaticString, from start: Int = 0) -> Int? {
    let size = word.utf8CodeUnitCount
    guard size > 0 else { return nil }
    return withBytes { bytes in
      var start = start
      while let found = bytes.firstIndex(of: word.utf8Start[0], from: start) {
        if size == 1 || bytes.has(word, at: found) { return found }
        start = found + 1
      }
      return nil
    }
  }

  /// The last place of a word.
  func lastIndex(of word: StaticString) -> Int? {
    withBytes { bytes in
      var place = bytes.count - word.utf8CodeUnitCount
      while place >= 0 {
        if bytes.has(word, at: place) { return place }
        place -= 1
      }
      return nil
    }
  }

  func contains(_ word: StaticString) -> Bool { firstIndex(of: word) != nil }

  /// What stands before the first place of a word, and what behind it; `nil` when it has none.
  func cut(at word: StaticString, from start: Int = 0) -> (before: Excerpt, after: Excerpt)? {
    firstIndex(of: word, from: start).map { (prefix($0), dropFirst($0 + word.utf8CodeUnitCount)) }
  }

  /// The same of the last place.
  func cut(atLast word: StaticString) -> (before: Excerpt, after: Excerpt)? {
    lastIndex(of: word).map { (prefix($0), dropFirst($0 + word.utf8CodeUnitCount)) }
  }

  /// What stands before the first place of a word; all when it has none.
  func prefix(before word: StaticString) -> Excerpt {
    firstIndex(of: word).map { prefix($0) } ?? self
  }

  /// What stands behind the last place of a word; all when it has none.
  func suffix(afterLast word: StaticString) -> Excerpt { cut(atLast: word)?.after ?? self }

  /// The rest behind a word that it begins with; `nil` when it does not.
  func removing(prefix word: StaticString) -> Excerpt? {
    starts(with: word) ? dropFirst(word.utf8CodeUnitCount) : nil
  }

  /// The rest before a word that it ends with; `nil` when it does not.
  func removing(suffix word: StaticString) -> Excerpt? {
    ends(with: word) ? prefix(count - word.utf8CodeUnitCount) : nil
  }

  /// The parts between the places of a word; none of an empty text.
  func split(at word: StaticString) -> [Excerpt] { Array(parts(at: word)) }

  /// The same one after the other.
  @inline(__always)
  func parts(at word: StaticString) -> some Sequence<Excerpt> {
    sequence(state: self) { rest -> Excerpt? in
      guard !rest.isEmpty else { return nil }
      let (before, after) = rest.cut(at: word) ?? (rest, .empty)
      rest = after
      return before
    }
  }

  /// How many bytes from the start on a condition holds for.
  func countOfPrefix(while condition: (UInt8) -> Bool) -> Int {
    withBytes { bytes in bytes.firstIndex { !condition($0) } ?? bytes.count }
  }

  /// Takes the next word away: the bytes before the next white space.
  mutating func nextWord() -> Excerpt? {
    let all = trimmed
    let word = all.prefix(all.countOfPrefix { !isSpace($0) })
    self = all.dropFirst(word.count)
    return word.isEmpty ? nil : word
  }

  // MARK: Composing

  /// - Throws: `.tooLarge` when there is no room for more texts.
  static func + (left: Excerpt, right: Excerpt) throws(Unread) -> Excerpt {
    guard let page = left.page ?? right.page else { return .empty }
    return try page.join(left, count: right.count) { page.append(right) }
  }

  static func + (left: Excerpt, word: StaticString) throws(Unread) -> Excerpt {
    guard let page = left.page else { throw Unread(.unsupported, at: 0) }
    return try page.join(left, count: word.utf8CodeUnitCount) {
      page.composed += UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }
  }

  static func + (word: StaticString, right: Excerpt) throws(Unread) -> Excerpt {
    try Excerpt(right.page, .empty) + word + right
  }
}

extension Excerpt? {
  @inline(__always)
  static func == (left: Excerpt?, word: StaticString) -> Bool {
    guard let left else { return false }
    return left == word
  }
}

extension Page {
  /// Where a text stands in what was composed; `nil` when it does not.
  @inline(__always)
  fileprivate func placeInComposed(_ text: Text) -> Range<Int>? {
    let start = Int(text.start) - pool.count
    return start < 0 ? nil : start..<start + Int(text.count)
  }

  func compose(_ bytes: some Collection<UInt8>) -> Excerpt {
    let start = pool.count + composed.count
    composed += bytes
    return Excerpt(self, Text(start: start, count: bytes.count))
  }

  /// A text with something behind it; one that was composed last is not copied again.
  @inline(__always)
  fileprivate func join(
    _ left: Excerpt, count: Int, _ append: () -> Void
  ) throws(Unread) -> Excerpt {
    let end = pool.count + composed.count
    guard end + left.count + count <= 1 << 31 else { throw Unread(.tooLarge, at: 0) }
    let isLast = Int(left.text.start) >= pool.count && left.text.range.upperBound == end
    if !isLast { self.append(left) }
    append()
    let start = isLast ? Int(left.text.start) : end
    return Excerpt(self, Text(start: start, count: left.count + count))
  }

  fileprivate func append(_ excerpt: Excerpt) {
    guard excerpt.page == self, let place = placeInComposed(excerpt.text) else {
      excerpt.withBytes { composed.append(contentsOf: $0) }
      return
    }
    // Some of its own bytes, for which it may have to move.
    let end = composed.count
    composed.append(contentsOf: repeatElement(0, count: place.count))
    composed.withUnsafeMutableBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: bytes[end...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[place]))
    }
  }
}
