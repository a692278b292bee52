/// A name and an address as a commit carries them, without the angle brackets.
package struct Ident: Hashable, Sendable {
  package let name: ArraySlice<UInt8>
  package let email: ArraySlice<UInt8>

  package init(name: ArraySlice<UInt8>, email: ArraySlice<UInt8>) {
    self.name = name
    self.email = email
  }
}

/// A message too long to be read: the caller must treat the commit as undecided.
package struct MessageTooLarge: Error, Hashable, Sendable {
  /// In bytes.
  package let count: Int
  package let limit: Int
}

extension SignalCatalog {
  /// How long a message may be, in bytes, when the caller does not say.
  package static let defaultMessageLimit = 1 << 20

  /// Every signal in the text of one commit: author, committer and message (Rule N).
  ///
  /// - An agent as author declares; an agent that is only the committer has handled the commit.
  /// - A line that claims an agent's part declares wherever it stands, in git's trailer block or
  ///   not; it is suspected when it is indented, quoted, in a closed code fence outside that block,
  ///   or spelled with look-alike letters.
  /// - A footer is suspected. Services and suggestion bots give hints of their own grades.
  ///
  /// Time is linear in the message. Adding text never removes a signal, save that a code fence put
  /// around a line outside the trailer block makes it suspected.
  ///
  /// - Parameter limit: The longest message that is read, in bytes.
  /// - Returns: One signal for each entry and kind, the highest, in the order of first sight.
  package func signals(
    author: Ident, committer: Ident, message: ArraySlice<UInt8>,
    limit: Int = SignalCatalog.defaultMessageLimit
  ) throws(MessageTooLarge) -> [Signal] {
    try signals(
      authorName: author.name.span, authorEmail: author.email.span,
      committerName: committer.name.span, committerEmail: committer.email.span,
      message: message.span, limit: limit)
  }

  /// The same for bytes that the caller holds in memory of any kind.
  package func signals(
    authorName: Span<UInt8>, authorEmail: Span<UInt8>, committerName: Span<UInt8>,
    committerEmail: Span<UInt8>, message: Span<UInt8>,
    limit: Int = SignalCatalog.defaultMessageLimit
  ) throws(MessageTooLarge) -> [Signal] {
    guard message.count <= limit else {
      throw MessageTooLarge(count: message.count, limit: limit)
    }
    var found: [Signal] = []
    readIdent(authorName, authorEmail, .author, into: &found)
    if !(equal(authorEmail, committerEmail) && equal(authorName, committerName)) {
      readIdent(committerName, committerEmail, .committer, into: &found)
    }
    var scan = MessageScan(self)
    scan.read(message)
    if !scan.hits.isEmpty {
      report(scan.hits, message, onWeb: Self.isWeb(committerEmail), into: &found)
    }
    return found
  }

  /// Whether a forge made the commit when somebody pressed a button: GitHub's committer, whose name
  /// anybody can write, so that it only ever decides how a suggestion bot is taken.
  private static func isWeb(_ email: Span<UInt8>) -> Bool {
    let web: StaticString = "noreply@github.com"
    guard email.count == web.utf8CodeUnitCount else { return false }
    return web.withUTF8Buffer { web in
      web.indices.allSatisfy { LineReader.lowered(email[$0]) == web[$0] }
    }
  }

  private func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }

  // MARK: Author and committer

  /// Whether an author or co-author is anybody of the catalog, beyond doubt.
  package func knows(_ ident: Ident) -> Bool {
    var found: [Signal] = []
    readIdent(ident.name.span, ident.email.span, .author, into: &found)
    return found.contains { $0.grade != .suspected }
  }

  private func readIdent(
    _ name: Span<UInt8>, _ email: Span<UInt8>, _ place: Signal.Place, into found: inout [Signal]
  ) {
    guard
      filters.words.mayName(name, 0..<name.count)
        || filters.words.mayName(email, 0..<email.count)
    else { return }
    let index = index
    var reader = IdentityReader(index)
    let resembles = reader.readIdent(name, email, lookAlikes: false)
    let plain = reader.matches
    if resembles, !reader.namesAgent {
      reader.clear()
      _ = reader.readIdent(name, email, lookAlikes: true)
    }
    for match in plain {
      add(match.entry, place, certain: match.certain, name, email, into: &found)
    }
    for match in reader.matches where !plain.contains(match) {
      add(match.entry, place, certain: false, name, email, into: &found)
    }
  }

  private func add(
    _ entry: Int, _ place: Signal.Place, certain: Bool, _ name: Span<UInt8>, _ email: Span<UInt8>,
    into found: inout [Signal]
  ) {
    let grade: Signal.Grade =
      switch (index.entries[entry].category, place) {
      case (.service, _): .service
      // A bot whose suggestions people accept wrote the commit itself when it is the author.
      case (_, .author): certain ? .declared : .suspected
      default: .informational
      }
    var quote: [UInt8] = []
    for index in 0..<Swift.min(name.count, Signal.quoteLimit) { quote.append(name[index]) }
    quote += [0x20, 0x3c]
    for index in 0..<Swift.min(email.count, Signal.quoteLimit) { quote.append(email[index]) }
    quote.append(0x3e)
    found.append(signal(entry, place.rawValue, grade, place, quote: quote))
  }

  // MARK: Message

  private func report(
    _ hits: [MessageScan.Hit], _ message: Span<UInt8>, onWeb: Bool, into found: inout [Signal]
  ) {
    let index = index
    let block = Trailers(of: message).block
    var best: [Signal] = []
    for hit in hits {
      let inBlock = block.contains(hit.lastLine.lowerBound)
      let line = inBlock ? hit.lastLine : hit.line
      let category = index.entries[hit.entry].category
      let grade: Signal.Grade =
        switch category {
        case .service: .service
        case .suggestion: .informational
        case .webSuggestion: onWeb ? .informational : .suspected
        case .agent:
          hit.kind == .trailer && hit.certain && (inBlock || !hit.fenced) ? .declared : .suspected
        }
      let place: Signal.Place = hit.kind == .footer ? .footer : inBlock ? .trailer : .text
      var quote: [UInt8] = []
      for index in line.prefix(Signal.quoteLimit) { quote.append(message[index]) }
      let signal = signal(
        hit.entry, hit.kind == .footer ? "footer" : "trailer", grade, place, quote: quote)
      if let known = best.firstIndex(where: { $0.id == signal.id }) {
        if best[known].grade < grade { best[known] = signal }
      } else {
        best.append(signal)
      }
    }
    found += best
  }
}

extension IdentityReader {
  /// Reads an author or committer.
  ///
  /// - Returns: Whether look-alikes would read something else.
  fileprivate mutating func readIdent(
    _ name: Span<UInt8>, _ email: Span<UInt8>, lookAlikes: Bool
  ) -> Bool {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    // An address of kilobytes is no agent's, and a name of kilobytes ends in none.
    let addressRange = 0..<Swift.min(email.count, 1024)
    var resembles = Folding.fold(email, addressRange, lookAlikes: lookAlikes, into: &text)
    text.removeAll { $0 == 0x20 || $0 == 0x3c || $0 == 0x3e }
    var isPlaceholder = false
    if let at = text.lastIndex(of: 0x40) {
      readAddress(text, 0..<at, at + 1..<text.count)
      isPlaceholder = Placeholders.contain(local: text[..<at], domain: text[(at + 1)...])
    }
    let nameStart = text.count
    let nameRange = Swift.max(0, name.count - 1024)..<name.count
    resembles = Folding.fold(name, nameRange, lookAlikes: lookAlikes, into: &text) || resembles
    readName(
      text, nameStart..<text.count, shared: isPlaceholder ? .doubted : .ignored,
      besideAddress: true)
    return resembles
  }
}
