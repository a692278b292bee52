internal import Documents
internal import Primitives

/// Projects of .NET (MSBuild reference; NuGet documentation, "PackageReference"), and what projects
/// share. A project is a program: what is not known to be harmless stays unknown.
enum MSBuildProject {
  static let format = Format(
    "msbuild-project", files: ["*.csproj", "*.fsproj", "*.vbproj", "*.vcxproj", "*.proj"],
    .manifests, .xml, keys: keys,
    read: read)

  /// Central package versions.
  static let packages = Format(
    "msbuild-packages", files: ["directory.packages.props"], .manifests, .xml, keys: keys,
    read: read)

  /// What every project of a folder takes in by itself.
  static let shared = Format(
    "msbuild-shared",
    files: ["directory.build.props", "directory.build.targets", "*.props", "*.targets"], .runsCode,
    .xml, keys: keys, read: read)

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
    KeyRule("Project/ItemGroup/*/Compile/**", .metadata),
    KeyRule("Project/ItemGroup/*/None/**", .metadata),
    KeyRule("Project/ItemGroup/*/Content/**", .metadata),
    KeyRule("Project/ItemGroup/*/Folder/**", .metadata),
    KeyRule("Project/ItemGroup/*/EmbeddedResource/**", .metadata),
    KeyRule("Project/ItemGroup/*/Page/**", .metadata),
    KeyRule("Project/ItemGroup/*/Resource/**", .metadata),
    KeyRule("Project/ItemGroup/*/ApplicationDefinition/**", .metadata),
    KeyRule("Project/ItemGroup/*/AppxManifest/**", .metadata),
    KeyRule("Project/ItemGroup/*/Using/**", .metadata),
    KeyRule("Project/ItemGroup/*/InternalsVisibleTo/**", .metadata),
    KeyRule("Project/PropertyGroup/*/RestoreSources/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestoreAdditionalProjectSources/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestoreConfigFile/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestorePackagesPath/**", .origin),
    KeyRule("Project/PropertyGroup/*/RestorePackagesWithLockFile/**", .dependency),
    KeyRule("Project/PropertyGroup/*/ManagePackageVersionsCentrally/**", .dependency),
    KeyRule("Project/PropertyGroup/*/TargetFramework/**", .dependency),
    KeyRule("Project/PropertyGroup/*/TargetFrameworks/**", .dependency),
    KeyRule("Project/PropertyGroup/*/OutputType/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Nullable/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ImplicitUsings/**", .metadata),
    KeyRule("Project/PropertyGroup/*/LangVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/RootNamespace/**", .metadata),
    KeyRule("Project/PropertyGroup/*/AssemblyName/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Version/**", .metadata),
    KeyRule("Project/PropertyGroup/*/VersionPrefix/**", .metadata),
    KeyRule("Project/PropertyGroup/*/VersionSuffix/**", .metadata),
    KeyRule("Project/PropertyGroup/*/FileVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/AssemblyVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/InformationalVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Authors/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Company/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Product/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Title/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Copyright/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Description/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PackageId/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PackageTags/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PackageReadmeFile/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PackageLicenseExpression/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PackageProjectUrl/**", .metadata),
    KeyRule("Project/PropertyGroup/*/RepositoryUrl/**", .metadata),
    KeyRule("Project/PropertyGroup/*/RepositoryType/**", .metadata),
    KeyRule("Project/PropertyGroup/*/IsPackable/**", .metadata),
    KeyRule("Project/PropertyGroup/*/GenerateDocumentationFile/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Configuration/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Platform/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Platforms/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ProjectGuid/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ProjectTypeGuids/**", .metadata),
    KeyRule("Project/PropertyGroup/*/AppDesignerFolder/**", .metadata),
    KeyRule("Project/PropertyGroup/*/FileAlignment/**", .metadata),
    KeyRule("Project/PropertyGroup/*/DebugSymbols/**", .metadata),
    KeyRule("Project/PropertyGroup/*/DebugType/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Optimize/**", .metadata),
    KeyRule("Project/PropertyGroup/*/OutputPath/**", .metadata),
    KeyRule("Project/PropertyGroup/*/DefineConstants/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ErrorReport/**", .metadata),
    KeyRule("Project/PropertyGroup/*/WarningLevel/**", .metadata),
    KeyRule("Project/PropertyGroup/*/NoWarn/**", .metadata),
    KeyRule("Project/PropertyGroup/*/TreatWarningsAsErrors/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Deterministic/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PlatformTarget/**", .metadata),
    KeyRule("Project/PropertyGroup/*/Prefer32Bit/**", .metadata),
    KeyRule("Project/PropertyGroup/*/InvariantGlobalization/**", .metadata),
    KeyRule("Project/PropertyGroup/*/NeutralLanguage/**", .metadata),
    KeyRule("Project/PropertyGroup/*/TargetFrameworkProfile/**", .metadata),
    KeyRule("Project/PropertyGroup/*/UserSecretsId/**", .metadata),
    KeyRule("Project/PropertyGroup/*/IsPublishable/**", .metadata),
    KeyRule("Project/PropertyGroup/*/AutoGenerateBindingRedirects/**", .metadata),
    KeyRule("Project/PropertyGroup/*/DocumentationFile/**", .metadata),
    KeyRule("Project/PropertyGroup/*/WarnOn/**", .metadata),
    KeyRule("Project/PropertyGroup/*/WarningsAsErrors/**", .metadata),
    KeyRule("Project/PropertyGroup/*/WarningsNotAsErrors/**", .metadata),
    KeyRule("Project/PropertyGroup/*/UseMaui/**", .metadata),
    KeyRule("Project/PropertyGroup/*/UseWPF/**", .metadata),
    KeyRule("Project/PropertyGroup/*/UseWindowsForms/**", .metadata),
    KeyRule("Project/PropertyGroup/*/TargetPlatformMinVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/SupportedOSPlatformVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/SingleProject/**", .metadata),
    KeyRule("Project/PropertyGroup/*/PublishAot/**", .metadata),
    KeyRule("Project/PropertyGroup/*/IsAotCompatible/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ApplicationVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ApplicationTitle/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ApplicationId/**", .metadata),
    KeyRule("Project/PropertyGroup/*/ApplicationDisplayVersion/**", .metadata),
    KeyRule("Project/PropertyGroup/*/IsTestProject/**", .metadata),
    KeyRule("Project/PropertyGroup/*/TargetFrameworkVersion/**", .dependency),
    KeyRule("Project/PropertyGroup/*/@Condition", .dependency),
    KeyRule("Project/ItemGroup/*/@Condition", .dependency),
    KeyRule("Project/PropertyGroup/*/PreBuildEvent/**", .runsCode),
    KeyRule("Project/PropertyGroup/*/PostBuildEvent/**", .runsCode),
    KeyRule("Project/@Sdk", .runsCode), KeyRule("Project/Sdk/**", .runsCode),
    KeyRule("Project/Import/**", .runsCode), KeyRule("Project/ImportGroup/**", .runsCode),
    KeyRule("Project/Target/**", .runsCode), KeyRule("Project/UsingTask/**", .runsCode),
    KeyRule("Project/@xmlns", .metadata),
    KeyRule("Project/@ToolsVersion", .metadata), KeyRule("Project/@DefaultTargets", .runsCode),
    KeyRule("Project/@InitialTargets", .runsCode),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let project = try reader.documentElement("Project")
    for group in reader.elements("ItemGroup", of: project) {
      let kinds: [StaticString] = [
        "PackageReference", "PackageVersion", "GlobalPackageReference", "DotNetCliToolReference",
      ]
      for kind in kinds {
        for node in reader.elements(kind, of: group) { add(node, &reader) }
      }
    }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) {
    let document = reader.document
    guard
      let name = document.text("@Include", of: node) ?? document.text("@Update", of: node)
    else { return }
    let version =
      document.text("@Version", of: node) ?? document.text("@VersionOverride", of: node)
      ?? reader.elementText("Version", of: node) ?? .empty
    reader.add(Requirement(node: node, name: name, specification: version))
  }
}

/// NuGet's `packages.config` (NuGet documentation, "packages.config reference"): one version each.
enum PackagesConfig {
  static let format = Format(
    "packages-config", files: ["packages.config"], .manifests, .xml,
    keys: [
      KeyRule("packages", .metadata), KeyRule("packages/package/**", .dependency),
    ], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let packages = try reader.documentElement("packages")
    for node in reader.elements("package", of: packages) {
      let name = try reader.text("@id", of: node)
      var locator = name
      if let framework = reader.document.text("@targetFramework", of: node) {
        locator = try reader.compose(name, " ", framework)
      }
      var entry = Entry(node: node, locator: locator, name: name, ecosystem: .nuget)
      entry.version = reader.document.text("@version", of: node) ?? .empty
      entry.sourceKind = .registry
      entry.isDirect = true
      if let development = reader.document.text("@developmentDependency", of: node),
        reader.document.equals(development, "true")
      {
        entry.scope = .development
      }
      reader.add(entry)
    }
  }
}
