import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("The gate over a real sshd")
struct GateOverSSHTests {
  let server: GuardedServer
  let sshd: LoopbackSSHD
  var work: TestRepository { server.work }

  init() throws {
    server = try GuardedServer(name: "app.git")
    try server.write("ssh\n", to: "host")
    let roster = server.roster
    sshd = try LoopbackSSHD(
      in: server.sandbox,
      people: Actor.allCases.compactMap { actor in
        actor.account.map { TestPerson($0, key: roster[actor].key) }
      })
    try work.git("remote", "set-url", "origin", sshd.url(server.repository))
  }

  private func push(as actor: Actor, _ arguments: String...) throws -> Outcome {
    try server.sandbox.run(
      ["git", "push", "origin"] + arguments, in: work.path,
      env: sshd.environment(as: server.roster[actor]))
  }

  /// A review signed by `ssh-keygen -Y sign`, as a file of the ledger.
  private func review(
    _ commit: ObjectID, key path: String
  ) throws -> [String: TreeChange] {
    let payload = try server.reviewStatement(of: commit).serialized
    let signed = try server.sandbox.run(
      ["ssh-keygen", "-Y", "sign", "-n", SignatureNamespace.review.rawValue, "-f", path],
      stdin: Envelope.preAuthenticationEncoding(payload: payload))
    guard signed.succeeded else { throw UnexpectedOutcome("a signature", signed) }
    let envelope = try Envelope(
      payload: payload, signatures: [.init(SSHSignature(armored: signed.stdout))])
    return [GuardedServer.path(ofReview: envelope, of: commit): .file(envelope.serialized)]
  }

  /// Puts files at the ledger's end; the commit is still to be pushed.
  private func ledger(_ files: [String: TreeChange], by actor: Actor) throws -> ObjectID {
    let tip = try server.tip("refs/hookkit/ledger")
    if tip != nil {
      try work.git("fetch", "--quiet", server.repository.path, "refs/hookkit/ledger")
    }
    return try work.commit(
      "ledger\n", files, on: nil, author: server.roster[actor], parents: tip.map { [$0] } ?? [])
  }

  @Test("an agent is refused, a person reviews and merges, and what was not reviewed stays out")
  func story() throws {
    let roster = server.roster
    let key = try #require(roster[.dana].key)
    var seen = Transcript()

    let work1 = try work.commit("Retry on 429\n", ["retry": "1\n"], author: roster[.codex])
    seen.add("git push origin main   # svc-codex", try push(as: .codex, "main"))
    #expect(try server.tip() == server.base)
    seen.add(
      "git push origin main:agent/codex/retry   # svc-codex",
      try push(as: .codex, "main:agent/codex/retry"))
    #expect(try server.tip("refs/heads/agent/codex/retry") == work1)
    seen.add("git push origin main   # dana", try push(as: .dana, "main"))
    seen.add("git push origin main   # mallory", try push(as: .stranger, "main"))

    let evidence = try review(work1, key: key.path)
    let forged = try ledger(
      review(work1, key: try #require(roster[.codex].key).path), by: .codex)
    seen.add(
      "git push origin ledger   # svc-codex", try push(as: .codex, "\(forged):refs/hookkit/ledger"))
    #expect(try server.tip("refs/hookkit/ledger") == nil)
    let first = try ledger(evidence, by: .dana)
    seen.add("git push origin ledger   # dana", try push(as: .dana, "\(first):refs/hookkit/ledger"))
    #expect(try server.tip("refs/hookkit/ledger") == first)

    // Somebody's own work has landed meanwhile, so that the reviewed work comes in by a merge.
    try work.move("main", to: server.base)
    let own = try work.commit("Say so\n", ["README": "hello, world\n"], author: roster[.frank])
    seen.add("git push origin main   # frank", try push(as: .frank, "main"))
    let merge = try work.merge(work1.hex, author: roster[.dana])
    seen.add("git push origin main   # dana, the merge", try push(as: .dana, "main"))
    #expect(try server.tip() == merge)

    try work.commit(
      "Retry on 429, twice\n", ["retry": "2\n"], author: roster[.codex], parents: [merge])
    seen.add("git push origin main   # svc-codex, amended", try push(as: .codex, "main"))
    try work.move("main", to: merge)
    try work.commit("Look here\n", ["x": "1\n"], author: TestPerson("mallory"))
    seen.add("git push origin main   # mallory, their own", try push(as: .stranger, "main"))
    #expect(try server.tip() == merge)

    try expectSnapshot(
      seen.text, named: "gate-over-ssh", in: server.sandbox,
      replacing: [
        ("ssh://127.0.0.1:\(sshd.port)\(server.repository.path)", "git.example.org:app.git")
      ])
    #expect(try server.entries().allSatisfy(\.isChained))
    #expect(try server.landings().map(\.new) == [own, merge])
  }

  @Test("a review signed through ssh-agent counts, the private key being nowhere on disk")
  func agent() throws {
    let key = try #require(server.roster[.dana].key)
    let commit = try server.agentsCommit()
    try server.expectShut("HK101") { try push(as: .codex, "main") }
    let agent = try SSHAgent(in: server.sandbox, keys: [key])
    defer { agent.stop() }
    try server.sandbox.shell("mv '\(key.path)' '\(key.path).away'")
    let evidence = try review(commit, key: key.publicPath)
    try server.sandbox.shell("mv '\(key.path).away' '\(key.path)'")
    let tip = try ledger(evidence, by: .dana)
    #expect(try push(as: .dana, "\(tip):refs/hookkit/ledger").succeeded)
    #expect(try push(as: .dana, "main").succeeded)
    #expect(try server.tip() == commit)
  }

  @Test("what a client sends beside the push does not name another pusher")
  func sentEnvironment() throws {
    _ = try server.agentsCommit()
    let env = sshd.environment(as: server.roster[.codex], sending: ["HOOKKIT_PUSHER", "GIT_*"])
      .merging(["HOOKKIT_PUSHER": "dana"]) { $1 }
    try server.expectShut("HK101") {
      try server.sandbox.run(["git", "push", "origin", "main"], in: work.path, env: env)
    }
    #expect(try server.journal().last?["pusher"]?.string == "svc-codex")
  }
}
