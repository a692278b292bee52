package import Primitives

/// One path that differs between two trees: what `git diff-tree -r --raw --no-renames` prints.
package struct PathChange: Hashable, Sendable {
  package let path: [UInt8]
  package let oldMode: FileMode
  package let oldID: ObjectID
  package let newMode: FileMode
  package let newID: ObjectID

  package init(
    path: [UInt8], oldMode: FileMode, oldID: ObjectID, newMode: FileMode, newID: ObjectID
  ) {
    self.path = path
    self.oldMode = oldMode
    self.oldID = oldID
    self.newMode = newMode
    self.newID = newID
  }
}

extension ObjectStore {
  /// How deep trees may nest and how many changes one comparison may give.
  package struct ComparisonLimits: Sendable {
    package var depth = 512
    package var changes = 1_000_000

    package init() {}
  }

  /// Compares two trees entry by entry and calls `body` for every path that differs.
  ///
  /// Names are bytes; a changed mode alone, a symbolic link and a moved gitlink are changes; nothing
  /// is taken for a rename. The order is that of `git diff-tree -r`. `nil` stands for the empty tree.
  ///
  /// - Parameter entered: which folders of the new side are gone into, by their trees; all where it is
  ///   not given. Where it is, a folder that is gone is not gone into either.
  /// - Throws: `GitError`: a tree that is missing or malformed, or over a limit.
  package func compare(
    _ old: ObjectID?, _ new: ObjectID?, limits: ComparisonLimits = ComparisonLimits(),
    entering entered: ((ObjectID) -> Bool)? = nil, _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    var comparison = TreeComparison(store: self, limits: limits, entered: entered)
    try comparison.compare(old, new, depth: 0, body)
  }

  /// All changes between two trees.
  package func changes(
    from old: ObjectID?, to new: ObjectID?, limits: ComparisonLimits = ComparisonLimits(),
    entering entered: ((ObjectID) -> Bool)? = nil
  ) throws(GitError) -> [PathChange] {
    var changes: [PathChange] = []
    try compare(old, new, limits: limits, entering: entered) { (change) throws(GitError) in
      changes.append(change)
    }
    return changes
  }
}

/// Compares two raw trees, without going into folders, and calls `body` for every entry that stands in
/// one of them only, or in both with another mode or object. A file and a folder of one name are two
/// entries, the file first: git's own order.
package func compareEntries(
  _ old: UnsafeRawBufferPointer, _ oldID: ObjectID, _ new: UnsafeRawBufferPointer,
  _ newID: ObjectID, _ body: (TreeCursor?, TreeCursor?) throws(GitError) -> Void
) throws(GitError) {
  var left = try TreeCursor(old, id: oldID)
  var right = try TreeCursor(new, id: newID)
  if !left.atEnd, !right.atEnd { try right.skipCommon(&left) }
  while !left.atEnd || !right.atEnd {
    let order: Int
    if left.atEnd {
      order = 1
    } else if right.atEnd {
      order = -1
    } else {
      order = TreeCursor.order(old, left.nameRange, left.mode, new, right.nameRange, right.mode)
    }
    if order == 0 {
      let same =
        left.mode == right.mode
        && compareBytes(
          old, left.nameRange.upperBound + 1, new, right.nameRange.upperBound + 1,
          ObjectID.byteCount) == 0
      if !same { try body(left, right) }
      try left.advance()
      try right.advance()
      if !left.atEnd, !right.atEnd { try right.skipCommon(&left) }
    } else if order < 0 {
      try body(left, nil)
      try left.advance()
    } else {
      try body(nil, right)
      try right.advance()
    }
  }
}

private struct TreeComparison {
  let store: ObjectStore
  let limits: ObjectStore.ComparisonLimits
  let entered: ((ObjectID) -> Bool)?
  /// The path of the folder being compared, ending in a slash unless it is the root.
  var path: [UInt8] = []
  var count = 0

  init(
    store: ObjectStore, limits: ObjectStore.ComparisonLimits, entered: ((ObjectID) -> Bool)?
  ) {
    self.store = store
    self.limits = limits
    self.entered = entered
  }

  mutating func compare(
    _ old: ObjectID?, _ new: ObjectID?, depth: Int, _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    guard old != new else { return }
    guard depth <= limits.depth else {
      throw .overLimit("folders nested more than \(limits.depth) deep")
    }
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    switch (old, new) {
    case (let old?, let new?):
      let left = try store.object(old, .tree)
      let right = try store.object(new, .tree)
      try compare(left.bytes, old, right.bytes, new, depth, body)
    case (let old?, nil):
      let left = try store.object(old, .tree)
      try compare(left.bytes, old, empty, .zero, depth, body)
    case (nil, let new?):
      let right = try store.object(new, .tree)
      try compare(empty, .zero, right.bytes, new, depth, body)
    case (nil, nil): break
    }
  }

  private mutating func compare(
    _ old: UnsafeRawBufferPointer, _ oldID: ObjectID, _ new: UnsafeRawBufferPointer,
    _ newID: ObjectID, _ depth: Int, _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    try compareEntries(old, oldID, new, newID) { (left, right) throws(GitError) in
      try changed(left, right, depth, body)
    }
  }

  /// Reports one name that differs, or goes into it where it is a folder.
  private mutating func changed(
    _ left: TreeCursor?, _ right: TreeCursor?, _ depth: Int,
    _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    guard let name = left?.name ?? right?.name else { return }
    let outer = path.count
    path.append(contentsOf: name)
    defer { path.removeLast(path.count - outer) }
    let isFolder = (left?.mode ?? right?.mode ?? .absent).isTree
    if isFolder {
      if let entered, !(right.map { entered($0.objectID) } ?? false) { return }
      path.append(0x2f)
      try compare(left?.objectID, right?.objectID, depth: depth + 1, body)
    } else {
      count += 1
      guard count <= limits.changes else {
        throw .overLimit("more than \(limits.changes) changed paths")
      }
      try body(
        PathChange(
          path: path, oldMode: left?.mode ?? .absent, oldID: left?.objectID ?? .zero,
          newMode: right?.mode ?? .absent, newID: right?.objectID ?? .zero))
    }
  }
}
