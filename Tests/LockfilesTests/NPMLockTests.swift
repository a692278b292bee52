import Documents
import Lockfiles
import Testing

@Suite("package-lock.json")
struct NPMLockTests {
  private func read(_ text: String) throws -> Inventory {
    try #require(FormatRegistry.format(named: "npm-lock")).inventory(of: Array(text.utf8))
  }

  @Test("an entry has its name, version, source, integrity, scope and whether it runs code")
  func entry() throws {
    let inventory = try read(
      """
      {"name": "app", "lockfileVersion": 3, "packages": {
        "": {"dependencies": {"ms": "^2.0.0"}},
        "node_modules/ms": {"version": "2.1.3",
          "resolved": "https://registry.example/ms/-/ms-2.1.3.tgz",
          "integrity": "sha512-AAAA sha1-BBBB", "hasInstallScript": true, "dev": true},
        "node_modules/a/node_modules/alias": {"name": "@x/real", "version": "1.0.0"}}}
      """)
    let document = inventory.document
    func string(_ text: Text) -> String { String(decoding: document.bytes(text), as: UTF8.self) }
    let first = inventory.entries[0]
    #expect(string(first.name) == "ms")
    #expect(string(first.version) == "2.1.3")
    #expect(first.sourceKind == .registry)
    #expect(inventory.integrity(of: first) == [Array("sha512-AAAA".utf8), Array("sha1-BBBB".utf8)])
    #expect(first.scope == .development)
    #expect(first.runsCode == .yes)
    #expect(first.isDirect)
    let second = inventory.entries[1]
    #expect(string(second.name) == "@x/real")
    #expect(string(second.alias) == "alias")
    #expect(!second.isDirect)
  }

  @Test(
    "what npm would read one way and a person another is not read at all",
    arguments: [
      (
        #"{"lockfileVersion": 3, "packages": {"node_modules/a": {}, "node_modules/\u0061": {}}}"#,
        Unread.Reason.duplicateKey
      ),
      (#"{"lockfileVersion": 4, "packages": {}}"#, .unknownVersion),
      (#"{"lockfileVersion": 3, "packages": {},}"#, .unexpected),
      ("{\"lockfileVersion\": 3,\n<<<<<<< HEAD\n\"packages\": {}}", .conflictMarker),
      (
        #"{"lockfileVersion": 2, "packages": {"node_modules/a": {"version": "1.0.0", "resolved": "https://r.example/a/-/a-1.0.0.tgz"}}, "dependencies": {"a": {"version": "1.0.0", "resolved": "https://evil.example/a/-/a-1.0.0.tgz"}}}"#,
        .contradiction
      ),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    let error = #expect(throws: Unread.self) { try read(text) }
    #expect(error?.reason == reason)
  }

  @Test("version 1: git, alias, file and bundled packages, nested in one another")
  func versionOne() throws {
    let file = try ReadFile(
      "npm-lock",
      """
      {"lockfileVersion": 1, "requires": true, "dependencies": {
        "a": {"version": "1.0.0", "resolved": "https://registry.example/a/-/a-1.0.0.tgz",
          "integrity": "sha512-AAAA==", "dev": true,
          "dependencies": {"b": {"version": "2.0.0", "bundled": true}}},
        "c": {"version": "npm:@x/c@3.0.0",
          "resolved": "https://registry.example/@x/c/-/c-3.0.0.tgz", "integrity": "sha1-CCCC="},
        "d": {"version": "github:team/d#0123456", "from": "github:team/d"},
        "e": {"version": "file:../e"}}}
      """)
    #expect(
      file.entries == [
        "node_modules/a: a 1.0.0 registry https://registry.example/a/-/a-1.0.0.tgz "
          + "[\"sha512-AAAA==\"] development",
        "node_modules/a/node_modules/b: b 2.0.0 unknown",
        "node_modules/c: @x/c 3.0.0 registry https://registry.example/@x/c/-/c-3.0.0.tgz "
          + "[\"sha1-CCCC=\"] as c",
        "node_modules/d: d github:team/d#0123456 git github:team/d#0123456 #0123456",
        "node_modules/e: e file:../e path file:../e",
      ])
  }

  @Test("version 2 says the same twice in its own ways: git without digests, links, aliases")
  func agreement() throws {
    let commit = "0123456789abcdef0123456789abcdef01234567"
    let text = """
      {"lockfileVersion": 2, "packages": {
        "": {"workspaces": ["w"], "dependencies": {"git": "team/git", "as": "npm:real@1"}},
        "node_modules/git": {"version": "1.0.0", "integrity": "sha512-GGGG==",
          "resolved": "git+ssh://git@github.com/team/git.git#\(commit)"},
        "node_modules/as": {"name": "real", "version": "1.0.0", "integrity": "sha512-RRRR==",
          "resolved": "https://registry.example/real/-/real-1.0.0.tgz"},
        "node_modules/w": {"resolved": "w", "link": true},
        "w": {"version": "0.1.0", "dependencies": {"n": "1"}},
        "w/node_modules/n": {"version": "1.0.0", "integrity": "sha512-NNNN==",
          "resolved": "https://registry.example/n/-/n-1.0.0.tgz"}},
      "dependencies": {
        "git": {"version": "github:team/git#\(commit)", "from": "git@team/git"},
        "as": {"version": "npm:real@1.0.0", "integrity": "sha512-RRRR==",
          "resolved": "https://registry.example/real/-/real-1.0.0.tgz"},
        "w": {"version": "file:w", "dependencies": {
          "n": {"version": "1.0.0", "integrity": "sha512-NNNN==",
            "resolved": "https://registry.example/n/-/n-1.0.0.tgz"}}}}}
      """
    #expect(try ReadFile("npm-lock", text).entries.count == 5)
    for (part, other) in [
      ("github:team/git#0", "github:team/git#1"), ("\"npm:real@1.0.0", "\"npm:real@1.0.1"),
      ("\"n\": {\"version\": \"1.0.0\"", "\"n\": {\"version\": \"1.0.1\""),
    ] {
      #expect(text.contains(part))
      let changed = text.replacing(part, with: other)
      #expect(try refusal(format: "npm-lock", changed) == .contradiction)
    }
  }

  @Test("version 2 of a workspace may be listed by paths, as npm did before 7.0")
  func pathsOfParts() throws {
    let digest = #""integrity": "sha512-NNNN==","#
    let text = """
      {"lockfileVersion": 2, "packages": {
        "": {"workspaces": ["packages/a"]},
        "node_modules/a": {"resolved": "packages/a", "link": true},
        "packages/a": {"version": "0.1.0"},
        "packages/a/node_modules/n": {"version": "1.0.0", \(digest)
          "resolved": "https://registry.example/n/-/n-1.0.0.tgz"}},
      "dependencies": {
        "a": {"version": "file:packages/a"},
        "packages/a": {"dependencies": {"n": {"version": "1.0.0", \(digest)
          "resolved": "https://registry.example/n/-/n-1.0.0.tgz"}}}}}
      """
    #expect(try ReadFile("npm-lock", text).entries.count == 3)
    let moved = text.replacing("\"packages/a\": {\"dep", with: "\"packages/b\": {\"dep")
    #expect(try refusal(format: "npm-lock", moved) == .contradiction)
  }
}
