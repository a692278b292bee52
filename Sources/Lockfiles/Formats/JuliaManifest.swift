internal import Documents
internal import Primitives

/// Julia's `Manifest.toml`, `Manifest-v1.11.toml` and `JuliaManifest.toml`, manifest_format 1 and 2
/// (Pkg.jl documentation, "Manifest.toml").
enum JuliaManifest {
  static let format = Format(
    "julia-manifest",
    files: [
      "manifest.toml", "manifest-v*.toml", "juliamanifest.toml", "juliamanifest-v*.toml",
    ], .locks, .toml,
    keys: [
      KeyRule("manifest_format", .dependency), KeyRule("julia_version", .dependency),
      KeyRule("registries/**", .origin), KeyRule("deps", .dependency),
      KeyRule(entryKeys, in: "deps/*/*", is: .dependency),
      KeyRule(entryKeys, in: "*/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        "project_hash", .digest("", 40),
        because: "of the project file: Pkg warns where it does not fit, and goes on"
      )
    ],
    freeOrder: [.toml], recordsIntegrity: true, recognises: isJulia, read: read)

  private static let entryKeys: [StaticString] = [
    "uuid", "version", "git-tree-sha1", "repo-url", "repo-rev", "repo-subdir", "path", "pinned",
    "deps", "deps/*", "weakdeps", "weakdeps/*", "extensions/**", "entryfile", "registries/*",
    "apps/**", "syntax/**",
  ]

  /// What Gleam's file of the same name never has: a package as `[[...]]`.
  static func isJulia(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      if start + 1 < bytes.count, bytes[start] == 0x5b, bytes[start + 1] == 0x5b { return true }
      if bytes[start...].starts(with: "manifest_format".utf8)
        || bytes[start...].starts(with: "julia_version".utf8)
      {
        return true
      }
      start = bytes.endOfLine(from: start) + 1
    }
    return false
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.scalar("manifest_format", of: reader.root)
    reader.setFormatVersion(version)
    var names: [NodeID]
    if version.isEmpty || reader.document.starts(version, with: "1") {
      names = reader.children(of: reader.root).filter { reader.document.isArray($0) }
    } else {
      try reader.requireVersion(
        version, reader.document.starts(version, with: "2."), reader.root)
      names = try reader.values("deps", of: reader.root)
    }
    for name in names {
      guard reader.document.isArray(name) else { throw reader.unread(.wrongShape, name) }
      for node in reader.children(of: name) {
        guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
        try add(node, reader.document.key(name), &reader)
      }
    }
  }

  private static func add(
    _ node: NodeID, _ name: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    let uuid = try reader.text("uuid", of: node)
    var entry = Entry(
      node: node, locator: try reader.compose(name, " ", uuid), name: name, ecosystem: .julia)
    entry.version = try reader.scalar("version", of: node)
    let tree = try reader.scalar("git-tree-sha1", of: node)
    let url = try reader.scalar("repo-url", of: node)
    let path = try reader.scalar("path", of: node)
    if !url.isEmpty {
      entry.sourceKind = .git
      entry.source = url
      entry.revision = try reader.scalar("repo-rev", of: node)
    } else if !path.isEmpty {
      entry.sourceKind = .path
      entry.source = path
    } else {
      // What has no tree comes with Julia itself.
      entry.sourceKind = tree.isEmpty ? .workspace : .registry
    }
    reader.add(entry, integrity: tree.isEmpty ? [] : [try reader.compose("sha1:", tree)])
  }
}
