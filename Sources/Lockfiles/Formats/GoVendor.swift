internal import Primitives

/// `vendor/modules.txt`: the modules that a vendored build takes, and what replaces them (Go modules
/// reference, "Vendoring").
enum GoVendor {
  static let format = Format(
    "go-vendor-modules", files: ["vendor/modules.txt"], .locks, .plainLines,
    // `## explicit` and the names of packages belong to the module above them.
    otherKeys: .dependency, read: read)

  /// `# module version`, `# module version => replacement version`, `# module => ./folder`.
  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let document = reader.document
    var known = TextTable(capacity: document.childCount(reader.root) / 4)
    for node in document.children(reader.root) {
      var rest = document.text(node)
      guard document.starts(rest, with: "# ") else { continue }
      // The same line again adds packages to its module.
      guard known.insert(node.index, for: rest, in: document) == nil else { continue }
      rest = document.dropFirst(2, of: rest)
      let arrow = document.firstIndex(of: " => ", in: rest)
      let own = arrow.map { document.prefix($0, of: rest) } ?? rest
      var words = own
      guard let name = document.nextWord(&words) else { throw reader.unread(.wrongShape, node) }
      var entry = Entry(node: node, locator: own, name: name, ecosystem: .golang)
      entry.version = document.trimmed(words)
      entry.sourceKind = .registry
      entry.runsCode = .no
      if let arrow {
        var words = document.dropFirst(arrow + 4, of: rest)
        guard let target = document.nextWord(&words) else {
          throw reader.unread(.wrongShape, node)
        }
        entry.alias = name
        entry.name = target
        entry.version = document.trimmed(words)
        if entry.version.isEmpty {
          entry.sourceKind = .path
          entry.source = target
        }
      }
      reader.add(entry)
    }
  }
}
