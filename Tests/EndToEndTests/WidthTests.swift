import Foundation
import Ledger
import Primitives
import TestSupport
import Testing

/// What a terminal of some width shows: words are wrapped, and nothing is cut.
@Suite("Widths of terminals")
struct WidthTests {
  let scene: ReviewHolds
  let clone: TestRepository
  let env: [String: String]
  let commands: [[String]]
  /// Every word that the inbox must show, whatever the width.
  let words: [String]
  /// The refusal of a push to a server, which knows no terminal.
  let refusal: Outcome

  static let longRef = "refs/heads/release/" + String(repeating: "long", count: 8)

  init() throws {
    scene = try ReviewHolds(rules: "\(ReviewHolds.rules)\n\(Roster.quarantine)")
    let server = scene.server
    clone = try server.clone(of: .dana)
    env = server.environment(as: .dana).merging([
      "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml", "GIT_PAGER": "cat",
    ]) { $1 }
    let commit = try server.commit(
      "Retry on 429 and on other answers of a server that has too much to do",
      [
        "src/net.c": "int retry;\n",
        "package-lock.json": GuardedServer.lock(host: "packages.evil.example"),
      ],
      by: .codex, on: server.base)
    refusal = try server.push(as: .codex, "\(commit):refs/heads/main")
    let hold = try #require(try server.holds().first, "\(refusal)")
    let other = try scene.held(scene.work("other"), to: Self.longRef)
    words = [hold, other.id, "main", String(Self.longRef.dropFirst(11)), commit.short]
    try clone.git("fetch", "--quiet", server.repository.path, "\(commit):refs/heads/work")
    commands =
      [
        ["review"], ["review", "list"], ["quarantine", "list"],
        ["quarantine", "status", hold], ["status"], ["whoami"], ["who", "work"],
        ["explain", "work"], ["explain", "HK201"], ["check", "--ref", "main", "origin/main..work"],
        ["doctor", server.repository.path], ["-C", server.repository.path, "log"],
        ["review", "show", "nosuch"],
        ["help"], ["help", "quarantine"],
      ]
      + ["exit-codes", "environment", "policy", "codes", "hosts", "clients", "catalog", "agents"]
      .map { ["help", $0] }
  }

  /// Whether a line is one thing that cannot be broken: a word, or a command to copy.
  private static func isOne(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    if !text.contains(" ") || text.hasPrefix("hint: ") { return true }
    // A label and a command of doctor's; commands and lines of settings in help.
    return text.contains("   hookkit ") || text.contains("   git ")
      || ["AuthorizedKeys", "restrict,", "--root", "git ", "hookkit ", "USAGE:", "See 'hookkit"]
        .contains {
          text.hasPrefix($0)
        }
  }

  @Test(
    "tables and words are wrapped to the terminal, and none is lost",
    arguments: [60, 72, 80, 120, 200])
  func wrapped(columns: Int) throws {
    let bin = try Executables.installed(in: scene.server.sandbox)
    for command in commands {
      let outcome = try scene.server.sandbox.runOnTerminal(
        ["\(bin)/hookkit"] + command, columns: columns, in: clone.path, env: env)
      for line in outcome.lines where line.utf8.count > columns && !Self.isOne(line) {
        Issue.record("\(command) at \(columns): \(line)")
      }
      #expect(!outcome.output.isEmpty && !outcome.timedOut, "\(command)")
      if command.last == "list" || command == ["review"] {
        for word in words { #expect(outcome.output.contains(word), "\(word) in \(outcome)") }
      }
    }
  }

  @Test("nothing is wrapped or cut where output is no terminal")
  func plain() throws {
    let bin = try Executables.installed(in: scene.server.sandbox)
    let outcome = try scene.server.sandbox.run(
      ["\(bin)/hookkit", "review"], in: clone.path, env: env)
    #expect(outcome.lines.count == 3, "\(outcome)")
  }

  @Test("a server's words are no wider than 72 columns, but for commands")
  func hooks() {
    let lines = refusal.errors.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
    #expect(lines.count > 8)
    for line in lines where !line.hasPrefix("remote: hint: ") {
      #expect(line.utf8.dropLast(line.hasSuffix(" ") ? 8 : 0).count <= 72 + 8, "\(line)")
    }
  }
}
