internal import Documents
internal import Primitives

/// `Cargo.lock`, versions 1 to 4 (Cargo's `core/resolver/encode.rs`).
///
/// Versions 1 and 2 do not name themselves; in version 1 the checksums stand in `[metadata]`. A package is
/// known by `name version (source)`, as Cargo writes it in dependencies that would be ambiguous.
enum CargoLock {
  static let format = Format(
    "cargo-lock", files: ["Cargo.lock"],
    source: "Cargo: Cargo.toml vs Cargo.lock 2026-11-30", .locks, .toml,
    keys: [
      KeyRule("version", .dependency), KeyRule("metadata/*", .dependency),
      KeyRule("package", .dependency),
      KeyRule(entryKeys, in: "package/*", is: .dependency),
      KeyRule(entryKeys, in: "root", is: .dependency),
      KeyRule(entryKeys, in: "patch/unused/*", is: .dependency),
    ],
    freeOrder: [.toml], digests: DigestForm.sha256, digestsArchives: true,
    family: .cargo,
    manifest: .locked("cargo-manifest"),
    listsDependents: true, allowsByteOrderMark: true, read: read)

  private static let entryKeys: [StaticString] = [
    "name", "version", "source", "checksum", "dependencies", "dependencies/*", "replace",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.scalar("version"), oneOf: "", "1", "2", "3", "4", at: root)
    reader.setDigestWord("sha256:")
    var checksums: [Excerpt: Excerpt] = [:]
    for checksum in try root.values("metadata") {
      guard let package = checksum.key.removing(prefix: "checksum ") else { continue }
      checksums[package] = checksum.text
    }
    // What the project's own packages depend on, by its name.
    var wanted: [Excerpt: Set<Excerpt>] = [:]
    if let package = root["root"] { try add(package, checksums, &wanted, &reader) }
    if let packages = try root["package"]?.array() {
      reader.reserve(packages.count + 1)
      for package in packages { try add(package.object(), checksums, &wanted, &reader) }
    }
    reader.updateEntries { _, entry in
      guard let texts = wanted[entry.name] else { return }
      // In the words that its locator begins with.
      let counts = [
        entry.name.count, entry.name.count + 1 + entry.version.count, entry.locator.count,
      ]
      entry.isDirect = counts.contains { texts.contains(entry.locator.prefix($0)) }
    }
  }

  private static func add(
    _ package: Cursor, _ checksums: [Excerpt: Excerpt], _ wanted: inout [Excerpt: Set<Excerpt>],
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard let name = try package["name"]?.scalar(),
      let version = try package["version"]?.scalar()
    else { throw package.unread(.wrongShape) }
    let source = try package.scalar("source")
    let locator = try name.locator(version, source)
    var entry = Draft(package, .cargo, name, locator: locator)
    entry.version = version
    entry.source = source
    try classify(&entry)
    var checksum = try package.scalar("checksum")
    if checksum.isEmpty { checksum = checksums[locator] ?? .empty }
    // `<none>` stands for what has no archive.
    try reader.add(entry, digest: checksum == "<none>" ? nil : checksum)
    guard entry.sourceKind == .workspace else { return }
    // `name`, `name version` or `name version (source)`, as far as the lock needs it to be clear.
    for dependency in package.children("dependencies") {
      let text = try dependency.anyScalar()
      let needed = text.prefix(before: " ")
      wanted[needed, default: []].insert(text)
      reader.addRequirement(dependency, needed, nil, member: name)
    }
  }

  /// Sources as Cargo writes them; it has no others.
  private static func classify(_ entry: inout Draft) throws(Unread) {
    let source = entry.source
    if source.isEmpty {
      entry.sourceKind = .workspace
      entry.runsCode = .no
    } else if source.starts(with: "registry+", "sparse+") {
      entry.sourceKind = .registry
    } else if source.starts(with: "git+") {
      entry.sourceKind = .git
      if let (address, commit) = source.cutFragment(last: true) {
        entry.source = address
        entry.revision = commit
      }
    } else if source.starts(with: "path+", "local-registry+", "directory+") {
      entry.sourceKind = .path
    } else {
      throw entry.node.unread(.wrongShape)
    }
  }
}
