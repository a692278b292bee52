import Ledger
import Primitives
import TestSupport
import Testing

@Suite("Pushes of very many references")
struct ManyReferencesTests {
  /// What git writes to pre-receive for a push that makes `count` references.
  private func lines(_ count: Int, of id: ObjectID, _ prefix: String) -> [UInt8] {
    var bytes: [UInt8] = []
    let start = Array("\(ObjectID.zero) \(id) \(prefix)".utf8)
    for number in 0..<count { bytes += start + Array("\(number)\n".utf8) }
    return bytes
  }

  /// Asks a hook directly; without git in its PATH pre-receive leaves no answer to proc-receive.
  private func ask(
    _ server: GuardedServer, _ hook: String..., stdin: [UInt8], as actor: Actor = .dana
  ) throws -> Outcome {
    try server.sandbox.run(
      [Executables.hook(hook[0], in: server.sandbox)] + hook.dropFirst(),
      in: server.repository.path, stdin: stdin,
      env: server.environment(as: actor).merging(["GIT_DIR": ".", "PATH": "/nonexistent"]) { $1 },
      timeLimit: 240)
  }

  @Test("a hundred thousand references that no rule names pass, and are not written down")
  func free() throws {
    let server = try GuardedServer()
    let input = lines(100_000, of: server.base, "refs/heads/many/")
    let received = try ask(server, "pre-receive", stdin: input)
    #expect(received.exit == 0 && received.stderr.isEmpty, "\(received)")
    let prepared = try ask(server, "reference-transaction", "prepared", stdin: input)
    #expect(prepared.exit == 0 && prepared.stderr.isEmpty, "\(prepared)")
    #expect(try server.journal().isEmpty)
  }

  @Test("one reference more than the policy's limit is undecided, whole")
  func overLimit() throws {
    let server = try GuardedServer()
    let outcome = try ask(
      server, "pre-receive", stdin: lines(100_001, of: server.base, "refs/heads/release/"))
    #expect(outcome.exit == 3 && outcome.codes == ["HK903"], "\(outcome.ending) \(outcome.codes)")
    #expect(outcome.errors.contains("the limit is 100000"))
    #expect(outcome.errors.split(separator: "\n").count <= 8, "\(outcome)")

    let limited = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\n[limits]\nrefs = 50\n") })
    #expect(
      try ask(limited, "pre-receive", stdin: lines(50, of: limited.base, "refs/heads/release/"))
        .exit == 0)
    #expect(
      try ask(limited, "pre-receive", stdin: lines(51, of: limited.base, "refs/heads/release/"))
        .codes == ["HK903"])
  }

  @Test("protected references are judged each, and the answer stays short")
  func protected() throws {
    let server = try GuardedServer()
    let agents = try server.agentsCommit()
    try server.pushed(as: .codex, "main:agent/codex/a")
    let outcome = try ask(
      server, "pre-receive", stdin: lines(500, of: agents, "refs/heads/release/"))
    #expect(outcome.exit == 1 && outcome.codes == ["HK101"], "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").count <= 8, "\(outcome)")
    #expect(outcome.errors.contains("and 499 more refs, same reason"))
    #expect(try server.verdicts().filter { $0.hasPrefix("refuse ") }.count == 500)
    #expect(try server.entries().allSatisfy(\.isChained))
  }

  @Test("many names like protected ones, beside the names themselves, take no longer for it")
  func lookAlikes() throws {
    let server = try GuardedServer()
    let input =
      lines(20_000, of: server.base, "refs/tags/release/")
      + lines(1, of: server.base, "refs/heads/release/")
    let outcome = try ask(server, "pre-receive", stdin: input)
    #expect(outcome.exit == 1 && outcome.codes == ["HK505"], "\(outcome.ending) \(outcome.codes)")
  }

  @Test("git itself pushes thousands at once, all or none")
  func pushed() throws {
    let server = try GuardedServer()
    let own = try server.persons("mine")
    // Written as git packs them: one process a reference would take minutes.
    let packed = (0..<3000).map { String(10_000 + $0) }.map { "\(own) refs/heads/many/\($0)\n" }
    try Sandbox.writeFile(
      Array(("# pack-refs with: peeled fully-peeled sorted \n" + packed.joined()).utf8),
      to: "\(server.work.gitDirectory)/packed-refs")
    let refspec = "refs/heads/many/*:refs/heads/many/*"
    try server.pushed(as: .dana, "--atomic", "--quiet", "main", refspec)
    let count = try server.repository.git("for-each-ref", "--format=x", "refs/heads/many")
    #expect(count.lines.count == 3000)
    #expect(try server.tip() == own)
    let agents = try server.agentsCommit()
    let all = (0..<3000).map { String(10_000 + $0) }.map { "\(agents) refs/heads/many/\($0)\n" }
    try Sandbox.writeFile(
      Array(("# pack-refs with: peeled fully-peeled sorted \n" + all.joined()).utf8),
      to: "\(server.work.gitDirectory)/packed-refs")
    try server.expectShut("HK101", "HK401") {
      try server.push(as: .codex, "--atomic", "--quiet", "main", refspec)
    }
  }
}
