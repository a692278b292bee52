import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

@Suite("What manifests ask for")
struct WishTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let old: String
    let new: String
    let expected: String
    var testDescription: String { "\(path): \(expected)" }

    init(_ path: String, _ old: String, _ new: String, _ expected: String) {
      self.path = path
      self.old = old
      self.new = new
      self.expected = expected
    }
  }

  private static func package(_ wish: String) -> String {
    "{\"dependencies\": {\"once\": \"^1.0.0\"\(wish.isEmpty ? "" : ", \(wish)")}}\n"
  }

  private static func cargo(_ wish: String) -> String {
    "[package]\nname = \"app\"\n\n[dependencies]\nonce = \"1\"\n\(wish)\n"
  }

  private static let rev = Judged.hex("a", 20)
  private static let image = "registry.example/base@sha256:" + Judged.hex("b")

  static let cases: [Case] = [
    // Near names and look-alike letters.
    Case("package.json", package(""), package(#""expresss": "4""#), "226 high: expresss 4"),
    Case(
      "package.json", package(#""corp-invoices": "1""#),
      package(#""corp-invoices": "1", "corp-invoicse": "1""#), "226 high: corp-invoicse 1"),
    Case("Cargo.toml", cargo(""), cargo("serde_jsom = \"1\""), "226 high: serde_jsom"),
    Case(
      "pyproject.toml", "[project]\nname = \"a\"\ndependencies = []\n",
      "[project]\nname = \"a\"\ndependencies = [\"reqeusts>=2\"]\n", "226 high: reqeusts"),
    Case("requirements.txt", "flask>=2\n", "flask>=2\nreqeusts>=2\n", "226 high: reqeusts"),
    Case(
      "package.json", package(""), package("\"\u{43e}nce-utils\": \"1\""), "233 critical:"),
    // Aliases.
    Case(
      "package.json", package(#""ms": "^2.0.0""#), package(#""ms": "npm:malice@1""#),
      "218 high: ms   is really malice"),
    Case(
      "Cargo.toml", cargo("ms = \"2\""), cargo("ms = { package = \"malice\", version = \"1\" }"),
      "218 high: ms   is really malice"),
    // Forges, addresses, folders.
    Case(
      "package.json", package(#""ms": "^2.0.0""#), package(#""ms": "github:evil/ms""#),
      "214 high: ms github:evil/ms   ms ^2.0.0 -> github:evil/ms"),
    Case(
      "package.json", package(#""ms": "^2.0.0""#), package(#""ms": "evil/ms""#),
      "214 high: ms evil/ms"),
    Case("package.json", package(""), package(#""ms2x": "evil/ms2x""#), "215 high: ms2x evil/ms2x"),
    Case(
      "package.json", package(#""ms": "^2.0.0""#), package(#""ms": "https://evil.example/ms.tgz""#),
      "214 high: ms"),
    Case(
      "package.json", package(#""ms": "^2.0.0""#), package(#""ms": "file:../../../ms""#),
      "214 high: ms"),
    Case(
      "Cargo.toml", cargo("ms = \"2\""), cargo("ms = { git = \"https://git.example/evil/ms\" }"),
      "214 high: ms"),
    Case(
      "pyproject.toml", "[project]\ndependencies = [\"ms>=2\"]\n",
      "[project]\ndependencies = [\"ms @ git+https://git.example/evil/ms\"]\n", "214 high: ms"),
    Case(
      "package.json", package(#""ms": "github:good/ms""#), package(#""ms": "github:evil/ms""#),
      "221 high: ms"),
    Case(
      "Cargo.toml", cargo("ms = { git = \"https://git.example/good/ms\" }"),
      cargo("ms = { git = \"https://git.example/evil/ms\" }"), "221 high: ms"),
    // Pins that are given up.
    Case(
      "Cargo.toml", cargo("ms = { git = \"https://git.example/o/ms\", rev = \"\(rev)\" }"),
      cargo("ms = { git = \"https://git.example/o/ms\", branch = \"main\" }"),
      "219 high: ms   pinned to"),
    Case(
      "package.json", package("\"ms\": \"github:o/ms#\(rev)\""),
      package(#""ms": "github:o/ms#main""#),
      "219 high: ms   pinned to"),
    Case(
      "Dockerfile", "FROM \(image)\nRUN make\n", "FROM registry.example/base:1\nRUN make\n",
      "219 high: registry.example/base:1"),
    Case(
      "compose.yml", "services:\n  a:\n    image: \(image)\n",
      "services:\n  a:\n    image: registry.example/base:1\n", "219 high: registry.example/base"),
    Case(
      ".gitlab-ci.yml", "image: \(image)\n", "image: registry.example/base\n",
      "219 high: registry.example/base"),
    Case(
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - uses: good/build@\(rev)\n",
      "jobs:\n  a:\n    steps:\n      - uses: evil/build@\(rev)\n", "221 high: evil/build"),
    Case(
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - uses: good/build@\(rev)\n",
      "jobs:\n  a:\n    steps:\n      - uses: good/build@v2\n", "219 high: good/build"),
    // Addresses.
    Case(
      "package.json", package(#""ms": "https://registry.example/ms.tgz""#),
      package(#""ms": "https://registry.example@evil.example/ms.tgz""#), "222 critical:"),
  ]

  @Test("is judged like what locks lock", arguments: cases)
  func judged(_ row: Case) throws {
    let found = try Judged.findings(row.path, row.old, row.new)
    #expect(found.contains { $0.hasPrefix(row.expected) }, "\(found)")
    let same = try Judged.findings(row.path, row.new, row.new)
    #expect(!same.contains { $0.hasPrefix(row.expected) }, "said without a change: \(same)")
  }

  @Test(
    "and ordinary wishes say nothing",
    arguments: [
      Case("package.json", package(#""ms": "^2.0.0""#), package(#""ms": "^2.1.0""#), ""),
      Case("package.json", package(""), package(#""react": "^19.0.0""#), ""),
      Case("package.json", package(""), package(#""ms-local": "workspace:*""#), ""),
      Case("Cargo.toml", cargo(""), cargo("part = { path = \"part\" }"), ""),
      Case(
        "Cargo.toml", cargo("ms = { git = \"https://git.example/o/ms\", branch = \"main\" }"),
        cargo("ms = { git = \"https://git.example/o/ms\", branch = \"next\" }"), ""),
      Case(
        ".github/workflows/ci.yml",
        "jobs:\n  a:\n    steps:\n      - uses: good/build@\(rev)\n",
        "jobs:\n  a:\n    steps:\n      - uses: good/build@\(Judged.hex("c", 20))\n", ""),
      Case(
        "Dockerfile", "FROM \(image)\n", "FROM registry.example/base:2@sha256:\(Judged.hex("c"))\n",
        ""),
    ])
  func ordinary(_ row: Case) throws {
    let found = try Judged.findings(row.path, row.old, row.new)
    for code in ["214", "215", "218", "219", "221", "222", "226", "229", "233"] {
      #expect(!found.contains { $0.hasPrefix(code) }, "\(found)")
    }
  }

  @Test("a lock's package that becomes a folder or a part of the project")
  func folders() throws {
    let ms = ("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
    let old = Judged.npm([ms])
    for (target, severity) in [("../../evil", "critical"), ("packages/ms", "high")] {
      let new =
        "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"ms\": \"*\"}},\n"
        + "\"node_modules/ms\": {\"resolved\": \"\(target)\", \"link\": true}}}\n"
      let found = try Judged.findings("package-lock.json", old, new)
      #expect(
        found.contains {
          $0.hasPrefix("214 \(severity): ms") || $0.hasPrefix("210 \(severity): ms")
        },
        "\(target): \(found)")
    }
    func pnpm(_ version: String, _ packages: String) -> String {
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      ms:\n        specifier: '*'\n"
        + "        version: \(version)\n\(packages)"
    }
    let found = try Judged.findings(
      "pnpm-lock.yaml",
      pnpm(
        "2.1.3",
        "packages:\n  ms@2.1.3:\n    resolution: {integrity: \(Judged.sha512("A"))}\nsnapshots:\n  ms@2.1.3: {}\n"
      ),
      pnpm("link:../evil", ""))
    #expect(found.contains { $0.hasPrefix("214 high:") && $0.contains("link:../evil") }, "\(found)")
  }
}
