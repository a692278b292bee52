import Foundation
import Primitives
import TestSupport
import Testing

/// Rules that are only watched, with real git: so that a rule is switched on knowingly.
@Suite("mode = \"observe\"")
struct ObserveTests {
  private static let watched = """
    [[protect]]
    refs = ["HEAD"]
    mode = "observe"
    review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }

    [[quarantine]]
    refs = ["refs/heads/**"]
    mode = "observe"
    by = "agents"
    files = ["locks"]
    """

  private func server(_ rules: String = watched) throws -> GuardedServer {
    try GuardedServer(policy: {
      $0.policy(rules: rules).replacingOccurrences(
        of: "may-push = [\"refs/heads/agent/codex/**\"]", with: "may-push = [\"refs/heads/**\"]")
    })
  }

  @Test("what a watched rule would refuse lands, is told as a note, and is found in the log")
  func lands() throws {
    let server = try server()
    let commit = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(), "a": "1"], by: .codex)
    let outcome = try server.push(as: .codex, "\(commit):main")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try server.tip() == commit)
    for code in ["HK101", "HK201"] {
      #expect(outcome.errors.contains("note: \(code) refs/heads/main"), "\(outcome)")
    }
    #expect(outcome.errors.contains("(observed, not refused)"), "\(outcome)")
    #expect(!outcome.errors.contains("hint:") && !outcome.errors.contains("you:"), "\(outcome)")
    let record = try #require(try server.journal().last)
    #expect(record["verdict"] == "allow" && record["codes"]?.array == [])
    #expect(record["observed"]?.array?.map { $0["code"]?.string } == ["HK101", "HK201"])
    let log = try server.sandbox.hookkit("log", "--observed", in: server.repository.path)
    #expect(log.output.contains("HK101 needs a human review of \(commit.short); HK201"), "\(log)")
    let person = try server.commit("By hand", ["b": "1"], by: .dana, on: commit, signed: true)
    try server.pushed(as: .dana, "\(person):main")
    #expect(
      try server.sandbox.hookkit("log", "--observed", in: server.repository.path).lines.count == 1)
    #expect(
      try server.sandbox.hookkit(
        "log", "--observed", "--since", "2100-01-01", in: server.repository.path
      ).output.isEmpty)
  }

  @Test(
    "what landed while a rule was watched still holds once it is enforced, and from then on it is")
  func enforced() throws {
    let server = try server()
    func change(_ serial: Int, _ rules: String) throws {
      try server.write(
        server.roster.openPolicy(serial: serial, rules: rules), to: "policy.toml")
    }
    func verify() throws {
      let outcome = try server.sandbox.hookkit("verify", in: server.repository.path)
      #expect(outcome.succeeded, "\(outcome)")
    }
    let first = try server.commit("One", ["a": "1"], by: .codex)
    try server.pushed(as: .codex, "\(first):main")
    try change(2, Self.watched.replacing("mode = \"observe\"\n", with: ""))
    let second = try server.commit("Two", ["a": "2"], by: .codex, on: first)
    let refused = try server.push(as: .codex, "\(second):main")
    #expect(!refused.succeeded && refused.codes == ["HK101"], "\(refused)")
    let own = try server.commit("By hand", ["b": "1"], by: .dana, on: first, signed: true)
    try server.pushed(as: .dana, "\(own):main")
    try verify()
    let log = try server.sandbox.hookkit("log", "--observed", in: server.repository.path)
    #expect(log.lines.count == 1, "\(log)")
  }

  @Test("beside an enforced rule only that one refuses, and nothing that is watched is said twice")
  func beside() throws {
    let server = try server(
      """
      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }

      [[protect]]
      refs = ["refs/heads/main"]
      mode = "observe"
      review = { of = "anyone", approvals = 2, role = "reviewer", presence = "none" }
      """)
    let work = try server.commit("Work", by: .codex)
    let refused = try server.push(as: .codex, "\(work):main")
    #expect(!refused.succeeded && refused.codes == ["HK101"], "\(refused)")
    #expect(try server.journal().last?["observed"] == nil)
    let person = try server.commit("By hand", ["b": "1"], by: .dana, signed: true)
    let landed = try server.push(as: .dana, "\(person):main")
    #expect(landed.succeeded, "\(landed)")
    #expect(landed.errors.contains("note: HK101 refs/heads/main"), "\(landed)")
  }

  @Test("what only a watched rule names is judged though it is free, and protected by nothing")
  func free() throws {
    let server = try server(
      """
      [[protect]]
      refs = ["refs/heads/release/**"]
      mode = "observe"
      review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
      """)
    let work = try server.commit("Work", by: .codex)
    let branch = try server.push(as: .codex, "\(work):refs/heads/release/1")
    #expect(branch.succeeded && branch.errors.contains("note: HK101"), "\(branch)")
    let forced = try server.push(as: .dana, "+\(server.base):refs/heads/release/1")
    #expect(forced.succeeded && forced.errors.contains("note: HK501"), "\(forced)")
    let other = try server.push(as: .codex, "\(work):refs/heads/other")
    #expect(other.succeeded && !other.errors.contains("note:"), "\(other)")
    let gone = try server.push(as: .dana, ":refs/heads/release/1")
    #expect(gone.succeeded && gone.errors.contains("note: HK502"), "\(gone)")
    #expect(try server.landings().isEmpty)
  }

  @Test("a watched rule that cannot be judged stands in nobody's way")
  func doubtful() throws {
    let server = try server(
      """
      [limits]
      commits = 2

      [[protect]]
      refs = ["refs/heads/main"]
      mode = "observe"
      review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
      """)
    var tip = server.base
    for number in 1...4 {
      tip = try server.commit("Work \(number)", ["a": .text("\(number)")], by: .codex, on: tip)
    }
    let outcome = try server.push(as: .codex, "\(tip):main")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(outcome.errors.contains("note: HK903"), "\(outcome)")
  }
}
