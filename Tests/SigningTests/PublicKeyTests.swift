import Primitives
import Signing
import TestSupport
import Testing

@Suite("PublicKey")
struct PublicKeyTests {
  private func error(_ line: String) -> KeyError? {
    do throws(KeyError) {
      _ = try PublicKey(authorizedKey: Array(line.utf8))
      return nil
    } catch {
      return error
    }
  }

  private func error(blob: [UInt8]) -> KeyError? {
    do throws(KeyError) {
      _ = try PublicKey(blob: blob)
      return nil
    } catch {
      return error
    }
  }

  private func blob(_ write: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    write(&writer)
    return writer.bytes
  }

  @Test("each kind is read, named and fingerprinted as ssh-keygen does", arguments: Fixture.all)
  func kinds(fixture: Fixture) throws {
    let key = try fixture.key
    #expect(key.algorithm == fixture.algorithm)
    #expect(key.fingerprint == fixture.fingerprint)
    #expect(key.authorizedKeyText == fixture.line)
    #expect(!key.isHardware)
    #expect(key.application.isEmpty)
    #expect(key.description == "\(fixture.algorithm.rawValue) \(fixture.fingerprint)")
  }

  @Test("security keys are hardware and keep their application")
  func securityKeys() throws {
    for key in [
      try SoftwareSecurityKey.ed25519(), try SoftwareSecurityKey.ecdsa(application: "ssh:work"),
    ] {
      let read = try PublicKey(authorizedKey: Array(key.authorizedKeyText.utf8))
      #expect(read == key.publicKey)
      #expect(read.isHardware)
    }
    #expect(
      try SoftwareSecurityKey.ecdsa(application: "ssh:work").publicKey.application
        == Array("ssh:work".utf8))
  }

  @Test("a security key made for a web site is refused")
  func application() {
    #expect(throws: KeyError.application(Array("example.org".utf8))) {
      try SoftwareSecurityKey.ed25519(application: "example.org")
    }
  }

  @Test("equality is that of the wire bytes, whatever the comment")
  func equality() throws {
    let plain = try Fixture.ed25519.key
    let commented = try PublicKey(
      authorizedKey: Array("\(Fixture.ed25519.line)\ta comment \u{e9}\n".utf8))
    #expect(plain == commented)
    #expect(Set([plain, commented, try Fixture.rsa.key]).count == 2)
  }

  @Test("options, a lone type, a second line, a carriage return and nothing at all are no key line")
  func lines() {
    let line = Fixture.ed25519.line
    #expect(error("") == .notAnAuthorizedKey)
    #expect(error("ssh-ed25519") == .notAnAuthorizedKey)
    #expect(error("\(line)\n\(line)") == .notAnAuthorizedKey)
    #expect(error("\(line)\n\n") == .notAnAuthorizedKey)
    #expect(error("\(line)\r\n") == .notAnAuthorizedKey)
    #expect(error("\(line) a\0b") == .notAnAuthorizedKey)
    #expect(
      error("no-touch-required \(line)") == .unknownAlgorithm(Array("no-touch-required".utf8)))
    #expect(
      error(line + String(repeating: " ", count: PublicKey.lineLimit))
        == .tooLarge(limit: PublicKey.lineLimit))
    #expect(error("ssh-ed25519 AAAA=") == .malformed(part: "base64"))
  }

  @Test("an unknown type is named, its bytes escaped")
  func unknown() {
    let reported = error("ssh-dss\u{1b}[2J AAAA")
    #expect(reported == .unknownAlgorithm(Array("ssh-dss\u{1b}[2J".utf8)))
    #expect(reported?.description == #"unknown key type "ssh-dss\x1b[2J""#)
    let inside = blob { $0.string("ssh-dss") }
    #expect(error(blob: inside) == .unknownAlgorithm(Array("ssh-dss".utf8)))
  }

  @Test("a certificate is refused as one, in a line and on the wire")
  func certificate() throws {
    let name = Array("ecdsa-sha2-nistp256-cert-v01@openssh.com".utf8)
    #expect(error(Fixture.certificate) == .certificate(name))
    let words = Fixture.certificate.split(separator: " ")
    let wire = try #require(Base64.decode(Array(words[1].utf8)))
    #expect(error(blob: wire) == .certificate(name))
  }

  @Test("the type before the base64 must be the type inside")
  func typeMismatch() {
    let inside = Fixture.ed25519.line.split(separator: " ")[1]
    #expect(
      error("ssh-rsa \(inside)")
        == .typeMismatch(written: Array("ssh-rsa".utf8), actual: .ed25519))
  }

  @Test("every truncation and every byte behind is refused", arguments: Fixture.all)
  func exactLength(fixture: Fixture) throws {
    let whole = try fixture.key.blob
    for count in 0..<whole.count { #expect(error(blob: Array(whole.prefix(count))) != nil) }
    #expect(error(blob: whole + [0]) == .trailingBytes)
  }

  @Test("a curve that is not the type's, a compressed point and a point off the curve are refused")
  func curves() throws {
    let point = Array(try Fixture.ecdsaP256.key.blob.suffix(65))
    func key(_ curve: String, _ point: [UInt8]) -> [UInt8] {
      blob {
        $0.string("ecdsa-sha2-nistp256")
        $0.string(curve)
        $0.string(point)
      }
    }
    #expect(error(blob: key("nistp256", point)) == nil)
    #expect(error(blob: key("nistp384", point)) == .curveMismatch(.ecdsaP256))
    let compressed = [0x02] + point[1...32]
    #expect(error(blob: key("nistp256", compressed)) == .malformed(part: "point"))
    let moved = point.dropLast() + [point[64] ^ 1]
    #expect(error(blob: key("nistp256", Array(moved))) == .invalidPoint(.ecdsaP256))
  }

  @Test("RSA keys outside 2048 to 8192 bits are refused with their size")
  func rsaSize() {
    #expect(error(Fixture.shortRSA) == .modulusSize(bits: 1024))
    #expect(error(blob: rsa([1, 0, 1], [0x7f] + odd(255))) == .modulusSize(bits: 2047))
    #expect(error(blob: rsa([1, 0, 1], [0x01] + odd(1024))) == .modulusSize(bits: 8193))
    #expect(error(blob: rsa([1, 0, 1], odd(1024))) == nil)
  }

  @Test("RSA numbers that no signature can be checked with are refused")
  func rsaNumbers() {
    let even = Array(odd(256).dropLast() + [0xfe])
    #expect(error(blob: rsa([1, 0, 1], even)) == .invalidModulusOrExponent)
    #expect(error(blob: rsa([1], odd(256))) == .invalidModulusOrExponent)
    #expect(error(blob: rsa([4], odd(256))) == .invalidModulusOrExponent)
    #expect(
      error(blob: rsa([1, 0, 0, 0, 0, 1], odd(256))) == .malformed(part: "exponent"))
    let padded = blob {
      $0.string("ssh-rsa")
      $0.string([0, 1, 0, 1])
      $0.positiveInteger(odd(256))
    }
    #expect(error(blob: padded) == .malformed(part: "exponent"))
    let negative = blob {
      $0.string("ssh-rsa")
      $0.string([1, 0, 1])
      $0.string(odd(256))
    }
    #expect(error(blob: negative) == .malformed(part: "modulus"))
  }

  @Test("a key of many bytes is refused before it is read")
  func size() {
    let bytes = [UInt8](repeating: 0, count: PublicKey.blobLimit + 1)
    #expect(error(blob: bytes) == .tooLarge(limit: PublicKey.blobLimit))
  }

  /// An odd number of so many bytes, all ones.
  private func odd(_ count: Int) -> [UInt8] { [UInt8](repeating: 0xff, count: count) }

  private func rsa(_ exponent: [UInt8], _ modulus: [UInt8]) -> [UInt8] {
    blob {
      $0.string("ssh-rsa")
      $0.positiveInteger(exponent)
      $0.positiveInteger(modulus)
    }
  }
}
