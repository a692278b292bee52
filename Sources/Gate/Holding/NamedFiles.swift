internal import Documents
internal import Git
package import Lockfiles
internal import Platform
internal import Primitives

/// The files that guarded files of a tree name: scripts, patches, included pipelines, the targets of links.
/// Each decides as much as what names it, whatever its own name is.
package struct NamedFiles: Sendable {
  /// In no order.
  private(set) var files: [NamedFile] = []
  /// Whether there are more than are followed. Then any path may be named.
  private(set) var isCut = false
  /// By folded path: a checkout may find the file under another spelling.
  private var byPath: [[UInt8]: [NamedFile]] = [:]
  private var patterns: [(pattern: Pattern, file: NamedFile)] = []
  private var known: Set<NamedFile> = []

  package static let none = NamedFiles()

  /// Most files that are named in one tree, and most that are read to find them.
  static let most = 10_000
  static let mostRead = 50_000
  static let mostBytes = 256 << 20
  /// How far a file that is named may name others.
  static let depth = 8

  /// - Returns: whether it is new.
  @discardableResult
  mutating func insert(_ file: NamedFile) -> Bool {
    guard known.insert(file).inserted else { return false }
    guard files.count < Self.most else {
      isCut = true
      return false
    }
    files.append(file)
    let path = Catalog.folded(file.path)
    if path.contains(UInt8(ascii: "*")) {
      patterns.append((Pattern(path), file))
    } else {
      byPath[path, default: []].append(file)
    }
    return true
  }

  mutating func cut() { isCut = true }

  /// What is known of a path because another file names it; `nil` when none does.
  package func match(_ path: [UInt8]) -> Catalog.Match? {
    var found: [NamedFile] = []
    if !files.isEmpty {
      let path = Catalog.folded(path)
      found = byPath[path] ?? []
      for slash in path.indices where path[slash] == UInt8(ascii: "/") {
        found += (byPath[Array(path[..<slash])] ?? []).filter(\.isFolder)
      }
      found += patterns.filter { $0.pattern.matches(path) }.map(\.file)
    }
    guard !found.isEmpty || isCut else { return nil }
    let formats = found.compactMap { $0.format.flatMap { FormatRegistry.format(named: $0) } }
    return Catalog.Match(
      classes: FileClasses(isCut ? [.runsCode] : found.map(\.fileClass)),
      formats: Array(formats.prefix(1)))
  }
}

extension NamedFiles {
  private static var header: [UInt8] { Array("hookkit.named/1 \(Version.text)".utf8) }

  /// What is kept for a tree: fields that a NUL ends, four for each file.
  var kept: [UInt8] {
    var fields = [Self.header, [isCut ? 0x31 : 0x30]]
    for file in files {
      fields += [
        file.path, Array(file.fileClass.rawValue.utf8), [file.isFolder ? 0x31 : 0x30],
        Array((file.format ?? "").utf8),
      ]
    }
    return fields.flatMap { $0 + [0] }
  }

  /// `nil` for what this version has not written.
  init?(kept bytes: [UInt8]) {
    let fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
    guard fields.count % 4 == 3, fields[0].elementsEqual(Self.header), fields.last?.isEmpty == true
    else { return nil }
    for start in stride(from: 2, to: fields.count - 1, by: 4) {
      guard
        let fileClass = FileClass(rawValue: String(decoding: fields[start + 1], as: UTF8.self))
      else { return nil }
      let format = String(decoding: fields[start + 3], as: UTF8.self)
      insert(
        NamedFile(
          path: Array(fields[start]), fileClass: fileClass,
          isFolder: fields[start + 2].elementsEqual([0x31]),
          format: format.isEmpty ? nil : format))
    }
    isCut = isCut || fields[1].elementsEqual([0x31])
  }
}

/// Finds what the guarded files of trees name.
struct NamedFilesReader {
  private let objects: ObjectStore
  private(set) var named = NamedFiles.none
  private var readCount = 0
  private var readBytes = 0
  /// Named files that are read as a format of their own, and so may name others.
  private var pending: [NamedFile] = []

  init(_ objects: ObjectStore) {
    self.objects = objects
  }

  /// What was found in an earlier tree, to which more is added.
  init(_ objects: ObjectStore, beside named: NamedFiles) {
    self.init(objects)
    self.named = named
  }

  /// Reads every guarded file of a tree.
  mutating func readAll(_ tree: ObjectID) throws(GitError) {
    try walk(tree, [], depth: 0) { (reader, path, entry) throws(GitError) in
      try reader.read(path, entry, Catalog.match(path, isLink: entry.mode.isLink))
    }
    try follow(in: tree)
  }

  /// Reads one file, if it is of a kind that names others.
  mutating func read(
    _ path: [UInt8], _ entry: FoundEntry, _ match: Catalog.Match?
  ) throws(GitError) {
    guard let match, !named.isCut, !entry.mode.isGitlink, !entry.mode.isTree else { return }
    guard entry.mode.isLink || match.formats.contains(where: { !$0.mentions.isEmpty }) else {
      return
    }
    readCount += 1
    let count = try objects.header(entry.id).count
    readBytes += count
    guard readCount <= NamedFiles.mostRead, readBytes <= NamedFiles.mostBytes else {
      return named.cut()
    }
    guard count <= ReadingLimits().bytes else { return }
    let bytes = try objects.bytes(of: entry.id, .blob)
    guard !entry.mode.isLink else {
      let folder = path.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? []
      guard let target = RepositoryPath.resolve(bytes[...], from: folder) else { return }
      for fileClass in match.classes.each {
        add([
          NamedFile(
            path: target, fileClass: fileClass, isFolder: true,
            format: match.formats.first?.name)
        ])
      }
      return
    }
    guard let format = match.format(of: bytes) else { return }
    guard let files = format.filesNamed(in: bytes, at: path) else { return named.cut() }
    add(files)
  }

  private mutating func add(_ files: [NamedFile]) {
    for file in files where named.insert(file) && file.format != nil { pending.append(file) }
  }

  /// Reads what is named itself, as far as it is read as a format: a pipeline that includes others.
  mutating func follow(in tree: ObjectID) throws(GitError) {
    for _ in 0..<NamedFiles.depth where !pending.isEmpty {
      let files = pending
      pending = []
      let patterns = files.filter { $0.path.contains(UInt8(ascii: "*")) }
      for file in files where !file.path.contains(UInt8(ascii: "*")) {
        guard let entry = try objects.entry(atPath: file.path, in: tree) else { continue }
        try read(file.path, entry, match(file))
      }
      guard !patterns.isEmpty else { continue }
      try walk(tree, [], depth: 0) { (reader, path, entry) throws(GitError) in
        guard let file = patterns.first(where: { $0.covers(path) }) else { return }
        try reader.read(path, entry, reader.match(file))
      }
    }
    if !pending.isEmpty { named.cut() }
  }

  private func match(_ file: NamedFile) -> Catalog.Match? {
    let formats = file.format.flatMap { FormatRegistry.format(named: $0) }
    return Catalog.Match(classes: FileClasses(file.fileClass), formats: formats.map { [$0] } ?? [])
  }

  private mutating func walk(
    _ tree: ObjectID, _ folder: [UInt8], depth: Int,
    _ body: (inout NamedFilesReader, [UInt8], FoundEntry) throws(GitError) -> Void
  ) throws(GitError) {
    guard depth <= 512 else { throw .overLimit("folders nested more than 512 deep") }
    var folders: [([UInt8], ObjectID)] = []
    var files: [([UInt8], FoundEntry)] = []
    try objects.forEachEntry(in: tree) { entry in
      let path = folder + entry.name
      if entry.mode.isTree {
        folders.append((path + [UInt8(ascii: "/")], entry.id))
      } else {
        files.append((path, FoundEntry(mode: entry.mode, id: entry.id)))
      }
    }
    for (path, entry) in files { try body(&self, path, entry) }
    for (path, id) in folders { try walk(id, path, depth: depth + 1, body) }
  }
}
