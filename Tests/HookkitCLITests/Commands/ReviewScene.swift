import Primitives
import TestSupport
import Testing

/// A server without hooks, a clone of it, two people, and an agent whose work waits for a review.
struct ReviewScene {
  let sandbox: Sandbox
  let server: TestRepository
  let clone: TestRepository
  let dana: TestPerson
  let erin: TestPerson
  let codex = TestPerson("codex", email: "svc-codex@example.org")

  /// - Parameter rules: the `[[protect]]` part of the policy.
  init(rules: String = Self.usualRules) throws {
    sandbox = try Sandbox()
    dana = try sandbox.person("dana")
    erin = try sandbox.person("erin")
    server = try sandbox.bareRepository()
    clone = try sandbox.clone(server)
    let policy = """
      version = 1
      serial = 1
      repository = "git.example.org/app"

      [people.dana]
      emails = ["dana@example.org"]
      accounts = ["dana"]
      keys = ["\(dana.key?.publicLine ?? "")"]
      roles = ["reviewer", "maintainer"]

      [people.erin]
      emails = ["erin@example.org"]
      keys = ["\(erin.key?.publicLine ?? "")"]
      roles = ["reviewer"]

      [agents.codex]
      accounts = ["svc-codex"]
      emails = ["svc-codex@example.org"]
      sponsor = "erin"

      \(rules)
      """
    try clone.commit(
      "Begin", [".hookkit/policy.toml": .text(policy), "a": .text("1\n")], author: dana)
    try clone.git("push", "--quiet", "origin", "main")
    // On a path that says nothing of this machine, so that snapshots are the same everywhere.
    sandbox.setEnvironment("HOOKKIT_KEY", dana.key?.path)
  }

  static let usualRules = """
    [[protect]]
    refs = ["refs/heads/main"]
    review = { of = "agents", approvals = 1, role = "reviewer" }
    unverified = "person"
    """

  /// Commits on a branch of the agent's and pushes it.
  @discardableResult
  func work(
    _ message: String = "Retry on 429\n\nCo-authored-by: Codex <noreply@openai.com>\n",
    _ changes: [String: TreeChange] = ["a": .text("2\n"), "b": .text("new\n")],
    author: TestPerson? = nil, on branch: String = "agent/codex/work"
  ) throws -> ObjectID {
    let base = try #require(try clone.id("main"))
    let commit = try clone.commit(
      message, changes, on: nil, author: author ?? codex, parents: [base])
    try clone.move(branch, to: commit)
    try clone.git("push", "--quiet", "origin", "refs/heads/\(branch)")
    return commit
  }

  /// Runs `hookkit` in the clone.
  func hookkit(
    _ arguments: String..., env: [String: String] = [:], in directory: String? = nil
  ) throws -> Outcome {
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run(
      ["\(bin)/hookkit"] + arguments, in: directory ?? clone.path, env: env)
  }

  /// What the server's ledger holds, path by path.
  func ledger() throws -> [String] {
    guard try server.id("refs/hookkit/ledger") != nil else { return [] }
    return try server.git("ls-tree", "-r", "--name-only", "refs/hookkit/ledger").lines
  }

  /// What a person sees of a command: it, its exit code and both outputs.
  func seen(_ outcome: Outcome) -> String {
    let words = outcome.arguments.dropFirst().map { $0.contains(" ") ? "'\($0)'" : $0 }
    return """
      $ hookkit \(words.joined(separator: " "))
      \(outcome.output)\(outcome.errors)[\(outcome.ending)]

      """
  }
}
