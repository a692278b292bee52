internal import Documents
internal import Primitives

/// `yarn.lock` of yarn 2 and later, `__metadata.version` 4 to 10 (yarnpkg/berry, `Project.ts`,
/// `structUtils.ts`).
///
/// An entry is named by its `resolution`: one name and version may come from the registry and, patched,
/// from there and a file.
enum YarnBerryLock {
  static let format = Format(
    "yarn-berry-lock", files: ["yarn.lock"], .locks, .yaml,
    keys: [
      KeyRule("__metadata/version", .dependency), KeyRule("__metadata/cacheKey", .dependency),
      KeyRule(
        [
          "version", "resolution", "checksum", "languageName", "linkType", "conditions",
          "dependencies/*", "optionalDependencies/*", "devDependencies/*", "peerDependencies/*",
          "dependenciesMeta/*/optional", "dependenciesMeta/*/unplugged",
          "peerDependenciesMeta/*/optional",
        ], in: "*", is: .dependency),
      // What yarn runs of a package is what its manifest says, except for what it links.

      KeyRule("*/dependenciesMeta/*/built", .runsCode), KeyRule("*/bin/*", .selectsCode),
      KeyRule("*/bin", .selectsCode),
    ],
    freeOrder: [.yaml],
    recordsIntegrity: true, manifest: .of("package-json"), listsDependents: true,
    recognises: hasMetadata, read: read)

  private static func hasMetadata(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      if bytes[start] == 0x5f, bytes[start...].starts(with: "__metadata:".utf8) { return true }
      start = bytes.endOfLine(from: start) + 1
    }
    return false
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.documentCount == 1 else { throw reader.unread(.wrongShape, reader.root) }
    let metadata = try reader.object("__metadata", of: reader.root)
    let version = try reader.text("version", of: metadata)
    reader.setFormatVersion(version)
    let known: [StaticString] = ["4", "5", "6", "7", "8", "9", "10"]
    guard known.contains(where: { reader.document.equals(version, $0) }) else {
      throw reader.unread(.unknownVersion, metadata)
    }
    let cacheKey = reader.document.text("cacheKey", of: metadata) ?? .empty
    var asked = TextTable(capacity: reader.document.childCount(reader.root) * 2)
    var resolutions = TextTable(capacity: reader.document.childCount(reader.root))
    let nodes = reader.children(of: reader.root)
    reader.reserve(nodes.count)
    for node in nodes where node != metadata {
      let place = reader.entries.count
      var rest = reader.document.key(node)
      while let descriptor = YarnHeader.next(&rest, reader.document) {
        guard asked.insert(place, for: descriptor, in: reader.document) == nil else {
          throw reader.unread(.duplicateEntry, node)
        }
      }
      try add(node, cacheKey, &resolutions, &reader)
    }
    try markDirect(&reader, asked)
  }

  private static func add(
    _ node: NodeID, _ cacheKey: Text, _ resolutions: inout TextTable,
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let resolution = try reader.text("resolution", of: node)
    guard let locator = YarnHeader.parts(of: resolution, reader.document) else {
      throw reader.unread(.wrongShape, node)
    }
    var entry = Entry(node: node, locator: resolution, name: locator.name, ecosystem: .npm)
    entry.version = try reader.text("version", of: node)
    entry.alias = alias(of: node, locator.name, reader.document)
    try setSource(&entry, locator.range, &reader)
    if entry.sourceKind == .workspace { addRequirements(&reader, node, member: locator.name) }
    if let first = resolutions.insert(node.index, for: resolution, in: reader.document) {
      // One package under two headers, which yarn leaves until it is told to put them together.
      guard isSame(node, NodeID(first), reader.document) else {
        throw reader.unread(.duplicateEntry, node)
      }
      entry.locator = try reader.locator(resolution, .empty, reader.document.key(node))
    }
    reader.add(entry, integrity: try digests(of: node, cacheKey, &reader))
  }

  /// Whether two entries of one resolution are of one version and checksum.
  private static func isSame(_ node: NodeID, _ other: NodeID, _ document: Document) -> Bool {
    for key in ["version", "checksum"] as [StaticString] {
      let left = document.text(key, of: node) ?? .empty
      let right = document.text(key, of: other) ?? .empty
      guard document.equal(left, right) else { return false }
    }
    return true
  }

  /// The name under which it is asked for, when that is another one: `alias@npm:name@^1`.
  private static func alias(of node: NodeID, _ name: Text, _ document: Document) -> Text {
    var rest = document.key(node)
    while let descriptor = YarnHeader.next(&rest, document) {
      if let parts = YarnHeader.parts(of: descriptor, document), !document.equal(parts.name, name) {
        return parts.name
      }
    }
    return .empty
  }

  /// `10c0/HEX`: the SHA-512 of the archive that yarn packs itself, in the form that the cache key names.
  /// Digests under different keys cannot be compared. Before version 8 one key stands for all of them.
  private static func digests(
    of node: NodeID, _ cacheKey: Text, _ reader: inout EntryReader
  ) throws(Unread) -> [Text] {
    guard let checksum = reader.document.text("checksum", of: node), !checksum.isEmpty else {
      return []
    }
    if reader.document.firstIndex(of: 0x2f, in: checksum) != nil { return [checksum] }
    return [try reader.compose(cacheKey, "/", checksum)]
  }

  // MARK: Sources

  /// What the part of a locator behind the name says: `npm:1.0.0`, `patch:...`, `workspace:.`.
  private static func setSource(
    _ entry: inout Entry, _ reference: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    if reader.document.starts(reference, with: "npm:") {
      entry.sourceKind = .registry
      let version = reader.document.dropFirst(4, of: reference)
      let end = reader.document.firstIndex(of: "::", in: version) ?? Int(version.count)
      guard reader.document.equal(reader.document.prefix(end, of: version), entry.version) else {
        throw reader.unread(.contradiction, entry.node)
      }
      if let url = archiveURL(reader.document.dropFirst(end, of: version), reader.document) {
        entry.source = try reader.compose(url)
      }
      return
    }
    entry.source = reference
    let document = reader.document
    let hash = document.firstIndex(of: 0x23, in: reference)
    let fragment = hash.map { document.dropFirst($0 + 1, of: reference) } ?? .empty
    if document.starts(reference, with: "workspace:") {
      entry.sourceKind = .workspace
    } else if document.starts(reference, with: "patch:") {
      // yarn's own patches change nothing about where the package comes from.
      let isBuiltin =
        document.firstIndex(of: "builtin<", in: fragment) != nil
        && document.firstIndex(of: ".patch", in: fragment) == nil
      entry.sourceKind = isBuiltin ? .registry : .path
      // What is patched has an entry of its own, and the patch is a file of the repository.
      entry.sourceIsName = true
    } else if let commit = document.firstIndex(of: "commit=", in: fragment)
      ?? document.firstIndex(of: "commit:", in: fragment)
    {
      entry.sourceKind = .git
      let rest = document.dropFirst(commit + 7, of: fragment)
      let end = document.firstIndex(of: 0x26, in: rest) ?? Int(rest.count)
      entry.revision = document.prefix(end, of: rest)
    } else if !fragment.isEmpty, isRepository(document.prefix(hash ?? 0, of: reference), document) {
      entry.sourceKind = .git
      let sign = document.firstIndex(of: 0x3d, in: fragment).map { $0 + 1 } ?? 0
      entry.revision = document.dropFirst(sign, of: fragment)
    } else if document.starts(reference, with: "https:")
      || document.starts(reference, with: "http:")
    {
      entry.sourceKind = .url
    } else if document.starts(reference, with: "exec:") {
      // The package is what a script of the repository writes.
      entry.sourceKind = .path
      entry.runsCode = .yes
    } else if document.starts(reference, with: "file:") || document.starts(reference, with: "link:")
      || document.starts(reference, with: "portal:")
    {
      entry.sourceKind = .path
    }
  }

  /// Whether yarn clones such an address (plugin-git, `gitUtils.isGitUrl`).
  private static func isRepository(_ address: Text, _ document: Document) -> Bool {
    document.starts(address, with: "git") || document.starts(address, with: "ssh:")
      || document.ends(address, with: ".git")
  }

  /// The URL in `::__archiveUrl=https%3A%2F%2F...`, for archives that are not where registries have them.
  private static func archiveURL(_ parameters: Text, _ document: Document) -> [UInt8]? {
    let marker: StaticString = "__archiveUrl="
    guard let start = document.firstIndex(of: marker, in: parameters) else { return nil }
    let rest = document.dropFirst(start + marker.utf8CodeUnitCount, of: parameters)
    let end = document.firstIndex(of: 0x26, in: rest) ?? Int(rest.count)
    return PercentEncoding.decoded(document.bytes(document.prefix(end, of: rest)))
  }

  // MARK: Requirements

  private static func addRequirements(
    _ reader: inout EntryReader, _ node: NodeID, member: Text
  ) {
    let document = reader.document
    let groups: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("peerDependencies", .peer),
    ]
    for (group, scope) in groups {
      guard let wanted = document.child(group, of: node) else { continue }
      for child in document.children(wanted) {
        reader.add(
          Requirement(
            node: child, name: document.key(child), specification: document.text(child),
            scope: scope, member: member))
      }
    }
  }

  /// What a workspace asks for is found by its descriptor; before version 8 the lock leaves `npm:` out.
  private static func markDirect(
    _ reader: inout EntryReader, _ asked: TextTable
  ) throws(Unread) {
    var places: Set<Int> = []
    for requirement in reader.requirements where requirement.scope != .peer {
      for separator in ["@", "@npm:"] as [StaticString] {
        let descriptor = try reader.compose(
          requirement.name, separator, requirement.specification)
        if let place = asked.value(for: descriptor, in: reader.document) { places.insert(place) }
      }
    }
    var place = 0
    reader.updateEntries { entry in
      entry.isDirect = places.contains(place)
      place += 1
    }
  }
}
