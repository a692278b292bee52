internal import Documents
internal import Primitives

/// `nimble.lock`, versions 1 and 2 (Nimble documentation, "nimble lock").
///
/// Every package is a commit of a repository, with the SHA-1 of its files.
enum NimbleLock {
  static let format = Format(
    "nimble-lock", files: ["nimble.lock"],
    source: "Nimble: Workflow, \"nimble lock\" 2026-11-30", .locks, .json,
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
    freeOrder: [.json], digests: DigestForm.sha1, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.text("version"), oneOf: "1", "2", at: root)
    for package in try root.object("packages") { try add(package, of: .empty, &reader) }
    // What only a task of the project needs.
    for task in try root.values("tasks") {
      for package in task { try add(package, of: task.key, &reader) }
    }
  }

  private static func add(
    _ package: Cursor, of task: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = package.key
    var entry = Draft(
      package, .generic, name, locator: task.isEmpty ? name : try task + " " + name)
    entry.version = try package.text("version")
    entry.source = try package.text("url")
    entry.revision = try package.text("vcsRevision")
    entry.sourceKind = .git
    if !task.isEmpty { entry.scope = .development }
    var digests: [Excerpt] = []
    for digest in try package.values("checksums") {
      let value = try digest.scalar()
      if !value.isEmpty { digests.append(try digest.key + ":" + value) }
    }
    reader.add(entry, integrity: digests)
  }
}
