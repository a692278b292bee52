internal import Documents
internal import Primitives

/// `MODULE.bazel.lock` (Bazel documentation, "Bazel lockfile").
///
/// Since lockFileVersion 11 the files of registries stand there by their addresses; before, there was a
/// graph of modules. What module extensions made is addresses and digests of archives too.
enum BazelModuleLock {
  static let format = Format(
    "bazel-module-lock", files: ["MODULE.bazel.lock"],
    source: "Bazel: Lockfile", .locks, .json,
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
    freeOrder: [.json], digests: DigestForm.integrity + DigestForm.sha256, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    let version = try root.text("lockFileVersion")
    reader.setFormatVersion(version)
    let isNumber = version.count <= 3 && version.bytes.allSatisfy { (0x30...0x39).contains($0) }
    let number = isNumber ? version.bytes.reduce(0) { $0 * 10 + Int($1 & 0x0f) } : 0
    guard (3...26).contains(number) else { throw root.unread(.unknownVersion) }
    for file in try root.values("registryFileHashes") { try addFile(file, &reader) }
    for module in try root.values("moduleDepGraph") { try addModule(module, &reader) }
  }

  /// `"https://registry.example/modules/NAME/VERSION/source.json": "digest"`, or `null` for a file that
  /// the registry did not have.
  private static func addFile(_ file: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let (url, digest) = (file.key, try file.anyScalar())
    guard !url.isEmpty else { throw file.unread(.wrongShape) }
    var entry = Draft(file, .bazel, url)
    entry.sourceKind = .registry
    entry.source = url
    if let (name, rest) = url.cut(at: "/modules/")?.after.cut(at: "/") {
      entry.name = name
      entry.version = rest.cut(at: "/")?.before ?? .empty
    }
    reader.add(entry, integrity: file.isNull ? [] : [try "sha256:" + digest])
  }

  private static func addModule(_ module: Cursor, _ reader: inout EntryReader) throws(Unread) {
    var entry = Draft(module, .bazel, try module.scalar("name"), locator: module.key)
    entry.version = try module.scalar("version")
    // The root module and those that are overridden have no archive.
    guard let attributes = module["repoSpec", "attributes"] else {
      entry.sourceKind = .workspace
      return reader.add(entry)
    }
    entry.sourceKind = .registry
    entry.source = attributes["urls"]?.first?.text ?? .empty
    let remote = try attributes.scalar("remote")
    if !remote.isEmpty {
      entry.sourceKind = .git
      entry.source = remote
      entry.revision = try attributes.scalar("commit")
    }
    try reader.add(entry, digest: attributes.scalar("integrity"))
  }
}
