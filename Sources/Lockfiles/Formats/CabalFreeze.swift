internal import Documents
internal import Primitives

/// `cabal.project.freeze` (Cabal user guide, "cabal freeze"): one constraint for each package, and its
/// flags.
enum CabalFreeze {
  static let format = Format(
    "cabal-freeze", files: ["cabal.project.freeze", "cabal.*.project.freeze"],
    source: "Cabal: cabal.project, \"cabal freeze\" 2026-11-30", .locks, .cabal,
    keys: [
      KeyRule("constraints/**", .dependency),
      KeyRule("active-repositories/**", .origin),
      KeyRule("index-state/**", .origin),
      KeyRule("with-compiler/**", .runsCode),
    ], freeOrder: [.lines], read: read)

  /// `any.name ==1.2.3` is an entry; `name +flag -flag` says how it is built.
  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for constraint in reader.root.children("constraints") {
      guard let (left, right) = constraint.text.cut(at: "==") else { continue }
      let (name, version) = (left.trimmed.removing(prefix: "any.") ?? left.trimmed, right.trimmed)
      guard !name.isEmpty, !version.isEmpty, !name.contains(" ") else {
        throw constraint.unread(.wrongShape)
      }
      var entry = Draft(constraint, .hackage, name)
      entry.version = version
      entry.sourceKind = .registry
      reader.add(entry)
    }
  }
}
