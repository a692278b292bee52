internal import Documents
internal import Primitives

/// `go.sum` and `go.work.sum`: the digests of every module that a build may look at (Go modules
/// reference, "go.sum files").
///
/// A module has two lines, one for its files and one for its `go.mod`; the second is an entry of its own.
enum GoSum {
  static let format = Format(
    "go-sum", files: ["go.sum", "go.work.sum"], .locks, .plainLines,
    keys: [KeyRule("*", .dependency)], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("go-mod"),
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    // The document is kept as it is, so that this copy of it costs nothing.
    let document = reader.document
    var previous = Text.empty
    for node in document.children(reader.root) {
      let line = document.text(node)
      defer { previous = line }
      // A line that stands twice, as merges leave it, says nothing new.
      if document.equal(line, previous) { continue }
      // One space exactly: go takes any white space, and a second spelling would hide a second line.
      guard let first = document.firstIndex(of: 0x20, in: line),
        let second = document.firstIndex(of: 0x20, in: line, from: first + 1),
        second > first + 1, second + 1 < Int(line.count)
      else { throw reader.unread(.wrongShape, node) }
      let digest = document.dropFirst(second + 1, of: line)
      guard document.firstIndex(of: 0x20, in: digest) == nil,
        document.firstIndex(of: 0x09, in: line) == nil,
        let colon = document.firstIndex(of: 0x3a, in: digest), colon > 0
      else { throw reader.unread(.wrongShape, node) }
      var entry = Entry(
        node: node, locator: document.prefix(second, of: line),
        name: document.prefix(first, of: line), ecosystem: .golang)
      var version = document.part(first + 1..<second, of: line)
      if document.ends(version, with: "/go.mod") {
        version = document.prefix(Int(version.count) - 7, of: version)
      }
      entry.version = version
      entry.sourceKind = .registry
      entry.runsCode = .no
      reader.add(entry, integrity: [digest])
    }
  }
}
