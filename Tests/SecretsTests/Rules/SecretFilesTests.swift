import Primitives
import TestSupport
import Testing

@testable import Secrets

@Suite("Files of credentials")
struct SecretFilesTests {
  /// A file, what is found in it, and a text of the same file in which nothing is. `%` is a made-up value.
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let path: String
    let text: String
    let harmless: String

    var testDescription: String { "\(id) in \(path)" }
  }

  private static func row(_ id: String, _ path: String, _ text: String, _ harmless: String) -> Row {
    Row(id: id, path: path, text: text, harmless: harmless)
  }

  static let rows = [
    row(
      "netrc-password", "home/.netrc", "machine a.example\n login dana\n password %\n",
      "machine a.example login dana\n"),
    row(
      "pgpass-password", ".pgpass", "db:5432:app:dana:%\n", "# host:port:database:user:password\n"),
    row(
      "git-credentials", ".git-credentials", "https://dana:%@git.example\n", "https://git.example\n"
    ),
    row(
      "htpasswd-hash", "web/.htpasswd", "dana:$apr1$hasAsalt$%\n", "# nobody\n"
    ),
    row(
      "shadow-hash", "etc/shadow", "root:$6$hashsalt$%%%%%:17000:0:99999:7:::\n",
      "root:*:17000:0:99999:7:::\n"),
    row(
      "filezilla-password", "filezilla.xml", "<Pass encoding=\"base64\">%</Pass>", "<Pass></Pass>"),
    row(
      "terraform-state", "prod/terraform.tfstate", "\"db_password\": \"%\",",
      "\"db_password\": \"${var.password}\","),
    row(
      "sql-dump-password", "dump.sql", "INSERT INTO users VALUES (1, 'dana', '$2y$10$%%%%');",
      "INSERT INTO cities VALUES (1, 'Bern');"),
    row(
      "rails-credentials-key", "config/master.key", "\u{3}", "\n"),
    row(
      "pypi-login", ".pypirc", "[pypi]\nusername = dana\npassword = %\n",
      "[pypi]\nusername = dana\n"),
    row(
      "cloud-credentials-file", ".aws/credentials", "[default]\naws_secret_access_key = %%\n",
      "[default]\nregion = x\n"),
    row(
      "mail-client-password", ".esmtprc", "username = \"dana\"\npassword = \"%\"\n",
      "username = \"dana\"\n"),
    row(
      "deployment-password", "sftp-config.json", "{\"password\": \"%\"}", "{\"password\": \"\"}"),
    row("configured-password", ".env", "DB_PASSWORD=%\n", "DB_PASSWORD=\nDB_HOST=localhost\n"),
    row(
      "idea-password", ".idea/WebServers.xml", "<fileTransfer password=\"%\" />", "<fileTransfer />"
    ),
    row(
      "irssi-password", ".irssi/config", "autosendcmd = \"/msg nickserv identify %\";",
      "nick = \"dana\";"),
    row("key-store", "app/release.jks", "\u{1}", ""),
    row("password-store", "mine.kdbx", "\u{2}", ""),
  ]

  private func scan(_ row: Row, _ text: String, at path: String? = nil) -> [String] {
    let value = MadeUp.letters(16, seed: 5)
    var bytes = Array(
      text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: value).utf8)
    // What is no text is told by its first bytes.
    if bytes == [1] { bytes = [0xfe, 0xed, 0xfe, 0xed] + (0..<32).map { $0 &* 37 } }
    if bytes == [3] { bytes = Array(Hex.string(Array(value.utf8)).utf8) }
    if bytes == [2] { bytes = [0x03, 0xd9, 0xa2, 0x9a] + (0..<32).map { $0 &* 37 } }
    return bytes.withUnsafeBytes {
      SecretScanner().scan($0, path: Array((path ?? row.path).utf8)[...]).matches.map(\.rule.id)
    }
  }

  @Test("is found in its file, and not where the file has none", arguments: rows)
  func found(_ row: Row) {
    #expect(scan(row, row.text).contains(row.id), "\(scan(row, row.text))")
    #expect(!scan(row, row.harmless).contains(row.id))
    #expect(!scan(row, row.text, at: "Sources/Other.swift").contains(row.id))
  }

  @Test("each kind that is found by a file's name is tried")
  func complete() {
    let kinds = SecretRules.all.filter { !$0.files.isEmpty }.map(\.id)
    #expect(Set(kinds) == Set(Self.rows.map(\.id)))
  }
}

@Suite("FileNames")
struct FileNamesTests {
  @Test("what is looked up by a byte of a name is what all patterns say")
  func naive() {
    let names = FileNames(.own())
    func expected(_ path: ArraySlice<UInt8>) -> Set<Int> {
      Set(
        SecretRules.all.indices.filter { SecretRules.all[$0].files.contains { $0.matches(path) } })
    }
    var dice = Dice(seed: 5)
    let parts = [
      "a", ".env", "x.xml", "config", ".idea", "b.key", ".mutt", "c.htpasswd.d", "id.p12",
    ]
    for _ in 0..<500 {
      let path = Array(
        (0..<(1 + dice.roll(3))).map { _ in dice.pick(parts) }.joined(
          separator: dice.pick(["/", ""])
        )
        .utf8)[...]
      #expect(names.rules(for: path) == expected(path))
    }
    #expect(names.rules(for: []).isEmpty)
  }
}
