internal import Documents
internal import Primitives

/// Settings of JavaScript's package managers and of Deno: what is asked for, where it comes from, what
/// runs. A setting that no rule names may change either of the first two, so it is `.origin`.
enum JavaScriptConfiguration {
  static let formats = [pnpm, yarn, deno]

  /// pnpm documentation, "pnpm-workspace.yaml" and "Settings".
  private static let pnpm = Format(
    "pnpm-workspace", files: ["pnpm-workspace.yaml", "pnpm-workspace.yml"], .manifests, .yaml,
    asksFor: .npm,
    keys: [
      KeyRule("packages/**", .dependency), KeyRule("catalog/**", .dependency),
      KeyRule("catalogs/**", .dependency), KeyRule("allowBuilds/**", .runsCode),
      KeyRule("onlyBuiltDependencies/**", .runsCode),
      KeyRule("onlyBuiltDependenciesFile", .runsCode),
      KeyRule("neverBuiltDependencies/**", .runsCode),
      KeyRule("ignoredBuiltDependencies/**", .runsCode),
      KeyRule("dangerouslyAllowAllBuilds", .runsCode), KeyRule("strictDepBuilds", .runsCode),
      KeyRule("ignoreScripts", .runsCode), KeyRule("ignoreDepScripts", .runsCode),
      KeyRule("ignorePnpmfile", .runsCode), KeyRule("pnpmfile/**", .runsCode),
      KeyRule("globalPnpmfile", .runsCode), KeyRule("configDependencies/**", .runsCode),
      KeyRule("enablePrePostScripts", .runsCode), KeyRule("scriptShell", .runsCode),
      KeyRule("shellEmulator", .runsCode), KeyRule("nodeOptions", .runsCode),
      KeyRule("nodeVersion", .runsCode), KeyRule("useNodeVersion", .runsCode),
      KeyRule("executionEnv/**", .runsCode),
      KeyRule("managePackageManagerVersions", .runsCode),
      KeyRule("nodeLinker", .selectsCode), KeyRule("hoistPattern/**", .selectsCode),
      KeyRule("publicHoistPattern/**", .selectsCode), KeyRule("shamefullyHoist", .selectsCode),
    ], otherKeys: .origin,
    mentions: [
      Mention(
        ["pnpmfile", "pnpmfile/*", "globalPnpmfile", "scriptShell", "patchedDependencies/*"],
        is: .runsCode),
      Mention(["nodeOptions"], is: .runsCode, .command),
      Mention(["onlyBuiltDependenciesFile"], is: .runsCode),
    ], read: readCatalog)

  /// yarn documentation, "Settings (.yarnrc.yml)".
  private static let yarn = Format(
    "yarnrc-yml", files: [".yarnrc.yml"], .origins, .yaml, asksFor: .npm,
    keys: [
      KeyRule("yarnPath", .runsCode), KeyRule("ignorePath", .runsCode),
      KeyRule("plugins/**", .runsCode), KeyRule("enableScripts", .runsCode),
      KeyRule("constraintsPath", .runsCode), KeyRule("catalog/**", .dependency),
      KeyRule("catalogs/**", .dependency), KeyRule("supportedArchitectures/**", .dependency),
      KeyRule("nodeLinker", .selectsCode), KeyRule("nmHoistingLimits", .selectsCode),
      KeyRule("logFilters/**", .visibility),
    ], otherKeys: .origin,
    neutral: [
      NeutralKey(
        [
          "enableColors", "enableHyperlinks", "enableProgressBars", "enableTimers",
          "preferAggregateCacheInfo", "preferInteractive", "preferTruncatedLines",
        ], in: "", form: .flag, because: "how yarn's messages look and when it asks"),
      NeutralKey(
        "progressBarStyle",
        .word(["patrick", "simba", "jack", "hogsfather", "default"]),
        because: "how yarn's messages look"),
    ],
    freeOrder: [
      FreeOrder("", because: "yarn reads its settings by their names")
    ],
    mentions: [
      Mention(["yarnPath", "plugins/*", "plugins/*/path", "constraintsPath"], is: .runsCode)
    ], read: readCatalog)

  private static func readCatalog(_ reader: inout EntryReader) throws(Unread) {
    reader.addCatalogs(of: reader.root)
  }

  /// Deno documentation, "deno.json and package.json"; `jsr.json` is the same for what is published.
  private static let deno = Format(
    "deno-json", files: ["deno.json", "deno.jsonc", "jsr.json", "jsr.jsonc"], .manifests, .jsonc,
    asksFor: .deno,
    keys: [
      KeyRule("tasks/**", .runsCode), KeyRule("lint/plugins/**", .runsCode),
      KeyRule("allowScripts/**", .runsCode), KeyRule("permissions/**", .runsCode),
      KeyRule("unsafely-ignore-certificate-errors/**", .origin), KeyRule("imports/**", .dependency),
      KeyRule("scopes/**", .dependency), KeyRule("catalog/**", .dependency),
      KeyRule("catalogs/**", .dependency), KeyRule("workspace/**", .dependency),
      KeyRule("importMap", .origin), KeyRule("links/**", .origin), KeyRule("patch/**", .origin),
      KeyRule("lock/**", .origin), KeyRule("vendor", .origin), KeyRule("nodeModulesDir", .origin),
      KeyRule("minimumDependencyAge/**", .origin),
      KeyRule("compilerOptions/jsxImportSource", .dependency),
      KeyRule("compilerOptions/types/**", .dependency), KeyRule("preload/**", .runsCode),
      KeyRule("overrides/**", .origin), KeyRule("exports/**", .selectsCode),
      // A version that does not fit sends a workspace's dependants to the registry.
      KeyRule("name", .dependency), KeyRule("version", .dependency),
      KeyRule("publish/**", .selectsCode),
    ],
    neutral: [
      NeutralKey("license", because: "published for people"),
      NeutralKey(
        ["useTabs", "semiColons", "singleQuote"], in: "fmt", form: .flag,
        because: "how `deno fmt` lays out the project's own code"),
      NeutralKey(
        ["lineWidth", "indentWidth"], in: "fmt", form: .number(4),
        because: "how `deno fmt` lays out the project's own code"),
      NeutralKey(
        "fmt/proseWrap", .word(["always", "never", "preserve"]),
        because: "how `deno fmt` lays out the project's own code"),
      NeutralKey(
        "fmt/newLineKind", .word(["auto", "crlf", "lf", "system"]),
        because: "how `deno fmt` lays out the project's own code"),
    ],
    // Import maps and scopes are looked up by their longest match.
    freeOrder: [
      FreeOrder(
        "", "imports", "scopes/**", "tasks", "fmt", because: "deno reads the members by their names"
      )
    ],
    mentions: [
      Mention(["importMap"], is: .origins),
      Mention(["lock", "lock/path"], is: .locks, readAs: "deno-lock"),
      Mention(["preload/*", "lint/plugins/*"], is: .runsCode),
      Mention(["tasks/*", "tasks/*/command"], is: .runsCode, .command),
    ], read: readImports)

  /// `"name": "npm:chalk@^5"`: the name within says what is meant.
  private static func readImports(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    for wanted in root.children("imports") { add(wanted, &reader) }
    for scope in root.children("scopes") where scope.isObject {
      for wanted in scope { add(wanted, member: scope.key, &reader) }
    }
    for wanted in root.children("catalog") { add(wanted, member: wanted.key, &reader) }
    for catalog in root.children("catalogs") where catalog.isObject {
      for wanted in catalog { add(wanted, member: catalog.key, &reader) }
    }
    for wanted in root.children("compilerOptions") where wanted.key == "jsxImportSource" {
      add(wanted, member: wanted.key, &reader)
    }
  }

  private static func add(
    _ wanted: Cursor, member: Excerpt = .empty, _ reader: inout EntryReader
  ) {
    let text = wanted.text
    var parts = (name: wanted.key, range: text)
    if let rest = text.removing(prefix: "npm:/") ?? text.removing(prefix: "npm:")
      ?? text.removing(prefix: "jsr:")
    {
      parts = rest.descriptor ?? (rest, .empty)
    }
    reader.addRequirement(wanted, parts.name, parts.range, member: member)
  }
}
