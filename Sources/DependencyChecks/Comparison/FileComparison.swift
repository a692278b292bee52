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
    var (oldPlaces, newPlaces) = (Coverage.Places(), Coverage.Places())
    before.withView(format.syntax) { left in
      after.withView(format.syntax) { right in
        var tree = TreeComparison(left, right, format)
        compareEntries(before, left, after, right, &tree)
        tree.compareRoots(
          oldDocuments: before.document.documentCount, newDocuments: after.document.documentCount)
        facts += tree.facts
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
        guard !tree.isCut, facts.count <= TreeComparison.most else { return }
        coverage = Coverage(
          lines, old: oldPlaces, oldBytes: old.bytes, new: newPlaces, newBytes: new.bytes)
      }
    }
  }

  /// Compares the entries, and keeps of their values those that a person has to see beside them.
  private mutating func compareEntries(
    _ old: Inventory, _ left: DocumentView, _ new: Inventory, _ right: DocumentView,
    _ tree: inout TreeComparison
  ) {
    let pairing = EntryPairing(old, new)
    let comparison = EntryFields(old, left, new, right)
    var (oldPaths, newPaths): (EntryPaths?, EntryPaths?)
    for pair in pairing.pairs {
      guard let oldIndex = pair.old, let newIndex = pair.new else {
        changes.append(EntryChange(old: pair.old, new: pair.new))
        if let index = pair.old {
          let paths = oldPaths ?? EntryPaths(left, isOld: true)
          oldPaths = paths
          let node = old.entries[index].node
          keep(tree.oneSidedEntry(node, isOld: true, at: paths.path(of: node)), isWhole: true)
        }
        if let index = pair.new {
          let paths = newPaths ?? EntryPaths(right, isOld: false)
          newPaths = paths
          let node = new.entries[index].node
          keep(tree.oneSidedEntry(node, isOld: false, at: paths.path(of: node)), isWhole: true)
        }
        continue
      }
      let (entry, other) = (old.entries[oldIndex], new.entries[newIndex])
      let isCopy = left.isCopy(entry.node.index, of: other.node.index, in: right)
      var fields = comparison.compare(entry, other, isCopy: isCopy)
      let isLine = left.isScalar(entry.node.index) && right.isScalar(other.node.index)
      if !isCopy, !isLine, !tree.areEqual(entry.node, other.node) {
        let paths = newPaths ?? EntryPaths(right, isOld: false)
        newPaths = paths
        let own = (EntryTexts(entry, old), EntryTexts(other, new))
        let others = tree.compareEntry(entry.node, other.node, at: paths.path(of: other.node))
          .filter { fact in
            if fact.isNeutral { return false }
            guard let rest = own.0.rest(of: fact.old, left),
              let other = own.1.rest(of: fact.new, right)
            else { return true }
            return rest != other
          }
        if !others.isEmpty { fields.insert(.other) }
        keep(others, isWhole: false)
      }
      if !isCopy, !isSameLine(entry, old, left, other, new, right) {
        fields.insert(.other)
        if isLine {
          let (before, after) = (
            oldPaths ?? EntryPaths(left, isOld: true), newPaths ?? EntryPaths(right, isOld: false)
          )
          (oldPaths, newPaths) = (before, after)
          let paths = (
            before.path(of: entry.node).map { $0.bytes(left) },
            after.path(of: other.node).map { $0.bytes(right) }
          )
          // What stands behind an option of a line is handed to the build.
          let runs = entry.runsCode == .yes || other.runsCode == .yes
          let keyClass = runs ? KeyClass.runsCode : .dependency
          if right.text(other.node.index).isEmpty {
            // The line is a key.
            facts.append(FactChange(path: paths.0, keyClass: keyClass, old: entry.node, new: nil))
            facts.append(FactChange(path: paths.1, keyClass: keyClass, old: nil, new: other.node))
          } else {
            facts.append(
              FactChange(path: paths.1, keyClass: keyClass, old: entry.node, new: other.node))
          }
        }
      }
      if !fields.isEmpty {
        changes.append(EntryChange(old: oldIndex, new: newIndex, fields: fields))
      }
    }
  }

  /// - Parameter isWhole: whether the entry stands on one side only: which code it brings is then as new
  ///   as the entry itself.
  private mutating func keep(_ found: [FactChange], isWhole: Bool) {
    facts += found.filter { fact in
      switch fact.keyClass {
      case nil, .dependency: false
      case .selectsCode: !isWhole
      case .unknown, .origin, .runsCode, .agentConfig, .visibility: true
      }
    }
  }

  /// Whether two entries say the same in their keys and, where they are one line each, in these lines,
  /// beside their own fields.
  private func isSameLine(
    _ entry: Entry, _ old: Inventory, _ left: DocumentView, _ other: Entry, _ new: Inventory,
    _ right: DocumentView
  ) -> Bool {
    let (a, b) = (entry.node.index, other.node.index)
    let isSameKey = left.key(a).equals(right.key(b))
    let isSameText =
      !left.isScalar(a) || !right.isScalar(b) || left.text(a).equals(right.text(b))
    if isSameKey, isSameText { return true }
    let (before, after) = (EntryTexts(entry, old), EntryTexts(other, new))
    func areSame(_ rest: [ArraySlice<UInt8>]?, _ other: [ArraySlice<UInt8>]?) -> Bool {
      rest != nil && rest == other
    }
    return
      (isSameKey
      || areSame(before.rest(ofKey: entry.node, left), after.rest(ofKey: other.node, right)))
      && (isSameText
        || areSame(before.rest(of: entry.node, left), after.rest(of: other.node, right)))
  }
}

/// Where the texts of an entry's fields stand: what a change of them says is said of the fields.
struct EntryTexts {
  private let ranges: [Range<Int>]

  init(_ entry: Entry, _ inventory: Inventory) {
    let fields = [
      entry.locator, entry.name, entry.version, entry.source, entry.revision, entry.alias,
    ]
    // Bare digits are a digest only with the word that the format puts before them.
    let digests = inventory.digestWord.utf8CodeUnitCount > 0 ? [] : inventory.digestTexts(of: entry)
    // In the order of their places, so that those of one value are found without a walk along all.
    ranges = (fields + digests).filter { !$0.isEmpty }.map(\.range)
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// What a scalar says beside the fields that stand in it; `nil` where none does.
  func rest(of node: NodeID?, _ view: DocumentView) -> [ArraySlice<UInt8>]? {
    guard let node else { return [] }
    guard view.isScalar(node.index) else { return nil }
    return rest(of: view.text(node.index), at: Int(view.nodes[node.index].textStart))
  }

  func rest(ofKey node: NodeID, _ view: DocumentView) -> [ArraySlice<UInt8>]? {
    rest(of: view.key(node.index), at: Int(view.nodes[node.index].keyStart))
  }

  /// The words of a text without the fields, each once where it is repeated: `--hash=` of several.
  private func rest(of text: UnsafeRawBufferPointer, at start: Int) -> [ArraySlice<UInt8>]? {
    var bytes = Array(text)
    var hasFields = false
    var place = ranges.firstIndex(from: start)
    while place < ranges.count, ranges[place].lowerBound < start + bytes.count {
      let range = ranges[place]
      place += 1
      guard range.upperBound <= start + bytes.count else { continue }
      hasFields = true
      // No text that is read has a NUL.
      for index in range { bytes[index - start] = 0 }
    }
    guard hasFields else { return nil }
    var words: [ArraySlice<UInt8>] = []
    for word in bytes.split(whereSeparator: { $0 == 0 || $0 == UInt8(ascii: " ") })
    where words.last != word { words.append(word) }
    return words
  }
}

extension [Range<Int>] {
  /// The place of the first range that begins at a number or behind it, of ranges in order.
  fileprivate func firstIndex(from start: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lowerBound < start { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The keys that lead to a value of a document.
struct EntryPaths {
  private let view: DocumentView
  private let isOld: Bool
  private var parents: [UInt32]
  private var places: [UInt32]

  init(_ view: DocumentView, isOld: Bool) {
    self.view = view
    self.isOld = isOld
    parents = Array(repeating: 0, count: view.nodes.count)
    places = parents
    // Children and siblings stand behind a value, so one pass in the order of the file reaches all.
    for node in view.nodes.indices {
      if !view.isScalar(node), view.nodes[node].firstChild != 0 {
        parents[Int(view.nodes[node].firstChild)] = UInt32(node)
      }
      let sibling = Int(view.nodes[node].nextSibling)
      if sibling != 0 {
        parents[sibling] = parents[node]
        places[sibling] = places[node] + 1
      }
    }
  }

  func path(of node: NodeID) -> [TreeComparison.Step] {
    var path: [TreeComparison.Step] = []
    var node = node.index
    while node != 0 {
      let parent = Int(parents[node])
      path.append(
        view.nodes[parent].kind == .array
          ? .place(Int(places[node])) : isOld ? .oldKey(node) : .newKey(node))
      node = parent
    }
    return path.reversed()
  }
}

extension TreeComparison.Step {
  /// - Parameter view: the side that the key stands on.
  func bytes(_ view: DocumentView) -> [UInt8] {
    switch self {
    case .oldKey(let node), .newKey(let node): Array(view.key(node))
    case .place(let place): Array(String(place).utf8)
    }
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
      // An entry of its own that stands within is in the range already.
      let isOutside = own.lowerBound < range.lowerBound || own.upperBound > range.upperBound
      if isOutside || (!isScalar(child) && !isEntry[child]) {
        addRanges(of: child, to: &ranges)
      }
      child = Int(nodes[child].nextSibling)
    }
  }
}
