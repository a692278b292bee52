internal import Git
internal import Policy
internal import Primitives

/// Whether an update changes hookkit's own files (`.hookkit/`), and what such an update must be.
struct PolicyChange {
  let bench: Bench
  let update: RefUpdate
  let range: CommitRange
  let tip: ObjectID
  /// Positions of the commits that change `.hookkit/`.
  private let touching: [Int]
  private let isNet: Bool

  var exists: Bool { !touching.isEmpty || isNet }

  init(bench: Bench, update: RefUpdate, range: CommitRange, tip: ObjectID) throws(GitError) {
    self.bench = bench
    self.update = update
    self.range = range
    self.tip = tip
    let objects = bench.surroundings.objects
    let folder = Array(".hookkit".utf8)
    var touching: [Int] = []
    for (position, commit) in range.commits.enumerated() {
      // What a merge takes from one of its parents is that parent's change, judged where it was made.
      var isOwn =
        try commit.parents.isEmpty ? objects.entry(folder, in: commit.tree) != nil : true
      for parent in commit.parents {
        let tree =
          if let known = range.position(of: parent) {
            range.commits[known].tree
          } else {
            try objects.tree(ofCommit: parent)
          }
        if try !objects.entryDiffers(folder, between: tree, and: commit.tree) { isOwn = false }
      }
      if isOwn { touching.append(position) }
    }
    self.touching = touching
    // The tip is what the next push is judged by, so its tree is read to its end, of a new ref too.
    let new = try objects.entry(folder, in: objects.tree(ofCommit: tip))
    if update.isCreation {
      isNet = false
    } else {
      let old = try objects.tree(ofCommit: objects.peel(update.old).id)
      isNet = try objects.entry(folder, in: old) != new
    }
  }

  private static func words(_ error: any Error) -> String {
    (error as? PolicyError).map { "\($0)" } ?? (error as? GitError)?.words ?? "it cannot be read"
  }

  /// A path outside `.hookkit/` that a commit changes, or that a merge changes over all.
  private func otherChange() throws(GitError) -> (path: [UInt8], commit: ObjectID)? {
    func isOther(_ change: PathChange) -> Bool { !change.path.starts(with: ".hookkit/".utf8) }
    for position in range.commits.indices where range.commits[position].parents.count < 2 {
      if let other = try range.changes(position).first(where: isOther) {
        return (other.path, range.commits[position].id)
      }
    }
    guard !update.isCreation else { return nil }
    let objects = bench.surroundings.objects
    let old = try objects.tree(ofCommit: objects.peel(update.old).id)
    return try objects.changes(from: old, to: objects.tree(ofCommit: tip)).first(where: isOther)
      .map { ($0.path, tip) }
  }

  /// Mixed with other changes, or not a policy that may follow the one in force.
  func findings() throws(GitError) -> [Finding] {
    guard exists else { return [] }
    var findings: [Finding] = []
    let objects = bench.surroundings.objects
    if let other = try otherChange() {
      findings.append(PolicyChangeMixed.finding(update, path: other.path, other.commit))
    }
    let old =
      update.isCreation
      ? nil : try PolicyInForce.treeLayer(at: objects.peel(update.old).id, objects: objects)
    do {
      let new = try PolicyInForce.treeLayer(at: tip, objects: objects)
      if old != nil || new != nil, old?.bytes != new?.bytes {
        try Policy.validateSuccessor(
          old: old, new: new, above: bench.surroundings.upperLayers, at: bench.push.time)
      }
    } catch {
      findings.append(PolicySuccessor.finding(update, Self.words(error)))
    }
    return findings
  }
}
