/// Reads who a name and an address belong to, from folded text.
struct IdentityReader {
  /// An entry that was named, and whether beyond doubt.
  struct Match: Hashable {
    let entry: Int
    let certain: Bool
  }

  /// What a name counts for that people bear too.
  enum SharedNames {
    /// On an author line of a commit: nothing.
    case ignored
    /// Beside a claim of authorship: only without anybody's address beside it.
    case doubted
    /// Beside a claim that names tools.
    case accepted
  }

  let index: CatalogIndex
  private(set) var matches: [Match] = []
  private var pieces = NamePieces()
  private var scratch: [UInt8] = []
  private static let hubDomain = Array("users.noreply.github.com".utf8)

  init(_ index: CatalogIndex) {
    self.index = index
  }

  mutating func clear() {
    matches.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ entry: Int, certain: Bool) {
    if let place = matches.firstIndex(where: { $0.entry == entry }) {
      if certain, !matches[place].certain { matches[place] = Match(entry: entry, certain: true) }
    } else {
      matches.append(Match(entry: entry, certain: certain))
    }
  }

  /// Whether any match is with an agent.
  var namesAgent: Bool { matches.contains { index.entries[$0.entry].category == .agent } }

  // MARK: Addresses

  /// Matches every address in `range`: in angle brackets, escaped for HTML, behind `mailto:`, with
  /// an unclosed bracket, or bare.
  ///
  /// - Returns: Where the first one begins, or `nil` when there is none.
  mutating func readAddresses(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    var first: Int?
    var floor = range.lowerBound
    var at = range.lowerBound
    while at < range.upperBound {
      guard text[at] == 0x40 else {
        at += 1
        continue
      }
      // A space on either side of the `@` is left out; the fold leaves never more than one.
      let localEnd = at > floor && text[at - 1] == 0x20 ? at - 1 : at
      var lower = localEnd
      while lower > floor, Self.isLocalPart(text[lower - 1]) { lower -= 1 }
      if lower < localEnd, text[lower] == 0x5b { lower += 1 }
      let next = at + 1
      let domain = next < range.upperBound && text[next] == 0x20 ? next + 1 : next
      var upper = domain
      while upper < range.upperBound, Self.isDomain(text[upper]) { upper += 1 }
      let addressEnd = text[domain..<upper].lastIndex { $0 != 0x2e && $0 != 0x2d } ?? domain - 1
      if first == nil { first = lower }
      readAddress(text, lower..<localEnd, domain..<Swift.max(domain, addressEnd + 1))
      at = Swift.max(upper, next)
      floor = at
    }
    return first
  }

  /// Matches one address.
  mutating func readAddress(_ text: [UInt8], _ local: Range<Int>, _ domain: Range<Int>) {
    guard !local.isEmpty, !domain.isEmpty, local.count + domain.count < 320 else { return }
    var address = scratch
    scratch = []
    address.removeAll(keepingCapacity: true)
    address += text[local]
    address.append(0x40)
    address += text[domain]
    match(.email, address, 0..<address.count)
    if text[domain].elementsEqual(Self.hubDomain) {
      var login = 0
      while login < local.count, (0x30...0x39).contains(address[login]) { login += 1 }
      if address[login] == 0x2b {
        match(.githubID, address, 0..<login)
        match(.login, address, login + 1..<local.count)
      } else {
        match(.login, address, 0..<local.count)
      }
    }
    scratch = address
  }

  private mutating func match(_ kind: CatalogIndex.Kind, _ text: [UInt8], _ range: Range<Int>) {
    index.forEach(kind, text, range) { add($0.entry, certain: true) }
  }

  private static func isLocalPart(_ byte: UInt8) -> Bool {
    isDomain(byte) || byte == 0x2b || byte == 0x5f || byte == 0x25 || byte == 0x5b || byte == 0x5d
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    WordStarts.isDomain(byte) || byte >= 0x80
  }

  // MARK: Names

  /// Matches the display name in `range`, as a whole or a piece of it.
  ///
  /// A name that the entry of the address itself bears is that entry's: `Copilot` beside the id of
  /// Copilot's review suggestions is not the coding agent.
  mutating func readName(
    _ text: [UInt8], _ range: Range<Int>, shared: SharedNames, besideAddress: Bool
  ) {
    let trimmed = Self.trimmed(text, range)
    guard !trimmed.isEmpty else { return }
    match(.login, text, trimmed)
    for suffix in index.nameSuffixes
    where text[trimmed].reversed().starts(with: index.text[suffix.key].reversed()) {
      add(suffix.entry, certain: true)
    }
    for infix in index.nameInfixes where Self.holds(text, trimmed, index.text[infix.key]) {
      add(infix.entry, certain: true)
    }
    let known = matches
    var pieceCount = 0
    var sharedEntries: [Int] = []
    var sharedPieceCount = 0
    pieces.start(trimmed)
    while pieces.next(text) {
      pieceCount += 1
      let found = readPiece(besides: known, tools: shared == .accepted)
      if !found.isEmpty {
        sharedPieceCount += 1
        sharedEntries += found
      }
      // `AGENT:MODEL [TOOLS]`: the model stands for an agent that nobody knows.
      if pieces.endedInColon, !(sharedEntries.isEmpty && matches.isEmpty) { break }
    }
    guard !sharedEntries.isEmpty else { return }
    let alone = sharedPieceCount == pieceCount
    switch shared {
    case .ignored: return
    case .accepted: for entry in sharedEntries { add(entry, certain: true) }
    case .doubted:
      guard alone || !besideAddress else { return }
      for entry in sharedEntries { add(entry, certain: alone && !besideAddress) }
    }
  }

  /// Matches the present piece: a product, or a product and a model.
  ///
  /// - Returns: The entries that only a shared name points at.
  ///
  /// - Parameter tools: Names count that elsewhere are common words.
  private mutating func readPiece(besides known: [Match], tools: Bool) -> [Int] {
    let wordCount = pieces.ends.count
    guard wordCount <= NamePieces.maximumWordCount else { return [] }
    var length = Swift.min(wordCount, 6)
    while length > 0 {
      let product = 0..<pieces.ends[length - 1]
      var named: [Int] = []
      var shared: [Int] = []
      index.forEach(.displayName, pieces.words, product) { named.append($0.entry) }
      index.forEach(.sharedName, pieces.words, product) { shared.append($0.entry) }
      if tools { index.forEach(.toolName, pieces.words, product) { shared.append($0.entry) } }
      if !(named.isEmpty && shared.isEmpty),
        restIsModel(from: length, of: named.isEmpty ? shared : nil)
      {
        if known.contains(where: { named.contains($0.entry) || shared.contains($0.entry) }) {
          return []
        }
        // A first name with a model behind it is no longer a first name.
        guard length < wordCount || !named.isEmpty else { return shared }
        for entry in named + shared { add(entry, certain: true) }
        return []
      }
      length -= 1
    }
    return []
  }

  /// Matches what a disclosure such as `Generated with` names: a product, perhaps with a model, and
  /// nothing more up to the end of the phrase.
  mutating func readDisclosed(
    _ text: [UInt8], _ range: Range<Int>, shared: Bool, tools: Bool
  ) {
    // Behind an emoji too: its bytes are no letters of a name.
    let start = range.first { NamePieces.isWord(text[$0]) && text[$0] < 0x80 } ?? range.upperBound
    pieces.start(start..<range.upperBound)
    guard pieces.next(text) else { return }
    pieces.dropLast(["assistance", "help"])
    let found = readPiece(besides: [], tools: tools)
    if shared { for entry in found { add(entry, certain: true) } }
  }

  private static func holds(
    _ text: [UInt8], _ range: Range<Int>, _ part: ArraySlice<UInt8>
  ) -> Bool {
    guard range.count >= part.count else { return false }
    return (range.lowerBound...range.upperBound - part.count).contains { start in
      text[start] == part.first && text[start..<start + part.count].elementsEqual(part)
    }
  }

  /// Whether the words behind a product are a model's.
  ///
  /// - Parameter entries: Whose models; any for `nil`. `Claude Max` may be a person, though another
  ///   vendor's model is called so.
  private func restIsModel(from first: Int, of entries: [Int]?) -> Bool {
    for number in first..<Swift.max(first, pieces.ends.count) {
      let word = pieces.ends[number - 1] + 1..<pieces.ends[number]
      if Self.isVersion(pieces.words[word]) { continue }
      var isModel = false
      index.forEach(.word, pieces.words, word) { _ in isModel = true }
      index.forEach(.model, pieces.words, word) { term in
        isModel = isModel || entries?.contains(term.entry) ?? true
      }
      guard isModel else { return false }
    }
    return true
  }

  /// `4.6`, `v2`, `20250929`, `4o`, `k2`, `1m`: digits and full stops, a letter before or behind.
  private static func isVersion(_ word: ArraySlice<UInt8>) -> Bool {
    var digits = word
    if let first = digits.first, LineReader.isLetter(first) { digits = digits.dropFirst() }
    if let last = digits.last, LineReader.isLetter(last) { digits = digits.dropLast() }
    return !digits.isEmpty && digits.count <= 12
      && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
  }

  /// Without the spaces, quotes and markup around a name.
  private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    func isTrimmed(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x20, 0x22, 0x27, 0x2a, 0x60, 0x2c, 0x3b, 0x2e: true
      default: false
      }
    }
    while lower < upper, isTrimmed(text[lower]) { lower += 1 }
    while upper > lower, isTrimmed(text[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
