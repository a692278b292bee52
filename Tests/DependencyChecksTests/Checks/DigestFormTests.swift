import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

@Suite("Digests that are checked")
struct DigestFormTests {
  private static let good = Judged.sha512("C")

  private static let passedOver: [String] = {
    let rest = String(good.dropFirst(7))
    return [
      "SHA512-" + rest, "sha512:" + Judged.hex("c", 64), "", "Sha512-" + rest, "sha512_" + rest,
      "sha-512-" + rest, "sha3-512-" + rest, "sha512-" + rest.dropFirst(2), good + "=",
      String(good.dropLast(2)), "sha512-" + Judged.hex("c", 64), "md5-AAAAAAAAAAAAAAAAAAAAAA==",
      "ripemd160-AAAAAAAAAAAAAAAAAAAAAAAAAAA=", good.replacing("C", with: "_"),
    ]
  }()

  private static let written: [String] = [
    good, "sha1-" + String(repeating: "A", count: 27) + "=",
    "sha256-" + String(repeating: "A", count: 43) + "=",
    "sha384-" + String(repeating: "A", count: 64), good + "?option",
  ]

  private func findings(_ digest: String, _ version: String = "2.1.4") throws -> [String] {
    func lock(_ version: String, _ digest: String) -> String {
      Judged.npm([
        ("ms", version, "https://registry.example/ms/-/ms-\(version).tgz", digest),
        ("once", "1.4.0", "https://registry.example/once/-/once-1.4.0.tgz", Judged.sha512("D")),
      ])
    }
    return try Judged.findings(
      "package-lock.json", lock("2.1.3", Judged.sha512("A")), lock(version, digest))
  }

  /// npm 10.8.2 installed the wrong archive with each of the first three, seen with a server on loopback
  /// that served another archive; it refused the others (`EINTEGRITY`, or no known algorithm).
  @Test(
    "a digest that npm passes over or never writes is none",
    arguments: passedOver)
  func unchecked(_ digest: String) throws {
    let found = try findings(digest)
    #expect(found.contains { $0.hasPrefix("212") }, "\(digest): \(found)")
    if !digest.isEmpty { #expect(found.contains { $0.hasPrefix("212 critical") }, "\(found)") }
  }

  @Test("one of several digests that is none is told, and is no missing integrity")
  func besides() throws {
    let found = try findings("\(Self.good) SHA512-xyz")
    #expect(found.contains { $0.hasPrefix("212 high: ms 2.1.4   SHA512-xyz") }, "\(found)")
  }

  @Test("digests as npm writes them are checked", arguments: written)
  func checked(_ digest: String) throws {
    let found = try findings(digest)
    #expect(!found.contains { $0.hasPrefix("212") }, "\(found)")
  }

  @Test("a new package with a digest that is none")
  func newPackage() throws {
    let old = Judged.npm([
      ("ms", "2.1.3", "https://registry.example/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))
    ])
    let new = Judged.npm([
      ("ms", "2.1.3", "https://registry.example/ms/-/ms-2.1.3.tgz", Judged.sha512("A")),
      ("once", "1.4.0", "https://registry.example/once/-/once-1.4.0.tgz", "SHA512-AAAA"),
    ])
    let found = try Judged.findings("package-lock.json", old, new)
    #expect(found.contains { $0.hasPrefix("212 critical: once 1.4.0   SHA512-AAAA") }, "\(found)")
  }

  private static let formats: [(path: String, text: String, good: String, bad: [String])] = [
    (
      "Cargo.lock",
      "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://git.example/i\"\nchecksum = \"@\"\n",
      Judged.hex("a"),
      [Judged.hex("a").dropLast(2) + "", "sha256:" + Judged.hex("a"), Judged.hex("g")]
    ),
    (
      "requirements.txt", "a==1.0.0 --hash=@\n", "sha256:" + Judged.hex("a"),
      [
        "md5:" + Judged.hex("a", 16), "sha1:" + Judged.hex("a", 20),
        "sha256:" + Judged.hex("a", 31),
      ]
    ),
    (
      "go.sum", "example.org/m v1.0.0 @\n", "h1:" + String(repeating: "A", count: 43) + "=",
      ["h2:" + String(repeating: "A", count: 43) + "=", "h1:AAAA"]
    ),
    (
      ".terraform.lock.hcl",
      "provider \"registry.terraform.io/acme/x\" {\n  version = \"1.0.0\"\n  hashes = [\n    \"@\",\n  ]\n}\n",
      "zh:" + Judged.hex("a"), ["zh:" + Judged.hex("a", 20), "h9:" + Judged.hex("a")]
    ),
    (
      "Gemfile.lock",
      "GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0.0)\n\nDEPENDENCIES\n  a\n\nCHECKSUMS\n  a (1.0.0) @\n",
      "sha256=" + Judged.hex("a"), ["md5=" + Judged.hex("a", 16), "sha256=aaaa"]
    ),
    (
      "uv.lock",
      "version = 1\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\nsdist = { url = \"https://files.pythonhosted.org/packages/a-1.0.0.tar.gz\", hash = \"@\" }\n",
      "sha256:" + Judged.hex("a"), ["SHA256:" + Judged.hex("a"), "sha256:" + Judged.hex("a", 16)]
    ),
  ]

  @Test(
    "other formats: an algorithm, a length or digits that their tools do not know",
    arguments: formats)
  func otherFormats(_ row: (path: String, text: String, good: String, bad: [String])) throws {
    let (path, text, good, bad) = row
    let old = text.replacing("@", with: good)
    for digest in bad {
      let found = try Judged.findings(
        path, old, text.replacing("@", with: digest).replacing("1.0.0", with: "1.0.1"))
      #expect(found.contains { $0.hasPrefix("212 critical") }, "\(path) \(digest): \(found)")
    }
    let found = try Judged.findings(path, old, old.replacing("1.0.0", with: "1.0.1"))
    #expect(!found.contains { $0.hasPrefix("212") }, "\(path): \(found)")
  }

  @Test("a platform that is added to a gem of the same version is no other digest")
  func platforms() throws {
    func lock(_ platforms: [String]) -> String {
      let gems = platforms.map { $0.isEmpty ? "1.16.0" : "1.16.0-\($0)" }
      return "GEM\n  remote: https://rubygems.org/\n  specs:\n"
        + gems.map { "    nokogiri (\($0))\n" }.joined() + "\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n"
        + "  nokogiri\n\nCHECKSUMS\n"
        + gems.enumerated().map { "  nokogiri (\($1)) sha256=\(Judged.hex(Character("\($0)")))\n" }
        .joined()
    }
    let found = try Judged.findings(
      "Gemfile.lock", lock(["x86_64-linux"]), lock(["x86_64-linux", "arm64-darwin", ""]))
    #expect(!found.contains { $0.hasPrefix("211") || $0.contains("critical") }, "\(found)")
    let swapped = lock(["x86_64-linux"]).replacing(Judged.hex("0"), with: Judged.hex("f"))
    let other = try Judged.findings("Gemfile.lock", lock(["x86_64-linux"]), swapped)
    #expect(other.contains { $0.hasPrefix("211 critical") }, "\(other)")
  }
}

@Suite("Bundler's own digest")
struct BundlerDigestTests {
  private func lock(_ lines: String) -> String {
    "GEM\n  remote: https://rubygems.org/\n  specs:\n    rake (13.0.0)\n\nDEPENDENCIES\n  rake\n\nCHECKSUMS\n"
      + lines + "  rake (13.0.0) sha256=\(Judged.hex("a"))\n\nBUNDLED WITH\n   4.0.11\n"
  }

  private func bundler(_ version: String, _ digit: Character) -> String {
    "  bundler (\(version)) sha256=\(Judged.hex(digit))\n"
  }

  @Test("another digest at one version is critical; that it comes or goes is not")
  func changes() throws {
    let found = try Judged.findings(
      "Gemfile.lock", lock(bundler("4.0.11", "b")), lock(bundler("4.0.11", "c")))
    #expect(found.contains { $0.hasPrefix("211 critical: bundler (4.0.11)") }, "\(found)")
    for (old, new) in [
      ("", bundler("4.0.11", "b")), (bundler("4.0.11", "b"), ""),
      (bundler("4.0.10", "b"), bundler("4.0.11", "c")),
    ] {
      let found = try Judged.findings("Gemfile.lock", lock(old), lock(new))
      #expect(!found.contains { $0.contains("critical") }, "\(found)")
    }
  }
}
