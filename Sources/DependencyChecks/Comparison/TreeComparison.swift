internal import Documents
internal import Lockfiles

/// Compares two trees value by value and collects what differs (`FactChange`).
///
/// Outside of entries the order of an object's members counts unless the format says that it means
/// nothing (`FreeOrder`). Entries are left out: they are paired by their locators and compared one by
/// one.
struct TreeComparison {
  private let old: DocumentView
  private let new: DocumentView
  private var meanings: KeyMeanings
  private let hasTypes: Bool
  private let references: (old: YAMLReferences?, new: YAMLReferences?)
  private(set) var facts: [FactChange] = []
  /// The way from the root to the values at hand, and what the format says at each step.
  private var path: [Step] = []
  private var states: [KeyMeanings.State] = [KeyMeanings.root]
  /// Whether the values at hand belong to an entry.
  private var isInEntry = false
  /// Whether there were more differences than are kept: the file is then opaque.
  private(set) var isCut = false
  /// How many values may still be compared in search of equal array elements, so that no file makes
  /// the search longer than a few walks through it.
  private var searches: Int

  /// Differences beyond this number are nothing that a person can judge.
  static let most = 50_000

  enum Step {
    case oldKey(Int)
    case newKey(Int)
    case place(Int)
  }

  init(_ old: DocumentView, _ new: DocumentView, _ format: Format) {
    self.old = old
    self.new = new
    var meanings = KeyMeanings(format)
    references = (YAMLReferences(old, &meanings), YAMLReferences(new, &meanings))
    self.meanings = meanings
    hasTypes = format.hasTypes
    searches = 16 * (old.nodes.count + new.nodes.count) + 1000
  }

  /// Compares everything outside of entries.
  ///
  /// - Parameters:
  ///   - oldDocuments: how many documents the old file has. One document is compared with the last of
  ///     several: pnpm writes the lock of its own version before the project's.
  ///   - newDocuments: the same of the new file.
  mutating func compareRoots(oldDocuments: Int, newDocuments: Int) {
    guard !old.nodes.isEmpty else { return oneSided(0, isOld: false) }
    guard !new.nodes.isEmpty else { return oneSided(0, isOld: true) }
    guard (oldDocuments > 1) != (newDocuments > 1) else { return compare(0, 0) }
    let isOld = oldDocuments > 1
    let documents = isOld ? old.children(of: 0) : new.children(of: 0)
    for (place, document) in documents.enumerated() {
      enter(.place(place))
      if place < documents.count - 1 {
        oneSided(document, isOld: isOld)
      } else {
        compare(isOld ? document : 0, isOld ? 0 : document)
      }
      leave()
    }
  }

  /// Compares an entry that stands on both sides, and yields what differs.
  ///
  /// - Parameter path: the way to it on the new side.
  mutating func compareEntry(_ left: NodeID, _ right: NodeID, at path: [Step]) -> [FactChange] {
    within(path) { comparison in comparison.compare(left.index, right.index) }
  }

  /// Yields the values of an entry that stands on one side only.
  mutating func oneSidedEntry(_ node: NodeID, isOld: Bool, at path: [Step]) -> [FactChange] {
    within(path) { comparison in comparison.oneSided(node.index, isOld: isOld) }
  }

  private mutating func within(
    _ path: [Step], _ body: (inout TreeComparison) -> Void
  ) -> [FactChange] {
    let before = facts
    facts = []
    isInEntry = true
    for step in path { enter(step) }
    body(&self)
    for _ in path { leave() }
    isInEntry = false
    defer { facts = before }
    return facts
  }

  /// Whether two entries are the same, however their objects are ordered.
  mutating func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    searches += 2
    return isEqual(left.index, right.index, ignoresOrder: true)
  }

  // MARK: The way

  private mutating func enter(_ step: Step) {
    path.append(step)
    let state = states[states.count - 1]
    switch step {
    case .oldKey(let node): states.append(meanings.member(of: state, old.key(node)))
    case .newKey(let node): states.append(meanings.member(of: state, new.key(node)))
    case .place: states.append(meanings.element(of: state))
    }
  }

  private mutating func leave() {
    path.removeLast()
    states.removeLast()
  }

  private var state: KeyMeanings.State { states[states.count - 1] }

  private var currentPath: [[UInt8]] {
    path.map { step in
      switch step {
      case .oldKey(let node): Array(old.key(node))
      case .newKey(let node): Array(new.key(node))
      case .place(let place): Array(String(place).utf8)
      }
    }
  }

  // MARK: Both sides

  private mutating func compare(_ left: Int, _ right: Int) {
    let (kind, other) = (old.nodes[left].kind, new.nodes[right].kind)
    if kind == .object, other == .object {
      if old.isCopy(left, of: right, in: new) { return }
      compareObjects(left, right)
    } else if kind == .array, other == .array {
      compareArrays(left, right)
    } else if old.isScalar(left), new.isScalar(right) {
      if kind != other || !isSameScalar(left, right) { emit(left, right) }
    } else if meanings.distinguishes(below: state) {
      // A scalar that becomes a table, or back: each part of it is what the rules say.
      oneSided(left, isOld: true, isOtherKind: true)
      oneSided(right, isOld: false, isOtherKind: true)
    } else {
      emit(left, right)
    }
  }

  private func isSameScalar(_ left: Int, _ right: Int) -> Bool {
    old.text(left).equals(new.text(right))
      && old.referenceMarks(left) == new.referenceMarks(right)
  }

  private mutating func compareObjects(_ left: Int, _ right: Int) {
    defer { compareOrder(left, right) }
    var a = old.firstChild(of: left)
    var b = new.firstChild(of: right)
    while a != 0, b != 0, old.key(a).equals(new.key(b)) {
      enter(.newKey(b))
      compare(a, b)
      leave()
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
        enter(.newKey(rest[index]))
        compare(a, rest[index])
      } else {
        enter(.oldKey(a))
        oneSided(a, isOld: true)
      }
      leave()
      a = old.next(after: a)
    }
    for (index, child) in rest.enumerated() where !isPaired[index] {
      enter(.newKey(child))
      oneSided(child, isOld: false)
      leave()
    }
  }

  private mutating func compareArrays(_ left: Int, _ right: Int) {
    var a = old.children(of: left)[...]
    var b = new.children(of: right)[...]
    var place = 0
    let element = meanings.element(of: state)
    let ignoresOrder = isInEntry || meanings.isOrderFree(below: element)
    while let first = a.first, let other = b.first,
      isEqual(first, other, ignoresOrder: ignoresOrder)
    {
      a.removeFirst()
      b.removeFirst()
      place += 1
    }
    while let last = a.last, let other = b.last,
      isEqual(last, other, ignoresOrder: ignoresOrder)
    {
      a.removeLast()
      b.removeLast()
    }
    for pair in align(Array(a), Array(b), ignoresOrder: ignoresOrder) {
      switch pair {
      case (let first?, let other?):
        enter(.place(place + other))
        compare(a[a.startIndex + first], b[b.startIndex + other])
      case (let first?, nil):
        enter(.place(place + first))
        oneSided(a[a.startIndex + first], isOld: true)
      case (nil, let other?):
        enter(.place(place + other))
        oneSided(b[b.startIndex + other], isOld: false)
      case (nil, nil): continue
      }
      leave()
    }
  }

  /// Pairs the elements of two arrays: equal ones first, in the longest common order while that is
  /// cheap, and what stands between them one by one.
  private mutating func align(
    _ a: [Int], _ b: [Int], ignoresOrder: Bool
  ) -> [(Int?, Int?)] {
    var kept: [(Int, Int)] = []
    if a.count * b.count <= 10_000, !a.isEmpty, !b.isEmpty {
      let width = b.count + 1
      var lengths = [UInt16](repeating: 0, count: (a.count + 1) * width)
      var equal = [Bool](repeating: false, count: a.count * b.count)
      for i in a.indices.reversed() {
        for j in b.indices.reversed() {
          equal[i * b.count + j] = isEqual(
            a[i], b[j], ignoresOrder: ignoresOrder)
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
  private mutating func isEqual(_ left: Int, _ right: Int, ignoresOrder: Bool) -> Bool {
    guard searches > 0 else { return false }
    searches -= 1
    let kind = old.nodes[left].kind
    guard kind == new.nodes[right].kind else { return false }
    guard kind == .object || kind == .array else { return isSameScalar(left, right) }
    var a = old.firstChild(of: left)
    var b = new.firstChild(of: right)
    while a != 0, b != 0 {
      if kind == .object, !old.key(a).equals(new.key(b)) {
        return ignoresOrder && isReordered(left, right)
      }
      guard isEqual(a, b, ignoresOrder: ignoresOrder) else { return false }
      a = old.next(after: a)
      b = new.next(after: b)
    }
    guard a == 0, b == 0 else { return false }
    return ignoresOrder || kind != .object || !old.groupsRepeatedKeys
      || MemberOrder.change(left, old, right, new) == nil
  }

  private mutating func isReordered(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (old.children(of: left), new.children(of: right))
    searches -= b.count
    guard a.count == b.count else { return false }
    let table = KeyTable(b, in: new)
    for child in a {
      guard let index = table.index(of: old.key(child), in: new),
        isEqual(child, b[index], ignoresOrder: true)
      else { return false }
    }
    return true
  }

  /// Reports an object whose members stand in another order, where that may mean something.
  private mutating func compareOrder(_ left: Int, _ right: Int) {
    guard !isInEntry, !isCut, !meanings.isOrderFree(state),
      let moved = MemberOrder.change(left, old, right, new)
    else { return }
    var keyClass = KeyClass.visibility
    for child in moved {
      enter(.newKey(child))
      keyClass = keyClass.strictest(classAtPlace(nil, child))
      leave()
    }
    keyClass = keyClass.strictest(classAtPlace(left, right))
    facts.append(
      FactChange(path: currentPath, keyClass: keyClass, old: NodeID(left), new: NodeID(right)))
  }

  // MARK: What is found

  private mutating func emit(_ left: Int?, _ right: Int?, isOtherKind: Bool = false) {
    guard facts.count < Self.most else {
      isCut = true
      return
    }
    let isNeutral = !isOtherKind && isNeutral(left, right)
    facts.append(
      FactChange(
        path: currentPath, keyClass: isNeutral ? nil : classAtPlace(left, right),
        old: left.map { NodeID($0) }, new: right.map { NodeID($0) }))
  }

  /// The class of values that stand at the present place, and of all places that read them by a name.
  private func classAtPlace(_ left: Int?, _ right: Int?) -> KeyClass {
    var keyClass = meanings.keyClass(state)
    for (node, references) in [(left, references.old), (right, references.new)] {
      guard let node, let other = references?.keyClass(of: node) else { continue }
      keyClass = keyClass.strictest(other)
    }
    return keyClass
  }

  /// Whether the allow-list means these values: scalars of its form and of one type, or one that comes or
  /// goes, and nothing that has a name or is one.
  private func isNeutral(_ left: Int?, _ right: Int?) -> Bool {
    guard let form = meanings.neutralForm(state) else { return false }
    var types: [ScalarType] = []
    for (node, view, references) in [(left, old, references.old), (right, new, references.new)] {
      guard let node else { continue }
      guard view.isScalar(node), view.referenceMarks(node) == 0,
        references?.isRead(node) != true
      else { return false }
      let isQuoted = view.nodes[node].kind == .string
      guard form.matches(view.text(node), isQuoted: isQuoted, isTyped: hasTypes) else {
        return false
      }
      types.append(ScalarType(view.text(node), view.nodes[node].kind))
    }
    return types.count < 2 || types[0] == types[1]
  }

  /// Reports a value that stands on one side only: whole, or by its parts where they differ in class.
  private mutating func oneSided(_ node: Int, isOld: Bool, isOtherKind: Bool = false) {
    guard !isCut else { return }
    let view = isOld ? old : new
    let hasEntries = !view.isScalar(node) && view.hasEntries(below: node)
    let isWhole = !hasEntries && !meanings.distinguishes(below: state)
    let children = isWhole ? [] : view.children(of: node)
    guard !children.isEmpty else {
      // A container of nothing but entries says nothing beside them.
      if !hasEntries {
        emit(isOld ? node : nil, isOld ? nil : node, isOtherKind: isOtherKind)
      }
      return
    }
    for (place, child) in children.enumerated() {
      if view.nodes[node].kind == .array {
        enter(.place(place))
      } else {
        enter(isOld ? .oldKey(child) : .newKey(child))
      }
      oneSided(child, isOld: isOld, isOtherKind: isOtherKind)
      leave()
    }
  }
}

/// What a scalar is taken for by whoever asks for its type.
private enum ScalarType {
  case text
  /// A number or a date.
  case number
  /// A truth value, or nothing.
  case word

  init(_ text: UnsafeRawBufferPointer, _ kind: Document.Kind) {
    guard kind == .bare else {
      self = .text
      return
    }
    guard let first = text.first else {
      self = .word
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      self = .number
    default:
      let isWord = text.count <= 5 && Self.words.contains(String(decoding: text, as: UTF8.self))
      self = isWord ? .word : .text
    }
  }

  /// Of JSON, TOML and YAML, 1.1 too.
  private static let words: Set<String> = Set(
    ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan"]
      .flatMap { [$0, $0.uppercased(), $0.prefix(1).uppercased() + $0.dropFirst()] } + ["~"])
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
