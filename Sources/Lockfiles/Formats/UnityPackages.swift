internal import Documents
internal import Primitives

/// Unity's `Packages/packages-lock.json` and `Packages/manifest.json` (Unity manual, "Lock files",
/// "Project manifest").
enum UnityPackages {
  static let lock = Format(
    "unity-lock", files: ["packages/packages-lock.json"],
    source: "Unity: Lock files 2026-11-30", .locks, .json,
    keys: [
      KeyRule("dependencies", .dependency),
      KeyRule(
        ["version", "depth", "source", "url", "hash", "dependencies", "dependencies/*"],
        in: "dependencies/*", is: .dependency),
    ],
    freeOrder: [.json], read: readLock)

  static let manifest = Format(
    "unity-manifest", files: ["packages/manifest.json"], .manifests, .json,
    keys: [
      KeyRule("dependencies/*", .dependency), KeyRule("scopedRegistries/**", .origin),
      KeyRule("registry", .origin), KeyRule("lock/**", .origin),
      KeyRule("enableLockFile", .origin), KeyRule("resolutionStrategy", .dependency),
      // Tests of packages, which the editor compiles and loads.
      KeyRule("testables/**", .runsCode),
    ],
    freeOrder: [.json],
    read: { (reader) throws(Unread) in
      reader.addRequirements(in: reader.root["dependencies"])
    })

  private static func readLock(_ reader: inout EntryReader) throws(Unread) {
    for package in try reader.root.object("dependencies") { try add(package, &reader) }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let version = try package.text("version")
    var entry = Draft(package, .generic, package.key)
    entry.isDirect = package["depth"] == "0"
    let source = try package.text("source")
    switch source {
    case "registry":
      entry.version = version
      entry.source = try package.scalar("url")
      entry.sourceKind = .registry
    case "builtin":
      // A part of the editor.
      entry.version = version
      entry.source = source
      entry.sourceIsName = true
      entry.sourceKind = .registry
    case "git":
      // `https://git.example/a.git?path=/b#v1`, and the commit apart.
      entry.source = version.cutFragment()?.address ?? version
      entry.revision = try package.scalar("hash")
      entry.sourceKind = .git
    case "embedded":
      entry.source = version
      entry.sourceKind = .workspace
    case "local", "local-tarball":
      entry.source = version
      entry.sourceKind = .path
    default:
      throw package.unread(.unsupported)
    }
    reader.add(entry)
  }
}
