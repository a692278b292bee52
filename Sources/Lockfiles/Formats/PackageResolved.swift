internal import Documents
internal import Primitives

/// SwiftPM's and Xcode's `Package.resolved`, versions 1 to 3 (SwiftPM's `ResolvedPackagesStore.swift`).
enum PackageResolved {
  static let format = Format(
    "package-resolved", files: ["package.resolved"], .locks, .json,
    keys: [
      // Where it does not fit the manifest, SwiftPM resolves anew.
      KeyRule("version", .dependency), KeyRule("originHash", .dependency),
      KeyRule("pins", .dependency), KeyRule("object/pins", .dependency),

      KeyRule(
        [
          "identity", "package", "kind", "location", "repositoryURL", "state/branch",
          "state/revision", "state/version",
        ], in: "pins/*", "object/pins/*", is: .dependency),
    ],
    freeOrder: [.json], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    if reader.document.equals(version, "1") {
      let object = try reader.object("object", of: reader.root)
      for node in try reader.tables("pins", of: object) {
        let name = try reader.text("package", of: node)
        var entry = Entry(node: node, locator: name, name: name, ecosystem: .swift)
        entry.sourceKind = .git
        entry.source = try reader.text("repositoryURL", of: node)
        try add(entry, &reader)
      }
    } else if reader.document.equals(version, "2") || reader.document.equals(version, "3") {
      for node in try reader.tables("pins", of: reader.root) {
        let name = try reader.text("identity", of: node)
        var entry = Entry(node: node, locator: name, name: name, ecosystem: .swift)
        entry.source = try reader.scalar("location", of: node)
        entry.sourceKind = try kind(of: node, reader)
        try add(entry, &reader)
      }
    } else {
      throw reader.unread(.unknownVersion, reader.root)
    }
  }

  private static func kind(of node: NodeID, _ reader: EntryReader) throws(Unread)
    -> Entry.SourceKind
  {
    let kind = try reader.text("kind", of: node)
    if reader.document.equals(kind, "remoteSourceControl") { return .git }
    if reader.document.equals(kind, "localSourceControl") { return .path }
    if reader.document.equals(kind, "registry") { return .registry }
    throw reader.unread(.wrongShape, node)
  }

  /// A pin has a version, or a branch, or neither; the commit pins it in each case.
  private static func add(_ pin: Entry, _ reader: inout EntryReader) throws(Unread) {
    var entry = pin
    let state = try reader.object("state", of: entry.node)
    entry.version = try reader.scalar("version", of: state)
    if entry.version.isEmpty { entry.version = try reader.scalar("branch", of: state) }
    entry.revision = try reader.scalar("revision", of: state)
    reader.add(entry)
  }
}
