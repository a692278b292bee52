import DependencyChecks
import Documents
import Lockfiles
import Testing

/// Ways around a lock that were found in one format each, in all that have them.
@Suite("Places and digests of locks")
struct LockDefenceTests {
  private static let sha = Judged.hex("a")
  private static let other = Judged.hex("b")

  /// A change, and what must be said of it; an empty text for what must raise nothing.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let old: String?
    let new: String
    let expected: String
    var testDescription: String { name }

    init(_ name: String, _ path: String, _ old: String?, _ new: String, _ expected: String) {
      self.name = name
      self.path = path
      self.old = old
      self.new = new
      self.expected = expected
    }
  }

  private func check(_ row: Row) throws {
    let found = try Judged.findings(row.path, row.old, row.new)
    if row.expected.isEmpty {
      #expect(!found.contains { $0.contains(" critical:") || $0.contains(" high:") }, "\(found)")
    } else {
      #expect(found.contains { $0.hasPrefix(row.expected) }, "\(found)")
    }
  }

  // MARK: npm's entries

  /// A package-lock.json of `ms` and, when it has values, `once`.
  private static func npm(_ ms: String, once: String? = nil, wants: String = #""ms": "*""#)
    -> String
  {
    "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\(wants)}},\n"
      + "\"node_modules/ms\": {\(ms)}"
      + (once.map { ",\n\"node_modules/once\": {\($0)}" } ?? "") + "}}\n"
  }

  private static func ms(_ version: String, _ resolved: String?, _ digest: Character? = "A")
    -> String
  {
    "\"version\": \"\(version)\""
      + (resolved.map { ", \"resolved\": \"\($0)\"" } ?? "")
      + (digest.map { ", \"integrity\": \"\(Judged.sha512($0))\"" } ?? "")
  }

  private static let usual = "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz"
  private static let next = "https://registry.npmjs.org/ms/-/ms-2.1.4.tgz"

  private static func yarn(_ version: String, _ resolved: String) -> String {
    "# yarn lockfile v1\n\n\nms@*:\n  version \"\(version)\"\n\(resolved)  integrity \(Judged.sha512("A"))\n"
  }

  static let origins: [Row] = [
    Row(
      "npm: a new entry by the short name of a repository", "package-lock.json",
      npm(ms("2.1.3", usual)),
      npm(ms("2.1.3", usual), once: ms("1.4.0", "owner/once"), wants: #""ms": "*", "once": "*""#),
      "222 critical: once 1.4.0   owner/once: no address of a host"),
    Row(
      "npm: no place any more, at another version", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.4", nil, "B")),
      "229 critical: ms 2.1.3 -> ms 2.1.4   registry.npmjs.org -> no place any more"),
    Row(
      "npm: an empty place, at another version", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.4", "", "B")), "229 critical: ms 2.1.3 -> ms 2.1.4"),
    Row(
      "npm: no place any more, at the same version", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.3", nil)), "210 critical: ms 2.1.3   registry.npmjs.org -> no place any more"),
    Row(
      "npm: a part of another package's archive now", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.4", nil, nil) + ", \"inBundle\": true"), "229 high: ms 2.1.3 -> ms 2.1.4"),
    Row(
      "npm: a version that is a repository, and no place", "package-lock.json",
      npm(ms("2.1.3", usual)), npm(ms("owner/ms#main", nil, "B")),
      "222 critical: ms owner/ms#main   owner/ms"),
    Row(
      "npm: a version that is an address, in a new file", "package-lock.json", nil,
      npm(ms("//evil.example/ms.tgz", nil, "B")), "222 critical: ms //evil.example/ms.tgz"),
    Row(
      "npm 6: a version that is a tag, in a new file", "package-lock.json", nil,
      "{\"lockfileVersion\": 1, \"dependencies\": {\"ms\": {\(ms("latest", nil, "B"))}}}\n",
      "222 critical: ms latest"),
    Row(
      "renv: a folder in the place of a repository", "renv.lock", renv("CRAN"),
      renv("file:///srv/x"),
      "222 critical: corputils 1.0.0"),
    Row(
      "npm: a second copy that has no place", "package-lock.json",
      npm(ms("2.1.3", "https://npm.corp.example/ms/-/ms-2.1.3.tgz")),
      npm(ms("2.1.3", "https://npm.corp.example/ms/-/ms-2.1.3.tgz")).replacing(
        "\"node_modules/ms\"",
        with:
          "\"node_modules/a/node_modules/ms\": {\(ms("99.0.0", nil, "B"))},\n\"node_modules/ms\""),
      "229 critical: ms 2.1.3 -> ms 99.0.0"),
    Row(
      "npm: an address in the place of a folder", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(
        ms("2.1.3", usual),
        once: "\"resolved\": \"https://evil.example/once\", \"link\": true",
        wants: #""ms": "*", "once": "*""#), "222 critical: once"),
    Row(
      "npm: null", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.4", nil, "B") + ", \"resolved\": null"), "222 critical: ms 2.1.4"),
    Row(
      "yarn 1: no place any more", "yarn.lock", yarn("2.1.3", "  resolved \"\(usual)\"\n"),
      yarn("2.1.4", ""), "229 critical: ms 2.1.3 -> ms 2.1.4"),
    Row(
      "yarn 1: an empty place", "yarn.lock", yarn("2.1.3", "  resolved \"\(usual)\"\n"),
      yarn("2.1.4", "  resolved \"\"\n"), "229 critical: ms 2.1.3 -> ms 2.1.4"),
    Row(
      "pnpm: the archive's address is one of pnpm's own short ones", "pnpm-lock.yaml",
      pnpm("2.1.3", "ms/-/ms-2.1.3.tgz"), pnpm("2.1.4", "ms/-/ms-2.1.4.tgz"), ""),
    Row(
      "pnpm: a short address with a host in it", "pnpm-lock.yaml",
      pnpm("2.1.3", "ms/-/ms-2.1.3.tgz"), pnpm("2.1.4", "//evil.example/ms/-/ms-2.1.4.tgz"),
      "222 critical: ms 2.1.4"),
    Row(
      "npm: a link out of the repository", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(
        ms("2.1.3", usual), once: "\"resolved\": \"../../once\", \"link\": true",
        wants: #""ms": "*", "once": "*""#), "222 critical: once"),
    Row(
      "berry: an archive by a short name", "yarn.lock", berry("2.1.3", "npm:2.1.3"),
      berry("2.1.4", "npm:2.1.4::__archiveUrl=owner%2Fms"), "222 critical: ms 2.1.4   owner/ms"),
    Row(
      "berry: an archive that is a file", "yarn.lock", berry("2.1.3", "npm:2.1.3"),
      berry("2.1.4", "npm:2.1.4::__archiveUrl=file%3A%2F%2F%2Fsrv%2Fms.tgz"),
      "222 critical: ms 2.1.4"),
    Row(
      "berry: what no form of yarn's is", "yarn.lock", berry("2.1.3", "npm:2.1.3"),
      berry("2.1.4", "owner/ms"), "222 critical: ms 2.1.4   owner/ms"),
    Row(
      "berry: a link out of the repository", "yarn.lock", berry("2.1.3", "npm:2.1.3"),
      berry("2.1.4", "link:../../ms::locator=app%40workspace%3A."), "222 critical: ms 2.1.4"),
    Row(
      "berry: a patch out of the repository", "yarn.lock", berry("2.1.3", "npm:2.1.3"),
      berry("2.1.3", "patch:ms@npm%3A2.1.3#~/.yarn/patches/a.patch&../../b.patch::version=2.1.3"),
      "222 critical: ms 2.1.3   ../../b.patch: a patch outside"),
    Row(
      "berry: yarn's own patch", "yarn.lock",
      berry("2.1.3", "patch:ms@npm%3A2.1.3#optional!builtin<compat/ms>::version=2.1.3&hash=00"),
      berry("2.1.4", "patch:ms@npm%3A2.1.4#optional!builtin<compat/ms>::version=2.1.4&hash=01"),
      ""),
    Row(
      "bun: a short name", "bun.lock", bun("\"ms@2.1.3\", \"\""), bun("\"ms@owner/ms\""),
      "222 critical: ms"),
    Row(
      "bun: an archive beside the lock that nothing asks for", "bun.lock",
      bun("\"ms@2.1.3\", \"\""), bun("\"ms@./ms.tgz\""), "222 critical: ms"),
    Row(
      "bun: a registry that is none", "bun.lock", bun("\"ms@2.1.3\", \"\""),
      bun("\"ms@2.1.4\", \"owner/ms\""), "222 critical: ms 2.1.4   owner/ms"),
    Row(
      "deno: an archive by a short name", "deno.lock", deno("2.1.3", ""),
      deno("2.1.4", ", \"tarball\": \"owner/ms\""), "222 critical: ms 2.1.4   owner/ms"),
    Row(
      "pnpm: an archive that is a file", "pnpm-lock.yaml", pnpm("2.1.3", "ms/-/ms-2.1.3.tgz"),
      pnpm("2.1.4", "file:ms.tgz"), "222 critical: ms 2.1.4   file:ms.tgz: nothing asks"),
    Row(
      "pnpm: a short name", "pnpm-lock.yaml", pnpm("2.1.3", "ms/-/ms-2.1.3.tgz"),
      pnpm("2.1.4", "owner/ms"), "222 critical: ms 2.1.4   owner/ms"),
    Row(
      "Unity: a host that ends at the fragment", "Packages/packages-lock.json",
      unity("https://git.example/o/a.git#v1"), unity("https://evil.example#@git.example/o/a.git"),
      "222 critical: com.acme.a"),
    Row(
      "Cargo: a repository whose host ends at the fragment", "Cargo.lock",
      "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"git+https://git.example/o/a#\(Judged.hex("a", 20))\"\n",
      "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.1\"\nsource = \"git+https://evil.example#@git.example/o/a\"\n",
      "222 critical: a 1.0.1"),
    Row(
      "requirements: a repository, now a file", "requirements.txt",
      "a @ git+https://git.example/o/a@\(Judged.hex("a", 20))\n", "a @ file:///srv/a.whl\n",
      "229 critical: a"),
    Row(
      "requirements: an address, now a file beside it", "requirements.txt",
      "a @ https://files.example/a-1.0.whl\n", "a @ ./a-1.0.whl\n", "229 high: a"),
    Row(
      "requirements: an address, now a file elsewhere", "requirements.txt",
      "a @ https://files.example/a-1.0.whl\n", "a @ file:///srv/a-1.0.whl\n", "229 critical: a"),
    Row(
      "Pipfile.lock: an archive by a file", "Pipfile.lock",
      pipfile("\"version\": \"==1.0.0\", \"index\": \"pypi\""),
      pipfile("\"file\": \"file:///srv/a-1.0.whl\""), "214 critical: a"),
    Row(
      "uv: a wheel is a file now, at the same version", "uv.lock",
      uv("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      uv("1.0.0", "path = \"a-1.0.0.tar.gz\""),
      "210 critical: a 1.0.0   files.example -> the file a-1.0.0.tar.gz"),
    Row(
      "uv: the same at another version", "uv.lock",
      uv("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      uv("1.0.1", "path = \"a-1.0.1.tar.gz\""),
      "229 critical: a 1.0.0 -> a 1.0.1   files.example -> the file a-1.0.1.tar.gz"),
    Row(
      "uv: an address of a file", "uv.lock",
      uv("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      uv("1.0.0", "url = \"file:///srv/a-1.0.0.tar.gz\""), "210 critical: a 1.0.0"),
    Row(
      "uv: a new lock whose archive is a file", "uv.lock", nil,
      uv("1.0.0", "path = \"a-1.0.0.tar.gz\""), "215 high: a 1.0.0   from the file a-1.0.0.tar.gz"),
    Row(
      "uv: a new lock whose archive is a file elsewhere", "uv.lock", nil,
      uv("1.0.0", "path = \"../../a-1.0.0.tar.gz\""), "222 critical: a 1.0.0"),
    Row(
      "pylock: a wheel is a file now", "pylock.toml",
      pylock("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      pylock("1.0.1", "path = \"a-1.0.1.tar.gz\""), "229 critical: a 1.0.0 -> a 1.0.1"),
    Row(
      "pylock: an address of a file, at the same version", "pylock.toml",
      pylock("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      pylock("1.0.0", "url = \"file:///srv/a-1.0.0.tar.gz\""), "210 critical: a 1.0.0"),
    Row(
      "pdm: an address of a file", "pdm.lock",
      pdm("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      pdm("1.0.1", "url = \"file:///srv/a-1.0.1.tar.gz\""), "229 critical: a 1.0.0 -> a 1.0.1"),
    Row(
      "pdm: no address any more", "pdm.lock",
      pdm("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""),
      pdm("1.0.1", "file = \"a-1.0.1.tar.gz\""),
      "229 critical: a 1.0.0 -> a 1.0.1   files.example -> no address any more"),
    Row(
      "mise: no address any more", "mise.lock",
      mise("1.0.0", "url = \"https://files.example/a\"\n"),
      mise("1.0.1", ""), "229 critical: a 1.0.0 -> a 1.0.1"),
  ]

  private static func pnpm(_ version: String, _ tarball: String) -> String {
    """
    lockfileVersion: '9.0'
    importers:
      .:
        dependencies:
          ms:
            specifier: '*'
            version: \(version)
    packages:
      ms@\(version):
        resolution: {integrity: \(Judged.sha512("A")), tarball: \(tarball)}
    snapshots:
      ms@\(version): {}

    """
  }

  private static func pipfile(_ members: String) -> String {
    """
    {"_meta": {"hash": {"sha256": "\(sha)"}, "pipfile-spec": 6, "requires": {}, "sources": [
    {"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": true}]},
    "default": {"a": {"hashes": ["sha256:\(sha)"], \(members)}}, "develop": {}}

    """
  }

  private static func uv(_ version: String, _ file: String, more: String = "") -> String {
    """
    version = 1
    requires-python = ">=3.12"

    [[package]]
    name = "a"
    version = "\(version)"
    source = { registry = "https://pypi.org/simple" }
    sdist = { \(file), hash = "sha256:\(sha)" }
    \(more)
    [[package]]
    name = "app"
    version = "0.1.0"
    source = { virtual = "." }
    dependencies = [{ name = "a" }]

    """
  }

  private static func pylock(_ version: String, _ file: String, more: String = "") -> String {
    """
    lock-version = "1.0"
    created-by = "tool"

    [[packages]]
    name = "a"
    version = "\(version)"
    index = "https://pypi.org/simple"
    sdist = { name = "a-\(version).tar.gz", \(file), hashes = { sha256 = "\(sha)" } }
    \(more)

    """
  }

  private static func pdm(_ version: String, _ file: String, more: String = "") -> String {
    """
    [metadata]
    groups = ["default"]
    strategy = []
    lock_version = "4.5.0"
    content_hash = "sha256:\(sha)"

    [[package]]
    name = "a"
    version = "\(version)"
    summary = ""
    files = [
        {\(file), hash = "sha256:\(sha)"},
        \(more)
    ]

    """
  }

  private static func berry(_ version: String, _ reference: String) -> String {
    """
    __metadata:
      version: 8
      cacheKey: 10c0

    "ms@npm:*":
      version: \(version)
      resolution: "ms@\(reference)"
      checksum: 10c0/\(Judged.hex("a", 64))
      languageName: node
      linkType: hard

    """
  }

  private static func bun(_ entry: String) -> String {
    """
    {"lockfileVersion": 1, "workspaces": {"": {"name": "app", "dependencies": {"ms": "*"}}},
    "packages": {
    "ms": [\(entry), {}, "\(Judged.sha512("A"))"]
    }}

    """
  }

  private static func deno(_ version: String, _ more: String) -> String {
    """
    {"version": "5", "specifiers": {"npm:ms@*": "\(version)"},
    "npm": {"ms@\(version)": {"integrity": "\(Judged.sha512("A"))"\(more)}},
    "workspace": {"dependencies": ["npm:ms@*"]}}

    """
  }

  private static func unity(_ version: String) -> String {
    """
    {"dependencies": {"com.acme.a": {"version": "\(version)", "depth": 0, "source": "git",
    "dependencies": {}, "hash": "\(Judged.hex("a", 20))"}}}

    """
  }

  private static func renv(_ repository: String) -> String {
    """
    {"R": {"Version": "4.4.0", "Repositories": [{"Name": "CRAN", "URL": "https://cloud.r-project.org"}]},
    "Packages": {"corputils": {"Package": "corputils", "Version": "1.0.0", "Source": "Repository",
    "Repository": "\(repository)", "Hash": "\(Judged.hex("a", 16))"}}}

    """
  }

  private static func mise(_ version: String, _ url: String) -> String {
    """
    [[tools.a]]
    version = "\(version)"
    backend = "http:a"

    [tools.a."platforms.linux-x64"]
    checksum = "sha256:\(sha)"
    \(url)
    """
  }

  @Test("a place that is gone, or a file in the place of an address", arguments: origins)
  func places(_ row: Row) throws { try check(row) }

  // MARK: Digests, file by file

  private static func uvWheels(_ hash: String) -> String {
    uv(
      "1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\"",
      more:
        "wheels = [{ url = \"https://files.example/a-1.0.0-py3-none-any.whl\"\(hash) }]\n")
  }

  private static func pylockWheels(_ hashes: String) -> String {
    pylock(
      "1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\"",
      more:
        "wheels = [{ url = \"https://files.example/a-1.0.0-py3-none-any.whl\", hashes = {\(hashes)} }]\n"
    )
  }

  private static func pdmFiles(_ hash: String) -> String {
    pdm("1.0.0", "file = \"a-1.0.0.tar.gz\"", more: "{file = \"a-1.0.0-py3-none-any.whl\"\(hash)},")
  }

  private static func poetry(_ version: String, _ files: String, old: Bool = false) -> String {
    let list = "[{file = \"a-1.0.0.tar.gz\", hash = \"sha256:\(sha)\"}, \(files)]"
    return """
      [[package]]
      name = "a"
      version = "1.0.0"
      description = ""
      optional = false
      python-versions = "*"
      \(old ? "" : "files = \(list)")

      [metadata]
      lock-version = "\(version)"
      python-versions = "*"
      content-hash = "\(sha)"
      \(old ? "\n[metadata.files]\na = \(list)" : "")

      """
  }

  private static func pixi(_ hash: String) -> String {
    """
    version: 6
    environments:
      default:
        channels: []
        packages: {linux-64: []}
    packages:
    - pypi: https://files.example/a-1.0.0-cp311-linux.whl
      name: a
      version: 1.0.0
      sha256: \(sha)
    - pypi: https://files.example/a-1.0.0-cp312-linux.whl
      name: a
      version: 1.0.0
    \(hash)
    """
  }

  private static let whl = "{file = \"a-1.0.0-py3-none-any.whl\""

  private static func miseTwo(_ checksum: String) -> String {
    mise("1.0.0", "url = \"https://files.example/a\"\n")
      + "\n[tools.a.\"platforms.macos-arm64\"]\nurl = \"https://files.example/b\"\n\(checksum)\n"
  }

  static let files: [Row] = [
    Row(
      "uv: one of two files loses its digest", "uv.lock", uvWheels(", hash = \"sha256:\(other)\""),
      uvWheels(""), "212 critical: a 1.0.0   1 of 2 files have no digest that is checked"),
    Row(
      "uv: an empty digest", "uv.lock", uvWheels(", hash = \"sha256:\(other)\""),
      uvWheels(", hash = \"\""), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "uv: a digest that is too short", "uv.lock", uvWheels(", hash = \"sha256:\(other)\""),
      uvWheels(", hash = \"sha256:bbbb\""), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "uv: in a new file", "uv.lock", nil, uvWheels(""), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "uv: a file more, without a digest", "uv.lock",
      uv("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\""), uvWheels(""),
      "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "uv: as before", "uv.lock", uvWheels(""), uvWheels("").replacing("1.0.0", with: "1.0.1"), ""),
    Row(
      "pdm: one of two files", "pdm.lock", pdmFiles(", hash = \"sha256:\(other)\""), pdmFiles(""),
      "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "pylock: one of two files", "pylock.toml", pylockWheels("sha256 = \"\(other)\""),
      pylockWheels(""), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "pylock: an algorithm that nobody knows", "pylock.toml",
      pylockWheels("sha256 = \"\(other)\""), pylockWheels("crc = \"\(other)\""),
      "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "pylock: one that nobody knows beside one that is checked", "pylock.toml",
      pylockWheels("sha256 = \"\(other)\""), pylockWheels("sha256 = \"\(other)\", crc = \"00\""),
      "212 high: a 1.0.0   crc:00 is no digest that is checked"),
    Row(
      "poetry 2: one of two files", "poetry.lock",
      poetry("2.1", whl + ", hash = \"sha256:\(other)\"}"), poetry("2.1", whl + ", hash = \"\"}"),
      "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "poetry 1: one of two files", "poetry.lock",
      poetry("1.1", whl + ", hash = \"sha256:\(other)\"}", old: true),
      poetry("1.1", whl + ", hash = \"\"}", old: true), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "mise: one of two platforms", "mise.lock", miseTwo("checksum = \"sha256:\(other)\""),
      miseTwo(""), "212 critical: a 1.0.0   1 of 2 files"),
    Row(
      "pixi: one of two archives", "pixi.lock", pixi("  sha256: \(other)\n"), pixi(""),
      "212 critical: a 1.0.0"),
    Row(
      "npm: a new lock whose package has no digest", "package-lock.json", nil,
      npm(ms("2.1.3", usual, nil)), "212 high: ms 2.1.3   is new and has no digest"),
    Row(
      "npm: the first package of a lock", "package-lock.json",
      "{\"lockfileVersion\": 3, \"packages\": {\"\": {}}}\n", npm(ms("2.1.3", usual, nil)),
      "212 high: ms 2.1.3   is new and has no digest"),
    Row(
      "npm: neither digest nor place", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(ms("2.1.3", usual), once: ms("1.4.0", nil, nil), wants: #""ms": "*", "once": "*""#),
      "212 high: once 1.4.0   is new and has no digest"),
    Row(
      "npm: what another package brings along", "package-lock.json", npm(ms("2.1.3", usual)),
      npm(
        ms("2.1.3", usual),
        once: ms("1.4.0", nil, nil) + ", \"inBundle\": true", wants: #""ms": "*", "once": "*""#),
      ""),
    Row(
      "Cargo: a new lock", "Cargo.lock", nil,
      "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n",
      "212 high: a 1.0.0   is new and has no digest"),
    Row(
      "uv: a new lock", "uv.lock", nil,
      uv("1.0.0", "url = \"https://files.example/a-1.0.0.tar.gz\"").replacing(
        ", hash = \"sha256:\(sha)\"", with: ""), "212 high: a 1.0.0   is new and has no digest"),
    Row(
      "composer: where digests are seldom", "composer.lock", nil,
      """
      {"content-hash": "00", "packages": [{"name": "a/a", "version": "1.0.0",
      "dist": {"type": "zip", "url": "https://api.github.com/repos/a/a/zipball/\(Judged.hex("a", 20))",
      "reference": "\(Judged.hex("a", 20))", "shasum": ""}}], "packages-dev": []}

      """, ""),
  ]

  @Test("each file needs a digest, and so does what the tool digests always", arguments: files)
  func digests(_ row: Row) throws { try check(row) }

  // MARK: Addresses in lines and tables

  static let disguised: [Row] =
    [
      "http://evil.example#@files.example/x.whl", "https://evil.example#egg=@files.example/x.whl",
      "https://files.example@evil.example/x.whl", "https://evil.example%2f@files.example/x.whl",
      #"https://evil.example\@files.example/x.whl"#, "https://files.example/a/%5c..%5cx.whl",
      "https://files.example/%2e%2e/x.whl", "https://evil.example%00.files.example/x.whl",
      "git+ssh://evil.example#@files.example/o/r", "git+https://evil.example#@files.example/o/r",
      "https://files.ex\u{430}mple/x.whl", "https://files.example:0443/x.whl",
    ].flatMap { address in
      [
        Row(
          "requirements: \(address)", "requirements.txt", "a==1\n",
          "a==1\nhazel @ \(address)\n", "222 critical: hazel"),
        Row(
          "pyproject: \(address)", "pyproject.toml", "[project]\nname = \"x\"\ndependencies = []\n",
          "[project]\nname = \"x\"\ndependencies = ['hazel @ \(address)']\n", "222 critical:"),
        Row(
          "setup.cfg: \(address)", "setup.cfg", "[options]\ninstall_requires =\n  a==1\n",
          "[options]\ninstall_requires =\n  a==1\n  hazel @ \(address)\n", "222 critical:"),
      ]
    }

  @Test("a requirement by an address that is none", arguments: disguised)
  func requirements(_ row: Row) throws { try check(row) }

  // MARK: Names and numbers

  @Test("a part of npm's project is called by its name, not by its folder")
  func members() throws {
    let lock = #"""
      {"lockfileVersion": 3, "packages": {"": {"workspaces": ["packages/*"]},
      "packages/a": {"version": "1.0.0"}, "packages/@corp/b": {"version": "1.0.0"},
      "tools/c": {"name": "@corp/c", "version": "1.0.0"}, "lib/d": {"version": "1.0.0"},
      "node_modules/own-d": {"resolved": "lib/d", "link": true}}}
      """#
    let diff = try Judged.diff([("package-lock.json", nil, lock)])
    let inventory = try #require(diff.files.first?.new.inventory)
    let names = inventory.entries.map {
      String(decoding: inventory.document.bytes($0.name), as: UTF8.self)
    }
    #expect(names == ["a", "@corp/b", "@corp/c", "own-d", "own-d"])
  }
}
