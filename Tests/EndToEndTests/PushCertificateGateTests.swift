import Foundation
import Primitives
import TestSupport
import Testing

@Suite("A branch that asks for signed pushes")
struct PushCertificateGateTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\nsigned-push = true\n") })
    try server.repository.git("config", "receive.certNonceSeed", "a seed of the server's")
    try server.persons("a")
  }

  /// Pushes as one account with a certificate signed by somebody's key.
  private func push(
    as actor: Actor, signedBy signer: Actor, _ arguments: String..., program: String? = nil
  ) throws -> Outcome {
    let key = try #require(server.roster[signer].key)
    var settings = ["-c", "user.signingkey=\(key.path)"]
    if let program { settings += ["-c", "gpg.ssh.program=\(program)"] }
    return try server.sandbox.run(
      ["git"] + settings + ["push", "--signed", server.repository.path] + arguments,
      in: server.work.path, env: server.environment(as: actor))
  }

  @Test("the pusher's own certificate lands; git's allowed signers are not needed for it")
  func valid() throws {
    let outcome = try push(as: .dana, signedBy: .dana, "main", "main:topic")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try server.tip() == server.work.id("main"))
  }

  @Test("no certificate, a stranger's, another person's and an agent's are refused")
  func refused() throws {
    var seen = Transcript()
    seen.add(
      "git push (dana)",
      try server.expectShut("HK104") { try server.push(as: .dana, "main") })
    seen.add(
      "git push --signed (dana, a key that nobody enrolled)",
      try server.expectShut("HK104") { try push(as: .dana, signedBy: .stranger, "main") })
    seen.add(
      "git push --signed (dana, erin's key)",
      try server.expectShut("HK104") { try push(as: .dana, signedBy: .erin, "main") })
    seen.add(
      "git push --signed (dana, the agent's key)",
      try server.expectShut("HK104") { try push(as: .dana, signedBy: .codex, "main") })
    try expectSnapshot(seen.text, named: "push-certificates", in: server.sandbox)
  }

  @Test("a certificate whose signature is of other bytes is refused")
  func tampered() throws {
    let program = try server.sandbox.write(
      """
      #!/bin/sh
      # As git calls it: -Y sign -n git -f KEY FILE, the signature goes to FILE.sig.
      for file; do :; done
      cp "$file" "$file.other" && echo >> "$file.other"
      ssh-keygen "$1" "$2" "$3" "$4" "$5" "$6" "$file.other" && mv "$file.other.sig" "$file.sig"
      """, to: "sign-other-bytes", mode: 0o755)
    let outcome = try server.expectShut("HK104") {
      try push(as: .dana, signedBy: .dana, "main", program: program)
    }
    #expect(outcome.errors.contains("signature is not valid"), "\(outcome)")
  }

  @Test("a certificate that was good once is not good again")
  func replayed() throws {
    let tip = try #require(try server.work.id("main"))
    #expect(try push(as: .dana, signedBy: .dana, "main").succeeded)
    let listed = try server.repository.git(
      "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    let certificate = try #require(
      try listed.lines.filter { $0.hasSuffix(" blob") }.lazy
        .map { try server.repository.contents("blob", String($0.prefix(40))) }
        .first { $0.starts(with: "certificate version 0.1".utf8) })

    // The reference is put back, as it might be on a restored server, and the clock goes on.
    try server.repository.setReferences([("refs/heads/main", server.base)])
    usleep(1_100_000)
    let commands =
      [Array("push-cert".utf8)]
      + certificate.split(separator: 0x0a, omittingEmptySubsequences: false)
      .dropLast().map { Array($0) + [0x0a] } + [Array("push-cert-end\n".utf8)]
    let before = try server.standing()
    let outcome = try server.rawPush(as: .dana, commands: commands, objects: [tip.hex])
    #expect(outcome.codes == ["HK104"], "\(outcome)")
    #expect(outcome.output.contains("nonce"), "\(outcome)")
    #expect(try server.standing() == before)
  }

  @Test("an answer that a signed push was given does not let an unsigned one through")
  func staleAnswer() throws {
    // The signed push is allowed and then fails for another reason.
    try server.repository.writeHook("update", "#!/bin/sh\nexit 1\n")
    #expect(try push(as: .dana, signedBy: .dana, "main").exit == 1)
    #expect(try server.verdicts() == ["allow refs/heads/main"])
    try server.unlink("update")
    try server.expectShut("HK104") { try server.push(as: .dana, "main") }
    #expect(try push(as: .dana, signedBy: .dana, "main").succeeded)
  }
}
