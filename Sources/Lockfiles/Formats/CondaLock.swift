internal import Documents
internal import Primitives

/// `conda-lock.yml`, version 1 (conda/conda-lock, `lockfile/v1`).
///
/// A package is listed for every platform and category that has it.
enum CondaLock {
  static let format = Format(
    "conda-lock",
    files: [
      "conda-lock.yml", "conda-lock.yaml", "*.conda-lock.yml", "*.conda-lock.yaml",
    ], .locks, .yaml,
    keys: [
      KeyRule("version", .dependency), KeyRule("metadata/channels/**", .origin),
      KeyRule("metadata/content_hash/**", .dependency),
      KeyRule("metadata/platforms/**", .dependency), KeyRule("metadata/sources/**", .dependency),
      KeyRule("package", .dependency),
      KeyRule(entryKeys, in: "package/*", is: .dependency),
    ],
    freeOrder: [.yaml], recordsIntegrity: true, digestsArchives: true, read: read)

  static let entryKeys: [StaticString] = [
    "name", "version", "manager", "platform", "dependencies", "dependencies/*", "url", "hash/md5",
    "hash/sha256", "category", "categories/*", "optional", "source", "build",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    guard reader.document.equals(version, "1") else {
      throw reader.unread(.unknownVersion, reader.root)
    }
    try addPackages(&reader)
  }

  /// Reads the list `package`.
  static func addPackages(_ reader: inout EntryReader) throws(Unread) {
    guard let packages = reader.document.child("package", of: reader.root) else { return }
    for node in reader.children(of: packages) { try add(node, &reader) }
  }

  /// Whether a text is a path and not a name: it begins like one, or is one of an archive.
  static func isPath(_ text: Text, _ document: Document) -> Bool {
    let starts: [StaticString] = [".", "/", "file:"]
    let endings: [StaticString] = [".conda", ".tar.bz2", ".whl", ".tar.gz", ".zip"]
    return starts.contains { document.starts(text, with: $0) }
      || endings.contains { document.ends(text, with: $0) }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let manager = try reader.text("manager", of: node)
    let name = try reader.text("name", of: node)
    let platform = try reader.text("platform", of: node)
    let category = reader.document.text("category", of: node) ?? .empty
    let own = try reader.compose(manager, " ", name)
    let locator = try reader.compose(try reader.compose(own, " ", platform), " ", category)
    var entry = Entry(
      node: node, locator: locator, name: name,
      ecosystem: reader.document.equals(manager, "pip") ? .pypi : .conda)
    entry.version = try reader.text("version", of: node)
    entry.source = reader.document.text("url", of: node) ?? .empty
    let isURL =
      reader.document.starts(entry.source, with: "https:")
      || reader.document.starts(entry.source, with: "http:")
    entry.sourceKind =
      isURL
      ? .registry
      : reader.document.starts(entry.source, with: "git+")
        ? .git : isPath(entry.source, reader.document) ? .path : .unknown
    if entry.sourceKind == .git, let at = reader.document.lastIndex(of: 0x40, in: entry.source) {
      entry.revision = reader.document.dropFirst(at + 1, of: entry.source)
    }
    if reader.document.equals(category, "dev") {
      entry.scope = .development
    } else if !category.isEmpty, !reader.document.equals(category, "main") {
      entry.scope = .optional
    }
    var digests: [Text] = []
    if let hash = reader.document.child("hash", of: node) {
      for child in reader.children(of: hash) where !reader.document.text(child).isEmpty {
        let algorithm = reader.document.key(child)
        digests.append(try reader.compose(algorithm, ":", reader.document.text(child)))
      }
    }
    reader.add(entry, integrity: digests)
  }
}
