internal import Documents
internal import Primitives

/// `pylock.toml` and `pylock.NAME.toml`, lock-version 1.0 (PEP 751).
enum PyLock {
  static let format = Format(
    "pylock", files: ["pylock.toml", "pylock.*.toml"],
    source: "Python Packaging: pylock.toml specification", .locks, .toml,
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
    freeOrder: [.toml], digests: DigestForm.python, digestsArchives: true,
    family: .pypi, standsBesideOthers: true, read: read)

  private static let archiveKeys: [StaticString] = [
    "name", "url", "path", "size", "hashes/*", "subdirectory",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    try reader.setFormatVersion(reader.root.text("lock-version"), oneOf: "1.0", at: reader.root)
    for package in try reader.root.tables("packages") { try add(package, &reader) }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    var entry = Draft(package, .pypi, try package.text("name"))
    entry.version = try package.scalar("version")
    var files: [Cursor] = []
    if let repository = try package["vcs"]?.object() {
      entry.sourceKind = .git
      entry.source = try address(of: repository)
      entry.revision = try repository.text("commit-id")
    } else if let folder = try package["directory"]?.object() {
      entry.sourceKind = .path
      entry.source = try folder.text("path")
    } else if let archive = try package["archive"]?.object() {
      entry.source = try address(of: archive)
      entry.sourceKind = archive[text: "url"] == nil ? .path : .url
      files = [archive]
    } else {
      entry.sourceKind = .registry
      entry.source = try package.scalar("index")
      files = try package.tables("wheels")
      if let sdist = try package["sdist"]?.object() { files.insert(sdist, at: 0) }
    }
    entry.locator = try entry.name.locator(entry.version, entry.source)
    var digests: [[Excerpt]] = []
    for file in files {
      // `hashes = {sha256 = "..."}`: one or more algorithms by their names in Python's hashlib.
      var own: [Excerpt] = []
      for hash in try file.values("hashes") { own.append(try hash.key + ":" + hash.anyScalar()) }
      digests.append(own)
    }
    reader.add(entry, files: digests)
  }

  private static func address(of table: Cursor) throws(Unread) -> Excerpt {
    let url = try table.scalar("url")
    return url.isEmpty ? try table.text("path") : url
  }
}
