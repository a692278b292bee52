internal import Documents

/// Compares two trees value by value and collects what differs (`FactChange`).
///
/// The order of an object's keys does not matter; that of an array's elements does. Entries are left
/// out: they are paired by their locators and compared one by one.
struct TreeComparison {
  private let old: DocumentView
  private let new: DocumentView
  private let classes: KeyClasses
  private(set) var facts: [FactChange] = []
  /// The way from the root to the values at hand.
  private var path: [Step] = []
  /// Whether there were more differences than are kept: the file is then opaque.
  private(set) var isCut = false
  /// How many values may still be compared in search of equal array elements, so that no file makes
  /// the search longer than a few walks through it.
  private var searches: Int

  /// Differences beyond this number are nothing that a person can judge.
  static let most = 50_000

  private enum Step {
    case oldKey(Int)
    case newKey(Int)
    case place(Int)
    case key([UInt8])
  }

  init(_ old: DocumentView, _ new: DocumentView, _ classes: KeyClasses) {
    self.old = old
    self.new = new
    self.classes = classes
    searches = 16 * (old.nodes.count + new.nodes.count) + 1000
  }

  /// Compares everything outside of entries.
  ///
  /// - Parameters:
  ///   - oldDocuments: how many documents the old file has. One document is compared with the last of
  ///     several: pnpm writes the lock of its own version before the project's.
  ///   - newDocuments: the same of the new file.
  mutating func compareRoots(oldDocuments: Int, newDocuments: Int) {
    guard (oldDocuments > 1) != (newDocuments > 1) else { return compare(0, 0) }
    let isOld = oldDocuments > 1
    let documents = isOld ? old.children(of: 0) : new.children(of: 0)
    for (place, document) in documents.enumerated() {
      path = [.place(place)]
      if place < documents.count - 1 {
        oneSided(document, isOld: isOld)
      } else {
        compare(isOld ? document : 0, isOld ? 0 : document)
      }
    }
    path = []
  }

  /// Compares two values that stand at `path`; what differs is added to `facts`.
  mutating func compare(_ left: NodeID, _ right: NodeID, at path: [[UInt8]]) {
    self.path = path.map { .key($0) }
    compare(left.index, right.index)
    self.path = []
  }

  /// Reports a value that stands on one side only.
  mutating func addOneSided(_ node: NodeID, isOld: Bool, at path: [[UInt8]]) {
    self.path = path.map { .key($0) }
    oneSided(node.index, isOld: isOld)
    self.path = []
  }

  /// Whether two values are the same, however their objects are ordered.
  mutating func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    searches += 2
    return isEqual(left.index, right.index)
  }

  mutating func takeFacts() -> [FactChange] {
    defer { facts = [] }
    return facts
  }

  // MARK: Both sides

  private mutating func compare(_ left: Int, _ right: Int) {
    let (kind, other) = (old.nodes[left].kind, new.nodes[right].kind)
    if kind == .object, other == .object {
      if old.isCopy(left, of: right, in: new) { return }
      compareObjects(left, right)
    } else if kind == .array, other == .array {
      compareArrays(left, right)
    } else if kind != other || !old.text(left).equals(new.text(right)) {
      emit(left, right)
    }
  }

  private mutating func compareObjects(_ left: Int, _ right: Int) {
    var a = old.firstChild(of: left)
    var b = new.firstChild(of: right)
    while a != 0, b != 0, old.key(a).equals(new.key(b)) {
      path.append(.newKey(b))
      compare(a, b)
      path.removeLast()
      a = old.next(after: a)
      b = new.next(after: b)
    }
    guard a != 0 || b != 0 else { return }
    // From the first difference on by name.
    var rest: [Int] = []
    while b != 0 {
      rest.append(b)
      b = new.next(after: b)
    }
    let table = rest.count > 8 ? KeyTable(rest, in: new) : nil
    var isPaired = [Bool](repeating: false, count: rest.count)
    while a != 0 {
      let key = old.key(a)
      let index =
        if let table { table.index(of: key, in: new) } else {
          rest.firstIndex { new.key($0).equals(key) }
        }
      if let index {
        isPaired[index] = true
        path.append(.newKey(rest[index]))
        compare(a, rest[index])
      } else {
        path.append(.oldKey(a))
        oneSided(a, isOld: true)
      }
      path.removeLast()
      a = old.next(after: a)
    }
    for (index, child) in rest.enumerated() where !isPaired[index] {
      path.append(.newKey(child))
      oneSided(child, isOld: false)
      path.removeLast()
    }
  }

  private mutating func compareArrays(_ left: Int, _ right: Int) {
    var a = old.children(of: left)[...]
    var b = new.children(of: right)[...]
    var place = 0
    while let first = a.first, let other = b.first, isEqual(first, other) {
      a.removeFirst()
      b.removeFirst()
      place += 1
    }
    while let last = a.last, let other = b.last, isEqual(last, other) {
      a.removeLast()
      b.removeLast()
    }
    for pair in align(Array(a), Array(b)) {
      switch pair {
      case (let first?, let other?):
        path.append(.place(place + other))
        compare(a[a.startIndex + first], b[b.startIndex + other])
      case (let first?, nil):
        path.append(.place(place + first))
        oneSided(a[a.startIndex + first], isOld: true)
      case (nil, let other?):
        path.append(.place(place + other))
        oneSided(b[b.startIndex + other], isOld: false)
      case (nil, nil): continue
      }
      path.removeLast()
    }
  }

  /// Pairs the elements of two arrays: equal ones first, in the longest common order while that is
  /// cheap, and what stands between them one by one.
  private mutating func align(_ a: [Int], _ b: [Int]) -> [(Int?, Int?)] {
    var kept: [(Int, Int)] = []
    if a.count * b.count <= 10_000, !a.isEmpty, !b.isEmpty {
      let width = b.count + 1
      var lengths = [UInt16](repeating: 0, count: (a.count + 1) * width)
      var equal = [Bool](repeating: false, count: a.count * b.count)
      for i in a.indices.reversed() {
        for j in b.indices.reversed() {
          equal[i * b.count + j] = isEqual(a[i], b[j])
          lengths[i * width + j] =
            equal[i * b.count + j]
            ? lengths[(i + 1) * width + j + 1] + 1
            : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
        }
      }
      var (i, j) = (0, 0)
      while i < a.count, j < b.count {
        if equal[i * b.count + j] {
          kept.append((i, j))
          i += 1
          j += 1
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
          i += 1
        } else {
          j += 1
        }
      }
    }
    var pairs: [(Int?, Int?)] = []
    var (i, j) = (0, 0)
    for (nextA, nextB) in kept + [(a.count, b.count)] {
      while i < nextA || j < nextB {
        pairs.append((i < nextA ? i : nil, j < nextB ? j : nil))
        if i < nextA { i += 1 }
        if j < nextB { j += 1 }
      }
      i = nextA + 1
      j = nextB + 1
    }
    return pairs
  }

  // MARK: Equality

  /// Whether two values are the same, entries left out; false when the search has become too long.
  private mutating func isEqual(_ left: Int, _ right: Int) -> Bool {
    guard searches > 0 else { return false }
    searches -= 1
    let kind = old.nodes[left].kind
    guard kind == new.nodes[right].kind else { return false }
    guard kind == .object || kind == .array else {
      return old.text(left).equals(new.text(right))
    }
    var a = old.firstChild(of: left)
    var b = new.firstChild(of: right)
    while a != 0, b != 0 {
      if kind == .object, !old.key(a).equals(new.key(b)) { return isReordered(left, right) }
      guard isEqual(a, b) else { return false }
      a = old.next(after: a)
      b = new.next(after: b)
    }
    return a == 0 && b == 0
  }

  private mutating func isReordered(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (old.children(of: left), new.children(of: right))
    searches -= b.count
    guard a.count == b.count else { return false }
    let table = KeyTable(b, in: new)
    for child in a {
      guard let index = table.index(of: old.key(child), in: new), isEqual(child, b[index])
      else { return false }
    }
    return true
  }

  // MARK: What is found

  private mutating func emit(_ left: Int?, _ right: Int?) {
    guard facts.count < Self.most else {
      isCut = true
      return
    }
    let path = currentPath
    facts.append(
      FactChange(
        path: path, keyClass: classes.keyClass(of: path), old: left.map { NodeID($0) },
        new: right.map { NodeID($0) }))
  }

  private var currentPath: [[UInt8]] {
    path.map { step in
      switch step {
      case .oldKey(let node): Array(old.key(node))
      case .newKey(let node): Array(new.key(node))
      case .place(let place): Array(String(place).utf8)
      case .key(let key): key
      }
    }
  }

  /// Reports a value that stands on one side only: whole, or by its parts where they differ in class.
  private mutating func oneSided(_ node: Int, isOld: Bool) {
    guard !isCut else { return }
    let view = isOld ? old : new
    let hasEntries = !view.isScalar(node) && view.hasEntries(below: node)
    let isWhole = !hasEntries && !classes.distinguishes(below: currentPath)
    let children = isWhole ? [] : view.children(of: node)
    guard !children.isEmpty else {
      // A container of nothing but entries says nothing beside them.
      if !hasEntries { emit(isOld ? node : nil, isOld ? nil : node) }
      return
    }
    for (place, child) in children.enumerated() {
      if view.nodes[node].kind == .array {
        path.append(.place(place))
      } else {
        path.append(isOld ? .oldKey(child) : .newKey(child))
      }
      oneSided(child, isOld: isOld)
      path.removeLast()
    }
  }
}

extension DocumentView {
  /// Whether an entry stands in an object or array, however deep.
  func hasEntries(below node: Int) -> Bool {
    guard !isScalar(node) else { return false }
    var child = Int(nodes[node].firstChild)
    while child != 0 {
      if isEntry[child] || hasEntries(below: child) { return true }
      child = Int(nodes[child].nextSibling)
    }
    return false
  }
}

/// Finds the values of an object by their keys.
private struct KeyTable {
  private var slots: [UInt32]
  private let nodes: [Int]

  init(_ nodes: [Int], in view: DocumentView) {
    self.nodes = nodes
    var size = 16
    while size < nodes.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for (index, node) in nodes.enumerated() {
      var slot = Document.hash(view.key(node)) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  func index(of key: UnsafeRawBufferPointer, in view: DocumentView) -> Int? {
    var slot = Document.hash(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if view.key(nodes[index]).equals(key) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
