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
    #expect(inventory.integrity(of: first).map(string) == ["sha512-AAAA", "sha1-BBBB"])
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
}
