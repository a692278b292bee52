internal import Documents
internal import Primitives

/// `bun.lock`, lockfileVersion 0 to 2 (oven-sh/bun, `install/lockfile/bun.lock.zig`).
///
/// `packages` has a tuple for each place that a package is installed at; what its elements mean depends
/// on the kind of its source.
enum BunLock {
  static let format = Format(
    "bun-lock", files: ["bun.lock"], .locks, .jsonc,
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
    freeOrder: [.json], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("package-json", isRepeated: true),
    listsDependents: true, read: read)

  /// `bun.lockb`, which only bun reads.
  static let binary = Format("bun-binary-lock", files: ["bun.lockb"], .locks, .binary)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("lockfileVersion", of: reader.root)
    reader.setFormatVersion(version)
    let known: [StaticString] = ["0", "1", "2"]
    guard known.contains(where: { reader.document.equals(version, $0) }) else {
      throw reader.unread(.unknownVersion, reader.root)
    }
    let trusted = trusted(reader.document)
    var places = TextTable()
    if let packages = reader.document.child("packages", of: reader.root) {
      places = TextTable(capacity: reader.document.childCount(packages))
      for node in reader.children(of: packages) {
        _ = places.insert(reader.entries.count, for: reader.document.key(node), in: reader.document)
        try add(node, trusted, &reader)
      }
    }
    try readWorkspaces(&reader, places)
  }

  /// The packages whose scripts run; `nil` where the file leaves it to bun's own list.
  private static func trusted(_ document: Document) -> TextTable? {
    guard let list = document.child("trustedDependencies", of: .root) else { return nil }
    var table = TextTable(capacity: document.childCount(list))
    for node in document.children(list) {
      _ = table.insert(node.index, for: document.text(node), in: document)
    }
    return table
  }

  private static func add(
    _ node: NodeID, _ trusted: TextTable?, _ reader: inout EntryReader
  ) throws(Unread) {
    let document = reader.document
    var elements = document.children(node)
    guard document.isArray(node), let first = elements.next(), document.isScalar(first),
      let parts = YarnHeader.parts(of: document.text(first), document)
    else { throw reader.unread(.wrongShape, node) }
    let key = document.key(node)
    var entry = Entry(node: node, locator: key, name: parts.name, ecosystem: .npm)
    entry.alias = alias(key, parts.name, document)
    var digests: [Text] = []
    var second: Text?
    while let element = elements.next() {
      guard document.isScalar(element) else { continue }
      let text = document.text(element)
      if second == nil { second = text }
      if document.starts(text, with: "sha") { digests = NPMLock.integrityValues(text, document) }
    }
    setSource(&entry, parts.range, registry: second, document)
    if let trusted {
      entry.runsCode = trusted.value(for: parts.name, in: document) == nil ? .no : .yes
    }
    reader.add(entry, integrity: digests)
  }

  /// The last name of the install path `key`, when it is not the package's.
  private static func alias(_ key: Text, _ name: Text, _ document: Document) -> Text {
    let start = Int(key.count) - Int(name.count)
    if start >= 0, document.equal(document.dropFirst(start, of: key), name),
      start == 0 || document.byte(start - 1, of: key) == 0x2f
    {
      return .empty
    }
    guard let slash = document.lastIndex(of: 0x2f, in: key) else { return key }
    let parent = document.prefix(slash, of: key)
    let outer = document.lastIndex(of: 0x2f, in: parent).map { $0 + 1 } ?? 0
    let isScoped = document.byte(outer, of: key) == 0x40
    return document.dropFirst(isScoped ? outer : slash + 1, of: key)
  }

  private static func setSource(
    _ entry: inout Entry, _ reference: Text, registry: Text?, _ document: Document
  ) {
    guard let first = document.byte(0, of: reference), (0x30...0x39).contains(first) else {
      entry.source = reference
      if document.starts(reference, with: "workspace:") || document.starts(reference, with: "root:")
      {
        entry.sourceKind = .workspace
      } else if document.starts(reference, with: "link:") || document.starts(reference, with: ".")
        || document.starts(reference, with: "/")
      {
        entry.sourceKind = .path
      } else {
        NPMLock.classifySource(&entry, document)
      }
      return
    }
    entry.version = reference
    entry.sourceKind = .registry
    entry.source = registry ?? .empty
  }

  private static func readWorkspaces(
    _ reader: inout EntryReader, _ places: TextTable
  ) throws(Unread) {
    guard let workspaces = reader.document.child("workspaces", of: reader.root) else { return }
    let groups: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("devDependencies", .development),
      ("optionalDependencies", .optional), ("peerDependencies", .peer),
    ]
    var scopes: [Int: Entry.Scope] = [:]
    for workspace in reader.children(of: workspaces) {
      let member = reader.document.key(workspace)
      let own = reader.document.text("name", of: workspace) ?? .empty
      for (group, scope) in groups {
        guard let wanted = reader.document.child(group, of: workspace) else { continue }
        for node in reader.children(of: wanted) {
          let name = reader.document.key(node)
          reader.add(
            Requirement(
              node: node, name: name, specification: reader.document.text(node), scope: scope,
              member: member))
          // A member's own copy lies below its name.
          let nested = try reader.compose(own, "/", name)
          let place =
            places.value(for: nested, in: reader.document)
            ?? places.value(for: name, in: reader.document)
          if let place, scopes[place] != .runtime { scopes[place] = scope }
        }
      }
    }
    var place = 0
    reader.updateEntries { entry in
      if let scope = scopes[place] {
        entry.isDirect = true
        entry.scope = scope
      }
      place += 1
    }
  }
}
