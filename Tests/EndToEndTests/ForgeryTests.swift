import Primitives
import Signing
import TestSupport
import Testing

/// What somebody with the server's disk does to its records, and how `hookkit verify` names it.
@Suite("forged landings")
struct ForgeryTests {
  let scene: VerifyScene

  init() throws {
    scene = try VerifyScene()
  }

  /// Requires that verify refuses and says each of these.
  private func expectFound(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try scene.verify()
    #expect(outcome.exit == 1, "\(outcome)", sourceLocation: sourceLocation)
    for word in words {
      #expect(outcome.errors.contains(word), "\(outcome)", sourceLocation: sourceLocation)
    }
  }

  // MARK: References

  @Test("a branch that was moved without hooks is found")
  func moved() throws {
    let commit = try scene.unreviewed()
    try scene.force("refs/heads/main", to: commit)
    try expectFound("refs/heads/main was moved to \(commit.short), and no landing brought it there")
  }

  @Test("a branch that was moved back to an earlier landing is found")
  func movedBack() throws {
    try scene.force("refs/heads/main", to: scene.own)
    try expectFound("refs/heads/main stands at \(scene.own.short), where landing 2 had left it")
  }

  @Test("a branch that was taken away is found")
  func deleted() throws {
    try scene.server.repository.git("symbolic-ref", "HEAD", "refs/heads/agent/codex/b")
    try scene.server.repository.git(
      "-c", "core.hooksPath=/dev/null", "update-ref", "-d", "refs/heads/main")
    try scene.auditor.git("remote", "prune", "origin")
    try expectFound("refs/heads/main is gone, and no landing took it away")
  }

  @Test("a protected branch that came without a landing is found")
  func created() throws {
    try scene.force("refs/heads/release/9", to: try scene.unreviewed())
    try expectFound("refs/heads/release/9 stands at", "no landing brought it there")
  }

  @Test("work that is pushed on top of an unrecorded move is found")
  func continued() throws {
    let commit = try scene.unreviewed()
    try scene.force("refs/heads/main", to: commit)
    try scene.server.work.git("fetch", "--quiet", scene.server.repository.path, "main")
    let next = try scene.server.work.commit(
      "next", ["c": "1"], on: nil, author: scene.server.roster[.dana], parents: [commit])
    try scene.server.pushed(as: .dana, "\(next):main")
    try expectFound(
      "landing 4 (refs/heads/main \(commit.short)..\(next.short))",
      "it starts from \(commit.short), but the landing before left \(scene.reviewed.short)")
  }

  // MARK: Landings

  @Test("a landing signed by another key is found")
  func wrongKey() throws {
    let commit = try scene.unreviewed()
    try scene.force("refs/heads/main", to: commit)
    try scene.append(from: scene.reviewed, to: commit, signedBy: .generate())
    try expectFound(
      "landing 4 (refs/heads/main \(scene.reviewed.short)..\(commit.short))", "by another key")
  }

  @Test("a landing that the server's own key signs is judged all the same")
  func stolenKey() throws {
    let commit = try scene.unreviewed()
    try scene.force("refs/heads/main", to: commit)
    try scene.append(
      from: scene.reviewed, to: commit, signedBy: scene.server.roster.serverKey)
    try expectFound("HK101 landing 4", "should have been refused", commit.short)
  }

  @Test("a commit without a landing in the chain is found")
  func empty() throws {
    let parent = try scene.server.tip("refs/hookkit/landings")
    try scene.appendCommit(
      to: "refs/hookkit/landings", ["landing.dsse": .delete], parents: parent.map { [$0] })
    try expectFound("landing 4", "cannot be read")
  }

  @Test("a landing that is no signed statement is found")
  func unsigned() throws {
    try scene.appendCommit(to: "refs/hookkit/landings", ["landing.dsse": "{}\n"])
    try expectFound("landing 4")
  }

  @Test("a landing that is repeated is found")
  func repeated() throws {
    try scene.appendCommit(to: "refs/hookkit/landings", ["other": "1"])
    try expectFound("landing 4", "it starts from \(scene.own.short)")
  }

  @Test("a chain of landings with a merge in it is found")
  func merged() throws {
    let tip = try #require(try scene.server.tip("refs/hookkit/landings"))
    try scene.appendCommit(
      to: "refs/hookkit/landings", parents: [tip, scene.own])
    try expectFound("refs/hookkit/landings is not one line of commits")
  }

  @Test("landings that were taken out from the end are found")
  func truncated() throws {
    let parent = try #require(try scene.server.repository.id("refs/hookkit/landings^"))
    try scene.force("refs/hookkit/landings", to: parent)
    try expectFound("refs/heads/main was moved to \(scene.reviewed.short)")
  }

  // MARK: The ledger and the policy

  @Test("a ledger that was written anew is found")
  func rewrittenLedger() throws {
    try scene.appendCommit(to: "refs/hookkit/ledger", ["x": "1"], parents: [])
    try expectFound("landing 3", "is not part of the ledger here")
  }

  @Test("a ledger from which a review was taken is found")
  func editedLedger() throws {
    let path = try scene.server.repository.git(
      "ls-tree", "-r", "--name-only", "refs/hookkit/ledger"
    ).lines[0]
    let commit = try scene.appendCommit(to: "refs/hookkit/ledger", [path: .delete])
    try expectFound(
      "the ledger was edited: its commit \(commit.short)", path.prefix(20).description)
  }

  @Test("a policy that was changed on record is found")
  func changedPolicy() throws {
    let policy = scene.server.roster.policy(rules: Roster.solo)
    try scene.appendCommit(
      to: "refs/hookkit/policy", ["repository.toml": .text(policy)], parents: [])
    try expectFound("landing 1", "is not on record")
  }
}
