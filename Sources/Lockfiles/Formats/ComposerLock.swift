internal import Documents
internal import Primitives

/// `composer.lock` (Composer's `Package/Locker.php`).
///
/// A package may be fetched as an archive (`dist`) or cloned (`source`); the archive is the rule.
enum ComposerLock {
  static let format = Format(
    "composer-lock", files: ["composer.lock"], .locks, .json,
    keys: [
      KeyRule("_readme/**", .metadata), KeyRule("content-hash", .metadata),
      KeyRule("hash", .metadata),
      KeyRule("plugin-api-version", .metadata), KeyRule("aliases/**", .dependency),
      KeyRule("minimum-stability", .dependency), KeyRule("stability-flags/**", .dependency),
      KeyRule("stability-flags", .dependency), KeyRule("prefer-stable", .dependency),
      KeyRule("prefer-lowest", .dependency), KeyRule("platform/**", .dependency),
      KeyRule("platform", .dependency), KeyRule("platform-dev/**", .dependency),
      KeyRule("platform-dev", .dependency), KeyRule("platform-overrides/**", .dependency),
      KeyRule("packages/*/description", .metadata),
      KeyRule("packages-dev/*/description", .metadata),
      KeyRule("packages/*/authors/**", .metadata), KeyRule("packages-dev/*/authors/**", .metadata),
      KeyRule("packages/*/keywords/**", .metadata),
      KeyRule("packages-dev/*/keywords/**", .metadata),
      KeyRule("packages/*/homepage", .metadata), KeyRule("packages-dev/*/homepage", .metadata),
      KeyRule("packages/*/license/**", .metadata), KeyRule("packages-dev/*/license/**", .metadata),
      KeyRule("packages/*/support/**", .metadata), KeyRule("packages-dev/*/support/**", .metadata),
      KeyRule("packages/*/funding/**", .metadata), KeyRule("packages-dev/*/funding/**", .metadata),
      KeyRule("packages/*/time", .metadata), KeyRule("packages-dev/*/time", .metadata),
      KeyRule("packages", .dependency), KeyRule("packages-dev", .dependency),
    ], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    reader.setFormatVersion(try reader.scalar("plugin-api-version", of: reader.root))
    let sections: [(StaticString, Entry.Scope)] = [
      ("packages", .runtime), ("packages-dev", .development),
    ]
    for (section, scope) in sections {
      // Composer wrote `null` for a lock that was made without them.
      if let list = reader.document.child(section, of: reader.root), reader.isNull(list) {
        continue
      }
      for node in try reader.tables(section, of: reader.root) {
        try add(node, section, scope, &reader)
      }
    }
  }

  private static func add(
    _ node: NodeID, _ section: StaticString, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try reader.text("name", of: node)
    var locator = section.withUTF8Buffer { Array($0) }
    locator.append(0x2f)
    locator += reader.document.bytes(name)
    var entry = Entry(
      node: node, locator: try reader.compose(locator), name: name, ecosystem: .composer)
    entry.version = try reader.text("version", of: node)
    entry.scope = scope
    let type = try reader.scalar("type", of: node)
    entry.runsCode =
      reader.document.equals(type, "composer-plugin")
        || reader.document.equals(type, "composer-installer") ? .yes : .no
    var digests: [Text] = []
    if let source = try place("source", of: node, reader) {
      entry.sourceKind =
        reader.document.equals(try reader.scalar("type", of: source), "path") ? .path : .git
      entry.source = try reader.scalar("url", of: source)
      entry.revision = try reader.scalar("reference", of: source)
    }
    if let dist = try place("dist", of: node, reader) {
      entry.sourceKind =
        reader.document.equals(try reader.scalar("type", of: dist), "path") ? .path : .registry
      entry.source = try reader.scalar("url", of: dist)
      let reference = try reader.scalar("reference", of: dist)
      if !reference.isEmpty { entry.revision = reference }
      let shasum = try reader.scalar("shasum", of: dist)
      if !shasum.isEmpty { digests = [try reader.compose("sha1:", shasum)] }
    } else if entry.sourceKind == .unknown {
      // A `metapackage` has no files.
      entry.sourceKind = .registry
    }
    reader.add(entry, integrity: digests)
  }

  private static func place(
    _ key: StaticString, of node: NodeID, _ reader: EntryReader
  ) throws(Unread) -> NodeID? {
    guard let place = reader.document.child(key, of: node), !reader.isNull(place) else {
      return nil
    }
    guard reader.document.isObject(place) else { throw reader.unread(.wrongShape, place) }
    return place
  }
}
