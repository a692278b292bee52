internal import Documents
internal import Primitives

/// Files of TOML and JSON that have no entries, and little to say but by their keys.
enum SettingsFiles {
  static let all = [
    gleam, mise, bunfig, codex, globalJSON, dotnetTools, vcpkg, vcpkgConfiguration, swiftPM,
    renovate, renovateJSON5, dependabot,
  ]

  /// `gleam.toml` (Gleam documentation, "gleam.toml").
  private static let gleam = Format(
    "gleam-config", files: ["gleam.toml"], .manifests, .toml, asksFor: .hex,
    keys: [
      KeyRule("dependencies/*/path", .origin), KeyRule("dependencies/*/git", .origin),
      KeyRule("dependencies/*/ref", .origin), KeyRule("dev-dependencies/*/path", .origin),
      KeyRule("dev-dependencies/*/git", .origin), KeyRule("dependencies/**", .dependency),
      KeyRule("dev-dependencies/**", .dependency), KeyRule("dev_dependencies/**", .dependency),
      KeyRule("gleam", .dependency), KeyRule("name", .dependency), KeyRule("version", .dependency),
      KeyRule("target", .selectsCode), KeyRule("erlang/**", .runsCode),
      KeyRule("javascript/**", .runsCode),
    ],
    neutral: [
      NeutralKey(
        ["description", "licences/[]", "repository/type", "repository/user", "repository/repo"],
        in: "", because: "published for people; gleam fetches nothing by it")
    ],
    freeOrder: [.toml],
    read: { (reader) throws(Unread) in
      reader.addRequirements(in: reader.root["dependencies"])
      reader.addRequirements(in: reader.root["dev-dependencies"], .development)
      reader.addRequirements(in: reader.root["dev_dependencies"], .development)
    })

  /// mise's configuration (mise documentation, "Configuration").
  private static let mise = Format(
    "mise-config",
    files: [
      "mise.toml", ".mise.toml", "mise.*.toml", ".mise.*.toml", "mise/config.toml",
      ".mise/config.toml", ".config/mise.toml", ".config/mise/config.toml",
      ".config/mise/conf.d/*.toml",
    ], .origins, .toml,
    keys: [
      KeyRule("tools/**", .origin), KeyRule("alias/**", .origin),
      KeyRule("tool_alias/**", .origin), KeyRule("plugins/**", .origin),
      KeyRule("settings/**", .origin), KeyRule("env/**", .runsCode),
      KeyRule("vars/**", .runsCode), KeyRule("tasks/**", .runsCode),
      KeyRule("task_config/**", .runsCode), KeyRule("hooks/**", .runsCode),
      KeyRule("watch_files/**", .runsCode), KeyRule("shell_alias/**", .runsCode),
      KeyRule("prepare/**", .runsCode), KeyRule("min_version/**", .dependency),
    ],
    mentions: [
      Mention(["task_config/includes/*"], is: .runsCode, .folder),
      Mention(
        ["tasks/*/file", "env/_/file", "env/_/file/*", "env/_/source", "env/_/source/*"],
        is: .runsCode),
      Mention(["tasks/*", "tasks/*/run", "tasks/*/run/*", "hooks/*"], is: .runsCode, .command),
    ], toolVersions: ["tools/*"],
    read: { (reader) throws(Unread) in reader.addRequirements(in: reader.root["tools"]) })

  /// `bunfig.toml` (Bun documentation, "bunfig.toml").
  private static let bunfig = Format(
    "bunfig", files: ["bunfig.toml"], .origins, .toml,
    keys: [
      KeyRule("install/**", .origin),
      KeyRule("preload/**", .runsCode), KeyRule("run/**", .runsCode),
      KeyRule("test/preload/**", .runsCode), KeyRule("test/**", .selectsCode),
      KeyRule("serve/**", .runsCode), KeyRule("bundle/**", .runsCode),
      KeyRule("loader/**", .runsCode), KeyRule("define/**", .runsCode),
      KeyRule("env/**", .runsCode), KeyRule("jsxImportSource", .dependency),
      KeyRule("logLevel", .visibility),
    ],
    neutral: [
      NeutralKey("smol", .flag, because: "how much memory bun takes"),
      NeutralKey("telemetry", .flag, because: "whether bun reports crashes and use"),
    ],
    freeOrder: [.toml],
    mentions: [
      Mention(["preload", "preload/*", "test/preload", "test/preload/*"], is: .runsCode)
    ])

  /// Codex's configuration in a project: models, sandbox, MCP servers, hooks.
  private static let codex = Format(
    "codex-config", files: [".codex/config.toml"], .agentConfig, .toml, otherKeys: .agentConfig)

  /// `global.json`: the .NET SDK, and SDKs that run in the build (Microsoft's documentation).
  private static let globalJSON = Format(
    "dotnet-global-json", files: ["global.json"], .origins, .jsonc,
    keys: [
      KeyRule("sdk/**", .origin), KeyRule("tools/**", .origin),
      KeyRule("msbuild-sdks/**", .runsCode), KeyRule("test/**", .runsCode),
    ], toolVersions: ["sdk/version", "tools/*"], allowsByteOrderMark: true)

  /// `dotnet-tools.json`: tools that are run by name (Microsoft's documentation, "Local tools").
  private static let dotnetTools = Format(
    "dotnet-tools", files: [".config/dotnet-tools.json", "dotnet-tools.json"], .origins, .jsonc,
    keys: [
      KeyRule("version", .dependency), KeyRule("isRoot", .origin),
      KeyRule("tools/*/commands/**", .runsCode), KeyRule("tools/**", .dependency),
    ],
    read: { (reader) throws(Unread) in reader.addRequirements(in: reader.root["tools"]) })

  /// `vcpkg.json` (vcpkg documentation).
  private static let vcpkg = Format(
    "vcpkg-manifest", files: ["vcpkg.json"], .manifests, .jsonc,
    keys: [
      KeyRule("dependencies/**", .dependency), KeyRule("features/**", .dependency),
      KeyRule("default-features/**", .dependency), KeyRule("overrides/**", .dependency),
      KeyRule("builtin-baseline", .origin), KeyRule("vcpkg-configuration/**", .origin),
      KeyRule("configuration/**", .origin), KeyRule("name", .dependency),
      KeyRule("version", .dependency), KeyRule("version-string", .dependency),
      KeyRule("version-semver", .dependency), KeyRule("version-date", .dependency),
      KeyRule("port-version", .dependency), KeyRule("supports", .dependency),
    ],
    neutral: [
      NeutralKey(
        [
          "description", "description/[]", "homepage", "documentation", "license", "maintainers",
          "maintainers/[]", "summary", "summary/[]",
        ], in: "", because: "shown by `vcpkg search`; nothing is fetched by it")
    ],
    freeOrder: [.json])

  private static let vcpkgConfiguration = Format(
    "vcpkg-configuration", files: ["vcpkg-configuration.json"], .origins, .jsonc,
    otherKeys: .origin)

  /// SwiftPM's mirrors and registries.
  private static let swiftPM = Format(
    "swiftpm-configuration",
    files: [".swiftpm/configuration/mirrors.json", ".swiftpm/configuration/registries.json"],
    .origins, .json, keys: [KeyRule("*", .origin)], otherKeys: .origin)

  /// Renovate's configuration: what is updated without a person, and from where.
  private static let renovate = Format(
    "renovate",
    files: [
      "renovate.json", ".renovaterc", ".renovaterc.json", ".github/renovate.json",
      ".gitlab/renovate.json", "renovate.jsonc", ".renovaterc.jsonc", ".github/renovate.jsonc",
      ".gitlab/renovate.jsonc",
    ], .visibility, .jsonc, keys: [KeyRule("*", .visibility)], otherKeys: .visibility)

  /// The same in JSON5.
  private static let renovateJSON5 = Format(
    "renovate-json5",
    files: [
      "renovate.json5", ".renovaterc.json5", ".github/renovate.json5", ".gitlab/renovate.json5",
    ], .visibility, .json5, otherKeys: .visibility,
    // White space of JSON5.
    allowsByteOrderMark: true)

  private static let dependabot = Format(
    "dependabot", files: [".github/dependabot.yml", ".github/dependabot.yaml"], .visibility, .yaml,
    keys: [KeyRule("registries/**", .origin)],
    otherKeys: .visibility)
}
