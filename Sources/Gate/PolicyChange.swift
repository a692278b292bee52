internal import Git
internal import Policy
internal import Primitives

/// What an update of the branch that HEAD names does to hookkit's own files (`.hookkit/`), and what such
/// an update must be.
///
/// Of other branches nothing is asked here: nothing reads the policy there (decision 0004).
struct PolicyChange {
  let bench: Bench
  let update: RefUpdate
  let tip: ObjectID
  /// Whether this is the branch whose policy is read.
  private let isHome: Bool
  /// Whether the folder would not be what it is now.
  let isNet: Bool
  /// Whether the branch would get the very policy that is in force already, wherever it stood before.
  private let catchesUp: Bool
  private let old: File
  private let new: File
  private var touching: [Int] = []

  /// The policy file at one end of the update.
  private enum File: Equatable {
    case absent
    case layer([UInt8])
    /// A link, a folder, too large.
    case unreadable(String)

    init(_ bytes: [UInt8]?) {
      self = bytes.map(File.layer) ?? .absent
    }
  }

  private static let folder = Array(".hookkit".utf8)

  /// Compares the ends alone; `look(at:)` goes through what lies between.
  init(bench: Bench, update: RefUpdate, tip: ObjectID) throws(GitError) {
    self.bench = bench
    self.update = update
    self.tip = tip
    isHome = update.name == bench.inForce.head
    let objects = bench.surroundings.objects
    // HEAD may name any branch next, so the tip's tree is read to its end on all of them.
    let folder = try objects.entry(Self.folder, in: objects.tree(ofCommit: tip))
    guard isHome else {
      (isNet, catchesUp, old, new) = (false, false, .absent, .absent)
      return
    }
    let before = update.isCreation ? nil : try objects.peel(update.old).id
    let known = File(bench.inForce.tree?.bytes)
    old = before.map { Self.file(at: $0, objects) } ?? .absent
    new = Self.file(at: tip, objects)
    catchesUp = new == known && (before == nil ? known != .absent : old != new)
    let earlier = try before.flatMap { (id) throws(GitError) in
      try objects.entry(Self.folder, in: objects.tree(ofCommit: id))
    }
    // A branch that is made anew is compared with what was in force before it was gone.
    let isLost = before == nil && known != .absent
    isNet = !catchesUp && (earlier != folder || isLost)
  }

  private static func file(at commit: ObjectID, _ objects: ObjectStore) -> File {
    do throws(GitError) {
      return File(try PolicyInForce.treeLayer(at: commit, objects: objects)?.bytes)
    } catch {
      return .unreadable(error.words)
    }
  }

  /// Whether the branch that HEAD names holds anything of hookkit's, which must not go with it.
  static func holdsPolicy(_ update: RefUpdate, _ bench: Bench) throws(GitError) -> Bool {
    guard update.name == bench.inForce.head else { return false }
    let objects = bench.surroundings.objects
    let target = try objects.peel(update.old)
    guard target.kind == .commit else { return false }
    return try objects.entry(folder, in: objects.tree(ofCommit: target.id)) != nil
  }

  /// Finds the commits of the range that change the folder and have not landed elsewhere.
  mutating func look(at range: CommitRange) throws(GitError) {
    guard isHome, !catchesUp else { return }
    let objects = bench.surroundings.objects
    for (position, commit) in range.commits.enumerated() {
      // What a merge takes from one of its parents is that parent's change, judged where it was made.
      var isOwn =
        try commit.parents.isEmpty ? objects.entry(Self.folder, in: commit.tree) != nil : true
      for parent in commit.parents {
        let tree =
          if let known = range.position(of: parent) {
            range.commits[known].tree
          } else {
            try objects.tree(ofCommit: parent)
          }
        if try !objects.entryDiffers(Self.folder, between: tree, and: commit.tree) {
          isOwn = false
        }
      }
      if isOwn { touching.append(position) }
    }
    guard !touching.isEmpty else { return }
    let landed = HiddenCommits(
      try bench.landed { [bench, update] name in
        name != update.name && bench.policy.isProtected(name)
      })
    let own = try objects.commits(
      reachableFrom: touching.map { range.commits[$0].id },
      hiding: landed.tips + (update.isCreation ? [] : [objects.peel(update.old).id]),
      endingAt: landed.ends, limit: bench.policy.limits.commits)
    let new = Set(own.map(\.id))
    touching.removeAll { !new.contains(range.commits[$0].id) }
  }

  var exists: Bool { isNet || !touching.isEmpty }

  /// What a landing says of it: that this update was judged as a change of the policy.
  func record(in coverage: JSON) -> JSON {
    guard exists, let members = coverage.members else { return coverage }
    return .object(members + [JSON.Member(key: Array("policy".utf8), value: true)])
  }

  /// A path outside `.hookkit/` that a commit changes, or that a merge changes over all.
  func otherChange(
    _ range: CommitRange
  ) throws(GitError) -> (path: [UInt8], commit: ObjectID)? {
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

  /// Why the policy at the new tip may not follow the newest one that was in force.
  var successorProblem: String? {
    let known = bench.inForce.tree
    guard isNet, new != old || update.isCreation, new != File(known?.bytes) else { return nil }
    var next: PolicyLayer?
    switch new {
    case .unreadable(let why): return why
    case .absent: break
    case .layer(let bytes):
      next = PolicyLayer(.tree, name: "\(tip.short):.hookkit/policy.toml", bytes: bytes)
    }
    guard known != nil || next != nil else { return nil }
    do throws(PolicyError) {
      try Policy.validateSuccessor(
        old: known, new: next, above: bench.surroundings.upperLayers, at: bench.push.time)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
