internal import Documents
internal import Primitives

/// Julia's `Manifest.toml`, `Manifest-v1.11.toml` and `JuliaManifest.toml`, manifest_format 1 and 2
/// (Pkg.jl documentation, "Manifest.toml").
enum JuliaManifest {
  static let format = Format(
    "julia-manifest",
    files: ["Manifest.toml"],
    overriding: ["Manifest-v*.toml", "JuliaManifest.toml", "JuliaManifest-v*.toml"],
    source: "Pkg.jl: Project.toml and Manifest.toml 2026-11-30", .locks, .toml,
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
    freeOrder: [.toml], digests: DigestForm.sha1, recognises: isJulia, read: read)

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
    let root = reader.root
    let version = try root.scalar("manifest_format")
    reader.setFormatVersion(version)
    let isOld = version.isEmpty || version.starts(with: "1")
    guard isOld || version.starts(with: "2.") else { throw root.unread(.unknownVersion) }
    let names = isOld ? root.filter(\.isArray) : Array(try root.values("deps"))
    for name in names {
      for package in try name.array() { try add(package.object(), name.key, &reader) }
    }
  }

  private static func add(
    _ package: Cursor, _ name: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(package, .julia, name, locator: try name + " " + package.text("uuid"))
    entry.version = try package.scalar("version")
    let tree = try package.scalar("git-tree-sha1")
    let url = try package.scalar("repo-url")
    let path = try package.scalar("path")
    if !url.isEmpty {
      entry.sourceKind = .git
      entry.source = url
      entry.revision = try package.scalar("repo-rev")
    } else if !path.isEmpty {
      entry.sourceKind = .path
      entry.source = path
    } else {
      // What has no tree comes with Julia itself.
      entry.sourceKind = tree.isEmpty ? .workspace : .registry
    }
    try reader.add(entry, digest: tree, behind: "sha1:")
  }
}
