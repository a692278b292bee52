internal import Documents
internal import Primitives

/// `versions.lock` of Palantir's gradle-consistent-versions: `group:artifact:version (why)`, first what
/// ships, then what only tests need.
enum VersionsLock {
  static let format = Format(
    "versions-lock", files: ["versions.lock"], .locks, .lines,
    // The title of the second part.
    otherKeys: .dependency, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let document = reader.document
    var scope = Entry.Scope.runtime
    for node in document.children(reader.root) {
      let line = document.text(node)
      if document.equals(line, "[Test dependencies]") {
        scope = .test
        continue
      }
      var rest = line
      guard let module = document.nextWord(&rest),
        let first = document.firstIndex(of: 0x3a, in: module), first > 0,
        let second = document.lastIndex(of: 0x3a, in: module), second > first + 1,
        second + 1 < Int(module.count)
      else { throw reader.unread(.wrongShape, node) }
      // Every module has one version in the whole build.
      let name = document.prefix(second, of: module)
      var entry = Entry(node: node, locator: name, name: name, ecosystem: .maven)
      entry.version = document.dropFirst(second + 1, of: module)
      entry.sourceKind = .registry
      entry.runsCode = .no
      entry.scope = scope
      reader.add(entry)
    }
  }
}
