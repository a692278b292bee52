package import Primitives

/// One path that differs between two trees: what `git diff-tree -r --raw --no-renames` prints.
package struct PathChange: Hashable, Sendable {
  package let path: [UInt8]
  package let oldMode: FileMode
  package let oldID: ObjectID
  package let newMode: FileMode
  package let newID: ObjectID
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
  /// - Throws: `GitError`: a tree that is missing or malformed, or over a limit.
  package func compare(
    _ old: ObjectID?, _ new: ObjectID?, limits: ComparisonLimits = ComparisonLimits(),
    _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    var comparison = TreeComparison(store: self, limits: limits)
    try comparison.compare(old, new, depth: 0, body)
  }

  /// All changes between two trees.
  package func changes(
    from old: ObjectID?, to new: ObjectID?, limits: ComparisonLimits = ComparisonLimits()
  ) throws(GitError) -> [PathChange] {
    var changes: [PathChange] = []
    try compare(old, new, limits: limits) { (change) throws(GitError) in changes.append(change) }
    return changes
  }
}

private struct TreeComparison {
  let store: ObjectStore
  let limits: ObjectStore.ComparisonLimits
  /// The path of the folder being compared, ending in a slash unless it is the root.
  var path: [UInt8] = []
  var count = 0

  init(store: ObjectStore, limits: ObjectStore.ComparisonLimits) {
    self.store = store
    self.limits = limits
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
      try merge(left.bytes, old, right.bytes, new, depth: depth, body)
    case (let old?, nil):
      let left = try store.object(old, .tree)
      try merge(left.bytes, old, empty, .zero, depth: depth, body)
    case (nil, let new?):
      let right = try store.object(new, .tree)
      try merge(empty, .zero, right.bytes, new, depth: depth, body)
    case (nil, nil): break
    }
  }

  private mutating func merge(
    _ leftRaw: UnsafeRawBufferPointer, _ leftID: ObjectID,
    _ rightRaw: UnsafeRawBufferPointer, _ rightID: ObjectID, depth: Int,
    _ body: (PathChange) throws(GitError) -> Void
  ) throws(GitError) {
    var left = try TreeCursor(leftRaw, id: leftID)
    var right = try TreeCursor(rightRaw, id: rightID)
    if !left.atEnd, !right.atEnd { try right.skipCommon(&left) }
    while !left.atEnd || !right.atEnd {
      let order: Int
      if left.atEnd {
        order = 1
      } else if right.atEnd {
        order = -1
      } else {
        order = TreeCursor.order(
          leftRaw, left.nameRange, left.mode, rightRaw, right.nameRange, right.mode)
      }
      if order == 0 {
        let same =
          left.mode == right.mode
          && compareBytes(
            leftRaw, left.nameRange.upperBound + 1, rightRaw, right.nameRange.upperBound + 1,
            ObjectID.byteCount) == 0
        if !same { try changed(left, right, depth, body) }
        try left.advance()
        try right.advance()
        if !left.atEnd, !right.atEnd { try right.skipCommon(&left) }
      } else if order < 0 {
        try changed(left, nil, depth, body)
        try left.advance()
      } else {
        try changed(nil, right, depth, body)
        try right.advance()
      }
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
