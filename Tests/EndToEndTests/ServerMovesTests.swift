import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("Moves that no push makes")
struct ServerMovesTests {
  let server: GuardedServer
  var repository: TestRepository { server.repository }

  init() throws {
    server = try GuardedServer()
  }

  /// Runs git in the server's repository as its administrator may.
  private func git(
    _ arguments: String..., as actor: Actor = .nobody, stdin: [UInt8]? = nil
  ) throws -> Outcome {
    try server.sandbox.run(
      ["git"] + arguments, in: repository.path, stdin: stdin, env: server.environment(as: actor))
  }

  @Test("a push to a symbolic alias is judged as a push to what it stands for")
  func alias() throws {
    try repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    _ = try server.agentsCommit()
    try server.expectShut("HK101") { try server.push(as: .dana, "main:alias") }
    try server.expectShut("HK101") { try server.push(as: .dana, "main:alias", "main:topic") }
    try server.work.move("main", to: server.base)
    let own = try server.persons("mine")
    try server.pushed(as: .dana, "main:alias")
    #expect(try server.tip() == own)
    try server.expectShut("HK502") { try server.push(as: .dana, ":alias") }
  }

  @Test("update-ref, branch and symbolic-ref cannot move a protected branch past its rules")
  func plumbing() throws {
    let agents = try server.agentsCommit()
    try server.pushed(as: .codex, "main:agent/codex/a")
    for attempt in [
      ["update-ref", "refs/heads/main", agents.hex],
      ["update-ref", "refs/heads/main", agents.hex, server.base.hex],
      ["branch", "--force", "main", agents.hex],
      ["branch", "release/1", agents.hex],
    ] {
      try server.expectShut("HK101") {
        try server.sandbox.run(["git"] + attempt, in: repository.path)
      }
    }
    for attempt in [["update-ref", "-d", "refs/heads/main"], ["branch", "-D", "main"]] {
      try server.expectShut("HK502") {
        try server.sandbox.run(["git"] + attempt, in: repository.path)
      }
    }
    let transaction = "update refs/heads/free \(agents)\nupdate refs/heads/main \(agents)\n"
    try server.expectShut("HK101") {
      try git("update-ref", "--stdin", stdin: Array(transaction.utf8))
    }
  }

  @Test("what is reviewed may be moved on the server, and its landing is on record")
  func allowedMove() throws {
    let agents = try server.agentsCommit()
    try server.pushed(as: .codex, "main:agent/codex/a")
    try server.approve(agents, by: .dana)
    #expect(try git("update-ref", "refs/heads/main", agents.hex).succeeded)
    #expect(try server.tip() == agents)
    #expect(try server.landings().map(\.new) == [agents])
  }

  @Test("maintenance goes on: packing, pruning, collecting, expiring, the commit-graph")
  func maintenance() throws {
    try server.persons("a")
    try server.pushed(as: .dana, "main", "main:release/1", "main:topic", "main:refs/tags/t")
    let before = try server.standing()
    let recorded = try server.journal().count
    for command in [
      "pack-refs --all --prune", "pack-refs --all --no-prune", "pack-refs --all --prune",
      "gc --quiet --prune=now", "reflog expire --expire=now --all", "prune", "repack -ad --quiet",
      "commit-graph write --reachable",
      "maintenance run --task=gc --task=commit-graph --task=loose-objects --task=pack-refs",
      "fsck --strict",
    ] {
      let outcome = try server.sandbox.run(
        ["git"] + command.split(separator: " ").map(String.init), in: repository.path)
      #expect(outcome.succeeded && outcome.codes.isEmpty, "\(outcome)")
      #expect(try server.standing() == before, "\(command)")
    }
    #expect(!server.sandbox.exists("server.git/refs/heads/main"), "packed")
    #expect(try server.journal().count == recorded, "nothing was decided")
    #expect(try server.entries().allSatisfy(\.isChained))
    // And the packed repository is guarded as before.
    _ = try server.agentsCommit()
    try server.expectShut("HK101") { try server.push(as: .codex, "main") }
    try server.expectShut("HK502") { try git("update-ref", "-d", "refs/heads/main") }
    try server.work.move("main", to: try #require(try server.tip()))
    let own = try server.persons("b")
    try server.pushed(as: .dana, "main")
    #expect(try server.tip() == own)
  }

  @Test("a fetch into the guarded repository brings what is free and nothing unreviewed")
  func mirror() throws {
    let mirror = try server.sandbox.bareRepository("mirror.git")
    try server.work.git("push", "--quiet", mirror.path, "main")
    let agents = try server.agentsCommit()
    try server.work.git("push", "--quiet", mirror.path, "main", "main:topic", "main:refs/tags/t")
    try server.expectShut("HK101") {
      try git("fetch", mirror.path, "refs/heads/main:refs/heads/main")
    }
    let free = try git("fetch", mirror.path, "topic:topic", "refs/tags/t:refs/tags/t")
    #expect(free.succeeded, "\(free)")
    #expect(try server.tip("refs/heads/topic") == agents)
    try server.approve(agents, by: .frank)
    let whole = try git("fetch", mirror.path, "+refs/heads/*:refs/heads/*")
    #expect(whole.succeeded, "\(whole)")
    #expect(try server.tip() == agents)
  }

  @Test("a commit made in a work tree linked to the server is judged by the server's policy")
  func linkedWorkTree() throws {
    try repository.git("branch", "topic", "main")
    #expect(try git("worktree", "add", "../tree", "topic").succeeded)
    let tree = server.sandbox.path("tree")
    func commit(as actor: Actor) throws -> Outcome {
      try server.sandbox.run(
        ["git", "commit", "--quiet", "--allow-empty", "-m", "in the work tree"], in: tree,
        env: server.environment(as: actor))
    }
    #expect(try commit(as: .nobody).succeeded, "no rule names the branch")
    try server.sandbox.git("checkout", "--quiet", "--ignore-other-worktrees", "main", in: tree)
    try server.expectShut("HK101") { try commit(as: .codex) }
    // No push has brought it, so it is nobody's, whoever says who they are.
    try server.expectShut("HK101") { try commit(as: .dana) }
    let dana = server.roster[.dana]
    let signed = try server.sandbox.run(
      [
        "git", "-c", "user.name=\(dana.name)", "-c", "user.email=\(dana.email)", "-c",
        "gpg.format=ssh", "-c", "user.signingkey=\(dana.key?.path ?? "")", "commit", "--quiet",
        "--allow-empty", "-S", "-m", "signed in the work tree",
      ], in: tree, env: server.environment(as: .dana))
    #expect(signed.succeeded, "\(signed)")
    #expect(
      try server.verdicts() == [
        "refuse refs/heads/main", "refuse refs/heads/main", "allow refs/heads/main",
      ])
  }
}
