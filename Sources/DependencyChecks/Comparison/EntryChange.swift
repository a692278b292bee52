internal import Documents
internal import Lockfiles
internal import Primitives

/// An entry that is new, gone or different: places in the two inventories.
package struct EntryChange: Sendable {
  /// Its place among the old entries; `nil` for one that is added.
  package let old: Int?
  /// Its place among the new entries; `nil` for one that is removed.
  package let new: Int?
  /// What differs, for one that stands on both sides.
  package let fields: Fields

  package init(old: Int?, new: Int?, fields: Fields = []) {
    self.old = old
    self.new = new
    self.fields = fields
  }

  package enum Operation: String, Sendable {
    case added, removed, changed
  }

  package var operation: Operation { old == nil ? .added : new == nil ? .removed : .changed }

  /// What of an entry may differ.
  package struct Fields: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let name = Fields(rawValue: 1)
    package static let version = Fields(rawValue: 2)
    /// The address or its kind.
    package static let source = Fields(rawValue: 4)
    package static let revision = Fields(rawValue: 8)
    package static let integrity = Fields(rawValue: 16)
    package static let runsCode = Fields(rawValue: 32)
    package static let scope = Fields(rawValue: 64)
    package static let alias = Fields(rawValue: 128)
    package static let locator = Fields(rawValue: 256)
    /// Values of the entry that none of the others stands for.
    package static let other = Fields(rawValue: 512)
  }
}

/// Pairs the entries of two inventories.
struct EntryPairing {
  private let old: Inventory
  private let new: Inventory
  /// For every old entry its partner.
  private(set) var pairs: [Pair] = []
  /// How many entries were looked at in search of partners by name, again and again included.
  private(set) var steps = 0

  /// Places in the two lists of entries, one of which may be missing.
  struct Pair {
    private let oldPlace: Int32
    private let newPlace: Int32

    init(_ old: Int?, _ new: Int?) {
      oldPlace = Int32(old ?? -1)
      newPlace = Int32(new ?? -1)
    }

    var old: Int? { oldPlace < 0 ? nil : Int(oldPlace) }
    var new: Int? { newPlace < 0 ? nil : Int(newPlace) }
  }

  init(_ old: Inventory, _ new: Inventory) {
    self.old = old
    self.new = new
    let (leftOld, leftNew) = pairByLocator()
    pairByName(leftOld, leftNew)
  }

  /// Pairs what has the same locator, and yields the rest.
  private mutating func pairByLocator() -> ([Int], [Int]) {
    pairs.reserveCapacity(old.entries.count)
    var leftOld: [Int] = []
    var isPaired = [Bool](repeating: false, count: new.entries.count)
    var table: LocatorTable?
    var expected = 0
    for index in old.entries.indices {
      let locator = old.entries[index].locator
      var partner: Int?
      if expected < new.entries.count,
        old.document.equal(locator, new.entries[expected].locator, in: new.document)
      {
        partner = expected
      } else {
        let known = table ?? LocatorTable(new.entries)
        table = known
        partner = known.index(of: locator, in: old.document, among: new.entries, of: new.document)
      }
      guard let partner else {
        leftOld.append(index)
        continue
      }
      isPaired[partner] = true
      expected = partner + 1
      pairs.append(Pair(index, partner))
    }
    return (leftOld, new.entries.indices.filter { !isPaired[$0] })
  }

  /// Pairs what has the same name: where a locator holds the version or the source, an entry that
  /// changes either has another locator.
  private mutating func pairByName(_ leftOld: [Int], _ leftNew: [Int]) {
    guard !leftOld.isEmpty, !leftNew.isEmpty else {
      pairs += leftOld.map { Pair($0, nil) } + leftNew.map { Pair(nil, $0) }
      return
    }
    var waiting = WaitingEntries()
    for index in leftNew {
      let view = EntryView(inventory: new, entry: new.entries[index])
      waiting.add(index, view, isVersioned: isVersioned(view))
    }
    var rest: [Int] = []
    for index in leftOld {
      let view = EntryView(inventory: old, entry: old.entries[index])
      if let match = waiting.takeSameRelease(as: view) {
        pairs.append(Pair(index, match))
      } else {
        rest.append(index)
      }
    }
    for index in rest {
      let view = EntryView(inventory: old, entry: old.entries[index])
      pairs.append(Pair(index, isVersioned(view) ? waiting.takeOtherVersion(than: view) : nil))
    }
    for index in leftNew where !waiting.isTaken(index) { pairs.append(Pair(nil, index)) }
    steps += waiting.steps
  }

  /// Whether the locator holds the version.
  private func isVersioned(_ view: EntryView) -> Bool {
    !view.version.isEmpty && view.locator.contains(bytes: view.version)
  }
}

/// Compares what two paired entries say of themselves.
struct EntryFields {
  private let old: DocumentView
  private let new: DocumentView
  private let oldDigests: [Text]
  private let newDigests: [Text]

  init(_ old: Inventory, _ left: DocumentView, _ new: Inventory, _ right: DocumentView) {
    self.old = left
    self.new = right
    oldDigests = old.digests
    newDigests = new.digests
  }

  /// What differs, but for `.other`.
  ///
  /// - Parameter isCopy: whether the entries are the same bytes (`DocumentView.isCopy`). What they say
  ///   may still differ, where other parts of the file have a say in it.
  func compare(_ left: Entry, _ right: Entry, isCopy: Bool) -> EntryChange.Fields {
    let place = isCopy ? old.place(left.node.index) : 0..<0
    let shift = isCopy ? new.place(right.node.index).lowerBound - place.lowerBound : 0
    func areEqual(_ text: Text, _ other: Text) -> Bool {
      guard text.count == other.count else { return false }
      if text.isEmpty { return true }
      let range = text.range
      if range.lowerBound >= place.lowerBound, range.upperBound <= place.upperBound,
        Int(other.start) == range.lowerBound + shift
      {
        return true
      }
      return old.bytes(text).equals(new.bytes(other))
    }
    var fields: EntryChange.Fields = []
    if !areEqual(left.locator, right.locator) { fields.insert(.locator) }
    if !areEqual(left.name, right.name) { fields.insert(.name) }
    if !areEqual(left.version, right.version) { fields.insert(.version) }
    if left.sourceKind != right.sourceKind || !areEqual(left.source, right.source) {
      fields.insert(.source)
    }
    if !areEqual(left.revision, right.revision) { fields.insert(.revision) }
    if !areEqual(left.alias, right.alias) { fields.insert(.alias) }
    if left.scope != right.scope { fields.insert(.scope) }
    if left.runsCode != right.runsCode { fields.insert(.runsCode) }
    if left.digestCount != right.digestCount {
      fields.insert(.integrity)
    } else {
      for place in 0..<Int(left.digestCount)
      where !areEqual(
        oldDigests[Int(left.firstDigest) + place], newDigests[Int(right.firstDigest) + place])
      {
        fields.insert(.integrity)
      }
    }
    return fields
  }
}
