internal import Documents
internal import Primitives

/// `pnpm-lock.yaml` and `pnpm-lock.BRANCH.yaml`, lockfileVersion 5.0 to 5.4, 6.0, 6.1 and 9.0 (pnpm,
/// `lockfile/types`, `deps/path`).
///
/// One entry for each key of `packages`; `snapshots` (9.0) says which of them see which others. A file
/// of several documents has the lock of pnpm itself before the project's, which is the last.
enum PNPMLock {
  static let format = Format(
    "pnpm-lock", files: ["pnpm-lock.yaml", "pnpm-lock.*.yaml"], .locks, .yaml,
    keys: rules,
    neutral: [
      NeutralKey(
        ["deprecated"], in: "packages/*", "[]/packages/*", because: "a warning that pnpm prints")
    ], freeOrder: [.yaml], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("package-json", isRepeated: true),
    listsDependents: true, read: read)

  /// For a file of one document, and for the documents of a file of several.
  private static let rules = [
    KeyRule(documentKeys, in: "", "*", is: .dependency),
    KeyRule(["registry", "overrides/**", "patchedDependencies/**"], in: "", "*", is: .origin),
    KeyRule(
      ["onlyBuiltDependencies/**", "neverBuiltDependencies/**", "allowBuilds/**"], in: "", "*",
      is: .runsCode),
    KeyRule(packageKeys, in: "packages/*", "*/packages/*", is: .dependency),
    KeyRule(
      resolutionKeys, in: "packages/*/resolution", "*/packages/*/resolution", is: .dependency),
    KeyRule(snapshotKeys, in: "snapshots/*", "*/snapshots/*", is: .dependency),
  ]

  private static let documentKeys: [StaticString] = [
    "lockfileVersion", "settings/**", "time/**", "packageExtensionsChecksum", "pnpmfileChecksum",
    "publishDirectory", "catalogs/**", "ignoredOptionalDependencies/**", "importers/**", "packages",
    "specifiers/**", "dependencies/**", "devDependencies/**", "optionalDependencies/**",
    "dependenciesMeta/**", "snapshots", "snapshots/*", "packages/*",
  ]

  /// pnpm's `LockfilePackageInfo` and, before 9.0, `PackageSnapshot`.
  private static let packageKeys: [StaticString] = [
    "name", "version", "id", "engines/*", "os/*", "cpu/*", "libc/*", "hasBin",
    "requiresBuild", "prepare", "patched", "dev", "optional", "bundledDependencies",
    "bundledDependencies/*", "peerDependencies/*", "peerDependenciesMeta/*/optional",
    "transitivePeerDependencies/*", "dependencies/*", "optionalDependencies/*",
  ]

  private static let resolutionKeys: [StaticString] = [
    "integrity", "tarball", "type", "repo", "commit", "path", "directory", "registry", "gitHosted",
    "url", "archive", "bin", "bin/*", "prefix", "variants/*/resolution/integrity",
    "variants/*/resolution/type", "variants/*/resolution/url", "variants/*/resolution/tarball",
    "variants/*/resolution/archive", "variants/*/resolution/bin", "variants/*/resolution/bin/*",
    "variants/*/resolution/prefix", "variants/*/targets/*/os", "variants/*/targets/*/cpu",
    "variants/*/targets/*/libc",
  ]

  private static let snapshotKeys: [StaticString] = [
    "id", "optional", "patched", "dependencies/*", "optionalDependencies/*",
    "transitivePeerDependencies/*",
  ]

  /// How the keys of `packages` are written.
  private enum Generation { case five, six, nine }

  /// One document of the file.
  private struct Lock {
    let root: NodeID
    let generation: Generation
    /// Behind the keys of documents before the last one; empty in the last one.
    var suffix: [UInt8] = []
    /// The places of entries by their keys.
    var places = TextTable()
    /// The widest scope in which the project asks for an entry.
    var scopes: [Int: Entry.Scope] = [:]
    /// Other names under which the project asks for entries, and those that it asks for by their own.
    var aliases: [Int: Text] = [:]
    var hasOwnName: Set<Int> = []
    /// Entries that only optional snapshots have.
    var optional: Set<Int> = []
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.documentCount > 1 else {
      return try readDocument(reader.root, suffix: [], &reader)
    }
    let documents = reader.children(of: reader.root)
    for (index, root) in documents.enumerated() {
      let isLast = index == documents.count - 1
      try readDocument(root, suffix: isLast ? [] : Array(" (document \(index + 1))".utf8), &reader)
    }
  }

  private static func readDocument(
    _ root: NodeID, suffix: [UInt8], _ reader: inout EntryReader
  ) throws(Unread) {
    let version = try reader.text("lockfileVersion", of: root)
    reader.setFormatVersion(version)
    var lock = Lock(root: root, generation: try generation(version, root, reader), suffix: suffix)
    let first = reader.entries.count
    if let packages = reader.document.child("packages", of: root) {
      lock.places = TextTable(capacity: reader.document.childCount(packages))
      reader.reserve(reader.document.childCount(packages))
      var next = reader.document.firstChild(of: packages)
      while let node = next {
        try add(node, &lock, &reader)
        next = reader.document.sibling(after: node)
      }
    }
    try readImporters(&lock, &reader)
    readSnapshots(&lock, reader.document)
    var place = 0
    reader.updateEntries { entry in
      defer { place += 1 }
      guard place >= first else { return }
      if let alias = lock.aliases[place], !lock.hasOwnName.contains(place) { entry.alias = alias }
      if let scope = lock.scopes[place] {
        entry.isDirect = true
        entry.scope = scope
      } else if lock.optional.contains(place) {
        entry.scope = .optional
      }
    }
  }

  private static func generation(
    _ version: Text, _ root: NodeID, _ reader: EntryReader
  ) throws(Unread) -> Generation {
    let known: [(StaticString, Generation)] = [
      ("5", .five), ("5.0", .five), ("5.1", .five), ("5.2", .five), ("5.3", .five), ("5.4", .five),
      // An experiment between the two, which says for each what was asked.
      ("5.3-inlineSpecifiers", .five), ("5.4-inlineSpecifiers", .five), ("6.0", .six),
      ("6.1", .six), ("9.0", .nine),
    ]
    for (word, generation) in known where reader.document.equals(version, word) {
      return generation
    }
    throw reader.unread(.unknownVersion, root)
  }

  // MARK: Packages

  private static func add(
    _ node: NodeID, _ lock: inout Lock, _ reader: inout EntryReader
  ) throws(Unread) {
    let key = reader.document.key(node)
    var entry = try entry(node, key, lock.generation, reader.document)
    let resolution = try reader.object("resolution", of: node)
    _ = lock.places.insert(reader.entries.count, for: key, in: reader.document)
    if !lock.suffix.isEmpty {
      entry.locator = try reader.compose(Array(reader.document.bytes(key)) + lock.suffix)
    }
    guard let variants = reader.document.child("variants", of: resolution) else {
      let digests = setSource(&entry, resolution, reader.document)
      return reader.add(entry, integrityValues: digests)
    }
    // A runtime: one archive for each platform, each with its own digest.
    for variant in reader.children(of: variants) {
      var part = entry
      part.node = variant
      let resolution = try reader.object("resolution", of: variant)
      let digests = setSource(&part, resolution, reader.document)
      part.locator = try reader.compose(entry.locator, " ", part.source)
      reader.add(part, integrityValues: digests)
    }
  }

  private static func entry(
    _ node: NodeID, _ key: Text, _ generation: Generation, _ document: borrowing Document
  ) throws(Unread) -> Entry {
    var entry = Entry(node: node, locator: key, name: .empty, ecosystem: .npm)
    let path = document.dropFirst(document.starts(key, with: "/") ? 1 : 0, of: key)
    // Keys of other registries begin with a host up to 6.x, and those of URLs with a part of the URL.
    let isNamed = generation == .nine || path.count < key.count
    if isNamed {
      guard let split = nameAndVersion(path, generation, document) else {
        throw Unread(.wrongShape, at: document.range(node).lowerBound)
      }
      (entry.name, entry.version) = split
    } else if document.text("name", of: node) == nil {
      if document.starts(path, with: "file:") {
        entry.name = path
      } else if let slash = document.firstIndex(of: 0x2f, in: path),
        let split = nameAndVersion(document.dropFirst(slash + 1, of: path), generation, document)
      {
        (entry.name, entry.version) = split
        entry.source = document.prefix(slash, of: path)
        entry.sourceIsName = true
      } else {
        throw Unread(.wrongShape, at: document.range(node).lowerBound)
      }
    }
    var next = document.firstChild(of: node)
    while let child = next {
      next = document.sibling(after: child)
      let key = document.key(child)
      if document.equals(key, "name") {
        if entry.name.isEmpty { entry.name = document.text(child) }
      } else if document.equals(key, "version") {
        entry.version = document.text(child)
      } else if document.equals(key, "requiresBuild") {
        if document.equals(document.text(child), "true") { entry.runsCode = .yes }
      } else if document.equals(key, "dev") {
        if document.equals(document.text(child), "true") { entry.scope = .development }
      } else if document.equals(key, "optional") {
        if document.equals(document.text(child), "true") { entry.scope = .optional }
      }
    }
    // 9.0 leaves it to the archives.
    if generation != .nine, entry.runsCode == .unknown { entry.runsCode = .no }
    return entry
  }

  /// `name/1.0.0_peers` (5.x), `name@1.0.0(peers)` (6.x) or `name@1.0.0` (9.0).
  private static func nameAndVersion(
    _ path: Text, _ generation: Generation, _ document: borrowing Document
  ) -> (Text, Text)? {
    var separator: Int?
    if generation == .five {
      let scope = document.starts(path, with: "@") ? document.firstIndex(of: 0x2f, in: path) : -1
      guard let scope else { return nil }
      separator = document.firstIndex(of: 0x2f, in: path, from: scope + 1)
    } else {
      separator = document.firstIndex(of: 0x40, in: path, from: 1)
    }
    guard let separator, separator > 0 else { return nil }
    let rest = document.dropFirst(separator + 1, of: path)
    let end = document.firstIndex(of: generation == .five ? 0x5f : 0x28, in: rest)
    let version = document.prefix(end ?? Int(rest.count), of: rest)
    return (document.prefix(separator, of: path), version)
  }

  /// - Returns: the digests, with spaces between them.
  private static func setSource(
    _ entry: inout Entry, _ resolution: NodeID, _ document: borrowing Document
  ) -> Text {
    var digests = Text.empty
    var isGitHosted = false
    var hasRepository = false
    entry.sourceKind = .registry
    var next = document.firstChild(of: resolution)
    while let child = next {
      next = document.sibling(after: child)
      let key = document.key(child)
      let value = document.text(child)
      if document.equals(key, "integrity") {
        digests = value
      } else if document.equals(key, "tarball") || document.equals(key, "url") {
        entry.source = value
        NPMLock.classifySource(&entry, document)
        // What lies in the registry, but not where archives lie, has an address that begins there.
        entry.sourceIsName = entry.sourceKind == .unknown && isRelativeArchive(value, document)
        if entry.sourceIsName { entry.sourceKind = .registry }
      } else if document.equals(key, "registry") {
        if entry.source.isEmpty { entry.source = value }
      } else if document.equals(key, "repo") {
        entry.source = value
        entry.sourceIsName = false
        entry.sourceKind = .git
        hasRepository = true
      } else if document.equals(key, "commit") {
        entry.revision = value
      } else if document.equals(key, "gitHosted") {
        isGitHosted = document.equals(value, "true")
      } else if document.equals(key, "directory") {
        entry.source = value
        entry.sourceIsName = false
        entry.sourceKind = .path
      }
    }
    if isGitHosted, entry.revision.isEmpty,
      let slash = document.lastIndex(of: 0x2f, in: entry.source)
    {
      entry.sourceKind = .git
      entry.revision = document.dropFirst(slash + 1, of: entry.source)
    }
    // pnpm does not check what it builds from a repository.
    return hasRepository ? .empty : digests
  }

  /// `name/-/name-1.0.0.tgz` (pnpm's `pkgSnapshotToResolution`).
  private static func isRelativeArchive(_ text: Text, _ document: borrowing Document) -> Bool {
    guard document.firstIndex(of: "/-/", in: text) != nil, document.byte(0, of: text) != 0x2f,
      document.firstIndex(of: "..", in: text) == nil
    else { return false }
    return document.bytes(text).allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f, 0x2e, 0x2f, 0x40, 0x7e, 0x2b: true
      default: false
      }
    }
  }

  // MARK: What is asked for

  private static let groups: [(StaticString, Entry.Scope)] = [
    ("dependencies", .runtime), ("devDependencies", .development),
    ("optionalDependencies", .optional), ("configDependencies", .build),
    ("packageManagerDependencies", .build),
  ]

  private static func readImporters(
    _ lock: inout Lock, _ reader: inout EntryReader
  ) throws(Unread) {
    guard let importers = reader.document.child("importers", of: lock.root) else {
      return try readImporter(lock.root, member: .empty, &lock, &reader)
    }
    for importer in reader.children(of: importers) {
      let key = reader.document.key(importer)
      let member = reader.document.equals(key, ".") ? .empty : key
      try readImporter(importer, member: member, &lock, &reader)
    }
  }

  private static func readImporter(
    _ importer: NodeID, member: Text, _ lock: inout Lock, _ reader: inout EntryReader
  ) throws(Unread) {
    let specifiers = reader.document.child("specifiers", of: importer)
    for (group, scope) in groups {
      guard let wanted = reader.document.child(group, of: importer) else { continue }
      var specifier = specifiers.map { reader.document.children($0) }
      for node in reader.children(of: wanted) {
        let name = reader.document.key(node)
        let version: Text
        var asked = Text.empty
        if reader.document.isObject(node) {
          version = try reader.text("version", of: node)
          asked = reader.document.text("specifier", of: node) ?? .empty
        } else {
          version = reader.document.text(node)
          // Both lists are sorted by name.
          while let next = specifier?.next() {
            guard reader.document.equal(reader.document.key(next), name) else { continue }
            asked = reader.document.text(next)
            break
          }
        }
        reader.add(
          Requirement(
            node: node, name: name, specification: asked, scope: scope, member: member))
        markDirect(name, version, scope, &lock, reader)
      }
    }
  }

  /// Finds the entry that an importer's `name: version` means: `version` is the rest of its key, or all
  /// of it where another package is meant.
  private static func markDirect(
    _ name: Text, _ version: Text, _ scope: Entry.Scope, _ lock: inout Lock, _ reader: EntryReader
  ) {
    let bytes = Array(reader.document.bytes(version))
    let own = Array(reader.document.bytes(name))
    let plain = Array(bytes.prefix { $0 != 0x28 })
    let candidates: [[UInt8]] =
      switch lock.generation {
      case .five: [[0x2f] + own + [0x2f] + bytes, bytes]
      case .six: [[0x2f] + own + [0x40] + bytes, bytes]
      case .nine: [own + [0x40] + plain, plain]
      }
    for candidate in candidates {
      guard let place = lock.places.value(for: candidate, in: reader.document) else { continue }
      if lock.scopes[place] != .runtime { lock.scopes[place] = scope }
      if reader.document.equal(reader.entries[place].name, name) {
        lock.hasOwnName.insert(place)
      } else {
        lock.aliases[place] = name
      }
      return
    }
  }

  /// Version 9.0 says here what is optional.
  private static func readSnapshots(_ lock: inout Lock, _ document: Document) {
    guard let snapshots = document.child("snapshots", of: lock.root) else { return }
    for node in document.children(snapshots) {
      guard let optional = document.text("optional", of: node), document.equals(optional, "true")
      else { continue }
      let key = document.key(node)
      let end = document.firstIndex(of: 0x28, in: key) ?? Int(key.count)
      if let place = lock.places.value(for: document.prefix(end, of: key), in: document) {
        lock.optional.insert(place)
      }
    }
  }
}
