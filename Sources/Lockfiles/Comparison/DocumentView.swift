/// A document whose arrays are held still, for walking two of them side by side.
struct DocumentView {
  let pool: UnsafeRawBufferPointer
  let nodes: UnsafeBufferPointer<Document.Node>
  /// For every value whether it is an entry, which is compared on its own.
  let isEntry: [Bool]

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
    while node != 0, isEntry[node] { node = Int(nodes[node].nextSibling) }
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

  @inline(__always)
  private func slice(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: pool[start..<start + count])
  }
}

extension UnsafeRawBufferPointer {
  /// Whether two runs have the same bytes.
  @inline(__always)
  func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index + 8 <= count {
      guard
        loadUnaligned(fromByteOffset: index, as: UInt64.self)
          == other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      else { return false }
      index += 8
    }
    while index < count {
      guard self[index] == other[index] else { return false }
      index += 1
    }
    return true
  }
}

extension Inventory {
  /// Calls `body` with the document held still.
  func withView<Result>(_ body: (DocumentView) -> Result) -> Result {
    var isEntry = [Bool](repeating: false, count: document.nodes.count)
    for entry in entries { isEntry[entry.node.index] = true }
    // The root is nobody's child: an entry there would hide the whole file.
    if !isEntry.isEmpty { isEntry[0] = false }
    return document.pool.withUnsafeBytes { pool in
      document.nodes.withUnsafeBufferPointer { nodes in
        body(DocumentView(pool: pool, nodes: nodes, isEntry: isEntry))
      }
    }
  }
}
