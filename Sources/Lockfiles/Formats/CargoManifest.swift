internal import Documents
internal import Primitives

/// `Cargo.toml` (The Cargo Book, "The Manifest Format").
enum CargoManifest {
  static let format = Format(
    "cargo-manifest", files: ["cargo.toml"], .manifests, .toml, asksFor: .cargo,
    keys: [
      KeyRule("patch/**", .origin), KeyRule("replace/**", .origin),
      KeyRule("package/build", .runsCode), KeyRule("package/links", .runsCode),
      KeyRule("package/workspace", .origin), KeyRule("project/build", .runsCode),
      KeyRule("project/links", .runsCode), KeyRule("project/workspace", .origin),
      // `[patch]` and path dependencies count for versions that fit; the edition and the oldest Rust
      // choose the resolver and what it may take.,
      KeyRule(
        ["name", "version", "edition", "rust-version", "resolver", "autolib"], in: "package",
        is: .dependency),
      KeyRule(
        ["version", "edition", "rust-version"], in: "workspace/package", is: .dependency),
      KeyRule(
        [
          "default-run", "autobins", "autoexamples", "autotests", "autobenches", "include/**",
          "exclude/**",
        ], in: "package", is: .selectsCode),
      KeyRule("package/publish/**", .origin), KeyRule("workspace/package/publish/**", .origin),
      KeyRule("lib/proc-macro", .runsCode), KeyRule("lib/proc_macro", .runsCode),
      KeyRule("lib/plugin", .runsCode), KeyRule("lib/path", .runsCode),
      KeyRule("lib/**", .selectsCode), KeyRule("bin/**", .selectsCode),
      KeyRule("test/**", .selectsCode), KeyRule("bench/**", .selectsCode),
      KeyRule("example/**", .selectsCode), KeyRule("workspace/members/**", .dependency),
      KeyRule("workspace/exclude/**", .dependency),
      KeyRule("workspace/default-members/**", .dependency),
      KeyRule("workspace/resolver", .dependency), KeyRule("features/**", .dependency),
      // Flags of the compiler name linkers, runners and plug-ins.
      KeyRule("profile/*/rustflags/**", .runsCode),
      KeyRule("profile/*/build-override/**", .runsCode),
      KeyRule("profile/*/package/**", .runsCode),
    ] + places + dependencies,
    neutral: [
      NeutralKey(
        [
          // Not the repository: cargo-binstall and cargo-dist fetch from it.
          "description", "license", "documentation", "authors/[]", "keywords/[]", "categories/[]",
        ], in: "package", "project", "workspace/package",
        because: "published for people; cargo hands it to builds as text and fetches nothing by it")
    ],
    freeOrder: [.toml],
    mentions: [
      Mention(["package/build", "package/build/*", "project/build"], is: .runsCode)
    ], wishes: wishes, allowsByteOrderMark: true, read: read)

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
    let root = reader.root
    let member = root["package", "name"]?.text ?? .empty
    addTables(of: root, member, &reader)
    for target in try root.values("target") { addTables(of: target, member, &reader) }
    reader.addRequirements(in: root["workspace", "dependencies"], realName: "package")
  }

  private static func addTables(
    of table: Cursor, _ member: Excerpt, _ reader: inout EntryReader
  ) {
    let tables: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("dev-dependencies", .development),
      ("dev_dependencies", .development), ("build-dependencies", .build),
      ("build_dependencies", .build),
    ]
    for (key, scope) in tables {
      reader.addRequirements(in: table[key], scope, realName: "package", member: member)
    }
  }
}

extension CargoManifest {
  private static let wishes = Format.Wishes(
    mayBeMember: true,
    // `[workspace.dependencies]` has no member, and is not locked while no member uses it.
    isCertain: { $0.member.count > 0 && $1.child("workspace", of: $0.node) == nil },
    exactVersion: {
      $0.first == UInt8(ascii: "=") ? Format.Wishes.plainVersion($0.dropFirst()) : nil
    },
    // A crate outside of the workspace has another lock.
    isOwnLock: { manifest, lock in
      guard let member = manifest.requirements.first(where: { !$0.member.isEmpty })?.member else {
        return false
      }
      let name = manifest.document.bytes(member)
      return lock.entries.contains {
        $0.sourceKind == .workspace && lock.document.bytes($0.name) == name
      }
    })
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
      KeyRule("build/**", .runsCode), KeyRule("target/**", .runsCode),
      KeyRule("host/**", .runsCode), KeyRule("alias/**", .runsCode), KeyRule("env/**", .runsCode),
      KeyRule("doc/**", .runsCode), KeyRule("credential-alias/**", .runsCode),
      KeyRule("profile/**", .runsCode),
    ],
    neutral: [
      NeutralKey("build/jobs", .number(4), because: "how many compilers run at once"),
      NeutralKey(
        "build/incremental", .flag, because: "whether intermediate results of the own code are kept"
      ),
      NeutralKey(
        "cargo-new/vcs", .word(["git", "hg", "pijul", "fossil", "none"]),
        because: "what `cargo new` makes for another project"),
      NeutralKey(
        ["quiet", "verbose", "hyperlinks", "unicode", "progress/term-integration"], in: "term",
        form: .flag, because: "how cargo's messages look"),
      NeutralKey(
        ["color", "progress/when"], in: "term", form: .word(["auto", "always", "never"]),
        because: "how cargo's messages look"),
      NeutralKey("term/progress/width", .number(4), because: "how cargo's messages look"),
    ],
    freeOrder: [.toml],
    mentions: [
      Mention(
        [
          "build/rustc", "build/rustc-wrapper", "build/rustc-workspace-wrapper", "target/*/linker",
          "target/*/runner/*",
        ], is: .runsCode, from: .parent),
      Mention(["target/*/runner"], is: .runsCode, from: .parent, .command),
      Mention(["include", "include/*", "include/*/path"], is: .origins, readAs: "cargo-config"),
      Mention(
        ["paths/*", "source/*/directory", "source/*/local-registry"], is: .vendored, from: .parent,
        .folder),
    ])
}

/// `rust-toolchain.toml`, and the file without an ending, which may also be one line (The rustup book,
/// "Overrides").
enum RustToolchain {
  static let format = Format(
    "rust-toolchain", files: ["rust-toolchain.toml", "rust-toolchain"], .origins, .toml,
    otherKeys: .origin, toolVersions: ["toolchain/channel"], recognises: { $0.contains(0x5b) })
  static let line = Format(
    "rust-toolchain-line", files: ["rust-toolchain"], .origins, .plainLines, otherKeys: .origin,
    toolVersions: ["*"])
}
