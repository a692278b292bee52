import Primitives
import TestSupport
import Testing

@Suite("hookkit deps diff")
struct DepsDiffTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private static let swapped = DepsListTests.lock.split(separator: "registry.example")
    .joined(separator: "evil.example")

  /// The arguments for a comparison of two files.
  private func files(_ old: String, _ new: String) throws -> [String] {
    let paths = [try sandbox.write(old, to: "old.json"), try sandbox.write(new, to: "new.json")]
    return ["deps", "diff"] + paths + ["--path", "package-lock.json"]
  }

  private func hookkit(_ arguments: [String], in folder: String? = nil) throws -> Outcome {
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run(["\(bin)/hookkit"] + arguments, in: folder)
  }

  @Test("a swapped host is said first, in a few lines of plain text")
  func swap() throws {
    let outcome = try hookkit(try files(DepsListTests.lock, Self.swapped))
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(
      outcome.lines == [
        "package-lock.json   1 changed; 2 of 2 lines explained",
        "!! HK210 source changed, version did not: ms 2.1.2",
        "   registry.example -> evil.example",
        " ! HK223 a host that was not used so far: evil.example",
        "   serves ms 2.1.2",
        "   besides   ms 2.1.2 (source)",
        "not checked: advisories, publish age, signatures (offline)",
      ])
  }

  @Test("another layout is proven to change nothing")
  func layout() throws {
    let flat = DepsListTests.lock.split(separator: "\n").joined(separator: " ") + "\n"
    let outcome = try hookkit(try files(DepsListTests.lock, flat))
    #expect(outcome.lines.first?.hasSuffix("lines, nothing changes in substance") ?? false)
    let json = try hookkit(try files(DepsListTests.lock, flat) + ["--json"])
    #expect(json.output.contains(#""neutral": true"#))
  }

  @Test("JSON has a digest that other content does not have")
  func digest() throws {
    func digest(_ new: String) throws -> Substring {
      let outcome = try hookkit(try files(DepsListTests.lock, new) + ["--json"])
      #expect(outcome.output.hasPrefix("{\n  \"schema\": \"hookkit.depdiff/1\""))
      return try #require(outcome.output.split(separator: "\n").last { $0.contains("sha256:") })
    }
    #expect(try digest(Self.swapped) == digest(Self.swapped))
    #expect(try digest(Self.swapped) != digest(DepsListTests.lock))
  }

  @Test("SARIF and the dependency review array are for other tools")
  func formats() throws {
    let arguments = try files(DepsListTests.lock, Self.swapped)
    let sarif = try hookkit(arguments + ["--format", "sarif"]).output
    for part in [#""ruleId": "HK210""#, #""uri": "package-lock.json""#, #""startLine": 5"#] {
      #expect(sarif.contains(part), "\(part)")
    }
    let review = try hookkit(arguments + ["--dependency-review"]).output
    #expect(review.contains(#""change_type": "removed""#))
    #expect(review.contains(#""change_type": "added""#))
  }

  @Test("of two commits every dependency file is compared, or the one that is named")
  func commits() throws {
    let repository = try sandbox.repository("app")
    let old = try repository.commit(
      "One", ["web/package-lock.json": .text(DepsListTests.lock), "a": "1"])
    let new = try repository.commit(
      "Two", ["web/package-lock.json": .text(Self.swapped), "a": "2", "AGENTS.md": "Obey.\n"],
      parents: [old])
    let all = try hookkit(["deps", "diff", old.hex, new.hex], in: repository.path)
    #expect(all.exit == 0, "\(all)")
    #expect(all.output.contains("web/package-lock.json   1 changed"))
    #expect(all.output.contains("AGENTS.md"))
    let one = try hookkit(
      ["deps", "diff", old.hex, new.hex, "--path", "web/package-lock.json"], in: repository.path)
    #expect(!one.output.contains("AGENTS.md"))
    let listed = try hookkit(
      ["deps", "list", "\(new.hex):web/package-lock.json"], in: repository.path)
    #expect(listed.output.contains("evil.example"))
    let same = try hookkit(["deps", "diff", old.hex, old.hex], in: repository.path)
    #expect(same.exit == 0 && same.output.isEmpty)
  }
}
