internal import Documents
internal import Primitives

/// `pubspec.yaml` and `pubspec_overrides.yaml` (dart.dev, "The pubspec file").
enum PubspecManifest {
  static let formats = [manifest, overrides]

  private static let manifest = Format(
    "pubspec-yaml", files: ["pubspec.yaml"], .manifests, .yaml, asksFor: .pub,
    keys: [
      KeyRule(
        ["hosted/**", "git/**", "path"], in: "dependencies/*", "dev_dependencies/*", is: .origin),
      KeyRule("dependencies/**", .dependency), KeyRule("dev_dependencies/**", .dependency),
      KeyRule("dependency_overrides/**", .origin), KeyRule("workspace/**", .dependency),
      KeyRule("resolution", .dependency), KeyRule("environment/**", .dependency),
      KeyRule("hooks/**", .runsCode), KeyRule("executables/**", .runsCode),
      KeyRule("flutter/plugin/**", .runsCode), KeyRule("publish_to", .origin),
      // A version that does not fit sends a workspace's dependants to the registry.
      KeyRule("name", .dependency), KeyRule("version", .dependency),
      KeyRule("platforms/**", .dependency), KeyRule("flutter/**", .selectsCode),
    ],
    neutral: [
      NeutralKey(
        [
          "description", "homepage", "repository", "issue_tracker", "documentation", "funding/[]",
          "topics/[]",
        ], in: "", because: "shown by pub.dev; pub installs nothing by it")
    ],
    freeOrder: [.yaml], wishes: .init(exactVersion: Format.Wishes.plainVersion), read: read)

  /// Replaces what the manifest says, for everybody who has the file.
  private static let overrides = Format(
    "pubspec-overrides", files: ["pubspec_overrides.yaml"], .origins, .yaml, otherKeys: .origin,
    freeOrder: [.yaml])

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements([("dependencies", .runtime), ("dev_dependencies", .development)])
  }
}
