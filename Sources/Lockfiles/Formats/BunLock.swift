internal import Documents
internal import Primitives

/// `bun.lock`, lockfileVersion 0 to 2 (oven-sh/bun, `install/lockfile/bun.lock.zig`).
///
/// `packages` has a tuple for each place that a package is installed at; what its elements mean depends
/// on the kind of its source.
enum BunLock {
  static let format = Format(
    "bun-lock", files: ["bun.lock"],
    source: "Bun: Lockfile", .locks, .jsonc,
    keys: [
      KeyRule("lockfileVersion", .dependency), KeyRule("configVersion", .dependency),
      KeyRule("workspaces/**", .dependency), KeyRule("catalog/**", .dependency),
      KeyRule("catalogs/**", .dependency), KeyRule("overrides/**", .origin),
      KeyRule("patchedDependencies/**", .origin), KeyRule("trustedDependencies/**", .runsCode),
      KeyRule("packages", .dependency), KeyRule("packages/*", .dependency),
      // A tuple of words and, in it, one object (bun.lock.zig, "Tree.Package").
      KeyRule("packages/*/*", .dependency),
      KeyRule(
        [
          "dependencies/**", "devDependencies/**", "optionalDependencies/**",
          "peerDependencies/**", "optionalPeers/**", "bundled", "os", "os/*", "cpu", "cpu/*",
          "libc", "libc/*",
        ], in: "packages/*/*", is: .dependency),
      KeyRule(["bin", "bin/*", "binDir"], in: "packages/*/*", is: .selectsCode),
    ],
    freeOrder: [.json], digests: DigestForm.integrity + DigestForm.sha256, digestsArchives: true,
    family: .npm,
    manifest: .repeated("package-json"),
    listsDependents: true, read: read)

  /// `bun.lockb`, which only bun reads.
  static let binary = Format(
    "bun-binary-lock", files: ["bun.lockb"],
    source: "Bun: Lockfile", .locks, .binary)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.text("lockfileVersion"), oneOf: "0", "1", "2", at: root)
    // The packages whose scripts run; `nil` where the file leaves it to bun's own list.
    let trusted = root["trustedDependencies"].map { Set($0.map(\.text)) }
    var places: [Excerpt: Int] = [:]
    if let packages = root["packages"] {
      places.reserveCapacity(packages.count)
      for package in packages {
        places[package.key] = reader.count
        try add(package, trusted, &reader)
      }
    }
    try readWorkspaces(&reader, places)
  }

  private static func add(
    _ package: Cursor, _ trusted: Set<Excerpt>?, _ reader: inout EntryReader
  ) throws(Unread) {
    guard package.isArray, let first = package.first, let parts = first.text.descriptor else {
      throw package.unread(.wrongShape)
    }
    var entry = Draft(package, .npm, parts.name, locator: package.key)
    entry.alias = alias(package.key, parts.name)
    let others = package.dropFirst().filter(\.isScalar).map(\.text)
    setSource(&entry, parts.range, registry: others.first)
    if let trusted { entry.runsCode = trusted.contains(parts.name) ? .yes : .no }
    let digests = others.last { $0.starts(with: "sha") } ?? .empty
    reader.add(entry, integrity: digests.integrityValues)
  }

  /// The last name of the install path `key`, when it is not the package's.
  private static func alias(_ key: Excerpt, _ name: Excerpt) -> Excerpt {
    let start = key.count - name.count
    let isOwn =
      start >= 0 && key.dropFirst(start) == name
      && (start == 0 || key[start - 1] == UInt8(ascii: "/"))
    return isOwn ? .empty : key.packageAtEnd
  }

  private static func setSource(
    _ entry: inout Draft, _ reference: Excerpt, registry: Excerpt?
  ) {
    if let first = reference[0], (0x30...0x39).contains(first) {
      entry.version = reference
      entry.sourceKind = .registry
      entry.source = registry ?? .empty
      return
    }
    entry.source = reference
    if reference.starts(with: "workspace:", "root:") {
      entry.sourceKind = .workspace
    } else if reference.starts(with: "link:", ".", "/") {
      entry.sourceKind = .path
    } else {
      NPMLock.classifySource(&entry)
    }
  }

  private static func readWorkspaces(
    _ reader: inout EntryReader, _ places: [Excerpt: Int]
  ) throws(Unread) {
    let groups: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("devDependencies", .development),
      ("optionalDependencies", .optional), ("peerDependencies", .peer),
    ]
    var scopes: [Int: Entry.Scope] = [:]
    for workspace in reader.root.children("workspaces") {
      let own = workspace[text: "name"] ?? workspace.key.prefix(0)
      for (group, scope) in groups {
        for wanted in workspace.children(group) {
          reader.addRequirement(wanted, wanted.key, wanted.text, scope, member: workspace.key)
          // A member's own copy lies below its name.
          let place = places[try own + "/" + wanted.key] ?? places[wanted.key]
          if let place, scopes[place] != .runtime { scopes[place] = scope }
        }
      }
    }
    reader.updateEntries { place, entry in
      guard let scope = scopes[place] else { return }
      entry.isDirect = true
      entry.scope = scope
    }
  }
}
