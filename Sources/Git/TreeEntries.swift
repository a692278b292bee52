package import Primitives

/// One entry of a tree: its mode, name and object, with the name as a view into the tree's bytes.
package struct TreeEntry {
  package let mode: FileMode
  package let name: Slice<UnsafeRawBufferPointer>
  package let id: ObjectID
}

/// What stands under a name in a tree.
package struct FoundEntry: Hashable, Sendable {
  package let mode: FileMode
  package let id: ObjectID

  package init(mode: FileMode, id: ObjectID) {
    self.mode = mode
    self.id = id
  }
}

/// The mode of a tree entry (gitformat-pack(5) names them "tree entry modes").
package struct FileMode: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let absent = FileMode(rawValue: 0)
  package static let tree = FileMode(rawValue: 0o40000)
  package static let file = FileMode(rawValue: 0o100644)
  package static let executable = FileMode(rawValue: 0o100755)
  package static let link = FileMode(rawValue: 0o120000)
  package static let gitlink = FileMode(rawValue: 0o160000)

  package var isTree: Bool { self == .tree }
  package var isLink: Bool { self == .link }
  package var isGitlink: Bool { self == .gitlink }

  /// Reads the octal digits that git prints; `nil` for anything else.
  package init?(octal digits: some Collection<UInt8>) {
    guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 8) else { return nil }
    self.init(rawValue: value)
  }

  /// Six octal digits, as git prints them.
  package var octal: String {
    let digits = String(rawValue, radix: 8)
    return String(repeating: "0", count: Swift.max(0, 6 - digits.count)) + digits
  }
}

/// Reads the entries of a raw tree one after another and checks that they are in git's order.
///
/// An unsorted tree, a name twice, an empty name or one with a slash would be read differently by
/// different programs, so each is an error (git fsck: treeNotSorted, duplicateEntries, emptyName,
/// fullPathname).
package struct TreeCursor {
  let raw: UnsafeRawBufferPointer
  let id: ObjectID
  private(set) var position = 0
  package private(set) var mode = FileMode.absent
  private(set) var nameRange = 0..<0
  package private(set) var atEnd = false
  /// Files of the tree whose names begin the present name: a folder of such a name is a duplicate.
  private var openFiles: [Place] = []

  /// Where a name stands. No `Range`: the first array of those in a process has Swift's runtime look for
  /// what `Int` conforms to among all that the program has, which costs as much as a small push.
  private struct Place {
    let start: Int
    let end: Int
  }

  /// Stands at the first entry.
  ///
  /// - Parameters:
  ///   - raw: a raw tree without git's frame, alive for as long as the cursor.
  ///   - id: the tree's name, for errors.
  package init(_ raw: UnsafeRawBufferPointer, id: ObjectID) throws(GitError) {
    self.raw = raw
    self.id = id
    try read()
  }

  package var name: Slice<UnsafeRawBufferPointer> { raw[nameRange] }
  private var entryRange: Range<Int> { position..<(nameRange.upperBound + 1 + ObjectID.byteCount) }

  /// Whether the present entry has this name. Byte by byte on the tree's own memory: root trees are
  /// searched for every judged commit.
  func isNamed(_ wanted: [UInt8]) -> Bool {
    guard nameRange.count == wanted.count else { return false }
    for index in wanted.indices where raw[nameRange.lowerBound + index] != wanted[index] {
      return false
    }
    return true
  }

  /// Whether the present entry comes after both a file and a folder of this name.
  func isBehind(_ wanted: [UInt8]) -> Bool {
    wanted.withUnsafeBytes {
      TreeCursor.order(raw, nameRange, mode, $0, 0..<$0.count, .tree) > 0
    }
  }

  package var objectID: ObjectID {
    guard !atEnd else { return .zero }
    return ObjectID(raw: UnsafeRawBufferPointer(rebasing: raw[(nameRange.upperBound + 1)...]))
      ?? .zero
  }

  /// Steps over the entries that stand byte for byte in `old` too, checking this tree's order no more
  /// than duplicate names need: the order among them was checked when they first came into a tree.
  mutating func skipCommon(_ old: inout TreeCursor) throws(GitError) {
    let same = commonPrefix(
      raw, position, old.raw, old.position, min(raw.count - position, old.raw.count - old.position))
    var last = position
    var next = position
    while let end = memoryIndex(of: 0, in: raw, from: next),
      end + 1 + ObjectID.byteCount - position <= same
    {
      if next > position {
        let previous = nameRange
        let wasTree = mode.isTree
        // `40000 ` or `100644 `: both trees have it, so its form is known to be right.
        mode = raw[next] == 0x34 ? .tree : .file
        nameRange = min(next + (mode.isTree ? 6 : 7), end)..<end
        try closeFiles(previous, wasTree: wasTree)
      }
      last = next
      next = end + 1 + ObjectID.byteCount
    }
    guard next > position else { return }
    old.position += last - position
    position = last
    try read()
    try old.read()
    try advance()
    try old.advance()
  }

  /// Steps to the next entry; at the end it stays there.
  package mutating func advance() throws(GitError) {
    guard !atEnd else { return }
    let previous = nameRange
    let previousMode = mode
    position = entryRange.upperBound
    try read()
    guard !atEnd else { return }
    guard TreeCursor.order(raw, previous, previousMode, raw, nameRange, mode) < 0 else {
      throw .malformed(id, "its entries are not sorted or a name stands twice")
    }
    try closeFiles(previous, wasTree: previousMode.isTree)
  }

  /// Keeps `openFiles` while stepping from `previous` to the present entry.
  private mutating func closeFiles(_ previous: Range<Int>, wasTree: Bool) throws(GitError) {
    // All names that begin with a file's name follow it at once, or none does.
    if !wasTree, isPrefix(previous) {
      openFiles.append(Place(start: previous.lowerBound, end: previous.upperBound))
    }
    while let file = openFiles.last, !isPrefix(file.start..<file.end) { openFiles.removeLast() }
    if mode.isTree, let file = openFiles.last, file.end - file.start == nameRange.count {
      throw .malformed(id, "a name stands twice")
    }
  }

  private func isPrefix(_ file: Range<Int>) -> Bool {
    file.count <= nameRange.count
      && raw[file.upperBound - 1] == raw[nameRange.lowerBound + file.count - 1]
      && compareBytes(raw, file.lowerBound, raw, nameRange.lowerBound, file.count) == 0
  }

  private mutating func read() throws(GitError) {
    guard position < raw.count else {
      atEnd = true
      mode = .absent
      nameRange = raw.count..<raw.count
      return
    }
    var value: UInt32 = 0
    var index = position
    while index < raw.count, raw[index] != 0x20 {
      let digit = raw[index] &- 0x30
      guard digit < 8, index - position < 6 else { throw .malformed(id, "a mode is not octal") }
      value = value << 3 | UInt32(digit)
      index += 1
    }
    let start = index + 1
    guard index > position, raw[position] != 0x30, start < raw.count else {
      throw .malformed(id, "a mode is missing")
    }
    guard
      let end = memoryIndex(of: 0, in: raw, from: start), end > start,
      end + ObjectID.byteCount < raw.count
    else { throw .malformed(id, "an entry is cut off or has no name") }
    guard
      memoryIndex(of: 0x2f, in: UnsafeRawBufferPointer(rebasing: raw[..<end]), from: start) == nil
    else { throw .malformed(id, "a name has a slash") }
    mode = FileMode(rawValue: value)
    nameRange = start..<end
    switch mode {
    case .tree, .file, .executable, .link, .gitlink: break
    // What very old gits wrote for a file that its group may write; still in real histories.
    case FileMode(rawValue: 0o100664): break
    default: throw .malformed(id, "the mode \(mode.octal) is not one of git's")
    }
  }

  /// Git's order of tree entries: bytes of the names, a folder's name taken with a slash behind it.
  static func order(
    _ left: UnsafeRawBufferPointer, _ leftName: Range<Int>, _ leftMode: FileMode,
    _ right: UnsafeRawBufferPointer, _ rightName: Range<Int>, _ rightMode: FileMode
  ) -> Int {
    let common = min(leftName.count, rightName.count)
    let difference = compareBytes(
      left, leftName.lowerBound, right, rightName.lowerBound, common)
    if difference != 0 { return difference }
    func next(_ raw: UnsafeRawBufferPointer, _ name: Range<Int>, _ mode: FileMode) -> Int {
      name.count > common ? Int(raw[name.lowerBound + common]) : mode.isTree ? 0x2f : 0
    }
    return next(left, leftName, leftMode) - next(right, rightName, rightMode)
  }
}

extension ObjectStore {
  /// The entry of this name in a tree, or `nil`.
  ///
  /// The tree is read to its end, so that a name that stands twice in it is an error and not a choice.
  package func entry(_ wanted: [UInt8], in tree: ObjectID) throws(GitError) -> FoundEntry? {
    let object = try object(tree, .tree)
    var cursor = try TreeCursor(object.bytes, id: tree)
    var found: FoundEntry?
    while !cursor.atEnd {
      if found == nil, cursor.isNamed(wanted) {
        found = FoundEntry(mode: cursor.mode, id: cursor.objectID)
      }
      try cursor.advance()
    }
    return found
  }

  /// The same for a name of our own.
  package func entry(
    _ name: String.UTF8View, in tree: ObjectID
  ) throws(GitError) -> FoundEntry? {
    try entry(Array(name), in: tree)
  }

  /// Whether two trees differ in the entry of this name.
  ///
  /// Both are read as far as the name's place in git's order and no further: of a history of many
  /// commits, every root tree is asked. What stands out of order behind that place goes unseen here;
  /// `entry(_:in:)` refuses such a tree.
  package func entryDiffers(
    _ name: [UInt8], between old: ObjectID, and new: ObjectID
  ) throws(GitError) -> Bool {
    guard old != new else { return false }
    return try entryInOrder(name, in: old) != entryInOrder(name, in: new)
  }

  /// The entry at the name's place in git's order.
  private func entryInOrder(
    _ name: [UInt8], in tree: ObjectID
  ) throws(GitError) -> FoundEntry? {
    let object = try object(tree, .tree)
    var cursor = try TreeCursor(object.bytes, id: tree)
    var found: FoundEntry?
    while !cursor.atEnd, !cursor.isBehind(name) {
      if cursor.isNamed(name) { found = FoundEntry(mode: cursor.mode, id: cursor.objectID) }
      try cursor.advance()
    }
    return found
  }

  /// The entry at a path such as `docs/CODEOWNERS`, or `nil` when any part of it is missing.
  package func entry(
    atPath path: some Collection<UInt8>, in tree: ObjectID
  ) throws(GitError) -> FoundEntry? {
    var found = FoundEntry(mode: .tree, id: tree)
    for name in path.split(separator: 0x2f) {
      guard found.mode.isTree, let next = try entry(Array(name), in: found.id) else { return nil }
      found = next
    }
    return found
  }

  /// Calls `body` for every entry of one tree, in order.
  package func forEachEntry(
    in tree: ObjectID, _ body: (TreeEntry) throws(GitError) -> Void
  ) throws(GitError) {
    let object = try object(tree, .tree)
    var cursor = try TreeCursor(object.bytes, id: tree)
    while !cursor.atEnd {
      try body(TreeEntry(mode: cursor.mode, name: cursor.name, id: cursor.objectID))
      try cursor.advance()
    }
  }
}
