/// An earlier reading of the file that is read, from which a syntax takes over what stands in both.
///
/// Most of two versions of a file is the same. The equal lines of a comparison are a hint where to look,
/// and nothing more: a value is taken over only when its bytes are found to be the same here, when all
/// its texts stand in those bytes, and where its syntax is such that no other bytes have a say in how
/// they are read.
public struct Twin: Sendable {
  private let earlier: Earlier
  /// The run and the value that were found last; places are asked for in their order.
  private var lastRun: UInt32 = 0
  private var lastNode: UInt32 = 1
  /// How many values may still be looked at, so that no file makes it more than a few walks through the
  /// earlier one: values within values may fail one by one.
  private var budget: Int

  /// By reference, so that the syntax that has a twin stays small.
  private final class Earlier: Sendable {
    let document: Document
    let runs: [Run]

    init(_ document: Document, _ runs: [Run]) {
      self.document = document
      self.runs = runs
    }
  }

  /// Lines that are the same in both files.
  public struct Run: Sendable {
    let old: Int
    let new: Int
    let count: Int

    public init(old: Int, new: Int, count: Int) {
      self.old = old
      self.new = new
      self.count = count
    }
  }

  /// Values of the earlier document, one behind the other, and where the first of them begins.
  struct Values {
    let nodes: Range<Int>
    let place: Range<Int>
  }

  /// - Parameter runs: lines that stand in the file of `document` and in the one that is read.
  public init(_ document: Document, _ runs: [Run]) {
    earlier = Earlier(document, runs)
    budget = 8 * document.nodes.count + 1000
  }

  fileprivate var document: Document { _read { yield earlier.document } }
  var nodes: [Document.Node] { _read { yield earlier.document.nodes } }

  /// A value and those in it.
  func values(from node: Int) -> Range<Int> { node..<document.end(of: node) }

  /// The value that begins in the earlier file where the bytes at a place stand there, if it is as a
  /// whole among the equal lines, with all values in it.
  mutating func value(at place: Int) -> Values? {
    let (runs, nodes) = (earlier.runs, earlier.document.nodes)
    var (run, node) = (Int(lastRun), Int(lastNode))
    defer { (lastRun, lastNode) = (UInt32(run), UInt32(node)) }
    while run < runs.count, runs[run].new + runs[run].count <= place { run += 1 }
    guard run < runs.count, runs[run].new <= place else { return nil }
    let start = runs[run].old + (place - runs[run].new)
    while node < nodes.count, Int(nodes[node].start) < start { node += 1 }
    guard node < nodes.count, Int(nodes[node].start) == start else { return nil }
    var found = node
    // A header of TOML may make several tables, of which the last is its own.
    while found + 1 < nodes.count, Int(nodes[found + 1].start) == start { found += 1 }
    let end = Int(nodes[found].end)
    guard end <= runs[run].old + runs[run].count else { return nil }
    let values = values(from: found)
    budget -= values.count + (end - start) / 64
    return budget > 0 ? Values(nodes: values, place: start..<end) : nil
  }

  /// Whether some bytes of the earlier file stand in another one at a place.
  func isSame(_ range: Range<Int>, at place: Int, in other: borrowing Document) -> Bool {
    guard range.upperBound <= document.fileCount, place + range.count <= other.fileCount else {
      return false
    }
    return document.pool.withUnsafeBytes { old in
      other.pool.withUnsafeBytes { new in
        UnsafeRawBufferPointer(rebasing: old[range])
          .equals(UnsafeRawBufferPointer(rebasing: new[place..<place + range.count]))
      }
    }
  }

  /// Whether all keys and texts of some values stand within a range of the earlier file, with no more
  /// objects and arrays than a number. Those that do not were composed of what is written there, or
  /// belong to other values in between.
  func areWithin(_ range: Range<Int>, _ values: Range<Int>, mostContainers: Int) -> Bool {
    func isWithin(_ start: UInt32, _ count: Int) -> Bool {
      range.lowerBound <= Int(start) && Int(start) + count <= range.upperBound
    }
    var containers = 0
    for node in nodes[values] {
      guard node.keyCount == 0 || isWithin(node.keyStart, Int(node.keyCount)) else { return false }
      if node.isScalar {
        guard isWithin(node.textStart, Int(node.textCount)) else { return false }
      } else {
        containers += 1
        guard containers <= mostContainers, node.textStart < values.upperBound else { return false }
      }
    }
    return true
  }
}

extension Document {
  /// The place in `nodes` behind a value and those in it, when they all stand in the order of the file.
  func end(of node: Int) -> Int {
    var last = node
    while !nodes[last].isScalar, nodes[last].textCount > 0 { last = Int(nodes[last].textStart) }
    return last + 1
  }
}

extension DocumentBuilder {
  /// Takes an object or array over from the twin, if one that is the same begins here.
  ///
  /// - Parameters:
  ///   - isMember: whether it has a key, as in an object.
  ///   - depth: how many objects and arrays it stands in.
  ///   - line: in block style, where its line begins. Its column has a say there, and it ends where the
  ///     line of the value behind it begins: both must be the same as well.
  /// - Returns: the byte behind it; `nil` when there is none.
  mutating func takeContainer(
    at start: Int, to parent: NodeID, isMember: Bool, depth: Int, inBlockFrom line: Int? = nil
  ) -> Int? {
    guard let values = twin?.value(at: start), let twin else { return nil }
    let node = twin.nodes[values.nodes.lowerBound]
    var same = values.place
    if let line {
      // With the line end before it, and with the `- ` or the key's first bytes behind it.
      let begin = same.lowerBound - (start - line) - 1
      guard begin >= 0, line > 0, values.nodes.upperBound < twin.nodes.count else { return nil }
      same = begin..<Int(twin.nodes[values.nodes.upperBound].start) + 2
    }
    guard !node.isScalar, isMember == (node.keyStart > 0 || node.keyCount > 0),
      twin.isSame(same, at: start - (values.place.lowerBound - same.lowerBound), in: document),
      twin.areWithin(values.place, values.nodes, mostContainers: limits.depth - depth),
      document.nodes.count + values.nodes.count <= limits.nodes
    else { return nil }
    copy(values.nodes, of: twin, to: parent, shift: start - values.place.lowerBound)
    return start + values.place.count
  }

  /// Takes the pairs of a TOML table over from the twin, if the table whose header begins here is empty
  /// and the same one has as many as `most` there, and nothing but them.
  ///
  /// - Returns: the byte behind the last pair; `nil` when nothing is taken over.
  mutating func takePairs(
    at start: Int, into table: NodeID, most: Int
  ) -> Int? {
    guard let values = twin?.value(at: start), let twin else { return nil }
    let (place, nodes) = (values.place, values.nodes)
    let pairs = nodes.dropFirst()
    guard document.childCount(table) == 0, !pairs.isEmpty,
      twin.nodes[nodes.lowerBound].kind == .object,
      twin.nodes[nodes.lowerBound].textCount <= most,
      twin.isSame(place.lowerBound..<place.upperBound + 1, at: start, in: document),
      // A bare value goes on as far as its line does.
      document.pool[start + place.count] == 0x0a,
      twin.areWithin(place, pairs, mostContainers: pairs.count),
      document.nodes.count + pairs.count <= limits.nodes
    else { return nil }
    let children = twin.document.children(NodeID(nodes.lowerBound))
    // What is not closed may have values of other pairs between its own.
    for pair in children {
      let node = twin.nodes[pair.index]
      guard node.isScalar || node.mark == TOMLSyntax.Mark.closed else { return nil }
    }
    for pair in children {
      copy(twin.values(from: pair.index), of: twin, to: table, shift: start - place.lowerBound)
    }
    return start + place.count
  }

  /// Copies a value with all that stands in it, which is one range of nodes.
  private mutating func copy(
    _ values: Range<Int>, of twin: Twin, to parent: NodeID, shift: Int
  ) {
    let bytes = UInt32(truncatingIfNeeded: shift)
    let places = UInt32(truncatingIfNeeded: document.nodes.count - values.lowerBound)
    for index in values {
      var node = twin.nodes[index]
      node.start &+= bytes
      node.end &+= bytes
      if node.keyStart > 0 || node.keyCount > 0 { node.keyStart &+= bytes }
      if node.isScalar {
        node.textStart &+= bytes
      } else if node.textCount > 0 {
        node.textStart &+= places
        node.firstChild &+= places
      }
      if node.nextSibling > 0 { node.nextSibling &+= places }
      if index == values.lowerBound { node.nextSibling = 0 }
      document.nodes.append(node)
    }
    link(document.nodes.count - values.count, to: parent.index)
  }
}
