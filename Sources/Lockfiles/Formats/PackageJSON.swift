internal import Documents
internal import Primitives

/// `package.json` (npm documentation, "package.json"; pnpm, yarn and bun add keys of their own).
enum PackageJSON {
  static let format = Format(
    "package-json", files: ["package.json"], .manifests, .json,
    keys: [
      KeyRule("scripts/**", .runsCode), KeyRule("packageManager", .runsCode),
      KeyRule("devEngines/**", .runsCode), KeyRule("gypfile", .runsCode),
      KeyRule("allowScripts/**", .runsCode), KeyRule("trustedDependencies/**", .runsCode),
      KeyRule("dependenciesMeta/**", .runsCode), KeyRule("lavamoat/**", .runsCode),
      KeyRule("pnpm/onlyBuiltDependencies/**", .runsCode),
      KeyRule("pnpm/onlyBuiltDependenciesFile", .runsCode),
      KeyRule("pnpm/neverBuiltDependencies/**", .runsCode),
      KeyRule("pnpm/ignoredBuiltDependencies/**", .runsCode),
      KeyRule("pnpm/allowBuilds/**", .runsCode), KeyRule("pnpm/configDependencies/**", .runsCode),
      // What installs git hooks, and what those run.
      KeyRule("husky/**", .runsCode), KeyRule("lint-staged/**", .runsCode),
      KeyRule("simple-git-hooks/**", .runsCode), KeyRule("gitHooks/**", .runsCode),
      KeyRule("pre-commit/**", .runsCode), KeyRule("pre-push/**", .runsCode),
      KeyRule("nano-staged/**", .runsCode), KeyRule("wireit/**", .runsCode),
      KeyRule("overrides/**", .origin), KeyRule("resolutions/**", .origin),
      KeyRule("patchedDependencies/**", .origin), KeyRule("pnpm/**", .origin),
      KeyRule("publishConfig/**", .origin), KeyRule("binary/**", .origin),
      KeyRule("config/**", .origin),
      KeyRule("dependencies/**", .dependency), KeyRule("devDependencies/**", .dependency),
      KeyRule("optionalDependencies/**", .dependency),
      KeyRule("peerDependencies/**", .dependency),
      KeyRule("peerDependenciesMeta/**", .dependency),
      KeyRule("bundledDependencies/**", .dependency),
      KeyRule("bundleDependencies/**", .dependency), KeyRule("workspaces/**", .dependency),
      KeyRule("catalog/**", .dependency), KeyRule("catalogs/**", .dependency),
      KeyRule("installConfig/**", .dependency), KeyRule("volta/**", .dependency),
      KeyRule("jspm/**", .dependency),
    ], otherKeys: .metadata, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    reader.addRequirements([
      ("dependencies", .runtime), ("devDependencies", .development),
      ("optionalDependencies", .optional), ("peerDependencies", .peer),
    ])
  }
}

extension EntryReader {
  /// Adds the members of top-level objects as requirements: `name: specification`.
  ///
  /// What is asked for in another way than by a scalar has the text of its `version`, when it has one.
  mutating func addRequirements(_ groups: [(StaticString, Entry.Scope)]) {
    let document = document
    for (group, scope) in groups {
      guard let wanted = document.child(group, of: root), document.isObject(wanted) else {
        continue
      }
      for child in document.children(wanted) {
        let specification =
          document.isScalar(child)
          ? document.text(child) : document.text("version", of: child) ?? .empty
        add(
          Requirement(
            node: child, name: document.key(child), specification: specification, scope: scope))
      }
    }
  }
}
