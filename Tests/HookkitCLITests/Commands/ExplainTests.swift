import Primitives
import TestSupport
import Testing

@Suite("hookkit explain")
struct ExplainTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test("the page of a code needs no repository, and its case does not matter")
  func code() throws {
    let page = try sandbox.hookkit("explain", "HK101")
    #expect(page.succeeded)
    #expect(page.lines.first == "HK101 needs a human review")
    #expect(page.output.contains("What ends it:"))
    #expect(try sandbox.hookkit("explain", "hk101").output == page.output)
    let json = try JSON(reading: sandbox.hookkit("explain", "--json", "HK101").stdout)
    #expect(json["schema"]?.string == "hookkit.code/1" && json["code"]?.string == "HK101")
  }

  @Test("an unknown code is a mistake in the command line")
  func unknown() throws {
    let outcome = try sandbox.hookkit("explain", "HK999")
    #expect(outcome.exit == 2)
    #expect(outcome.errors.contains("hookkit help codes"))
  }

  @Test("a commit is explained without any policy: kind, grade and each signal")
  func commit() throws {
    let repository = try sandbox.repository()
    let id = try repository.commit(
      "Work\n\nCo-authored-by: Claude <noreply@anthropic.com>\n", ["a": "1"])
    let outcome = try sandbox.hookkit("explain", "HEAD", "--json", in: repository.path)
    #expect(outcome.succeeded)
    #expect(
      try JSON(reading: outcome.stdout) == [
        "schema": "hookkit.explain/1", "commit": .text(id.hex),
        "origin": [
          "kind": "agent", "grade": "declared",
          "signals": [
            [
              "id": "claude-code.trailer", "where": "trailer",
              "quote": "Co-authored-by: Claude <noreply@anthropic.com>",
            ]
          ],
        ],
      ])
    let text = try sandbox.hookkit("explain", id.hex, in: repository.path)
    #expect(text.output.contains("agent (declared)"))
    #expect(text.errors.contains("no policy is known here"))
  }

  @Test("bytes of a commit reach the terminal escaped only")
  func escaped() throws {
    let repository = try sandbox.repository()
    try repository.commit(
      "Work\n\nCo-authored-by: Claude \u{1b}[2J<noreply@anthropic.com>\n", ["a": "1"],
      author: TestPerson("Ev\u{1b}il", email: "e@example.org"))
    for arguments in [["explain", "HEAD"], ["explain", "--json", "HEAD"]] {
      let bin = try Executables.installed(in: sandbox)
      let outcome = try sandbox.run(["\(bin)/hookkit"] + arguments, in: repository.path)
      #expect(outcome.succeeded, "\(outcome)")
      #expect(!outcome.stdout.contains(0x1b))
      #expect(outcome.output.contains("claude-code"))
    }
  }

  @Test("with a policy, keys and accounts have holders")
  func enrolled() throws {
    let server = try GuardedServer(in: sandbox)
    let signed = try server.work.commit(
      "mine", ["a": "1"], author: server.roster[.dana], signedBy: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    let person = try sandbox.hookkit("explain", "main", "--json", in: server.repository.path)
    let origin = try JSON(reading: person.stdout)["origin"]
    #expect(origin?["kind"]?.string == "person" && origin?["grade"]?.string == "key")
    try server.work.commit("quiet", ["a": "2"], parents: [signed])
    try server.pushed(as: .codex, "main:refs/heads/agent/codex/x")
    let agent = try sandbox.hookkit("explain", "agent/codex/x", in: server.repository.path)
    #expect(agent.output.contains("agent (attested): pushed by its account"))
    #expect(agent.output.contains("by svc-codex to refs/heads/agent/codex/x"))
  }

  @Test("what is no commit is said")
  func noCommit() throws {
    let repository = try sandbox.repository()
    try repository.commit("one", ["a": "1"])
    #expect(try sandbox.hookkit("explain", "HEAD:a", in: repository.path).exit == 3)
    #expect(try sandbox.hookkit("explain", "nowhere", in: repository.path).exit == 3)
  }
}
