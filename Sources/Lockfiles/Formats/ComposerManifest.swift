internal import Documents
internal import Primitives

/// `composer.json` (Composer documentation, "The composer.json schema").
enum ComposerManifest {
  static let format = Format(
    "composer-manifest", files: ["composer.json"], .manifests, .json,
    keys: [
      KeyRule("repositories/**", .origin), KeyRule("require/**", .dependency),
      KeyRule("require-dev/**", .dependency), KeyRule("conflict/**", .dependency),
      KeyRule("replace/**", .dependency), KeyRule("provide/**", .dependency),
      KeyRule("minimum-stability", .dependency), KeyRule("prefer-stable", .dependency),
      KeyRule("scripts/**", .runsCode), KeyRule("scripts-descriptions/**", .metadata),
      KeyRule("scripts-aliases/**", .metadata), KeyRule("config/allow-plugins/**", .runsCode),
      KeyRule("config/platform/**", .dependency), KeyRule("config/platform-check", .metadata),
      KeyRule("config/sort-packages", .metadata),
      KeyRule("config/optimize-autoloader", .metadata),
      KeyRule("config/process-timeout", .metadata), KeyRule("config/audit/**", .visibility),
      KeyRule("config/**", .origin), KeyRule("type", .runsCode),
      KeyRule("autoload/files/**", .runsCode), KeyRule("autoload-dev/files/**", .runsCode),
      KeyRule("autoload/**", .metadata), KeyRule("autoload-dev/**", .metadata),
      KeyRule("extra/patches/**", .origin), KeyRule("extra/class/**", .runsCode),
      KeyRule("extra/branch-alias/**", .metadata), KeyRule("extra/**", .unknown),
      KeyRule("include-path/**", .runsCode), KeyRule("target-dir", .metadata),
      KeyRule("php-ext/**", .runsCode),
    ], otherKeys: .metadata, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements(in: reader.value("require"))
    reader.addRequirements(in: reader.value("require-dev"), .development)
  }
}
