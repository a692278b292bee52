import Documents
import Lockfiles
import Testing

@Suite("yarn.lock")
struct YarnLockTests {
  private let header = "# yarn lockfile v1\n\n\n"

  @Test("a classic entry is one archive for all that asked for it")
  func classic() throws {
    let file = try ReadFile(
      "yarn-classic-lock",
      header + """
        "@x/a@^1.0.0", "@x/a@^1.1.0":
          version "1.1.2"
          resolved "https://registry.example/@x/a/-/a-1.1.2.tgz#0123456789abcdef0123456789abcdef01234567"
          integrity "sha512-AAAA== sha1-BBBB="
          dependencies:
            b "^2.0.0"

        "alias@npm:b@^2", b@^2.0.0:
          version "2.0.0"
          resolved "https://registry.example/b/-/b-2.0.0.tgz"

        c@team/c#main:
          version "0.1.0"
          resolved "https://codeload.github.com/team/c/tar.gz/89abcdef0123456789abcdef0123456789abcdef"

        "d@git+ssh://git@git.example/d.git":
          version "1.0.0"
          resolved "git+ssh://git@git.example/d.git#fedcba9876543210fedcba9876543210fedcba98"

        "e@file:./e":
          version "0.0.0"

        f:
          version "1.0.0"
        """)
    #expect(
      file.entries == [
        "@x/a@^1.0.0, @x/a@^1.1.0: @x/a 1.1.2 registry "
          + "https://registry.example/@x/a/-/a-1.1.2.tgz "
          + "[\"sha512-AAAA==\", \"sha1-BBBB=\", \"sha1:0123456789abcdef0123456789abcdef01234567\"]",
        "alias@npm:b@^2, b@^2.0.0: b 2.0.0 registry "
          + "https://registry.example/b/-/b-2.0.0.tgz as alias",
        "c@team/c#main: c 0.1.0 git https://codeload.github.com/team/c/tar.gz/"
          + "89abcdef0123456789abcdef0123456789abcdef #89abcdef0123456789abcdef0123456789abcdef",
        "d@git+ssh://git@git.example/d.git: d 1.0.0 git git+ssh://git@git.example/d.git#"
          + "fedcba9876543210fedcba9876543210fedcba98 #fedcba9876543210fedcba9876543210fedcba98",
        "e@file:./e: e 0.0.0 path file:./e", "f: f 1.0.0 unknown",
      ])
  }

  @Test(
    "a classic lock that yarn may read otherwise is not read",
    arguments: [
      ("a@^1:\n  version \"1\"\na@^1:\n  version \"2\"\n", Unread.Reason.duplicateKey),
      ("a@^1:\n  version \"1\"\na@^1, a@^2:\n  version \"2\"\n", .duplicateEntry),
      ("a@^1:\n  version \"1\"\n  version \"2\"\n", .duplicateKey),
      ("a@^1:\n  resolved \"x\"\n", .wrongShape), ("a@^1 \"b\"\n", .wrongShape),
      ("a@^1:\n", .truncated), ("a@^1:\n    version \"1\"\n", .unexpected),
      ("a@^1:\n   version \"1\"\n", .unexpected), ("a@^1:\n  version: \"1\"\n", .unexpected),
      ("a@^1:\n\tversion \"1\"\n", .unexpected), ("a@^1:\n  version \"1\" x\n", .unexpected),
      ("a@^1: x\n", .unexpected), ("a@^1:\n  version \"1\n", .controlCharacter),
      ("a@^1:\n  version \"1\"\n>>>>>>> theirs\n", .conflictMarker),
      (",a@^1:\n  version \"1\"\n", .unexpected), ("a@^1:\n  x, y \"1\"\n", .unexpected),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "yarn-classic-lock", header + text) == reason)
  }

  @Test("a berry entry is named by its resolution, and its checksum by the cache key")
  func berry() throws {
    let file = try ReadFile(
      "yarn-berry-lock",
      """
      __metadata:
        version: 8
        cacheKey: 10c0

      "a@npm:^1.0.0, renamed@npm:a@^1.0.0":
        version: 1.2.0
        resolution: "a@npm:1.2.0"
        checksum: 10c0/abcdef
        languageName: node
        linkType: hard

      "a@patch:a@npm%3A^1.0.0#./fix.patch":
        version: 1.2.0
        resolution: "a@patch:a@npm%3A1.2.0#./fix.patch::version=1.2.0&hash=123456"
        checksum: 012345

      "@x/b@https://git.example/b.git":
        version: 2.0.0
        resolution: "@x/b@https://git.example/b.git#commit=0123456789abcdef&workspace=b"

      "c@npm:^3":
        version: 3.0.0
        resolution: "c@npm:3.0.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fc.tgz"

      "app@workspace:.":
        version: 0.0.0-use.local
        resolution: "app@workspace:."
        dependencies:
          a: "npm:^1.0.0"
          c: ^3
        languageName: unknown
        linkType: soft
      """)
    #expect(
      file.entries == [
        "a@npm:1.2.0: a 1.2.0 registry [\"10c0/abcdef\"] as renamed direct",
        "a@patch:a@npm%3A1.2.0#./fix.patch::version=1.2.0&hash=123456: a 1.2.0 path "
          + "patch:a@npm%3A1.2.0#./fix.patch::version=1.2.0&hash=123456 "
          + "[\"10c0/012345\"]",
        "@x/b@https://git.example/b.git#commit=0123456789abcdef&workspace=b: @x/b 2.0.0 git "
          + "https://git.example/b.git#commit=0123456789abcdef&workspace=b #0123456789abcdef",
        "c@npm:3.0.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fc.tgz: c 3.0.0 registry "
          + "https://registry.example/c.tgz direct",
        "app@workspace:.: app 0.0.0-use.local workspace workspace:.",
      ])
    #expect(file.requirements == ["a npm:^1.0.0 in app", "c ^3 in app"])
  }

  @Test(
    "a berry lock that contradicts itself is not read",
    arguments: [
      ("__metadata:\n  version: 99\n", Unread.Reason.unknownVersion),
      ("\"a@npm:1\":\n  version: 1\n", .wrongShape),
      (
        "__metadata:\n  version: 8\n\"a@npm:^1\":\n  version: 2.0.0\n  resolution: \"a@npm:1.0.0\"\n",
        .contradiction
      ),
      (
        "__metadata:\n  version: 8\n\"a@npm:^1\":\n  version: 1\n  resolution: \"a@npm:1\"\n"
          + "\"a@npm:^1, a@npm:1\":\n  version: 1\n  resolution: \"a@npm:1::x=y\"\n",
        .duplicateEntry
      ),
      (
        "__metadata:\n  version: 8\n\"a@npm:^1\":\n  version: 1\n  resolution: \"a@npm:1\"\n"
          + "\"a@npm:1\":\n  version: 1\n  resolution: \"a@npm:1\"\n  checksum: 0a\n",
        .duplicateEntry
      ),
    ])
  func contradictions(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "yarn-berry-lock", text) == reason)
  }

  @Test("one package under two headers is there twice, as yarn leaves it")
  func repeated() throws {
    let file = try ReadFile(
      "yarn-berry-lock",
      """
      __metadata:
        version: 8
      "a@npm:1.0.0":
        version: 1.0.0
        resolution: "a@npm:1.0.0"
      "a@npm:^1.0.0":
        version: 1.0.0
        resolution: "a@npm:1.0.0"
      """)
    #expect(
      file.entries == [
        "a@npm:1.0.0: a 1.0.0 registry", "a@npm:1.0.0 (a@npm:^1.0.0): a 1.0.0 registry",
      ])
  }

  @Test("which yarn a lock is for is seen in it, and one of neither is opaque")
  func choice() throws {
    let match = try #require(Catalog.match(Array("web/yarn.lock".utf8)))
    func name(_ text: String) -> String? { match.format(of: Array(text.utf8))?.name }
    #expect(name("# made by yarn\n# yarn lockfile v1\n\na@1:\n") == "yarn-classic-lock")
    #expect(name("# made by yarn\r\n# yarn lockfile v1\r\n") == "yarn-classic-lock")
    #expect(name("# comment\n\n__metadata:\n  version: 8\n") == "yarn-berry-lock")
    #expect(name("a@1:\n  version \"1\"\n# yarn lockfile v1\n") == nil)
  }
}
