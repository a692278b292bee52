extension FormatSample {
  static let settings = [
    FormatSample(
      "cargo-config", ".cargo/config.toml",
      """
      [build]
      jobs = 2
      incremental = true
      rustc-wrapper = "w"

      [cargo-new]
      vcs = "git"

      [term]
      quiet = false
      verbose = false
      color = "auto"
      hyperlinks = true
      unicode = true

      [term.progress]
      when = "auto"
      width = 80
      term-integration = true

      [source.a]
      replace-with = "b"

      """),
    FormatSample(
      "rust-toolchain", "rust-toolchain.toml",
      "[toolchain]\nchannel = \"1.90\"\ncomponents = [\"rustfmt\"]\n"),
    FormatSample("rust-toolchain-line", "rust-toolchain", "1.90.0\n"),
    FormatSample(
      "uv-config", "uv.toml",
      "index-url = \"https://index.example\"\nno-build-isolation = true\n\n[pip]\nindex-url = \"https://index.example\"\n"
    ),
    FormatSample(
      "poetry-config", "poetry.toml",
      "[virtualenvs]\ncreate = true\n\n[repositories.a]\nurl = \"https://a.example\"\n\n[requests]\nmax-retries = 1\n\n[warnings]\nexport = true\n"
    ),
    FormatSample(
      "yarnrc-yml", ".yarnrc.yml",
      """
      enableColors: true
      enableHyperlinks: true
      enableProgressBars: true
      enableTimers: true
      preferAggregateCacheInfo: true
      preferInteractive: true
      preferTruncatedLines: true
      progressBarStyle: simba
      npmRegistryServer: "https://registry.example"
      yarnPath: .yarn/releases/yarn.cjs
      npmScopes:
        a:
          npmRegistryServer: "https://a.example"

      """),
    FormatSample(
      "yarnrc", ".yarnrc",
      "lastUpdateCheck 1\nregistry \"https://registry.example\"\nyarn-path \"a.js\"\n"),
    FormatSample(
      "npmrc", ".npmrc",
      "color=true\nprogress=true\nfund=true\nupdate-notifier=true\nunicode=true\nregistry=https://registry.example/\nignore-scripts=true\n"
    ),
    FormatSample(
      "pip-configuration", "pip.conf",
      "[global]\nindex-url = https://index.example/simple\nextra-index-url =\n    https://a.example\n    https://b.example\n"
    ),
    FormatSample(
      "nuget-config", "NuGet.config",
      "<configuration>\n  <packageSources>\n    <clear/>\n    <add key=\"a\" value=\"https://a.example\"/>\n  </packageSources>\n</configuration>\n"
    ),
    FormatSample(
      "maven-settings", ".mvn/settings.xml",
      "<settings>\n  <mirrors><mirror><id>a</id><url>https://a.example</url></mirror></mirrors>\n</settings>\n"
    ),
    FormatSample(
      "maven-extensions", ".mvn/extensions.xml",
      "<extensions>\n  <extension><groupId>g</groupId><artifactId>a</artifactId><version>1</version></extension>\n</extensions>\n"
    ),
    FormatSample("maven-options", ".mvn/maven.config", "-T2\n-o\n"),
    FormatSample("bazelrc", ".bazelrc", "build --jobs=2\nbuild --registry=https://a.example\n"),
    FormatSample(
      "gradle-properties", "gradle.properties",
      "org.gradle.parallel=true\norg.gradle.daemon=true\norg.gradle.configureondemand=true\norg.gradle.workers.max=2\norg.gradle.console=plain\nkotlin.code.style=official\norg.gradle.jvmargs=-Xmx1g\nversion=1\n"
    ),
    FormatSample(
      "terraform-configuration", ".terraformrc",
      "plugin_cache_dir = \"cache\"\nprovider_installation {\n  filesystem_mirror {\n    path = \"mirror\"\n  }\n  direct {\n    exclude = [\"a\"]\n  }\n}\n"
    ),
    FormatSample("go-environment", "go.env", "GOPROXY=https://a.example\nGOFLAGS=-mod=mod\n"),
    FormatSample(
      "lfsconfig", ".lfsconfig", "[lfs]\n\turl = https://a.example\n\tlocksverify = false\n"),
    FormatSample(
      "gitmodules", ".gitmodules",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/a.git\n\tshallow = true\n"),
    FormatSample("tool-versions", ".tool-versions", "node 22\npython 3.12\n"),
    FormatSample("sdkmanrc", ".sdkmanrc", "java=21-tem\ngradle=8.5\n"),
    FormatSample("version-file", ".nvmrc", "22\n"),
    FormatSample("gitattributes", ".gitattributes", "*.lock -diff\n*.js text\n"),
    FormatSample("codeowners", "CODEOWNERS", "* @a\n/b @b\n"),
    FormatSample("ignored-findings", ".trivyignore", "CVE-1\nCVE-2\n"),
    FormatSample(
      "gradle-wrapper", "gradle/wrapper/gradle-wrapper.properties",
      "distributionBase=GRADLE_USER_HOME\ndistributionPath=wrapper/dists\ndistributionUrl=https\\://s.example/gradle-8.5-bin.zip\ndistributionSha256Sum=00\nnetworkTimeout=10000\nretries=1\nretryBackOffMs=1\nzipStoreBase=GRADLE_USER_HOME\n"
    ),
    FormatSample(
      "maven-wrapper", ".mvn/wrapper/maven-wrapper.properties",
      "distributionUrl=https://s.example/apache-maven-3.9.6-bin.zip\ndistributionSha256Sum=00\nnetworkTimeout=10000\nretries=1\nretryBackOffMs=1\n"
    ),
    FormatSample(
      "mise-config", "mise.toml",
      "min_version = \"2026.1.0\"\n\n[tools]\nnode = \"22\"\npython = \"3\"\n\n[tasks.x]\nrun = \"y\"\n"
    ),
    FormatSample(
      "bunfig", "bunfig.toml",
      "smol = true\ntelemetry = true\npreload = [\"x\"]\n\n[install]\nregistry = \"https://registry.example\"\n\n[test]\ncoverage = true\n"
    ),
    FormatSample(
      "codex-config", ".codex/config.toml", "model = \"m\"\n\n[mcp_servers.x]\ncommand = \"y\"\n"),
    FormatSample(
      "codex-configuration", ".codex/config.toml",
      "model = \"m\"\n\n[mcp_servers.x]\ncommand = \"y\"\n"),
    FormatSample(
      "dotnet-global-json", "global.json",
      #"{"sdk": {"version": "9.0.100", "rollForward": "latestFeature"}, "msbuild-sdks": {"A": "1.0"}}"#
    ),
    FormatSample(
      "dotnet-tools", ".config/dotnet-tools.json",
      #"{"version": 1, "isRoot": true, "tools": {"a": {"version": "1.0", "commands": ["a"]}}}"#),
    FormatSample(
      "vcpkg-configuration", "vcpkg-configuration.json",
      #"{"default-registry": {"kind": "git", "repository": "https://git.example/v", "baseline": "0"}, "registries": []}"#
    ),
    FormatSample(
      "swiftpm-configuration", ".swiftpm/configuration/mirrors.json",
      #"{"object": [{"mirror": "https://a.example", "original": "https://b.example"}], "version": 1}"#
    ),
    FormatSample("renovate", "renovate.json", #"{"extends": ["config:base"], "automerge": true}"#),
    FormatSample("renovate-json5", "renovate.json5", "{\n  automerge: true,\n}\n"),
    FormatSample(
      "dependabot", ".github/dependabot.yml",
      "version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\nregistries:\n  a:\n    url: https://a.example\n"
    ),
  ]
}
