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
      for module in try reader.root.values(key) { try add(module, &reader) }
    }
  }

  /// `"group:name:1.0"`, `{module = "group:name"}`, `{group = ..., name = ...}` or `{id = ...}`.
  private static func add(_ module: Cursor, _ reader: inout EntryReader) throws(Unread) {
    if module.isScalar {
      let (name, version) = module.text.cut(atLast: ":") ?? (module.text, .empty)
      return reader.addRequirement(module, name, version)
    }
    let id = try module.scalar("id")
    var name = id.isEmpty ? try module.scalar("module") : id
    if name.isEmpty { name = try module.scalar("group") + ":" + module.scalar("name") }
    reader.addRequirement(module, name, try version(of: module, reader.root))
  }

  /// Written out, or the name of one in `[versions]`; a range has several texts and is left out.
  private static func version(of module: Cursor, _ root: Cursor) throws(Unread) -> Excerpt? {
    guard let value = module["version"] else { return nil }
    if value.isScalar { return value.text }
    let reference = try value.scalar("ref")
    return reference.isEmpty ? nil : root.children("versions").first { $0.key == reference }?.text
  }
}
