/// An earlier reading of the file that is read, from which a syntax takes over what stands in both.
///
/// Most of two versions of a file is the same. The equal lines of a comparison are a hint where to look,
/// and nothing more: a value is taken over only when its bytes are found to be the same here, when all
/// its texts stand in those bytes, and where its syntax is such that no other bytes have a say in how
/// they are read.
struct Twin: Sendable {
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
  private struct Run: Sendable {
    let old: Int
    let new: Int
    let count: Int
  }

  /// Values of the earlier document, one behind the other, and where the first of them begins.
  struct Values {
    let nodes: Range<Int>
    let place: Range<Int>
  }

  /// - Parameter lines: the differences between the file of `document` and the one that is read.
  init(_ document: Document, _ lines: LineDiff) {
    var runs: [Run] = []
    var (old, new) = (0, 0)
    for hunk in lines.hunks {
      runs.append(Run(old: old, new: new, count: hunk.old.bytes.lowerBound - old))
      (old, new) = (hunk.old.bytes.upperBound, hunk.new.bytes.upperBound)
    }
    runs.append(Run(old: old, new: new, count: document.fileCount - old))
    earlier = Earlier(document, runs)
    budget = 8 * document.nodes.count + 1000
  }

  private var document: Document { _read { yield earlier.document } }
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

  /// Where the value behind some others begins, if that line is among the equal ones.
  func nextStart(behind values: Values) -> Int? {
    let (next, run) = (values.nodes.upperBound, earlier.runs[Int(lastRun)])
    guard next < nodes.count, Int(nodes[next].start) < run.old + run.count else { return nil }
    return Int(nodes[next].start)
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

  /// Whether values and their texts stand within a range of the earlier file, one below another in its
  /// order, with no more objects and arrays than a number.
  func areWithin(_ range: Range<Int>, _ values: Range<Int>, mostContainers: Int) -> Bool {
    var containers = 0
    for index in values {
      let node = nodes[index]
      guard node.start >= range.lowerBound, node.end <= range.upperBound,
        node.keyCount == 0 || Int(node.keyStart) >= range.lowerBound,
        Int(node.keyStart) + Int(node.keyCount) <= range.upperBound,
        node.nextSibling == 0 || index == values.lowerBound || node.nextSibling < values.upperBound
      else { return false }
      if node.kind == .string || node.kind == .bare {
        guard Int(node.textStart) >= range.lowerBound,
          Int(node.textStart) + Int(node.textCount) <= range.upperBound
        else { return false }
      } else {
        containers += 1
        guard containers <= mostContainers, document.end(of: index) <= values.upperBound,
          node.firstChild == 0 || node.firstChild > index
        else { return false }
      }
    }
    return true
  }
}

extension Document {
  /// The place in `nodes` behind a value and those in it, when they all stand in the order of the file.
  func end(of node: Int) -> Int {
    var last = node
    while nodes[last].kind == .object || nodes[last].kind == .array, nodes[last].textCount > 0,
      Int(nodes[last].textStart) > last
    {
      last = Int(nodes[last].textStart)
    }
    return last + 1
  }
}

extension DocumentBuilder {
  /// Takes an object or array over from the twin, if one that is the same begins here.
  ///
  /// - Parameters:
  ///   - isMember: whether it has a key, as in an object.
  ///   - depth: how many objects and arrays it stands in.
  ///   - endsWithNextLine: whether it ends where the line of the value behind it begins, as in block style:
  ///     then that line must begin the same as well.
  /// - Returns: the byte behind it; `nil` when there is none.
  mutating func takeContainer(
    at start: Int, to parent: NodeID, isMember: Bool, depth: Int, endsWithNextLine: Bool = false
  ) throws(Unread) -> Int? {
    guard let values = twin?.value(at: start), let twin else { return nil }
    let node = twin.nodes[values.nodes.lowerBound]
    var end = values.place.upperBound
    if endsWithNextLine {
      guard let next = twin.nextStart(behind: values) else { return nil }
      // As much as `--- ` has.
      end = next + 4
    }
    guard node.kind == .object || node.kind == .array,
      isMember == (node.keyStart > 0 || node.keyCount > 0),
      twin.isSame(values.place.lowerBound..<end, at: start, in: document),
      twin.areWithin(values.place, values.nodes, mostContainers: limits.depth - depth)
    else { return nil }
    try copy(values.nodes, of: twin, to: parent, shift: start - values.place.lowerBound)
    return start + values.place.count
  }

  /// Takes the pairs of a TOML table over from the twin, if the table whose header begins here is empty
  /// and the same one has as many as `most` there, and nothing but them.
  ///
  /// - Returns: the byte behind the last pair; `nil` when nothing is taken over.
  mutating func takePairs(
    at start: Int, into table: NodeID, most: Int, depth: Int
  ) throws(Unread) -> Int? {
    guard let values = twin?.value(at: start), let twin else { return nil }
    let (place, nodes) = (values.place, values.nodes)
    let pairs = nodes.dropFirst()
    guard document.childCount(table) == 0, !pairs.isEmpty,
      twin.nodes[nodes.lowerBound].kind == .object,
      twin.nodes[nodes.lowerBound].textCount <= most,
      twin.isSame(place.lowerBound..<place.upperBound + 1, at: start, in: document),
      // A bare value goes on as far as its line does.
      document.pool[start + place.count] == 0x0a,
      twin.areWithin(place, pairs, mostContainers: limits.depth - depth)
    else { return nil }
    var pair = pairs.lowerBound
    while pair != 0 {
      let node = twin.nodes[pair]
      guard node.kind == .string || node.kind == .bare || node.mark == TOMLSyntax.Mark.closed else {
        return nil
      }
      pair = Int(node.nextSibling)
    }
    pair = pairs.lowerBound
    while pair != 0 {
      try copy(twin.values(from: pair), of: twin, to: table, shift: start - place.lowerBound)
      pair = Int(twin.nodes[pair].nextSibling)
    }
    return start + place.count
  }

  /// Copies a value with all that stands in it, which is one range of nodes.
  private mutating func copy(
    _ values: Range<Int>, of twin: Twin, to parent: NodeID, shift: Int
  ) throws(Unread) {
    let bytes = UInt32(truncatingIfNeeded: shift)
    let places = UInt32(truncatingIfNeeded: document.nodes.count - values.lowerBound)
    guard document.nodes.count + values.count <= limits.nodes else {
      throw Unread(.tooMany, at: Int(twin.nodes[values.lowerBound].start) + shift)
    }
    for index in values {
      var node = twin.nodes[index]
      node.start &+= bytes
      node.end &+= bytes
      if node.keyStart > 0 || node.keyCount > 0 { node.keyStart &+= bytes }
      if node.kind == .string || node.kind == .bare {
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
