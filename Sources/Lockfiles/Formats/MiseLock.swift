internal import Documents
internal import Primitives

/// `mise.lock` and its siblings, format versions 0 to 3 (mise documentation, "mise.lock reference").
///
/// One entry for each locked version of a tool. What is fetched for each platform, with its digest, is
/// part of the entry; the backend is where the tool comes from. The packages of conda that tools need
/// stand apart.
enum MiseLock {
  static let format = Format(
    "mise-lock", files: ["mise.lock", "mise.*.lock", ".mise.lock", ".mise.*.lock"],
    source: "mise: Lockfile; mise.lock reference 2026-11-30", .locks, .toml,
    keys: [
      KeyRule("lockfile_version", .dependency), KeyRule("tool-stubs/*", .dependency),
      KeyRule("tools", .dependency), KeyRule("tools/*", .dependency),
      KeyRule(toolKeys, in: "tools/*/*", "tools/*", is: .dependency),
      KeyRule(sourceKeys, in: "tools/*/*", "tools/*", is: .origin),
      KeyRule(["install"], in: "tools/*/*/*", "tools/*/*/platforms/*", is: .runsCode),
      KeyRule(
        [
          "checksum", "url", "url_api", "conda_deps/*", "additional_artifacts/*/checksum",
          "additional_artifacts/*/url", "provenance/slsa/url",
        ], in: "tools/*/*/*",
        "tools/*/*/platforms/*", is: .dependency),
      KeyRule(artifactKeys, in: "tools/*/*/*", "tools/*/*/platforms/*", is: .origin),
      KeyRule("conda-packages/*/*/checksum", .dependency),
      KeyRule("conda-packages/*/*/url", .dependency),
    ],
    neutral: [
      NeutralKey(
        "tools/*/[]/*/size", .number(15), because: "mise wrote it once and reads it no more")
    ],
    freeOrder: [.toml], digests: DigestForm.archives + [.hexadecimal("blake3:", 32)], read: read)

  private static let toolKeys: [StaticString] = [
    "version", "specifiers/*", "aube/digest", "uv/digest", "checksums/*",
  ]

  /// Where a tool comes from, and which of its archives.
  private static let sourceKeys: [StaticString] = [
    "backend", "options/*", "aube/path", "uv/path",
  ]

  /// Who must have signed an archive, and how that is known.
  private static let artifactKeys: [StaticString] = [
    "provenance", "provenance/**", "provenance_verified", "signer", "attested_by",
    "repository_ids/*", "github_attestations",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    if let version = root["lockfile_version"] {
      try reader.setFormatVersion(version.scalar(), oneOf: "0", "1", "2", "3", at: version)
    }
    for tool in try root.values("tools") {
      // One version stood in a table of its own before there could be several.
      for version in tool.isArray ? Array(tool) : [tool] { try add(version, of: tool, &reader) }
    }
    for platform in try root.values("conda-packages") {
      for package in platform { try addPackage(package, platform, &reader) }
    }
  }

  private static func add(
    _ node: Cursor, of tool: Cursor, _ reader: inout EntryReader
  ) throws(Unread) {
    let version = try node.text("version")
    let backend = try node.scalar("backend")
    var locator = try tool.key.locator(version, backend)
    for option in node.children("options") {
      locator = try locator + " " + option.key + "=" + option.scalar()
    }
    var entry = Draft(node, .generic, tool.key, locator: locator)
    entry.version = version
    entry.source = backend
    entry.sourceIsName = true
    entry.sourceKind = .registry
    entry.isDirect = true
    // Plug-ins of asdf and vfox are programs that do the install.
    if backend.starts(with: "asdf:", "vfox:", "vfox-backend:") { entry.runsCode = .yes }
    var digests: [[Excerpt]] = []
    for child in node where child.isObject {
      if child.key.starts(with: "platforms.") {
        try read(child, &entry, &digests)
      } else if child.key == "platforms" {
        for platform in child { try read(platform, &entry, &digests) }
      } else if child.key == "checksums" {
        // Version 0 began with the digests of files by their names.
        for file in child { digests.append([try file.scalar()]) }
      } else if let digest = child[text: "digest"] {
        // The dependencies of the tool, in a lock of their own.
        digests.append([digest])
      }
    }
    reader.add(entry, files: digests)
  }

  /// What is fetched for one platform.
  private static func read(
    _ platform: Cursor, _ entry: inout Draft, _ digests: inout [[Excerpt]]
  ) throws(Unread) {
    try platform.object()
    if platform[text: "install"] != nil { entry.runsCode = .yes }
    let files = [platform] + (try platform.tables("additional_artifacts"))
    digests += try files.digests("checksum")
  }

  /// A package of conda, under the name of its file.
  private static func addPackage(
    _ package: Cursor, _ platform: Cursor, _ reader: inout EntryReader
  ) throws(Unread) {
    let file = package.key
    let parts = PixiLock.archive(file)
    var entry = Draft(
      package, .conda, parts?.name ?? file, locator: try platform.key + " " + file)
    entry.version = parts?.version ?? .empty
    entry.source = try package.scalar("url")
    entry.sourceKind = .registry
    try reader.add(entry, digest: package.scalar("checksum"))
  }
}
