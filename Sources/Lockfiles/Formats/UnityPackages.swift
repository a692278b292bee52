internal import Documents
internal import Primitives

/// Unity's `Packages/packages-lock.json` and `Packages/manifest.json` (Unity manual, "Lock files",
/// "Project manifest").
enum UnityPackages {
  static let lock = Format(
    "unity-lock", files: ["packages/packages-lock.json"], .locks, .json,
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
      reader.addRequirements(in: reader.value("dependencies"))
    })

  private static func readLock(_ reader: inout EntryReader) throws(Unread) {
    let list = try reader.object("dependencies", of: reader.root)
    for node in reader.children(of: list) { try add(node, &reader) }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let name = reader.document.key(node)
    let version = try reader.text("version", of: node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .generic)
    entry.isDirect =
      reader.document.text("depth", of: node).map {
        reader.document.equals($0, "0")
      } ?? false
    let source = try reader.text("source", of: node)
    if reader.document.equals(source, "registry") {
      entry.version = version
      entry.source = try reader.scalar("url", of: node)
      entry.sourceKind = .registry
    } else if reader.document.equals(source, "builtin") {
      // A part of the editor.
      entry.version = version
      entry.source = source
      entry.sourceIsName = true
      entry.sourceKind = .registry
    } else if reader.document.equals(source, "git") {
      // `https://git.example/a.git?path=/b#v1`, and the commit apart.
      let hash = reader.document.fragmentMark(in: version)
      entry.source = hash.map { reader.document.prefix($0, of: version) } ?? version
      entry.revision = try reader.scalar("hash", of: node)
      entry.sourceKind = .git
    } else if reader.document.equals(source, "embedded") {
      entry.source = version
      entry.sourceKind = .workspace
    } else if reader.document.equals(source, "local")
      || reader.document.equals(source, "local-tarball")
    {
      entry.source = version
      entry.sourceKind = .path
    } else {
      throw reader.unread(.unsupported, node)
    }
    reader.add(entry)
  }
}
