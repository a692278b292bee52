import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

/// What an attacker does to a lock, done to each format of lines, terms, HCL and XML.
@Suite("Tampered locks of lines, terms and XML")
struct LineFormatMutationTests {
  struct Base: Sendable, CustomTestStringConvertible {
    let format: String
    let text: String
    /// A part of the text, what it is made, and what that must be seen as.
    let edits: [(String, String, EntryChange.Fields)]

    var testDescription: String { format }
  }

  static let bases = [
    Base(
      format: "gemfile-lock",
      text:
        "GEM\n  remote: https://gems.example/\n  specs:\n    a (1.0)\n      b (>= 1)\n    b (2.0)\n\nCHECKSUMS\n  a (1.0) sha256=00\n  b (2.0) sha256=11\n",
      edits: [
        ("gems.example", "evil.example", .source),
        ("a (1.0) sha256=00", "a (1.0) sha256=ff", .integrity),
        ("a (1.0) sha256=00", "a (1.0)", .integrity), ("    a (1.0)", "    a (0.9)", .version),
        ("      b (>= 1)\n", "", .other),
        (
          "GEM\n  remote: https://gems.example/",
          "GIT\n  remote: https://gems.example/\n  revision: 01", .source
        ),
      ]),
    Base(
      format: "go-sum", text: "m.example/a v1.0.0 h1:AA=\nm.example/a v1.0.0/go.mod h1:BB=\n",
      edits: [("h1:AA=", "h1:FF=", .integrity), ("h1:BB=", "h1:FF=", .integrity)]),
    Base(
      format: "go-vendor-modules", text: "# m.example/a v1.0.0\n## explicit\nm.example/a\n",
      edits: [("# m.example/a v1.0.0", "# m.example/a v1.0.0 => ./evil", .source)]),
    Base(
      format: "requirements-txt",
      text:
        "a==1.0 --hash=sha256:00\nb @ https://files.example/b-1.0.tar.gz\nc==2.0 --hash=sha256:11\n",
      edits: [
        ("sha256:00", "sha256:ff", .integrity), (" --hash=sha256:00", "", .integrity),
        ("files.example", "evil.example", .source),
        ("c==2.0 --hash", "c @ git+https://git.example/c@main --hash", .source),
        ("a==1.0", "a==0.9", .version), ("c==2.0", "c==2.0 --global-option=x", .runsCode),
      ]),
    Base(
      format: "mix-lock",
      text:
        "%{\n  \"a\": {:hex, :a, \"1.0.0\", \"00\", [:mix], [], \"hexpm\", \"11\"},\n  \"b\": {:git, \"https://git.example/b.git\", \"0123\", []},\n}\n",
      edits: [
        ("\"11\"", "\"ff\"", .integrity), (", \"11\"}", "}", .integrity),
        ("\"hexpm\"", "\"evil\"", .source), (":a, \"1", ":evil, \"1", .name),
        ("git.example", "evil.example", .source), ("\"0123\"", "\"4567\"", .revision),
        ("[:mix]", "[:rebar3]", .other),
      ]),
    Base(
      format: "rebar-lock",
      text:
        "{\"1.2.0\",\n[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0\">>},0},\n {<<\"b\">>,{git,\"https://git.example/b.git\",{ref,\"01\"}},0}]}.\n[\n{pkg_hash,[{<<\"a\">>, <<\"00\">>}]}\n].\n",
      edits: [
        ("<<\"00\">>", "<<\"FF\">>", .integrity), ("{<<\"a\">>, <<\"00\">>}", "", .integrity),
        ("{pkg,<<\"a\">>", "{pkg,<<\"evil\">>", .name), ("git.example", "evil.example", .source),
        ("{ref,\"01\"}", "{branch,\"main\"}", .revision),
      ]),
    Base(
      format: "cartfile-resolved", text: "github \"acme/a\" \"v1.0\"\n",
      edits: [("v1.0", "v0.9", .version)]),
    Base(
      format: "gradle-lock", text: "org.example:a:1.0=runtimeClasspath\n",
      edits: [("1.0", "0.9", .version), ("runtimeClasspath", "testRuntimeClasspath", .scope)]),
    Base(
      format: "gradle-verification",
      text:
        "<verification-metadata><components><component group=\"g\" name=\"n\" version=\"1\">\n<artifact name=\"n-1.jar\">\n<sha256 value=\"00\"/>\n</artifact>\n</component></components></verification-metadata>\n",
      edits: [
        ("\"00\"", "\"ff\"", .integrity),
        ("<sha256 value=\"00\"/>", "<md5 value=\"00\"/>", .integrity),
        ("<sha256 value=\"00\"/>", "", .integrity),
        (
          "<sha256 value=\"00\"/>", "<sha256 value=\"00\"><also-trust value=\"ff\"/></sha256>",
          .integrity
        ),
      ]),
    Base(
      format: "terraform-lock",
      text:
        "provider \"r.example/a/b\" {\n  version = \"1.0\"\n  hashes = [\n    \"h1:A\",\n    \"zh:0\",\n  ]\n}\n",
      edits: [
        ("r.example", "evil.example", .source), ("h1:A", "h1:F", .integrity),
        ("    \"zh:0\",\n", "", .integrity), ("1.0", "0.9", .version),
      ]),
    Base(
      format: "paket-lock",
      text:
        "NUGET\n  remote: https://nuget.example/v3\n    A (1.0)\nGITHUB\n  remote: acme/t\n    f.fs (01)\n",
      edits: [
        ("nuget.example", "evil.example", .source), ("A (1.0)", "A (0.9)", .version),
        ("(01)", "(02)", .revision),
      ]),
    Base(
      format: "gradle-wrapper",
      text: "distributionUrl=https\\://s.example/gradle-8.5-bin.zip\ndistributionSha256Sum=00\n",
      edits: [
        ("s.example", "evil.example", .source), ("Sum=00", "Sum=ff", .integrity),
        ("distributionSha256Sum=00\n", "", .integrity),
      ]),
    Base(
      format: "gitmodules",
      text: "[submodule \"a\"]\n\tpath = a\n\turl = https://git.example/a.git\n",
      edits: [
        ("git.example", "evil.example", .source), ("\turl", "\tupdate = !id\n\turl", .runsCode),
        ("path = a", "path = b", .alias),
      ]),
  ]

  private func diff(_ base: Base, _ new: [UInt8]) throws -> FileDiff {
    let format = try #require(FormatRegistry.format(named: base.format))
    return FileDiff(
      DependencyFile(
        path: Array(base.format.utf8), classes: FileClasses(format.fileClass), formats: [format],
        old: DependencyFile.Side(bytes: Array(base.text.utf8)),
        new: DependencyFile.Side(bytes: new)))
  }

  @Test("every edit of an entry is a change of the right kind", arguments: bases)
  func edits(base: Base) throws {
    for (old, new, field) in base.edits {
      let text = base.text.replacing(old, with: new, maxReplacements: 1)
      #expect(text != base.text, "\(old) is not in the text")
      let diff = try diff(base, Array(text.utf8))
      #expect(!diff.isNeutral)
      #expect(diff.unread == nil, "\(old): \(String(describing: diff.unread))")
      #expect(diff.changes.contains { $0.fields.contains(field) }, "\(old) to \(new)")
      #expect(diff.coverage.residualCount == 0, "\(old) to \(new)")
    }
  }

  @Test(
    "markers, marks, control bytes, broken text and cut ends make a lock opaque", arguments: bases)
  func opaque(base: Base) throws {
    let text = Array(base.text.utf8)
    let half = base.text.prefix { $0 != "\n" }.utf8.count + 1
    var inputs: [[UInt8]] = [
      Array("<<<<<<< HEAD\n".utf8) + text, text + Array(">>>>>>> theirs\n".utf8),
      Array(text[..<half]) + Array("=======\n".utf8) + Array(text[half...]), text + [0],
      text + [0x1b], text + [0xff], text + [0xc0, 0xaf], [0xff, 0xfe] + text,
    ]
    // XML begins with a byte-order mark as often as not, and pip skips one.
    if !["gradle-verification", "requirements-txt"].contains(base.format) {
      inputs.append([0xef, 0xbb, 0xbf] + text)
    }
    for input in inputs {
      let diff = try diff(base, input)
      #expect(diff.unread != nil)
      #expect(!diff.isNeutral)
    }
  }

  @Test(
    "the same lock with other line ends or blank lines is proven to be the same", arguments: bases)
  func neutral(base: Base) throws {
    let returns = try diff(base, Array(base.text.replacing("\n", with: "\r\n").utf8))
    #expect(returns.isNeutral)
    #expect(returns.coverage.changedLines > 0)
    #expect(try diff(base, Array((base.text + "\n").utf8)).isNeutral)
    #expect(try diff(base, Array(base.text.utf8)).isNeutral)
  }
}
