/// Every format that hookkit reads: the one registry.
package enum FormatRegistry {
  package static let all: [Format] =
    javaScript + yaml + manifests + tables + SettingsFiles.all + tools + lines + terms + xml
    + configuration + CodeFiles.formats

  // Rust, Python, and what else is TOML or JSON

  private static let tables = [
    CargoLock.format, PoetryLock.format, UvLock.format, PDMLock.format, PyLock.format,
    PipfileLock.format, GleamManifest.format, JuliaManifest.format, ComposerLock.format,
    PackageResolved.format, NuGetLock.format, ConanLock.format, FlakeLock.format,
    BazelModuleLock.format, RenvLock.format, CargoManifest.format, CargoConfig.format,
    RustToolchain.format, RustToolchain.line, PythonProject.format, Pipfile.format,
    UvConfig.format, PoetryConfig.format, PixiManifest.format, ComposerManifest.format,
    GradleVersionCatalog.format, MiseLock.format, AquaConfiguration.checksums, NimbleLock.format,
    SpackLock.format, UnityPackages.lock, UnityPackages.manifest,
  ]

  private static let javaScript = [
    NPMLock.format, YarnClassicLock.format, YarnBerryLock.format, PNPMLock.format,
    BunLock.format, BunLock.binary, DenoLock.format,
  ]

  private static let yaml = [
    AquaConfiguration.manifest, PixiLock.format, CondaLock.format, PubspecLock.format,
    PodfileLock.format, StackLock.format,
    HelmLock.format,
  ]

  private static let manifests =
    [PackageJSON.format, ChartManifest.format] + JavaScriptConfiguration.formats
    + PubspecManifest.formats

  /// What runs by itself, in CI and beside a person.
  private static let tools =
    ContinuousIntegration.formats + AgentConfiguration.formats + EditorConfiguration.formats

  // Ruby, Go, Java, Elixir, and what else is lines, terms, HCL or XML

  private static let lines = [
    GemfileLock.format, PaketLock.format, CabalFreeze.format, GoSum.format, GoVendor.format,
    GoMod.format, Requirements.format, Carthage.lock, Carthage.manifest, GradleLock.format,
    VersionsLock.format,
    SetupConfiguration.format,
  ]

  private static let terms = [
    MixLock.format, RebarLock.format, TerraformLock.format, ZigManifest.format,
    ClojureDependencies.format,
  ]

  private static let xml = [
    GradleVerification.format, MavenProject.format, MSBuildProject.format, MSBuildProject.packages,
    MSBuildProject.shared, PackagesConfig.format, XMLPrograms.format,
  ]

  /// Origins, wrappers and what decides who sees a change.
  private static let configuration = [
    Wrappers.gradle, Wrappers.maven, GitModules.format, PackageConfigurations.npm,
    PackageConfigurations.yarn, PackageConfigurations.python, PackageConfigurations.nuget,
    PackageConfigurations.maven, PackageConfigurations.mavenExtensions,
    PackageConfigurations.mavenOptions, PackageConfigurations.bazel, PackageConfigurations.gradle,
    PackageConfigurations.lfs, PackageConfigurations.terraform, PackageConfigurations.go,
    PackageConfigurations.toolVersions, PackageConfigurations.sdkman,
    PackageConfigurations.versions, VisibilityFiles.attributes, VisibilityFiles.owners,
    VisibilityFiles.ignored,
  ]

  package static func format(named name: String) -> Format? {
    all.first { $0.name == name }
  }
}
