internal import Documents
internal import Primitives

/// `libs.versions.toml`, Gradle's version catalog (Gradle user manual, "Version catalogs").
enum GradleVersionCatalog {
  static let format = Format(
    "gradle-version-catalog", files: ["*.versions.toml"], .manifests, .toml, asksFor: .maven,
    keys: [
      KeyRule("metadata/**", .dependency), KeyRule("plugins/**", .runsCode),
    ], otherKeys: .dependency, freeOrder: [.toml], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for key: StaticString in ["libraries", "plugins"] {
      for node in try reader.values(key, of: reader.root) { try add(node, &reader) }
    }
  }

  /// `"group:name:1.0"`, `{module = "group:name"}`, `{group = ..., name = ...}` or `{id = ...}`.
  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    var name = Text.empty
    var version = Text.empty
    if reader.document.isScalar(node) {
      let text = reader.document.text(node)
      let colon = reader.document.lastIndex(of: 0x3a, in: text) ?? Int(text.count)
      name = reader.document.prefix(colon, of: text)
      version = reader.document.dropFirst(colon + 1, of: text)
    } else {
      let id = try reader.scalar("id", of: node)
      name = id.isEmpty ? try reader.scalar("module", of: node) : id
      if name.isEmpty {
        name = try reader.compose(
          try reader.scalar("group", of: node), ":", try reader.scalar("name", of: node))
      }
      version = try self.version(of: node, reader)
    }
    reader.add(Requirement(node: node, name: name, specification: version))
  }

  /// Written out, or the name of one in `[versions]`; a range has several texts and is left out.
  private static func version(of node: NodeID, _ reader: EntryReader) throws(Unread) -> Text {
    guard let value = reader.document.child("version", of: node) else { return .empty }
    if reader.document.isScalar(value) { return reader.document.text(value) }
    let reference = try reader.scalar("ref", of: value)
    guard !reference.isEmpty, let versions = reader.document.child("versions", of: reader.root)
    else { return .empty }
    for known in reader.document.children(versions)
    where reader.document.equal(reader.document.key(known), reference) {
      return reader.document.text(known)
    }
    return .empty
  }
}
