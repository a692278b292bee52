package import Primitives

/// A history put together by chance: commits of one tree, each with its parents and a time.
package struct RandomHistory: Sendable {
  /// The oldest first.
  package let commits: [ObjectID]
  package let parents: [ObjectID: [ObjectID]]

  /// - Parameters:
  ///   - tree: The tree of every commit.
  ///   - clock: The time of the commit with this number.
  ///   - write: Stores a commit of these bytes.
  package init(
    _ count: Int, tree: ObjectID, _ dice: inout Dice, clock: (Int, inout Dice) -> Int,
    write: ([UInt8]) throws -> ObjectID
  ) throws {
    var commits: [ObjectID] = []
    var parents: [ObjectID: [ObjectID]] = [:]
    for number in 0..<count {
      var own: [ObjectID] = []
      // Mostly the newest few, so that there are long lines, forks and criss-cross merges.
      for _ in 0..<dice.pick([0, 1, 1, 1, 1, 1, 2, 2, 2, 3]) where number > 0 {
        let back = dice.once(in: 8) ? number : min(number, 6)
        let parent = commits[number - 1 - dice.roll(back)]
        if !own.contains(parent) { own.append(parent) }
      }
      let ident = "T <t> \(clock(number, &dice)) +0000"
      let text =
        "tree \(tree)\n" + own.map { "parent \($0)\n" }.joined()
        + "author \(ident)\ncommitter \(ident)\n\n\(number)\n"
      let id = try write(Array(text.utf8))
      commits.append(id)
      parents[id] = own
    }
    self.commits = commits
    self.parents = parents
  }

  /// Everything that can be reached from these, themselves included.
  package func reachable(_ tips: [ObjectID]) -> Set<ObjectID> {
    var seen: Set<ObjectID> = []
    var pending = tips
    while let next = pending.popLast() {
      if seen.insert(next).inserted { pending += parents[next] ?? [] }
    }
    return seen
  }

  /// Whether each of these stands before its parents, and once.
  package func isChildrenFirst(_ walk: [ObjectID]) -> Bool {
    var seen: Set<ObjectID> = []
    for id in walk {
      if (parents[id] ?? []).contains(where: seen.contains) || !seen.insert(id).inserted {
        return false
      }
    }
    return true
  }
}
