internal import Documents
internal import Primitives

/// `pdm.lock`, lock_version 2 to 4.x (pdm's `models/repositories/lock.py`).
///
/// A package stands once for itself and once for each set of its extras. Versions before 4.3 keep the
/// digests in one place, by name and version.
enum PDMLock {
  static let format = Format(
    "pdm-lock", files: ["pdm.lock", "pdm.*.lock"],
    source: "PDM: Lock file 2026-11-30", .locks, .toml,
    keys: [
      KeyRule("metadata/files/**", .dependency), KeyRule("metadata/**", .dependency),
      KeyRule("root/**", .dependency), KeyRule("package", .dependency),
      KeyRule(
        [
          "name", "version", "extras/*", "requires_python", "groups", "groups/*", "sections/*",
          "marker", "dependencies", "dependencies/**", "optional-dependencies/**", "files",
          "files/*/file", "files/*/hash", "files/*/url", "git", "hg", "bzr", "svn", "url", "path",
          "ref", "revision", "editable", "subdirectory",
        ], in: "package/*", is: .dependency),
    ],
    neutral: [NeutralKey("package/[]/summary", because: "copied from the index for people")],
    freeOrder: [.toml], digests: DigestForm.python, digestsArchives: true,
    family: .pypi, manifest: .locked("pyproject"),
    listsDependents: true,
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    let metadata = root["metadata"] ?? root
    let version = try metadata.scalar("lock_version")
    reader.setFormatVersion(version)
    let isKnown = (0x32...0x34).contains(version[0] ?? 0x34)
    guard isKnown, version[1] ?? UInt8(ascii: ".") == UInt8(ascii: ".") else {
      throw metadata.unread(.unknownVersion)
    }
    // Version 2 had them in `metadata` itself.
    var files: [Excerpt: Cursor] = [:]
    for list in Array(metadata) + Array(try metadata.values("files")) where list.isArray {
      files[list.key] = list
    }
    for package in try root.tables("package") { try add(package, files, &reader) }
  }

  private static func add(
    _ package: Cursor, _ files: [Excerpt: Cursor], _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(package, .pypi, try package.text("name"))
    entry.version = try package.scalar("version")
    try readSource(&entry, package)
    entry.locator = try locator(entry)
    entry.scope = scope(of: package)
    var list = try package.tables("files")
    if list.isEmpty { list = files[try entry.name + " " + entry.version].map { Array($0) } ?? [] }
    reader.add(entry, files: try list.digests("hash"))
  }

  private static func readSource(_ entry: inout Draft, _ package: Cursor) throws(Unread) {
    try entry.setSource(
      package, orElse: .registry,
      ("git", .git), ("hg", .git), ("bzr", .git), ("svn", .git), ("url", .url), ("path", .path))
    guard entry.sourceKind == .git else { return }
    let revision = try package.scalar("revision")
    entry.revision = revision.isEmpty ? try package.scalar("ref") : revision
  }

  /// `name[extra,...] version (source)`; pdm may lock one package for several platforms, by markers.
  private static func locator(_ entry: Draft) throws(Unread) -> Excerpt {
    var name = entry.name
    for (place, extra) in entry.node.children("extras").enumerated() {
      name = try name + (place == 0 ? "[" : ",") + extra.text
    }
    if name.count > entry.name.count { name = try name + "]" }
    return try name.locator(entry.version, entry.source)
  }

  private static func scope(of package: Cursor) -> Entry.Scope {
    // `sections` until version 3.
    guard let groups = package["groups"] ?? package["sections"], groups.count > 0 else {
      return .runtime
    }
    return groups.contains { $0 == "default" } ? .runtime : .development
  }
}
