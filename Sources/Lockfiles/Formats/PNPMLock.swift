internal import Documents
internal import Primitives

/// `pnpm-lock.yaml` and `pnpm-lock.BRANCH.yaml`, lockfileVersion 5.0 to 5.4, 6.0, 6.1 and 9.0 (pnpm,
/// `lockfile/types`, `deps/path`).
///
/// One entry for each key of `packages`; `snapshots` (9.0) says which of them see which others. A file
/// of several documents has the lock of pnpm itself before the project's, which is the last.
enum PNPMLock {
  static let format = Format(
    "pnpm-lock", files: ["pnpm-lock.yaml"],
    overriding: ["pnpm-lock.*.yaml"],
    source: "pnpm: Git branch lockfiles 2026-11-30", .locks, .yaml,
    keys: rules,
    neutral: [
      NeutralKey(
        ["deprecated"], in: "packages/*", "[]/packages/*", because: "a warning that pnpm prints")
    ], freeOrder: [.yaml], digests: DigestForm.integrity + DigestForm.sha256, digestsArchives: true,
    family: .npm,
    manifest: .repeated("package-json"),
    listsDependents: true, read: read)

  /// For a file of one document, and for the documents of a file of several.
  private static let rules = [
    KeyRule(documentKeys, in: "", "*", is: .dependency),
    KeyRule(["registry", "overrides/**", "patchedDependencies/**"], in: "", "*", is: .origin),
    KeyRule(
      // The checksum tells that `.pnpmfile.cjs`, which runs at each install, is another one.
      [
        "onlyBuiltDependencies/**", "neverBuiltDependencies/**", "allowBuilds/**",
        "pnpmfileChecksum",
      ], in: "", "*", is: .runsCode),
    KeyRule(packageKeys, in: "packages/*", "*/packages/*", is: .dependency),
    KeyRule(
      resolutionKeys, in: "packages/*/resolution", "*/packages/*/resolution", is: .dependency),
    KeyRule(snapshotKeys, in: "snapshots/*", "*/snapshots/*", is: .dependency),
  ]

  private static let documentKeys: [StaticString] = [
    "lockfileVersion", "settings/**", "time/**", "packageExtensionsChecksum",
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
    let root: Cursor
    let generation: Generation
    /// Behind the keys of documents before the last one; empty in the last one.
    var suffix = Excerpt.empty
    /// The places of entries by their keys.
    var places: [Excerpt: Int] = [:]
    /// The widest scope in which the project asks for an entry.
    var scopes: [Int: Entry.Scope] = [:]
    /// Other names under which the project asks for entries.
    var aliases: [Int: Excerpt] = [:]
    /// Entries whose hooks pnpm runs: of its settings.
    var hooks: Set<Int> = []
    /// Entries that only optional snapshots have.
    var optional: Set<Int> = []
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let count = reader.page.documentCount
    guard count > 1 else { return try read(reader.root, suffix: .empty, &reader) }
    for (index, root) in reader.root.enumerated() {
      // The documents before the project's ask for pnpm and its settings. Of what else they ask for, a
      // document behind them has dropped every pin.
      if index < count - 1 { try requireNoProject(root) }
      let suffix = root.compose(" (document \(index + 1))".utf8)
      try read(root, suffix: index == count - 1 ? .empty : suffix, &reader)
    }
  }

  private static func requireNoProject(_ root: Cursor) throws(Unread) {
    for importer in [root] + Array(root.children("importers")) {
      for group: StaticString in ["dependencies", "devDependencies", "optionalDependencies"] {
        guard let asked = importer[group], asked.count > 0 else { continue }
        throw asked.unread(.wrongShape)
      }
    }
  }

  private static func read(
    _ root: Cursor, suffix: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    let version = try root.text("lockfileVersion")
    reader.setFormatVersion(version)
    var lock = Lock(root: root, generation: try generation(version, root), suffix: suffix)
    let first = reader.count
    if let packages = root["packages"] {
      lock.places.reserveCapacity(packages.count)
      reader.reserve(packages.count)
      for package in packages { try add(package, &lock, &reader) }
    }
    try readImporters(&lock, &reader)
    readSnapshots(&lock)
    reader.updateEntries { place, entry in
      guard place >= first else { return }
      if lock.hooks.contains(place) { entry.runsCode = .yes }
      if let alias = lock.aliases[place] { entry.alias = alias }
      if let scope = lock.scopes[place] {
        entry.isDirect = true
        entry.scope = scope
      } else if lock.optional.contains(place) {
        entry.scope = .optional
      }
    }
  }

  private static func generation(_ version: Excerpt, _ root: Cursor) throws(Unread) -> Generation {
    switch version {
    case "5", "5.0", "5.1", "5.2", "5.3", "5.4": .five
    // An experiment between the two, which says for each what was asked.
    case "5.3-inlineSpecifiers", "5.4-inlineSpecifiers": .five
    case "6.0", "6.1": .six
    case "9.0": .nine
    default: throw root.unread(.unknownVersion)
    }
  }

  // MARK: Packages

  private static func add(
    _ package: Cursor, _ lock: inout Lock, _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = try entry(package, lock.generation)
    let resolution = try package.object("resolution")
    lock.places[package.key] = reader.count
    if !lock.suffix.isEmpty { entry.locator = try package.key + lock.suffix }
    guard let variants = resolution["variants"] else {
      let digests = setSource(&entry, resolution)
      return reader.add(entry, integrity: digests.integrityValues)
    }
    // A runtime: one archive for each platform, each with its own digest.
    for variant in variants {
      var part = entry
      part.node = variant
      let digests = setSource(&part, try variant.object("resolution"))
      part.locator = try entry.locator + " " + part.source
      reader.add(part, integrity: digests.integrityValues)
    }
  }

  private static func entry(
    _ package: Cursor, _ generation: Generation
  ) throws(Unread) -> Draft {
    let path = package.key.removing(prefix: "/") ?? package.key
    var entry = Draft(package, .npm, .empty, locator: package.key)
    // Keys of other registries begin with a host up to 6.x, and those of URLs with a part of the URL.
    if generation == .nine || path.count < package.key.count {
      guard let parts = nameAndVersion(path, generation) else { throw package.unread(.wrongShape) }
      (entry.name, entry.version) = parts
    } else if package[text: "name"] == nil {
      if path.starts(with: "file:") {
        entry.name = path
      } else if let (host, rest) = path.cut(at: "/"), let parts = nameAndVersion(rest, generation) {
        (entry.name, entry.version) = parts
        entry.source = host
        entry.sourceIsName = true
      } else {
        throw package.unread(.wrongShape)
      }
    }
    for value in package {
      switch value.key {
      // What pnpm takes it for, whatever the key says.
      case "name":
        if entry.name.isEmpty { entry.name = value.text } else { entry.setRealName(value.text) }
      case "version": entry.version = value.text
      case "requiresBuild": if value == "true" { entry.runsCode = .yes }
      case "dev": if value == "true" { entry.scope = .development }
      case "optional": if value == "true" { entry.scope = .optional }
      default: break
      }
    }
    // 9.0 leaves it to the archives.
    if generation != .nine, entry.runsCode == .unknown { entry.runsCode = .no }
    return entry
  }

  /// `name/1.0.0_peers` (5.x), `name@1.0.0(peers)` (6.x) or `name@1.0.0` (9.0).
  private static func nameAndVersion(
    _ path: Excerpt, _ generation: Generation
  ) -> (name: Excerpt, version: Excerpt)? {
    guard generation == .five else {
      return path.descriptor.map { ($0.name, $0.range.prefix(before: "(")) }
    }
    let scope = path.starts(with: "@") ? path.firstIndex(of: "/") : -1
    guard let scope, let (name, rest) = path.cut(at: "/", from: scope + 1), !name.isEmpty else {
      return nil
    }
    return (name, rest.prefix(before: "_"))
  }

  /// - Returns: the digests, with spaces between them.
  private static func setSource(_ entry: inout Draft, _ resolution: Cursor) -> Excerpt {
    var digests = Excerpt.empty
    var isGitHosted = false
    var hasRepository = false
    entry.sourceKind = .registry
    for value in resolution {
      let text = value.text
      switch value.key {
      case "integrity":
        digests = text
      case "tarball", "url":
        entry.source = text
        NPMLock.classifySource(&entry)
        // What lies in the registry, but not where archives lie, has an address that begins there.
        entry.sourceIsName = entry.sourceKind == .unknown && isRelativeArchive(text)
        if entry.sourceIsName { entry.sourceKind = .registry }
      case "registry":
        if entry.source.isEmpty { entry.source = text }
      case "repo":
        entry.source = text
        entry.sourceIsName = false
        entry.sourceKind = .git
        hasRepository = true
      case "commit":
        entry.revision = text
      case "gitHosted":
        isGitHosted = text == "true"
      case "directory":
        entry.source = text
        entry.sourceIsName = false
        entry.sourceKind = .path
      default:
        break
      }
    }
    if isGitHosted, entry.revision.isEmpty, let (_, commit) = entry.source.cut(atLast: "/") {
      entry.sourceKind = .git
      entry.revision = commit
    }
    // pnpm does not check what it builds from a repository.
    return hasRepository ? .empty : digests
  }

  /// `name/-/name-1.0.0.tgz` (pnpm's `pkgSnapshotToResolution`).
  private static func isRelativeArchive(_ text: Excerpt) -> Bool {
    guard text.contains("/-/"), !text.starts(with: "/"), !text.contains("..") else { return false }
    return text.bytes.allSatisfy { byte in
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
    guard let importers = lock.root["importers"] else {
      return try readImporter(lock.root, member: .empty, &lock, &reader)
    }
    for importer in importers {
      let member = importer.key == "." ? .empty : importer.key
      try readImporter(importer, member: member, &lock, &reader)
    }
  }

  private static func readImporter(
    _ importer: Cursor, member: Excerpt, _ lock: inout Lock, _ reader: inout EntryReader
  ) throws(Unread) {
    for (group, scope) in groups {
      var specifiers = importer.children("specifiers")
      for wanted in importer.children(group) {
        let version: Excerpt
        var asked: Excerpt?
        if wanted.isObject {
          version = try wanted.text("version")
          asked = wanted[text: "specifier"]
        } else {
          version = wanted.text
          // Both lists are sorted by name.
          while let next = specifiers.next() {
            guard next.key == wanted.key else { continue }
            asked = next.text
            break
          }
        }
        reader.addRequirement(wanted, wanted.key, asked, scope, member: member)
        let place = try markDirect(wanted.key, version, scope, &lock, reader)
        if let place, group.description == "configDependencies" { lock.hooks.insert(place) }
      }
    }
  }

  /// Finds the entry that an importer's `name: version` means: `version` is the rest of its key, or all
  /// of it where another package is meant.
  ///
  /// - Returns: its place.
  private static func markDirect(
    _ name: Excerpt, _ version: Excerpt, _ scope: Entry.Scope, _ lock: inout Lock,
    _ reader: EntryReader
  ) throws(Unread) -> Int? {
    let version = lock.generation == .nine ? version.prefix(before: "(") : version
    let own =
      switch lock.generation {
      case .five: try "/" + name + "/" + version
      case .six: try "/" + name + "@" + version
      case .nine: try name + "@" + version
      }
    guard let place = lock.places[own] ?? lock.places[version] else { return nil }
    if lock.scopes[place] != .runtime { lock.scopes[place] = scope }
    if reader[place].name != name { lock.aliases[place] = name }
    return place
  }

  /// Version 9.0 says here what is optional.
  private static func readSnapshots(_ lock: inout Lock) {
    for snapshot in lock.root.children("snapshots") where snapshot["optional"] == "true" {
      if let place = lock.places[snapshot.key.prefix(before: "(")] { lock.optional.insert(place) }
    }
  }
}
