import Primitives
import Signing
import TestSupport
import Testing

@Suite("author, pusher and reviewer")
struct IdentityTests {
  /// Everything is reviewed, also what people make.
  private static let everyone = Roster.team.replacing("of = \"agents\"", with: "of = \"anyone\"")

  @Test("bypass 9: a trusted person's name as author and committer makes no commit theirs")
  func forgedAuthor() throws {
    let server = try GuardedServer()
    for author in [Actor.dana, .codex] {
      let forged = try server.work.commit(
        "Forged", ["evil": .text("\(author)")], on: nil, author: server.roster[author],
        committer: server.roster[.dana], parents: [server.base])
      try server.refuses(as: .codex, "\(forged):main", with: "HK101")
      try server.refuses(as: .stranger, "\(forged):main", with: "HK101")
      try server.refuses(as: .nobody, "\(forged):main", with: "HK101")
    }
  }

  @Test("bypass 10: an author does not review their own change because a bot has rebased it")
  func botRebased() throws {
    let server = try GuardedServer(policy: { $0.policy(rules: Self.everyone) })
    let rebased = try server.work.commit(
      "Work of erin, rebased", ["work": "1"], on: nil, author: server.roster[.erin],
      committer: server.roster[.ci], parents: [server.base])
    try server.pushed(as: .ci, "\(rebased):refs/heads/rebased")
    try server.approve(rebased, by: .erin)
    let outcome = try server.refuses(as: .frank, "\(rebased):main", with: "HK101")
    #expect(outcome.errors.contains("erin is its author"), "\(outcome)")
    try server.approve(rebased, by: .frank)
    // Now the pusher is another than the one who reviewed.
    try server.lands(rebased, as: .dana)
  }

  @Test("bypass 10: a committer's address that belongs to nobody does not hide who pushed")
  func randomCommitter() throws {
    let server = try GuardedServer(policy: { $0.policy(rules: Self.everyone) })
    let unknown = TestPerson("x", email: "x1f9@users.noreply.example.org")
    let work = try server.work.commit(
      "Work", ["work": "1"], on: nil, author: unknown, parents: [server.base])
    try server.pushed(as: .erin, "\(work):refs/heads/topic")
    try server.approve(work, by: .erin)
    // Also when somebody else makes the last push.
    let outcome = try server.refuses(as: .frank, "\(work):main", with: "HK101")
    #expect(outcome.errors.contains("erin is its pusher"), "\(outcome)")
    // Her signature ties her to it as well, under any address.
    let signed = try server.work.commit(
      "Work", ["work": "2"], on: nil, author: unknown, signedBy: server.roster[.erin],
      parents: [server.base])
    try server.pushed(as: .frank, "\(signed):refs/heads/topic2")
    try server.approve(signed, by: .erin)
    try server.refuses(as: .frank, "\(signed):main", with: "HK101")
    // And so does her address in other letters.
    let shouted = TestPerson("E", email: "Erin@EXAMPLE.org")
    let capital = try server.work.commit(
      "Work", ["work": "3"], on: nil, author: shouted, parents: [server.base])
    try server.pushed(as: .frank, "\(capital):refs/heads/topic3")
    try server.approve(capital, by: .erin)
    try server.refuses(as: .frank, "\(capital):main", with: "HK101")
  }

  @Test("bypass 11: who pushes onto somebody else's branch does not review what they pushed")
  func pusherReviews() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let added = try server.work.commit(
      "Improve", ["work": "2"], on: nil, author: server.roster[.codex], parents: [work])
    try server.pushed(as: .frank, "\(added):refs/heads/agent/codex/work")
    try server.approve(added, by: .frank)
    let outcome = try server.refuses(as: .dana, "\(added):main", with: "HK101")
    #expect(outcome.errors.contains("frank is its pusher"), "\(outcome)")
  }

  @Test("bypass 12: neither a service nor an agent reviews, whoever files what they signed")
  func tokensReview() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    for signer in [Actor.ci, .codex] {
      #expect(try server.review(work, by: .software(signer)).codes.contains("HK402"))
      for filer in [Actor.dana, .stranger, .nobody] {
        let filed = try server.review(work, by: .software(signer), as: filer)
        #expect(filed.codes.contains("HK806"), "\(filed)")
      }
    }
    // A real review beside the machine's signature is no better.
    let statement = try server.reviewStatement(of: work)
    let mixed = try server.envelope(
      statement.serialized, by: [.software(.dana), .software(.ci)])
    let filed = try server.file(
      [GuardedServer.path(ofReview: mixed, of: work): .file(mixed.serialized)], as: .dana)
    #expect(filed.codes.contains("HK806"), "\(filed)")
    #expect(try server.tip("refs/hookkit/ledger") == nil)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }

  @Test(
    "bypass 13: with a person's token and software key an agent cannot give the touch of a rule")
  func borrowedLogin() throws {
    let touch = Roster.team.replacing("presence = \"none\"", with: "presence = \"touch\"")
    let server = try GuardedServer(policy: { $0.policy(rules: touch) })
    let work = try server.agentWork()
    // The agent sits at dana's machine: her account, her ssh-agent.
    try server.approve(work, by: .dana)
    let outcome = try server.refuses(as: .dana, "\(work):main", with: "HK101")
    #expect(outcome.errors.contains("its key was not touched"), "\(outcome)")
    #expect(try server.review(work, by: .touch(.dana)).succeeded)
    try server.lands(work, as: .dana)
  }

  @Test("bypass 13: where what nobody signed is an agent's, a borrowed account brings no more")
  func borrowedAccount() throws {
    let server = try GuardedServer(policy: { $0.policy(rules: Roster.strict) })
    let work = try server.commit(by: .dana)
    try server.refuses(as: .dana, "\(work):main", with: "HK101")
  }

  @Test("bypass 14: Reviewed-by and Signed-off-by lines are evidence of nothing")
  func forgedTrailers() throws {
    let server = try GuardedServer()
    let message = """
      Work

      Reviewed-by: dana <dana@example.org>
      Acked-by: frank <frank@example.org>
      Signed-off-by: dana <dana@example.org>
      """
    let work = try server.agentWork(message: message)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }

  @Test(
    "bypass 15: an agent's trailer is seen however it is written",
    arguments: [
      "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n",
      "Work\n\nCO-AUTHORED-BY: codex <noreply@openai.com>\n",
      "Work\n\nCo-authored-by:Codex <noreply@openai.com>\n",
      "Work\n\nco-Authored-By :\t  Codex   <NoReply@OpenAI.com>  \n",
      "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n\nLast paragraph, a plain one.\n",
      "Work\n\nCo-authored-by: \u{421}odex <noreply@openai.com>\n",
      "Work\n\nCo\u{2010}authored\u{2011}by: Codex <noreply@openai.com>\n",
      "Work\n\n\u{200b}Co-authored-by: Co\u{200d}dex <noreply@openai.com>\n",
      "Work\r\n\r\nCo-authored-by: Codex <noreply@openai.com>\r\n",
      "Co-authored-by: Codex <noreply@openai.com>",
      "Work\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n",
    ])
  func oddTrailers(_ message: String) throws {
    let server = try GuardedServer()
    let work = try server.work.commit(
      message, ["work": "1"], on: nil, author: server.roster[.dana], parents: [server.base])
    try server.refuses(as: .dana, "\(work):main", with: "HK101")
  }

  @Test("bypass 15: a trailer that is not there does not make an agent's push a person's")
  func absentTrailer() throws {
    let server = try GuardedServer()
    let work = try server.commit(by: .dana)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }

  @Test("bypass 16: a FIDO signature without a touch satisfies no rule that asks for one")
  func untouchedKey() throws {
    let touch = Roster.team.replacing("presence = \"none\"", with: "presence = \"touch\"")
    let server = try GuardedServer(policy: { $0.policy(rules: touch) })
    let work = try server.agentWork()
    let statement = try server.reviewStatement(of: work)
    let message = Envelope.preAuthenticationEncoding(payload: statement.serialized)
    let armoured = try server.sign(
      message, by: .touch(.dana, flags: 0), namespace: "review@hookkit")
    let file = try server.sandbox.write(armoured, to: "untouched.sig")
    let checked = try server.sandbox.run(
      ["ssh-keygen", "-Y", "check-novalidate", "-n", "review@hookkit", "-s", file], stdin: message)
    #expect(checked.succeeded && checked.output.hasPrefix("Good"), "ssh-keygen: \(checked)")

    for flags: UInt8 in [0, SoftwareSecurityKey.userVerified] {
      #expect(try server.review(work, by: .touch(.dana, flags: flags)).succeeded)
      try server.refuses(as: .codex, "\(work):main", with: "HK101")
    }
  }

  @Test("bypass 17: a push certificate by a key that nobody has enrolled signs nothing")
  func foreignCertificate() throws {
    let rules = Roster.team + "\nsigned-push = true\n"
    let server = try GuardedServer(policy: { $0.policy(rules: rules) })
    try server.repository.git("config", "receive.certNonceSeed", "of this test only")
    let allowed = try server.sandbox.write("", to: "allowed_signers")
    try server.repository.git("config", "gpg.ssh.allowedSignersFile", allowed)
    let work = try server.commit(by: .dana)
    func push(as actor: Actor, signedBy signer: Actor?) throws -> Outcome {
      let key = server.roster[signer ?? .dana].key?.path ?? ""
      return try server.sandbox.run(
        ["git", "-c", "user.signingkey=\(key)", "push"] + (signer == nil ? [] : ["--signed"])
          + [server.repository.path, "\(work):main"], in: server.work.path,
        env: server.environment(as: actor))
    }
    for signer in [Actor.stranger, .frank, .codex, .ci, nil] {
      let outcome = try push(as: .dana, signedBy: signer)
      #expect(outcome.codes.contains("HK104"), "\(outcome)")
      #expect(try server.tip() == server.base)
    }
    #expect(try push(as: .dana, signedBy: .dana).succeeded)
    #expect(try server.tip() == work)
  }
}
