internal import Documents
internal import Primitives

/// `deno.lock`, versions 2 to 5 (denoland/deno_lockfile).
///
/// Packages of npm and JSR by name and version, and modules by URL.
enum DenoLock {
  static let format = Format(
    "deno-lock", files: ["deno.lock"], .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("specifiers/**", .dependency),
      KeyRule("packages/specifiers/**", .dependency), KeyRule("npm/specifiers/**", .dependency),
      KeyRule("redirects/**", .origin), KeyRule("workspace/links/**", .origin),
      KeyRule("workspace/patches/**", .origin), KeyRule("workspace/**", .dependency),
      // Empty where nothing of the kind is used.
      KeyRule("npm", .dependency), KeyRule("jsr", .dependency), KeyRule("remote", .dependency),
      KeyRule("npm/packages", .dependency), KeyRule("packages/npm", .dependency),
      KeyRule("packages/jsr", .dependency), KeyRule("packages", .dependency),
      KeyRule("remote/*", .dependency),
      KeyRule(entryKeys, in: "npm/packages/*", is: .dependency),
      KeyRule(entryKeys, in: "packages/npm/*", is: .dependency),
      KeyRule(entryKeys, in: "packages/jsr/*", is: .dependency),
      KeyRule(entryKeys, in: "npm/*", is: .dependency),
      KeyRule(entryKeys, in: "jsr/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true, digestsArchives: true, listsDependents: true,
    read: read)

  private static let entryKeys: [StaticString] = [
    "integrity", "tarball", "dependencies/**", "optionalDependencies/**", "optionalPeers/**",
    "os/*", "cpu/*", "bin", "scripts", "deprecated",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    let root = reader.root
    let packages: NodeID
    var npm: NodeID?
    if reader.document.equals(version, "2") {
      packages = reader.document.child("npm", of: root) ?? root
      npm = packages == root ? nil : reader.document.child("packages", of: packages)
    } else if reader.document.equals(version, "3") {
      packages = reader.document.child("packages", of: root) ?? root
      npm = packages == root ? nil : reader.document.child("npm", of: packages)
    } else if reader.document.equals(version, "4") || reader.document.equals(version, "5") {
      packages = root
      npm = reader.document.child("npm", of: root)
    } else {
      throw reader.unread(.unknownVersion, root)
    }
    let recordsScripts = reader.document.equals(version, "5")
    var places = TextTable()
    if let npm {
      for node in reader.children(of: npm) {
        try addPackage(node, "npm:", .npm, recordsScripts, &places, &reader)
      }
    }
    if let jsr = reader.document.child("jsr", of: packages) {
      for node in reader.children(of: jsr) {
        try addPackage(node, "jsr:", .jsr, false, &places, &reader)
      }
    }
    try addModules(&reader)
    if let workspace = reader.document.child("workspace", of: root) {
      let specifiers = specifiers(
        reader.document.child("specifiers", of: packages), reader.document)
      try readWorkspace(workspace, specifiers, places, &reader)
    }
  }

  /// `chalk@5.3.0`, `@scope/name@1.0.0_peer@2.0.0`.
  private static func addPackage(
    _ node: NodeID, _ registry: StaticString, _ ecosystem: Ecosystem, _ recordsScripts: Bool,
    _ places: inout TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    let key = reader.document.key(node)
    guard let parts = YarnHeader.parts(of: key, reader.document), reader.document.isObject(node)
    else { throw reader.unread(.wrongShape, node) }
    let end = reader.document.firstIndex(of: 0x5f, in: parts.range) ?? Int(parts.range.count)
    let locator = try reader.compose(registry, key)
    var entry = Entry(node: node, locator: locator, name: parts.name, ecosystem: ecosystem)
    entry.version = reader.document.prefix(end, of: parts.range)
    entry.sourceKind = .registry
    if recordsScripts { entry.runsCode = .no }
    var digests: [Text] = []
    for child in reader.children(of: node) {
      let name = reader.document.key(child)
      let value = reader.document.text(child)
      if reader.document.equals(name, "integrity") {
        // JSR's are the bare SHA-256 of the manifest.
        digests =
          ecosystem == .jsr
          ? [try reader.compose("sha256:", value)]
          : NPMLock.integrityValues(value, reader.document)
      } else if reader.document.equals(name, "tarball") {
        entry.source = value
        NPMLock.classifySource(&entry, reader.document)
      } else if reader.document.equals(name, "scripts") {
        if reader.document.equals(value, "true") { entry.runsCode = .yes }
      }
    }
    _ = places.insert(reader.entries.count, for: locator, in: reader.document)
    reader.add(entry, integrity: digests)
  }

  /// Modules by URL, with the SHA-256 of their text.
  private static func addModules(_ reader: inout EntryReader) throws(Unread) {
    guard let remote = reader.document.child("remote", of: reader.root) else { return }
    for node in reader.children(of: remote) {
      guard reader.document.isScalar(node) else { throw reader.unread(.wrongShape, node) }
      let url = reader.document.key(node)
      var entry = Entry(node: node, locator: url, name: url, ecosystem: .deno)
      entry.sourceKind = .url
      entry.source = url
      // What a module does on loading is not the lock's matter, and nothing runs before.
      entry.runsCode = .no
      reader.add(
        entry, integrity: [try reader.compose("sha256:", reader.document.text(node))])
    }
  }

  // MARK: What is asked for

  private static func specifiers(_ node: NodeID?, _ document: Document) -> TextTable {
    var table = TextTable()
    guard let node else { return table }
    for child in document.children(node) {
      _ = table.insert(child.index, for: document.key(child), in: document)
    }
    return table
  }

  private static func readWorkspace(
    _ workspace: NodeID, _ specifiers: TextTable, _ places: TextTable,
    _ reader: inout EntryReader
  ) throws(Unread) {
    var direct: Set<Int> = []
    var members: [(node: NodeID, name: Text)] = [(workspace, .empty)]
    if let list = reader.document.child("members", of: workspace) {
      members += reader.children(of: list).map { ($0, reader.document.key($0)) }
    }
    for member in members {
      let lists = [
        reader.document.child("dependencies", of: member.node),
        reader.document.child("packageJson", of: member.node).flatMap {
          reader.document.child("dependencies", of: $0)
        },
      ]
      for list in lists {
        guard let list else { continue }
        for node in reader.children(of: list) {
          try addRequirement(node, member.name, specifiers, places, &direct, &reader)
        }
      }
    }
    var place = 0
    reader.updateEntries { entry in
      entry.isDirect = direct.contains(place)
      place += 1
    }
  }

  /// `npm:chalk@^5.0.0`, which `specifiers` maps to a version or, in version 3, to a package.
  private static func addRequirement(
    _ node: NodeID, _ member: Text, _ specifiers: TextTable, _ places: TextTable,
    _ direct: inout Set<Int>, _ reader: inout EntryReader
  ) throws(Unread) {
    let text = reader.document.text(node)
    guard let colon = reader.document.firstIndex(of: 0x3a, in: text) else {
      throw reader.unread(.wrongShape, node)
    }
    let rest = reader.document.dropFirst(colon + 1, of: text)
    let parts = YarnHeader.parts(of: rest, reader.document) ?? (rest, .empty)
    reader.add(
      Requirement(node: node, name: parts.name, specification: parts.range, member: member))
    guard let specifier = specifiers.value(for: text, in: reader.document) else { return }
    let resolved = reader.document.text(NodeID(specifier))
    let own = reader.document.part(0..<colon + 1 + Int(parts.name.count), of: text)
    let locator = try reader.compose(own, "@", resolved)
    let place =
      places.value(for: resolved, in: reader.document)
      ?? places.value(for: locator, in: reader.document)
    if let place { direct.insert(place) }
  }
}
