internal import Documents
internal import Lockfiles

/// A document whose arrays are held still, for walking two of them side by side.
struct DocumentView {
  let pool: UnsafeRawBufferPointer
  let nodes: UnsafeBufferPointer<Document.Node>
  /// For every value whether it is an entry, which is compared on its own.
  let isEntry: [Bool]
  /// Where entries stand side by side, what follows the last of them, by the first.
  let behindEntries: [UInt32: UInt32]
  /// Whether the syntax puts all values of one key into an array.
  let groupsRepeatedKeys: Bool
  /// Whether anchors and aliases stand in the tree as they are written.
  let keepsReferences: Bool

  /// Whether a scalar has an anchor or a tag, or is an alias; a quoted one may look like any of them.
  func referenceMarks(_ node: Int) -> UInt8 {
    keepsReferences ? nodes[node].mark & YAMLMark.all : 0
  }

  func isScalar(_ node: Int) -> Bool {
    nodes[node].kind == .string || nodes[node].kind == .bare
  }

  /// The first value of an object or array that is no entry; 0 when there is none.
  func firstChild(of node: Int) -> Int {
    isScalar(node) ? 0 : skippingEntries(Int(nodes[node].firstChild))
  }

  /// The next value of the same object or array that is no entry; 0 behind the last.
  func next(after node: Int) -> Int { skippingEntries(Int(nodes[node].nextSibling)) }

  private func skippingEntries(_ node: Int) -> Int {
    var node = node
    while node != 0, isEntry[node] {
      node = Int(behindEntries[UInt32(node)] ?? nodes[node].nextSibling)
    }
    return node
  }

  func children(of node: Int) -> [Int] {
    var children: [Int] = []
    var child = firstChild(of: node)
    while child != 0 {
      children.append(child)
      child = next(after: child)
    }
    return children
  }

  func key(_ node: Int) -> UnsafeRawBufferPointer {
    slice(Int(nodes[node].keyStart), Int(nodes[node].keyCount))
  }

  func text(_ node: Int) -> UnsafeRawBufferPointer {
    slice(Int(nodes[node].textStart), Int(nodes[node].textCount))
  }

  func bytes(_ text: Text) -> UnsafeRawBufferPointer { slice(Int(text.start), Int(text.count)) }

  /// The bytes of the file that a value stands at.
  func place(_ node: Int) -> Range<Int> { Int(nodes[node].start)..<Int(nodes[node].end) }

  /// The last value below another one, when they all stand in the order of the file.
  private func last(below node: Int) -> Int {
    var last = node
    while !isScalar(last), nodes[last].textCount > 0, Int(nodes[last].textStart) > last {
      last = Int(nodes[last].textStart)
    }
    return last
  }

  /// Whether a value and one of another file are the same bytes, read the same way: then they are the
  /// same, values below them included, and so is every text at the same place within them.
  ///
  /// Most of two versions of a file is, and seeing that is much faster than comparing value by value.
  /// False says nothing.
  func isCopy(_ node: Int, of other: Int, in view: DocumentView) -> Bool {
    let (own, others) = (place(node), view.place(other))
    let (end, otherEnd) = (last(below: node), view.last(below: other))
    guard own.count == others.count, end - node == otherEnd - other,
      slice(own.lowerBound, own.count).equals(view.slice(others.lowerBound, others.count))
    else { return false }
    let count = UInt32(truncatingIfNeeded: own.count)
    let (start, otherStart) = (nodes[node].start, view.nodes[other].start)
    let (first, otherFirst) = (UInt32(truncatingIfNeeded: node), UInt32(truncatingIfNeeded: other))
    let extent = UInt32(truncatingIfNeeded: end - node)
    for step in 0...end - node {
      let (left, right) = (nodes[node + step], view.nodes[other + step])
      guard left.kind == right.kind, left.keyCount == right.keyCount,
        left.textCount == right.textCount
      else { return false }
      // Keys and texts at the same places, none of them beyond the value's own bytes.
      let (key, text) = (left.keyStart &- start, left.textStart &- start)
      if left.keyCount > 0 {
        guard key == right.keyStart &- otherStart, key < count, count - key >= left.keyCount else {
          return false
        }
      }
      if left.textCount > 0 {
        if left.kind == .string || left.kind == .bare {
          guard text == right.textStart &- otherStart, text < count, count - text >= left.textCount
          else { return false }
        } else {
          let child = left.firstChild &- first
          guard child == right.firstChild &- otherFirst, child <= extent else { return false }
        }
      }
      // What stands beside the value itself is no part of it.
      if step > 0, left.nextSibling != 0 || right.nextSibling != 0 {
        let sibling = left.nextSibling &- first
        guard left.nextSibling != 0, right.nextSibling != 0,
          sibling == right.nextSibling &- otherFirst, sibling <= extent
        else { return false }
      }
    }
    return true
  }

  @inline(__always)
  private func slice(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: pool[start..<start + count])
  }
}

extension Inventory {
  /// Calls `body` with the document held still.
  func withView<Result>(_ syntax: Syntax = .json, _ body: (DocumentView) -> Result) -> Result {
    var isEntry = [Bool](repeating: false, count: document.nodes.count)
    for entry in entries { isEntry[entry.node.index] = true }
    // The root is nobody's child: an entry there would hide the whole file.
    if !isEntry.isEmpty { isEntry[0] = false }
    return document.pool.withUnsafeBytes { pool in
      document.nodes.withUnsafeBufferPointer { nodes in
        body(
          DocumentView(
            pool: pool, nodes: nodes, isEntry: isEntry, behindEntries: behindEntries(nodes),
            groupsRepeatedKeys: syntax.groupsRepeatedKeys,
            keepsReferences: syntax == .yamlWithReferences))
      }
    }
  }

  /// Entries as they were found are mostly neighbours, which saves a walk along all of them.
  private func behindEntries(
    _ nodes: UnsafeBufferPointer<Document.Node>
  ) -> [UInt32: UInt32] {
    var behind: [UInt32: UInt32] = [:]
    guard var first = entries.first?.node.index else { return behind }
    var last = first
    for entry in entries.dropFirst() {
      let node = entry.node.index
      if Int(nodes[last].nextSibling) != node {
        behind[UInt32(first)] = nodes[last].nextSibling
        first = node
      }
      last = node
    }
    behind[UInt32(first)] = nodes[last].nextSibling
    return behind
  }
}
