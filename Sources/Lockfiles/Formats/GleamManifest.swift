internal import Documents
internal import Primitives

/// Gleam's `manifest.toml` (gleam's `compiler-cli/src/dependencies`).
///
/// Before version 0.18 it had a table of names and versions, or entries without a source.
///
/// On a file system without case Julia's `Manifest.toml` has the same name.
enum GleamManifest {
  static let format = Format(
    "gleam-manifest", files: ["manifest.toml"], .locks, .toml,
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
    recordsIntegrity: true, digestsArchives: true, listsDependents: true,
    recognises: { !JuliaManifest.isJulia($0) }, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    var direct = TextTable()
    for node in try reader.values("requirements", of: reader.root) {
      let name = reader.document.key(node)
      _ = direct.insert(node.index, for: name, in: reader.document)
      let specification =
        reader.document.isScalar(node)
        ? reader.document.text(node) : try reader.scalar("version", of: node)
      reader.add(Requirement(node: node, name: name, specification: specification))
    }
    if let packages = reader.document.child("packages", of: reader.root),
      reader.document.isObject(packages)
    {
      for node in reader.children(of: packages) { try addVersion(node, direct, &reader) }
    } else {
      for node in try reader.tables("packages", of: reader.root) { try add(node, direct, &reader) }
    }
  }

  /// `name = "1.0.0"`, of which nothing tells where it comes from.
  private static func addVersion(
    _ node: NodeID, _ direct: TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    guard reader.document.isScalar(node) else { throw reader.unread(.wrongShape, node) }
    let name = reader.document.key(node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .hex)
    entry.version = reader.document.text(node)
    entry.isDirect = direct.value(for: name, in: reader.document) != nil
    reader.add(entry)
  }

  private static func add(
    _ node: NodeID, _ direct: TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try reader.text("name", of: node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .hex)
    entry.version = try reader.text("version", of: node)
    entry.isDirect = direct.value(for: name, in: reader.document) != nil
    let source = try reader.scalar("source", of: node)
    var digests: [Text] = []
    if reader.document.equals(source, "hex") {
      entry.sourceKind = .registry
      digests = [try reader.compose("sha256:", try reader.text("outer_checksum", of: node))]
    } else if reader.document.equals(source, "git") {
      entry.sourceKind = .git
      entry.source = try reader.text("repo", of: node)
      entry.revision = try reader.text("commit", of: node)
    } else if reader.document.equals(source, "local") {
      entry.sourceKind = .path
      entry.source = try reader.text("path", of: node)
    } else if !source.isEmpty {
      throw reader.unread(.wrongShape, node)
    }
    reader.add(entry, integrity: digests)
  }
}
