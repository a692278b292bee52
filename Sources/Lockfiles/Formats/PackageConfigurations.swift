internal import Documents
internal import Primitives

/// Configuration that says where packages come from, of which every value counts.
enum PackageConfigurations {
  /// npm's configuration (npm documentation, "npmrc").
  static let npm = Format(
    "npmrc", files: [".npmrc"], .origins, .npmrc,
    keys: [
      KeyRule("ignore-scripts", .runsCode), KeyRule("script-shell", .runsCode),
      KeyRule("node-options", .runsCode), KeyRule("shell", .runsCode), KeyRule("git", .runsCode),
      KeyRule("editor", .runsCode), KeyRule("viewer", .runsCode), KeyRule("browser", .runsCode),
      KeyRule("init-module", .runsCode), KeyRule("onload-script", .runsCode),
      KeyRule("unsafe-perm", .runsCode), KeyRule("enable-pre-post-scripts", .runsCode),
      KeyRule("side-effects-cache", .runsCode), KeyRule("global-pnpmfile", .runsCode),
      KeyRule("pnpmfile", .runsCode), KeyRule("ignore-pnpmfile", .runsCode),
      KeyRule("loglevel", .visibility),
      KeyRule("audit", .visibility), KeyRule("audit-level", .visibility),
      KeyRule("save-exact", .dependency), KeyRule("save-prefix", .dependency),
      KeyRule("legacy-peer-deps", .dependency), KeyRule("before", .dependency),
      KeyRule("node-linker", .selectsCode),
    ], otherKeys: .origin,
    neutral: [
      NeutralKey(
        ["progress", "fund", "update-notifier", "unicode"], in: "", form: .flag,
        because: "how npm's messages look"),
      NeutralKey("color", .word(["true", "false", "always"]), because: "how npm's messages look"),
    ],
    freeOrder: [FreeOrder("**", because: "npm reads its settings into a map; none stands twice")],
    mentions: [
      Mention(
        ["pnpmfile", "global-pnpmfile", "script-shell", "init-module", "onload-script", "git"],
        is: .runsCode),
      Mention(["node-options"], is: .runsCode, .command),
      Mention(["cafile", "globalconfig", "userconfig"], is: .origins),
    ])

  /// yarn 1's configuration (yarn documentation, ".yarnrc").
  static let yarn = Format(
    "yarnrc", files: [".yarnrc"], .origins, .wordLines,
    keys: [
      KeyRule("yarn-path", .runsCode), KeyRule("ignore-scripts", .runsCode),
      KeyRule("script-shell", .runsCode), KeyRule("--ignore-scripts", .runsCode),
      KeyRule("--install.ignore-scripts", .runsCode),
    ], otherKeys: .origin,
    neutral: [
      NeutralKey(
        "lastUpdateCheck", .number(15),
        because: "when yarn last asked for a newer version of itself")
    ],
    mentions: [
      Mention(["yarn-path"], is: .runsCode)
    ])

  /// pip's and twine's configuration (pip documentation, "Configuration").
  static let python = Format(
    "pip-configuration", files: ["pip.conf", "pip.ini", ".pypirc"], .origins, .ini,
    otherKeys: .origin,
    mentions: [
      Mention(
        ["*/requirement", "*/constraint", "*/requirement/*", "*/constraint/*"], is: .manifests,
        readAs: "requirements-txt"),
      Mention(["*/find-links", "*/find-links/*"], is: .origins, .folder),
    ])

  /// NuGet's sources and their mapping (NuGet documentation, "nuget.config reference").
  static let nuget = Format(
    "nuget-config", files: ["nuget.config"], .origins, .xml, otherKeys: .origin,
    mentions: [
      Mention(["configuration/packageSources/*/add/*/@value"], is: .origins, .folder)
    ])

  /// Maven's servers, mirrors and profiles (Maven documentation, "Settings Reference").
  static let maven = Format(
    "maven-settings", files: [".mvn/settings.xml", ".m2/settings.xml"], .origins, .xml,
    otherKeys: .origin)

  /// Maven's core extensions, which take part in every build.
  static let mavenExtensions = Format(
    "maven-extensions", files: [".mvn/extensions.xml"], .origins, .xml, otherKeys: .runsCode)

  /// Options that every call of Maven has.
  static let mavenOptions = Format(
    "maven-options", files: [".mvn/maven.config", ".mvn/jvm.config"], .origins, .plainLines,
    otherKeys: .runsCode)

  /// Bazel's options: registries and overrides, and what runs beside a build.
  static let bazel = Format(
    "bazelrc", files: [".bazelrc", "*.bazelrc", ".bazeliskrc"], .origins, .lines,
    otherKeys: .runsCode)

  static let gradle = Format(
    "gradle-properties", files: ["gradle.properties"], .origins, .properties,
    keys: [
      KeyRule("org.gradle.jvmargs", .runsCode), KeyRule("kotlin.daemon.jvmargs", .runsCode),
      KeyRule("org.gradle.java.home", .runsCode),
      // Folders of Java installations, which Gradle starts to see what they are.
      KeyRule("org.gradle.java.installations.paths", .runsCode),
      KeyRule("org.gradle.java.installations.fromEnv", .runsCode),
      KeyRule("systemProp.org.gradle.internal.plugins.portal.url.override", .origin),
      KeyRule("systemProp.gradle.wrapperUser", .origin),
      KeyRule("systemProp.gradle.wrapperPassword", .origin),
      KeyRule("org.gradle.dependency.verification", .origin),
      KeyRule("systemProp.http.proxyHost", .origin), KeyRule("systemProp.https.proxyHost", .origin),
      KeyRule("systemProp.http.proxyPort", .origin), KeyRule("systemProp.https.proxyPort", .origin),
      KeyRule("systemProp.javax.net.ssl.trustStore", .origin),
    ], otherKeys: .dependency,
    neutral: [
      NeutralKey(
        ["org.gradle.parallel", "org.gradle.daemon", "org.gradle.configureondemand"], in: "",
        form: .flag, because: "how Gradle schedules its work (Build Environment)"),
      NeutralKey(
        "org.gradle.workers.max", .number(4),
        because: "how Gradle schedules its work (Build Environment)"),
      NeutralKey(
        "org.gradle.console", .word(["auto", "plain", "colored", "rich", "verbose"]),
        because: "how Gradle shows its work (Build Environment)"),
      NeutralKey(
        "kotlin.code.style", .word(["official", "obsolete"]),
        because: "how editors lay out the project's own code"),
    ],
    freeOrder: [.lines])

  /// Terraform's and OpenTofu's command (Terraform documentation, "CLI Configuration File").
  static let terraform = Format(
    "terraform-configuration", files: [".terraformrc", "terraform.rc", ".tofurc", "tofu.rc"],
    .origins, .hcl, otherKeys: .origin)

  /// Go's own settings: `GOPROXY`, `GONOSUMDB`, `GOFLAGS` (go help environment).
  static let go = Format(
    "go-environment", files: ["go.env"], .origins, .properties,
    keys: [KeyRule("GOFLAGS", .runsCode), KeyRule("GOTOOLCHAIN", .runsCode)], otherKeys: .origin)

  /// git's large files, whose server may be another one.
  static let lfs = Format(
    "lfsconfig", files: [".lfsconfig"], .origins, .gitConfig, otherKeys: .origin)

  /// Versions of tools, which a version manager fetches and runs.
  static let toolVersions = Format(
    "tool-versions", files: [".tool-versions"], .origins, .wordLines, otherKeys: .dependency,
    toolVersions: ["*"],
    read: { reader throws(Unread) in
      for tool in reader.root { reader.addRequirement(tool, tool.key, tool.text) }
    })

  static let sdkman = Format(
    "sdkmanrc", files: [".sdkmanrc"], .origins, .properties, otherKeys: .dependency)

  /// Files that are nothing but a version.
  static let versions = Format(
    "version-file",
    files: [
      ".nvmrc", ".node-version", ".python-version", ".python-versions", ".ruby-version",
      ".ruby-gemset", ".go-version", ".java-version", ".terraform-version", ".opentofu-version",
      ".swift-version", ".bazelversion", ".flutter-version", ".yvmrc",
      ".mill-version", "runtime.txt",
    ], .origins, .lines, otherKeys: .dependency, toolVersions: ["*"])
}

/// Files that decide what people and tools look at.
enum VisibilityFiles {
  static let attributes = Format(
    "gitattributes", files: [".gitattributes"], .visibility, .lines, otherKeys: .visibility)

  static let owners = Format(
    "codeowners", files: ["codeowners"], .visibility, .lines, otherKeys: .visibility)

  static let ignored = Format(
    "ignored-findings", files: [".gitleaksignore", ".trivyignore", ".nsprc"], .visibility, .text,
    otherKeys: .visibility)
}

/// XML that an editor or a build runs as it stands.
enum XMLPrograms {
  static let format = Format(
    "xml-program",
    files: [
      "build.xml", ".idea/runconfigurations/**", ".idea/externaldependencies.xml",
      ".idea/watchertasks.xml", ".run/*.run.xml",
    ],
    .runsCode, .xml, otherKeys: .runsCode)
}
