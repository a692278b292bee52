import Gate
import Git
@testable import HookRuntime
import Policy
import Primitives
import TestSupport
import Testing

/// What becomes of `git push --signed`, by hookkit's own reading.
@Suite struct CertificateReaderTests {
  private let bench: HookBench
  private let update: RefUpdate

  init() throws {
    bench = try HookBench(policy: { roster in
      roster.policy(adding: [.frank: "expires = \"2020-01-01\"", .ci: "revoked = true"])
    })
    update = try bench.update(id(9))
  }

  /// A certificate in git's form (gitprotocol-pack(5), "push-cert").
  private func text(_ updates: [RefUpdate], by actor: Actor, namespace: String) throws -> [UInt8] {
    let lines = updates.map { "\($0.old.hex) \($0.new.hex) \($0.name)\n" }.joined()
    let payload = Array(
      """
      certificate version 0.1
      pusher key 1767225600 +0000
      pushee \(bench.gitDirectory)
      nonce 1767225600-abcdef

      \(lines)
      """.utf8)
    return payload
      + (try bench.server.sign(payload, by: .software(actor), namespace: namespace))
  }

  private func state(
    _ updates: [RefUpdate]? = nil, by actor: Actor = .dana, namespace: String = "git",
    nonce: String? = "OK", edit: ([UInt8]) -> [UInt8] = { $0 }
  ) throws -> CertificateState {
    let bytes = edit(try text(updates ?? [update], by: actor, namespace: namespace))
    let blob = try bench.server.repository.git("hash-object", "-w", "--stdin", stdin: bytes).value
    var variables = ["GIT_PUSH_CERT": blob, "GIT_PUSH_CERT_STATUS": "G"]
    variables["GIT_PUSH_CERT_NONCE_STATUS"] = nonce
    return try state(variables)
  }

  private func state(_ variables: [String: String]) throws -> CertificateState {
    let session = try bench.session(with: variables)
    let policy = try #require(try session.bench()).policy
    return CertificateReader(session: session, updates: [update]).state(under: policy)
  }

  private func isInvalid(_ state: CertificateState) -> Bool {
    if case .invalid = state { true } else { false }
  }

  @Test("a certificate of exactly these updates, by an enrolled key, with a nonce of this server")
  func valid() throws {
    #expect(try state() == .valid(signer: "dana"))
    #expect(try state(nonce: "SLOP") == .valid(signer: "dana"))
    #expect(
      try state(by: .codex) == .valid(signer: "codex"), "whose it must be is the rule's affair")
  }

  @Test("without one there is none, whatever git says of its state")
  func none() throws {
    #expect(try state([:]) == .none)
    #expect(try state(["GIT_PUSH_CERT": ""]) == .none)
    #expect(try state(["GIT_PUSH_CERT_STATUS": "G", "GIT_PUSH_CERT_SIGNER": "dana"]) == .none)
  }

  @Test("git's good word for a key that nobody has enrolled, or no more, is not believed")
  func keys() throws {
    for actor in [Actor.stranger, .frank, .ci] {
      #expect(try isInvalid(state(by: actor)), "\(actor)")
    }
  }

  @Test(
    "a nonce that git has not found to be its own is refused",
    arguments: [
      nil, "", "BAD", "MISSING", "UNSOLICITED", "ok", "G",
    ])
  func nonce(_ word: String?) throws {
    #expect(try isInvalid(state(nonce: word)))
  }

  @Test("one for other updates, another use of the key or other bytes is refused")
  func other() throws {
    let more = RefUpdate(old: .zero, new: id(9), name: RefName("refs/heads/x"))
    #expect(try isInvalid(state([])))
    #expect(try isInvalid(state([update, more])))
    #expect(try isInvalid(state([more])))
    #expect(try isInvalid(state(namespace: "hookkit-review@v1")))
    #expect(try isInvalid(state(edit: { $0.map { $0 == 0x39 ? 0x38 : $0 } })))
    #expect(try isInvalid(state(edit: { _ in Array("hello\n".utf8) })))
    #expect(try isInvalid(state(["GIT_PUSH_CERT": "dana"])))
    #expect(
      try isInvalid(
        state(["GIT_PUSH_CERT": id(5).hex, "GIT_PUSH_CERT_NONCE_STATUS": "OK"])), "not in the store"
    )
  }
}
