internal import Documents
internal import Primitives

/// `composer.lock` (Composer's `Package/Locker.php`).
///
/// A package may be fetched as an archive (`dist`) or cloned (`source`); the archive is the rule.
enum ComposerLock {
  static let format = Format(
    "composer-lock", files: ["composer.lock"],
    source: "Composer: Basic usage 2026-11-30", .locks, .json,
    keys: [
      KeyRule("hash", .dependency), KeyRule("plugin-api-version", .dependency),
      KeyRule("aliases/**", .origin), KeyRule("minimum-stability", .dependency),
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
    freeOrder: [.json], digests: DigestForm.sha1, manifest: .locked("composer-manifest"), read: read
  )

  private static let entryKeys: [StaticString] = [
    "name", "version", "version_normalized", "type", "source/type", "source/url",
    "source/reference", "source/mirrors/**", "dist/type", "dist/url", "dist/reference",
    "dist/shasum", "dist/mirrors/**", "require/**", "require-dev/**", "conflict/**", "replace/**",
    "provide/**", "suggest/**", "default-branch", "abandoned", "installation-source",
    "notification-url", "transport-options/**", "target-dir", "php-ext/**",
    "extra/branch-alias/**", "non-feature-branches/**", "archive/**",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = try reader.root.object()
    reader.setFormatVersion(try root.scalar("plugin-api-version"))
    let sections: [(StaticString, Entry.Scope)] = [
      ("packages", .runtime), ("packages-dev", .development),
    ]
    for (section, scope) in sections {
      // Composer wrote `null` for a lock that was made without them.
      guard let list = root[section], !list.isNull else { continue }
      for package in try root.tables(section) { try add(package, in: list.key, scope, &reader) }
    }
  }

  private static func add(
    _ package: Cursor, in section: Excerpt, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try package.text("name")
    var entry = Draft(package, .composer, name, locator: try section + "/" + name)
    entry.version = try package.text("version")
    entry.scope = scope
    let type = try package.scalar("type")
    entry.runsCode = type.isOne(of: "composer-plugin", "composer-installer") ? .yes : .no
    // A `metapackage` has no files.
    entry.sourceKind = .registry
    if let source = try place("source", of: package) {
      entry.sourceKind = try source.scalar("type") == "path" ? .path : .git
      entry.source = try source.scalar("url")
      entry.revision = try source.scalar("reference")
    }
    guard let dist = try place("dist", of: package) else { return reader.add(entry) }
    entry.sourceKind = try dist.scalar("type") == "path" ? .path : .registry
    entry.source = try dist.scalar("url")
    let reference = try dist.scalar("reference")
    if !reference.isEmpty { entry.revision = reference }
    try reader.add(entry, digest: dist.scalar("shasum"), behind: "sha1:")
  }

  private static func place(_ key: StaticString, of package: Cursor) throws(Unread) -> Cursor? {
    guard let place = package[key], !place.isNull else { return nil }
    return try place.object()
  }
}
