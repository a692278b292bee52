internal import Documents
internal import Primitives

/// `versions.lock` of Palantir's gradle-consistent-versions: `group:artifact:version (why)`, first what
/// ships, then what only tests need.
enum VersionsLock {
  static let format = Format(
    "versions-lock", files: ["versions.lock"],
    source: "gradle-consistent-versions: README", .locks, .lines,
    // The title of the second part.
    otherKeys: .dependency, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    var scope = Entry.Scope.runtime
    for node in reader.root {
      if node.text == "[Test dependencies]" {
        scope = .test
        continue
      }
      var line = node.text
      guard let module = line.nextWord() else { throw node.unread(.wrongShape) }
      // Every module has one version in the whole build.
      let (name, version) = try module.mavenModule(node)
      var entry = Draft(node, .maven, name)
      entry.version = version
      entry.sourceKind = .registry
      entry.runsCode = .no
      entry.scope = scope
      reader.add(entry)
    }
  }
}
