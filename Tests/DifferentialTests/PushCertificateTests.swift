import HookWire
import Primitives
import TestSupport
import Testing

/// Certificates of real signed pushes, read by us and checked by ssh-keygen.
@Suite struct PushCertificateTests {
  @Test("a signed push of git is read whole, and ssh-keygen accepts our split of it")
  func signedPush() throws {
    let sandbox = try Sandbox()
    let server = try sandbox.bareRepository()
    let client = try sandbox.repository()
    let dana = try sandbox.person("dana")
    let key = try #require(dana.key)
    try server.git("config", "receive.certNonceSeed", "seed")
    try server.git("config", "receive.advertisePushOptions", "true")
    try server.writeHook(
      "pre-receive",
      """
      #!/bin/sh
      cat > '\(sandbox.path("input"))'
      git cat-file blob "$GIT_PUSH_CERT" > '\(sandbox.path("certificate"))'
      printf %s "$GIT_PUSH_CERT_NONCE" > '\(sandbox.path("nonce"))'

      """)
    let base = try client.commit("base", ["a.txt": "1\n"])
    try client.git("branch", "topic", base.hex)
    try client.git(
      "-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.path)", "push", "--quiet", "--signed",
      "-o", "hookkit.reason=because", "-o", "b", server.path, "main", "topic")

    let blob = try sandbox.read("certificate")
    let certificate = try PushCertificate(reading: blob)
    let updates = try ReceiveInput.read(sandbox.read("input"))
    #expect(updates.count == 2)
    #expect(certificate.updates == updates)
    #expect(certificate.matches(updates))
    #expect(certificate.pusher.identity == Array(key.fingerprint.utf8))
    #expect(certificate.pusher.time > 0)
    #expect(certificate.pushee == Array(server.path.utf8))
    #expect(try certificate.nonce == sandbox.read("nonce"))
    #expect(certificate.options == ["hookkit.reason=because", "b"].map { Array($0.utf8) })
    #expect(certificate.signatureFormat == .ssh)
    #expect(certificate.signedPayload + certificate.signature == blob)

    try sandbox.write(certificate.signature, to: "signature")
    try sandbox.write("dana \(key.publicLine)\n", to: "allowed")
    func verify(_ payload: [UInt8]) throws -> Bool {
      try sandbox.run(
        [
          "ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "dana", "-n", "git", "-s",
          "signature",
        ],
        stdin: payload
      ).succeeded
    }
    #expect(try verify(certificate.signedPayload))
    #expect(try !verify(Array(certificate.signedPayload.dropLast())))
  }

  @Test("a deletion alone is certified too")
  func signedDeletion() throws {
    let sandbox = try Sandbox()
    let server = try sandbox.bareRepository()
    let client = try sandbox.repository()
    let key = try sandbox.key("dana")
    let base = try client.commit("base", ["a.txt": "1\n"])
    try client.git("push", "--quiet", server.path, "main", "main:old")
    try server.git("config", "receive.certNonceSeed", "seed")
    try server.writeHook(
      "pre-receive",
      "#!/bin/sh\ngit cat-file blob \"$GIT_PUSH_CERT\" > '\(sandbox.path("certificate"))'\n")
    try client.git(
      "-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.path)", "push", "--quiet", "--signed",
      server.path, ":old")
    let certificate = try PushCertificate(reading: sandbox.read("certificate"))
    #expect(
      certificate.updates == [RefUpdate(old: base, new: .zero, name: RefName("refs/heads/old"))])
    #expect(certificate.options.isEmpty)
  }
}
