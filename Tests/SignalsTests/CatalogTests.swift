import Primitives
import Signals
import Testing

@Suite struct CatalogTests {
  /// A file with these entries, each a JSON object.
  static func file(_ entries: String...) -> [UInt8] {
    Array(
      """
      {"schema": "hookkit.signals/1", "date": "2027-01-31", "entries": [
      \(entries.joined(separator: ",\n"))
      ]}
      """.utf8)
  }

  static func read(_ entries: String...) throws(CatalogError) -> SignalCatalog {
    var text = ""
    for entry in entries { text += text.isEmpty ? entry : "," + entry }
    return try SignalCatalog(reading: file(text))
  }

  static func signals(
    _ catalog: SignalCatalog, author: String = "", _ message: String = ""
  ) throws -> [String] {
    let parts = author.split(separator: "<")
    let author = Ident(
      name: Array((parts.first.map(String.init) ?? "").utf8)[...],
      email: Array((parts.dropFirst().first.map(String.init) ?? "").utf8)[...])
    return try catalog.signals(
      author: author, committer: author, message: Array(message.utf8)[...]
    ).map { "\($0.id) \($0.grade)" }
  }

  static let house = """
    {"id": "house", "name": "House Agent", "class": "agent", "emails": ["Agent@Example.org"],
     "display-names": ["House Agent"], "trailer-keys": [{"key": "House-Run"}],
     "footers": ["🏠 Built by [House]"], "branches": ["house/"], "models": ["mk"]}
    """

  @Test("an administrator's catalog stands alone")
  func replaced() throws {
    let catalog = try Self.read(Self.house)
    #expect(catalog.ids == ["house"])
    #expect(catalog.date == "2027-01-31")
    #expect(try Self.signals(catalog, "House-Run: 1") == ["house.trailer declared"])
    #expect(try Self.signals(catalog, "Co-authored-by: Claude <noreply@anthropic.com>").isEmpty)
    #expect(try Self.signals(catalog, author: "x <agent@example.org") == ["house.author declared"])
    #expect(try Self.signals(catalog, "🏠 Built by [House] v2") == ["house.footer suspected"])
    #expect(try Self.signals(catalog, "Assisted-by: House Agent Mk") == ["house.trailer declared"])
  }

  @Test("an administrator's catalog adds to the one below it")
  func extended() throws {
    let catalog = SignalCatalog.builtIn.extended(by: try Self.read(Self.house))
    #expect(catalog.date == "2027-01-31")
    #expect(catalog.ids == SignalCatalog.builtIn.ids + ["house"])
    #expect(
      try Self.signals(catalog, "House-Run: 1\nCo-authored-by: Claude")
        == ["house.trailer declared", "claude-code.trailer declared"])
    for line in LineTable.all {
      let read = try catalog.signals(
        author: Ident(name: [], email: []), committer: Ident(name: [], email: []),
        message: Array(line.line.utf8)[...])
      #expect(read.map { "\($0.id) \($0.grade)" } == (try LineCase.read(line.line.utf8)))
    }
  }

  @Test("an entry of a known id gains what the other says of it")
  func merged() throws {
    let more = """
      {"id": "codex", "name": "Codex", "class": "agent", "emails": ["codex@example.org"]}
      """
    let catalog = SignalCatalog.builtIn.extended(by: try Self.read(more))
    #expect(catalog.ids == SignalCatalog.builtIn.ids)
    for address in ["codex@example.org", "codex@openai.com"] {
      #expect(try Self.signals(catalog, author: "x <\(address)") == ["codex.author declared"])
    }
  }

  @Test("a revoked entry, key or ambient variable is gone, and nothing else is")
  func revoked() throws {
    let fingerprint = "SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc"
    let catalog = SignalCatalog.builtIn.extended(
      by: try Self.read(
        """
        {"id": "crush", "revoked": true}
        """,
        """
        {"id": "claude-code", "name": "Claude Code", "class": "agent",
         "keys": [{"fingerprint": "\(fingerprint)", "revoked": true}],
         "environment": [{"name": "CLAUDECODE", "ambient": true}]}
        """))
    #expect(!catalog.ids.contains("crush"))
    #expect(try Self.signals(catalog, author: "x <crush@charm.land").isEmpty)
    #expect(catalog.signal(keyFingerprint: fingerprint.utf8) == nil)
    let cursor = "SHA256:/ZGdxqU+YWGLYEplYKh2c36jVXjB1wQzjGRo7qwO46I"
    #expect(catalog.signal(keyFingerprint: cursor.utf8)?.id == "cursor.key")
    #expect(catalog.environmentSignals { $0 == "CLAUDECODE" ? [0x31] : nil }.isEmpty)
    #expect(
      catalog.environmentSignals { $0 == "CLAUDE_CODE_SESSION_ID" ? [0x31] : nil }.map(\.id)
        == ["claude-code.environment"])
    #expect(try Self.signals(catalog, "Assisted-by: Claude") == ["claude-code.trailer declared"])
    // Laid over a third one, it still takes away what it took away.
    let again = SignalCatalog.builtIn.extended(by: catalog)
    #expect(again.signal(keyFingerprint: fingerprint.utf8) == nil)
  }

  @Test("a term outside ASCII is found")
  func outsideASCII() throws {
    let catalog = try Self.read(
      """
      {"id": "hilfe", "name": "Hilfe", "class": "agent", "trailer-keys": [{"key": "Küche-Lauf"}],
       "display-names": ["Müller KI"], "footers": ["Küchenhilfe war hier"]}
      """)
    #expect(try Self.signals(catalog, "Küche-Lauf: 3") == ["hilfe.trailer declared"])
    #expect(try Self.signals(catalog, "Küchenhilfe war hier") == ["hilfe.footer suspected"])
    #expect(try Self.signals(catalog, "Assisted-by: Müller KI") == ["hilfe.trailer declared"])
    #expect(try Self.signals(catalog, "Küche: aufgeräumt").isEmpty)
  }

  @Test(
    "a file that is not a catalog is refused with the place and the reason",
    arguments: [
      ("", "byte 0: not JSON that hookkit reads: ends too early"),
      ("[]", "the file: a value of another type than is meant"),
      ("{}", "schema: missing"),
      ("{\"schema\": \"hookkit.signals/2\"}", "schema: not of the schema hookkit.signals/1"),
      ("{\"schema\": \"hookkit.signals/1\"}", "date: missing"),
      (
        "{\"schema\": \"hookkit.signals/1\", \"date\": \"today\", \"entries\": []}",
        "date: a value that a catalog may not hold"
      ),
      (
        "{\"schema\": \"hookkit.signals/1\", \"date\": \"2026-01-01\", \"entry\": []}",
        "entry: not a member that is known here"
      ),
      (
        "{\"schema\": \"hookkit.signals/1\", \"date\": \"2026-01-01\", \"\\u001b[\": []}",
        "\\x1b[: not a member that is known here"
      ),
    ])
  func refused(_ text: String, _ message: String) {
    do throws(CatalogError) {
      _ = try SignalCatalog(reading: Array(text.utf8))
      Issue.record("accepted")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test(
    "an entry that would find everything or nothing is refused",
    arguments: [
      "{}", "{\"id\": \"a\"}", "{\"id\": \"A\", \"name\": \"a\", \"class\": \"agent\"}",
      "{\"id\": \"a\", \"name\": \"a\", \"class\": \"robot\"}", "7",
      entry("\"x\": 1"), entry("\"emails\": [\"@example.org\"]"), entry("\"emails\": [\"a\"]"),
      entry("\"emails\": [\"\"]"), entry("\"emails\": [7]"), entry("\"emails\": \"a@b\""),
      entry("\"emails\": [\"a@b\\nc\"]"), entry("\"github-ids\": [0]"),
      entry("\"github-ids\": [\"1\"]"), entry("\"display-names\": [\"!\"]"),
      entry("\"footers\": [\"🤖 a\"]"), entry("\"branches\": [\"a\"]"),
      entry("\"trailer-keys\": [{}]"), entry("\"trailer-keys\": [{\"key\": \"Signed-off-by\"}]"),
      entry("\"trailer-keys\": [{\"key\": \"a:b\"}]"), entry("\"trailer-keys\": [\"a\"]"),
      entry("\"keys\": [{\"fingerprint\": \"SHA256:abc\"}]"),
      entry("\"keys\": [{\"fingerprint\": \"MD5:00\"}]"), entry("\"revoked\": 1"),
      entry("\"notes-refs\": [\"notes/x\"]"), entry("\"name-suffixes\": [\"a\"]"),
      entry("\"name-suffixes\": [\"abcd\"]"),
      entry("\"environment\": [{\"name\": \"A\", \"value\": \"1\", \"prefix\": \"1\"}]"),
      entry("\"environment\": [{\"name\": \"A=\"}]"),
      entry("") + "," + entry(""),
    ])
  func invalidEntry(_ text: String) {
    #expect(throws: CatalogError.self) { try SignalCatalog(reading: Self.file(text)) }
  }

  static func entry(_ member: String) -> String {
    "{\"id\": \"a\", \"name\": \"a\", \"class\": \"agent\"" + (member.isEmpty ? "" : ", \(member)")
      + "}"
  }

  @Test("a catalog of more than its limits is refused")
  func limits() {
    let many = (0...2000).map {
      "{\"id\": \"a\($0)\", \"name\": \"a\", \"class\": \"agent\"}"
    }.joined(separator: ",")
    #expect(throws: CatalogError.self) { try SignalCatalog(reading: Self.file(many)) }
    let long = String(repeating: "a", count: 600)
    #expect(throws: CatalogError.self) {
      try SignalCatalog(reading: Self.file(Self.entry("\"emails\": [\"\(long)@b\"]")))
    }
    #expect(throws: CatalogError.self) {
      try SignalCatalog(reading: [UInt8](repeating: 0x20, count: 2 << 20))
    }
  }
}
