internal import Documents
internal import Primitives

/// `uv.lock`, and the locks of single scripts, version 1 (uv's `lock/mod.rs`).
enum UvLock {
  static let format = Format(
    "uv-lock", files: ["uv.lock", "*.py.lock"],
    source: "uv: Locking and syncing; Running scripts, \"Locking dependencies\"", .locks, .toml,
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
    ], freeOrder: [.toml], digests: DigestForm.python, digestsArchives: true,
    family: .pypi,
    manifest: .locked("pyproject"),
    listsDependents: true, read: read)

  private static let archiveKeys: [StaticString] = [
    "url", "path", "filename", "hash", "size", "zstd/hash", "zstd/size",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.text("version"), oneOf: "1", at: root)
    // What `package` was called before uv 0.4.
    guard root["distribution"] == nil else { throw root.unread(.unknownVersion) }
    var direct: Set<Excerpt> = []
    for package in try root.tables("package") { try add(package, &direct, &reader) }
    reader.updateEntries { _, entry in entry.isDirect = direct.contains(entry.name) }
  }

  private static func add(
    _ package: Cursor, _ direct: inout Set<Excerpt>, _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(package, .pypi, try package.text("name"))
    entry.version = try package.scalar("version")
    try readSource(&entry, package.object("source"))
    entry.locator = try entry.name.locator(entry.version, entry.source)
    if entry.sourceKind == .git, let (address, commit) = entry.source.cutFragment(last: true) {
      entry.source = address
      entry.revision = commit
    }
    var files = try package.tables("wheels")
    if let sdist = try package["sdist"]?.object() { files.insert(sdist, at: 0) }
    reader.add(entry, files: try files.digests("hash"))
    if entry.sourceKind == .workspace {
      try addRequirements(package, of: entry.name, &direct, &reader)
    }
  }

  /// Exactly one key says what kind of source it is.
  private static func readSource(_ entry: inout Draft, _ source: Cursor) throws(Unread) {
    let kinds: [(StaticString, Entry.SourceKind)] = [
      ("registry", .registry), ("git", .git), ("url", .url), ("path", .path),
      ("directory", .path), ("editable", .workspace), ("virtual", .workspace),
    ]
    for (key, kind) in kinds {
      guard let value = source[key] else { continue }
      entry.sourceKind = kind
      entry.source = try value.anyScalar()
      return
    }
    throw source.unread(.wrongShape)
  }

  private static func addRequirements(
    _ package: Cursor, of member: Excerpt, _ direct: inout Set<Excerpt>,
    _ reader: inout EntryReader
  ) throws(Unread) {
    var lists = package["dependencies"].map { [$0] } ?? []
    lists += try package.values("optional-dependencies")
    lists += try package.values("dev-dependencies")
    for wanted in lists.joined() {
      if let name = wanted[text: "name"] { direct.insert(name) }
    }
    guard let metadata = package["metadata"] else { return }
    var asked = metadata["requires-dist"].map { [($0, Entry.Scope.runtime)] } ?? []
    asked += try metadata.values("requires-dev").map { ($0, .development) }
    for (list, scope) in asked {
      for wanted in list {
        guard let name = wanted[text: "name"] else { continue }
        reader.addRequirement(
          wanted, name, try wanted.scalar("specifier"), scope, member: member)
      }
    }
  }
}
