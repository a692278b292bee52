import Foundation
import Primitives
import TestSupport
import Testing

/// What happens to a held change while somebody is about to approve it.
@Suite("Approvals that come too late")
struct LateApprovalTests {
  private let server: GuardedServer
  private let work: ObjectID
  private let hold: String
  private var sandbox: Sandbox { server.sandbox }

  init() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents" }
      hold = true
      [[quarantine]]
      refs = ["refs/heads/main"]
      files = ["locks"]
      """
    server = try GuardedServer(
      policy: { $0.openPolicy(rules: rules) }, files: ["package-lock.json": GuardedServer.lock()])
    work = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    let push = try server.push(as: .codex, "\(work):main")
    hold = try #require(try server.holds().first, "\(push)")
  }

  private func hookkit(_ words: [String], as actor: Actor) throws -> Outcome {
    let clone = try server.clone(of: actor)
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run(
      ["\(bin)/hookkit"] + words, in: clone.path,
      env: server.environment(as: actor).merging(signing(as: actor)) { $1 }, timeLimit: 120)
  }

  private func signing(as actor: Actor) -> [String: String] {
    [
      "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml",
      "HOOKKIT_KEY": server.roster[actor].key?.path ?? "",
    ]
  }

  enum Other: String, CaseIterable { case rejects, approves }

  @Test(
    "whoever signs after another has answered is told what became of it, and nothing is filed",
    arguments: Other.allCases)
  func late(_ other: Other) throws {
    let clone = try server.clone(of: .frank)
    let dana = try server.clone(of: .dana)
    let bin = try Executables.installed(in: sandbox)
    let words =
      other == .rejects
      ? "quarantine reject \(hold) --confirm \(hold) -m no" : "approve \(hold) --confirm \(hold)"
    let variables = server.environment(as: .dana).merging(signing(as: .dana)) { $1 }
      .map { "\($0.key)='\($0.value)'" }.sorted().joined(separator: " ")
    // Between what frank was shown and his signature dana is faster.
    let program = try sandbox.write(
      """
      #!/bin/sh
      if [ ! -e '\(sandbox.path("done"))' ]; then
        : >'\(sandbox.path("done"))'
        (cd '\(dana.path)' && env \(variables) '\(bin)/hookkit' \(words)) >'\(sandbox.path("said"))' 2>&1
      fi
      exec ssh-keygen "$@"

      """, to: "signer", mode: 0o755)
    try clone.git("config", "gpg.ssh.program", program)
    let outcome = try hookkit(["approve", hold, "--confirm", hold], as: .frank)
    let said = try sandbox.text("said")
    #expect(try server.holds().isEmpty, "\(said)")
    #expect(try server.tip() == (other == .approves ? work : server.base), "\(said)")
    #expect(outcome.exit == 1, "\(outcome)")
    #expect(!outcome.errors.contains("frank has reviewed"), "\(outcome)")
    #expect(
      outcome.errors.contains(
        other == .rejects ? "\(hold) is held no more" : "\(hold) has landed meanwhile"),
      "\(outcome)")
    let ledger = try server.repository.git("log", "--format=%s", "refs/hookkit/ledger").output
    #expect(!ledger.contains("by frank"), "\(ledger)")
  }
}
