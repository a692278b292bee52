import Foundation
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("Quarantine over a real sshd")
struct HoldOverSSHTests {
  let server: GuardedServer
  let sshd: LoopbackSSHD

  /// An agent that may push to main: only what it brings is judged.
  private static func policy(_ roster: Roster) -> String {
    roster.policy(rules: Roster.team + "\n" + Roster.quarantine)
      .replacingOccurrences(
        of: "may-push = [\"refs/heads/agent/codex/**\"]", with: "may-push = [\"refs/heads/**\"]")
  }

  init() throws {
    server = try GuardedServer(
      policy: Self.policy, files: ["package-lock.json": GuardedServer.lock()], name: "app.git")
    try server.write("ssh\n", to: "host")
    let roster = server.roster
    sshd = try LoopbackSSHD(
      in: server.sandbox,
      people: Actor.allCases.compactMap { actor in
        actor.account.map { TestPerson($0, key: roster[actor].key) }
      })
  }

  private func clone(of actor: Actor) throws -> TestRepository {
    let clone = try server.clone(of: actor)
    try clone.git("remote", "set-url", "origin", sshd.url(server.repository))
    return clone
  }

  private func run(_ words: [String], as actor: Actor, in clone: TestRepository) throws -> Outcome {
    let bin = try Executables.installed(in: server.sandbox)
    let words = words[0] == "hookkit" ? ["\(bin)/hookkit"] + words.dropFirst() : words
    return try server.sandbox.run(
      words, in: clone.path,
      env: sshd.environment(as: server.roster[actor]).merging([
        "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml"
      ]) { $1 }, timeLimit: 120)
  }

  @Test("a swapped host is held and explained; the fixed push is released, reviewed, and lands")
  func story() throws {
    let agent = try clone(of: .codex)
    let person = try clone(of: .dana)
    var seen = Transcript()

    try agent.commit(
      "Update dependencies\n",
      [
        "package-lock.json": GuardedServer.lock(host: "packages.evil.example"),
        "src/main.c": "int main(void) { return 1; }\n",
      ], author: server.roster[.codex])
    seen.add(
      "git push origin main   # svc-codex, a host swapped",
      try run(["git", "push", "origin", "main"], as: .codex, in: agent))
    #expect(try server.tip() == server.base)
    let first = try #require(try server.holds().first)

    try agent.move("main", to: server.base)
    let fixed = try agent.commit(
      "Update dependencies\n",
      [
        "package-lock.json": GuardedServer.lock(version: "7.0.1"),
        "src/main.c": "int main(void) { return 1; }\n",
      ], author: server.roster[.codex])
    seen.add(
      "git push origin main   # svc-codex, fixed",
      try run(["git", "push", "origin", "main"], as: .codex, in: agent))
    let hold = try #require(try server.holds().first { $0 != first })
    seen.add(
      "hookkit quarantine reject   # dana",
      try run(
        [
          "hookkit", "-q", "quarantine", "reject", first, "--confirm", first, "-m",
          "not our registry",
        ], as: .dana, in: person))
    #expect(try server.holds() == [hold])

    seen.add(
      "hookkit quarantine list", try run(["hookkit", "quarantine", "list"], as: .dana, in: person))
    seen.add(
      "hookkit quarantine status",
      try run(["hookkit", "quarantine", "status", hold], as: .dana, in: person))
    seen.add(
      "hookkit quarantine show",
      try run(["hookkit", "quarantine", "show", hold], as: .dana, in: person))
    seen.add(
      "hookkit quarantine release   # svc-codex",
      try run(
        ["hookkit", "-q", "quarantine", "release", hold, "--confirm", hold], as: .codex, in: agent))
    seen.add(
      "hookkit quarantine release   # dana, without a terminal",
      try run(["hookkit", "-q", "quarantine", "release", hold], as: .dana, in: person))
    seen.add(
      "hookkit quarantine release   # dana",
      try run(
        ["hookkit", "-q", "quarantine", "release", hold, "--confirm", hold, "-m", "read it"],
        as: .dana, in: person))
    #expect(try server.tip() == server.base)
    seen.add(
      "hookkit quarantine status",
      try run(["hookkit", "quarantine", "status", hold], as: .dana, in: person))
    seen.add(
      "hookkit review approve   # dana",
      try run(
        [
          "hookkit", "-q", "review", "approve", fixed.hex, "--ref", "main", "--confirm", fixed.hex,
        ], as: .dana, in: person))
    #expect(try server.tip() == fixed)
    #expect(try server.holds().isEmpty)
    #expect(try server.landings().map(\.new) == [fixed])

    try expectSnapshot(
      seen.text, named: "hold-over-ssh", in: server.sandbox,
      replacing: [
        ("ssh://127.0.0.1:\(sshd.port)\(server.repository.path)", "git.example.org:app.git"),
        (first, "Q7F3A"), (hold, "Q7F3B"),
      ])
  }

  @Test("JSON, SARIF and the array for dependency review say the same of a hold")
  func formats() throws {
    let agent = try clone(of: .codex)
    let person = try clone(of: .dana)
    try agent.commit(
      "Update\n", ["package-lock.json": GuardedServer.lock(host: "packages.evil.example")],
      author: server.roster[.codex])
    _ = try run(["git", "push", "origin", "main"], as: .codex, in: agent)
    let hold = try #require(try server.holds().first)
    let json = try JSON(
      reading: run(
        ["hookkit", "quarantine", "show", hold, "--json"], as: .dana, in: person
      ).stdout)
    #expect(json["schema"]?.string == "hookkit.depdiff/1")
    #expect(json["verdict"]?.string == "held")
    #expect(json["base"]?.string == server.base.hex)
    let file = json["files"]?.array?.first
    #expect(file?["path"]?.string == "package-lock.json")
    #expect(file?["findings"]?.array?.first?["severity"]?.string == "critical")
    let sarif = try JSON(
      reading: run(
        ["hookkit", "quarantine", "show", hold, "--format", "sarif"], as: .dana, in: person
      ).stdout)
    #expect(sarif["version"]?.string == "2.1.0")
    let explained = try run(["hookkit", "explain", hold], as: .dana, in: person)
    #expect(explained.succeeded && explained.output.contains("packages.evil.example"))
  }
}
