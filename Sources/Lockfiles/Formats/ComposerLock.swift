internal import Documents
internal import Primitives

/// `composer.lock` (Composer's `Package/Locker.php`).
///
/// A package may be fetched as an archive (`dist`) or cloned (`source`); the archive is the rule.
enum ComposerLock {
  static let format = Format(
    "composer-lock", files: ["composer.lock"], .locks, .json,
    keys: [
      KeyRule("hash", .dependency), KeyRule("plugin-api-version", .dependency),
      KeyRule("aliases/**", .dependency), KeyRule("minimum-stability", .dependency),
      KeyRule("stability-flags/**", .dependency), KeyRule("prefer-stable", .dependency),
      KeyRule("prefer-lowest", .dependency), KeyRule("platform/**", .dependency),
      KeyRule("platform-dev/**", .dependency), KeyRule("platform-overrides/**", .dependency),
      KeyRule("packages", .dependency), KeyRule("packages-dev", .dependency),

      KeyRule(entryKeys, in: "packages/*", "packages-dev/*", is: .dependency),
      KeyRule(
        ["autoload/**", "autoload-dev/**", "bin/**", "include-path/**"], in: "packages/*",
        "packages-dev/*", is: .selectsCode),
      // Plug-ins say here which of their classes composer is to load.
      KeyRule(["extra/class/**", "scripts/**"], in: "packages/*", "packages-dev/*", is: .runsCode),
      KeyRule(["extra/**"], in: "packages/*", "packages-dev/*", is: .selectsCode),
    ],
    neutral: [
      NeutralKey(
        ["time"], in: "packages/[]", "packages-dev/[]", form: .dateText,
        because: "when the package was released, for people (composer.json schema)"),
      NeutralKey("_readme/[]", because: "a notice that composer writes and does not read"),
      NeutralKey(
        "content-hash", .digest("", 32),
        because: "of the manifest: composer warns where it does not fit, and goes on"),
      NeutralKey(
        [
          "description", "homepage", "license/[]", "keywords/[]", "authors/[]/name",
          "authors/[]/email", "authors/[]/homepage", "authors/[]/role", "support/issues",
          "support/source", "support/docs", "support/forum", "support/email", "support/irc",
          "support/wiki", "support/chat", "support/rss", "support/security", "funding/[]/type",
          "funding/[]/url",
        ], in: "packages/[]", "packages-dev/[]",
        because: "copied from the package for people (composer.json schema)"),
    ],
    freeOrder: [.json], recordsIntegrity: true, manifest: .of("composer-manifest"), read: read)

  private static let entryKeys: [StaticString] = [
    "name", "version", "version_normalized", "type", "source/type", "source/url",
    "source/reference", "source/mirrors/**", "dist/type", "dist/url", "dist/reference",
    "dist/shasum", "dist/mirrors/**", "require/**", "require-dev/**", "conflict/**", "replace/**",
    "provide/**", "suggest/**", "default-branch", "abandoned", "installation-source",
    "notification-url", "transport-options/**", "target-dir", "php-ext/**",
    "extra/branch-alias/**", "non-feature-branches/**", "archive/**",
  ]

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
