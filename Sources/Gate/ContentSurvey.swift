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

  package struct Found: Sendable {
    package let match: SecretMatch
    package let place: Place
    /// The commit or tag that brings it; `nil` where none does.
    package let commit: ObjectID?
    /// Its first parent, before which it was not there.
    package let parent: ObjectID?
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
  private var hasMalformedTree = false
  /// What was told, so that one credential in many commits is told once.
  private var told: Set<[UInt8]> = []

  /// Most objects of one push.
  private static let mostObjects = 20_000_000
  /// Files of one commit in which what has moved is looked for.
  private static let mostMoved = 256

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
    let old = changes.map { $0.oldID.isZero ? [] : [$0.oldID] }
    try survey.add(
      Array(zip(changes, old)), gone: old.flatMap { $0 }, commit: nil, parent: nil)
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
    guard hasMalformedTree else { return }
    for id in trees {
      let object = try objects.object(id, .tree)
      for match in scanned(object.bytes).matches {
        add([match], .path([]), commit: nil, parent: nil)
      }
    }
  }

  /// - Parameter others: tags and files, those that commits lead to among them.
  private mutating func look(
    through commits: [ObjectID], _ others: [ObjectID], _ updates: [RefUpdate]
  ) throws(GitError) {
    for id in commits { try add(commit: id) }
    for update in updates where !update.isDeletion && update.new != update.old {
      try add(target: update.new, of: nil)
    }
    for id in others where !lookedAt.contains(id) {
      if try objects.header(id).kind == .tag {
        try add(tag: id)
      } else {
        add(try look(at: id, path: []), .unnamed, commit: nil, parent: nil)
      }
    }
    let names = updates.filter { !$0.isDeletion }.map(\.name.bytes)
    add(texts: names, commit: nil, parent: nil) { .reference($0) }
  }

  // MARK: Objects

  private mutating func add(commit id: ObjectID) throws(GitError) {
    let object = try objects.object(id, .commit)
    let parents = objects.link(id, isCommit: true)?.next ?? []
    add(scanned(object.bytes), .message, commit: id, parent: parents.first)
    // What has no readable tree may lie on a branch that nobody guards. Its files are looked through without
    // their names.
    do throws(GitError) {
      try addFiles(of: id, parents)
    } catch {
      guard case .malformed = error else { throw error }
      hasMalformedTree = true
    }
  }

  private mutating func addFiles(
    of id: ObjectID, _ parents: [ObjectID]
  ) throws(GitError) {
    let tree = try objects.tree(ofCommit: id)
    var changes: [[UInt8]: (change: PathChange, old: [ObjectID], parents: Int)] = [:]
    for parent in parents.isEmpty ? [nil] : parents.map(Optional.some) {
      let old: ObjectID? = if let parent { try objects.tree(ofCommit: parent) } else { nil }
      for change in try objects.changes(from: old, to: tree) {
        var known = changes[change.path] ?? (change, [], 0)
        if change.oldID != .zero { known.old.append(change.oldID) }
        known.parents += 1
        changes[change.path] = known
      }
    }
    let brought = changes.values.filter { $0.parents == max(1, parents.count) }
    try add(
      brought.map { ($0.change, $0.old) }, gone: changes.values.flatMap(\.old), commit: id,
      parent: parents.first)
  }

  /// What a tag or a reference leads to that is no commit.
  private mutating func add(target id: ObjectID, of tag: ObjectID?) throws(GitError) {
    guard fresh?.contains(id) ?? true, try objects.header(id).kind == .tree else { return }
    do throws(GitError) {
      let changes = try objects.changes(from: nil, to: id)
      try add(changes.map { ($0, []) }, gone: [], commit: tag, parent: nil)
    } catch {
      guard case .malformed = error else { throw error }
      hasMalformedTree = true
    }
  }

  private mutating func add(tag id: ObjectID) throws(GitError) {
    let object = try objects.object(id, .tag)
    add(scanned(object.bytes), .message, commit: id, parent: nil)
    if let target = TagObject(object.bytes)?.target { try add(target: target, of: id) }
  }

  private mutating func add(
    _ changes: [(change: PathChange, old: [ObjectID])], gone: [ObjectID], commit: ObjectID?,
    parent: ObjectID?
  ) throws(GitError) {
    var paths: [[UInt8]] = []
    for (change, old) in changes {
      if change.newID != .zero, old.isEmpty { paths.append(change.path) }
      guard fresh?.contains(change.newID) ?? !change.newID.isZero, change.newMode != .gitlink else {
        continue
      }
      let result = try look(at: change.newID, path: change.path[...])
      guard !result.matches.isEmpty || !result.doubts.isEmpty || !result.unseen.isEmpty else {
        continue
      }
      var matches = result.matches
      for id in old where !matches.isEmpty { try drop(id, change.path, from: &matches) }
      for id in gone.prefix(Self.mostMoved) where !matches.isEmpty {
        try drop(id, change.path, from: &matches)
      }
      var rest = result
      rest.keep(matches)
      add(rest, .file(change.path), commit: commit, parent: parent)
    }
    add(texts: paths, commit: commit, parent: parent) { .path($0) }
  }

  /// Takes from what was found that which an earlier file has as well.
  private mutating func drop(
    _ id: ObjectID, _ path: [UInt8], from matches: inout [SecretMatch]
  ) throws(GitError) {
    guard try objects.header(id).kind == .blob else { return }
    let before = try look(at: id, path: path[...]).matches
    matches.removeAll { match in
      before.contains { $0.rule.id == match.rule.id && $0.secret == match.secret }
    }
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
    if !result.matches.isEmpty || !result.doubts.isEmpty || !result.unseen.isEmpty {
      known[file] = result
    }
    return result
  }

  private mutating func scanned(_ bytes: UnsafeRawBufferPointer) -> TextScan {
    let result = scanner.scan(bytes)
    scan.byteCount += result.byteCount
    return result
  }

  /// Short texts, each of which is a place of its own.
  private mutating func add(
    texts: [[UInt8]], commit: ObjectID?, parent: ObjectID?,
    _ place: ([UInt8]) -> ContentScan.Place
  ) {
    guard !texts.isEmpty else { return }
    let all = Array(texts.joined(separator: [0x0a]))
    let result = all.withUnsafeBytes { scanner.scan($0) }
    scan.byteCount += result.byteCount
    for match in result.matches where match.line <= texts.count {
      add([match], place(texts[match.line - 1]), commit: commit, parent: parent)
    }
  }

  private mutating func add(
    _ result: TextScan, _ place: ContentScan.Place, commit: ObjectID?, parent: ObjectID?
  ) {
    add(result.matches, place, commit: commit, parent: parent)
    scan.doubts += result.doubts.map { .init(place: place, commit: commit, why: $0) }
    scan.unseen += result.unseen.map { .init(place: place, commit: commit, why: $0) }
  }

  private mutating func add(
    _ matches: [SecretMatch], _ place: ContentScan.Place, commit: ObjectID?, parent: ObjectID?
  ) {
    for match in matches where told.insert(Array(match.rule.id.utf8) + [0] + match.secret).inserted
    {
      scan.found.append(.init(match: match, place: place, commit: commit, parent: parent))
    }
  }
}
