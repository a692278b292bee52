internal import Documents
internal import Primitives

/// `Cargo.lock`, versions 1 to 4 (Cargo's `core/resolver/encode.rs`).
///
/// Versions 1 and 2 do not name themselves; in version 1 the checksums stand in `[metadata]`. A package is
/// known by `name version (source)`, as Cargo writes it in dependencies that would be ambiguous.
enum CargoLock {
  static let format = Format(
    "cargo-lock", files: ["cargo.lock"], .locks, .toml,
    keys: [
      KeyRule("version", .dependency), KeyRule("metadata/*", .dependency),
      KeyRule("package", .dependency),
      KeyRule(entryKeys, in: "package/*", is: .dependency),
      KeyRule(entryKeys, in: "root", is: .dependency),
      KeyRule(entryKeys, in: "patch/unused/*", is: .dependency),
    ],
    freeOrder: [.toml], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("cargo-manifest"),
    listsDependents: true, allowsByteOrderMark: true, read: read)

  private static let entryKeys: [StaticString] = [
    "name", "version", "source", "checksum", "dependencies", "dependencies/*", "replace",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.scalar("version", of: reader.root)
    reader.setFormatVersion(version)
    reader.setDigestWord("sha256:")
    let isKnown =
      version.isEmpty || reader.document.equals(version, "1")
      || reader.document.equals(version, "2") || reader.document.equals(version, "3")
      || reader.document.equals(version, "4")
    try reader.requireVersion(version, isKnown, reader.root)
    var checksums = TextTable()
    for node in try reader.values("metadata", of: reader.root) {
      let key = reader.document.key(node)
      guard reader.document.starts(key, with: "checksum ") else { continue }
      _ = checksums.insert(
        node.index, for: reader.document.dropFirst(9, of: key), in: reader.document)
    }
    var wanted = Wanted()
    if let root = reader.document.child("root", of: reader.root) {
      try add(root, checksums, &wanted, &reader)
    }
    if let packages = reader.document.child("package", of: reader.root) {
      guard reader.document.isArray(packages) else { throw reader.unread(.wrongShape, packages) }
      reader.reserve(reader.document.childCount(packages) + 1)
      var next = reader.document.firstChild(of: packages)
      while let node = next {
        guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
        try add(node, checksums, &wanted, &reader)
        next = reader.document.sibling(after: node)
      }
    }
    let document = reader.document
    reader.updateEntries { $0.isDirect = wanted.contains($0, document) }
  }

  private static func add(
    _ node: NodeID, _ checksums: TextTable, _ wanted: inout Wanted, _ reader: inout EntryReader
  ) throws(Unread) {
    let own = try values(of: node, reader)
    let (name, version, source) = (own.name, own.version, own.source)
    let locator = try reader.locator(name, version, source)
    var entry = Entry(node: node, locator: locator, name: name, ecosystem: .cargo)
    entry.version = version
    entry.source = source
    guard classify(&entry, reader.document) else { throw reader.unread(.wrongShape, node) }
    var checksum = own.checksum
    if checksum.isEmpty, let place = checksums.value(for: locator, in: reader.document) {
      checksum = reader.document.text(NodeID(place))
    }
    // `<none>` stands for what has no archive.
    let hasDigest = !checksum.isEmpty && !reader.document.equals(checksum, "<none>")
    reader.add(entry, digest: hasDigest ? checksum : nil)
    if entry.sourceKind == .workspace {
      try addRequirements(node, of: name, &wanted, &reader)
    }
  }

  /// The values of a package that make it an entry.
  private static func values(
    of node: NodeID, _ reader: borrowing EntryReader
  ) throws(Unread) -> (name: Text, version: Text, source: Text, checksum: Text) {
    var (name, version): (Text?, Text?)
    var (source, checksum) = (Text.empty, Text.empty)
    var next = reader.document.firstChild(of: node)
    while let child = next {
      next = reader.document.sibling(after: child)
      let key = reader.document.key(child)
      if reader.document.equals(key, "name") {
        name = try reader.scalar(child)
      } else if reader.document.equals(key, "version") {
        version = try reader.scalar(child)
      } else if reader.document.equals(key, "source") {
        source = try reader.scalar(child)
      } else if reader.document.equals(key, "checksum") {
        checksum = try reader.scalar(child)
      }
    }
    guard let name, let version else { throw reader.unread(.wrongShape, node) }
    return (name, version, source, checksum)
  }

  /// - Returns: whether the source is one that Cargo writes.
  private static func classify(_ entry: inout Entry, _ document: borrowing Document) -> Bool {
    let source = entry.source
    if source.isEmpty {
      entry.sourceKind = .workspace
      entry.runsCode = .no
    } else if document.starts(source, with: "registry+")
      || document.starts(source, with: "sparse+")
    {
      entry.sourceKind = .registry
    } else if document.starts(source, with: "git+") {
      entry.sourceKind = .git
      if let hash = document.fragmentMark(in: source, last: true) {
        entry.source = document.prefix(hash, of: source)
        entry.revision = document.dropFirst(hash + 1, of: source)
      }
    } else if document.starts(source, with: "path+")
      || document.starts(source, with: "local-registry+")
      || document.starts(source, with: "directory+")
    {
      entry.sourceKind = .path
    } else {
      return false
    }
    return true
  }

  /// What a package of the project depends on: `name`, `name version` or `name version (source)`, as far
  /// as the lock needs it to be clear.
  private static func addRequirements(
    _ node: NodeID, of member: Text, _ wanted: inout Wanted, _ reader: inout EntryReader
  ) throws(Unread) {
    guard let list = reader.document.child("dependencies", of: node) else { return }
    for dependency in reader.children(of: list) {
      guard reader.document.isScalar(dependency) else {
        throw reader.unread(.wrongShape, dependency)
      }
      let text = reader.document.text(dependency)
      let space = reader.document.firstIndex(of: 0x20, in: text) ?? Int(text.count)
      let name = reader.document.prefix(space, of: text)
      wanted.insert(name, text, reader.document)
      reader.add(
        Requirement(node: dependency, name: name, specification: .empty, member: member))
    }
  }

  /// What the project's own packages depend on.
  private struct Wanted {
    private var names = TextTable()
    private var texts = TextTable()

    mutating func insert(_ name: Text, _ text: Text, _ document: borrowing Document) {
      _ = names.insert(0, for: name, in: document)
      _ = texts.insert(0, for: text, in: document)
    }

    /// Whether an entry is one of them, in the words that its locator begins with.
    func contains(_ entry: Entry, _ document: borrowing Document) -> Bool {
      guard names.value(for: entry.name, in: document) != nil else { return false }
      let counts = [
        entry.name.count, entry.name.count + 1 + entry.version.count, entry.locator.count,
      ]
      return counts.contains {
        texts.value(for: document.prefix(Int($0), of: entry.locator), in: document) != nil
      }
    }
  }
}
