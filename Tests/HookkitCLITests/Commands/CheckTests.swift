import Primitives
import TestSupport
import Testing

@Suite("hookkit check")
struct CheckTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer()
  }

  private func check(_ arguments: String..., on repository: TestRepository) throws -> Outcome {
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(["\(bin)/hookkit", "check"] + arguments, in: repository.path)
  }

  /// An agent's work on a branch of its own, on the server.
  private func agentsWork() throws -> ObjectID {
    let commit = try server.work.commit(
      "Retry", ["a": "1"], on: "retry", author: server.roster[.codex], parents: [server.base])
    try server.pushed(as: .codex, "retry:refs/heads/agent/codex/retry")
    return commit
  }

  @Test("on the server it says what a push would be told, and changes nothing")
  func onServer() throws {
    let commit = try agentsWork()
    let before = try server.repository.references()
    let journal = try server.journal().count
    let outcome = try check(
      "--ref", "main", "--pusher", "svc-codex", "main..\(commit.hex)", on: server.repository)
    #expect(outcome.exit == 1)
    #expect(outcome.lines == ["refused: refs/heads/main", "1 commit: 1 agent (1 attested)"])
    let pushed = try server.push(as: .codex, "retry:main")
    let remote = pushed.errors.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
      .map { $0.dropFirst("remote: ".count).trimmingSuffix(while: { $0 == " " }) }
    // What is said to do now is for what has been pushed.
    #expect(
      outcome.errors.split(separator: "\n").map { $0[...] }
        == remote.filter { !$0.contains("you: ") })
    #expect(try server.repository.references() == before)
    #expect(try server.journal().count == journal + 1)
  }

  @Test("once the work is reviewed it is allowed")
  func reviewed() throws {
    let commit = try agentsWork()
    try server.approve(commit, by: .dana)
    let outcome = try check(
      "--pusher", "frank", "--ref", "main", "main..\(commit.hex)", on: server.repository)
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.lines.first == "allowed: refs/heads/main")
  }

  @Test("in a clone it judges by what was fetched from the server, as the person who works there")
  func inClone() throws {
    try server.work.commit("mine", ["own": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    let clone = try server.clone(of: .dana)
    #expect(try check("HEAD", on: clone).codes == ["HK801"])
    try clone.git(
      "fetch", "--quiet", "origin", "+refs/hookkit/*:refs/hookkit/remotes/origin/*")
    try clone.commit("more", ["own": "2"], author: server.roster[.dana])
    let own = try check("-v", "origin/main..main", on: clone)
    #expect(own.exit == 0, "\(own)")
    #expect(own.lines == ["allowed: refs/heads/main", "1 commit: 1 unverified; 1 changed path"])
    try clone.commit("Co-authored\n\nCo-authored-by: Claude <noreply@anthropic.com>", ["own": "3"])
    let assisted = try check("origin/main..", on: clone)
    #expect(assisted.exit == 1)
    #expect(assisted.codes == ["HK101"])
    #expect(assisted.lines.last == "2 commits: 1 agent (1 declared), 1 unverified")
  }

  @Test("a policy that is named stands instead of the one that is known")
  func named() throws {
    let open = try server.sandbox.write(
      server.roster.policy(rules: "[[protect]]\nrefs = [\"refs/heads/other\"]"), to: "open.toml")
    let commit = try agentsWork()
    let outcome = try check(
      "--policy", open, "--ref", "main", "main..\(commit.hex)", on: server.repository)
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.lines.first == "allowed: no rule names refs/heads/main")
  }

  @Test("a whole history is counted as git counts it, on one thread and on several")
  func history() throws {
    let open = try server.sandbox.write(
      server.roster.policy(rules: "[[protect]]\nrefs = [\"refs/heads/other\"]"), to: "open.toml")
    let repository = try server.sandbox.repository("history")
    for number in 0..<40 {
      try repository.commit(
        number.isMultiple(of: 4) ? "one\n\nCo-authored-by: Codex <noreply@openai.com>" : "one",
        ["f\(number % 7)/g": .text("\(number)\n"), "h": .text("\(number)\n")])
    }
    try repository.commit("aside", ["s": "1"], on: "aside", parents: [])
    try repository.git("checkout", "--quiet", "main")
    let merge = try repository.git(
      "commit-tree", "-p", "main", "-p", "aside", "-m", "merge", "main^{tree}"
    ).objectID()
    try repository.move("main", to: merge)
    let paths = try repository.git("log", "--raw", "--no-renames", "--format=", "main").lines.count
    for jobs in ["1", "2", "5"] {
      let outcome = try check(
        "--policy", open, "--json", "--jobs", jobs, "EMPTY..main", on: repository)
      #expect(outcome.exit == 0, "\(outcome)")
      let survey = try #require(try JSON(reading: outcome.stdout)["survey"])
      #expect(survey["commits"]?.integer == 42)
      #expect(survey["merges"]?.integer == 1)
      #expect(survey["changedPaths"]?.integer == Int64(paths))
      let origins = survey["origins"]?.array ?? []
      #expect(
        origins == [
          ["kind": "agent", "grade": "declared", "count": 10],
          ["kind": "unverified", "grade": nil, "count": 32],
        ])
    }
  }

  @Test("SARIF names the rule and the exit code")
  func sarif() throws {
    let commit = try agentsWork()
    let outcome = try check(
      "--format", "sarif", "--ref", "main", "main..\(commit.hex)", on: server.repository)
    #expect(outcome.exit == 1)
    let run = try JSON(reading: outcome.stdout)["runs"]?.array?.first
    #expect(run?["results"]?.array?.first?["ruleId"]?.string == "HK101")
    #expect(run?["invocations"]?.array?.first?["exitCode"]?.integer == 1)
  }

  @Test("a deletion is checked as one")
  func deletion() throws {
    let outcome = try check("main..\(ObjectID.zero.hex)", "--ref", "main", on: server.repository)
    #expect(outcome.exit == 1)
    #expect(outcome.codes == ["HK502"])
  }

  @Test("what names nothing, and a number of threads that is none, is said")
  func mistakes() throws {
    #expect(try check("nowhere", on: server.repository).exit == 3)
    #expect(try check("--jobs", "0", "main", on: server.repository).exit == 2)
    #expect(try check("--ref", "a..b", "main", on: server.repository).exit == 2)
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
