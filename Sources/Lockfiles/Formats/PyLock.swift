internal import Documents
internal import Primitives

/// `pylock.toml` and `pylock.NAME.toml`, lock-version 1.0 (PEP 751).
enum PyLock {
  static let format = Format(
    "pylock", files: ["pylock.toml", "pylock.*.toml"], .locks, .toml,
    keys: [
      KeyRule("lock-version", .dependency), KeyRule("requires-python", .dependency),
      KeyRule("environments/**", .dependency), KeyRule("extras/**", .dependency),
      KeyRule("dependency-groups/**", .dependency), KeyRule("default-groups/**", .dependency),
      KeyRule("packages", .dependency),
      KeyRule(
        [
          "name", "version", "marker", "requires-python", "index", "dependencies/**", "wheels",
          "vcs/type", "vcs/url", "vcs/path", "vcs/requested-revision", "vcs/commit-id",
          "vcs/subdirectory", "directory/path", "directory/editable", "directory/subdirectory",
          "attestation-identities/**",
        ], in: "packages/*", is: .dependency),
      KeyRule(archiveKeys, in: "packages/*/sdist", is: .dependency),
      KeyRule(archiveKeys, in: "packages/*/archive", is: .dependency),
      KeyRule(archiveKeys, in: "packages/*/wheels/*", is: .dependency),
    ],
    neutral: [
      NeutralKey("created-by", because: "the name of the tool that wrote it (PEP 751)"),
      NeutralKey(
        ["sdist/upload-time", "archive/upload-time", "wheels/[]/upload-time"], in: "packages/[]",
        form: .date,
        because: "a date for audits; no installer has to use it (PEP 751)"),
    ],
    freeOrder: [.toml], recordsIntegrity: true, digestsArchives: true, read: read)

  private static let archiveKeys: [StaticString] = [
    "name", "url", "path", "size", "hashes/*", "subdirectory",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("lock-version", of: reader.root)
    reader.setFormatVersion(version)
    try reader.requireVersion(version, reader.document.equals(version, "1.0"), reader.root)
    for node in try reader.tables("packages", of: reader.root) { try add(node, &reader) }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let name = try reader.text("name", of: node)
    let version = try reader.scalar("version", of: node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .pypi)
    entry.version = version
    var files: [NodeID] = []
    if let table = try table("vcs", of: node, reader) {
      entry.sourceKind = .git
      entry.source = try address(of: table, reader)
      entry.revision = try reader.text("commit-id", of: table)
    } else if let table = try table("directory", of: node, reader) {
      entry.sourceKind = .path
      entry.source = try reader.text("path", of: table)
    } else if let table = try table("archive", of: node, reader) {
      entry.source = try address(of: table, reader)
      entry.sourceKind = reader.document.text("url", of: table) == nil ? .path : .url
      files = [table]
    } else {
      entry.sourceKind = .registry
      entry.source = try reader.scalar("index", of: node)
      files = try reader.tables("wheels", of: node)
      if let sdist = try table("sdist", of: node, reader) { files.insert(sdist, at: 0) }
    }
    entry.locator = try reader.locator(name, version, entry.source)
    var digests: [[Text]] = []
    for file in files { digests.append(try hashes(of: file, &reader)) }
    reader.add(entry, files: digests)
  }

  private static func table(
    _ key: StaticString, of node: NodeID, _ reader: EntryReader
  ) throws(Unread) -> NodeID? {
    guard let table = reader.document.child(key, of: node) else { return nil }
    guard reader.document.isObject(table) else { throw reader.unread(.wrongShape, table) }
    return table
  }

  private static func address(of table: NodeID, _ reader: EntryReader) throws(Unread) -> Text {
    let url = try reader.scalar("url", of: table)
    return url.isEmpty ? try reader.text("path", of: table) : url
  }

  /// `hashes = {sha256 = "..."}`: one or more algorithms by their names in Python's hashlib.
  private static func hashes(
    of file: NodeID, _ reader: inout EntryReader
  ) throws(Unread) -> [Text] {
    var digests: [Text] = []
    for hash in try reader.values("hashes", of: file) {
      guard reader.document.isScalar(hash) else { throw reader.unread(.wrongShape, hash) }
      digests.append(
        try reader.compose(reader.document.key(hash), ":", reader.document.text(hash)))
    }
    return digests
  }
}
