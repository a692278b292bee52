internal import Documents
internal import Primitives

/// `poetry.lock`, lock-version 1.x, 2.0 and 2.1 (poetry's `packages/locker.py`), and what poetry wrote
/// before it numbered them.
enum PoetryLock {
  static let format = Format(
    "poetry-lock", files: ["poetry.lock"], .locks, .toml,
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
    ], freeOrder: [.toml], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("pyproject"),
    listsDependents: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let metadata = reader.document.child("metadata", of: reader.root) ?? reader.root
    let version = try reader.scalar("lock-version", of: metadata)
    reader.setFormatVersion(version)
    let isKnown =
      version.isEmpty || reader.document.starts(version, with: "1.")
      || reader.document.equals(version, "2.0") || reader.document.equals(version, "2.1")
    try reader.requireVersion(version, isKnown, metadata)
    var digests = try digests(in: metadata, "files", &reader)
    digests.merge(try self.digests(in: metadata, "hashes", &reader)) { first, _ in first }
    for node in try reader.tables("package", of: reader.root) {
      try add(node, digests, &reader)
    }
  }

  /// The digests that old versions keep for all packages in one place, by name.
  private static func digests(
    in metadata: NodeID, _ key: StaticString, _ reader: inout EntryReader
  ) throws(Unread) -> [ArraySlice<UInt8>: [[Text]]] {
    var found: [ArraySlice<UInt8>: [[Text]]] = [:]
    for list in try reader.values(key, of: metadata) {
      guard reader.document.isArray(list) else { throw reader.unread(.wrongShape, list) }
      var texts: [[Text]] = []
      for file in reader.children(of: list) {
        if reader.document.isObject(file) {
          texts += try reader.hashes([file])
        } else {
          texts.append([try reader.compose("sha256:", reader.document.text(file))])
        }
      }
      found[ArraySlice(Array(reader.document.bytes(reader.document.key(list))))] = texts
    }
    return found
  }

  private static func add(
    _ node: NodeID, _ digests: [ArraySlice<UInt8>: [[Text]]], _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try reader.text("name", of: node)
    let version = try reader.text("version", of: node)
    var source = (kind: Entry.SourceKind.registry, url: Text.empty, revision: Text.empty)
    if let table = reader.document.child("source", of: node) {
      source = try readSource(table, reader)
    }
    var entry = Entry(
      node: node, locator: try reader.locator(name, version, source.url), name: name,
      ecosystem: .pypi)
    entry.version = version
    entry.sourceKind = source.kind
    entry.source = source.url
    entry.revision = source.revision
    entry.scope = try scope(of: node, reader)
    let files = try reader.hashes(try reader.tables("files", of: node))
    let own = files.isEmpty ? digests[reader.document.bytes(name)] ?? [] : files
    reader.add(entry, files: own)
  }

  private static func readSource(
    _ table: NodeID, _ reader: EntryReader
  ) throws(Unread) -> (kind: Entry.SourceKind, url: Text, revision: Text) {
    let document = reader.document
    let type = try reader.scalar("type", of: table)
    let kind: Entry.SourceKind
    if document.equals(type, "legacy") || type.isEmpty {
      kind = .registry
    } else if document.equals(type, "git") {
      kind = .git
    } else if document.equals(type, "url") {
      kind = .url
    } else if document.equals(type, "directory") || document.equals(type, "file") {
      kind = .path
    } else {
      throw reader.unread(.wrongShape, table)
    }
    let resolved = try reader.scalar("resolved_reference", of: table)
    let reference = try reader.scalar("reference", of: table)
    return (
      kind, try reader.text("url", of: table),
      kind != .git ? .empty : resolved.isEmpty ? reference : resolved
    )
  }

  private static func scope(
    of node: NodeID, _ reader: EntryReader
  ) throws(Unread) -> Entry.Scope {
    let document = reader.document
    if reader.isTrue("optional", of: node) { return .optional }
    if let groups = document.child("groups", of: node) {
      for group in document.children(groups)
      where document.equals(document.text(group), "main") { return .runtime }
      return .development
    }
    return document.equals(try reader.scalar("category", of: node), "dev")
      ? .development : .runtime
  }
}
