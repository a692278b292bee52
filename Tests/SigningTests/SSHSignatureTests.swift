import Signing
import TestSupport
import Testing

@Suite("SSHSignature")
struct SSHSignatureTests {
  private func error(armored text: [UInt8]) -> SignatureError? {
    do throws(SignatureError) {
      _ = try SSHSignature(armored: text)
      return nil
    } catch {
      return error
    }
  }

  private func error(armored text: String) -> SignatureError? { error(armored: Array(text.utf8)) }

  /// A wire form with any part replaced.
  private func blob(
    magic: String = "SSHSIG", version: UInt32 = 1, key: [UInt8], namespace: String = "git",
    reserved: String = "", hash: String = "sha512", signature: [UInt8], behind: [UInt8] = []
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.raw(magic.utf8)
    writer.uint32(version)
    writer.string(key)
    writer.string(namespace)
    writer.string(reserved)
    writer.string(hash)
    writer.string(signature)
    writer.raw(behind)
    return writer.bytes
  }

  private func inner(
    _ name: String, _ content: [UInt8], behind: [UInt8] = []
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.string(name)
    writer.string(content)
    writer.raw(behind)
    return writer.bytes
  }

  private func error(blob: [UInt8]) -> SignatureError? {
    do throws(SignatureError) {
      _ = try SSHSignature(blob: blob)
      return nil
    } catch {
      return error
    }
  }

  @Test("a signature by ssh-keygen is valid for its message and namespace", arguments: Fixture.all)
  func valid(fixture: Fixture) throws {
    let signature = try fixture.parsed
    #expect(try signature.publicKey == fixture.key)
    #expect(signature.namespace == Array("git".utf8))
    #expect(signature.hashAlgorithm == .sha512)
    #expect(try signature.verify(Fixture.message, namespace: .git) == .software)
    #expect(signature.armored == Array(fixture.signature.utf8))
    #expect(try SSHSignature(blob: signature.blob) == signature)
  }

  @Test("another message or an empty one is refused", arguments: Fixture.all)
  func otherMessage(fixture: Fixture) throws {
    let signature = try fixture.parsed
    for text in ["the messagE", "the message\n", ""] {
      #expect(throws: SignatureError.invalid) {
        try signature.verify(text.utf8, namespace: "git")
      }
    }
  }

  @Test("a signature for one purpose is never good for another")
  func otherNamespace() throws {
    let signature = try Fixture.ed25519.parsed
    for namespace in ["review@hookkit", "Git", "git\0", "gi", ""] {
      #expect(throws: SignatureError.namespace(found: Array("git".utf8))) {
        try signature.verify(Fixture.message, namespace: namespace)
      }
    }
  }

  @Test("namespaces that only look the same are different ones")
  func canonicalEquivalence() throws {
    let key = try PrivateKey.generate()
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    #expect(composed == decomposed)
    let signature = try SSHSignature(armored: key.sign(Fixture.message, namespace: composed))
    #expect(try signature.verify(Fixture.message, namespace: composed) == .software)
    #expect(throws: SignatureError.namespace(found: Array(composed.utf8))) {
      try signature.verify(Fixture.message, namespace: decomposed)
    }
  }

  @Test("no single changed bit leaves a signature valid", arguments: [Fixture.ed25519, .ecdsaP256])
  func flippedBits(fixture: Fixture) throws {
    let blob = try fixture.parsed.blob
    for index in blob.indices {
      var changed = blob
      changed[index] ^= 1 << (index % 8)
      guard let signature = try? SSHSignature(blob: changed) else { continue }
      #expect(throws: SignatureError.self, "byte \(index)") {
        try signature.verify(Fixture.message, namespace: "git")
      }
    }
  }

  @Test("no truncation is read", arguments: Fixture.all)
  func truncated(fixture: Fixture) throws {
    let text = Array(fixture.signature.utf8)
    for count in 0..<(text.count - 1) {
      #expect(error(armored: Array(text.prefix(count))) == .armor, "\(count) bytes")
    }
    #expect(error(armored: Array(text.dropLast())) == nil)
    let blob = try fixture.parsed.blob
    for count in 0..<blob.count {
      #expect(error(blob: Array(blob.prefix(count))) != nil, "\(count) bytes")
    }
  }

  @Test("armour has nothing before it, behind it or between its lines")
  func armor() {
    let text = Fixture.ed25519.signature
    #expect(error(armored: text + "\n") == .armor)
    #expect(error(armored: "\n" + text) == .armor)
    #expect(error(armored: text + text) == .armor)
    #expect(error(armored: text + "x") == .armor)
    #expect(error(armored: text.replacing("\n", with: "\r\n")) == .armor)
    #expect(error(armored: text.replacing("\nmW7", with: "\n\nmW7")) == .armor)
    #expect(error(armored: text.replacing("\nmW7", with: "\nm\nW7")) == .armor)
    #expect(error(armored: text.replacing("=\n", with: "\n")) == .armor)
    #expect(error(armored: text.replacing("SSH SIG", with: "PGP SIG")) == .armor)
    #expect(error(armored: "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----") == .armor)
    #expect(
      error(armored: [UInt8](repeating: 0x41, count: SSHSignature.limit + 1))
        == .tooLarge(limit: SSHSignature.limit))
  }

  @Test("the longest wire form that is read has an armour that is read")
  func limits() throws {
    let key = try PrivateKey.generate()
    let signature = try SSHSignature(armored: key.sign(Fixture.message, namespace: "n"))
    let longest = String(repeating: "n", count: SSHSignature.blobLimit - signature.blob.count + 1)
    let text = try key.sign(Fixture.message, namespace: longest)
    #expect(try SSHSignature(armored: text).blob.count == SSHSignature.blobLimit)
    #expect(throws: SignatureError.tooLarge(limit: SSHSignature.blobLimit)) {
      try key.sign(Fixture.message, namespace: longest + "n")
    }
  }

  @Test("each part of the wire form is held to its definition")
  func parts() throws {
    let key = try Fixture.ed25519.key.blob
    let good = inner("ssh-ed25519", [UInt8](repeating: 1, count: 64))
    #expect(error(blob: blob(key: key, signature: good)) == nil)
    #expect(
      error(blob: blob(magic: "SSHSIh", key: key, signature: good))
        == .malformed(part: "preamble"))
    #expect(
      error(blob: blob(version: 2, key: key, signature: good)) == .unsupportedVersion(2))
    #expect(
      error(blob: blob(key: key, namespace: "", signature: good))
        == .malformed(part: "namespace"))
    #expect(
      error(blob: blob(key: key, reserved: "x", signature: good)) == .reservedNotEmpty)
    #expect(
      error(blob: blob(key: key, hash: "sha1", signature: good))
        == .unsupportedHash(Array("sha1".utf8)))
    #expect(error(blob: blob(key: key, signature: good, behind: [0])) == .trailingBytes)
    #expect(
      error(blob: blob(key: key + [0], signature: good)) == .key(.trailingBytes))
    let behind = inner("ssh-ed25519", [UInt8](repeating: 1, count: 64), behind: [0])
    #expect(error(blob: blob(key: key, signature: behind)) == .trailingBytes)
    let long = inner("ssh-ed25519", [UInt8](repeating: 1, count: 65))
    #expect(error(blob: blob(key: key, signature: long)) == .malformed(part: "signature"))
  }

  @Test("the signature must be of the kind that its key makes")
  func kinds() throws {
    let ed25519 = try Fixture.ed25519.key.blob
    let rsa = try Fixture.rsa.key.blob
    let bytes = [UInt8](repeating: 1, count: 64)
    #expect(
      error(blob: blob(key: ed25519, signature: inner("ssh-ed448", bytes)))
        == .algorithmMismatch(key: .ed25519, signature: Array("ssh-ed448".utf8)))
    #expect(
      error(blob: blob(key: rsa, signature: inner("ssh-ed25519", bytes)))
        == .algorithmMismatch(key: .rsa, signature: Array("ssh-ed25519".utf8)))
    #expect(error(blob: blob(key: rsa, signature: inner("ssh-rsa", bytes))) == .weakHash)
    for name in ["rsa-sha2-256", "rsa-sha2-512"] {
      #expect(
        error(blob: blob(key: rsa, signature: inner(name, bytes)))
          == .malformed(part: "signature"))
      let whole = [UInt8](repeating: 1, count: 256)
      #expect(error(blob: blob(key: rsa, signature: inner(name, whole))) == nil)
    }
    let webauthn = inner("webauthn-sk-ecdsa-sha2-nistp256@openssh.com", bytes)
    let hardware = try SoftwareSecurityKey.ecdsa().publicKey.blob
    #expect(error(blob: blob(key: hardware, signature: webauthn)) == .webAuthn)
  }

  @Test("ECDSA numbers are positive, canonical and no longer than the curve")
  func pairs() throws {
    let key = try Fixture.ecdsaP256.key.blob
    func read(_ r: [UInt8], _ s: [UInt8], behind: [UInt8] = []) -> SignatureError? {
      var pair = WireWriter()
      pair.string(r)
      pair.string(s)
      pair.raw(behind)
      return error(blob: blob(key: key, signature: inner("ecdsa-sha2-nistp256", pair.bytes)))
    }
    #expect(read([1], [1]) == nil)
    #expect(read([1], [1], behind: [0]) == .trailingBytes)
    for bad: [UInt8] in [
      [], [0], [0, 1], [0x80], [1] + [UInt8](repeating: 0, count: 32),
    ] {
      #expect(read(bad, [1]) == .malformed(part: "signature"))
      #expect(read([1], bad) == .malformed(part: "signature"))
    }
    let tooLarge = [0] + [UInt8](repeating: 0xff, count: 32)
    #expect(read(tooLarge, tooLarge) == nil)
    var pair = WireWriter()
    pair.string(tooLarge)
    pair.string(tooLarge)
    let signature = try SSHSignature(
      blob: blob(key: key, signature: inner("ecdsa-sha2-nistp256", pair.bytes)))
    #expect(throws: SignatureError.invalid) {
      try signature.verify(Fixture.message, namespace: "git")
    }
  }

  @Test("a FIDO signature tells touch, PIN and counter, and a flag of zero is no touch")
  func presence() throws {
    for key in [try SoftwareSecurityKey.ed25519(), try SoftwareSecurityKey.ecdsa()] {
      for (flags, present, verified) in [
        (0, false, false), (1, true, false), (4, false, true), (5, true, true),
        (0xfa, false, false),
      ] as [(UInt8, Bool, Bool)] {
        let signature = try SSHSignature(
          armored: key.sign(
            Fixture.message, namespace: "git", flags: flags, counter: 0xffff_fffe))
        #expect(signature.publicKey == key.publicKey)
        #expect(
          try signature.verify(Fixture.message, namespace: .git)
            == .hardware(userPresent: present, userVerified: verified, counter: 0xffff_fffe))
        #expect(throws: SignatureError.invalid) {
          try signature.verify(Array("x".utf8), namespace: .git)
        }
      }
    }
  }

  @Test("flags and counter are signed: nobody can add a touch afterwards")
  func forgedPresence() throws {
    for key in [try SoftwareSecurityKey.ed25519(), try SoftwareSecurityKey.ecdsa()] {
      let untouched = try SSHSignature(
        armored: key.sign(Fixture.message, namespace: "git", flags: 0, counter: 1))
      for (offset, bit) in [(5, 1), (5, 4), (1, 2)] as [(Int, UInt8)] {
        var blob = untouched.blob
        blob[blob.count - offset] ^= bit
        let forged = try SSHSignature(blob: blob)
        #expect(throws: SignatureError.invalid) {
          try forged.verify(Fixture.message, namespace: "git")
        }
      }
      #expect(error(blob: Array(untouched.blob.dropLast())) != nil)
    }
  }

  @Test("a software signature does not pass for a security key's, nor the other way round")
  func confusedKinds() throws {
    let hardware = try SoftwareSecurityKey.ed25519()
    let bytes = inner("sk-ssh-ed25519@openssh.com", [UInt8](repeating: 1, count: 64))
    #expect(
      error(blob: blob(key: hardware.publicKey.blob, signature: bytes))
        == .malformed(part: "security key flags"))
    let plain = inner("ssh-ed25519", [UInt8](repeating: 1, count: 64), behind: [1, 0, 0, 0, 1])
    #expect(
      error(blob: blob(key: hardware.publicKey.blob, signature: plain))
        == .algorithmMismatch(key: .securityKeyEd25519, signature: Array("ssh-ed25519".utf8)))
  }

  @Test("what an error quotes is escaped")
  func description() {
    #expect(
      SignatureError.namespace(found: Array("g\u{1b}\n".utf8)).description
        == #"made for namespace "g\x1b\x0a""#)
  }
}
