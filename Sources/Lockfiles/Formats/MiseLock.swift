internal import Documents
internal import Primitives

/// `mise.lock` and its siblings, format versions 0 to 3 (mise documentation, "mise.lock reference").
///
/// One entry for each locked version of a tool. What is fetched for each platform, with its digest, is
/// part of the entry; the backend is where the tool comes from. The packages of conda that tools need
/// stand apart.
enum MiseLock {
  static let format = Format(
    "mise-lock", files: ["mise.lock", "mise.*.lock", ".mise.lock", ".mise.*.lock"], .locks, .toml,
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
    freeOrder: [.toml], recordsIntegrity: true, read: read)

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
    if let version = reader.document.child("lockfile_version", of: reader.root) {
      let text = try reader.scalar(version)
      reader.setFormatVersion(text)
      let known: [StaticString] = ["0", "1", "2", "3"]
      try reader.requireVersion(
        text, known.contains { reader.document.equals(text, $0) }, version)
    }
    for tool in try reader.values("tools", of: reader.root) {
      // One version stood in a table of its own before there could be several.
      let versions = reader.document.isArray(tool) ? reader.children(of: tool) : [tool]
      for node in versions { try add(node, of: reader.document.key(tool), &reader) }
    }
    for platform in try reader.values("conda-packages", of: reader.root) {
      for node in reader.children(of: platform) { try addPackage(node, platform, &reader) }
    }
  }

  private static func add(
    _ node: NodeID, of name: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    let version = try reader.text("version", of: node)
    let backend = try reader.scalar("backend", of: node)
    var locator = try reader.locator(name, version, backend)
    if let options = reader.document.child("options", of: node) {
      for option in reader.children(of: options) {
        let pair = try reader.compose(
          reader.document.key(option), "=", try reader.scalar(option))
        locator = try reader.compose(locator, " ", pair)
      }
    }
    var entry = Entry(node: node, locator: locator, name: name, ecosystem: .generic)
    entry.version = version
    entry.source = backend
    entry.sourceIsName = true
    entry.sourceKind = .registry
    entry.isDirect = true
    // Plug-ins of asdf and vfox are programs that do the install.
    let plugins: [StaticString] = ["asdf:", "vfox:", "vfox-backend:"]
    if plugins.contains(where: { reader.document.starts(backend, with: $0) }) {
      entry.runsCode = .yes
    }
    var digests: [[Text]] = []
    for child in reader.children(of: node) where reader.document.isObject(child) {
      let key = reader.document.key(child)
      if reader.document.starts(key, with: "platforms.") {
        try read(child, &entry, &digests, reader)
      } else if reader.document.equals(key, "platforms") {
        for platform in reader.children(of: child) {
          try read(platform, &entry, &digests, reader)
        }
      } else if reader.document.equals(key, "checksums") {
        // Version 0 began with the digests of files by their names.
        for file in reader.children(of: child) { digests.append([try reader.scalar(file)]) }
      } else if let digest = reader.document.text("digest", of: child) {
        // The dependencies of the tool, in a lock of their own.
        digests.append([digest])
      }
    }
    reader.add(entry, files: digests)
  }

  /// What is fetched for one platform.
  private static func read(
    _ platform: NodeID, _ entry: inout Entry, _ digests: inout [[Text]], _ reader: EntryReader
  ) throws(Unread) {
    guard reader.document.isObject(platform) else { throw reader.unread(.wrongShape, platform) }
    if reader.document.text("install", of: platform) != nil { entry.runsCode = .yes }
    for file in [platform] + (try reader.tables("additional_artifacts", of: platform)) {
      let digest = try reader.scalar("checksum", of: file)
      digests.append(digest.isEmpty ? [] : [digest])
    }
  }

  /// A package of conda, under the name of its file.
  private static func addPackage(
    _ node: NodeID, _ platform: NodeID, _ reader: inout EntryReader
  ) throws(Unread) {
    let file = reader.document.key(node)
    let locator = try reader.compose(reader.document.key(platform), " ", file)
    let parts = PixiLock.archive(file, reader.document)
    var entry = Entry(
      node: node, locator: locator, name: parts?.name ?? file, ecosystem: .conda)
    entry.version = parts?.version ?? .empty
    entry.source = try reader.scalar("url", of: node)
    entry.sourceKind = .registry
    let digest = try reader.scalar("checksum", of: node)
    reader.add(entry, digest: digest.isEmpty ? nil : digest)
  }
}
