internal import Documents
internal import Primitives

/// `packages.lock.json`, versions 1 and 2 (NuGet's `PackagesLockFileFormat.cs`).
enum NuGetLock {
  static let format = Format(
    "nuget-lock", files: ["packages.lock.json"],
    overriding: ["packages.*.lock.json"],
    source: "NuGet: PackageReference, \"Locking dependencies\" 2026-11-30", .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("dependencies", .dependency),
      KeyRule(
        ["type", "requested", "resolved", "contentHash", "dependencies", "dependencies/*"],
        in: "dependencies/*/*", is: .dependency),
      KeyRule("dependencies/*", .dependency),
    ],
    freeOrder: [.json],
    digests: [.base64("sha512-", 64)], digestsArchives: true, listsDependents: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.text("version"), oneOf: "1", "2", at: root)
    for framework in try root.values("dependencies") {
      for package in try framework.object() { try add(package, in: framework.key, &reader) }
    }
  }

  private static func add(
    _ package: Cursor, in framework: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    try package.object()
    let name = package.key
    var entry = Draft(package, .nuget, name, locator: try framework + "/" + name)
    entry.version = try package.scalar("resolved")
    let type = try package.text("type")
    entry.sourceKind = type == "Project" ? .workspace : .registry
    entry.isDirect = type == "Direct"
    try reader.add(entry, digest: package.scalar("contentHash"), behind: "sha512-")
    guard entry.isDirect else { return }
    reader.addRequirement(package, name, try package.scalar("requested"), member: framework)
  }
}
