import DependencyChecks
import Documents
import Lockfiles
import Testing

/// What the first versions of tools wrote, and histories still hold.
@Suite("Early formats")
struct EarlyFormatTests {
  @Test("gleam listed versions without a source")
  func gleam() throws {
    let table = try ReadFile(
      "gleam-manifest", "config_checksum = \"aa\"\n\n[packages]\na = \"0.1.0\"\nb = \"1.0.0\"\n")
    #expect(table.entries == ["a: a 0.1.0 unknown", "b: b 1.0.0 unknown"])
    let list = try ReadFile(
      "gleam-manifest", "[[packages]]\ntype = \"Hex\"\nname = \"a\"\nversion = \"0.1.0\"\n")
    #expect(list.entries == ["a: a 0.1.0 unknown"])
    #expect(
      try refusal(format: "gleam-manifest", "[packages]\na = {version = \"1\"}\n") == .wrongShape)
    #expect(
      try refusal(
        format: "gleam-manifest",
        "[[packages]]\nname = \"a\"\nversion = \"1\"\nsource = \"tape\"\n") == .wrongShape)
  }

  @Test("pixi.lock was a conda-lock up to version 3", arguments: ["1", "2", "3"])
  func pixi(version: String) throws {
    let file = try ReadFile(
      "pixi-lock",
      """
      metadata:
        channels:
        - url: https://conda.example/forge/
          used_env_vars: []
      package:
      - platform: linux-64
        name: zlib
        version: 1.2.13
        category: main
        manager: conda
        dependencies: []
        url: https://conda.example/forge/linux-64/zlib-1.2.13-h0_0.conda
        hash:
          md5: aa
          sha256: bb
        build: h0_0
      version: \(version)

      """)
    #expect(
      file.entries == [
        "conda zlib linux-64 main: zlib 1.2.13 registry "
          + #"https://conda.example/forge/linux-64/zlib-1.2.13-h0_0.conda ["md5:aa", "sha256:bb"]"#
      ])
  }

  private func findings(_ path: String, _ old: String, _ new: String) throws -> [String] {
    let path = Array(path.utf8)
    return DependencyDiff([
      DependencyFile(
        path: path, match: try #require(Catalog.match(path)),
        old: .init(bytes: Array(old.utf8)), new: .init(bytes: Array(new.utf8)))
    ]).findings.filter { $0.severity >= .high }.map(\.check)
  }

  @Test("npm 6 wrote false for what it did not know: nothing to compare with, nothing to trust")
  func npmFalse() throws {
    func lock(_ more: String) -> String {
      #"{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", \#(more)}}}"#
    }
    let known =
      #""resolved": "https://registry.example/a/-/a-1.0.0.tgz", "integrity": "sha512-AA==""#
    let unknown = #""resolved": false, "integrity": false"#
    #expect(try findings("package-lock.json", lock(unknown), lock(known)) == ["host-new"])
    #expect(
      try findings("package-lock.json", lock(known), lock(unknown)) == [
        "source-host-changed", "integrity-removed",
      ])
  }

  @Test("npm 6 wrote an address in the place of the version: both halves must name one archive")
  func npmAddress() throws {
    func lock(_ address: String, _ digest: String = "sha512-AA==") -> String {
      #"""
      {"lockfileVersion": 2, "packages": {"": {}, "node_modules/a": {"version": "1.0.0",
      "resolved": "https://registry.example/a/-/a-1.0.0.tgz", "integrity": "sha512-AA=="}},
      "dependencies": {"a": {"version": "\#(address)", "integrity": "\#(digest)"}}}
      """#
    }
    let own = "https://registry.example/a/-/a-1.0.0.tgz"
    #expect(try ReadFile("npm-lock", lock(own)).entries.count == 1)
    for text in [
      lock("https://evil.example/a/-/a-1.0.0.tgz"), lock(own, "sha512-BB=="), lock("2.0.0"),
    ] {
      #expect(try refusal(format: "npm-lock", text) == .contradiction)
    }
  }

  @Test("npm's version 3 without the half for npm 6 is the same lock, and nothing else is")
  func npmMigration() throws {
    func lock(_ version: Int, _ digest: String, isTwice: Bool) -> [UInt8] {
      let own =
        #""version": "1.0.0", "resolved": "https://registry.example/a/-/a-1.0.0.tgz", "integrity": "\#(digest)""#
      let half = isTwice ? #", "dependencies": {"a": {\#(own)}}"# : ""
      return Array(
        #"{"lockfileVersion": \#(version), "packages": {"": {}, "node_modules/a": {\#(own)}}\#(half)}"#
          .utf8)
    }
    let path = Array("package-lock.json".utf8)
    for (old, new, isNeutral) in [
      (lock(2, "sha512-AA==", isTwice: true), lock(3, "sha512-AA==", isTwice: false), true),
      (lock(2, "sha512-AA==", isTwice: true), lock(3, "sha512-BB==", isTwice: false), false),
      (lock(3, "sha512-AA==", isTwice: false), lock(2, "sha512-AA==", isTwice: true), false),
      (lock(2, "sha512-AA==", isTwice: true), lock(2, "sha512-AA==", isTwice: false), false),
    ] {
      let diff = DependencyDiff([
        DependencyFile(
          path: path, match: try #require(Catalog.match(path)), old: .init(bytes: old),
          new: .init(bytes: new))
      ])
      #expect(diff.files.allSatisfy { $0.unread == nil })
      #expect(diff.isNeutral == isNeutral)
    }
  }

  @Test("another build of a conda package is another file; the same file has one digest")
  func condaBuilds() throws {
    func lock(_ file: String, _ digest: Character) -> String {
      """
      version: 1
      metadata: {}
      package:
      - platform: linux-64
        name: zlib
        version: 1.2.13
        category: main
        manager: conda
        dependencies: {}
        url: https://conda.example/forge/\(file)
        hash:
          sha256: \(String(repeating: digest, count: 64))

      """
    }
    let old = lock("linux-64/zlib-1.2.13-h0_0.conda", "a")
    for (file, digest, expected) in [
      ("linux-64/zlib-1.2.13-h1_1.conda", "b", [String]()),
      ("linux-64/zlib-1.2.13-h0_0.conda", "b", ["integrity-changed"]),
    ] as [(String, Character, [String])] {
      #expect(try findings("conda-lock.yml", old, lock(file, digest)) == expected)
    }
  }

  @Test("what stack asks for by a digest is no address")
  func stack() throws {
    func lock(_ asked: String) -> String {
      let digest = String(repeating: "a", count: 64)
      return """
        packages:
        - completed:
            hackage: pantry-0.10.1@sha256:\(digest),7896
            pantry-tree:
              sha256: \(digest)
              size: 2722
          original:
            hackage: pantry-0.10.1\(asked)
        snapshots: []

        """
    }
    #expect(try findings("stack.yaml.lock", lock(""), lock("@rev:0")).isEmpty)
  }
}
