internal import Documents
internal import Lockfiles

/// Compares the two readings of a file.
struct FileComparison {
  private let format: Format?
  private let lines: LineDiff
  private(set) var changes: [EntryChange] = []
  private(set) var facts: [FactChange] = []
  private(set) var coverage: Coverage

  init(format: Format?, lines: LineDiff) {
    self.format = format
    self.lines = lines
    // Until something is compared, nothing is explained.
    coverage = Coverage(residual: lines)
  }

  mutating func compare(_ old: FileDiff.Reading, _ new: FileDiff.Reading) {
    guard let format, old.inventory != nil || new.inventory != nil,
      old.inventory != nil || old.isAbsent, new.inventory != nil || new.isAbsent
    else { return }
    let (before, after) = (old.inventory ?? .empty, new.inventory ?? .empty)
    let classes = KeyClasses(format)
    var (oldPlaces, newPlaces) = (Coverage.Places(), Coverage.Places())
    before.withView { left in
      after.withView { right in
        var tree = TreeComparison(left, right, classes)
        compareEntries(before, left, after, right, &tree)
        if left.nodes.isEmpty {
          tree.addOneSided(.root, isOld: false, at: [])
        } else if right.nodes.isEmpty {
          tree.addOneSided(.root, isOld: true, at: [])
        } else {
          tree.compareRoots(
            oldDocuments: before.document.documentCount,
            newDocuments: after.document.documentCount)
        }
        facts = tree.takeFacts()
        for change in changes {
          if let index = change.old {
            left.addRanges(of: before.entries[index].node.index, to: &oldPlaces.explained)
          }
          if let index = change.new {
            right.addRanges(of: after.entries[index].node.index, to: &newPlaces.explained)
          }
        }
        for fact in facts {
          let kind: WritableKeyPath<Coverage.Places, [Range<Int>]> =
            fact.keyClass == .unknown ? \.unknown : \.explained
          if let node = fact.old { left.addRanges(of: node.index, to: &oldPlaces[keyPath: kind]) }
          if let node = fact.new { right.addRanges(of: node.index, to: &newPlaces[keyPath: kind]) }
        }
        // More differences than are kept: what was left out must not pass for neutral.
        guard !tree.isCut else { return }
        coverage = Coverage(
          lines, old: oldPlaces, oldBytes: old.bytes, new: newPlaces, newBytes: new.bytes)
      }
    }
  }

  private mutating func compareEntries(
    _ old: Inventory, _ left: DocumentView, _ new: Inventory, _ right: DocumentView,
    _ tree: inout TreeComparison
  ) {
    let pairing = EntryPairing(old, new)
    let comparison = EntryFields(old, left, new, right)
    var parents: EntryPaths?
    for pair in pairing.pairs {
      guard let oldIndex = pair.old, let newIndex = pair.new else {
        changes.append(EntryChange(old: pair.old, new: pair.new))
        continue
      }
      let (entry, other) = (old.entries[oldIndex], new.entries[newIndex])
      let isCopy = left.isCopy(entry.node.index, of: other.node.index, in: right)
      var fields = comparison.compare(entry, other, isCopy: isCopy)
      if !isCopy, !tree.areEqual(entry.node, other.node) {
        let paths = parents ?? EntryPaths(right)
        parents = paths
        tree.compare(entry.node, other.node, at: paths.path(of: other.node))
        let own = Self.ownTexts(other, new)
        let others = tree.takeFacts().contains { fact in
          guard fact.keyClass != .metadata else { return false }
          guard let node = fact.new, right.isScalar(node.index) else { return true }
          return !own.contains(right.nodes[node.index].textStart)
        }
        if others { fields.insert(.other) }
      }
      if !fields.isEmpty {
        changes.append(EntryChange(old: oldIndex, new: newIndex, fields: fields))
      }
    }
  }

  /// Where the texts of an entry's fields stand.
  private static func ownTexts(_ entry: Entry, _ inventory: Inventory) -> [UInt32] {
    let fields = [entry.name, entry.version, entry.source, entry.revision]
    // Bare digits are a digest only with the word that the format puts before them.
    let digests = inventory.digestWord.utf8CodeUnitCount > 0 ? [] : inventory.digestTexts(of: entry)
    // An empty text stands nowhere.
    return (fields + digests).filter { !$0.isEmpty }.map(\.start)
  }
}

/// The keys that lead to a value of a document.
struct EntryPaths {
  private let view: DocumentView
  private var parents: [UInt32]

  init(_ view: DocumentView) {
    self.view = view
    parents = Array(repeating: 0, count: view.nodes.count)
    // Children and siblings stand behind a value, so one pass in the order of the file reaches all.
    for node in view.nodes.indices {
      if !view.isScalar(node), view.nodes[node].firstChild != 0 {
        parents[Int(view.nodes[node].firstChild)] = UInt32(node)
      }
      let sibling = Int(view.nodes[node].nextSibling)
      if sibling != 0 { parents[sibling] = parents[node] }
    }
  }

  /// An element of an array is `*` here: its place says nothing about what it means.
  func path(of node: NodeID) -> [[UInt8]] {
    var path: [[UInt8]] = []
    var node = node.index
    while node != 0 {
      let parent = Int(parents[node])
      path.append(view.nodes[parent].kind == .array ? [0x2a] : Array(view.key(node)))
      node = parent
    }
    return path.reversed()
  }
}

extension DocumentView {
  /// Adds where a value stands, and what of it stands elsewhere (a TOML table that goes on later).
  func addRanges(of node: Int, to ranges: inout [Range<Int>]) {
    let range = Int(nodes[node].start)..<Int(nodes[node].end)
    ranges.append(range)
    guard !isScalar(node) else { return }
    var child = Int(nodes[node].firstChild)
    while child != 0 {
      let own = Int(nodes[child].start)..<Int(nodes[child].end)
      if !isScalar(child) || own.lowerBound < range.lowerBound || own.upperBound > range.upperBound
      {
        addRanges(of: child, to: &ranges)
      }
      child = Int(nodes[child].nextSibling)
    }
  }
}
