import Foundation
import Lockfiles
import Primitives
import Testing

@Suite("Catalog")
struct CatalogTests {
  private func classes(_ path: String, isLink: Bool = false) -> FileClasses {
    Catalog.match(Array(path.utf8), isLink: isLink)?.classes ?? []
  }

  /// Names of each kind, with the least that it must be.
  private static let listed: [(FileClasses, String)] = [
    (
      .locks,
      """
      package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-lock.feature-x.yaml bun.lock
      bun.lockb deno.lock Cargo.lock poetry.lock uv.lock tool.py.lock pdm.lock pylock.toml
      pylock.dev.toml Pipfile.lock pixi.lock conda-lock.yml Gemfile.lock gems.locked Gemfile.next.lock
      composer.lock go.sum go.work.sum vendor/modules.txt mix.lock rebar.lock manifest.toml pubspec.lock
      Package.resolved App.xcodeproj/project.xcworkspace/xcshareddata/swiftpm/Package.resolved
      Podfile.lock Cartfile.resolved gradle.lockfile buildscript-gradle.lockfile
      gradle/dependency-locks/compile.lockfile gradle/verification-metadata.xml versions.lock
      dependencies.lock packages.lock.json paket.lock conan.lock stack.yaml.lock cabal.project.freeze
      renv.lock Manifest.toml Manifest-v1.11.toml flake.lock .terraform.lock.hcl Chart.lock
      requirements.lock helmfile.lock MODULE.bazel.lock maven_install.json jsonnetfile.lock.json
      vendir.lock.yml devbox.lock mise.lock build.sbt.lock Gopkg.lock glide.lock devcontainer-lock.json
      .github/workflows/actions.lock apm.lock.yaml cpanfile.snapshot opam.locked shard.lock
      dub.selections.json luarocks.lock lazy-lock.json spago.lock Scarb.lock foundry.lock Berksfile.lock
      Policyfile.lock.json Brewfile.lock.json buf.lock aqua-checksums.json npins/sources.json
      nix/sources.json
      """
    ),
    (
      .manifests,
      """
      package.json pnpm-workspace.yaml deno.json deno.jsonc jsr.json Cargo.toml pyproject.toml setup.cfg
      requirements.txt requirements-dev.txt requirements.in constraints.txt constraints-ci.txt Pipfile
      environment.yml pixi.toml Gemfile gems.rb x.gemspec composer.json go.mod go.work pom.xml
      build.gradle build.gradle.kts gradle/libs.versions.toml build.sbt x.csproj x.fsproj x.vbproj
      packages.config Directory.Packages.props paket.dependencies mix.exs rebar.config gleam.toml
      pubspec.yaml pubspec_overrides.yaml Package.swift Package@swift-6.1.swift Podfile Cartfile
      conanfile.txt conanfile.py vcpkg.json CMakeLists.txt x.cabal stack.yaml DESCRIPTION Project.toml
      flake.nix main.tf main.tofu Chart.yaml helmfile.yaml MODULE.bazel WORKSPACE Dockerfile
      Dockerfile.dev Containerfile compose.yaml compose.yml docker-compose.yml compose.prod.yml
      .devcontainer/devcontainer.json .pre-commit-config.yaml galaxy.yml requirements.yml apm.yml
      """
    ),
    (
      .origins,
      """
      .npmrc .yarnrc .yarnrc.yml bunfig.toml pip.conf pip.ini uv.toml poetry.toml .pypirc .cargo/config
      .cargo/config.toml rust-toolchain rust-toolchain.toml .bundle/config auth.json settings.gradle
      settings.gradle.kts init.gradle gradle.properties .mvn/settings.xml .mvn/extensions.xml
      .mvn/maven.config .mvn/jvm.config NuGet.config global.json .config/dotnet-tools.json
      .swiftpm/configuration/mirrors.json .swiftpm/configuration/registries.json .condarc remotes.json
      .terraformrc terraform.rc .gitmodules .lfsconfig go.env .tool-versions mise.toml .prototools .nvmrc
      .python-version .bazelrc .bazelversion go.mod composer.json Cargo.toml
      gradle/wrapper/gradle-wrapper.properties
      """
    ),
    (
      .runsCode,
      """
      package.json .pnpmfile.cjs .pnpmfile.js .yarn/releases/yarn-4.cjs .yarn/plugins/x/y.cjs .pnp.cjs
      binding.gyp setup.py conftest.py a.pth build.rs gradlew gradlew.bat
      gradle/wrapper/gradle-wrapper.jar gradle/wrapper/gradle-wrapper.properties mvnw
      .mvn/wrapper/maven-wrapper.properties buildSrc/src/main/X.kt Directory.Build.props
      Directory.Build.targets Rakefile ext/x/extconf.rb Makefile justfile Taskfile.yml CMakeLists.txt
      .envrc .husky/pre-commit .husky/_/husky.sh lefthook.yml .pre-commit-hooks.yaml
      .github/workflows/ci.yml .github/workflows/deep/x.sh .github/actions/a/b/action.yml action.yaml
      .gitlab-ci.yml .circleci/config.yml Jenkinsfile azure-pipelines.yml .buildkite/pipeline.yml
      bitbucket-pipelines.yml .drone.yml .woodpecker/a.yml .woodpecker.yml .gitea/workflows/a.yml
      .forgejo/workflows/a.yml Dockerfile .devcontainer/x/y.sh .vscode/tasks.json .vscode/launch.json
      .vscode/settings.json .vscode/extensions.json .zed/tasks.json .idea/runConfigurations/x.xml
      .claude/settings.json .mcp.json
      """
    ),
    (
      .agentConfig,
      """
      .mcp.json .cursor/mcp.json .vscode/mcp.json .claude/settings.json .claude/settings.local.json
      .claude/commands/x.md .claude/skills/a/SKILL.md .claude/agents/a.md .claude/hooks/a.sh CLAUDE.md
      AGENTS.md GEMINI.md .gemini/settings.json .codex/config.toml .cursor/rules/a.mdc .cursor/hooks.json
      .windsurf/rules/a.md .kiro/hooks/a.json opencode.json .github/copilot-instructions.md
      """
    ),
    (
      .vendored,
      """
      node_modules/a/index.js .yarn/cache/a-npm-1.0.0.zip vendor/github.example/a/b.go
      vendor/bundle/ruby/x.rb third_party/x/y.c Pods/A/a.m Carthage/Build/x wheels/a.bin a.jar
      a-1.0-py3-none-any.whl a-1.0.tgz a-1.0.gem A.1.0.nupkg dist/index.js vendor/a/.cargo-checksum.json
      """
    ),
    (
      .visibility,
      """
      .gitattributes CODEOWNERS docs/CODEOWNERS .github/dependabot.yml renovate.json
      .github/renovate.json5 .lockfile-lintrc.json zizmor.yml .guarddog.yml .hookkit/policy.toml
      """
    ),
    (
      .locks,
      """
      nimble.lock devenv.lock rv.lock spack.lock .mise/locks/pypi-black/24.10.0/uv.lock
      .mise/locks/npm-prettier/3.3.3/package.json .config/mise/locks/a/b mise.test.lock
      Packages/packages-lock.json aqua-checksums.json lake-manifest.json dune.lock/a.pkg
      """
    ),
    (
      [.manifests, .origins],
      """
      build.zig.zon Packages/manifest.json deps.edn project.clj x.nimble aqua.yaml .aqua.yml
      aqua/a.yaml x.rockspec Mintfile import_map.json sub.wrap rproject.toml bb.edn lakefile.lean
      """
    ),
    (.manifests, "dev-requirements.in requirements-dev.in App.xcodeproj/project.pbxproj deps.bzl"),
    (
      .origins,
      """
      Artifacts.toml Cross.toml .bazelrc.user gradle/gradle-daemon-jvm.properties .env
      """
    ),
    (
      .runsCode,
      """
      patches/ms.patch patches/deep/ms@1.patch .yarn/patches/ms.patch App.xcodeproj/project.pbxproj
      deps.bzl .pnp.data.json a.csproj.user b.vcxproj.user Cross.toml Makefile.toml .Rprofile Setup.hs
      Setup.lhs Vagrantfile fastlane/Fastfile fastlane/actions/x.rb netlify.toml vercel.json
      bitrise.yml .builds/alpine.yml .build.yml tools/bazel tools/bazel.sh x.config.js vite.config.mjs
      a.config.cjs b.config.ts c.config.mts tauri.conf.json tauri.linux.conf.json project.json
      hooks/pre-commit hooks/post-checkout hooks/deploy.sh hooks/hooks.json .gitlab-ci/a.yml
      .gitlab-ci/deep/a.yml .github/lsp.json .helix/languages.toml .idea/workspace.xml postBuild
      .crushrc lefthookrc .config/lefthook.yml .vscode/c_cpp_properties.json .envrc.local
      docs/conf.py webpack.prod.js .babelrc.json ci_scripts/ci_post_clone.sh .circleci/x/y.sh
      a.service .zuul.d/jobs.yaml binder/start wrangler.toml .idx/dev.nix .vs/tasks.vs.json
      """
    ),
    (
      .agentConfig,
      """
      .pi/a CRUSH.md .kilocode/rules/a.md .vibe/config.toml .kimi/skills/a/SKILL.md .grok/a .hermes/a
      .goose/a .iflow/a .rovodev/a .qoder/rules/a.md .bob/rules/a.md .codebuddy/settings.json
      .zencoder/a .omo/a .lefthookrc .entire/settings.json .specify/scripts/a.sh hooks/hooks.json
      replit.md SOUL.md MEMORY.md .github/prompts/a.prompt.md x.instructions.md QWEN.md WARP.md
      .coderabbit.yaml lsp.json
      """
    ),
    (.visibility, ".mailmap .git-blame-ignore-revs .mergify.yml .coderabbit.yaml OWNERS"),
  ]

  @Test("at the root only, what would be any program elsewhere")
  func root() {
    #expect(classes("hooks/useAuth.ts") == .runsCode)
    #expect(classes("HOOKS/x/y") == .runsCode)
    #expect(classes("web/hooks/useAuth.ts") == [])
    #expect(classes("web/hooks/pre-push") == .runsCode)
    #expect(classes("tasks.py") == .runsCode)
    #expect(classes("shop/tasks.py") == [])
    #expect(classes("app.json").contains(.runsCode))
    #expect(classes("a/app.json") == [])
    #expect(classes("hooks") == [])
    #expect(classes("hooks", isLink: true).contains(.runsCode))
    #expect(classes("xhooks/a") == [])
  }

  @Test(
    "what a file system takes for such a name counts as one",
    arguments: [
      "pac\u{212a}age.json", "\u{212a}build", "pack\u{200c}age.json", "\u{feff}Makefile",
      ".vscode/ta\u{17f}ks.json", "hoo\u{212a}s/pre-commit", ".clau\u{200d}de/settings.json",
      ".hu\u{17f}ky/a", "Ma\u{202e}\u{212a}efile", "node_module\u{17f}/a/index.j\u{17f}",
    ])
  func spelling(path: String) {
    #expect(classes(path) != [])
    #expect(classes("a/b/" + path) != [])
  }

  @Test("another letter makes another name", arguments: ["pac\u{3ba}age.json", "M\u{e1}kefile"])
  func otherLetters(path: String) {
    #expect(classes(path) == [])
  }

  @Test("every row names its classes, its tool and where that is written, once")
  func rows() {
    let rows = Catalog.rows
    #expect(rows.count > 784)
    #expect(Set(rows.map(\.pattern)).count == rows.count)
    for row in rows {
      #expect(!row.classes.isEmpty && row.source.count > 8, "\(row.pattern)")
      #expect(row.pattern == row.pattern.lowercased() && !row.pattern.contains("|"))
      #expect(row.source.allSatisfy { $0.isASCII && $0 != "|" }, "\(row.source)")
      // A star has no folder behind it but `**`, which ends its pattern.
      let names = row.pattern.split(separator: "/", omittingEmptySubsequences: false)
      #expect(!names.dropLast().contains("**"), "\(row.pattern)")
      if names.last == "**" {
        #expect(names.dropLast().last?.contains("*") == false, "\(row.pattern)")
      }
      let path = row.pattern.drop { $0 == "/" }.split(
        separator: "*", omittingEmptySubsequences: false
      )
      .joined(separator: "x")
      #expect(classes(path).isSuperset(of: row.classes), "\(row.pattern)")
      #expect(classes(path.uppercased()).isSuperset(of: row.classes), "\(row.pattern)")
    }
  }

  @Test("every dependency file is known, at any depth and in any case", arguments: listed)
  func known(expected: FileClasses, paths: String) {
    for path in paths.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) {
      for form in [path, "a/b/" + path, path.uppercased(), "X/" + path.lowercased()] {
        #expect(classes(form).isSuperset(of: expected), "\(form): \(classes(form).each)")
      }
    }
  }

  @Test(
    "a file with nearly such a name is none",
    arguments: [
      "package-lock.json.bak", "my-package.json", "package.json.md", "src/main.swift", "lock", "",
      "/", "a/", "Cargo.locks", "xCargo.lock", "pnpm-lock..yml", "pnpm-lockyaml", "xpylock.a.toml",
      "github/workflows/ci.yml", ".github/workflow/ci.yml", "x.github/workflows/ci.yml",
      ".vscode/tasks.json/x", ".vscode/sub/tasks.json", "gradle/wrapper/x.properties", "vendored/a",
      "myvendor/a", "vendor", "modules.txt", "settings.json", ".github/ISSUE_TEMPLATE/bug.yml",
      "docs/index.md", "requirements.md", "cargo/config.toml", "xdockerfile", "adockerfile.b",
    ])
  func nearMiss(path: String) {
    #expect(classes(path) == [])
  }

  @Test("a path may be of several classes, and of no other")
  func several() {
    #expect(classes(".github/workflows/x.yml") == [.runsCode, .manifests])
    #expect(classes(".claude/settings.json") == [.agentConfig, .runsCode])
    #expect(classes("vendor/modules.txt") == [.locks, .vendored])
    #expect(classes("node_modules/a/package.json") == [.manifests, .origins, .runsCode, .vendored])
    #expect(classes("src/Cargo.lock") == .locks)
    #expect(classes(".npmrc") == .origins)
  }

  @Test("a link may stand in for a whole folder of the catalog")
  func links() {
    #expect(classes(".vscode") == [])
    #expect(classes(".vscode", isLink: true).isSuperset(of: [.runsCode, .agentConfig]))
    #expect(classes(".github", isLink: true).isSuperset(of: [.runsCode, .visibility]))
    #expect(classes(".github/workflows", isLink: true).contains(.runsCode))
    #expect(classes("a/node_modules", isLink: true) == .vendored)
    #expect(classes("gradle", isLink: true).contains(.locks))
    #expect(classes("texts", isLink: true) == [])
    #expect(classes("package.json", isLink: true).contains(.manifests))
  }

  @Test("an administrator adds paths, at any depth or tied to the root")
  func additions() {
    let additions = [
      Catalog.Addition(Pattern("Tools/**"), .runsCode),
      Catalog.Addition(Pattern("/some.zon"), .locks),
      Catalog.Addition(Pattern("*.sum"), .locks),
    ]
    func classes(_ path: String) -> FileClasses {
      Catalog.match(Array(path.utf8), additions: additions)?.classes ?? []
    }
    #expect(classes("tools/a/b.sh") == .runsCode)
    #expect(classes("x/TOOLS/b.sh") == .runsCode)
    #expect(classes("xtools/b.sh") == [])
    #expect(classes("some.zon") == .locks)
    #expect(classes("x/some.zon") == [])
    #expect(classes("x/y.sum") == .locks)
    #expect(classes("tools/Makefile") == .runsCode)
    #expect(classes("tools/Cargo.lock") == [.locks, .runsCode])
  }

  @Test("a path that was made to match slowly or to trap does neither")
  func hostile() {
    #expect(classes(String(repeating: "/", count: 5000)) == [])
    #expect(classes("dockerfile." + String(repeating: ".", count: 5000)) != [])
    #expect(classes(String(repeating: "pnpm-lock.", count: 500) + "yml") == [])
    #expect(Catalog.match([0xff, 0x00, 0x2f, 0xc3, 0x2e]) == nil)
    #expect(classes(String(repeating: "a/", count: 2000) + "cargo.lock") == .locks)
  }

  @Test("every format of the registry is found by the name of its files")
  func formats() throws {
    for format in FormatRegistry.all {
      for file in format.files {
        let path = file.split(separator: "*", omittingEmptySubsequences: false).joined(
          separator: "x")
        let match = try #require(Catalog.match(Array(path.utf8)), "\(path)")
        #expect(match.classes.contains(format.fileClass), "\(file): \(format.fileClass)")
        #expect(match.formats.contains { $0.name == format.name }, "\(path): \(format.name)")
      }
    }
  }

  @Test("a lock's names and their source are written in its format")
  func lockNames() {
    for format in FormatRegistry.all {
      #expect(
        (format.source.utf8CodeUnitCount == 0) != (format.fileClass == .locks), "\(format.name)")
    }
    #expect(FormatRegistry.all.contains { !$0.overriding.isEmpty })
    for format in FormatRegistry.all {
      #expect(Set(format.files).isSuperset(of: format.overriding), "\(format.name)")
    }
  }

  private static let sources =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Sources"

  /// `Catalog.Locks.swift`: a line for each format, and one for each name that several have.
  private static var locks: String {
    var sources: [String: [String]] = [:]
    let formats = FormatRegistry.all.filter { $0.fileClass == .locks }
    func source(_ format: Format) -> String {
      format.source.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    }
    for format in formats {
      for file in format.files { sources[file.lowercased(), default: []].append(source(format)) }
    }
    var lines = formats.compactMap { format -> String? in
      let own = format.files.map { $0.lowercased() }.filter { sources[$0]?.count == 1 }
      return own.isEmpty ? nil : "L \(own.joined(separator: " ")) | \(source(format))"
    }
    for (file, sources) in sources.sorted(by: { $0.key < $1.key }) where sources.count > 1 {
      let days = Set(sources.map { $0.suffix(11).hasPrefix(" 20") ? String($0.suffix(11)) : "" })
      let words = sources.map { $0.suffix(11).hasPrefix(" 20") ? String($0.dropLast(11)) : $0 }
      lines.append(
        "L \(file) | \(words.joined(separator: "; "))\(days.count == 1 ? days.first ?? "" : "")")
    }
    return """
      extension Catalog {
        /// The locks that formats of the registry read, in lines like those of `table`. Written from the
        /// formats' own words (`Format.files`, `Format.source`) by a test with `HOOKKIT_RECORD=1`, because
        /// most pushes never make the registry.
        static let locks: StaticString = #\"\"\"

      """ + lines.map { "    \($0)\n" }.joined() + "    \"\"\"#\n}\n"
  }

  @Test("the catalog's rows of locks are those of the formats")
  func lockRows() throws {
    let path = "\(Self.sources)/Lockfiles/Catalog/Catalog.Locks.swift"
    let written = FileManager.default.contents(atPath: path)
    guard written != Data(Self.locks.utf8) else { return }
    if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
      try Data(Self.locks.utf8).write(to: URL(fileURLWithPath: path))
    }
    Issue.record("\(path) is not what the formats say: run again with HOOKKIT_RECORD=1")
  }

  @Test("the names of the classes are those of the policy")
  func names() {
    #expect(FileClasses(FileClass.allCases).each == FileClass.allCases)
  }
}
