import HookWire
import Primitives
import Testing

@Suite struct PushCertificateTests {
  private static let header = """
    certificate version 0.1
    pusher SHA256:abc+/= 1767225600 +0130
    pushee git@git.example.org:app.git
    nonce 1767225600-00ff
    push-option hookkit.reason=why not
    push-option second

    """
  private static let updates = """

    \(Samples.oneText) \(Samples.twoText) refs/heads/main
    \(Samples.zeroText) \(Samples.oneText) refs/tags/v1

    """
  private static let armour = """
    -----BEGIN SSH SIGNATURE-----
    U1NIU0lH
    -----END SSH SIGNATURE-----

    """

  private func read(_ text: String) throws(PushCertificateError) -> PushCertificate {
    try PushCertificate(reading: Array(text.utf8))
  }

  private func error(_ text: String) -> PushCertificateError? {
    do throws(PushCertificateError) {
      _ = try read(text)
      return nil
    } catch { return error }
  }

  @Test("a whole certificate is read, and its bytes are kept exactly")
  func whole() throws {
    let certificate = try read(Self.header + Self.updates + Self.armour)
    #expect(
      certificate.pusher
        == .init(identity: Array("SHA256:abc+/=".utf8), time: 1_767_225_600, zone: 90))
    #expect(certificate.pushee == Array("git@git.example.org:app.git".utf8))
    #expect(certificate.nonce == Array("1767225600-00ff".utf8))
    #expect(
      certificate.options == [Array("hookkit.reason=why not".utf8), Array("second".utf8)])
    #expect(
      certificate.updates == [
        Samples.update("refs/heads/main"), Samples.update("refs/tags/v1", .zero, Samples.one),
      ])
    #expect(certificate.signedPayload == Array((Self.header + Self.updates).utf8))
    #expect(certificate.signature == Array(Self.armour.utf8))
    #expect(certificate.signatureFormat == .ssh)
  }

  @Test("pushee, nonce and options may be missing; a pusher may have a name with spaces")
  func least() throws {
    let certificate = try read(
      "certificate version 0.1\npusher Dana D <dana@example.org> 0 -0500\n" + Self.updates
        + Self.armour.replacing("SSH", with: "PGP"))
    #expect(
      certificate.pusher
        == .init(
          identity: Array("Dana D <dana@example.org>".utf8), time: 0, zone: -300))
    #expect(certificate.pushee == nil && certificate.nonce == nil && certificate.options.isEmpty)
    #expect(certificate.signatureFormat == .openPGP)
  }

  @Test("the space that git leaves behind a fingerprint is not part of it")
  func fingerprintSpace() throws {
    let text = Self.header.replacing("+/= ", with: "+/=  ") + Self.updates + Self.armour
    #expect(try read(text).pusher.identity == Array("SHA256:abc+/=".utf8))
  }

  @Test("a certificate matches exactly its own updates, and covers each part of them")
  func matching() throws {
    let certificate = try read(Self.header + Self.updates + Self.armour)
    let own = certificate.updates
    #expect(certificate.matches(own) && certificate.matches(own.reversed()))
    #expect(!certificate.matches([own[0]]) && certificate.covers([own[0]]))
    #expect(!certificate.matches([own[0], own[0]]))
    let moved = RefUpdate(old: own[0].old, new: Samples.one, name: own[0].name)
    #expect(!certificate.matches([moved, own[1]]) && !certificate.covers([moved]))
    let elsewhere = RefUpdate(old: own[0].old, new: own[0].new, name: RefName("refs/heads/x"))
    #expect(!certificate.matches([elsewhere, own[1]]))
    #expect(!certificate.matches(own + [elsewhere]))
    #expect(!certificate.matches([]) && certificate.covers([]))
  }

  @Test("without a whole signature at its very end it is none")
  func signatures() {
    let payload = Self.header + Self.updates
    #expect(error(payload) == .unsigned)
    #expect(error("") == .unsigned)
    #expect(error(payload + " " + Self.armour) == .unsigned, "not at the start of a line")
    #expect(error(payload + Self.armour + Self.armour) == .secondSignature)
    #expect(error(payload + Self.armour + "more\n") == .unsupportedSignature)
    #expect(error(payload + Self.armour + "-----END SSH SIGNATURE-----\n") == .unsupportedSignature)
    #expect(error(payload + Self.armour.dropLast()) == .unsupportedSignature)
    #expect(error(payload + "-----BEGIN SSH SIGNATURE-----\n") == .unsupportedSignature)
    #expect(error(payload + Self.armour.replacing("SSH", with: "X")) == .unsupportedSignature)
    #expect(
      error(payload + Self.armour.replacing("END SSH", with: "END PGP")) == .unsupportedSignature)
    #expect(
      error(payload + Self.armour.replacing("SSH", with: "PGP").replacing("SIG", with: "MESS"))
        == .unsupportedSignature)
  }

  @Test("header lines come in git's order, once, with a value")
  func headers() {
    func change(_ line: String, to other: String) -> PushCertificateError? {
      error(Self.header.replacing(line, with: other) + Self.updates + Self.armour)
    }
    let pusher = "pusher SHA256:abc+/= 1767225600 +0130\n"
    #expect(change("version 0.1", to: "version 0.2") == .unsupportedVersion)
    #expect(change("version 0.1", to: "version 0.1 ") == .unsupportedVersion)
    #expect(change(pusher, to: "") == .malformedPusher)
    #expect(
      change(pusher, to: pusher + pusher) == .unexpectedHeader(Array(pusher.utf8.dropLast())))
    #expect(
      change("nonce ", to: "nonces ") == .unexpectedHeader(Array("nonces 1767225600-00ff".utf8)))
    #expect(change("1767225600-00ff", to: "") == .unexpectedHeader(Array("nonce ".utf8)))
    #expect(
      change("nonce 1767225600-00ff\n", to: "nonce 1\nnonce 2\n")
        == .unexpectedHeader(Array("nonce 2".utf8)))
    #expect(
      change("push-option second\n", to: "push-option second\npushee again\n")
        == .unexpectedHeader(Array("pushee again".utf8)))
    #expect(change("why not", to: "why\0not") != nil)
    #expect(
      change("push-option second\n", to: String(repeating: "push-option x\n", count: 1000))
        == .tooManyOptions(limit: 1000))
  }

  @Test(
    "a pusher line needs an identity, seconds and a zone",
    arguments: [
      "", "x", "x 1", "1 +0000", " 1 +0000", "x 1 0000", "x 1 +000", "x 1 +00:0", "x 1+0000",
      "x -1 +0000", "x 1.0 +0000", "x 1234567890123456789 +0000", "x  +0000", "x 1 +0000 ",
      "x 1 *0000", "x 1 +0000\0", "  1 +0000", "x   1 +0000",
    ])
  func pushers(_ text: String) {
    #expect(
      error("certificate version 0.1\npusher \(text)\n" + Self.updates + Self.armour)
        == .malformedPusher)
  }

  @Test("updates are read as strictly as the hooks' own input")
  func updates() {
    let line = "\(Samples.oneText) \(Samples.twoText) refs/heads/main\n"
    func change(_ updates: String) -> PushCertificateError? {
      error(Self.header + updates + Self.armour)
    }
    #expect(change("\n") == .noUpdates)
    #expect(change("") == .truncatedHeader)
    #expect(change(line) == .unexpectedHeader(Array(line.utf8.prefix(80))))
    #expect(
      change("\n" + line + line)
        == .updates(InputError(.duplicateRef(RefName("refs/heads/main")), line: 2)))
    #expect(change("\n" + line + "\n") == .updates(InputError(.malformedLine, line: 2)))
    #expect(
      change("\n" + line.replacing("main", with: "ma\0in"))
        == .updates(InputError(.nulInName, line: 1)))
  }

  @Test("a certificate over the limit is not looked at")
  func limit() {
    #expect(throws: PushCertificateError.tooLong(limit: 10)) {
      try PushCertificate(
        reading: [UInt8](repeating: 0, count: 11), limits: InputLimits(byteCount: 10))
    }
  }

  @Test("an error is one line that is safe to show")
  func description() {
    #expect(
      "\(PushCertificateError.unexpectedHeader([0x1b, 0x0a]))"
        == "push certificate: unexpected line \"\\x1b\\x0a\"")
  }
}
