@testable import HookRuntime
import Platform
import TestSupport
import Testing

@Suite struct PrepareCommitMessageTests {
  private let sandbox: Sandbox
  private let repository: TestRepository

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.repository()
  }

  /// Whether the hook writes the trailer.
  private func names(
    _ source: [String], _ variables: [String: String] = [:]
  ) throws -> Bool {
    let file = try sandbox.write("Retry on 429\n", to: "MESSAGE")
    let environment = Environment(
      sandbox.environment.merging(["GIT_DIR": repository.gitDirectory, "CLAUDECODE": "1"]) { $1 }
        .merging(variables) { $1 })
    let code = try PrepareCommitMessage(environment).run(["prepare-commit-msg", file] + source)
    #expect(code == 0)
    return try sandbox.text("MESSAGE").contains("Assisted-by: ")
  }

  @Test("where there is a message already and a new one, the trailer is added")
  func named() throws {
    for source in ["message", "merge", "squash"] { #expect(try names([source]), "\(source)") }
    #expect(try names([], ["PRE_COMMIT_COMMIT_MSG_SOURCE": "message"]))
  }

  @Test(
    "an editor that is still to open, a template and an earlier commit's message are left alone")
  func leftAlone() throws {
    for source in [[], ["template"], ["commit", "HEAD"], ["Message"], [""]] {
      #expect(try !names(source), "\(source)")
    }
    // git's own word counts before that of a hook manager.
    #expect(try !names(["template"], ["PRE_COMMIT_COMMIT_MSG_SOURCE": "message"]))
  }

  @Test(
    "commits that git replays may be other people's",
    arguments: ["rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD"])
  func replayed(_ name: String) throws {
    try Sandbox.writeFile([], to: "\(repository.gitDirectory)/\(name)")
    #expect(try !names(["message"]))
  }

  @Test("without a file there is nothing to do")
  func noFile() throws {
    let environment = Environment(["CLAUDECODE": "1"])
    #expect(try PrepareCommitMessage(environment).run(["prepare-commit-msg"]) == 0)
    #expect(try CommitMessage(environment).run(["commit-msg"]) == 0)
  }
}
