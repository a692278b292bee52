import Primitives
import Signing
import Testing

@Suite("PrivateKey")
struct PrivateKeyTests {
  /// RFC 8032 section 7.1, test 1.
  private let seed = Hex.decode(
    Array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8))
  private let point = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

  private func error(_ text: [UInt8]) -> KeyError? {
    do throws(KeyError) {
      _ = try PrivateKey(openSSH: text)
      return nil
    } catch {
      return error
    }
  }

  /// A key file around any private section.
  private func file(
    cipher: String = "none", count: UInt32 = 1, publicBlob: [UInt8], section: [UInt8],
    behind: [UInt8] = []
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.raw("openssh-key-v1\0".utf8)
    writer.string(cipher)
    writer.string(cipher == "none" ? "none" : "bcrypt")
    writer.string("")
    writer.uint32(count)
    writer.string(publicBlob)
    writer.string(section)
    writer.raw(behind)
    let text = String(decoding: Base64.encode(writer.bytes), as: UTF8.self)
    var lines = ["-----BEGIN OPENSSH PRIVATE KEY-----"]
    var rest = text[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(70)))
      rest = rest.dropFirst(70)
    }
    return Array((lines + ["-----END OPENSSH PRIVATE KEY-----\n"]).joined(separator: "\n").utf8)
  }

  private func section(
    checks: (UInt32, UInt32) = (7, 7), type: String = "ssh-ed25519", point: [UInt8],
    secret: [UInt8], padding: [UInt8] = [1, 2, 3, 4, 5]
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.uint32(checks.0)
    writer.uint32(checks.1)
    writer.string(type)
    writer.string(point)
    writer.string(secret)
    writer.string("")
    writer.raw(padding)
    return writer.bytes
  }

  @Test("a seed gives the public key of RFC 8032")
  func vector() throws {
    let key = try PrivateKey(seed: #require(seed))
    #expect(Hex.string(key.publicKey.blob.suffix(32)) == point)
    #expect(key.publicKey.algorithm == .ed25519)
    #expect(throws: KeyError.malformed(part: "seed")) { try PrivateKey(seed: [1, 2, 3]) }
  }

  @Test("a key file gives the key back, whatever the length of its comment")
  func roundTrip() throws {
    for length in 0..<9 {
      let key = try PrivateKey.generate()
      let text = key.openSSHText(comment: String(repeating: "c", count: length))
      let read = try PrivateKey(openSSH: text)
      #expect(read.publicKey == key.publicKey)
      #expect(try read.sign([1], namespace: .landing) == key.sign([1], namespace: .landing))
    }
  }

  @Test("generated keys differ")
  func generate() throws {
    #expect(try PrivateKey.generate().publicKey != PrivateKey.generate().publicKey)
  }

  @Test("what it signs is valid for that message and namespace and no other")
  func signs() throws {
    let key = try PrivateKey(seed: #require(seed))
    let signature = try SSHSignature(armored: key.sign(Fixture.message, namespace: .landing))
    #expect(signature.publicKey == key.publicKey)
    #expect(signature.hashAlgorithm == .sha512)
    #expect(try signature.verify(Fixture.message, namespace: .landing) == .software)
    #expect(throws: SignatureError.namespace(found: Array("landing@hookkit".utf8))) {
      try signature.verify(Fixture.message, namespace: .review)
    }
    #expect(throws: SignatureError.malformed(part: "namespace")) {
      try key.sign(Fixture.message, namespace: "")
    }
  }

  @Test("check numbers, padding, count, cipher and both repetitions of the public half must agree")
  func strict() throws {
    let seed = try #require(seed)
    let point = try #require(Hex.decode(Array(point.utf8)))
    let blob = try PrivateKey(seed: seed).publicKey.blob
    let other = try PrivateKey.generate().publicKey.blob
    let good = section(point: point, secret: seed + point)
    #expect(error(file(publicBlob: blob, section: good)) == nil)

    func refuses(_ expected: KeyError, _ section: [UInt8]) {
      #expect(error(file(publicBlob: blob, section: section)) == expected)
    }
    refuses(
      .malformed(part: "private section"),
      section(checks: (7, 8), point: point, secret: seed + point))
    refuses(
      .malformed(part: "padding"),
      section(point: point, secret: seed + point, padding: [1, 2, 3, 4, 6]))
    refuses(
      .malformed(part: "padding"),
      section(
        point: point, secret: seed + point,
        padding: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]))
    refuses(
      .malformed(part: "private section"),
      section(point: point, secret: seed + point, padding: [1, 2, 3, 4]))
    refuses(.halvesDiffer, section(point: Array(other.suffix(32)), secret: seed + point))
    refuses(.halvesDiffer, section(point: point, secret: seed + other.suffix(32)))
    refuses(.malformed(part: "private section"), section(point: point, secret: seed))
    refuses(
      .unsupportedPrivateKey(Array("ssh-ed25518".utf8)),
      section(type: "ssh-ed25518", point: point, secret: seed + point))
    #expect(error(file(publicBlob: other, section: good)) == .halvesDiffer)
    #expect(error(file(cipher: "aes256-ctr", publicBlob: blob, section: good)) == .encrypted)
    #expect(
      error(file(count: 2, publicBlob: blob, section: good))
        == .malformed(part: "private key file"))
    #expect(error(file(publicBlob: blob, section: good, behind: [0])) == .trailingBytes)
  }

  @Test("no truncation of a key file is read")
  func truncated() throws {
    let text = try PrivateKey.generate().openSSHText(comment: "server")
    for count in 0..<(text.count - 1) { #expect(error(Array(text.prefix(count))) != nil) }
    #expect(error([]) == .notAPrivateKey)
    #expect(error([UInt8](repeating: 0x41, count: 20_000)) == .tooLarge(limit: 16_384))
  }

  @Test("the secret is in neither description nor dump")
  func secrecy() throws {
    let key = try PrivateKey(seed: #require(seed))
    var dumped = ""
    dump(key, to: &dumped)
    #expect(key.description == "private key of \(key.publicKey)")
    #expect("\(key)" == key.description)
    #expect(!dumped.contains("Curve25519.Signing.PrivateKey"))
  }
}
