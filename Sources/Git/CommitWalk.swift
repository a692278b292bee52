package import Primitives

/// One commit of a walk: its name, tree, parents and the committer's claimed time.
package struct WalkedCommit: Sendable {
  package let id: ObjectID
  package let tree: ObjectID
  package let parents: [ObjectID]
  package let time: Int64

  package init(id: ObjectID, tree: ObjectID, parents: [ObjectID], time: Int64) {
    self.id = id
    self.tree = tree
    self.parents = parents
    self.time = time
  }

  package init(_ commit: CommitObject) {
    self.init(
      id: commit.id, tree: commit.tree, parents: commit.parents, time: commit.committer.time)
  }
}

/// Commits at which a walk ends where it comes upon them.
package protocol CommitEnds: AnyObject {
  func contains(_ id: ObjectID) -> Bool
}

extension ObjectStore {
  /// The commits reachable from `tips` and not from `hidden`, each before its parents.
  ///
  /// This is `git rev-list --topo-order tips ^hidden` without replace refs and grafts. Where a wrong
  /// clock on a commit hides that it is already in `hidden`, it may be listed all the same: it is then
  /// judged once more, which only asks for more.
  ///
  /// - Parameters:
  ///   - ends: commits that are hidden where the walk comes upon them. Those that it never comes upon
  ///     cost nothing and hide nothing.
  ///   - limit: most commits; one more is an error, so that no push is judged in part.
  package func commits(
    reachableFrom tips: [ObjectID], hiding hidden: [ObjectID],
    endingAt ends: (any CommitEnds)? = nil, limit: Int
  ) throws(GitError) -> [WalkedCommit] {
    if let last = lastWalk, last.tips == tips, last.hidden == hidden, last.ends === ends,
      last.commits.count <= limit
    {
      return last.commits
    }
    var walk = CommitWalk(store: self, ends: ends, limit: limit)
    for id in hidden { try walk.add(id, hidden: true) }
    for id in tips { try walk.add(id, hidden: false) }
    try walk.run()
    let commits = walk.childrenFirst()
    lastWalk = Walk(tips: tips, hidden: hidden, ends: ends, commits: commits)
    return commits
  }

  /// A walk that was made.
  struct Walk {
    let tips: [ObjectID]
    let hidden: [ObjectID]
    let ends: (any CommitEnds)?
    let commits: [WalkedCommit]
  }

  /// Whether `ancestor` is `descendant` or can be reached from it, whatever the clocks say.
  ///
  /// - Parameter limit: most commits that `descendant` has and `ancestor` has not.
  package func isAncestor(
    _ ancestor: ObjectID, of descendant: ObjectID, limit: Int
  ) throws(GitError) -> Bool {
    guard ancestor != descendant else { return true }
    // A child of the ancestor is never hidden with it, and one that is reached leads to it.
    return try commits(reachableFrom: [descendant], hiding: [ancestor], limit: limit)
      .contains { $0.parents.contains(ancestor) }
  }
}

private struct CommitWalk {
  private struct Node {
    let commit: WalkedCommit
    var hidden: Bool
    var expanded = false
  }

  private let store: ObjectStore
  private let ends: (any CommitEnds)?
  private let limit: Int
  private var index: [ObjectID: Int32] = [:]
  private var nodes: [Node] = []
  private var queue = TimeQueue()
  /// How many commits in the queue are not hidden.
  private var open = 0
  private var wanted = 0
  private var oldestWanted = Int64.max

  init(store: ObjectStore, ends: (any CommitEnds)?, limit: Int) {
    self.store = store
    self.ends = ends
    self.limit = limit
  }

  mutating func add(_ id: ObjectID, hidden: Bool) throws(GitError) {
    if let known = index[id] {
      if hidden { hide(known) }
      return
    }
    let object = try store.object(id, .commit)
    guard let commit = WalkedCommit(object.bytes, id: id) else {
      throw .malformed(id, "commit headers")
    }
    let hidden = hidden || ends?.contains(id) ?? false
    index[id] = Int32(nodes.count)
    queue.push(time: commit.time, node: Int32(nodes.count))
    nodes.append(Node(commit: commit, hidden: hidden))
    if !hidden {
      open += 1
      wanted += 1
      oldestWanted = min(oldestWanted, commit.time)
      guard wanted <= limit else { throw .overLimit("more than \(limit) commits to judge") }
    }
  }

  mutating func run() throws(GitError) {
    while let next = queue.pop() {
      let node = nodes[Int(next)]
      nodes[Int(next)].expanded = true
      if !node.hidden { open -= 1 }
      for parent in node.commit.parents { try add(parent, hidden: node.hidden) }
      // When only hidden commits are left and all of them are older than what is wanted, nothing
      // wanted can turn out hidden any more unless a clock was wrong.
      if open == 0, (queue.newest ?? Int64.min) < oldestWanted { return }
    }
  }

  /// Marks a known commit and everything already reached from it as hidden.
  private mutating func hide(_ start: Int32) {
    var pending = [start]
    while let next = pending.popLast() {
      guard !nodes[Int(next)].hidden else { continue }
      nodes[Int(next)].hidden = true
      wanted -= 1
      guard nodes[Int(next)].expanded else {
        open -= 1
        continue
      }
      for parent in nodes[Int(next)].commit.parents {
        if let known = index[parent] { pending.append(known) }
      }
    }
  }

  /// The commits that are wanted, each before its parents; newest first where that leaves a choice.
  func childrenFirst() -> [WalkedCommit] {
    var children = [Int32](repeating: 0, count: nodes.count)
    for node in nodes where !node.hidden {
      for parent in node.commit.parents {
        if let known = index[parent], !nodes[Int(known)].hidden { children[Int(known)] += 1 }
      }
    }
    var ready = TimeQueue()
    for (position, node) in nodes.enumerated() where !node.hidden && children[position] == 0 {
      ready.push(time: node.commit.time, node: Int32(position))
    }
    var ordered: [WalkedCommit] = []
    ordered.reserveCapacity(wanted)
    while let next = ready.pop() {
      let commit = nodes[Int(next)].commit
      ordered.append(commit)
      for parent in commit.parents {
        guard let known = index[parent], !nodes[Int(known)].hidden else { continue }
        children[Int(known)] -= 1
        if children[Int(known)] == 0 {
          ready.push(time: nodes[Int(known)].commit.time, node: known)
        }
      }
    }
    return ordered
  }
}

/// A binary heap of commits, newest first.
private struct TimeQueue {
  private var heap: [(time: Int64, node: Int32)] = []

  var newest: Int64? { heap.first?.time }

  mutating func push(time: Int64, node: Int32) {
    heap.append((time, node))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2].time < heap[child].time {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Int32? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return top.node }
    heap[0] = last
    var parent = 0
    while true {
      var largest = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[left].time > heap[largest].time { largest = left }
      if left + 1 < heap.count, heap[left + 1].time > heap[largest].time { largest = left + 1 }
      guard largest != parent else { return top.node }
      heap.swapAt(parent, largest)
      parent = largest
    }
  }
}

extension WalkedCommit {
  /// Reads only what a walk needs. Strictness is `CommitObject`'s, which every judged commit passes;
  /// old history that merely lies on the way is not refused for its form.
  fileprivate init?(_ raw: UnsafeRawBufferPointer, id: ObjectID) {
    var reader = HeaderReader(raw)
    guard let tree = reader.objectID("tree ") else { return nil }
    var parents: [ObjectID] = []
    while let parent = reader.objectID("parent ") { parents.append(parent) }
    var time: Int64 = 0
    while let line = reader.peekLine(), !line.isEmpty {
      if let committer = reader.value("committer ") {
        time = WalkedCommit.time(raw, committer)
        break
      }
      reader.position = line.upperBound + 1
    }
    self.init(id: id, tree: tree, parents: parents, time: time)
  }

  /// The seconds of `... <email> seconds zone`; 0 when they cannot be read. Only the order of the walk
  /// depends on it.
  private static func time(_ raw: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int64 {
    guard var index = raw[line].lastIndex(of: 0x20) else { return 0 }
    var value: Int64 = 0
    var scale: Int64 = 1
    index -= 1
    while index > line.lowerBound, (0x30...0x39).contains(raw[index]), scale <= 100_000_000_000 {
      value += Int64(raw[index] - 0x30) * scale
      scale *= 10
      index -= 1
    }
    return value
  }
}

extension ObjectStore {
  /// The tree of a commit. Only the first header is read, so that old history which `CommitObject`
  /// would refuse for its form can still be compared with.
  package func tree(ofCommit id: ObjectID) throws(GitError) -> ObjectID {
    let object = try object(id, .commit)
    var reader = HeaderReader(object.bytes)
    guard let tree = reader.objectID("tree ") else { throw .malformed(id, "commit headers") }
    return tree
  }
}

extension ObjectStore {
  /// A commit or tag with what it continues.
  package struct HistoryLink: Sendable {
    /// `commit` or `tag`; anything else has no history.
    package let kind: ObjectKind
    /// A commit's parents, or what a tag tags.
    package let next: [ObjectID]

    package var isHistory: Bool { kind == .commit || kind == .tag }
  }

  /// What history an object continues.
  ///
  /// - Parameter isCommit: whether it is known to be one, as a commit's parents are.
  /// - Returns: `nil` when the object is not in this store, or its headers cannot be read.
  package func link(_ id: ObjectID, isCommit: Bool) -> HistoryLink? {
    do throws(GitError) {
      let kind = isCommit ? .commit : try header(id).kind
      switch kind {
      case .commit:
        // The bytes live as long as the object has a name.
        let object = try object(id, .commit)
        return WalkedCommit(object.bytes, id: id).map {
          HistoryLink(kind: kind, next: $0.parents)
        }
      case .tag:
        let object = try object(id, .tag)
        return TagObject(object.bytes).map { HistoryLink(kind: kind, next: [$0.target]) }
      case .tree, .blob: return HistoryLink(kind: kind, next: [])
      }
    } catch {
      return nil
    }
  }
}
