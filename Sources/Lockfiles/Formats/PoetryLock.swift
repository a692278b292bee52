internal import Documents
internal import Primitives

/// `poetry.lock`, lock-version 1.x, 2.0 and 2.1 (poetry's `packages/locker.py`), and what poetry wrote
/// before it numbered them.
enum PoetryLock {
  static let format = Format(
    "poetry-lock", files: ["poetry.lock"],
    source: "Poetry: Basic usage, \"poetry.lock\" 2026-11-30", .locks, .toml,
    keys: [
      KeyRule("metadata/lock-version", .dependency),
      KeyRule("metadata/python-versions", .dependency), KeyRule("metadata/platform", .dependency),
      KeyRule("metadata/files/**", .dependency), KeyRule("metadata/hashes/**", .dependency),
      KeyRule("extras/**", .dependency), KeyRule("package", .dependency),
      KeyRule(
        [
          "name", "version", "optional", "python-versions", "category", "groups", "groups/*",
          "markers", "markers/*", "develop", "files", "files/*/file", "files/*/hash", "source/type",
          "source/url", "source/reference", "source/resolved_reference", "source/subdirectory",
          "dependencies/**", "extras/**", "marker", "platform", "python-version",
          "requirements/**",
        ], in: "package/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        "metadata/content-hash", .digest("", 64),
        because: "of the manifest: poetry refuses to install where it does not fit"),
      NeutralKey("package/[]/description", because: "copied from the index for people"),
    ], freeOrder: [.toml], digests: DigestForm.python, digestsArchives: true,
    family: .pypi,
    manifest: .locked("pyproject"),
    listsDependents: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    let metadata = root["metadata"] ?? root
    let version = try metadata.scalar("lock-version")
    reader.setFormatVersion(version)
    guard version.isOne(of: "", "2.0", "2.1") || version.starts(with: "1.") else {
      throw metadata.unread(.unknownVersion)
    }
    var digests = try digests(in: metadata, "files")
    digests.merge(try self.digests(in: metadata, "hashes")) { first, _ in first }
    for package in try root.tables("package") { try add(package, digests, &reader) }
  }

  /// The digests that old versions keep for all packages in one place, by name.
  private static func digests(
    in metadata: Cursor, _ key: StaticString
  ) throws(Unread) -> [Excerpt: [[Excerpt]]] {
    var found: [Excerpt: [[Excerpt]]] = [:]
    for list in try metadata.values(key) {
      var files: [[Excerpt]] = []
      for file in try list.array() {
        files += file.isObject ? try [file].digests("hash") : [[try "sha256:" + file.text]]
      }
      found[list.key] = files
    }
    return found
  }

  private static func add(
    _ package: Cursor, _ digests: [Excerpt: [[Excerpt]]], _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(package, .pypi, try package.text("name"))
    entry.version = try package.text("version")
    entry.sourceKind = .registry
    if let source = package["source"] { try readSource(&entry, source) }
    entry.locator = try entry.name.locator(entry.version, entry.source)
    entry.scope = try scope(of: package)
    let files = try package.tables("files").digests("hash")
    reader.add(entry, files: files.isEmpty ? digests[entry.name] ?? [] : files)
  }

  private static func readSource(_ entry: inout Draft, _ source: Cursor) throws(Unread) {
    switch try source.scalar("type") {
    case "legacy", "": entry.sourceKind = .registry
    case "git": entry.sourceKind = .git
    case "url": entry.sourceKind = .url
    case "directory", "file": entry.sourceKind = .path
    default: throw source.unread(.wrongShape)
    }
    let resolved = try source.scalar("resolved_reference")
    let reference = try source.scalar("reference")
    entry.source = try source.text("url")
    if entry.sourceKind == .git { entry.revision = resolved.isEmpty ? reference : resolved }
  }

  private static func scope(of package: Cursor) throws(Unread) -> Entry.Scope {
    if package["optional"] == "true" { return .optional }
    if let groups = package["groups"] {
      return groups.contains { $0 == "main" } ? .runtime : .development
    }
    return try package.scalar("category") == "dev" ? .development : .runtime
  }
}
