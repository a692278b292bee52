internal import Documents
internal import Primitives

/// `Cargo.toml` (The Cargo Book, "The Manifest Format").
enum CargoManifest {
  static let format = Format(
    "cargo-manifest", files: ["cargo.toml"], .manifests, .toml,
    keys: [
      KeyRule("patch/**", .origin), KeyRule("replace/**", .origin),
      KeyRule("package/build", .runsCode), KeyRule("package/links", .runsCode),
      KeyRule("package/workspace", .origin), KeyRule("package/**", .metadata),
      KeyRule("project/build", .runsCode), KeyRule("project/**", .metadata),
      KeyRule("lib/proc-macro", .runsCode), KeyRule("lib/proc_macro", .runsCode),
      KeyRule("lib/plugin", .runsCode), KeyRule("lib/path", .runsCode),
      KeyRule("lib/**", .metadata), KeyRule("bin/**", .metadata), KeyRule("test/**", .metadata),
      KeyRule("bench/**", .metadata), KeyRule("example/**", .metadata),
      KeyRule("workspace/members/**", .dependency), KeyRule("workspace/exclude/**", .dependency),
      KeyRule("workspace/default-members/**", .dependency),
      KeyRule("workspace/package/**", .metadata), KeyRule("workspace/lints/**", .metadata),
      KeyRule("workspace/metadata/**", .metadata), KeyRule("workspace/resolver", .dependency),
      KeyRule("features/**", .dependency), KeyRule("profile/**", .metadata),
      KeyRule("lints/**", .metadata), KeyRule("badges/**", .metadata),
      KeyRule("cargo-features/**", .metadata), KeyRule("hints/**", .metadata),
    ] + places + dependencies, otherKeys: .unknown, read: read)

  /// Where a dependency comes from, when that is not the registry, in every table of dependencies.
  private static let places = [
    KeyRule("dependencies/*/git", .origin), KeyRule("dependencies/*/path", .origin),
    KeyRule("dependencies/*/registry", .origin), KeyRule("dependencies/*/branch", .origin),
    KeyRule("dependencies/*/tag", .origin), KeyRule("dependencies/*/rev", .origin),
    KeyRule("dependencies/*/registry-index", .origin),
    KeyRule("dev-dependencies/*/git", .origin), KeyRule("dev-dependencies/*/path", .origin),
    KeyRule("dev-dependencies/*/registry", .origin),
    KeyRule("dev-dependencies/*/branch", .origin), KeyRule("dev-dependencies/*/tag", .origin),
    KeyRule("dev-dependencies/*/rev", .origin), KeyRule("build-dependencies/*/git", .origin),
    KeyRule("build-dependencies/*/path", .origin),
    KeyRule("build-dependencies/*/registry", .origin),
    KeyRule("build-dependencies/*/branch", .origin),
    KeyRule("build-dependencies/*/tag", .origin), KeyRule("build-dependencies/*/rev", .origin),
    KeyRule("workspace/dependencies/*/git", .origin),
    KeyRule("workspace/dependencies/*/path", .origin),
    KeyRule("workspace/dependencies/*/registry", .origin),
    KeyRule("workspace/dependencies/*/branch", .origin),
    KeyRule("workspace/dependencies/*/tag", .origin),
    KeyRule("workspace/dependencies/*/rev", .origin),
    KeyRule("target/*/*/*/git", .origin), KeyRule("target/*/*/*/path", .origin),
    KeyRule("target/*/*/*/registry", .origin), KeyRule("target/*/*/*/branch", .origin),
    KeyRule("target/*/*/*/tag", .origin), KeyRule("target/*/*/*/rev", .origin),
  ]

  private static let dependencies = [
    KeyRule("dependencies/**", .dependency), KeyRule("dev-dependencies/**", .dependency),
    KeyRule("dev_dependencies/**", .dependency), KeyRule("build-dependencies/**", .dependency),
    KeyRule("build_dependencies/**", .dependency),
    KeyRule("workspace/dependencies/**", .dependency), KeyRule("target/**", .dependency),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let member = reader.value("package", "name").map { reader.document.text($0) } ?? .empty
    addTables(of: reader.root, member, &reader)
    for target in try reader.values("target", of: reader.root) {
      addTables(of: target, member, &reader)
    }
    reader.addRequirements(in: reader.value("workspace", "dependencies"), realName: "package")
  }

  private static func addTables(of node: NodeID, _ member: Text, _ reader: inout EntryReader) {
    let tables: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("dev-dependencies", .development),
      ("dev_dependencies", .development), ("build-dependencies", .build),
      ("build_dependencies", .build),
    ]
    for (key, scope) in tables {
      reader.addRequirements(
        in: reader.document.child(key, of: node), scope, realName: "package", member: member)
    }
  }
}

/// `.cargo/config.toml` (The Cargo Book, "Configuration").
enum CargoConfig {
  static let format = Format(
    "cargo-config", files: [".cargo/config.toml", ".cargo/config"], .origins, .toml,
    keys: [
      KeyRule("source/**", .origin), KeyRule("registries/**", .origin),
      KeyRule("registry/**", .origin), KeyRule("patch/**", .origin), KeyRule("paths/**", .origin),
      KeyRule("net/**", .origin), KeyRule("http/**", .origin), KeyRule("include/**", .origin),
      KeyRule("resolver/**", .origin), KeyRule("install/**", .origin),
      KeyRule("build/jobs", .metadata), KeyRule("build/target", .metadata),
      KeyRule("build/target-dir", .metadata), KeyRule("build/build-dir", .metadata),
      KeyRule("build/incremental", .metadata), KeyRule("build/**", .runsCode),
      KeyRule("target/**", .runsCode), KeyRule("host/**", .runsCode),
      KeyRule("alias/**", .runsCode), KeyRule("env/**", .runsCode), KeyRule("doc/**", .runsCode),
      KeyRule("credential-alias/**", .runsCode), KeyRule("profile/**", .metadata),
      KeyRule("term/**", .metadata), KeyRule("cargo-new/**", .metadata),
      KeyRule("future-incompat-report/**", .metadata), KeyRule("cache/**", .metadata),
    ])
}

/// `rust-toolchain.toml`, and the file without an ending, which may also be one line (The rustup book,
/// "Overrides").
enum RustToolchain {
  static let format = Format(
    "rust-toolchain", files: ["rust-toolchain.toml", "rust-toolchain"], .origins, .toml,
    otherKeys: .origin, recognises: { $0.contains(0x5b) })
  static let line = Format(
    "rust-toolchain-line", files: ["rust-toolchain"], .origins, .plainLines, otherKeys: .origin)
}
