internal import DependencyChecks
internal import Documents
internal import Git
internal import Lockfiles
internal import Platform
internal import Primitives
internal import Report

/// Where `hookkit deps` reads from: plain files, or the objects of the repository here.
struct DependencySource {
  private let context: CommandContext
  private let limits = ReadingLimits()

  init(in context: CommandContext) {
    self.context = context
  }

  // MARK: Listing

  /// The files that a person's word stands for: a file, a commit, a commit and a path.
  func files(of word: String?) throws -> [InventoryJSON.File] {
    if let word, FileBytes.kind(word) == .file || FileBytes.kind(word) == .link {
      let match = try match(word)
      return [InventoryJSON.File(path: Array(word.utf8), match: match, bytes: try bytes(at: word))]
    }
    let parts = (word ?? "HEAD").split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.first else { throw CommandError(.usage, "an empty name") }
    let (objects, commit) = try commit(name, orFile: word ?? "HEAD")
    let tree = try objects.commit(commit).tree
    if parts.count == 2 {
      guard let entry = try objects.entry(atPath: parts[1].utf8, in: tree), !entry.mode.isTree
      else { throw CommandError(.undecided, "\(name.quoted) has no file \(parts[1].quoted)") }
      let match = try match(parts[1], isLink: entry.mode.isLink || entry.mode.isGitlink)
      let side = try side(entry.mode, entry.id, objects)
      return [.init(path: Array(parts[1].utf8), match: match, bytes: side?.bytes)]
    }
    var files: [InventoryJSON.File] = []
    try objects.compare(nil, tree) { (change) throws(GitError) in
      guard let match = Catalog.match(change.path), !match.formats.isEmpty,
        change.newMode == .file || change.newMode == .executable
      else { return }
      let bytes = try side(change.newMode, change.newID, objects)?.bytes
      files.append(.init(path: change.path, match: match, bytes: bytes))
    }
    return files
  }

  // MARK: Comparing

  /// The changed files between two files or two commits, and what names the two.
  func changes(
    _ old: String, _ new: String, path: String?
  ) throws -> ([DependencyFile], DependencyDiff.Frame) {
    let isFile = [old, new].map { $0 == "/dev/null" || FileBytes.kind($0) == .file }
    if isFile[0], isFile[1] {
      let name = path ?? (new == "/dev/null" ? old : new)
      let sides = try [old, new].map { word -> DependencyFile.Side? in
        word == "/dev/null" ? nil : DependencyFile.Side(bytes: try bytes(at: word))
      }
      let file = DependencyFile(
        path: Array(name.utf8), match: try match(name), old: sides[0], new: sides[1])
      return ([file], DependencyDiff.Frame())
    }
    let (objects, base) = try commit(old, orFile: old)
    let (_, head) = try commit(new, orFile: new)
    let wanted = path.map { Array($0.utf8) }
    var files: [DependencyFile] = []
    try objects.compare(objects.commit(base).tree, objects.commit(head).tree) {
      (change) throws(GitError) in
      guard wanted == nil || wanted == change.path else { return }
      let isLink = change.oldMode.isLink || change.newMode.isLink
      let isGitlink = change.oldMode.isGitlink || change.newMode.isGitlink
      guard let match = Catalog.match(change.path, isLink: isLink || isGitlink) else { return }
      files.append(
        DependencyFile(
          path: change.path, match: match,
          old: try side(change.oldMode, change.oldID, objects),
          new: try side(change.newMode, change.newID, objects)))
    }
    return (files, DependencyDiff.Frame(base: base.hex, head: head.hex))
  }

  private func side(
    _ mode: FileMode, _ id: ObjectID, _ objects: ObjectStore
  ) throws(GitError) -> DependencyFile.Side? {
    if mode == .absent || mode.isTree { return nil }
    if mode.isGitlink {
      return DependencyFile.Side(mode: .submodule, blob: id.hex, bytes: nil)
    }
    let isSmall = try objects.header(id).count <= limits.bytes
    let bytes = isSmall ? try objects.bytes(of: id, .blob) : nil
    return DependencyFile.Side(
      mode: mode.isLink ? .link : mode == .executable ? .executable : .file, blob: id.hex,
      bytes: bytes)
  }

  // MARK: Names

  private func match(_ path: String, isLink: Bool = false) throws -> Catalog.Match {
    guard let match = Catalog.match(Array(path.utf8), isLink: isLink) else {
      throw CommandError(
        .undecided, "\(path.quoted) is not a dependency file that hookkit knows by name")
    }
    return match
  }

  /// `nil` for a file that is larger than the limit.
  private func bytes(at path: String) throws -> [UInt8]? {
    do {
      // With room for what a reader composes of it, so that it need not be copied for that.
      return try FileBytes.read(path, limit: limits.bytes, hasRoom: true)
    } catch {
      guard case .tooLarge = error.reason else { throw error }
      return nil
    }
  }

  private func commit(_ word: String, orFile file: String) throws -> (ObjectStore, ObjectID) {
    let repository: LocalRepository
    do {
      repository = try context.repository()
    } catch {
      throw CommandError(
        .undecided, "\(file.quoted) is not a file, and there is no repository here")
    }
    let objects = try repository.objects()
    guard let id = try repository.commit(word) else {
      throw CommandError(.undecided, "\(file.quoted) is neither a file nor a commit here")
    }
    return (objects, id)
  }
}
