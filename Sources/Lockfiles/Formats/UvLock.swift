internal import Documents
internal import Primitives

/// `uv.lock`, and the locks of single scripts, version 1 (uv's `lock/mod.rs`).
enum UvLock {
  static let format = Format(
    "uv-lock", files: ["uv.lock", "*.py.lock"], .locks, .toml,
    keys: [
      // Where these do not fit the project, uv resolves anew.
      KeyRule("version", .dependency), KeyRule("requires-python", .dependency),
      KeyRule("resolution-markers/**", .dependency), KeyRule("supported-markers/**", .dependency),
      KeyRule("required-markers/**", .dependency), KeyRule("conflicts/**", .dependency),
      KeyRule("options/**", .origin), KeyRule("manifest/dependency-metadata/**", .origin),
      KeyRule("manifest/**", .dependency), KeyRule("package", .dependency),
      KeyRule(
        [
          "name", "version", "source/registry", "source/git", "source/url", "source/path",
          "source/directory", "source/editable", "source/virtual", "source/subdirectory",
          "resolution-markers", "resolution-markers/*", "dependencies/**",
          "optional-dependencies/**", "dev-dependencies/**", "metadata/requires-dist/**",
          "metadata/requires-dev/**", "metadata/provides-extras/**", "wheels",
        ], in: "package/*", is: .dependency),
      KeyRule(archiveKeys, in: "package/*/sdist", is: .dependency),
      KeyRule(archiveKeys, in: "package/*/wheels/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        "revision", .number(9),
        because: "of the format, for notes that every uv may leave out (uv, lock/mod.rs)"),
      NeutralKey(
        "package/[]/sdist/upload-time", .dateText, because: "a date that uv notes and does not use"),
      NeutralKey(
        "package/[]/wheels/[]/upload-time", .dateText,
        because: "a date that uv notes and does not use"),
    ], freeOrder: [.toml], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("pyproject"),
    listsDependents: true, read: read)

  private static let archiveKeys: [StaticString] = [
    "url", "path", "filename", "hash", "size", "zstd/hash", "zstd/size",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    try reader.requireVersion(version, reader.document.equals(version, "1"), reader.root)
    guard reader.document.child("distribution", of: reader.root) == nil else {
      // What `package` was called before uv 0.4.
      throw reader.unread(.unknownVersion, reader.root)
    }
    var direct = TextTable()
    for node in try reader.tables("package", of: reader.root) {
      try add(node, &direct, &reader)
    }
    let document = reader.document
    reader.updateEntries { $0.isDirect = direct.value(for: $0.name, in: document) != nil }
  }

  private static func add(
    _ node: NodeID, _ direct: inout TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try reader.text("name", of: node)
    let version = try reader.scalar("version", of: node)
    let table = try reader.object("source", of: node)
    let source = try readSource(table, reader)
    var entry = Entry(
      node: node, locator: try reader.locator(name, version, source.text), name: name,
      ecosystem: .pypi)
    entry.version = version
    entry.sourceKind = source.kind
    entry.source = source.text
    if source.kind == .git, let hash = reader.document.fragmentMark(in: source.text, last: true) {
      entry.source = reader.document.prefix(hash, of: source.text)
      entry.revision = reader.document.dropFirst(hash + 1, of: source.text)
    }
    var files = try reader.tables("wheels", of: node)
    if let sdist = reader.document.child("sdist", of: node) {
      guard reader.document.isObject(sdist) else { throw reader.unread(.wrongShape, sdist) }
      files.insert(sdist, at: 0)
    }
    reader.add(entry, files: try reader.hashes(files))
    if source.kind == .workspace { try addRequirements(node, of: name, &direct, &reader) }
  }

  /// Exactly one key says what kind of source it is.
  private static func readSource(
    _ table: NodeID, _ reader: EntryReader
  ) throws(Unread) -> (kind: Entry.SourceKind, text: Text) {
    let kinds: [(StaticString, Entry.SourceKind)] = [
      ("registry", .registry), ("git", .git), ("url", .url), ("path", .path),
      ("directory", .path), ("editable", .workspace), ("virtual", .workspace),
    ]
    for (key, kind) in kinds {
      guard let value = reader.document.child(key, of: table) else { continue }
      guard reader.document.isScalar(value) else { throw reader.unread(.wrongShape, value) }
      return (kind, reader.document.text(value))
    }
    throw reader.unread(.wrongShape, table)
  }

  private static func addRequirements(
    _ node: NodeID, of member: Text, _ direct: inout TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    let groups: [(StaticString, Entry.Scope)] = [
      ("optional-dependencies", .optional), ("dev-dependencies", .development),
    ]
    var lists: [(NodeID, Entry.Scope)] = []
    if let list = reader.document.child("dependencies", of: node) { lists.append((list, .runtime)) }
    for (key, scope) in groups {
      lists += try reader.values(key, of: node).map { ($0, scope) }
    }
    for wanted in lists.flatMap({ list, _ in reader.children(of: list) }) {
      guard let name = reader.document.text("name", of: wanted) else { continue }
      _ = direct.insert(wanted.index, for: name, in: reader.document)
    }
    guard let metadata = reader.document.child("metadata", of: node) else { return }
    lists = []
    if let list = reader.document.child("requires-dist", of: metadata) {
      lists.append((list, .runtime))
    }
    lists += try reader.values("requires-dev", of: metadata).map { ($0, .development) }
    for (list, scope) in lists {
      for wanted in reader.children(of: list) {
        guard let name = reader.document.text("name", of: wanted) else { continue }
        reader.add(
          Requirement(
            node: wanted, name: name, specification: try reader.scalar("specifier", of: wanted),
            scope: scope, member: member))
      }
    }
  }
}
