internal import Git
internal import Policy
internal import Primitives

/// What files looked like where a history last left what has landed: content that the reference may show
/// without being asked about it again.
///
/// Only the nearest landed commit counts. An older one would let an older lock come back.
struct LandedContent {
  private let objects: ObjectStore
  /// Of the nearest places that the update brings. What the reference has had is no excuse for going back
  /// to it.
  private let trees: [ObjectID]
  private let shownTree: ObjectID?

  /// Most places at which a history may leave what has landed; with more, nothing counts.
  private static let mostPlaces = 8

  /// - Parameters:
  ///   - tip: the commit that the reference would show.
  ///   - passed: what has landed, or was released, under rules that ask as much.
  ///   - shown: what the reference shows now; it has passed.
  init(
    below tip: ObjectID, passed: HiddenCommits, shown: ObjectID?, in objects: ObjectStore,
    limit: Int
  ) throws(GitError) {
    self.objects = objects
    var places = try Self.places(below: tip, passed, objects, limit)
    if places.count > Self.mostPlaces { places = [] }
    var trees: [ObjectID] = []
    for (index, place) in places.enumerated() {
      var isNearest = true
      for (other, further) in places.enumerated() where other != index && isNearest {
        let isBehind = try objects.isAncestor(place, of: further, limit: limit)
        // Of two names of one commit the first stays.
        if isBehind, place != further || other < index { isNearest = false }
      }
      guard isNearest else { continue }
      if let shown, try objects.isAncestor(place, of: shown, limit: limit) { continue }
      trees.append(try objects.tree(ofCommit: place))
    }
    self.trees = trees
    shownTree = try shown.map { (id) throws(GitError) in try objects.tree(ofCommit: id) }
  }

  /// The landed commits at which the history below `tip` ends.
  private static func places(
    below tip: ObjectID, _ hidden: HiddenCommits, _ objects: ObjectStore, _ limit: Int
  ) throws(GitError) -> [ObjectID] {
    let own = try objects.commits(
      reachableFrom: [tip], hiding: hidden.tips, endingAt: hidden.ends, limit: limit)
    let known = Set(own.map(\.id))
    guard !known.isEmpty else { return [tip] }
    return Set(own.flatMap(\.parents)).subtracting(known).sorted()
  }

  /// Whether a path's new content is what landed there last, or what the reference shows there already.
  func has(_ change: PathChange) throws(GitError) -> Bool {
    if let shownTree, try isSame(change, in: shownTree) { return true }
    return try hasLanded(change)
  }

  /// Whether a path's new content is what landed there last.
  func hasLanded(_ change: PathChange) throws(GitError) -> Bool {
    for tree in trees where try !isSame(change, in: tree) { return false }
    return !trees.isEmpty
  }

  private func isSame(_ change: PathChange, in tree: ObjectID) throws(GitError) -> Bool {
    let entry = try objects.entry(atPath: change.path, in: tree)
    guard let entry else { return change.newMode == .absent }
    return entry.mode == change.newMode && entry.id == change.newID
  }
}
