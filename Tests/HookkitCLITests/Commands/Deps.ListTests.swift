import TestSupport
import Testing

@Suite("hookkit deps list and sbom")
struct DepsListTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  static let lock = """
    {
      "lockfileVersion": 3,
      "packages": {
        "": {"dependencies": {"ms": "^2.0.0"}},
        "node_modules/ms": {
          "version": "2.1.2",
          "resolved": "https://registry.example/ms/-/ms-2.1.2.tgz",
          "integrity": "sha512-AAAA"
        }
      }
    }

    """

  private func file(_ name: String, _ text: String) throws -> String {
    try sandbox.write(text, to: name)
  }

  @Test("a file is listed by its name, outside of any repository")
  func lists() throws {
    let path = try file("package-lock.json", Self.lock)
    let outcome = try sandbox.hookkit("deps", "list", path)
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.lines.first?.hasSuffix("package-lock.json   npm-lock 3, 1 entry") ?? false)
    #expect(
      Array(outcome.lines.dropFirst()) == [
        "  ms  2.1.2  runtime    sha512-AAAA  https://registry.example/ms/-/ms-2.1.2.tgz"
      ])
  }

  @Test("JSON has every field of an entry")
  func json() throws {
    let path = try file("package-lock.json", Self.lock)
    let outcome = try sandbox.hookkit("deps", "list", path, "--json")
    #expect(outcome.exit == 0)
    for part in [
      #""schema": "hookkit.deps/1""#, #""status": "ok""#, #""purl": "pkg:npm/ms@2.1.2""#,
      #""locator": "node_modules/ms""#, #""direct": true"#, #""formatVersion": "3""#,
    ] { #expect(outcome.output.contains(part), "\(part)") }
  }

  @Test("a file that cannot be read says so, and is no error of the command")
  func opaque() throws {
    let path = try file("package-lock.json", #"{"a": 1, "a": 2}"#)
    let outcome = try sandbox.hookkit("deps", "list", path)
    #expect(outcome.exit == 0)
    #expect(outcome.lines.first?.hasSuffix("opaque: the same key twice (byte 9)") ?? false)
    let json = try sandbox.hookkit("deps", "list", path, "--json")
    #expect(json.output.contains(#""reason": "the same key twice""#))
  }

  @Test("a file of no known name, and one that is not there, are errors")
  func unknown() throws {
    let path = try file("picture.png", "")
    #expect(try sandbox.hookkit("deps", "list", path).exit == 3)
    let missing = try sandbox.hookkit("deps", "list", "none.lock")
    #expect(missing.exit == 3)
    #expect(missing.errors.contains("is not a file"))
  }

  @Test("a bill of materials names components, their digests and where they stand")
  func bill() throws {
    let path = try file("package-lock.json", Self.lock)
    let outcome = try sandbox.hookkit("deps", "sbom", path)
    #expect(outcome.exit == 0)
    for part in [
      #""bomFormat": "CycloneDX""#, #""specVersion": "1.6""#, #""purl": "pkg:npm/ms@2.1.2""#,
      #""alg": "SHA-512""#, #""line": 5"#,
    ] { #expect(outcome.output.contains(part), "\(part)") }
  }
}
