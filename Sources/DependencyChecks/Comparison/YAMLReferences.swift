internal import Documents
internal import Lockfiles

/// Who reads the values of a YAML file through anchors and aliases.
///
/// An alias stands for the whole value that has the anchor, and `<<` takes the members of one in: what
/// such a value decides, it decides at each of these places too. Which of several anchors of one name an
/// alias means depends on where they stand, so it is taken to mean all of them.
struct YAMLReferences {
  private let view: DocumentView
  /// For every value the states of the places where it is read beside its own.
  private var readers: [Int: Set<KeyMeanings.State>] = [:]
  private var classes: [KeyMeanings.State: KeyClass] = [:]
  /// Values that have an anchor, or stand in one that has.
  private var named: Set<Int> = []
  /// Whether the ways are more than are followed: then any value may be read anywhere.
  private var isTooMany = false
  private let strictest: KeyClass

  /// More places for one value, or more rounds of aliases within anchors, than files have.
  private static let mostReaders = 64
  private static let mostRounds = 16

  /// `nil` for a file without anchors and aliases.
  init?(_ view: DocumentView, _ meanings: inout KeyMeanings) {
    guard view.keepsReferences, view.nodes.contains(where: { $0.mark & YAMLMark.all != 0 }) else {
      return nil
    }
    self.view = view
    strictest = meanings.strictestClass
    let parents = Self.parents(view)
    var states = [KeyMeanings.root]
    states.reserveCapacity(view.nodes.count)
    for node in view.nodes.indices.dropFirst() {
      states.append(Self.step(from: states[parents[node]], node, parents, view, &meanings))
    }
    var anchors: [[UInt8]: [Int]] = [:]
    var aliases: [(name: [UInt8], place: Int)] = []
    for node in view.nodes.indices {
      if let name = Self.anchor(node, view) {
        anchors[name, default: []].append(Self.isOfContainer(node, view) ? parents[node] : node)
      } else if let name = Self.alias(node, view) {
        aliases.append((name, Self.place(of: node, parents, view)))
      }
    }
    named = Set(anchors.values.joined())
    for node in view.nodes.indices.dropFirst() where named.contains(parents[node]) {
      named.insert(node)
    }
    var hasChanged = true
    for round in 0... where hasChanged && !isTooMany {
      hasChanged = false
      for alias in aliases {
        let places = (readers[alias.place] ?? []).union([states[alias.place]])
        for anchor in anchors[alias.name] ?? []
        where !places.isSubset(of: readers[anchor] ?? []) {
          readers[anchor, default: []].formUnion(places)
          hasChanged = true
        }
      }
      guard hasChanged else { break }
      for node in view.nodes.indices.dropFirst() where named.contains(node) {
        for state in readers[parents[node]] ?? [] {
          readers[node, default: []].insert(
            Self.step(from: state, node, parents, view, &meanings))
        }
        if readers[node]?.count ?? 0 > Self.mostReaders { isTooMany = true }
      }
      if round == Self.mostRounds { isTooMany = true }
    }
    for state in Set(readers.values.joined()) { classes[state] = meanings.keyClass(state) }
  }

  /// Whether a value is read elsewhere, or may be.
  func isRead(_ node: Int) -> Bool { isTooMany || named.contains(node) }

  /// The strictest class of the places that read a value, or a value in it, by an anchor.
  func keyClass(of node: Int) -> KeyClass? {
    guard !isTooMany else { return strictest }
    var result: KeyClass?
    for below in node..<view.end(of: node) {
      for state in readers[below] ?? [] {
        guard let keyClass = classes[state] else { continue }
        result = result?.strictest(keyClass) ?? keyClass
      }
    }
    return result
  }

  // MARK: The tree

  /// For every value the one that it stands in.
  private static func parents(_ view: DocumentView) -> [Int] {
    var parents = [Int](repeating: 0, count: view.nodes.count)
    for node in view.nodes.indices {
      if !view.isScalar(node), view.nodes[node].firstChild != 0 {
        parents[Int(view.nodes[node].firstChild)] = node
      }
      let sibling = Int(view.nodes[node].nextSibling)
      if sibling != 0 { parents[sibling] = parents[node] }
    }
    return parents
  }

  private static func step(
    from state: KeyMeanings.State, _ node: Int, _ parents: [Int], _ view: DocumentView,
    _ meanings: inout KeyMeanings
  ) -> KeyMeanings.State {
    view.nodes[parents[node]].kind == .array
      ? meanings.element(of: state) : meanings.member(of: state, view.key(node))
  }

  /// Where an alias is read: at its own place, or for `<<: *a` and `<<: [*a]` where the mapping stands.
  private static func place(of alias: Int, _ parents: [Int], _ view: DocumentView) -> Int {
    var node = alias
    if view.nodes[parents[node]].kind == .array, view.isMergeKey(parents[node]) {
      node = parents[node]
    }
    return view.isMergeKey(node) ? parents[node] : alias
  }

  /// The anchor that a scalar has, or that of the container whose first value says so.
  private static func anchor(_ node: Int, _ view: DocumentView) -> [UInt8]? {
    guard view.nodes[node].mark & YAMLMark.properties != 0 else { return nil }
    let words = view.text(node).split(separator: UInt8(ascii: " "), maxSplits: 2)
    let anchor = words.prefix(2).first { $0.first == UInt8(ascii: "&") }
    return anchor.map { Array($0.dropFirst()) }
  }

  private static func isOfContainer(_ node: Int, _ view: DocumentView) -> Bool {
    view.nodes[node].mark & YAMLMark.container != 0
  }

  private static func alias(_ node: Int, _ view: DocumentView) -> [UInt8]? {
    guard view.nodes[node].mark & YAMLMark.alias != 0 else { return nil }
    return Array(view.text(node).dropFirst())
  }
}

extension DocumentView {
  fileprivate func isMergeKey(_ node: Int) -> Bool {
    key(node).elementsEqual("<<".utf8)
  }

  /// Behind a value and all that stand in it; YAML writes them one behind the other.
  fileprivate func end(of node: Int) -> Int {
    var last = node
    while !isScalar(last), nodes[last].textCount > 0, Int(nodes[last].textStart) > last {
      last = Int(nodes[last].textStart)
    }
    return last + 1
  }
}
