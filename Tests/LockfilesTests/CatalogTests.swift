import Lockfiles
import Primitives
import Testing

@Suite("Catalog")
struct CatalogTests {
  private func classes(_ path: String, isLink: Bool = false) -> FileClasses {
    Catalog.match(Array(path.utf8), isLink: isLink)?.classes ?? []
  }

  /// Every name of LOCKFILES.md 1.1 to 1.5, with the least that it must be.
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
  ]

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
    #expect(classes("docs", isLink: true) == [])
    #expect(classes("package.json", isLink: true).contains(.manifests))
  }

  @Test("an administrator adds paths, at any depth or tied to the root")
  func additions() {
    let additions = [
      Catalog.Addition(Pattern("Tools/**"), .runsCode),
      Catalog.Addition(Pattern("/build.zig.zon"), .locks),
      Catalog.Addition(Pattern("*.sum"), .locks),
    ]
    func classes(_ path: String) -> FileClasses {
      Catalog.match(Array(path.utf8), additions: additions)?.classes ?? []
    }
    #expect(classes("tools/a/b.sh") == .runsCode)
    #expect(classes("x/TOOLS/b.sh") == .runsCode)
    #expect(classes("xtools/b.sh") == [])
    #expect(classes("build.zig.zon") == .locks)
    #expect(classes("x/build.zig.zon") == [])
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

  @Test("the names of the classes are those of the policy")
  func names() {
    #expect(FileClasses(FileClass.allCases).each == FileClass.allCases)
  }
}
