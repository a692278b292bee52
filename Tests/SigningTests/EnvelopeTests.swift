import Primitives
import Signing
import TestSupport
import Testing

@Suite("Envelope")
struct EnvelopeTests {
  private let payload = Array("{}".utf8)

  private func error(_ bytes: [UInt8]) -> EnvelopeError? {
    do throws(EnvelopeError) {
      _ = try Envelope(reading: bytes)
      return nil
    } catch {
      return error
    }
  }

  private func error(_ json: JSON) -> EnvelopeError? { error(json.compact + [0x0a]) }

  private func sign(_ key: PrivateKey, _ payload: [UInt8]) throws -> SSHSignature {
    try SSHSignature(
      armored: key.sign(
        Envelope.preAuthenticationEncoding(payload: payload), namespace: .review))
  }

  /// An envelope as JSON, to be spoiled.
  private func json(
    type: JSON = "application/vnd.in-toto+json", payload: JSON = "e30=", signatures: JSON
  ) -> JSON {
    ["payloadType": type, "payload": payload, "signatures": signatures]
  }

  private func item(_ signature: SSHSignature, keyID: JSON? = nil) -> JSON {
    let sig = JSON.string(Base64.encode(signature.armored))
    return keyID.map { ["keyid": $0, "sig": sig] } ?? ["sig": sig]
  }

  @Test("the signed bytes are those of the DSSE specification's example")
  func preAuthenticationEncoding() {
    let encoded = Envelope.preAuthenticationEncoding(
      payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(
      encoded == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
  }

  @Test("an envelope is written in one form, read back and verified")
  func roundTrip() throws {
    let first = try PrivateKey.generate()
    let touched = try SoftwareSecurityKey.ed25519()
    let encoded = Envelope.preAuthenticationEncoding(payload: payload)
    let second = try SSHSignature(
      armored: touched.sign(encoded, namespace: "review@hookkit", flags: 1, counter: 9))
    let envelope = try Envelope(
      payload: payload,
      signatures: [.init(try sign(first, payload)), .init(second, hasKeyID: false)])
    let read = try Envelope(reading: envelope.serialized)
    #expect(read == envelope)
    #expect(read.payload == payload)
    #expect(read.signatures.map(\.publicKey) == [first.publicKey, touched.publicKey])
    #expect(try read.verify(read.signatures[0], namespace: .review) == .software)
    #expect(
      try read.verify(read.signatures[1], namespace: .review)
        == .hardware(userPresent: true, userVerified: false, counter: 9))
    #expect(read.payloadDigest == Digest.sha256(payload))
    let text = String(decoding: envelope.serialized, as: UTF8.self)
    let head =
      #"{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"keyid":""#
    #expect(text.hasPrefix(head + first.publicKey.fingerprint + #"","sig":"LS0tLS1CRUdJTi"#))
    #expect(text.hasSuffix("\"}]}\n"))
  }

  @Test("a signature over another payload, for another purpose or over the bare payload is invalid")
  func wrongSignature() throws {
    let key = try PrivateKey.generate()
    let other = try Envelope(
      payload: payload, signatures: [.init(try sign(key, Array("{ }".utf8)))])
    #expect(throws: SignatureError.invalid) {
      try other.verify(other.signatures[0], namespace: .review)
    }
    let bare = try SSHSignature(armored: key.sign(payload, namespace: .review))
    let envelope = try Envelope(payload: payload, signatures: [.init(bare)])
    #expect(throws: SignatureError.invalid) {
      try envelope.verify(envelope.signatures[0], namespace: .review)
    }
    let commit = try SSHSignature(
      armored: key.sign(Envelope.preAuthenticationEncoding(payload: payload), namespace: .git))
    let confused = try Envelope(payload: payload, signatures: [.init(commit)])
    #expect(throws: SignatureError.namespace(found: Array("git".utf8))) {
      try confused.verify(confused.signatures[0], namespace: .review)
    }
  }

  @Test("no signature, too many, and two by one key are refused")
  func counts() throws {
    let key = try PrivateKey.generate()
    let signature = try sign(key, payload)
    #expect(error(json(signatures: [])) == .noSignature)
    #expect(
      error(json(signatures: [item(signature), item(signature)])) == .duplicateSignature)
    let other = try sign(key, Array("{ }".utf8))
    #expect(error(json(signatures: [item(signature), item(other)])) == .duplicateSignature)
    let many = JSON.array((0...Envelope.signatureLimit).map { _ in item(signature) })
    #expect(error(json(signatures: many)) == .tooManySignatures(limit: 16))
  }

  @Test("unknown members and unknown payload types are refused by name")
  func unknown() throws {
    let signature = item(try sign(PrivateKey.generate(), payload))
    #expect(error(json(signatures: [signature])) == nil)
    #expect(
      error(["payloadType": "x", "note": 1, "payload": "", "signatures": []])
        == .unknownMember(Array("note".utf8)))
    #expect(
      error(json(type: "text/plain", signatures: [signature]))
        == .unknownPayloadType(Array("text/plain".utf8)))
    #expect(
      error(json(signatures: [["sig": "", "cert": ""]])) == .unknownMember(Array("cert".utf8)))
  }

  @Test("members that are missing or of another kind are named")
  func malformed() throws {
    let signature = item(try sign(PrivateKey.generate(), payload))
    #expect(error(.array([])) == .malformed(member: "envelope"))
    #expect(error(["payload": "", "signatures": []]) == .malformed(member: "payloadType"))
    #expect(error(json(payload: 1, signatures: [signature])) == .malformed(member: "payload"))
    #expect(
      error(json(payload: "e30", signatures: [signature])) == .malformed(member: "payload"))
    #expect(error(json(signatures: 1)) == .malformed(member: "signatures"))
    #expect(error(json(signatures: [1])) == .malformed(member: "signature"))
    #expect(error(json(signatures: [["sig": "*"]])) == .malformed(member: "sig"))
    #expect(error(json(signatures: [["sig": "AAAA"]])) == .signature(.armor))
    #expect(error(Array("{".utf8)) == .json(JSONError(.truncated, at: 1)))
    #expect(
      error([UInt8](repeating: 0x20, count: Envelope.limit + 1))
        == .tooLarge(limit: Envelope.limit))
  }

  @Test("a key id is the fingerprint of the key that signed")
  func keyID() throws {
    let signature = try sign(PrivateKey.generate(), payload)
    let fingerprint = JSON.text(signature.publicKey.fingerprint)
    #expect(error(json(signatures: [item(signature, keyID: fingerprint)])) == nil)
    #expect(
      error(json(signatures: [item(signature, keyID: "dana")]))
        == .keyIDMismatch(Array("dana".utf8)))
    #expect(
      error(json(signatures: [item(signature, keyID: .null)]))
        == .malformed(member: "keyid"))
  }

  @Test("the same content in another spelling is refused")
  func canonical() throws {
    let envelope = try Envelope(
      payload: payload, signatures: [.init(try sign(PrivateKey.generate(), payload))])
    let bytes = envelope.serialized
    #expect(error(bytes) == nil)
    #expect(error(Array(bytes.dropLast())) == .notCanonical)
    #expect(error(bytes + [0x0a]) == .notCanonical)
    #expect(error([0x20] + bytes) == .notCanonical)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(error(Array(text.replacing("{\"p", with: "{\"\\u0070").utf8)) == .notCanonical)
    let armored = String(decoding: envelope.signatures[0].signature.armored, as: UTF8.self)
    let rewrapped = armored.split(separator: "\n").dropFirst().dropLast().joined()
    let narrow = stride(from: 0, to: rewrapped.count, by: 64).map {
      String(rewrapped.dropFirst($0).prefix(64))
    }
    let lines =
      ["-----BEGIN SSH SIGNATURE-----"] + narrow + ["-----END SSH SIGNATURE-----", ""]
    let sig = JSON.string(Base64.encode(Array(lines.joined(separator: "\n").utf8)))
    #expect(error(json(signatures: [["sig": sig]])) == .notCanonical)
  }
}
