internal import Documents
internal import Primitives

/// Projects of .NET (MSBuild reference; NuGet documentation, "PackageReference"), and what projects
/// share. A project is a program: what is not known to be harmless stays unknown.
enum MSBuildProject {
  static let format = Format(
    "msbuild-project", files: ["*.csproj", "*.fsproj", "*.vbproj", "*.vcxproj", "*.proj"],
    .manifests, .xml, asksFor: .nuget, keys: keys,
    mentions: [
      imports
    ], read: read)

  /// Central package versions.
  static let packages = Format(
    "msbuild-packages", files: ["directory.packages.props"], .manifests, .xml, asksFor: .nuget,
    keys: keys,
    mentions: [
      imports
    ], read: read)

  /// What every project of a folder takes in by itself.
  static let shared = Format(
    "msbuild-shared",
    files: ["directory.build.props", "directory.build.targets", "*.props", "*.targets"], .runsCode,
    .xml, keys: keys,
    mentions: [
      imports
    ], read: read)

  /// Nothing is neutral: any property may be taken into a command, as in `$(Description)`, and any
  /// value may call functions. Properties and imports are read in order.
  private static let imports = Mention(
    [
      "Import/*/@Project", "ImportGroup/*/Import/*/@Project", "UsingTask/*/@AssemblyFile",
      "ItemGroup/*/Analyzer/*/@Include", "PropertyGroup/*/RestoreConfigFile/*",
    ], in: "Project", is: .runsCode, readAs: "msbuild-shared")

  private static let keys: [KeyRule] = [
    KeyRule("Project/ItemGroup/*/PackageReference/**", .dependency),
    KeyRule("Project/ItemGroup/*/PackageVersion/**", .dependency),
    KeyRule("Project/ItemGroup/*/GlobalPackageReference/**", .dependency),
    KeyRule("Project/ItemGroup/*/PackageDownload/**", .dependency),
    KeyRule("Project/ItemGroup/*/ProjectReference/**", .dependency),
    KeyRule("Project/ItemGroup/*/Reference/**", .dependency),
    KeyRule("Project/ItemGroup/*/FrameworkReference/**", .dependency),
    KeyRule("Project/ItemGroup/*/DotNetCliToolReference/**", .runsCode),
    KeyRule("Project/ItemGroup/*/Analyzer/**", .runsCode),
    KeyRule("Project/PropertyGroup/*/RestoreSources/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestoreAdditionalProjectSources/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestoreConfigFile/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestorePackagesPath/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestorePackagesWithLockFile/**", .dependency),
    KeyRule("Project/PropertyGroup/*/ManagePackageVersionsCentrally/**", .dependency),
    KeyRule("Project/PropertyGroup/*/TargetFramework/**", .dependency),
    KeyRule("Project/PropertyGroup/*/TargetFrameworks/**", .dependency),
    KeyRule("Project/PropertyGroup/*/TargetFrameworkVersion/**", .dependency),
    KeyRule("Project/PropertyGroup/*/@Condition", .dependency),
    KeyRule("Project/ItemGroup/*/@Condition", .dependency),
    KeyRule("Project/PropertyGroup/*/PreBuildEvent/**", .runsCode),
    KeyRule("Project/PropertyGroup/*/PostBuildEvent/**", .runsCode),
    KeyRule("Project/@Sdk", .runsCode), KeyRule("Project/Sdk/**", .runsCode),
    KeyRule("Project/Import/**", .runsCode), KeyRule("Project/ImportGroup/**", .runsCode),
    KeyRule("Project/Target/**", .runsCode), KeyRule("Project/UsingTask/**", .runsCode),
    KeyRule("Project/@DefaultTargets", .runsCode),
    KeyRule("Project/@InitialTargets", .runsCode),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for group in try reader.root.element("Project").elements("ItemGroup") {
      let kinds: [StaticString] = [
        "PackageReference", "PackageVersion", "GlobalPackageReference", "DotNetCliToolReference",
      ]
      for package in kinds.flatMap({ group.elements($0) }) {
        guard let name = package[text: "@Include"] ?? package[text: "@Update"] else { continue }
        reader.addRequirement(
          package, name,
          package[text: "@Version"] ?? package[text: "@VersionOverride"]
            ?? package.elementText("Version"))
      }
    }
  }
}

/// NuGet's `packages.config` (NuGet documentation, "packages.config reference"): one version each.
enum PackagesConfig {
  static let format = Format(
    "packages-config", files: ["packages.config"], .manifests, .xml, asksFor: .nuget,
    keys: [
      KeyRule("packages", .dependency), KeyRule("packages/package", .dependency),
      KeyRule(
        [
          "@id", "@version", "@targetFramework", "@allowedVersions", "@developmentDependency",
          "@requireReinstallation",
        ], in: "packages/package/*", is: .dependency),
    ],
    freeOrder: [
      FreeOrder("packages/package/*", because: "attributes of XML have no order (XML 1.0, 3.1)")
    ], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for package in try reader.root.element("packages").elements("package") {
      var entry = Draft(package, .nuget, try package.text("@id"))
      if let framework = package[text: "@targetFramework"] {
        entry.locator = try entry.name + " " + framework
      }
      entry.version = package[text: "@version"] ?? .empty
      entry.sourceKind = .registry
      entry.isDirect = true
      if package["@developmentDependency"] == "true" { entry.scope = .development }
      reader.add(entry)
    }
  }
}
