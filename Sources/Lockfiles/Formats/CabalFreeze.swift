internal import Documents
internal import Primitives

/// `cabal.project.freeze` (Cabal user guide, "cabal freeze"): one constraint for each package, and its
/// flags.
enum CabalFreeze {
  static let format = Format(
    "cabal-freeze", files: ["cabal.project.freeze", "cabal.*.project.freeze"], .locks, .cabal,
    keys: [
      KeyRule("constraints/**", .dependency),
      KeyRule("active-repositories/**", .origin),
      KeyRule("index-state/**", .origin),
      KeyRule("with-compiler/**", .runsCode),
    ], freeOrder: [.lines], read: read)

  /// `any.name ==1.2.3` is an entry; `name +flag -flag` says how it is built.
  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let document = reader.document
    guard let constraints = document.child("constraints", of: reader.root) else { return }
    for node in document.children(constraints) {
      let item = document.text(node)
      guard let sign = document.firstIndex(of: "==", in: item) else { continue }
      var name = document.trimmed(document.prefix(sign, of: item))
      if document.starts(name, with: "any.") { name = document.dropFirst(4, of: name) }
      let version = document.trimmed(document.dropFirst(sign + 2, of: item))
      guard !name.isEmpty, !version.isEmpty, document.firstIndex(of: 0x20, in: name) == nil else {
        throw reader.unread(.wrongShape, node)
      }
      var entry = Entry(node: node, locator: name, name: name, ecosystem: .hackage)
      entry.version = version
      entry.sourceKind = .registry
      reader.add(entry)
    }
  }
}
