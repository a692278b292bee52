internal import Documents
internal import Primitives

/// Gleam's `manifest.toml` (gleam's `compiler-cli/src/dependencies`).
///
/// Before version 0.18 it had a table of names and versions, or entries without a source.
///
/// On a file system without case Julia's `Manifest.toml` has the same name.
enum GleamManifest {
  static let format = Format(
    "gleam-manifest", files: ["manifest.toml"],
    source: "Gleam: manifest.toml 2026-11-30", .locks, .toml,
    keys: [
      KeyRule("requirements/**", .dependency), KeyRule("packages", .dependency),
      // Where it does not fit the project, gleam resolves anew.
      KeyRule("config_checksum", .dependency), KeyRule("packages/*", .dependency),
      KeyRule(
        [
          "name", "version", "build_tools/*", "requirements", "requirements/*", "otp_app", "source",
          "outer_checksum", "repo", "commit", "path",
        ], in: "packages/*", is: .dependency),
    ],
    freeOrder: [.toml],
    digests: DigestForm.sha256, digestsArchives: true, listsDependents: true,
    recognises: { !JuliaManifest.isJulia($0) }, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    var direct: Set<Excerpt> = []
    for wanted in try reader.root.values("requirements") {
      direct.insert(wanted.key)
      let specification = wanted.isScalar ? wanted.text : try wanted.scalar("version")
      reader.addRequirement(wanted, wanted.key, specification)
    }
    if let packages = reader.root["packages"], packages.isObject {
      // `name = "1.0.0"`, of which nothing tells where it comes from.
      for package in packages {
        var entry = Draft(package, .hex, package.key)
        entry.version = try package.anyScalar()
        entry.isDirect = direct.contains(package.key)
        reader.add(entry)
      }
    } else {
      for package in try reader.root.tables("packages") { try add(package, direct, &reader) }
    }
  }

  private static func add(
    _ package: Cursor, _ direct: Set<Excerpt>, _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(package, .hex, try package.text("name"))
    entry.version = try package.text("version")
    entry.isDirect = direct.contains(entry.name)
    switch try package.scalar("source") {
    case "hex":
      entry.sourceKind = .registry
      return reader.add(entry, integrity: [try "sha256:" + package.text("outer_checksum")])
    case "git":
      entry.sourceKind = .git
      entry.source = try package.text("repo")
      entry.revision = try package.text("commit")
    case "local":
      entry.sourceKind = .path
      entry.source = try package.text("path")
    case "":
      break
    default:
      throw package.unread(.wrongShape)
    }
    reader.add(entry)
  }
}
