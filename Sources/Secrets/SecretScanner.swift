internal import Primitives

/// Looks for credentials in texts, by rules.
///
/// A text is read once for the keywords of all rules; a rule's pattern is tried around its keywords only.
/// The cost is linear in the text: a rule never looks twice at the same place, and each search has
/// bounds. Use from one thread.
package final class SecretScanner {
  private let table: RuleTable
  private let index: KeywordIndex
  private lazy var names = FileNames(table)
  private var patterns: [BytePattern?]
  /// Bytes that this scanner still unpacks: a few hundred small bombs are one large one.
  private var unpacking = 1 << 30

  /// Most matches of one text. Behind them it is not known what stands in it.
  private static let mostMatches = 2000
  /// How many bytes patterns are tried on for each byte of a text. Text that people write takes a few; one
  /// that is made of the beginnings of credentials would take hundreds.
  private static let mostWork = 100
  /// How far around a keyword a pattern sees, in bytes, where no line ends before.
  private static let reach = 4096
  /// The same, onwards, of what goes on over many lines.
  private static let blockReach = 32 << 10

  package init(_ table: RuleTable = .own()) {
    self.table = table
    index = KeywordIndex(table)
    patterns = Array(repeating: nil, count: table.count)
  }

  /// Whether some rule is for files of this name alone.
  package func asksForName(_ path: ArraySlice<UInt8>) -> Bool {
    !names.rules(for: path).isEmpty
  }

  /// Looks through a text, and through what it has packed or encoded, one level deep.
  ///
  /// - Parameter path: where it stands; empty where it has no name.
  package func scan(_ text: UnsafeRawBufferPointer, path: ArraySlice<UInt8> = []) -> TextScan {
    var scan = search(text, path)
    if let letters = WideText.narrowed(text) {
      scan.add(letters.withUnsafeBytes { search($0, path) }, behind: "UTF-16")
    }
    Archive.eachMember(of: text, within: &unpacking) { member in
      switch member {
      case .file(let name, let bytes):
        guard scan.hasRoom(for: Self.mostMatches) else { return }
        scan.add(
          bytes.withUnsafeBytes { search($0, name[...]) },
          behind: "!" + Escaped.text(name, limit: 120))
      case .unread(let why): scan.doubts.append(why)
      case .unknown(let why): scan.unseen.append(why)
      }
    }
    var lines = LineCounter(text)
    EncodedRuns.each(in: text) { run in
      let inner = run.bytes.withUnsafeBytes { search($0, []) }
      if !inner.matches.isEmpty || !inner.doubts.isEmpty {
        scan.add(inner, behind: run.coding, line: lines.line(of: run.place))
      }
      return scan.hasRoom(for: Self.mostMatches)
    }
    return scan
  }

  // MARK: Searching

  private struct Hit {
    let rule: SecretRule
    /// Its place in the table.
    let number: Int
    let whole: Range<Int>
    let secret: Range<Int>
  }

  private func search(_ text: UnsafeRawBufferPointer, _ path: ArraySlice<UInt8>) -> TextScan {
    var scan = TextScan()
    scan.byteCount = text.count
    var hits: [Hit] = []
    var work = 0
    // Up to where each rule has looked.
    var seen: [Int: Int] = [:]
    let meant = names.rules(for: path)
    // Without keywords a rule is tried on all of the files that it names.
    for rule in meant.sorted() where !table.hasKeywords(rule) {
      _ = find(rule, in: text, 0..<text.count, &hits, &scan)
    }
    var isDoubtful = false
    index.find(in: text) { rule, place in
      guard !isDoubtful, place >= seen[rule] ?? 0, hits.count < Self.mostMatches else { return }
      guard !table.hasFiles(rule) || meant.contains(rule) else { return }
      let spansLines = table.spansLines(rule)
      let (window, isCut) = window(around: place, spansLines, in: text)
      work += window.count
      isDoubtful = work > text.count * Self.mostWork + 16 << 20
      guard !isDoubtful else { return scan.doubts.append("nothing but beginnings of credentials") }
      // What begins near the end of a window that is cut off is looked at again from there.
      seen[rule] = isCut ? max(place + 1, window.upperBound - Self.reach / 2) : window.upperBound
      isDoubtful = !find(rule, in: text, window, &hits, &scan)
    }
    if hits.count >= Self.mostMatches { scan.doubts.append(TextScan.tooMany) }
    scan.matches = told(hits, of: text)
    return scan
  }

  /// The line of a place with its neighbours, or what a block may take.
  private func window(
    around place: Int, _ spansLines: Bool, in text: UnsafeRawBufferPointer
  ) -> (Range<Int>, isCut: Bool) {
    let first = max(0, place - Self.reach)
    let last = min(text.count, place + (spansLines ? Self.blockReach : Self.reach))
    var start = place
    var lines = 2
    while start > first {
      if text[start - 1] == 0x0a {
        lines -= 1
        if lines == 0 { break }
      }
      start -= 1
    }
    guard !spansLines else { return (start..<last, last < text.count) }
    var end = place
    lines = 3
    while end < last {
      if text[end] == 0x0a {
        lines -= 1
        if lines == 0 { return (start..<end, false) }
      }
      end += 1
    }
    return (start..<end, end < text.count)
  }

  /// - Returns: false where it was not found out, and the text is doubtful whatever else stands in it.
  private func find(
    _ rule: Int, in text: UnsafeRawBufferPointer, _ window: Range<Int>, _ hits: inout [Hit],
    _ scan: inout TextScan
  ) -> Bool {
    let pattern: BytePattern
    do throws(BytePattern.Malformed) {
      pattern = try self.pattern(rule)
    } catch {
      scan.doubts.append("rule \(table.rule(rule).id) is no pattern: \(error.words)")
      return false
    }
    let part = UnsafeRawBufferPointer(rebasing: text[window])
    var start = 0
    while start < part.count, hits.count < Self.mostMatches {
      switch pattern.search(part, from: start) {
      case .nothing: return true
      case .tooCostly:
        scan.doubts.append("rule \(table.rule(rule).id) costs too much here")
        return false
      case .found(let whole, let secret):
        let bytes = Array(part[secret])
        let known = table.rule(rule)
        if known.proof.holds(bytes[...]), Entropy.of(bytes) >= known.entropy {
          hits.append(
            Hit(
              rule: known, number: rule,
              whole: window.lowerBound + whole.lowerBound..<window.lowerBound + whole.upperBound,
              secret: window.lowerBound + secret.lowerBound..<window.lowerBound
                + secret.upperBound))
        }
        start = max(start + 1, secret.isEmpty ? whole.upperBound : secret.upperBound)
      }
    }
    return true
  }

  private func pattern(_ rule: Int) throws(BytePattern.Malformed) -> BytePattern {
    if let known = patterns[rule] { return known }
    let made = try BytePattern(table.pattern(rule))
    patterns[rule] = made
    return made
  }

  /// Each place once: of rules that match the same bytes the gravest, then the one that takes most,
  /// then the first.
  private func told(_ hits: [Hit], of text: UnsafeRawBufferPointer) -> [SecretMatch] {
    guard !hits.isEmpty else { return [] }
    let ordered = hits.sorted { left, right in
      let (one, other) = (left.rule.severity.rank, right.rule.severity.rank)
      if one != other { return one > other }
      if left.secret.count != right.secret.count { return left.secret.count > right.secret.count }
      return (left.secret.lowerBound, left.number) < (right.secret.lowerBound, right.number)
    }
    var kept: [Hit] = []
    for hit in ordered where !kept.contains(where: { $0.secret.overlaps(hit.secret) }) {
      kept.append(hit)
    }
    var lines = LineCounter(text)
    return kept.sorted { $0.secret.lowerBound < $1.secret.lowerBound }.map { hit in
      SecretMatch(
        rule: hit.rule, secret: Array(text[hit.secret]),
        line: lines.line(of: hit.secret.lowerBound), wrapping: [],
        isAllowedByComment: AllowComment.stands(inLineOf: hit.secret.lowerBound, in: text))
    }
  }
}

/// Which line places of a text stand in, each behind the one before: all together cost one reading.
private struct LineCounter {
  private let text: UnsafeRawBufferPointer
  private var place = 0
  private var line = 1

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// Counted from 1.
  mutating func line(of place: Int) -> Int {
    while self.place < place {
      if text[self.place] == 0x0a { line += 1 }
      self.place += 1
    }
    return line
  }
}

extension SecretRule.Severity {
  var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }
}

/// How much a text tells, by the frequencies of its bytes (Shannon, 1948).
enum Entropy {
  /// Bits a byte, from 0 to 8.
  static func of(_ bytes: [UInt8]) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
    }
  }

  /// The standard library has no logarithm: by halving and squaring, to about nine digits.
  private static func log2(_ value: Double) -> Double {
    var (rest, result) = (value, 0.0)
    while rest < 1 {
      rest *= 2
      result -= 1
    }
    while rest >= 2 {
      rest /= 2
      result += 1
    }
    var bit = 0.5
    for _ in 0..<30 {
      rest *= rest
      if rest >= 2 {
        rest /= 2
        result += bit
      }
      bit /= 2
    }
    return result
  }
}

/// What people write beside a text that a scanner takes for a credential.
enum AllowComment {
  private static let words = ["hookkit:allow", "gitleaks:allow", "betterleaks:allow"].map {
    Array($0.utf8)
  }

  static func stands(inLineOf place: Int, in text: UnsafeRawBufferPointer) -> Bool {
    let start =
      text[..<place].suffix(4096).lastIndex(of: 0x0a).map { $0 + 1 } ?? max(0, place - 4096)
    let end = text[place...].prefix(4096).firstIndex(of: 0x0a) ?? min(text.count, place + 4096)
    let line = Array(text[start..<end])
    return words.contains { line.contains(bytes: $0) }
  }
}
