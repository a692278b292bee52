import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

@Suite("Manifests and settings in TOML and JSON")
struct ManifestTests {
  /// What a file's values mean: `path: class` of each that is told apart, for a new file.
  private func classes(_ path: String, _ text: String) throws -> [String] {
    let match = try #require(Catalog.match(Array(path.utf8)), "\(path)")
    let diff = FileDiff(
      DependencyFile(
        path: Array(path.utf8), match: match, old: nil, new: .init(bytes: Array(text.utf8))))
    try #require(diff.unread == nil, "\(path): \(String(describing: diff.unread))")
    return diff.facts.map { fact in
      fact.path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") + ": "
        + fact.className
    }.sorted()
  }

  @Test("Cargo.toml's requirements, sources and build scripts are told apart")
  func cargo() throws {
    let text = """
      [package]
      name = "app"
      build = "build.rs"
      [dependencies]
      serde = { version = "1.0", features = ["derive"] }
      fork = { git = "https://git.example/fork", branch = "main" }
      renamed = { version = "2", package = "real" }
      [build-dependencies]
      cc = "1"
      [target.'cfg(unix)'.dependencies]
      libc = "0.2"
      [lib]
      proc-macro = true
      [patch.crates-io]
      serde = { path = "../serde" }
      [profile.release]
      lto = true
      [surprise]
      x = 1
      """
    #expect(
      try classes("Cargo.toml", text) == [
        "build-dependencies/cc: dependency", "dependencies/fork/branch: origin",
        "dependencies/fork/git: origin", "dependencies/renamed/package: dependency",
        "dependencies/renamed/version: dependency", "dependencies/serde/features: dependency",
        "dependencies/serde/version: dependency", "lib/proc-macro: runs-code",
        "package/build: runs-code", "package/name: dependency", "patch: origin",
        "profile/release/lto: unknown", "surprise: unknown",
        "target/cfg(unix)/dependencies/libc: dependency",
      ])
    #expect(
      lines(try read("cargo-manifest", text)) == [
        "? app/serde 1.0", "? app/fork", "? app/real 2", "? app/cc 1 build", "? app/libc 0.2",
      ])
  }

  @Test("pyproject.toml's groups, sources, builds and scripts are told apart")
  func pyproject() throws {
    let text = """
      [project]
      name = "app"
      dependencies = ["requests[socks]>=2,<3; python_version > '3'", "tool @ https://e.example/t.zip"]
      optional-dependencies.web = ["flask"]
      scripts.app = "app:main"
      [dependency-groups]
      dev = ["pytest >= 8", {include-group = "web"}]
      [build-system]
      requires = ["hatchling"]
      build-backend = "hatchling.build"
      [tool.uv.sources]
      tool = { git = "https://git.example/tool" }
      [tool.poetry.dependencies]
      python = "^3.12"
      own = [{ version = "1", source = "internal" }]
      [tool.poetry.group.dev.dependencies]
      black = "*"
      [[tool.poetry.source]]
      name = "internal"
      url = "https://index.example/simple"
      [tool.ruff]
      line-length = 100
      [tool.poe.tasks]
      clean = "rm -rf build"
      [tool.surprise]
      x = 1
      """
    let found = try classes("pyproject.toml", text)
    for expected in [
      "build-system: runs-code", "dependency-groups: dependency", "project/name: dependency",
      "project/dependencies: dependency", "project/optional-dependencies: dependency",
      "project/scripts: runs-code", "tool/poe/tasks: runs-code", "tool/poetry/source: origin",
      "tool/ruff: metadata", "tool/surprise: unknown", "tool/uv/sources: origin",
    ] {
      #expect(
        found.contains {
          $0.hasPrefix(expected.prefix { $0 != ":" }) && $0.hasSuffix(expected.drop { $0 != ":" })
        },
        "\(expected) of \(found)")
    }
    #expect(
      lines(try read("pyproject", text)) == [
        "? /requests >=2,<3", "? /tool @ https://e.example/t.zip", "? /flask optional",
        "? /pytest >= 8 development", "? /hatchling build", "? /python ^3.12", "? /own 1",
        "? /black * development",
      ])
  }

  @Test(
    "what changes origins or runs is told apart in every settings file",
    arguments: [
      (
        ".cargo/config.toml", "[source.x]\na = 1\n[build]\njobs = 2\nrustc-wrapper = \"w\"",
        ["build/jobs: metadata", "build/rustc-wrapper: runs-code", "source: origin"]
      ),
      ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.90\"", [": origin"]),
      ("rust-toolchain", "[toolchain]\nchannel = \"1.90\"", [": origin"]),
      (
        "Pipfile", "[scripts]\nx = \"y\"\n[packages]\na = {git = \"u\"}",
        ["packages/a/git: origin", "scripts: runs-code"]
      ),
      ("uv.toml", "index-url = \"https://index.example\"", ["index-url: origin"]),
      (
        "poetry.toml", "[virtualenvs]\ncreate = true\n[repositories.x]\nurl = \"u\"",
        ["repositories: origin", "virtualenvs: selects-code"]
      ),
      (
        "pixi.toml", "[tasks]\na = \"b\"\n[workspace]\nchannels = [\"c\"]\nname = \"n\"",
        ["tasks: runs-code", "workspace/channels: origin", "workspace/name: dependency"]
      ),
      (
        "composer.json",
        #"{"name": "a/b", "scripts": {"x": "y"}, "config": {"allow-plugins": {"p": true}}}"#,
        ["config/allow-plugins: runs-code", "name: dependency", "scripts: runs-code"]
      ),
      (
        "gleam.toml", "name = \"a\"\n[dependencies]\nb = {path = \"../b\"}",
        ["dependencies/b/path: origin", "name: dependency"]
      ),
      (
        "gradle/libs.versions.toml",
        "[versions]\na = \"1\"\n[plugins]\nb = {id = \"x\", version.ref = \"a\"}",
        ["plugins: runs-code", "versions: dependency"]
      ),
      (
        "mise.toml", "[tools]\nnode = \"22\"\n[tasks.x]\nrun = \"y\"",
        ["tasks: runs-code", "tools: origin"]
      ),
      (
        "bunfig.toml", "preload = [\"x\"]\n[install]\nregistry = \"u\"",
        ["install: origin", "preload: runs-code"]
      ),
      (".codex/config.toml", "[mcp_servers.x]\ncommand = \"y\"", [": agent-config"]),
      (
        "global.json", #"{"sdk": {"version": "9"}, "msbuild-sdks": {"a": "1"}}"#,
        ["msbuild-sdks: runs-code", "sdk: origin"]
      ),
      (
        ".config/dotnet-tools.json",
        #"{"version": 1, "tools": {"a": {"version": "1", "commands": ["b"]}}}"#,
        ["tools/a/commands: runs-code", "tools/a/version: dependency", "version: dependency"]
      ),
      (
        "vcpkg.json", #"{"name": "a", "dependencies": ["b"], "builtin-baseline": "c"}"#,
        ["builtin-baseline: origin", "dependencies: dependency", "name: dependency"]
      ),
      (
        ".swiftpm/configuration/mirrors.json",
        #"{"object": [{"mirror": "u", "original": "v"}], "version": 1}"#,
        ["object: origin", "version: origin"]
      ),
      (
        "renovate.json", #"{"$schema": "s", "automerge": true}"#,
        ["$schema: visibility", "automerge: visibility"]
      ),
      (
        ".github/dependabot.yml", "version: 2\nupdates:\n  - package-ecosystem: npm\n",
        ["updates: visibility", "version: visibility"]
      ),
    ])
  func settings(path: String, text: String, expected: [String]) throws {
    #expect(try classes(path, text) == expected)
  }

  @Test("a version catalog's libraries have the versions that they refer to")
  func versionCatalog() throws {
    let inventory = try read(
      "gradle-version-catalog",
      """
      [versions]
      json = "2.0"
      [libraries]
      a = "org.example:a:1.0"
      b = { module = "org.example:b", version.ref = "json" }
      c = { group = "org.example", name = "c", version = { strictly = "[1,2)" } }
      [plugins]
      d = { id = "org.example.d", version = "3.0" }
      """)
    #expect(
      lines(inventory) == [
        "? /org.example:a 1.0", "? /org.example:b 2.0", "? /org.example:c",
        "? /org.example.d 3.0",
      ])
  }

  @Test("Bazel's and renv's locks are read")
  func otherLocks() throws {
    #expect(
      lines(
        try read(
          "bazel-module-lock",
          """
          {"lockFileVersion": 13, "registryFileHashes": {
            "https://registry.example/modules/rules_cc/0.1.0/source.json": "aa",
            "https://registry.example/modules/rules_cc/0.2.0/MODULE.bazel": null},
           "selectedYankedVersions": {}, "moduleExtensions": {}}
          """)) == [
          "https://registry.example/modules/rules_cc/0.1.0/source.json: rules_cc 0.1.0 registry "
            + "https://registry.example/modules/rules_cc/0.1.0/source.json [sha256:aa]",
          "https://registry.example/modules/rules_cc/0.2.0/MODULE.bazel: rules_cc 0.2.0 registry "
            + "https://registry.example/modules/rules_cc/0.2.0/MODULE.bazel",
        ])
    #expect(
      lines(
        try read(
          "renv-lock",
          """
          {"R": {"Version": "4.4", "Repositories": [{"Name": "CRAN", "URL": "https://cran.example"}]},
           "Packages": {
            "cli": {"Package": "cli", "Version": "3.6", "Source": "Repository",
              "Repository": "CRAN", "Hash": "aa"},
            "own": {"Package": "own", "Version": "0.1", "Source": "GitHub",
              "RemoteHost": "api.git.example", "RemoteUsername": "acme", "RemoteRepo": "own",
              "RemoteSha": "0123"}}}
          """)) == [
          "cli: cli 3.6 registry https://cran.example [md5:aa]",
          "own: own 0.1 git api.git.example/acme/own #0123",
        ])
  }
}
