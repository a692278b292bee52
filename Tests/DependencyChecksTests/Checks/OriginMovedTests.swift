import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

@Suite("Where another version comes from")
struct OriginMovedTests {
  /// A lock that has `corp-utils` from the company's registry and another package from the public one, as a
  /// function of the first one's version and place.
  struct Lock: Sendable, CustomTestStringConvertible {
    let path: String
    let own: String
    let other: String
    let text: @Sendable (_ version: String, _ place: String) -> String
    var words: String?

    var testDescription: String { path }
  }

  static let locks = [
    Lock(
      path: "package-lock.json", own: "registry.corp.example", other: "registry.npmjs.org",
      text: { version, place in
        Judged.npm([
          (
            "corp-utils", version, "https://\(place)/corp-utils/-/corp-utils-\(version).tgz",
            Judged.sha512(version.first ?? "A")
          ),
          ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("C")),
        ])
      },
      words:
        "corp-utils 1.0.0 (registry.corp.example) -> 99.0.0 (registry.npmjs.org)"),
    Lock(
      path: "yarn.lock", own: "registry.corp.example", other: "registry.yarnpkg.com",
      text: { version, place in
        """
        # yarn lockfile v1


        corp-utils@*:
          version "\(version)"
          resolved "https://\(place)/corp-utils/-/corp-utils-\(version).tgz#\(Judged.hex("a", 20))"

        ms@*:
          version "2.1.3"
          resolved "https://registry.yarnpkg.com/ms/-/ms-2.1.3.tgz#\(Judged.hex("b", 20))"

        """
      }),
    Lock(
      path: "pnpm-lock.yaml", own: "tarball: https://registry.corp.example/corp-utils-1.0.0.tgz",
      other: "integrity: \(Judged.sha512("B"))",
      text: { version, place in
        """
        lockfileVersion: '9.0'
        importers:
          .:
            dependencies:
              corp-utils:
                specifier: '*'
                version: \(version)
        packages:
          corp-utils@\(version):
            resolution: {\(place.hasPrefix("tarball") ? "integrity: \(Judged.sha512("A")), " : "")\(place)}
        snapshots:
          corp-utils@\(version): {}

        """
      }),
    Lock(
      path: "uv.lock", own: "https://registry.corp.example/simple",
      other: "https://pypi.org/simple",
      text: { version, place in
        """
        version = 1
        requires-python = ">=3.12"

        [[package]]
        name = "corp-utils"
        version = "\(version)"
        source = { registry = "\(place)" }
        sdist = { url = "https://files.example/corp_utils-\(version).tar.gz", hash = "sha256:\(Judged.hex("a"))" }

        [[package]]
        name = "app"
        version = "0.1.0"
        source = { virtual = "." }
        dependencies = [{ name = "corp-utils" }]

        """
      }),
    Lock(
      path: "poetry.lock", own: "https://registry.corp.example/simple", other: "",
      text: { version, place in
        let source =
          place.isEmpty
          ? "" : "\n[package.source]\ntype = \"legacy\"\nurl = \"\(place)\"\nreference = \"corp\"\n"
        return """
          [[package]]
          name = "corp-utils"
          version = "\(version)"
          description = ""
          optional = false
          python-versions = "*"
          files = [{file = "corp_utils-\(version).tar.gz", hash = "sha256:\(Judged.hex("a"))"}]
          \(source)
          [metadata]
          lock-version = "2.1"
          python-versions = "*"
          content-hash = "00"

          """
      }),
    Lock(
      path: "Cargo.lock", own: "sparse+https://registry.corp.example/index/",
      other: "registry+https://github.com/rust-lang/crates.io-index",
      text: { version, place in
        """
        version = 4

        [[package]]
        name = "corp-utils"
        version = "\(version)"
        source = "\(place)"
        checksum = "\(Judged.hex(version.first ?? "1"))"

        """
      }, words: "corp-utils 1.0.0 (registry.corp.example) -> 99.0.0 (crates.io)"),
    Lock(
      path: "composer.lock", own: "https://satis.corp.example/dist/corp/utils",
      other: "https://api.github.com/repos/evil/utils/zipball",
      text: { version, place in
        let commit = Judged.hex(version.first ?? "1", 20)
        return """
          {"content-hash": "00", "packages": [{"name": "corp/utils", "version": "\(version)",
          "dist": {"type": "zip", "url": "\(place)/\(commit)", "reference": "\(commit)", "shasum": ""},
          "type": "library"}], "packages-dev": [], "aliases": [], "minimum-stability": "stable",
          "stability-flags": {}, "prefer-stable": false, "prefer-lowest": false, "platform": {},
          "platform-dev": {}, "plugin-api-version": "2.6.0"}

          """
      }),
    Lock(
      path: "mix.lock", own: "corp", other: "hexpm",
      text: { version, place in
        "%{\n  \"corp_utils\": {:hex, :corp_utils, \"\(version)\", \"\(Judged.hex("a"))\", [:mix], [], "
          + "\"\(place)\", \"\(Judged.hex("b"))\"},\n}\n"
      }),
    Lock(
      path: "Gemfile.lock", own: "https://gems.corp.example/", other: "https://rubygems.org/",
      text: { version, place in
        "GEM\n  remote: \(place)\n  specs:\n    corp-utils (\(version))\n\nPLATFORMS\n  ruby\n\n"
          + "DEPENDENCIES\n  corp-utils\n"
      }),
    Lock(
      path: "pubspec.lock", own: "https://pub.corp.example", other: "https://pub.dev",
      text: { version, place in
        """
        packages:
          corp_utils:
            dependency: "direct main"
            description:
              name: corp_utils
              sha256: \(Judged.hex(version.first ?? "1"))
              url: "\(place)"
            source: hosted
            version: "\(version)"
        sdks:
          dart: ">=3.0.0 <4.0.0"

        """
      }),
  ]

  @Test(
    "a name that goes from the company's registry to the public one is critical", arguments: locks)
  func goesPublic(_ lock: Lock) throws {
    let (old, new) = (lock.text("1.0.0", lock.own), lock.text("99.0.0", lock.other))
    let found = try Judged.findings(lock.path, old, new)
    #expect(found.contains { $0.hasPrefix("229 critical: corp") }, "\(found)")
    if let words = lock.words { #expect(found.contains("229 critical: \(words)"), "\(found)") }
  }

  @Test("an update from the same place says nothing", arguments: locks)
  func update(_ lock: Lock) throws {
    for place in [lock.own, lock.other] {
      let (old, new) = (lock.text("1.0.0", place), lock.text("2.0.0", place))
      let found = try Judged.findings(lock.path, old, new)
      #expect(!found.contains { $0.hasPrefix("229") }, "\(found)")
    }
  }

  @Test("a provider of another host")
  func terraform() throws {
    func lock(_ host: String, _ version: String) -> String {
      "provider \"\(host)/acme/x\" {\n  version = \"\(version)\"\n  hashes = [\n    \"zh:\(Judged.hex("a"))\",\n  ]\n}\n"
    }
    let found = try Judged.findings(
      ".terraform.lock.hcl", lock("registry.terraform.io", "1.0.0"), lock("evil.example", "1.0.1"))
    #expect(
      found.contains {
        $0.hasPrefix("229")
          && $0.hasSuffix("acme/x 1.0.0 (registry.terraform.io) -> 1.0.1 (evil.example)")
      }, "\(found)")
  }

  @Test("both sides are told apart: folders, owners, ports, schemes")
  func words() throws {
    func npm(_ version: String, _ place: String) -> String {
      Judged.npm([("ms", version, "https://\(place)/ms/-/ms-\(version).tgz", Judged.sha512("A"))])
    }
    for (before, now) in [
      ("npm.example/team-a", "npm.example/team-b"), ("npm.example", "npm.example:8443"),
    ] {
      for version in ["2.1.3", "2.1.4"] {
        let found = try Judged.findings(
          "package-lock.json", npm("2.1.3", before), npm(version, now))
        let line = try #require(found.first { $0.hasPrefix("229") || $0.hasPrefix("210") })
        #expect(line.contains(before) && line.contains(now), "\(line)")
      }
    }
    let composer = try #require(Self.locks.first { $0.path == "composer.lock" })
    let found = try Judged.findings(
      "composer.lock", composer.text("1.0.0", "https://api.github.com/repos/a/x/zipball"),
      composer.text("1.1.0", "https://api.github.com/repos/b/x/zipball"))
    #expect(
      found.contains(
        "229 high: corp/utils 1.0.0 (api.github.com/a/x) -> 1.1.0 (api.github.com/b/x)"), "\(found)"
    )
  }

  @Test("the company's package from a manifest's own index, now in two copies")
  func secondCopy() throws {
    let own = ("corp-utils", "1.0.0", "https://npm.corp.example/corp-utils/-/corp-utils-1.0.0.tgz")
    let ms = ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
    let old = Judged.npm([(own.0, own.1, own.2, Judged.sha512("B")), ms])
    let new = old.replacing(
      "\"node_modules/ms\"",
      with:
        "\"node_modules/ms/node_modules/corp-utils\": {\"version\": \"99.0.0\", \"resolved\": "
        + "\"https://registry.npmjs.org/corp-utils/-/corp-utils-99.0.0.tgz\", \"integrity\": "
        + "\"\(Judged.sha512("C"))\"},\n\"node_modules/ms\"")
    let found = try Judged.findings("package-lock.json", old, new)
    #expect(found.contains { $0.hasPrefix("229 critical") }, "\(found)")
  }
}

@Suite("Known hosts")
struct KnownHostTests {
  private let ms = (
    name: "ms", version: "2.1.3", url: "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz",
    digest: Judged.sha512("A")
  )
  private let evil = (
    name: "evil-utils", version: "1.0.0",
    url: "https://evil.example/evil-utils/-/evil-utils-1.0.0.tgz", digest: Judged.sha512("B")
  )

  @Test(
    "text of any other kind makes a host no better known",
    arguments: [
      #""funding": {"url": "https://evil.example/fund"}"#, #""homepage": "https://evil.example/""#,
      #""url": "https://evil.example/""#, #""deprecated": "see //evil.example/ or a@evil.example""#,
      #""dependencies": {"x": "https://evil.example/x.tgz"}"#,
      #""dist": {"url": "https://evil.example/x.tgz"}"#,
    ])
  func mentioned(_ member: String) throws {
    let old = Judged.npm([ms]).replacing(
      "\"version\": \"2.1.3\"", with: "\"version\": \"2.1.3\", \(member)")
    let new = Judged.npm([ms, evil])
    let found = try Judged.findings("package-lock.json", old, new)
    #expect(found.contains { $0.hasPrefix("223 high: evil.example") }, "\(found)")
  }

  @Test("a comment, a source for people and another file's text do not either")
  func elsewhere() throws {
    let lock = """
      # evil.example
      [[package]]
      name = "a"
      version = "1.0.0"
      source = "registry+https://git.example/index"
      checksum = "\(Judged.hex("a"))"

      """
    let new =
      lock + """

        [[package]]
        name = "b-crate"
        version = "1.0.0"
        source = "registry+https://evil.example/index"
        checksum = "\(Judged.hex("b"))"

        """
    let found = try Judged.findings([
      (".npmrc", "registry=https://evil.example/\n", "registry=https://evil.example/\nx=1\n"),
      ("Cargo.lock", lock, new),
    ])
    #expect(found.contains { $0.hasPrefix("223 high: evil.example") }, "\(found)")
  }

  @Test("an entry, an archive of one and the policy do")
  func known() throws {
    let old = Judged.npm([ms, evil])
    let other = (
      name: "other-utils", version: "1.0.0",
      url: "https://evil.example/other-utils/-/other-utils-1.0.0.tgz", digest: Judged.sha512("C")
    )
    let found = try Judged.findings("package-lock.json", old, Judged.npm([ms, evil, other]))
    #expect(!found.contains { $0.hasPrefix("223") }, "\(found)")
  }

  @Test("a registry is known by its folder, not by /-/")
  func folders() throws {
    let team = (
      name: "team-utils", version: "1.0.0",
      url: "https://npm.example/team-a/team-utils/-/team-utils-1.0.0.tgz",
      digest: Judged.sha512("B")
    )
    var other = evil
    other.url = "https://npm.example/team-b/evil-utils/-/evil-utils-1.0.0.tgz"
    let found = try Judged.findings(
      "package-lock.json", Judged.npm([ms, team]), Judged.npm([ms, team, other]))
    #expect(found.contains { $0.hasPrefix("223 high: npm.example/team-b ") }, "\(found)")
    other.url = "https://npm.example/team-a/evil-utils/-/evil-utils-1.0.0.tgz"
    let same = try Judged.findings(
      "package-lock.json", Judged.npm([ms, team]), Judged.npm([ms, team, other]))
    #expect(!same.contains { $0.hasPrefix("223") }, "\(same)")
  }
}
