internal import Documents
internal import Primitives

/// `nimble.lock`, versions 1 and 2 (Nimble documentation, "nimble lock").
///
/// Every package is a commit of a repository, with the SHA-1 of its files.
enum NimbleLock {
  static let format = Format(
    "nimble-lock", files: ["nimble.lock"], .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("packages", .dependency),
      KeyRule("tasks", .dependency), KeyRule("tasks/*", .dependency),
      KeyRule(
        [
          "version", "vcsRevision", "url", "downloadMethod", "dependencies", "dependencies/*",
          "checksums", "checksums/*",
        ],
        in: "packages/*", "tasks/*/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    try reader.requireVersion(
      version, reader.document.equals(version, "1") || reader.document.equals(version, "2"),
      reader.root)
    let packages = try reader.object("packages", of: reader.root)
    for node in reader.children(of: packages) { try add(node, of: .empty, &reader) }
    // What only a task of the project needs.
    for task in try reader.values("tasks", of: reader.root) {
      for node in reader.children(of: task) {
        try add(node, of: reader.document.key(task), &reader)
      }
    }
  }

  private static func add(
    _ node: NodeID, of task: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = reader.document.key(node)
    let locator = task.isEmpty ? name : try reader.compose(task, " ", name)
    var entry = Entry(node: node, locator: locator, name: name, ecosystem: .generic)
    entry.version = try reader.text("version", of: node)
    entry.source = try reader.text("url", of: node)
    entry.revision = try reader.text("vcsRevision", of: node)
    entry.sourceKind = .git
    if !task.isEmpty { entry.scope = .development }
    var digests: [Text] = []
    for digest in try reader.values("checksums", of: node) {
      let value = try reader.scalar(digest)
      guard !value.isEmpty else { continue }
      digests.append(try reader.compose(reader.document.key(digest), ":", value))
    }
    reader.add(entry, integrity: digests)
  }
}
