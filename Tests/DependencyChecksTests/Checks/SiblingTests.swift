import DependencyChecks
import Lockfiles
import Testing

/// The same attacks in other formats and other words than those that they were found in.
@Suite("Siblings of judged changes")
struct SiblingTests {
  /// A change, and what must be said of it; an empty text for what must not be called critical.
  struct Sibling: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let old: String
    let new: String
    let expected: String
    var testDescription: String { name }

    init(_ name: String, _ path: String, _ old: String, _ new: String, _ expected: String) {
      self.name = name
      self.path = path
      self.old = old
      self.new = new
      self.expected = expected
    }

    /// One text with `@@` and `%%` in it: a place and a version.
    init(
      _ name: String, _ path: String, text: String, from old: (String, String),
      to new: (String, String), _ expected: String
    ) {
      func side(_ side: (String, String)) -> String {
        text.replacing("@@", with: side.0).replacing("%%", with: side.1)
      }
      self.init(name, path, side(old), side(new), expected)
    }
  }

  private static let sha = Judged.hex("a")
  private static let hex0 = Judged.hex("0", 20)

  private static let yarn = """
    # yarn lockfile v1


    ms@*:
      version "2.1.3"
      resolved "https://registry.example/ms/-/ms-2.1.3.tgz@@"
      integrity sha1-%%

    """

  private static let poetry = """
    [[package]]
    name = "app-core"
    version = "%%"
    description = ""
    optional = false
    python-versions = "*"
    files = [{file = "app-core-%%.zip", hash = "sha256:\(sha)"}]

    [package.source]
    type = "url"
    url = "@@"

    [metadata]
    lock-version = "2.0"
    python-versions = "*"
    content-hash = "\(sha)"

    """

  private static let codeload = """
    {"lockfileVersion": 3, "packages": {"": {"dependencies": {"x": "github:o/x"}},
    "node_modules/x": {"version": "1.0.0", "resolved": "https://codeload.github.com/@@/%%"}}}

    """

  private static let repository = """
    {"lockfileVersion": 3, "packages": {"": {"dependencies": {"x": "github:o/x"}},
    "node_modules/x": {"version": "1.0.0", "resolved": "git+ssh://git@github.com/o/x.git#@@",
    "integrity": "%%"}}}

    """

  private static let archive = """
    lockfileVersion: '6.0'
    dependencies:
      x:
        specifier: github:o/x
        version: github.com/@@/x/%%
    packages:
      github.com/@@/x/%%:
        resolution: {tarball: https://codeload.github.com/@@/x/tar.gz/%%}
        name: x
        version: 0.0.0

    """

  static let origins: [Sibling] = [
    Sibling(
      "bun: a registry of its own to the default one", "bun.lock",
      text: """
        {"lockfileVersion": 1, "workspaces": {"": {"name": "app", "dependencies": {"corp-utils": "*"}}},
        "packages": {
        "corp-utils": ["corp-utils@%%", "@@", {}, "\(Judged.sha512("A"))"]
        }}

        """, from: ("https://registry.corp.example/corp-utils/-/corp-utils-1.0.0.tgz", "1.0.0"),
      to: ("", "99.0.0"), "229 critical: corp-utils 1.0.0 (registry.corp.example) ->"),
    Sibling(
      "Pipfile.lock: the index of a package", "Pipfile.lock",
      text: """
        {"_meta": {"hash": {"sha256": "\(sha)"}, "pipfile-spec": 6, "requires": {}, "sources": [
        {"name": "corp", "url": "https://registry.corp.example/simple", "verify_ssl": true},
        {"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": true}]},
        "default": {"corp-utils": {"hashes": ["sha256:\(sha)"], "index": "@@", "version": "==%%"}},
        "develop": {}}

        """, from: ("corp", "1.0.0"), to: ("pypi", "99.0.0"),
      "229 critical: corp-utils 1.0.0 (registry.corp.example) -> 99.0.0 (pypi.org)"),
    Sibling(
      "conda: another channel of the same host", "conda-lock.yml",
      text: """
        version: 1
        metadata:
          content_hash: {linux-64: "00"}
          channels: []
          platforms: [linux-64]
          sources: [environment.yml]
        package:
        - name: corp-utils
          version: %%
          manager: conda
          platform: linux-64
          dependencies: {}
          url: https://conda.example/@@/linux-64/corp-utils-%%-0.conda
          hash:
            sha256: \(sha)
          category: main
          optional: false

        """, from: ("corp", "1.0.0"), to: ("evil", "2.0.0"),
      "229 high: corp-utils 1.0.0 (conda.example/corp) -> 2.0.0 (conda.example/evil)"),
    Sibling(
      "Helm: another repository", "Chart.lock",
      text: """
        dependencies:
        - name: base
          repository: @@
          version: %%
        digest: sha256:\(sha)
        generated: "2026-01-01T00:00:00Z"

        """, from: ("https://charts.corp.example", "1.0.0"),
      to: ("https://charts.evil.example", "1.0.1"),
      "229 critical: base 1.0.0 (charts.corp.example) -> 1.0.1 (charts.evil.example)"),
    Sibling(
      "Swift: another owner of a repository", "Package.resolved",
      text: """
        {"pins": [{"identity": "x", "kind": "remoteSourceControl", "location": "https://git.example/@@/x.git",
        "state": {"revision": "\(Judged.hex("b", 20))", "version": "%%"}}], "version": 2}

        """, from: ("good", "1.0.0"), to: ("evil", "1.0.1"), "221 high: x 1.0.0"),
    Sibling(
      "Paket: another feed", "paket.lock",
      text: "NUGET\n  remote: @@\n    Corp.Utils (%%)\n",
      from: ("https://nuget.corp.example/v3/index.json", "1.0.0"),
      to: ("https://api.nuget.org/v3/index.json", "99.0.0"), "229 critical: Corp.Utils 1.0.0"),
    Sibling(
      "R: another repository", "renv.lock",
      text: """
        {"R": {"Version": "4.4.0", "Repositories": [{"Name": "corp", "URL": "https://cran.corp.example"},
        {"Name": "CRAN", "URL": "https://cloud.r-project.org"}]},
        "Packages": {"corputils": {"Package": "corputils", "Version": "%%", "Source": "Repository",
        "Repository": "@@", "Hash": "\(Judged.hex("a", 16))"}}}

        """, from: ("corp", "1.0.0"), to: ("CRAN", "99.0.0"), "229"),
    Sibling(
      "pdm: an archive of another host", "pdm.lock",
      text: """
        [metadata]
        groups = ["default"]
        strategy = []
        lock_version = "4.5.0"
        content_hash = "sha256:\(sha)"

        [[package]]
        name = "corp-utils"
        version = "%%"
        summary = ""
        files = [{url = "https://@@/corp_utils-%%.tar.gz", hash = "sha256:\(sha)"}]

        """, from: ("files.corp.example", "1.0.0"), to: ("evil.example", "1.0.1"),
      "223 high: evil.example"),
    Sibling(
      "npm: a scoped name from its host to another known one", "package-lock.json",
      Judged.npm([
        ("@corp/a", "1.0.0", "https://npm.corp.example/@corp/a/-/a-1.0.0.tgz", Judged.sha512("A")),
        ("ms", "2.1.3", "https://mirror.example/ms/-/ms-2.1.3.tgz", Judged.sha512("B")),
      ]),
      Judged.npm([
        ("@corp/a", "1.0.1", "https://mirror.example/@corp/a/-/a-1.0.1.tgz", Judged.sha512("C")),
        ("ms", "2.1.3", "https://mirror.example/ms/-/ms-2.1.3.tgz", Judged.sha512("B")),
      ]), "229 critical: @corp/a 1.0.0 (npm.corp.example) -> 1.0.1 (mirror.example)"),
    Sibling(
      "npm: a git repository to the public registry", "package-lock.json",
      Judged.npm([
        (
          "corp-utils", "1.0.0",
          "git+ssh://git@git.corp.example/o/corp-utils.git#\(Judged.hex("a", 20))",
          Judged.sha512("A")
        )
      ]),
      Judged.npm([
        (
          "corp-utils", "99.0.0", "https://registry.npmjs.org/corp-utils/-/corp-utils-99.0.0.tgz",
          Judged.sha512("C")
        )
      ]), "229 critical: corp-utils 1.0.0 (git git.corp.example/o/corp-utils)"),
    Sibling(
      "npm: the company's registry to an archive of a forge", "package-lock.json",
      Judged.npm([
        (
          "corp-utils", "1.0.0", "https://npm.corp.example/corp-utils/-/corp-utils-1.0.0.tgz",
          Judged.sha512("A")
        )
      ]),
      Judged.npm([
        (
          "corp-utils", "1.0.1", "https://codeload.github.com/evil/corp-utils/tar.gz/main",
          Judged.sha512("C")
        )
      ]), "214 critical: corp-utils 1.0.0 (npm.corp.example) -> 1.0.1"),
    Sibling(
      "npm: both names of the public registry, at one version", "package-lock.json",
      Judged.npm([
        ("ms", "2.1.3", "https://registry.yarnpkg.com/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]),
      Judged.npm([
        ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
      ]), ""),
    Sibling(
      "yarn 1: the SHA-1 of the digest, now also behind the address", "yarn.lock",
      text: yarn, from: ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      to: ("#\(hex0)", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      ""),
    Sibling(
      "yarn 1: another SHA-1 behind the address", "yarn.lock",
      text: yarn, from: ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      to: ("#\(Judged.hex("1", 20))", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      "211 critical: ms 2.1.3   the digest is another one"),
    Sibling(
      "npm: another commit of a forge's archive", "package-lock.json",
      text: codeload, from: ("o/x/tar.gz", Judged.hex("a", 20)),
      to: ("o/x/tar.gz", Judged.hex("b", 20)),
      ""),
    Sibling(
      "npm: another commit of a repository, with another digest", "package-lock.json",
      text: repository, from: (Judged.hex("a", 20), Judged.sha512("A")),
      to: (Judged.hex("b", 20), Judged.sha512("B")), ""),
    Sibling(
      "npm: no digest of a commit any more", "package-lock.json",
      repository.replacing("@@", with: Judged.hex("a", 20)).replacing(
        "%%", with: Judged.sha512("A")),
      repository.replacing("@@", with: Judged.hex("a", 20)).replacing(
        ",\n\"integrity\": \"%%\"", with: ""), "212 high: x 1.0.0"),
    Sibling(
      "npm: another digest of a commit", "package-lock.json",
      text: repository, from: (Judged.hex("a", 20), Judged.sha512("A")),
      to: (Judged.hex("a", 20), Judged.sha512("B")), "211 critical: x 1.0.0"),
    Sibling(
      "npm: the same commit of a fork's archive", "package-lock.json",
      text: codeload, from: ("o/x/tar.gz", Judged.hex("a", 20)),
      to: ("evil/x/tar.gz", Judged.hex("a", 20)),
      "210 critical: x 1.0.0"),
    Sibling(
      "pnpm: another commit of a forge's archive", "pnpm-lock.yaml",
      text: archive, from: ("o", Judged.hex("a", 20)), to: ("o", Judged.hex("b", 20)), ""),
    Sibling(
      "pnpm: the same commit of a fork's archive", "pnpm-lock.yaml",
      text: archive, from: ("o", Judged.hex("a", 20)), to: ("evil", Judged.hex("a", 20)),
      "210 critical: x 0.0.0"),
    Sibling(
      "poetry: the archive of another package", "poetry.lock",
      text: poetry, from: ("https://github.com/o/app-core/archive/refs/tags/v8.0.0.zip", "8.0.0"),
      to: ("https://github.com/o/app-core/releases/download/v8.2.1/evil-8.2.1.zip", "8.2.1"),
      "216 critical: app-core 8.2.1"),
    Sibling(
      "Cargo: both names of crates.io", "Cargo.lock",
      text: """
        version = 4

        [[package]]
        name = "a"
        version = "%%"
        source = "@@"
        checksum = "\(sha)"

        """, from: ("registry+https://github.com/rust-lang/crates.io-index", "1.0.0"),
      to: ("sparse+https://index.crates.io/", "1.0.0"), ""),
    Sibling(
      "Cargo: a package needs a fork of what it needed", "Cargo.lock",
      cargo("\"serde\"", fork: true),
      cargo("\"serde 1.0.0 (git+https://git.example/evil/serde)\"", fork: true),
      "229 high: app 0.1.0   needs serde -> serde 1.0.0 (git+https://git.example/evil/serde)"),
    Sibling(
      "NuGet: X beside x", "packages.lock.json",
      nuget(""),
      nuget(
        ", \"newtonsoft.json\": {\"type\": \"Direct\", \"resolved\": \"1.0.0\", \"contentHash\": \"\(Judged.sha512("B").dropFirst(7))\"}"
      ),
      "226 critical: newtonsoft.json 1.0.0   is locked twice"),
  ]

  private static func nuget(_ more: String) -> String {
    "{\"version\": 1, \"dependencies\": {\"net8.0\": {\"Newtonsoft.Json\": {\"type\": \"Direct\", \"resolved\": \"13.0.3\", "
      + "\"contentHash\": \"\(Judged.sha512("A").dropFirst(7))\"}\(more)}}}\n"
  }

  private static func cargo(_ edge: String, fork: Bool) -> String {
    """
    version = 4

    [[package]]
    name = "app"
    version = "0.1.0"
    source = "registry+https://git.example/index"
    dependencies = [
     \(edge),
     "other",
    ]

    [[package]]
    name = "serde"
    version = "1.0.0"
    source = "registry+https://git.example/index"

    [[package]]
    name = "serde"
    version = "1.0.0"
    source = "git+https://git.example/evil/serde#\(Judged.hex("a", 20))"

    """
  }

  @Test("where another version comes from, in other formats", arguments: origins)
  func moved(_ row: Sibling) throws { try check(row) }

  private func check(_ row: Sibling) throws {
    let found = try Judged.findings(row.path, row.old, row.new)
    if row.expected.isEmpty {
      #expect(!found.contains { $0.contains(" critical:") || $0.contains(" high:") }, "\(found)")
    } else {
      #expect(found.contains { $0.hasPrefix(row.expected) }, "\(found)")
    }
  }

  private static let places: [(String, String)] = [
    ("uv: a backslash", #"https://evil.example\\@files.example"#),
    ("uv: a user name", "https://files.example@evil.example"),
    ("uv: a slash less", "https:/evil.example"),
    ("uv: capitals", "HTTPS://files.example"),
    ("uv: a final dot", "https://evil.example."),
    ("uv: an address in eight", "https://0177.0.0.1"),
    ("uv: an address in sixteen", "https://0x7f000001"),
    ("uv: IPv6", "https://[2001:db8::1]"),
    ("uv: percent", "https://%65vil.example"),
    ("uv: a tab", #"https://evil\t.example"#),
    ("uv: letters that look alike", "https://files.ex\u{430}mple"),
  ]

  static let addresses: [Sibling] =
    places.map { name, place in
      Sibling(
        name, "uv.lock",
        text: """
          version = 1

          [[package]]
          name = "a"
          version = "%%"
          source = { registry = "https://files.example/simple" }
          sdist = { url = "@@/a-%%.tar.gz", hash = "sha256:\(sha)" }

          """, from: ("https://files.example", "1.0.0"), to: (place, "1.0.1"),
        "222 critical: a 1.0.1")
    } + [
      Sibling(
        "Gemfile.lock: a second remote with a user name", "Gemfile.lock",
        text: "GEM\n  remote: @@\n  specs:\n    a (%%)\n\nDEPENDENCIES\n  a\n",
        from: ("https://rubygems.org/", "1.0.0"),
        to: ("https://rubygems.org/\n  remote: https://rubygems.org@evil.example/", "1.0.1"),
        "222 critical: a 1.0.1"),
      Sibling(
        "Cargo.lock: a git source", "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://git.example/i\"\n",
        "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.1\"\nsource = \"registry+https://git.example@evil.example/i\"\n",
        "222 critical: a 1.0.1"),
      Sibling(
        ".npmrc: a backslash", ".npmrc", "registry=https://registry.example/\n",
        "registry=https://evil.example\\@registry.example/\n", "222 critical: registry"),
      Sibling(
        "pyproject: an index", "pyproject.toml",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"https://pypi.org/simple\"\n",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"https://pypi.org@evil.example/simple\"\n",
        "222 critical:"),
    ]

  @Test("addresses that programs read differently, in other formats", arguments: addresses)
  func disguised(_ row: Sibling) throws { try check(row) }
}
