internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

extension ServerView {
  /// The newest commit below `head` that has landed under rules that ask at least as much as those of `ref`:
  /// what a review for a reference that is not there yet starts from. `nil` when nothing has.
  ///
  /// Tips that landed count, and what lies at or below those with which the landings begin; a commit in the
  /// middle of a push does not. Of several the one is taken above which the least is new, so that
  /// everything which has not landed is above it.
  func landedBase(below head: ObjectID, for ref: RefName) throws -> ObjectID? {
    let policy = policy.policy
    let rules = policy.protections(for: ref)
    func asksAsMuch(_ name: RefName) -> Bool {
      let others = policy.protections(for: name)
      return !others.isEmpty
        && rules.allSatisfy { rule in others.contains { $0.asksAsMuch(as: rule) } }
    }
    let equals = references.list(prefix: Array("refs/".utf8)).map(\.name).filter {
      !$0.hasPrefix("refs/hookkit/") && !$0.hasPrefix("refs/quarantine/") && asksAsMuch($0)
    }
    let wanted = equals + (references.resolve(.landings) == nil ? [] : [.landings])
    try remote.fetch(wanted, standingAt: references)
    let objects = try repository.objects()
    var tips: Set<ObjectID> = []
    for name in equals {
      guard let tip = references.resolve(name) else { continue }
      let target = try objects.peel(tip)
      if target.kind == .commit { tips.insert(target.id) }
    }
    let landed = try landedTips(in: objects, asksAsMuch).union(tips)
    // Where the head's line leaves what protected references have.
    var edge = try objects.edge(of: [head], hiding: tips.sorted())
    if tips.contains(head) { edge = [head] }
    let bases =
      edge.allSatisfy(landed.contains) ? edge : try objects.newest(of: landed, below: edge)
    var best: (id: ObjectID, count: Int)?
    for id in bases.prefix(64) where id != head {
      let count = try objects.commits(reachableFrom: [head], hiding: [id], limit: .max).count
      if count < best?.count ?? .max { best = (id, count) }
    }
    return best?.id
  }

  /// Every commit at which the landings say that such a reference has stood.
  private func landedTips(
    in objects: ObjectStore, _ counts: (RefName) -> Bool
  ) throws -> Set<ObjectID> {
    var tips: Set<ObjectID> = []
    for landing in try Landings(objects: objects).chain(from: references.resolve(.landings))
    where counts(landing.statement.ref) {
      for id in [landing.statement.old, landing.statement.new] where !id.isZero {
        // A tag may have landed as well; what is not here is below nothing.
        if let target = try? objects.peel(id), target.kind == .commit { tips.insert(target.id) }
      }
    }
    return tips
  }
}

extension ObjectStore {
  /// The hidden commits that those reachable from `tips` have as parents.
  fileprivate func edge(
    of tips: [ObjectID], hiding hidden: [ObjectID]
  ) throws(GitError) -> [ObjectID] {
    let inside = try commits(reachableFrom: tips, hiding: hidden, limit: .max)
    let known = Set(inside.map(\.id))
    let left = inside.isEmpty ? tips : inside.flatMap(\.parents)
    return Set(left).subtracting(known).sorted()
  }

  /// The nearest of some commits at or below others. Where none of them is below one of these, that one:
  /// it is older than all of them.
  fileprivate func newest(
    of landed: Set<ObjectID>, below starts: [ObjectID]
  ) throws(GitError) -> [ObjectID] {
    var parents: [ObjectID: [ObjectID]] = [:]
    for commit in try commits(reachableFrom: starts, hiding: [], limit: .max) {
      parents[commit.id] = commit.parents
    }
    var all: Set<ObjectID> = []
    for start in starts {
      var found: Set<ObjectID> = []
      var seen: Set<ObjectID> = [start]
      var waiting = [start]
      while let id = waiting.popLast() {
        if landed.contains(id) {
          found.insert(id)
        } else {
          waiting += (parents[id] ?? []).filter { seen.insert($0).inserted }
        }
      }
      all.formUnion(found.isEmpty ? [start] : found)
    }
    return all.sorted()
  }
}
