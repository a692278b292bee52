internal import Documents
internal import Primitives

/// `composer.json` (Composer documentation, "The composer.json schema").
enum ComposerManifest {
  static let format = Format(
    "composer-manifest", files: ["composer.json"], .manifests, .json, asksFor: .composer,
    keys: [
      KeyRule("repositories/**", .origin), KeyRule("require/**", .dependency),
      KeyRule("require-dev/**", .dependency), KeyRule("conflict/**", .dependency),
      KeyRule("replace/**", .dependency), KeyRule("provide/**", .dependency),
      KeyRule("minimum-stability", .dependency), KeyRule("prefer-stable", .dependency),
      // The root's own name and version meet what packages require.
      KeyRule("name", .dependency), KeyRule("version", .dependency),
      KeyRule("scripts/**", .runsCode), KeyRule("scripts-aliases/**", .runsCode),
      KeyRule("config/allow-plugins/**", .runsCode),
      KeyRule("config/platform/**", .dependency), KeyRule("config/audit/**", .visibility),
      KeyRule("config/**", .origin), KeyRule("type", .runsCode),
      // PHP loads these files before anything else runs.
      KeyRule("autoload/files/**", .runsCode), KeyRule("autoload-dev/files/**", .runsCode),
      KeyRule("autoload/**", .selectsCode), KeyRule("autoload-dev/**", .selectsCode),
      KeyRule("bin/**", .selectsCode), KeyRule("archive/**", .selectsCode),
      KeyRule("extra/patches/**", .origin), KeyRule("extra/class/**", .runsCode),
      KeyRule("include-path/**", .runsCode), KeyRule("php-ext/**", .runsCode),
    ],
    neutral: [
      NeutralKey(
        [
          "description", "homepage", "license", "license/[]", "keywords/[]", "readme",
          "authors/[]/name", "authors/[]/email", "authors/[]/homepage", "authors/[]/role",
          "support/issues", "support/source", "support/docs", "support/forum", "support/email",
          "support/irc", "support/wiki", "support/chat", "support/rss", "support/security",
          "funding/[]/type", "funding/[]/url",
        ], in: "", because: "shown by Packagist; composer installs nothing by it"),
      NeutralKey("time", .dateText, because: "when it was released, for people"),
      NeutralKey("config/sort-packages", .flag, because: "how composer writes `require` later"),
      NeutralKey(
        "config/process-timeout", .number(9), because: "how long composer waits for a command"),
    ],
    // `repositories` is read in order, and the first that has a package wins.
    freeOrder: [
      FreeOrder(
        "", "require", "require-dev", "config", "support",
        because: "composer reads the members by their names")
    ],
    wishes: .init(
      // Those without a vendor stand for PHP and its extensions.
      isCertain: { $1.bytes($0.name).contains(UInt8(ascii: "/")) },
      exactVersion: Format.Wishes.plainVersion, replaced: { replaced(in: $1) }), read: read)

  /// What locked packages stand for besides themselves.
  private static func replaced(in lock: Inventory) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for entry in lock.entries {
      for key in ["replace", "provide"] as [StaticString] {
        guard let list = lock.document.child(key, of: entry.node) else { continue }
        for node in lock.document.children(list) {
          names.insert(Array(lock.document.bytes(lock.document.key(node))))
        }
      }
    }
    return names
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements(in: reader.root["require"])
    reader.addRequirements(in: reader.root["require-dev"], .development)
  }
}
