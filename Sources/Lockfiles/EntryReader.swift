package import Documents

/// What a format reads from and writes into: the document, and the entries found so far.
package struct EntryReader: Sendable {
  private var builder: DocumentBuilder
  private var inventory: Inventory

  init(_ document: Document, limits: ReadingLimits) {
    builder = DocumentBuilder(document, limits: limits)
    inventory = Inventory(document: Document(pool: []))
  }

  /// Lent, not copied: a format asks it many times for each entry.
  package var document: Document {
    _read { yield builder.document }
  }
  /// The whole file.
  package var root: NodeID { .root }

  /// Asks for entries that differ in their locators.
  ///
  /// - Throws: `.duplicateEntry` when two entries have one locator: then it is not known which of them
  ///   a package manager takes.
  func requireUniqueEntries() throws(Unread) {
    try LocatorTable.requireUnique(inventory.entries, in: builder.document)
  }

  /// The finished inventory.
  consuming func finish() -> Inventory {
    Inventory(
      document: builder.document, formatVersion: inventory.formatVersion,
      entries: inventory.entries, requirements: inventory.requirements,
      digests: inventory.digests, digestWord: inventory.digestWord,
      digestsByFile: inventory.digestsByFile)
  }

  /// Makes room for entries whose number is known, or nearly.
  mutating func reserve(_ count: Int) {
    inventory.entries.reserveCapacity(count)
    // Most entries have one digest.
    inventory.digests.reserveCapacity(count)
  }

  package mutating func add(_ entry: Entry, integrity: [Text] = []) {
    var entry = entry
    entry.firstDigest = UInt32(inventory.digests.count)
    entry.digestCount = UInt32(integrity.count)
    inventory.digests += integrity
    append(entry)
  }

  /// - Parameter files: the integrity values of each of its files.
  mutating func add(_ entry: Entry, files: [[Text]]) {
    let digests = files.flatMap { $0 }
    if files.count > 1, !digests.isEmpty {
      inventory.digestsByFile[UInt32(inventory.digests.count)] = files.map(\.count)
    }
    add(entry, integrity: digests)
  }

  /// - Parameter digest: its one integrity value, when it has any.
  mutating func add(_ entry: Entry, digest: Text?) {
    var entry = entry
    entry.firstDigest = UInt32(inventory.digests.count)
    if let digest {
      inventory.digests.append(digest)
      entry.digestCount = 1
    }
    append(entry)
  }

  /// - Parameter integrityValues: digests with spaces between them (W3C Subresource Integrity, 3.3).
  mutating func add(_ entry: Entry, integrityValues: Text) {
    var entry = entry
    entry.firstDigest = UInt32(inventory.digests.count)
    var rest = integrityValues
    while !rest.isEmpty {
      let end = builder.document.firstIndex(of: 0x20, in: rest) ?? Int(rest.count)
      if end > 0 { inventory.digests.append(builder.document.prefix(end, of: rest)) }
      rest = builder.document.dropFirst(end + 1, of: rest)
    }
    entry.digestCount = UInt32(inventory.digests.count) - entry.firstDigest
    append(entry)
  }

  private mutating func append(_ entry: Entry) {
    var entry = entry
    entry.locatorHash = builder.document.shortHash(entry.locator)
    inventory.entries.append(entry)
  }

  package mutating func add(_ requirement: Requirement) {
    inventory.requirements.append(requirement)
  }

  package var entries: [Entry] { inventory.entries }
  package var requirements: [Requirement] { inventory.requirements }

  /// Changes entries once all are known.
  package mutating func updateEntries(_ change: (inout Entry) -> Void) {
    for index in inventory.entries.indices { change(&inventory.entries[index]) }
  }

  /// Notes that the project itself asks for an entry.
  mutating func setDirect(_ place: Int) { inventory.entries[place].isDirect = true }

  /// Whether an entry has the same integrity values, in their order, as one of another reader.
  package func digestsEqual(_ entry: Entry, _ other: Entry, of reader: EntryReader) -> Bool {
    let left = inventory.digestTexts(of: entry)
    let right = reader.inventory.digestTexts(of: other)
    return left.count == right.count
      && zip(left, right).allSatisfy { document.equal($0, $1, in: reader.document) }
  }

  package mutating func setFormatVersion(_ text: Text) { inventory.formatVersion = text }

  /// Says what stands before every digest, where the file has bare digits of one algorithm.
  mutating func setDigestWord(_ word: StaticString) { inventory.digestWord = word }

  /// Joins bytes into a text of the document: a locator made of several parts, a decoded URL.
  package mutating func compose(_ bytes: some Collection<UInt8>) throws(Unread) -> Text {
    try builder.keep(bytes)
  }

  /// The same of texts and words between them.
  package mutating func compose(
    _ first: Text, _ separator: StaticString, _ second: Text
  ) throws(Unread) -> Text {
    try builder.keep(first, separator, second)
  }

  /// `name version (source)`: where that is what a package is.
  mutating func locator(
    _ name: Text, _ version: Text, _ source: Text = .empty
  ) throws(Unread) -> Text {
    guard !source.isEmpty else {
      return version.isEmpty ? name : try builder.keep(name, " ", version)
    }
    return version.isEmpty
      ? try builder.keep(name, " (", source, ")")
      : try builder.keep(name, " ", version, " (", source, ")")
  }

  /// Joins a word and a text: `sha256:` and hex digits.
  mutating func compose(_ word: StaticString, _ text: Text) throws(Unread) -> Text {
    try compose(.empty, word, text)
  }

  // MARK: Shapes

  /// The values in an object or array as a list of their own: composing a text while a sequence of
  /// them is alive would copy the document each time.
  func children(of node: NodeID) -> [NodeID] {
    var list: [NodeID] = []
    guard !document.isScalar(node) else { return list }
    list.reserveCapacity(document.childCount(node))
    var child = document.nodes[node.index].firstChild
    while child != 0 {
      list.append(NodeID(Int(child)))
      child = document.nodes[Int(child)].nextSibling
    }
    return list
  }

  /// The value under a key, which must be there and an object.
  package func object(_ key: StaticString, of node: NodeID) throws(Unread) -> NodeID {
    guard let child = document.child(key, of: node), document.isObject(child) else {
      throw unread(.wrongShape, node)
    }
    return child
  }

  /// The text under a key, which must be there.
  package func text(_ key: StaticString, of node: NodeID) throws(Unread) -> Text {
    guard let text = document.text(key, of: node) else { throw unread(.wrongShape, node) }
    return text
  }

  /// An error at a value.
  package func unread(_ reason: Unread.Reason, _ node: NodeID) -> Unread {
    Unread(reason, at: document.range(node).lowerBound)
  }
}

/// Finds entries by their locators.
package struct LocatorTable: Sendable {
  private var slots: HashSlots

  /// - Parameter entries: entries of the document, whose locators differ from one another.
  package init(_ entries: [Entry], in document: borrowing Document) {
    slots = HashSlots(capacity: entries.count)
    for index in entries.indices {
      slots.add(index, HashSlots.spread(entries[index].locatorHash))
    }
  }

  /// The place in `entries` of the one whose locator is this text of another document.
  package func index(
    of locator: Text, in other: borrowing Document, among entries: [Entry],
    of document: borrowing Document
  ) -> Int? {
    slots.find(HashSlots.spread(other.shortHash(locator))) {
      document.equal(entries[$0].locator, locator, in: other)
    }
  }

  /// The same of a text that stands in no document.
  package func index(
    of locator: [UInt8], among entries: [Entry], of document: borrowing Document
  ) -> Int? {
    slots.find(HashSlots.spread(locator.withUnsafeBytes { Document.shortHash($0) })) {
      document.bytes(entries[$0].locator).elementsEqual(locator)
    }
  }

  /// Throws when two entries have the same locator.
  static func requireUnique(
    _ entries: [Entry], in document: borrowing Document
  ) throws(Unread) {
    var slots = HashSlots(capacity: entries.count)
    for index in entries.indices {
      let locator = entries[index].locator
      let first = slots.insert(index, HashSlots.spread(entries[index].locatorHash)) {
        document.equal(entries[$0].locator, locator, in: document)
      }
      guard first == nil else {
        throw Unread(.duplicateEntry, at: document.range(entries[index].node).lowerBound)
      }
    }
  }
}
