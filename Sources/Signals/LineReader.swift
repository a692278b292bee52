/// Reads one line by Rule N: a trailer as people really write it, or a footer.
///
/// The line is folded (`Folding`); bullets, emoji and markup before the first letter are dropped;
/// spaces, `-` and `_` in the key do not count. An indented or quoted line, and one that only
/// resembles a claim, is doubtful.
struct LineReader {
  struct Match: Hashable {
    enum Kind: Hashable {
      case trailer
      case footer
    }

    let entry: Int
    let kind: Kind
    /// Not indented, not quoted, no look-alikes, no doubt about the name.
    let certain: Bool
  }

  let index: CatalogIndex
  private(set) var matches: [Match] = []
  /// The line makes a claim and names no address: the next line may go on with it.
  private(set) var mayGoOn = false
  private var identity: IdentityReader
  private var folded: [UInt8] = []
  private var key: [UInt8] = []

  init(_ index: CatalogIndex) {
    self.index = index
    identity = IdentityReader(index)
  }

  /// Reads `bytes[range]`; line feeds in it count as spaces.
  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    matches.removeAll(keepingCapacity: true)
    mayGoOn = false
    folded.removeAll(keepingCapacity: true)
    let resembles = Folding.fold(bytes, range, lookAlikes: false, into: &folded)
    readFolded(looksAlike: false)
    guard resembles, !matches.contains(where: { index.entries[$0.entry].category == .agent })
    else { return }
    folded.removeAll(keepingCapacity: true)
    Folding.fold(bytes, range, lookAlikes: true, into: &folded)
    readFolded(looksAlike: true)
  }

  private mutating func readFolded(looksAlike: Bool) {
    let (start, quoted) = Self.start(of: folded)
    guard start < folded.count else { return }
    let doubtful = quoted || looksAlike
    readFooter(start, doubtful: doubtful)
    readClaim(start, doubtful: doubtful)
  }

  /// Where the text of a folded line begins, behind bullets, emoji and markup, and whether it is
  /// indented or quoted.
  static func start(of folded: [UInt8]) -> (start: Int, quoted: Bool) {
    var start = 0
    var quoted = false
    while start < folded.count {
      switch folded[start] {
      case 0x61...0x7a: return (start, quoted)
      case 0x20: quoted = quoted || start == 0
      case 0x3e, 0x22, 0x27, 0x60: quoted = true
      case 0x5b where folded.count - start > 3 && folded[start + 2] == 0x5d: start += 2
      case 0x80...:
        let (scalar, width) = UTF8Scalar.decode(folded.span, at: start, end: folded.count)
        if scalar?.properties.isAlphabetic == true { return (start, quoted) }
        start += width - 1
      default: break
      }
      start += 1
    }
    return (start, quoted)
  }

  private mutating func add(_ entry: Int, _ kind: Match.Kind, certain: Bool) {
    let match = Match(entry: entry, kind: kind, certain: certain)
    if !matches.contains(match) { matches.append(match) }
  }

  // MARK: Footers

  private mutating func readFooter(_ start: Int, doubtful: Bool) {
    for footer in index.footers where holds(footer, at: start) {
      add(footer.entry, .footer, certain: !doubtful)
    }
    guard let disclosure = Disclosure(folded, from: start) else { return }
    let rest = disclosure.end..<folded.count
    identity.clear()
    identity.readDisclosed(
      folded, rest.lowerBound..<nameEnd(rest, nil), shared: disclosure.namesTool,
      tools: disclosure.saysGenerated)
    // `Generated with TOOL • Model: VENDOR:MODEL` names an agent, whatever the tool is.
    if disclosure.saysGenerated, let model = model(in: rest) {
      identity.readName(folded, model, shared: .accepted, besideAddress: false)
    }
    for match in identity.matches { add(match.entry, .footer, certain: !doubtful) }
  }

  /// The word behind the first `model:` of a range, with the vendor's in front of it.
  private func model(in range: Range<Int>) -> Range<Int>? {
    let key = range.first { folded[$0] == 0x6d && starts(with: "model:", at: $0) }
    guard var start = key.map({ $0 + 6 }) else { return nil }
    while start < range.upperBound, Self.isMarkup(folded[start]) { start += 1 }
    var end = start
    while end < range.upperBound, Self.isModel(folded[end]) { end += 1 }
    return start..<end
  }

  private static func isModel(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x2d...0x3a).contains(byte) || byte == 0x5f
  }

  /// Whether the footer stands at `start`, emphasis left out, and no word goes on behind it.
  private func holds(_ footer: CatalogIndex.Term, at start: Int) -> Bool {
    var position = start
    for wanted in footer.key.lazy.map({ index.text[$0] }) {
      while position < folded.count, folded[position] != wanted,
        [0x2a, 0x5f, 0x60].contains(folded[position])
      {
        position += 1
      }
      guard position < folded.count, folded[position] == wanted else { return false }
      position += 1
    }
    guard position < folded.count, let last = footer.key.last, Self.isLetter(index.text[last])
    else { return true }
    return !Self.isLetter(folded[position]) && folded[position] < 0x80
  }

  // MARK: Claims

  private mutating func readClaim(_ start: Int, doubtful: Bool) {
    key.removeAll(keepingCapacity: true)
    var position = start
    var bare: (claim: Claim, value: Int)?
    var colon: Int?
    scanning: while position < folded.count, key.count <= Claim.maximumKeyCount {
      let byte = folded[position]
      switch byte {
      case 0x61...0x7a, 0x30...0x39, 0x80...: key.append(byte)
      case 0x20:
        if bare == nil, let claim = Claim(folded: key), claim.bare { bare = (claim, position) }
      case 0x2d, 0x5f, 0x2a, 0x60: break
      case 0x3a:
        colon = position
        break scanning
      default: break scanning
      }
      position += 1
    }
    if let colon {
      let value = colon + 1..<folded.count
      readTrailerKey(value, doubtful: doubtful)
      if let claim = Claim(folded: key) {
        readValue(value, claim, doubtful: doubtful)
        return
      }
    }
    if let bare { readValue(bare.value..<folded.count, bare.claim, doubtful: doubtful) }
  }

  /// A key that declares by itself, or with one of its values.
  private mutating func readTrailerKey(_ value: Range<Int>, doubtful: Bool) {
    let text = folded[value].drop(while: Self.isMarkup)
    var end = text.endIndex
    while end > text.startIndex, Self.isMarkup(text[end - 1]) { end -= 1 }
    let trimmed = text[..<end]
    var found: [Int] = []
    index.forEach(.trailerKey, key, 0..<key.count) { term in
      if term.value.isEmpty
        ? !Self.isDenied(trimmed) : index.text[term.value].elementsEqual(trimmed)
      {
        found.append(term.entry)
      }
    }
    for entry in found { add(entry, .trailer, certain: !doubtful) }
  }

  /// `AI-Model: none` declares nothing.
  private static func isDenied(_ value: ArraySlice<UInt8>) -> Bool {
    let words: [StaticString] = ["none", "no", "false", "n/a", "na", "0", "-", "human", "nobody"]
    return words.contains { word in word.withUTF8Buffer { $0.elementsEqual(value) } }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2a || byte == 0x60 || byte == 0x22 || byte == 0x2e
  }

  private mutating func readValue(_ value: Range<Int>, _ claim: Claim, doubtful: Bool) {
    identity.clear()
    let address = identity.readAddresses(folded, value)
    let name = value.lowerBound..<nameEnd(value, address)
    identity.readName(
      folded, name, shared: claim.subject == .tool ? .accepted : .doubted,
      besideAddress: address != nil)
    for match in identity.matches {
      add(match.entry, .trailer, certain: match.certain && !doubtful)
    }
    if address == nil { mayGoOn = true }
  }

  /// A name ends before a bracket (also escaped for HTML), an address or a link.
  private func nameEnd(_ value: Range<Int>, _ address: Int?) -> Int {
    var position = value.lowerBound
    let limit = address ?? value.upperBound
    while position < limit {
      switch folded[position] {
      case 0x3c: return position
      case 0x26 where starts(with: "&lt;", at: position): return position
      case 0x6d where starts(with: "mailto:", at: position): return position
      case 0x68 where starts(with: "http", at: position): return position
      default: position += 1
      }
    }
    return limit
  }

  private func starts(with text: StaticString, at position: Int) -> Bool {
    guard folded.count - position >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(folded[position..<position + $0.count]) }
  }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

  static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }
}
