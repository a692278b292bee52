package import DependencyChecks
internal import Documents
package import Git
package import Lockfiles
package import Policy
package import Primitives
internal import Signing

/// What changes between two trees in the files that quarantine rules name: the thing that a person
/// releases.
///
/// It is made of paths, modes and objects only, so that its digest is the same under any version of
/// hookkit; how the change reads is for `diff` to say.
package struct DependencyChange: Sendable {
  /// In the order of their paths' bytes.
  package let paths: [PathChange]
  private let matches: [Catalog.Match]
  private let rules: [Quarantine]
  /// What guarded files name, before and after.
  let named: NamedFiles

  /// Most bytes of all files of a change that are read to explain it.
  private static let mostBytes = 256 << 20

  /// - Parameters:
  ///   - old: the tree before; `nil` for none.
  ///   - rules: which classes count, and what they add to the catalog.
  ///   - memory: where the files that are named are looked up and kept by tree.
  /// - Throws: `GitError`: a tree that cannot be read, or more paths than a release may name.
  package init(
    from old: ObjectID?, to new: ObjectID, under rules: [Quarantine], in objects: ObjectStore,
    limit: Int, memory: (any PushMemory)? = nil
  ) throws(GitError) {
    var limits = ObjectStore.ComparisonLimits()
    limits.changes = limit
    var changes: [PathChange]? = []
    named = try Self.named(from: old, to: new, in: objects, limits, memory, &changes)
    let filter = PathFilter(rules, naming: named)
    var paths: [PathChange] = []
    var matches: [Catalog.Match] = []
    func add(_ change: PathChange) throws(GitError) {
      guard let match = filter.match(change) else { return }
      guard paths.count < ReleaseStatement.blobLimit else {
        throw .overLimit("more than \(ReleaseStatement.blobLimit) dependency files in one push")
      }
      paths.append(change)
      matches.append(match)
    }
    if let changes {
      for change in changes { try add(change) }
    } else {
      try objects.compare(old, new, limits: limits, add)
    }
    self.paths = paths
    self.matches = matches
    self.rules = rules
  }

  /// Most changed paths that are kept, so that the trees are not compared a second time.
  private static let mostKept = 10_000

  /// What guarded files name in either tree. Of the new one no more than what has changed is read.
  ///
  /// - Parameter changes: all changed paths, where they are few enough.
  private static func named(
    from old: ObjectID?, to new: ObjectID, in objects: ObjectStore,
    _ limits: ObjectStore.ComparisonLimits, _ memory: (any PushMemory)?,
    _ changes: inout [PathChange]?
  ) throws(GitError) -> NamedFiles {
    let before = try old.map { (tree) throws(GitError) in
      try named(in: tree, objects, memory)
    }
    var reader = NamedFilesReader(objects, beside: before ?? .none)
    var isSame = old != nil
    var seen: [PathChange]? = []
    try objects.compare(old, new, limits: limits) { (change) throws(GitError) in
      if let count = seen?.count, count < mostKept { seen?.append(change) } else { seen = nil }
      let isLink = change.newMode.isLink || change.oldMode.isLink
      guard
        let match = Catalog.match(change.path, isLink: isLink) ?? before?.match(change.path),
        isLink || match.formats.contains(where: { !$0.mentions.isEmpty })
      else { return }
      isSame = false
      guard change.newMode != .absent else { return }
      try reader.read(change.path, FoundEntry(mode: change.newMode, id: change.newID), match)
    }
    changes = seen
    try reader.follow(in: new)
    if isSame, let before { memory?.keep(before.kept, namedIn: new) }
    return reader.named
  }

  private static func named(
    in tree: ObjectID, _ objects: ObjectStore, _ memory: (any PushMemory)?
  ) throws(GitError) -> NamedFiles {
    if let known = memory?.named(in: tree).flatMap({ NamedFiles(kept: $0) }) { return known }
    var reader = NamedFilesReader(objects)
    try reader.readAll(tree)
    memory?.keep(reader.named.kept, namedIn: tree)
    return reader.named
  }

  package var isEmpty: Bool { paths.isEmpty }

  /// SHA-256 over every path with its modes and objects, before and after.
  package var digest: [UInt8] {
    var bytes = Array("hookkit.dependency-change/1\n".utf8)
    for change in paths {
      let sides =
        "\(change.oldMode.octal) \(change.newMode.octal) \(change.oldID.hex) \(change.newID.hex) "
      bytes += Array("\(sides)\(change.path.count)\n".utf8) + change.path + [0x0a]
    }
    return Digest.sha256(bytes)
  }

  /// The objects that the files have become, each once, in order.
  package var blobs: [ObjectID] { Set(paths.map(\.newID)).subtracting([.zero]).sorted() }

  /// Reads the files and compares them, for people.
  package func diff(in objects: ObjectStore) throws(GitError) -> DependencyDiff {
    var rest = Self.mostBytes
    var files: [DependencyFile] = []
    for (change, match) in zip(paths, matches) {
      files.append(
        DependencyFile(
          path: change.path, match: match,
          old: try side(change.oldMode, change.oldID, objects, &rest),
          new: try side(change.newMode, change.newID, objects, &rest)))
    }
    return DependencyDiff(files, rules: dependencyRules)
  }

  private func side(
    _ mode: FileMode, _ id: ObjectID, _ objects: ObjectStore, _ rest: inout Int
  ) throws(GitError) -> DependencyFile.Side? {
    switch mode {
    case .absent: return nil
    case .gitlink: return DependencyFile.Side(mode: .submodule, blob: id.hex, bytes: nil)
    default: break
    }
    let count = try objects.header(id).count
    var bytes: [UInt8]?
    if count <= min(rest, ReadingLimits().bytes) {
      bytes = try objects.bytes(of: id, .blob)
      rest -= count
    }
    let kind: DependencyFile.Mode =
      mode.isLink ? .link : mode == .executable ? .executable : .file
    return DependencyFile.Side(mode: kind, blob: id.hex, bytes: bytes)
  }

  private var dependencyRules: DependencyRules {
    var all = DependencyRules()
    all.hosts = rules.flatMap(\.hosts)
    all.internalNames = rules.flatMap(\.internalNames).map {
      DependencyRules.InternalName(prefix: $0.prefix, host: $0.host)
    }
    return all
  }
}

/// Which changed paths some quarantine rules are about.
package struct PathFilter: Sendable {
  private let classes: FileClasses
  private let additions: [Catalog.Addition]
  private let named: NamedFiles

  /// - Parameter named: what guarded files name.
  package init(_ rules: [Quarantine], naming named: NamedFiles) {
    self.named = named
    classes = FileClasses(rules.flatMap(\.files))
    additions = rules.flatMap(\.extra).map {
      Catalog.Addition(Pattern($0.pattern), FileClasses($0.fileClass))
    }
  }

  /// What the catalog, or a file that names it, says of the path; `nil` when no rule names its class.
  package func match(_ change: PathChange) -> Catalog.Match? {
    let isLink =
      change.newMode.isLink || change.newMode.isGitlink || change.oldMode.isLink
      || change.oldMode.isGitlink
    let own = Catalog.match(change.path, isLink: isLink, additions: additions)
    let other = named.match(change.path)
    guard let match = own.map({ $0.joined(with: other) }) ?? other,
      !match.classes.isDisjoint(with: classes)
    else { return nil }
    return match
  }
}
