internal import Documents
internal import Primitives

/// `package.json` (npm documentation, "package.json"; pnpm, yarn and bun add keys of their own).
enum PackageJSON {
  static let format = Format(
    "package-json", files: ["package.json"], .manifests, .json, asksFor: .npm,
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
      KeyRule("jspm/**", .dependency), KeyRule("name", .dependency),
      // A version that does not fit sends a workspace's dependants to the registry.
      KeyRule("version", .dependency), KeyRule("engines/**", .dependency),
      KeyRule("os/**", .dependency), KeyRule("cpu/**", .dependency),
      KeyRule("libc/**", .dependency),
      KeyRule("private", .visibility),
      // Which files are the package.

      KeyRule(
        [
          "main", "module", "browser/**", "exports/**", "imports/**", "bin/**", "files/**", "type",
          "types", "typings", "typesVersions/**", "man/**", "directories/**", "sideEffects/**",
          "unpkg", "jsdelivr", "esnext/**", "es2015", "react-native/**", "source",
        ], in: "", is: .selectsCode),
      // What tools that keep their settings here load or start.

      KeyRule(
        [
          "_moduleAliases/**", "ava/**", "babel/**", "browserslist/**", "build/**", "c8/**",
          "commitlint/**", "cspell/**", "electronmon/**", "eslintConfig/**", "esm/**", "expo/**",
          "jest/**", "lerna/**", "mocha/**", "nodemonConfig/**", "np/**", "nx/**", "nyc/**",
          "oclif/**", "postcss/**", "prettier/**", "prisma/**", "release/**", "release-it/**",
          "semantic-release/**", "size-limit/**", "standard/**", "stylelint/**", "tap/**",
          "ts-node/**", "tsup/**", "turbo/**", "vitest/**", "xo/**", "msw/**", "nodemon/**",
        ], in: "", is: .runsCode),
    ],
    neutral: [
      NeutralKey(
        [
          "description", "license", "keywords/[]", "author", "author/name",
          "author/email", "author/url", "contributors/[]", "contributors/[]/name",
          "contributors/[]/email", "contributors/[]/url", "maintainers/[]", "maintainers/[]/name",
          "maintainers/[]/email", "maintainers/[]/url", "bugs", "bugs/url", "bugs/email",
          "funding", "funding/type", "funding/url", "funding/[]", "funding/[]/type",
          "funding/[]/url",
        ], in: "", because: "npm publishes and shows it; installing and running read nothing of it")
      // Not the repository, from which prebuilt binaries and an application's updates are fetched, nor the
      // homepage, which bundlers write before the addresses of scripts.
    ],
    freeOrder: [
      FreeOrder(
        "", "scripts", "dependencies", "devDependencies", "peerDependencies",
        "optionalDependencies", "engines", "peerDependenciesMeta/**", "author", "repository",
        "bugs", because: "npm reads the members by their names")
    ],
    mentions: [
      Mention(
        ["patchedDependencies/*", "pnpm/patchedDependencies/*", "pnpm/onlyBuiltDependenciesFile"],
        is: .runsCode),
      // What npm runs by itself.
      Mention(
        [
          "preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare",
          "postprepare", "prepack", "postpack", "dependencies",
        ], in: "scripts", is: .runsCode, .command),
      // Archives; of a folder its own manifest is guarded.
      Mention(["*"], in: "dependencies", "devDependencies", "optionalDependencies", is: .vendored),
    ], wishes: .init(mayBeMember: true), allowsByteOrderMark: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    try reader.root.object()
    reader.addRequirements([
      ("dependencies", .runtime), ("devDependencies", .development),
      ("optionalDependencies", .optional), ("peerDependencies", .peer),
    ])
    // bun's, which stand at either place.
    reader.addCatalogs(of: reader.root)
    if let workspaces = reader.root["workspaces"] { reader.addCatalogs(of: workspaces) }
  }
}

extension EntryReader {
  /// Adds what `catalog:` and `catalog:NAME` in the manifests of a workspace stand for. Each is asked
  /// for by a member, which is the catalog's name: a catalog that nobody uses asks for nothing.
  mutating func addCatalogs(of table: Cursor) {
    for wanted in table.children("catalog") {
      addRequirement(wanted, wanted.key, wanted.text, member: wanted.key)
    }
    for catalog in table.children("catalogs") where catalog.isObject {
      for wanted in catalog {
        addRequirement(wanted, wanted.key, wanted.text, member: catalog.key)
      }
    }
  }

  /// Adds the members of top-level objects as requirements: `name: specification`.
  ///
  /// What is asked for in another way than by a scalar has the text of its `version`, when it has one.
  mutating func addRequirements(_ groups: [(StaticString, Entry.Scope)]) {
    for (group, scope) in groups {
      guard let list = root[group], list.isObject else { continue }
      for wanted in list {
        addRequirement(
          wanted, wanted.key, wanted.isScalar ? wanted.text : wanted[text: "version"], scope)
      }
    }
  }
}
