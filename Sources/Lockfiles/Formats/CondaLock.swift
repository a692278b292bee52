internal import Documents
internal import Primitives

/// `conda-lock.yml`, version 1 (conda/conda-lock, `lockfile/v1`).
///
/// A package is listed for every platform and category that has it.
enum CondaLock {
  static let format = Format(
    "conda-lock",
    files: ["conda-lock.yml", "conda-lock.yaml", "*.conda-lock.yml", "*.conda-lock.yaml"],
    source: "conda-lock: Output", .locks, .yaml,
    keys: [
      KeyRule("version", .dependency), KeyRule("metadata/channels/**", .origin),
      KeyRule("metadata/content_hash/**", .dependency),
      KeyRule("metadata/platforms/**", .dependency), KeyRule("metadata/sources/**", .dependency),
      KeyRule("package", .dependency),
      KeyRule(entryKeys, in: "package/*", is: .dependency),
    ],
    freeOrder: [.yaml], digests: DigestForm.sha256 + DigestForm.md5, digestsArchives: true,
    read: read)

  static let entryKeys: [StaticString] = [
    "name", "version", "manager", "platform", "dependencies", "dependencies/*", "url", "hash/md5",
    "hash/sha256", "category", "categories/*", "optional", "source", "build",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    try reader.setFormatVersion(reader.root.text("version"), oneOf: "1", at: reader.root)
    try addPackages(&reader)
  }

  /// Reads the list `package`.
  static func addPackages(_ reader: inout EntryReader) throws(Unread) {
    for package in reader.root.children("package") { try add(package, &reader) }
  }

  /// Whether a text is a path and not a name: it begins like one, or is one of an archive.
  static func isPath(_ text: Excerpt) -> Bool {
    text.starts(with: ".", "/", "file:")
      || text.ends(with: ".conda", ".tar.bz2", ".whl", ".tar.gz", ".zip")
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let manager = try package.text("manager")
    let name = try package.text("name")
    let category = package[text: "category"] ?? .empty
    let own = try manager + " " + name + " " + package.text("platform") + " " + category
    var entry = Draft(package, manager == "pip" ? .pypi : .conda, name, locator: own)
    entry.version = try package.text("version")
    entry.source = package[text: "url"] ?? .empty
    if entry.source.starts(with: "https:", "http:") {
      entry.sourceKind = .registry
    } else if entry.source.starts(with: "git+") {
      entry.sourceKind = .git
      if let (_, commit) = entry.source.cut(atLast: "@") { entry.revision = commit }
    } else if isPath(entry.source) {
      entry.sourceKind = .path
    }
    if category == "dev" {
      entry.scope = .development
    } else if !category.isEmpty, category != "main" {
      entry.scope = .optional
    }
    var digests: [Excerpt] = []
    for digest in package.children("hash") where !digest.text.isEmpty {
      digests.append(try digest.key + ":" + digest.text)
    }
    reader.add(entry, integrity: digests)
  }
}
