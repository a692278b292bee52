internal import Documents
internal import Primitives

/// `pdm.lock`, lock_version 2 to 4.x (pdm's `models/repositories/lock.py`).
///
/// A package stands once for itself and once for each set of its extras. Versions before 4.3 keep the
/// digests in one place, by name and version.
enum PDMLock {
  static let format = Format(
    "pdm-lock", files: ["pdm.lock", "pdm.*.lock"], .locks, .toml,
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
    freeOrder: [.toml], recordsIntegrity: true, digestsArchives: true, manifest: .of("pyproject"),
    listsDependents: true,
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let metadata = reader.document.child("metadata", of: reader.root) ?? reader.root
    let version = try reader.scalar("lock_version", of: metadata)
    reader.setFormatVersion(version)
    let major = reader.document.byte(0, of: version) ?? 0x34
    let isWhole = version.count < 2 || reader.document.byte(1, of: version) == 0x2e
    let isKnown = isWhole && (0x32...0x34).contains(major)
    try reader.requireVersion(version, isKnown, metadata)
    var files = TextTable()
    // Version 2 had them in `metadata` itself.
    let lists = try reader.values("files", of: metadata) + reader.children(of: metadata)
    for list in lists where reader.document.isArray(list) {
      _ = files.insert(list.index, for: reader.document.key(list), in: reader.document)
    }
    for node in try reader.tables("package", of: reader.root) { try add(node, files, &reader) }
  }

  private static func add(
    _ node: NodeID, _ files: TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try reader.text("name", of: node)
    let version = try reader.scalar("version", of: node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .pypi)
    entry.version = version
    try readSource(&entry, reader)
    entry.locator = try locator(entry, &reader)
    entry.scope = scope(of: node, reader)
    var list = try reader.tables("files", of: node)
    if list.isEmpty, let place = try filesOfOldVersion(name, version, files, &reader) {
      list = reader.children(of: place)
    }
    reader.add(entry, files: try reader.hashes(list))
  }

  private static func filesOfOldVersion(
    _ name: Text, _ version: Text, _ files: TextTable, _ reader: inout EntryReader
  ) throws(Unread) -> NodeID? {
    let key = try reader.compose(name, " ", version)
    guard let place = files.value(for: key, in: reader.document).map({ NodeID($0) }) else {
      return nil
    }
    return place
  }

  private static func readSource(
    _ entry: inout Entry, _ reader: EntryReader
  ) throws(Unread) {
    let node = entry.node
    let kinds: [(StaticString, Entry.SourceKind)] = [
      ("git", .git), ("hg", .git), ("bzr", .git), ("svn", .git), ("url", .url), ("path", .path),
    ]
    entry.sourceKind = .registry
    for (key, kind) in kinds {
      let source = try reader.scalar(key, of: node)
      guard !source.isEmpty else { continue }
      entry.sourceKind = kind
      entry.source = source
      break
    }
    guard entry.sourceKind == .git else { return }
    let revision = try reader.scalar("revision", of: node)
    entry.revision = revision.isEmpty ? try reader.scalar("ref", of: node) : revision
  }

  /// `name[extra,...] version (source)`; pdm may lock one package for several platforms, by markers.
  private static func locator(
    _ entry: Entry, _ reader: inout EntryReader
  ) throws(Unread) -> Text {
    var bytes = Array(reader.document.bytes(entry.name))
    if let extras = reader.document.child("extras", of: entry.node) {
      var separator: UInt8 = 0x5b
      for extra in reader.document.children(extras) {
        bytes.append(separator)
        bytes += reader.document.bytes(reader.document.text(extra))
        separator = 0x2c
      }
      if separator == 0x2c { bytes.append(0x5d) }
    }
    return try reader.locator(
      try reader.compose(bytes), entry.version, entry.source)
  }

  private static func scope(of node: NodeID, _ reader: EntryReader) -> Entry.Scope {
    let document = reader.document
    // `sections` until version 3.
    guard
      let groups = document.child("groups", of: node) ?? document.child("sections", of: node)
    else { return .runtime }
    var isRuntime = document.childCount(groups) == 0
    for group in document.children(groups)
    where document.equals(document.text(group), "default") { isRuntime = true }
    return isRuntime ? .runtime : .development
  }
}
