internal import Documents
internal import Primitives

/// `go.sum` and `go.work.sum`: the digests of every module that a build may look at (Go modules
/// reference, "go.sum files").
///
/// A module has two lines, one for its files and one for its `go.mod`; the second is an entry of its own.
enum GoSum {
  static let format = Format(
    "go-sum", files: ["go.sum", "go.work.sum"],
    source: "Go: Modules reference 2026-11-30", .locks, .plainLines,
    keys: [KeyRule("*", .dependency)], digests: [.base64("h1:", 32)], digestsArchives: true,
    manifest: .locked("go-mod"),
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    var previous = Excerpt.empty
    for node in reader.root {
      let line = node.text
      defer { previous = line }
      // A line that stands twice, as merges leave it, says nothing new.
      if line == previous { continue }
      // One space exactly: go takes any white space, and a second spelling would hide a second line.
      guard let (name, rest) = line.cut(at: " "), let (version, digest) = rest.cut(at: " "),
        !version.isEmpty, !digest.contains(" "), !line.contains("\t"),
        let (algorithm, _) = digest.cut(at: ":"), !algorithm.isEmpty
      else { throw node.unread(.wrongShape) }
      let locator = line.prefix(name.count + 1 + version.count)
      var entry = Draft(node, .golang, name, locator: locator)
      entry.version = version.removing(suffix: "/go.mod") ?? version
      entry.sourceKind = .registry
      entry.runsCode = .no
      reader.add(entry, integrity: [digest])
    }
  }
}
