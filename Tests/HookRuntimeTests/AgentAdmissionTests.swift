@testable import HookRuntime
import Platform
import TestSupport
import Testing

/// The trailer that a commit gets in an agent's environment.
@Suite struct AgentAdmissionTests {
  private let sandbox: Sandbox
  private let repository: TestRepository

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.repository()
  }

  private func environment(_ variables: [String: String] = ["CLAUDECODE": "1"]) -> Environment {
    Environment(
      sandbox.environment.merging(["GIT_DIR": repository.gitDirectory]) { $1 }
        .merging(variables) { $1 })
  }

  /// The message after the hook.
  private func admitted(_ message: String) throws -> String {
    let file = try sandbox.write(message, to: "MESSAGE")
    try #require(AgentAdmission(environment())).add(to: file)
    return try sandbox.text("MESSAGE")
  }

  private static let trailer = "Assisted-by: Claude Code\n"

  @Test("without an agent's variable there is nothing to admit")
  func nobody() {
    for variables in [[:], ["CLAUDECODE": ""], ["CLAUDECODE": "0"], ["EDITOR": "claude"]] {
      #expect(AgentAdmission(environment(variables)) == nil, "\(variables)")
    }
    #expect(AgentAdmission(environment(["CODEX_THREAD_ID": "x"])) != nil)
  }

  @Test("the agent is named in a trailer, behind those that are there")
  func added() throws {
    #expect(try admitted("Retry on 429\n") == "Retry on 429\n\n" + Self.trailer)
    #expect(
      try admitted("Retry\n\nWhy.\n\nSigned-off-by: Dana <d@example.org>\n")
        == "Retry\n\nWhy.\n\nSigned-off-by: Dana <d@example.org>\n" + Self.trailer)
  }

  @Test("it is not named twice, and another agent's trailer stays beside it")
  func once() throws {
    let message = "Retry\n\n" + Self.trailer
    #expect(try admitted(message) == message)
    #expect(
      try admitted("Retry\n\nAssisted-by: Zed\n") == "Retry\n\nAssisted-by: Zed\n" + Self.trailer)
  }

  @Test("a line of dashes in the message begins no patch")
  func dashes() throws {
    let message = "Retry\n\nbefore\n---\nafter\n"
    #expect(try admitted(message) == message + "\n" + Self.trailer)
  }

  @Test(
    "a message that was given up in the editor stays as it is",
    arguments: [
      "", "\n\n", "# nothing but\n# comments\n", "\nSigned-off-by: Dana <d@example.org>\n# c\n",
      "\n# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n+hello\n",
    ])
  func givenUp(_ message: String) throws {
    #expect(try admitted(message) == message)
  }

  @Test("and so does the template as it was, but not once something is written to it")
  func template() throws {
    let template = "Subject\n\n# Explain why.\nBecause:\n"
    try sandbox.write(template, to: "template")
    try repository.git("config", "commit.template", sandbox.path("template"))
    #expect(try admitted(template) == template)
    #expect(try admitted(template + "# another comment\n") == template + "# another comment\n")
    let written = template + " it failed\n"
    #expect(try admitted(written).hasSuffix(Self.trailer))
  }

  @Test("a message that git cannot be asked about is an error, not a commit without the trailer")
  func unreadable() throws {
    let file = try sandbox.write("Retry\n", to: "MESSAGE", mode: 0o644)
    let admission = try #require(AgentAdmission(environment()))
    // interpret-trailers replaces the file, for which it needs its folder.
    #expect(throws: Never.self) { try admission.add(to: file) }
    do {
      try AgentAdmission(environment())?.add(to: sandbox.path("missing/MESSAGE"))
    } catch {
      Issue.record("a message that is not there is one that was given up: \(error)")
    }
  }
}
