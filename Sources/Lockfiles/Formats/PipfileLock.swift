internal import Documents
internal import Primitives

/// `Pipfile.lock`, pipfile-spec up to 6, the last (pipenv's `project.py`); the first had no number.
///
/// A package's `index` names one of `_meta.sources`, or it comes from the first: the addresses there
/// are those of the packages, so that a changed one is seen at each of them.
enum PipfileLock {
  static let format = Format(
    "pipfile-lock", files: ["Pipfile.lock"],
    source: "pipenv: Pipfile and Pipfile.lock", .locks, .json,
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
    freeOrder: [.json], digests: DigestForm.python, digestsArchives: true,
    family: .pypi, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let meta = try reader.root.object("_meta")
    let version = try meta.scalar("pipfile-spec")
    try reader.setFormatVersion(version, oneOf: "", "1", "2", "3", "4", "5", "6", at: meta)
    let sources = try meta.tables("sources")
    for section in reader.root where section != meta {
      let isDefault = section.key == "default"
      for package in try section.object() {
        try add(package, in: section.key, isDefault ? .runtime : .development, sources, &reader)
      }
    }
  }

  private static func add(
    _ package: Cursor, in section: Excerpt, _ scope: Entry.Scope, _ sources: [Cursor],
    _ reader: inout EntryReader
  ) throws(Unread) {
    try package.object()
    let name = package.key
    var entry = Draft(package, .pypi, name, locator: try section + "/" + name)
    entry.scope = scope
    let version = try package.scalar("version")
    entry.version = version.removing(prefix: "==") ?? version
    try entry.setSource(
      package, orElse: .registry,
      ("git", .git), ("hg", .git), ("svn", .git), ("bzr", .git), ("file", .url), ("path", .path))
    if entry.sourceKind == .git {
      entry.revision = try package.scalar("ref")
    } else if entry.sourceKind == .registry {
      let index = try package.scalar("index")
      let source = sources.first { index.isEmpty || $0[text: "name"] == index }
      entry.source = try source?.scalar("url") ?? .empty
    }
    reader.add(entry, integrity: package.children("hashes").map(\.text))
  }
}
