internal import Documents
internal import Primitives

/// `vendor/modules.txt`: the modules that a vendored build takes, and what replaces them (Go modules
/// reference, "Vendoring").
enum GoVendor {
  static let format = Format(
    "go-vendor-modules", files: ["vendor/modules.txt"],
    source: "Go: Modules reference 2026-11-30", .locks, .plainLines,
    // `## explicit` and the names of packages belong to the module above them.
    otherKeys: .dependency,
    freeOrder: [
      FreeOrder("**", because: "go refuses a list whose lines do not fit go.mod where they stand")
    ], manifest: .marked("go-mod"), read: read)

  /// `# module version`, `# module version => replacement version`, `# module => ./folder`.
  private static func read(_ reader: inout EntryReader) throws(Unread) {
    var module = Excerpt.empty
    for node in reader.root {
      let line = node.text
      if line.starts(with: "## ") { continue }
      guard let rest = line.removing(prefix: "# ") else {
        guard isPackage(line, of: module) else { throw node.unread(.unexpected) }
        continue
      }
      let replaced = rest.cut(at: " => ")
      var words = replaced?.before ?? rest
      let locator = words
      guard let name = words.nextWord() else { throw node.unread(.wrongShape) }
      module = name
      var entry = Draft(node, .golang, name, locator: locator)
      entry.version = words.trimmed
      entry.sourceKind = .registry
      entry.runsCode = .no
      if var words = replaced?.after {
        guard let target = words.nextWord() else { throw node.unread(.wrongShape) }
        entry.alias = name
        entry.name = target
        entry.version = words.trimmed
        if entry.version.isEmpty {
          entry.sourceKind = .path
          entry.source = target
        }
      }
      reader.add(entry)
    }
  }

  /// Whether a line is the import path of a package of the module above it.
  private static func isPackage(_ path: Excerpt, of module: Excerpt) -> Bool {
    let (start, rest) = (path.prefix(module.count), path.dropFirst(module.count))
    return !module.isEmpty && start == module && (rest.isEmpty || rest.starts(with: "/"))
  }
}
