import Primitives
import TestSupport
import Testing

@Suite("hookkit log")
struct LogTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer()
    try server.work.commit(
      "agent's", ["a": "1"], on: "x", author: server.roster[.codex], parents: [server.base])
    _ = try server.push(as: .codex, "x:main")
    try server.work.commit("mine", ["b": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
  }

  private func log(_ arguments: String...) throws -> Outcome {
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(
      ["\(bin)/hookkit", "log"] + arguments, in: server.repository.path)
  }

  @Test("it shows each decision in a line, the newest last")
  func human() throws {
    let outcome = try log()
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.lines.count == 2)
    #expect(outcome.lines.first?.contains("refuse  refs/heads/main") ?? false)
    #expect(outcome.lines.first?.contains("svc-codex  HK101 needs a human review") ?? false)
    #expect(outcome.lines.last?.contains("allow   refs/heads/main") ?? false)
  }

  @Test("as JSON it gives the journal's own lines")
  func json() throws {
    let journal = try server.sandbox.run(
      ["cat", "\(server.repository.gitDirectory)/hookkit/journal"])
    #expect(try log("--json").stdout == journal.stdout)
  }

  @Test("it can be asked for one reference, and for what is recent")
  func filters() throws {
    #expect(try log("--ref", "main").lines.count == 2)
    #expect(try log("--ref", "refs/heads/other").lines.isEmpty)
    #expect(try log("--since", "1h").lines.count == 2)
    #expect(try log("--since", "2026-01-01").lines.count == 2)
    #expect(try log("--since", "2999-01-01T00:00:00Z").lines.isEmpty)
    #expect(try log("--since", "tomorrow").exit == 2)
  }

  @Test("a line that was changed is named")
  func changed() throws {
    let path = "\(server.repository.gitDirectory)/hookkit/journal"
    let edited = try server.sandbox.run(["sed", "-i", "1s/refuse/allow/", path])
    #expect(edited.succeeded)
    let outcome = try log()
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("the journal's chain is broken at line 2"))
    #expect(outcome.lines.count == 2)
  }

  @Test("lines taken out of the middle or the beginning are found")
  func removed() throws {
    let path = "\(server.repository.gitDirectory)/hookkit/journal"
    _ = try server.sandbox.run(["sed", "-i", "1d", path])
    let outcome = try log("--ref", "refs/heads/other")
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("line 1"))
  }

  @Test("a line that a killed hook left unfinished breaks nothing")
  func torn() throws {
    let path = "\(server.repository.gitDirectory)/hookkit/journal"
    _ = try server.sandbox.run(["sh", "-c", "printf '{\"schema\"' >> \"$0\"", path])
    try server.work.commit("more", ["b": "2"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    let outcome = try log()
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.errors.contains("line 3 was left unfinished"))
    #expect(outcome.lines.count == 3)
  }

  @Test("where there is no journal it says who keeps it")
  func none() throws {
    let outcome = try server.sandbox.hookkit("log", in: server.work.path)
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("on the server"))
  }
}
