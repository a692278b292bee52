internal import Documents
internal import Primitives

/// `pubspec.yaml` and `pubspec_overrides.yaml` (dart.dev, "The pubspec file").
enum PubspecManifest {
  static let formats = [manifest, overrides]

  private static let manifest = Format(
    "pubspec-yaml", files: ["pubspec.yaml"], .manifests, .yaml,
    keys: [
      KeyRule("dependencies/**", .dependency), KeyRule("dev_dependencies/**", .dependency),
      KeyRule("dependency_overrides/**", .origin), KeyRule("workspace/**", .dependency),
      KeyRule("resolution", .dependency), KeyRule("environment/**", .dependency),
      KeyRule("hooks/**", .runsCode), KeyRule("executables/**", .runsCode),
      KeyRule("flutter/plugin/**", .runsCode), KeyRule("publish_to", .origin),
    ], otherKeys: .metadata, read: read)

  /// Replaces what the manifest says, for everybody who has the file.
  private static let overrides = Format(
    "pubspec-overrides", files: ["pubspec_overrides.yaml"], .origins, .yaml, otherKeys: .origin)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements([("dependencies", .runtime), ("dev_dependencies", .development)])
  }
}
