internal import Documents
internal import Primitives

/// `vendor/modules.txt`: the modules that a vendored build takes, and what replaces them (Go modules
/// reference, "Vendoring").
enum GoVendor {
  static let format = Format(
    "go-vendor-modules", files: ["vendor/modules.txt"], .locks, .plainLines,
    // `## explicit` and the names of packages belong to the module above them.
    otherKeys: .dependency,
    freeOrder: [
      FreeOrder("**", because: "go refuses a list whose lines do not fit go.mod where they stand")
    ], read: read)

  /// `# module version`, `# module version => replacement version`, `# module => ./folder`.
  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let document = reader.document
    var module = Text.empty
    for node in document.children(reader.root) {
      var rest = document.text(node)
      if document.starts(rest, with: "## ") { continue }
      guard document.starts(rest, with: "# ") else {
        guard isPackage(rest, of: module, document) else { throw reader.unread(.unexpected, node) }
        continue
      }
      rest = document.dropFirst(2, of: rest)
      let arrow = document.firstIndex(of: " => ", in: rest)
      let own = arrow.map { document.prefix($0, of: rest) } ?? rest
      var words = own
      guard let name = document.nextWord(&words) else { throw reader.unread(.wrongShape, node) }
      module = name
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

  /// Whether a line is the import path of a package of the module above it.
  private static func isPackage(_ path: Text, of module: Text, _ document: Document) -> Bool {
    let count = Int(module.count)
    guard count > 0, document.equal(document.prefix(count, of: path), module) else { return false }
    return path.count == module.count || document.byte(count, of: path) == 0x2f
  }
}
