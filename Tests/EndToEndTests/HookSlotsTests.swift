import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("Hosts that do not give hookkit every hook")
struct HookSlotsTests {
  private func server(_ hooks: String..., procReceive: Bool = false) throws -> GuardedServer {
    try GuardedServer(hooks: hooks, procReceiveRefs: procReceive ? ["refs"] : [])
  }

  /// An agent pushes to main and to its own branch at once, then a person their own work.
  private func story(_ server: GuardedServer) throws -> (refused: Outcome, own: Outcome) {
    _ = try server.agentsCommit()
    let refused = try server.push(as: .codex, "main", "main:agent/codex/a")
    #expect(refused.exit != 0 && refused.codes == ["HK101"], "\(refused)")
    #expect(try server.tip() == server.base)
    try server.work.move("main", to: server.base)
    // Where pre-receive does not run, nobody is on record as having brought anything.
    let mine = try server.persons("mine", signed: true)
    let own = try server.push(as: .dana, "main")
    #expect(own.succeeded && own.codes.isEmpty, "\(own)")
    #expect(try server.tip() == mine)
    #expect(try server.entries().allSatisfy(\.isChained))
    return (refused, own)
  }

  @Test("with pre-receive alone the whole push is refused, with the text")
  func preReceive() throws {
    let server = try server("pre-receive")
    let story = try story(server)
    var seen = Transcript()
    seen.add("git push (svc-codex)", story.refused)
    try expectSnapshot(seen.text, named: "pre-receive-alone", in: server.sandbox)
    #expect(try server.tip("refs/heads/agent/codex/a") == nil)
  }

  @Test("with update alone each reference is refused by itself")
  func update() throws {
    let server = try server("update")
    let story = try story(server)
    var seen = Transcript()
    seen.add("git push (svc-codex)", story.refused)
    try expectSnapshot(seen.text, named: "update-alone", in: server.sandbox)
    #expect(try server.tip("refs/heads/agent/codex/a") != nil)
  }

  @Test("with reference-transaction alone nothing unreviewed moves either")
  func referenceTransaction() throws {
    let server = try server("reference-transaction")
    let story = try story(server)
    #expect(story.refused.errors.contains("ref updates aborted by hook"))
    #expect(try server.verdicts() == ["refuse refs/heads/main", "allow refs/heads/main"])
  }

  @Test("with post-receive missing the landing is recorded, with all but it missing too")
  func landings() throws {
    for hooks in [["pre-receive", "reference-transaction"], ["pre-receive", "post-receive"]] {
      let server = try GuardedServer(hooks: hooks, procReceiveRefs: [])
      _ = try story(server)
      #expect(try server.landings().map(\.new) == [server.tip()], "\(hooks)")
    }
  }

  @Test("pre-receive without its run bit changes nothing: the others refuse")
  func lostRunBit() throws {
    let server = try GuardedServer()
    try server.unlink("pre-receive")
    try server.sandbox.write("#!/bin/sh\nexit 0\n", to: "server.git/hooks/pre-receive", mode: 0o644)
    let story = try story(server)
    #expect(story.refused.errors.contains("(HK101 needs a human review of "))
  }

  @Test("proc-receive taken away while git is told of it: git refuses every push")
  func procReceiveGone() throws {
    let server = try GuardedServer()
    try server.unlink("proc-receive")
    try server.persons("mine")
    let outcome = try server.expectShut { try server.push(as: .dana, "main", "main:topic") }
    #expect(outcome.errors.contains("cannot find hook 'proc-receive'"))
    _ = try server.agentsCommit()
    try server.expectShut("HK101") { try server.push(as: .codex, "main") }
  }

  @Test("a proc-receive of somebody else's is not left to answer for hookkit")
  func foreignProcReceive() throws {
    let server = try GuardedServer()
    try server.unlink("proc-receive")
    try server.repository.writeHook("proc-receive", "#!/bin/sh\ncat >/dev/null\n")
    _ = try server.agentsCommit()
    let outcome = try server.expectShut("HK101") { try server.push(as: .codex, "main") }
    #expect(outcome.errors.contains("(pre-receive hook declined)"))
  }

  @Test(
    "proc-receive asked for part of the references: what it is not asked about is refused before",
    arguments: ["refs/heads/other", "am:refs", "!:refs/heads", "refs/heads/mai"])
  func partialProcReceive(_ pattern: String) throws {
    let server = try GuardedServer(procReceiveRefs: [pattern])
    _ = try server.agentsCommit()
    let outcome = try server.expectShut("HK101") { try server.push(as: .codex, "main") }
    #expect(outcome.errors.contains("(pre-receive hook declined)"), "\(outcome)")
  }
}
