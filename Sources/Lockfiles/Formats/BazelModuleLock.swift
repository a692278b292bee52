internal import Documents
internal import Primitives

/// `MODULE.bazel.lock` (Bazel documentation, "Bazel lockfile").
///
/// Since lockFileVersion 11 the files of registries stand there by their addresses; before, there was a
/// graph of modules. What module extensions made is addresses and digests of archives too.
enum BazelModuleLock {
  static let format = Format(
    "bazel-module-lock", files: ["module.bazel.lock"], .locks, .json,
    keys: [
      KeyRule("lockFileVersion", .dependency), KeyRule("registryFileHashes", .dependency),
      KeyRule("registryFileHashes/*", .dependency),
      KeyRule("selectedYankedVersions/**", .dependency), KeyRule("moduleExtensions/**", .origin),
      // Hashes by which Bazel decides whether to resolve anew.
      KeyRule("moduleFileHash", .dependency), KeyRule("localOverrideHashes/**", .dependency),
      KeyRule("flags/**", .origin), KeyRule("facts/**", .origin),
      KeyRule("moduleDepGraph", .dependency),
      KeyRule(
        [
          "name", "version", "key", "repoName", "deps/**", "repoSpec/**", "executionPlatforms/**",
          "toolchainsToRegister/**", "executionPlatformsToRegister/**", "extensionUsages/**",
          "nodepDeps/**", "originalDeps/**", "bazelCompatibility/**", "compatibilityLevel",
        ], in: "moduleDepGraph/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("lockFileVersion", of: reader.root)
    reader.setFormatVersion(version)
    let isNumber = reader.document.bytes(version).allSatisfy { (0x30...0x39).contains($0) }
    let number =
      isNumber && version.count <= 3
      ? reader.document.bytes(version).reduce(0) { $0 * 10 + Int($1 & 0x0f) } : 0
    try reader.requireVersion(version, (3...26).contains(number), reader.root)
    for node in try reader.values("registryFileHashes", of: reader.root) {
      try addFile(node, &reader)
    }
    for node in try reader.values("moduleDepGraph", of: reader.root) {
      try addModule(node, &reader)
    }
  }

  /// `"https://registry.example/modules/NAME/VERSION/source.json": "digest"`, or `null` for a file that
  /// the registry did not have.
  private static func addFile(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let url = reader.document.key(node)
    guard reader.document.isScalar(node), !url.isEmpty else {
      throw reader.unread(.wrongShape, node)
    }
    var entry = Entry(node: node, locator: url, name: url, ecosystem: .bazel)
    entry.sourceKind = .registry
    entry.source = url
    if let modules = reader.document.firstIndex(of: "/modules/", in: url) {
      let rest = reader.document.dropFirst(modules + 9, of: url)
      if let slash = reader.document.firstIndex(of: 0x2f, in: rest) {
        entry.name = reader.document.prefix(slash, of: rest)
        let version = reader.document.dropFirst(slash + 1, of: rest)
        entry.version = reader.document.prefix(
          reader.document.firstIndex(of: 0x2f, in: version) ?? 0, of: version)
      }
    }
    let digest = reader.document.text(node)
    reader.add(
      entry, integrity: reader.isNull(node) ? [] : [try reader.compose("sha256:", digest)])
  }

  private static func addModule(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    var entry = Entry(
      node: node, locator: reader.document.key(node),
      name: try reader.scalar("name", of: node), ecosystem: .bazel)
    entry.version = try reader.scalar("version", of: node)
    // The root module and those that are overridden have no archive.
    guard let specification = reader.document.child("repoSpec", of: node),
      let attributes = reader.document.child("attributes", of: specification)
    else {
      entry.sourceKind = .workspace
      return reader.add(entry)
    }
    entry.sourceKind = .registry
    if let list = reader.document.child("urls", of: attributes),
      let first = reader.children(of: list).first
    {
      entry.source = reader.document.text(first)
    }
    let remote = try reader.scalar("remote", of: attributes)
    if !remote.isEmpty {
      entry.sourceKind = .git
      entry.source = remote
      entry.revision = try reader.scalar("commit", of: attributes)
    }
    let integrity = try reader.scalar("integrity", of: attributes)
    reader.add(entry, integrity: integrity.isEmpty ? [] : [integrity])
  }
}
