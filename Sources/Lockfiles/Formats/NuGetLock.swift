internal import Documents
internal import Primitives

/// `packages.lock.json`, versions 1 and 2 (NuGet's `PackagesLockFileFormat.cs`).
enum NuGetLock {
  static let format = Format(
    "nuget-lock", files: ["packages.lock.json", "packages.*.lock.json"], .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("dependencies", .dependency),
      KeyRule(
        ["type", "requested", "resolved", "contentHash", "dependencies", "dependencies/*"],
        in: "dependencies/*/*", is: .dependency),
      KeyRule("dependencies/*", .dependency),
    ],
    freeOrder: [.json],
    recordsIntegrity: true, digestsArchives: true, listsDependents: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    let isKnown = reader.document.equals(version, "1") || reader.document.equals(version, "2")
    try reader.requireVersion(version, isKnown, reader.root)
    for framework in try reader.values("dependencies", of: reader.root) {
      guard reader.document.isObject(framework) else {
        throw reader.unread(.wrongShape, framework)
      }
      for node in reader.children(of: framework) { try add(node, in: framework, &reader) }
    }
  }

  private static func add(
    _ node: NodeID, in framework: NodeID, _ reader: inout EntryReader
  ) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let name = reader.document.key(node)
    let member = reader.document.key(framework)
    var entry = Entry(
      node: node, locator: try reader.compose(member, "/", name), name: name, ecosystem: .nuget)
    entry.version = try reader.scalar("resolved", of: node)
    let type = try reader.text("type", of: node)
    entry.sourceKind = reader.document.equals(type, "Project") ? .workspace : .registry
    entry.isDirect = reader.document.equals(type, "Direct")
    let hash = try reader.scalar("contentHash", of: node)
    reader.add(entry, integrity: hash.isEmpty ? [] : [try reader.compose("sha512-", hash)])
    if entry.isDirect {
      reader.add(
        Requirement(
          node: node, name: name, specification: try reader.scalar("requested", of: node),
          member: member))
    }
  }
}
