package import Documents

/// What a format reads from and writes into: the document, and the entries found so far.
package struct EntryReader {
  let page: Page
  var inventory = Inventory.empty

  init(_ page: Page) { self.page = page }

  /// The whole file.
  var root: Cursor { page.root }

  /// What a format finds in a document.
  ///
  /// - Throws: besides what the format throws, `.duplicateEntry` when two entries have one locator:
  ///   then it is not known which of them a package manager takes.
  static func inventory(
    of document: Document, _ read: (inout EntryReader) throws(Unread) -> Void
  ) throws(Unread) -> Inventory {
    try document.nodes.withUnsafeBufferPointer { (nodes) throws(Unread) in
      try document.pool.withUnsafeBufferPointer { (pool) throws(Unread) in
        var content = Page.Content(
          nodes: nodes, pool: UnsafeRawBufferPointer(pool),
          documentCount: document.documentCount)
        return try withUnsafeMutablePointer(to: &content) { (content) throws(Unread) in
          var reader = EntryReader(Page(content))
          try read(&reader)
          return try reader.finish(document.with(content.pointee.composed))
        }
      }
    }
  }

  private func finish(_ document: Document) throws(Unread) -> Inventory {
    try LocatorTable.requireUnique(inventory.entries, in: document)
    return Inventory(
      document: document, formatVersion: inventory.formatVersion, entries: inventory.entries,
      requirements: inventory.requirements, digests: inventory.digests,
      digestWord: inventory.digestWord, digestsByFile: inventory.digestsByFile,
      otherAliases: inventory.otherAliases)
  }

  // MARK: The format

  /// Notes the version that the file names for its own format.
  mutating func setFormatVersion(_ version: Excerpt) {
    inventory.formatVersion = version.text
  }

  /// The same of a version that must be one of those that are known.
  ///
  /// - Parameter place: where the error is otherwise.
  @discardableResult
  mutating func setFormatVersion(
    _ version: Excerpt, oneOf known: StaticString..., at place: Cursor
  ) throws(Unread) -> Excerpt {
    guard known.contains(where: { version == $0 }) else { throw place.unread(.unknownVersion) }
    setFormatVersion(version)
    return version
  }

  /// Says what stands before every digest, where the file has bare digits of one algorithm.
  mutating func setDigestWord(_ word: StaticString) { inventory.digestWord = word }

  // MARK: Entries

  /// Makes room for entries whose number is known, or nearly.
  mutating func reserve(_ count: Int) {
    inventory.entries.reserveCapacity(count)
    // Most entries have one digest.
    inventory.digests.reserveCapacity(count)
  }

  /// How many entries there are, which is the place of the next one.
  var count: Int { inventory.entries.count }

  /// The entry at a place.
  subscript(place: Int) -> Draft { Draft(page, inventory.entries[place]) }

  mutating func add(_ entry: Draft, integrity: some Sequence<Excerpt> = [Excerpt]()) {
    var entry = entry.entry
    entry.firstDigest = UInt32(inventory.digests.count)
    for digest in integrity { inventory.digests.append(digest.text) }
    entry.digestCount = UInt32(inventory.digests.count) - entry.firstDigest
    entry.locatorHash = Excerpt(page, entry.locator).shortHash
    inventory.entries.append(entry)
  }

  /// Takes the names under which an entry is imported beside its own.
  mutating func setAliases(_ names: some Sequence<Excerpt>, of entry: inout Draft) {
    var aliases = entry.alias.isEmpty ? [] : [entry.alias]
    for name in names where name != entry.name && aliases.last != name { aliases.append(name) }
    guard let first = aliases.first else { return }
    entry.alias = first
    if aliases.count > 1 {
      inventory.otherAliases[entry.entry.node] = aliases.dropFirst().map(\.text)
    }
  }

  /// - Parameter files: the integrity values of each of its files.
  mutating func add(_ entry: Draft, files: [[Excerpt]]) {
    let digests = files.flatMap { $0 }
    if files.count > 1, !digests.isEmpty {
      inventory.digestsByFile[UInt32(inventory.digests.count)] = files.map(\.count)
    }
    add(entry, integrity: digests)
  }

  /// - Parameters:
  ///   - digest: its one integrity value, when it has any.
  ///   - word: what the file leaves out before it: `sha256:`.
  mutating func add(
    _ entry: Draft, digest: Excerpt?, behind word: StaticString? = nil
  ) throws(Unread) {
    guard var digest, !digest.isEmpty else { return add(entry) }
    if let word { digest = try word + digest }
    add(entry, integrity: CollectionOfOne(digest))
  }

  /// Changes entries once all are known; each comes with its place.
  mutating func updateEntries(_ change: (Int, inout Draft) -> Void) {
    for place in inventory.entries.indices {
      var draft = Draft(page, inventory.entries[place])
      change(place, &draft)
      inventory.entries[place] = draft.entry
    }
  }

  /// Notes that the project itself asks for an entry.
  mutating func setDirect(_ place: Int) { inventory.entries[place].isDirect = true }

  /// Finds entries by their locators, once all are known.
  var locators: LocatorTable { LocatorTable(inventory.entries) }

  /// The integrity values of an entry.
  func digests(of entry: Draft) -> [Excerpt] {
    inventory.digestTexts(of: entry.entry).map { Excerpt(page, $0) }
  }

  // MARK: Requirements

  /// What the projects ask for.
  var requirements: [Requirement] { inventory.requirements }

  mutating func addRequirement(
    _ node: Cursor, _ name: Excerpt, _ specification: Excerpt?, _ scope: Entry.Scope = .runtime,
    member: Excerpt = .empty
  ) {
    inventory.requirements.append(
      Requirement(
        node: node.node, name: name.text,
        specification: specification?.text ?? .empty, scope: scope,
        member: member.text))
  }
}

/// An entry while a format reads it: its texts can be compared and cut.
@dynamicMemberLookup
struct Draft {
  fileprivate let page: Page
  fileprivate(set) var entry: Entry

  init(_ page: Page, _ entry: Entry) {
    self.page = page
    self.entry = entry
  }

  /// - Parameter locator: what names it and no other of the file, where its name does not.
  init(_ node: Cursor, _ ecosystem: Ecosystem, _ name: Excerpt, locator: Excerpt? = nil) {
    page = node.page
    let name = name.text
    entry = Entry(
      node: node.node, locator: locator?.text ?? name, name: name,
      ecosystem: ecosystem)
  }

  var versionIsSource: Bool { entry.versionIsSource }

  /// Where it stands.
  var node: Cursor {
    get { Cursor(page, entry.node) }
    set { entry.node = newValue.node }
  }

  subscript(dynamicMember member: WritableKeyPath<Entry, Text>) -> Excerpt {
    get { Excerpt(page, entry[keyPath: member]) }
    set { entry[keyPath: member] = newValue.text }
  }

  subscript<Value>(dynamicMember member: WritableKeyPath<Entry, Value>) -> Value {
    get { entry[keyPath: member] }
    set { entry[keyPath: member] = newValue }
  }
}

/// Finds entries by their locators.
package struct LocatorTable: Sendable {
  private var slots: HashSlots

  /// - Parameter entries: entries of one document, whose locators differ from one another.
  package init(_ entries: [Entry]) {
    slots = HashSlots(capacity: entries.count)
    for index in entries.indices {
      slots.add(index, HashSlots.spread(entries[index].locatorHash))
    }
  }

  /// The place in `entries` of the one whose locator is this text.
  func place(of locator: Excerpt, in reader: EntryReader) -> Int? {
    slots.find(HashSlots.spread(locator.shortHash)) { reader[$0].locator == locator }
  }

  /// The same of a text of another document.
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
