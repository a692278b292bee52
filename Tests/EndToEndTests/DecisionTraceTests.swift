import Primitives
import TestSupport
import Testing

@Suite("What HOOKKIT_TRACE tells of a decision")
struct DecisionTraceTests {
  /// The steps of one hook, without their times.
  private func steps(_ outcome: Outcome, of hook: String = "pre-receive") -> [String] {
    outcome.errors.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "trace: "),
        let step = line.firstRange(of: " ms \(hook): ")
      else { return nil }
      #expect(start.upperBound < step.lowerBound)
      return String(line[step.upperBound...].reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test("a refused push: policy, what each commit is and why, each rule and its answer")
  func refused() throws {
    let server = try GuardedServer()
    let commit = try server.commit("Work", by: .codex)
    let plain = try server.push(as: .codex, "\(commit):main")
    #expect(plain.codes.first == "HK101" && steps(plain).isEmpty, "\(plain)")
    let outcome = try server.push(as: .codex, "\(commit):main", env: ["HOOKKIT_TRACE": "1"])
    #expect(outcome.codes.contains("HK101"), "\(outcome)")
    let steps = steps(outcome)
    for step in [
      "layer repository, serial 1",
      "refs/heads/main \(server.base.short)..\(commit.short) by codex: 1 rules, 0 quarantine rules",
      "\(commit.short): agent (attested), pushed by its account; "
        + "brought by svc-codex to refs/heads/main",
      "HK505: nothing", "HK501: nothing",
    ] { #expect(steps.contains(step), "\(step): \(steps)") }
    #expect(steps.contains { $0.contains(/^policy [0-9a-f]{12}, ledger none$/) }, "\(steps)")
    #expect(steps.contains { $0.hasSuffix("0 as clean merges, 1 by nothing") }, "\(steps)")
    #expect(steps.contains { $0.hasPrefix("HK101: ") && $0 != "HK101: nothing" }, "\(steps)")
    #expect(try server.tip() == server.base)
  }

  @Test("a landed push: the review that covers it; a later hook says that it asked nothing again")
  func landed() throws {
    let server = try GuardedServer()
    let commit = try server.commit("Work", by: .codex)
    try server.pushed(as: .codex, "\(commit):refs/heads/agent/codex/work")
    try server.approve(commit, by: .dana)
    let outcome = try server.push(as: .dana, "\(commit):main", env: ["HOOKKIT_TRACE": "1"])
    #expect(outcome.succeeded, "\(outcome)")
    let steps = steps(outcome)
    #expect(steps.contains("\(commit.short): reviewed by dana"), "\(steps)")
    #expect(steps.contains { $0.contains("1 by review, 0 as clean merges, 0 by nothing") })
    #expect(
      steps.contains {
        $0 == "\(commit.short): agent (attested), pushed by its account; "
          + "brought by svc-codex to refs/heads/agent/codex/work"
      }, "\(steps)")
    let later = self.steps(outcome, of: "reference-transaction")
    #expect(later.contains("refs/heads/main: allowed by an earlier hook of this push"), "\(later)")
  }

  @Test("whatever a push has in it, a step is one line of printable ASCII")
  func escaped() throws {
    let server = try GuardedServer()
    let author = TestPerson("x\u{1b}[2J\u{202e}y[bot]")
    let commit = try server.work.commit(
      "Work", ["a": "1"], on: nil, author: author, parents: [server.base])
    let outcome = try server.push(as: .dana, "\(commit):main", env: ["HOOKKIT_TRACE": "1"])
    let steps = steps(outcome)
    #expect(steps.contains { $0.hasPrefix("\(commit.short): agent (suspected)") }, "\(outcome)")
    for step in steps {
      #expect(!step.contains(server.sandbox.root), "no path of the server: \(step)")
      #expect(step.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(step)")
    }
  }
}
