internal import Documents
internal import Primitives

/// `Pipfile.lock`, pipfile-spec up to 6, the last (pipenv's `project.py`); the first had no number.
///
/// A package's `index` names one of `_meta.sources`, or it comes from the first: the addresses there
/// are those of the packages, so that a changed one is seen at each of them.
enum PipfileLock {
  static let format = Format(
    "pipfile-lock", files: ["pipfile.lock"], .locks, .json,
    keys: [
      // A hash that does not fit makes `pipenv install` lock anew.
      KeyRule("_meta/hash/**", .dependency), KeyRule("_meta/pipfile-spec", .dependency),
      KeyRule("_meta/requires/**", .dependency), KeyRule("_meta/sources/**", .origin),
      KeyRule("_meta/host-environment-markers/**", .dependency), KeyRule("_meta", .dependency),
      KeyRule("*", .dependency),
      KeyRule(
        [
          "version", "hashes", "hashes/*", "index", "markers", "extras", "extras/*", "git", "hg",
          "svn", "bzr", "ref", "file", "path", "editable", "subdirectory", "os_name",
          "sys_platform", "platform_python_implementation", "platform_machine",
          "platform_release", "platform_system", "platform_version", "python_full_version",
          "python_version", "implementation_name", "implementation_version",
        ], in: "*/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true, digestsArchives: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let meta = try reader.object("_meta", of: reader.root)
    let version = try reader.scalar("pipfile-spec", of: meta)
    reader.setFormatVersion(version)
    let digit = reader.document.byte(0, of: version) ?? 0x31
    try reader.requireVersion(version, version.count < 2 && (0x31...0x36).contains(digit), meta)
    let sources = try reader.tables("sources", of: meta)
    for section in reader.children(of: reader.root) where section != meta {
      guard reader.document.isObject(section) else { throw reader.unread(.wrongShape, section) }
      let isDefault = reader.document.equals(reader.document.key(section), "default")
      for node in reader.children(of: section) {
        try add(node, in: section, isDefault ? .runtime : .development, sources, &reader)
      }
    }
  }

  private static func add(
    _ node: NodeID, in section: NodeID, _ scope: Entry.Scope, _ sources: [NodeID],
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let name = reader.document.key(node)
    var entry = Entry(
      node: node, locator: try reader.compose(reader.document.key(section), "/", name), name: name,
      ecosystem: .pypi)
    entry.scope = scope
    entry.version = try reader.scalar("version", of: node)
    if reader.document.starts(entry.version, with: "==") {
      entry.version = reader.document.dropFirst(2, of: entry.version)
    }
    try readSource(&entry, sources, reader)
    var digests: [Text] = []
    if let hashes = reader.document.child("hashes", of: node) {
      for hash in reader.children(of: hashes) { digests.append(reader.document.text(hash)) }
    }
    reader.add(entry, integrity: digests)
  }

  private static func readSource(
    _ entry: inout Entry, _ sources: [NodeID], _ reader: EntryReader
  ) throws(Unread) {
    let kinds: [(StaticString, Entry.SourceKind)] = [
      ("git", .git), ("hg", .git), ("svn", .git), ("bzr", .git), ("file", .url), ("path", .path),
    ]
    for (key, kind) in kinds {
      let source = try reader.scalar(key, of: entry.node)
      guard !source.isEmpty else { continue }
      entry.sourceKind = kind
      entry.source = source
      if kind == .git { entry.revision = try reader.scalar("ref", of: entry.node) }
      return
    }
    entry.sourceKind = .registry
    let index = try reader.scalar("index", of: entry.node)
    let source = sources.first {
      index.isEmpty
        || reader.document.text("name", of: $0).map { reader.document.equal($0, index) } ?? false
    }
    if let source { entry.source = try reader.scalar("url", of: source) }
  }
}
