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
        let own = (Self.ownTexts(entry, old), Self.ownTexts(other, new))
        let others = tree.compareEntry(entry.node, other.node, at: paths.path(of: other.node))
          .filter { fact in
            !fact.isNeutral && !Self.isOwn(fact.old, left, own.0)
              && !Self.isOwn(fact.new, right, own.1)
          }
        if !others.isEmpty { fields.insert(.other) }
        keep(others, isWhole: false)
      }
      if !isCopy, !EntryLine(entry, old, left).says(the: EntryLine(other, new, right)) {
        let paths = newPaths ?? EntryPaths(right, isOld: false)
        newPaths = paths
        fields.insert(.other)
        // What stands behind an option of a line is handed to the build.
        let runs = entry.runsCode == .yes || other.runsCode == .yes
        let path = paths.path(of: other.node).map { $0.bytes(right) }
        facts.append(
          FactChange(
            path: path, keyClass: runs ? .runsCode : .dependency, old: entry.node, new: other.node))
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

  /// Whether a value is one that the entry's fields say.
  private static func isOwn(_ node: NodeID?, _ view: DocumentView, _ own: [UInt32]) -> Bool {
    guard let node, view.isScalar(node.index) else { return false }
    return own.contains(view.nodes[node.index].textStart)
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

/// What an entry says in its key and, where it is one line, in that line, beside its own fields.
struct EntryLine {
  private let texts: [UnsafeRawBufferPointer]
  private let starts: [Int]
  private let own: [Range<Int>]

  init(_ entry: Entry, _ inventory: Inventory, _ view: DocumentView) {
    let node = view.nodes[entry.node.index]
    texts = [
      view.key(entry.node.index),
      view.isScalar(entry.node.index) ? view.text(entry.node.index) : view.key(0),
    ]
    starts = [Int(node.keyStart), Int(node.textStart)]
    let fields = [
      entry.locator, entry.name, entry.version, entry.source, entry.revision, entry.alias,
    ]
    own = (fields + inventory.digestTexts(of: entry)).filter { !$0.isEmpty }.map(\.range)
  }

  /// Whether the rest is the same as that of another entry.
  func says(the other: EntryLine) -> Bool {
    if texts[0].equals(other.texts[0]), texts[1].equals(other.texts[1]) { return true }
    return rest(of: 0) == other.rest(of: 0) && rest(of: 1) == other.rest(of: 1)
  }

  /// The words of a text without the fields, each once where it is repeated: `--hash=` of several.
  private func rest(of place: Int) -> [ArraySlice<UInt8>] {
    var bytes = Array(texts[place])
    let start = starts[place]
    for range in own where start <= range.lowerBound && range.upperBound <= start + bytes.count {
      for index in range { bytes[index - start] = 0 }
    }
    bytes = bytes.indices.filter { bytes[$0] != 0 || $0 == 0 || bytes[$0 - 1] != 0 }.map {
      bytes[$0]
    }
    var words: [ArraySlice<UInt8>] = []
    for word in bytes.split(separator: UInt8(ascii: " ")) where words.last != word {
      words.append(word)
    }
    return words
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
      if !isScalar(child) || own.lowerBound < range.lowerBound || own.upperBound > range.upperBound
      {
        addRanges(of: child, to: &ranges)
      }
      child = Int(nodes[child].nextSibling)
    }
  }
}
