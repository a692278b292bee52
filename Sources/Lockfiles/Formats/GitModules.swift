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
    for module in reader.root.children("submodule") where module.isObject {
      var entry = Draft(module, .generic, module.key)
      if let path = module[text: "path"], path != module.key { entry.alias = path }
      entry.sourceKind = .git
      entry.source = module[text: "url"] ?? .empty
      // Beside this repository, wherever that is fetched from (gitsubmodules).
      entry.sourceIsName = entry.source.starts(with: "./", "../")
      entry.revision = module[text: "branch"] ?? .empty
      entry.isDirect = true
      if let update = module[text: "update"], update.starts(with: "!") { entry.runsCode = .yes }
      reader.add(entry)
    }
  }
}
