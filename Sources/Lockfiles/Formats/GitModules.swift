internal import Documents
internal import Primitives

/// `.gitmodules` (gitmodules(5)): where each submodule is fetched from. The commit is in the tree.
enum GitModules {
  static let format = Format(
    "gitmodules", files: [".gitmodules"], .origins, .gitConfig,
    keys: [
      KeyRule("submodule/*/update", .runsCode), KeyRule("submodule/*/ignore", .visibility),
      // Those of an entry, which its own checks are about.
      KeyRule("submodule/*/path", .dependency), KeyRule("submodule/*/url", .dependency),
      KeyRule("submodule/*/branch", .dependency),
    ], otherKeys: .origin,
    neutral: [
      NeutralKey(
        "submodule/*/shallow", .flag,
        because: "how much history git fetches; the commit that it checks out is in the tree")
    ],
    freeOrder: [.lines], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let modules = reader.document.child("submodule", of: reader.root) else { return }
    for node in reader.children(of: modules) where reader.document.isObject(node) {
      let name = reader.document.key(node)
      var entry = Entry(node: node, locator: name, name: name, ecosystem: .generic)
      if let path = reader.document.text("path", of: node),
        !reader.document.equal(path, name)
      {
        entry.alias = path
      }
      entry.sourceKind = .git
      entry.source = reader.document.text("url", of: node) ?? .empty
      // Beside this repository, wherever that is fetched from (gitsubmodules).
      entry.sourceIsName =
        reader.document.starts(entry.source, with: "./")
        || reader.document.starts(entry.source, with: "../")
      entry.revision = reader.document.text("branch", of: node) ?? .empty
      entry.isDirect = true
      if let update = reader.document.text("update", of: node),
        reader.document.starts(update, with: "!")
      {
        entry.runsCode = .yes
      }
      reader.add(entry)
    }
  }
}
