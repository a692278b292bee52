/// Goes through a message once, line by line, and keeps the lines that are signals.
struct MessageScan {
  struct Hit {
    let entry: Int
    let kind: LineReader.Match.Kind
    let certain: Bool
    /// Between two code fences.
    var fenced: Bool
    /// The first line of this sort, and the last, which is the one that may be in git's block.
    let line: Range<Int>
    var lastLine: Range<Int>
  }

  /// Of each sort one: so there are never many, however long the message.
  private(set) var hits: [Hit] = []
  /// The hits behind a fence that has not been closed yet.
  private var pending: [Hit] = []
  private let catalog: SignalCatalog
  private let starts: LineStarts
  private let words: WordStarts
  /// Made when the first line needs it: most messages never do.
  private var reader: LineReader?
  /// The open code fence.
  private var fence: (mark: UInt8, count: Int)?

  /// Bytes that were read in full: what the cost of a message comes to.
  private(set) var readCount = 0

  /// How far a claim may go on: lines, and bytes in all.
  private static let maximumContinuationCount = 4
  private static let maximumJoinedCount = 2048

  init(_ catalog: SignalCatalog) {
    self.catalog = catalog
    starts = catalog.filters.starts
    words = catalog.filters.words
  }

  mutating func read(_ message: Span<UInt8>) {
    var start = 0
    while start < message.count {
      let (end, width) = LineBreaks.next(message, from: start)
      if end > start { readLine(message, start..<end) }
      start = end + Swift.max(width, 1)
    }
    settle(fenced: false)
  }

  private mutating func readLine(_ message: Span<UInt8>, _ line: Range<Int>) {
    if readFence(message, line) { return }
    guard starts.mayBegin(message, line.lowerBound, line.upperBound),
      mayName(message, line)
    else { return }
    var reader = self.reader.take() ?? LineReader(catalog.index)
    reader.read(message, line)
    readCount += line.count
    keep(reader.matches, line)
    var end = line.upperBound
    for number in 0..<Self.maximumContinuationCount where reader.mayGoOn {
      guard let next = continuation(message, line, from: end, isFirst: number == 0) else { break }
      end = next
      reader.read(message, line.lowerBound..<end)
      readCount += end - line.lowerBound
      keep(reader.matches, line)
    }
    self.reader = reader
  }

  /// Whether the line could be a key or a footer of the catalog, go on in the next line, or name
  /// somebody; most `Signed-off-by` lines do not.
  private func mayName(_ message: Span<UInt8>, _ line: Range<Int>) -> Bool {
    if words.mayName(message, line) { return true }
    for position in line where message[position] == 0x40 {
      return catalog.filters.termStarts.mayBegin(message, line.lowerBound, line.upperBound)
    }
    return true
  }

  private mutating func keep(_ matches: [LineReader.Match], _ line: Range<Int>) {
    for match in matches {
      let hit = Hit(
        entry: match.entry, kind: match.kind, certain: match.certain, fenced: false, line: line,
        lastLine: line)
      if fence == nil { Self.keep(hit, in: &hits) } else { Self.keep(hit, in: &pending) }
    }
  }

  private static func keep(_ hit: Hit, in list: inout [Hit]) {
    let known = list.firstIndex {
      $0.entry == hit.entry && $0.kind == hit.kind && $0.certain == hit.certain
        && $0.fenced == hit.fenced
    }
    if let known { list[known].lastLine = hit.lastLine } else { list.append(hit) }
  }

  private mutating func settle(fenced: Bool) {
    for var hit in pending {
      hit.fenced = fenced
      Self.keep(hit, in: &hits)
    }
    pending.removeAll()
    fence = nil
  }

  // MARK: Folded and wrapped lines

  /// Where the next line ends that goes on with a claim: an indented one, one that begins with an
  /// address, or any line where the first has no value at all.
  ///
  /// - Parameter end: Where the claim ends so far.
  private func continuation(
    _ message: Span<UInt8>, _ line: Range<Int>, from end: Int, isFirst: Bool
  ) -> Int? {
    let (_, width) = LineBreaks.next(message, from: end)
    let next = end + width
    guard width > 0, next < message.count else { return nil }
    switch message[next] {
    case 0x20, 0x09, 0x3c, 0x26: break
    default: guard isFirst, hasNoValue(message, line) else { return nil }
    }
    let (nextEnd, _) = LineBreaks.next(message, from: next)
    return nextEnd > next && nextEnd - line.lowerBound <= Self.maximumJoinedCount ? nextEnd : nil
  }

  private func hasNoValue(_ message: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var last = line.upperBound
    while last > line.lowerBound, message[last - 1] == 0x20 || message[last - 1] == 0x09 {
      last -= 1
    }
    return last > line.lowerBound && message[last - 1] == 0x3a
  }

  // MARK: Code fences

  /// Takes note of a line of three or more back-ticks or tildes (CommonMark 4.5); true for such.
  ///
  /// A fence that is never closed fences nothing, so that a line of back-ticks in front of a message
  /// does not weaken what stands behind it.
  private mutating func readFence(_ message: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var start = line.lowerBound
    while start < line.upperBound, message[start] == 0x20 || message[start] == 0x09 { start += 1 }
    guard line.upperBound - start >= 3, message[start] == 0x60 || message[start] == 0x7e else {
      return false
    }
    let mark = message[start]
    var end = start
    while end < line.upperBound, message[end] == mark { end += 1 }
    let count = end - start
    guard count >= 3 else { return false }
    guard let open = fence else {
      fence = (mark, count)
      return true
    }
    var rest = end
    while rest < line.upperBound, message[rest] == 0x20 || message[rest] == 0x09 { rest += 1 }
    guard mark == open.mark, count >= open.count, rest == line.upperBound else { return false }
    settle(fenced: true)
    return true
  }
}
