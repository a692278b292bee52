import Lockfiles
import Primitives
import Testing

@Suite("Files that guarded files name")
struct MentionTests {
  private func named(_ path: String, _ text: String) throws -> [String] {
    let match = try #require(Catalog.match(Array(path.utf8)), "\(path)")
    let bytes = Array(text.utf8)
    let format = try #require(match.format(of: bytes), "\(path)")
    return try #require(format.filesNamed(in: bytes, at: Array(path.utf8))).map {
      String(decoding: $0.path, as: UTF8.self) + ($0.isFolder ? "/**" : "") + " "
        + $0.fileClass.rawValue + ($0.format.map { " as \($0)" } ?? "")
    }
  }

  @Test(
    "each with its class, from the folder that its tool begins in",
    arguments: [
      (
        "web/requirements.txt", "-r base.in\n-c ../constraints\na==1\n",
        [
          "web/base.in manifests as requirements-txt", "constraints manifests as requirements-txt",
        ]
      ),
      (
        "web/.yarnrc.yml", "yarnPath: tools/yarn.cjs\nplugins:\n  - path: p.cjs\n    spec: x\n",
        ["web/tools/yarn.cjs runs-code", "web/p.cjs runs-code"]
      ),
      ("a/Cargo.toml", "[package]\nbuild = \"x/gen.rs\"\n", ["a/x/gen.rs runs-code"]),
      (
        "a/.cargo/config.toml", "[build]\nrustc-wrapper = \"tools/wrap\"\n",
        ["a/tools/wrap runs-code"]
      ),
      (
        "pyproject.toml",
        "[build-system]\nbackend-path = [\"backend\"]\nbuild-backend = \"own.api\"\n",
        ["backend/** runs-code", "own/** runs-code", "own.py/** runs-code"]
      ),
      (
        "sub/.gitlab-ci.yml",
        "include:\n  - local: /ci/a.yml\n  - 'ci/*.yml'\n  - https://a.example/b.yml\n",
        ["ci/*.yml runs-code as gitlab-ci", "ci/a.yml runs-code as gitlab-ci"]
      ),
      (
        ".github/workflows/ci.yml",
        "jobs:\n  a:\n    steps:\n      - uses: ./tools/action\n      - uses: actions/checkout@v4\n",
        ["tools/action/** runs-code", "actions/checkout@v4/** runs-code"]
      ),
      (
        "tools/action/action.yml", "runs:\n  main: dist/index.js\n",
        ["tools/action/dist/index.js runs-code"]
      ),
      (
        "package.json",
        #"{"scripts": {"postinstall": "node tools/setup.js --x && sh ./b.sh", "test": "node c.js"}}"#,
        ["tools/setup.js runs-code", "b.sh runs-code"]
      ),
      (
        "package.json",
        #"{"pnpm": {"patchedDependencies": {"a@1": "fixes/a.diff"}}, "dependencies": {"b": "file:vendor/b.tgz", "c": "^1.0.0"}}"#,
        ["fixes/a.diff runs-code", "vendor/b.tgz vendored", "^1.0.0 vendored"]
      ),
      (
        "src/App.csproj",
        "<Project><Import Project=\"..\\build\\Own.props\"/><Import Project=\"$(X)\\a\"/></Project>",
        ["build/Own.props runs-code as msbuild-shared"]
      ),
      (
        "compose.yml", "services:\n  a:\n    extends:\n      file: base/c.yml\n",
        ["base/c.yml runs-code as compose"]
      ),
      (".npmrc", "node-options=--require ./hook.js\n", ["hook.js runs-code"]),
      (
        ".mcp.json", #"{"mcpServers": {"x": {"command": "node", "args": ["tools/server.js"]}}}"#,
        ["tools/server.js agent-config"]
      ),
      ("requirements.txt", "-r ../../x\n-r https://a.example/x\n-r $X\n-r /etc/x\n", []),
    ])
  func mentions(path: String, text: String, expected: [String]) throws {
    #expect(try named(path, text) == expected)
  }

  @Test("a folder covers what lies below it, a star part of one name")
  func covers() {
    func covers(_ path: String, _ other: String, isFolder: Bool = false) -> Bool {
      NamedFile(
        path: Array(path.utf8), fileClass: .runsCode, isFolder: isFolder, format: nil
      ).covers(Array(other.utf8))
    }
    #expect(covers("a/b", "a/b") && covers("a/b", "a/b", isFolder: true))
    #expect(covers("a/b", "a/b/c", isFolder: true) && !covers("a/b", "a/b/c"))
    #expect(!covers("a/b", "a/bc", isFolder: true) && !covers("a/b", "a", isFolder: true))
    #expect(covers("ci/*.yml", "ci/x.yml") && !covers("ci/*.yml", "ci/x/y.yml"))
    #expect(covers("ci/**/*.yml", "ci/x/y.yml"))
  }

  @Test("more names than a limit are not told one by one")
  func limit() throws {
    let format = try #require(FormatRegistry.format(named: "requirements-txt"))
    let text = (0..<1001).map { "-r a\($0)\n" }.joined()
    #expect(format.filesNamed(in: Array(text.utf8), at: Array("requirements.txt".utf8)) == nil)
    #expect(
      format.filesNamed(in: Array(text.dropLast(9).utf8), at: Array("requirements.txt".utf8)) != nil
    )
  }
}
