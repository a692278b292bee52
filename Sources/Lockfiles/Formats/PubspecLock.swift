internal import Documents
internal import Primitives

/// `pubspec.lock` of Dart and Flutter (dart-lang/pub, `lock_file.dart`).
enum PubspecLock {
  static let format = Format(
    "pubspec-lock", files: ["pubspec.lock"],
    source: "Dart: Glossary, lockfile", .locks, .yaml,
    keys: [
      KeyRule("sdks/**", .dependency), KeyRule("packages", .dependency),
      KeyRule(
        [
          "dependency", "source", "version", "description", "description/name",
          "description/sha256", "description/url", "description/path", "description/relative",
          "description/ref", "description/resolved-ref", "description/tag-pattern",
        ], in: "packages/*", is: .dependency),
    ],
    freeOrder: [.yaml],
    digests: DigestForm.sha256, manifest: .locked("pubspec-yaml"), read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let packages = reader.root["packages"] else { throw reader.root.unread(.wrongShape) }
    for package in packages { try add(package, &reader) }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    var entry = Draft(package, .pub, package.key)
    entry.version = try package.text("version")
    // pub runs no code of what it installs.
    entry.runsCode = .no
    let kind = try package.text("source")
    // The SDK's name, or for what comes from elsewhere the details.
    let description = package["description"]
    entry.source = description?.text ?? .empty
    if let description { read(description, into: &entry) }
    switch kind {
    case "hosted": entry.sourceKind = .registry
    case "git": entry.sourceKind = .git
    case "path": entry.sourceKind = .path
    case "sdk": entry.sourceIsName = true
    default: throw package.unread(.wrongShape)
    }
    if let dependency = package[text: "dependency"] {
      entry.isDirect = dependency.starts(with: "direct")
      if dependency == "direct dev" { entry.scope = .development }
    }
    try reader.add(entry, digest: description?[text: "sha256"], behind: "sha256:")
  }

  private static func read(_ description: Cursor, into entry: inout Draft) {
    for value in description {
      switch value.key {
      case "url": entry.source = value.text
      case "path": if entry.source.isEmpty { entry.source = value.text }
      case "resolved-ref": entry.revision = value.text
      case "ref": if entry.revision.isEmpty { entry.revision = value.text }
      case "name": entry.setRealName(value.text)
      default: break
      }
    }
  }
}
