/// A catalog as the lookups need it: its compact text, and a hash table over the terms in it.
///
/// A hook builds this once for one commit, so it must cost next to nothing: the compact text is
/// walked once and nothing in it is copied apart. The text has one line a fact. The first line is
/// the schema and the date; `=id<TAB>class<TAB>name` begins an entry; every other line is a letter
/// (`Kind`), a space, the term as it is looked up (already folded) and, behind a tab, its value.
final class CatalogIndex: Sendable {
  enum Kind: UInt8, Sendable, CaseIterable {
    case email = 0x65  // e
    case githubID = 0x69  // i
    case login = 0x6c  // l
    /// A product's name, one that people do not bear.
    case displayName = 0x6e  // n
    /// A product's name that is also a person's name or a nickname.
    case sharedName = 0x73  // s
    case nameSuffix = 0x78  // x
    /// Something within a name that no person's has: `/crew/`.
    case nameInfix = 0x79  // y
    /// A name that only beside a claim of tools, or in a disclosure, is more than a common word.
    case toolName = 0x74  // t
    /// A word that stands behind the entry's own names.
    case model = 0x6d  // m
    /// One that stands behind any name; before the first entry.
    case word = 0x77  // w
    case trailerKey = 0x6b  // k
    case footer = 0x66  // f
    case branch = 0x62  // b
    case fingerprint = 0x70  // p
    /// The key itself, in Base64.
    case publicKey = 0x50  // P
    case notesRef = 0x72  // r
    case environment = 0x76  // v
  }

  /// One line of the text; small, because a hook that meets an agent makes hundreds at start-up.
  struct Term: Sendable {
    private let start: UInt32
    private let keyCount: UInt16
    private let valueCount: UInt16
    private let number: UInt16
    let kind: Kind

    /// - Parameters:
    ///   - entry: The entry it belongs to, by its place.
    ///   - value: Behind the tab; empty where there is none.
    init(kind: Kind, entry: Int, key: Range<Int>, value: Range<Int>) {
      self.kind = kind
      number = UInt16(clamping: entry)
      start = UInt32(clamping: key.lowerBound)
      keyCount = UInt16(clamping: key.count)
      valueCount = UInt16(clamping: value.count)
    }

    var entry: Int { Int(number) }
    var key: Range<Int> { Int(start)..<Int(start) + Int(keyCount) }
    var value: Range<Int> {
      let tab = Int(start) + Int(keyCount)
      return valueCount == 0 ? tab..<tab : tab + 1..<tab + 1 + Int(valueCount)
    }
  }

  struct Entry: Sendable {
    let id: Range<Int>
    let category: SignalCatalog.Category
    let name: Range<Int>
  }

  let text: [UInt8]
  let date: Range<Int>
  let entries: [Entry]
  /// The terms that are found by hash.
  let terms: [Term]
  let footers: [Term]
  let branches: [Term]
  let notesRefs: [Term]
  let nameSuffixes: [Term]
  let nameInfixes: [Term]
  let environment: [Term]
  let filters: CatalogFilters
  /// Open addressing: 0, or the number of a term plus one.
  private let slots: [UInt16]

  /// What the first line names.
  static let schema = "hookkit.signals/1"
  /// What the slots can number.
  static let maximumTermCount = 20_000

  /// - Parameter text: a compact text that `CatalogFile.compact` made.
  init(compact text: [UInt8]) {
    var parts = Parts()
    let headEnd = text.firstIndex(of: 0x0a) ?? text.count
    text.withUnsafeBufferPointer { parts.read($0.span, from: headEnd + 1) }
    var size = 64
    while size < parts.terms.count * 2 { size *= 2 }
    var slots = [UInt16](repeating: 0, count: size)
    for (number, term) in parts.terms.enumerated() {
      var hash = TermHash(term.kind)
      for index in term.key { hash.add(text[index]) }
      var slot = hash.value & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(truncatingIfNeeded: number + 1)
    }
    self.text = text
    self.slots = slots
    date = Swift.min(Self.schema.utf8.count + 1, headEnd)..<headEnd
    entries = parts.entries
    terms = parts.terms
    footers = parts.footers
    branches = parts.branches
    notesRefs = parts.notesRefs
    nameSuffixes = parts.nameSuffixes
    nameInfixes = parts.nameInfixes
    environment = parts.environment
    filters = CatalogFilters(termStarts: parts.starts, words: parts.words)
  }

  /// Calls `body` with each term of `kind` that is exactly `key[range]`.
  func forEach(
    _ kind: Kind, _ key: [UInt8], _ range: Range<Int>, _ body: (Term) -> Void
  ) {
    var hash = TermHash(kind)
    for index in range { hash.add(key[index]) }
    var slot = hash.value & (slots.count - 1)
    while slots[slot] != 0 {
      let term = terms[Int(slots[slot]) - 1]
      if term.kind == kind, term.key.count == range.count,
        text[term.key].elementsEqual(key[range])
      {
        body(term)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// Text of our own range, for names and ids.
  func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }
}

/// FNV-1a over the kind and the bytes of a term.
private struct TermHash {
  private var state: UInt32

  init(_ kind: CatalogIndex.Kind) {
    state = (2_166_136_261 ^ UInt32(kind.rawValue)) &* 16_777_619
  }

  mutating func add(_ byte: UInt8) {
    state = (state ^ UInt32(byte)) &* 16_777_619
  }

  var value: Int { Int(state ^ state >> 15) }
}

/// What the lines of a compact text come to, while they are being read.
private struct Parts {
  var entries: [CatalogIndex.Entry] = []
  var terms: [CatalogIndex.Term] = []
  var footers: [CatalogIndex.Term] = []
  var branches: [CatalogIndex.Term] = []
  var notesRefs: [CatalogIndex.Term] = []
  var nameSuffixes: [CatalogIndex.Term] = []
  var nameInfixes: [CatalogIndex.Term] = []
  var environment: [CatalogIndex.Term] = []
  var starts = LineStarts()
  var words = WordStarts()

  mutating func read(_ bytes: Span<UInt8>, from start: Int) {
    entries.reserveCapacity(128)
    terms.reserveCapacity(bytes.count / 16)
    var lineStart = start
    while lineStart < bytes.count {
      var firstTab = 0
      var secondTab = 0
      var end = lineStart
      while end < bytes.count, bytes[end] != 0x0a {
        if bytes[end] == 0x09 {
          if firstTab == 0 { firstTab = end } else if secondTab == 0 { secondTab = end }
        }
        end += 1
      }
      if end - lineStart > 2 {
        if bytes[lineStart] == 0x3d {
          addEntry(bytes, lineStart..<end, firstTab, secondTab)
        } else {
          addTerm(bytes, lineStart..<end, firstTab)
        }
      }
      lineStart = end + 1
    }
  }

  private mutating func addEntry(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ firstTab: Int, _ secondTab: Int
  ) {
    guard firstTab > 0, secondTab > firstTab + 1,
      let category = SignalCatalog.Category(letter: bytes[firstTab + 1])
    else { return }
    entries.append(
      CatalogIndex.Entry(
        id: line.lowerBound + 1..<firstTab, category: category,
        name: secondTab + 1..<line.upperBound))
  }

  private mutating func addTerm(_ bytes: Span<UInt8>, _ line: Range<Int>, _ tab: Int) {
    guard let kind = CatalogIndex.Kind(rawValue: bytes[line.lowerBound]),
      !entries.isEmpty || kind == .word
    else { return }
    let term = CatalogIndex.Term(
      kind: kind, entry: Swift.max(0, entries.count - 1),
      key: line.lowerBound + 2..<(tab == 0 ? line.upperBound : tab),
      value: (tab == 0 ? line.upperBound : tab + 1)..<line.upperBound)
    switch kind {
    case .footer:
      footers.append(term)
      starts.insert(bytes, term.key)
    case .branch: branches.append(term)
    case .notesRef: notesRefs.append(term)
    case .nameSuffix:
      nameSuffixes.append(term)
      words.insert(bytes, term.key)
    case .nameInfix:
      nameInfixes.append(term)
      words.insert(bytes, term.key)
    case .environment: environment.append(term)
    case .trailerKey:
      terms.append(term)
      starts.insert(bytes, term.key)
    case .email, .githubID, .login, .displayName, .sharedName, .toolName:
      terms.append(term)
      words.insert(bytes, term.key)
    case .model, .word, .fingerprint, .publicKey: terms.append(term)
    }
  }
}
