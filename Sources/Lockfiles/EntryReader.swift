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

  /// The finished inventory.
  ///
  /// - Throws: `.duplicateEntry` when two entries have one locator: then it is not known which of them
  ///   a package manager takes.
  consuming func finish() throws(Unread) -> Inventory {
    try LocatorTable.requireUnique(inventory.entries, in: builder.document)
    return Inventory(
      document: builder.document, formatVersion: inventory.formatVersion,
      entries: inventory.entries, requirements: inventory.requirements,
      digests: inventory.digests)
  }

  /// Makes room for entries whose number is known, or nearly.
  mutating func reserve(_ count: Int) { inventory.entries.reserveCapacity(count) }

  package mutating func add(_ entry: Entry, integrity: [Text] = []) {
    var entry = entry
    entry.firstDigest = UInt32(inventory.digests.count)
    entry.digestCount = UInt32(integrity.count)
    inventory.digests += integrity
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

  /// Whether an entry has the same integrity values, in their order, as one of another reader.
  package func digestsEqual(_ entry: Entry, _ other: Entry, of reader: EntryReader) -> Bool {
    let left = inventory.integrity(of: entry)
    let right = reader.inventory.integrity(of: other)
    return left.count == right.count
      && zip(left, right).allSatisfy { document.equal($0, $1, in: reader.document) }
  }

  package mutating func setFormatVersion(_ text: Text) { inventory.formatVersion = text }

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

  // MARK: Shapes

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
struct LocatorTable: Sendable {
  private var slots: [UInt32]

  /// - Parameter entries: entries of the document, whose locators differ from one another.
  init(_ entries: [Entry], in document: borrowing Document) {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for (index, entry) in entries.enumerated() {
      var slot = document.hash(entry.locator) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// The place in `entries` of the one whose locator is this text of another document.
  func index(
    of locator: Text, in other: borrowing Document, among entries: [Entry],
    of document: borrowing Document
  ) -> Int? {
    var slot = other.hash(locator) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if document.equal(entries[index].locator, locator, in: other) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Throws when two entries have the same locator.
  static func requireUnique(
    _ entries: [Entry], in document: borrowing Document
  ) throws(Unread) {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    var slots = [UInt32](repeating: 0, count: size)
    for (index, entry) in entries.enumerated() {
      var slot = document.hash(entry.locator) & (size - 1)
      while slots[slot] != 0 {
        guard !document.equal(entries[Int(slots[slot]) - 1].locator, entry.locator, in: document)
        else { throw Unread(.duplicateEntry, at: document.range(entry.node).lowerBound) }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(index + 1)
    }
  }
}
