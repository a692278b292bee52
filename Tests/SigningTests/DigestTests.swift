import Primitives
import Signing
import Testing

@Suite("Digest")
struct DigestTests {
  /// FIPS 180-4's example.
  private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("SHA-256 of the standard's example is the standard's answer")
  func vector() {
    #expect(Hex.string(Digest.sha256("abc".utf8)) == abc)
    #expect(Hex.string(Digest.sha256(Array("abc".utf8))) == abc)
    #expect(Hex.string(Digest.sha256(Array("xabcx".utf8)[1...3])) == abc)
    #expect(Hex.string(Digest.sha256(["a", "b", "c"].lazy.map { UInt8(ascii: $0) })) == abc)
    #expect(Digest.sha256([]).count == Digest.byteCount)
  }

  @Test("pieces give the digest of the whole, and finishing does not end the hasher")
  func pieces() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var hasher = Digest.Sha256Hasher()
    hasher.update(bytes[..<1])
    hasher.update(bytes[1..<4097])
    #expect(hasher.finish() == Digest.sha256(bytes[..<4097]))
    bytes[4097...].withUnsafeBytes { hasher.update($0) }
    #expect(hasher.finish() == Digest.sha256(bytes))
  }
}
