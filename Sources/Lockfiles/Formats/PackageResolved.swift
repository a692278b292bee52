internal import Documents
internal import Primitives

/// SwiftPM's and Xcode's `Package.resolved`, versions 1 to 3 (SwiftPM's `ResolvedPackagesStore.swift`).
enum PackageResolved {
  static let format = Format(
    "package-resolved", files: ["Package.resolved"],
    source: "SwiftPM: Package.resolved 2026-11-30", .locks, .json,
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
    let root = reader.root
    let version = try reader.setFormatVersion(
      root.text("version"), oneOf: "1", "2", "3", at: root)
    let isOld = version == "1"
    for pin in try (isOld ? root.object("object") : root).tables("pins") {
      var entry = Draft(pin, .swift, try pin.text(isOld ? "package" : "identity"))
      if isOld {
        entry.sourceKind = .git
        entry.source = try pin.text("repositoryURL")
      } else {
        entry.source = try pin.scalar("location")
        entry.sourceKind = try kind(of: pin)
      }
      // A pin has a version, or a branch, or neither; the commit pins it in each case.
      let state = try pin.object("state")
      entry.version = try state.scalar("version")
      if entry.version.isEmpty { entry.version = try state.scalar("branch") }
      entry.revision = try state.scalar("revision")
      reader.add(entry)
    }
  }

  private static func kind(of pin: Cursor) throws(Unread) -> Entry.SourceKind {
    switch try pin.text("kind") {
    case "remoteSourceControl": .git
    case "localSourceControl": .path
    case "registry": .registry
    default: throw pin.unread(.wrongShape)
    }
  }
}
