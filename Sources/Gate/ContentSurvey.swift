package import Git
package import Primitives
package import Secrets

/// What stands in the new objects of a push that must not be stored, or that could not be looked at.
package struct ContentScan: Sendable {
  /// Where a text stands.
  package enum Place: Hashable, Sendable {
    case file([UInt8])
    /// Headers and message of a commit, or of a tag.
    case message
    /// The name of a file, or of a reference.
    case path([UInt8])
    case reference([UInt8])
    /// A file that nothing of the push leads to.
    case unnamed
  }

  /// What the commits that bring it stand on.
  package enum Base: Hashable, Sendable {
    /// The newest one below them, by first parents, that was there before.
    case commit(ObjectID)
    /// They begin a history.
    case nothing
    /// No commit brings it.
    case unknown
  }

  package struct Found: Sendable {
    package let match: SecretMatch
    package let place: Place
    /// The commit or tag that brings it; `nil` where none does.
    package let commit: ObjectID?
    package let base: Base
  }

  package struct Unread: Sendable {
    package let place: Place
    package let commit: ObjectID?
    package let why: String
  }

  package fileprivate(set) var found: [Found] = []
  /// What should have been looked at and could not.
  package fileprivate(set) var doubts: [Unread] = []
  /// What is never looked into.
  package fileprivate(set) var unseen: [Unread] = []
  package fileprivate(set) var objectCount = 0
  package fileprivate(set) var byteCount = 0

  /// Whether there is nothing to be said of it.
  package var isClean: Bool { found.isEmpty && doubts.isEmpty && unseen.isEmpty }
}

/// Looks once through every object that a push brings, whatever leads to it.
///
/// A credential counts where no parent had it in the file of that path, nor in a file that the same commit
/// changes or takes away: what was there before is not what the push brings, and may move.
package struct ContentSurvey {
  private let objects: ObjectStore
  private let scanner: SecretScanner
  private var scan = ContentScan()
  /// Objects of the push that were not in the repository before; `nil` where all that its commits change
  /// counts.
  private var fresh: Set<ObjectID>?
  /// Files that were looked through, with what was found in those that had something.
  private var known: [File: TextScan] = [:]
  private var looked: Set<File> = []
  private var lookedAt: Set<ObjectID> = []

  /// A file, with its path where some rule asks for that.
  private struct File: Hashable {
    let id: ObjectID
    let path: ArraySlice<UInt8>
  }
  /// Trees of the push, whose names are read one by one only where a comparison cannot.
  private var trees: [ObjectID] = []
  private var hasUncompared = false
  /// The commits that are brought, and what each of them stands on.
  private var brought: Set<ObjectID> = []
  private var bases: [ObjectID: ObjectID?] = [:]
  /// Comparisons for what has moved that may still be made.
  private var comparisons = 64
  /// What was told, so that a credential that comes and goes at a place is told once. At another place it may
  /// be what the policy leaves in.
  private var told: Set<Told> = []

  private struct Told: Hashable {
    let key: [UInt8]
    let place: ContentScan.Place
    let isAllowedByComment: Bool
  }

  /// Most objects of one push.
  private static let mostObjects = 20_000_000
  /// Parents of a commit that it is compared with. What has more is looked through without names.
  private static let mostParents = 256

  private init(_ objects: ObjectStore, _ scanner: SecretScanner) {
    self.objects = objects
    self.scanner = scanner
  }

  /// Looks through what git keeps apart of a running push.
  ///
  /// - Parameters:
  ///   - objects: sees the repository and the push.
  ///   - incoming: the push alone.
  ///   - stored: the repository as it was before.
  package static func scan(
    _ updates: [RefUpdate], in objects: ObjectStore, incoming: ObjectStore, stored: ObjectStore,
    by scanner: SecretScanner
  ) throws(GitError) -> ContentScan {
    var survey = ContentSurvey(objects, scanner)
    // git completes a thin pack with objects that are stored already.
    let names = try incoming.everything(limit: mostObjects).filter { !stored.has($0) }
    if let lost = updates.first(where: { !$0.isDeletion && !stored.has($0.new) }), names.isEmpty {
      throw .missing(lost.new)
    }
    try survey.run(names, updates)
    return survey.scan
  }

  /// Looks through what commits bring that are not reachable from others: before a push, when nothing is
  /// kept apart.
  ///
  /// - Parameters:
  ///   - hidden: commits that were there before.
  ///   - limit: most commits.
  package static func scan(
    _ updates: [RefUpdate], in objects: ObjectStore, hiding hidden: [ObjectID], limit: Int,
    by scanner: SecretScanner
  ) throws(GitError) -> ContentScan {
    var survey = ContentSurvey(objects, scanner)
    var tips: [ObjectID] = []
    var others: [ObjectID] = []
    for update in updates where !update.isDeletion {
      let target = try objects.peel(update.new)
      if target.kind == .commit { tips.append(target.id) }
      var id = update.new
      while id != target.id, let tag = TagObject(try objects.object(id, .tag).bytes) {
        others.append(id)
        id = tag.target
      }
      if target.kind == .blob { others.append(target.id) }
    }
    let commits = try objects.commits(reachableFrom: tips, hiding: hidden, limit: limit)
    survey.scan.objectCount = commits.count + others.count
    try survey.look(through: commits.map(\.id), others, updates)
    return survey.scan
  }

  /// Looks through what is about to be committed.
  ///
  /// - Parameter changes: of the files, whose objects are in the repository already.
  package static func scan(
    _ changes: [PathChange], in objects: ObjectStore, by scanner: SecretScanner
  ) throws(GitError) -> ContentScan {
    var survey = ContentSurvey(objects, scanner)
    survey.scan.objectCount = changes.count
    let new = changes.filter { !$0.newID.isZero }
    try survey.add(
      new.map { ($0, $0.oldID.isZero ? [] : [$0.oldID]) }, commit: nil
    ) { (survey) throws(GitError) in
      var found: Set<[UInt8]> = []
      for change in changes where !change.oldID.isZero {
        found.formUnion(try survey.keys(of: change.oldID, change.path))
      }
      return found
    }
    return survey.scan
  }

  private mutating func run(_ names: [ObjectID], _ updates: [RefUpdate]) throws(GitError) {
    fresh = Set(names)
    scan.objectCount = names.count
    var others: [ObjectID] = []
    var commits: [ObjectID] = []
    for id in names {
      switch try objects.header(id).kind {
      case .commit: commits.append(id)
      case .tag, .blob: others.append(id)
      case .tree: trees.append(id)
      }
    }
    try look(through: commits, others, updates)
    guard hasUncompared else { return }
    for id in trees {
      let object = try objects.object(id, .tree)
      for match in scanned(object.bytes).matches {
        add([match], .path([]), commit: nil)
      }
    }
  }

  /// - Parameter others: tags and files, those that commits lead to among them.
  private mutating func look(
    through commits: [ObjectID], _ others: [ObjectID], _ updates: [RefUpdate]
  ) throws(GitError) {
    brought = Set(commits)
    for id in commits.sorted() { try add(commit: id) }
    for update in updates where !update.isDeletion && update.new != update.old {
      try add(target: update.new, of: nil)
    }
    for id in others where !lookedAt.contains(id) {
      if try objects.header(id).kind == .tag {
        try add(tag: id)
      } else {
        add(try look(at: id, path: []), .unnamed, commit: nil)
      }
    }
    let names = updates.filter { !$0.isDeletion }.map(\.name.bytes)
    add(texts: names, commit: nil) { .reference($0) }
  }

  // MARK: Objects

  private mutating func add(commit id: ObjectID) throws(GitError) {
    let object = try objects.object(id, .commit)
    let parents = objects.link(id, isCommit: true)?.next ?? []
    add(scanned(CommitObject.own(object.bytes)), .message, commit: id)
    // What has no readable tree may lie on a branch that nobody guards. Its files are looked through without
    // their names.
    do throws(GitError) {
      try addFiles(of: id, parents)
    } catch {
      guard case .malformed = error else { throw error }
      hasUncompared = true
    }
  }

  private mutating func addFiles(
    of id: ObjectID, _ parents: [ObjectID]
  ) throws(GitError) {
    let tree = try objects.tree(ofCommit: id)
    guard isFresh(tree) else { return }
    guard parents.count <= Self.mostParents else {
      hasUncompared = true
      return
    }
    // What is no parent's: of several, that which differs from all.
    var changes: [[UInt8]: (change: PathChange, old: [ObjectID], parents: Int)] = [:]
    let earlier = try parents.map { (parent) throws(GitError) in
      try objects.tree(ofCommit: parent)
    }
    for old in earlier.isEmpty ? [nil] : earlier.map(Optional.some) {
      for change in try objects.changes(from: old, to: tree, entering: isFresh)
      where !change.newID.isZero {
        var known = changes[change.path] ?? (change, [], 0)
        if !change.oldID.isZero { known.old.append(change.oldID) }
        known.parents += 1
        changes[change.path] = known
      }
    }
    let new = changes.values.filter { $0.parents == max(1, parents.count) }
      .sorted { $0.change.path.lexicographicallyPrecedes($1.change.path) }
    // Files that are changed or gone, read only where something might have moved out of them.
    var moved: Set<[UInt8]>?
    try add(new.map { ($0.change, $0.old) }, commit: id) { (survey) throws(GitError) in
      if let moved { return moved }
      var found: Set<[UInt8]> = []
      for old in earlier where survey.comparisons > 0 {
        survey.comparisons -= 1
        for change in try survey.objects.changes(from: old, to: tree) where !change.oldID.isZero {
          found.formUnion(try survey.keys(of: change.oldID, change.path))
        }
      }
      moved = found
      return found
    }
  }

  /// Whether an object was not here before, as far as that is asked.
  private func isFresh(_ id: ObjectID) -> Bool { fresh?.contains(id) ?? !id.isZero }

  /// What a commit stands on that is not brought along.
  private mutating func base(of commit: ObjectID) -> ContentScan.Base {
    guard brought.contains(commit) else { return .unknown }
    var path: [ObjectID] = []
    var next: ObjectID? = commit
    while let id = next, brought.contains(id) {
      if let known = bases[id] {
        next = known
        break
      }
      path.append(id)
      next = objects.link(id, isCommit: true)?.next.first
    }
    for id in path { bases[id] = .some(next) }
    return next.map { .commit($0) } ?? .nothing
  }

  /// What a tag or a reference leads to that is no commit.
  private mutating func add(target id: ObjectID, of tag: ObjectID?) throws(GitError) {
    guard isFresh(id), try objects.header(id).kind == .tree else { return }
    do throws(GitError) {
      let changes = try objects.changes(from: nil, to: id)
      try add(changes.map { ($0, []) }, commit: tag) { _ in [] }
    } catch {
      guard case .malformed = error else { throw error }
      hasUncompared = true
    }
  }

  private mutating func add(tag id: ObjectID) throws(GitError) {
    let object = try objects.object(id, .tag)
    add(scanned(object.bytes), .message, commit: id)
    if let target = TagObject(object.bytes)?.target { try add(target: target, of: id) }
  }

  /// - Parameter moved: what stood in files that the same commit changes or takes away.
  private mutating func add(
    _ changes: [(change: PathChange, old: [ObjectID])], commit: ObjectID?,
    moved: (inout ContentSurvey) throws(GitError) -> Set<[UInt8]>
  ) throws(GitError) {
    var paths: [[UInt8]] = []
    for (change, old) in changes {
      if old.isEmpty { paths.append(change.path) }
      guard isFresh(change.newID), change.newMode != .gitlink else { continue }
      var result = try look(at: change.newID, path: change.path[...])
      guard !result.isClean else { continue }
      for id in old where !result.matches.isEmpty {
        let before = try keys(of: id, change.path)
        result.keep(result.matches.filter { !before.contains($0.key) })
      }
      if !result.matches.isEmpty {
        let before = try moved(&self)
        result.keep(result.matches.filter { !before.contains($0.key) })
      }
      add(result, .file(change.path), commit: commit)
    }
    add(texts: paths, commit: commit) { .path($0) }
  }

  /// What was found in a file of before.
  private mutating func keys(of id: ObjectID, _ path: [UInt8]) throws(GitError) -> Set<[UInt8]> {
    guard try objects.header(id).kind == .blob else { return [] }
    return Set(try look(at: id, path: path[...]).matches.map(\.key))
  }

  // MARK: Texts

  /// A file, looked through once.
  private mutating func look(
    at id: ObjectID, path: ArraySlice<UInt8>
  ) throws(GitError) -> TextScan {
    let file = File(id: id, path: scanner.asksForName(path) ? path : [])
    if let found = known[file] { return found }
    lookedAt.insert(id)
    guard looked.insert(file).inserted else { return TextScan() }
    let object = try objects.object(id, .blob)
    let result = scanner.scan(object.bytes, path: path)
    scan.byteCount += result.byteCount
    if !result.isClean { known[file] = result }
    return result
  }

  private mutating func scanned(_ bytes: UnsafeRawBufferPointer) -> TextScan {
    let result = scanner.scan(bytes)
    scan.byteCount += result.byteCount
    return result
  }

  /// Short texts, each of which is a place of its own.
  private mutating func add(
    texts: [[UInt8]], commit: ObjectID?, _ place: ([UInt8]) -> ContentScan.Place
  ) {
    guard let first = texts.first else { return }
    // A line each: a name may have line feeds of its own.
    let lines = texts.map { $0.map { $0 == 0x0a ? 0x20 : $0 } }
    var result = Array(lines.joined(separator: [0x0a])).withUnsafeBytes { scanned($0) }
    for match in result.matches { add([match], place(texts[match.line - 1]), commit: commit) }
    result.keep([])
    add(result, place(first), commit: commit)
  }

  private mutating func add(
    _ result: TextScan, _ place: ContentScan.Place, commit: ObjectID?
  ) {
    add(result.matches, place, commit: commit)
    scan.doubts += result.doubts.map { .init(place: place, commit: commit, why: $0) }
    scan.unseen += result.unseen.map { .init(place: place, commit: commit, why: $0) }
  }

  private mutating func add(
    _ matches: [SecretMatch], _ place: ContentScan.Place, commit: ObjectID?
  ) {
    for match in matches {
      let isNew = told.insert(
        Told(key: match.key, place: place, isAllowedByComment: match.isAllowedByComment)
      ).inserted
      guard isNew else { continue }
      scan.found.append(
        .init(
          match: match, place: place, commit: commit, base: commit.map { base(of: $0) } ?? .unknown)
      )
    }
  }
}
