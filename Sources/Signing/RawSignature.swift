/// The innermost part of a signature, in the form that the arithmetic takes.
enum RawSignature: Hashable, Sendable {
  /// 64 bytes (RFC 8032).
  case ed25519([UInt8])
  /// r and s, each filled up to the curve's size.
  case ecdsa([UInt8])
  /// As many bytes as the modulus has (RFC 8332).
  case rsa(SSHSignature.HashAlgorithm, [UInt8])

  /// Reads `algorithm name, signature` and what FIDO keys put behind it.
  static func read(
    _ bytes: ArraySlice<UInt8>, by key: PublicKey
  ) throws(SignatureError) -> (RawSignature, Assertion?) {
    var reader = WireReader(bytes)
    guard let name = reader.string() else { throw .malformed(part: "algorithm") }
    guard let content = reader.string() else { throw .malformed(part: "signature") }
    let signature = try RawSignature(content, named: name, by: key)
    var assertion: Assertion?
    if key.isHardware {
      guard let flags = reader.byte(), let counter = reader.uint32() else {
        throw .malformed(part: "security key flags")
      }
      assertion = Assertion(flags: flags, counter: counter)
    }
    guard reader.isAtEnd else { throw .trailingBytes }
    return (signature, assertion)
  }

  private init(
    _ content: ArraySlice<UInt8>, named name: ArraySlice<UInt8>, by key: PublicKey
  ) throws(SignatureError) {
    if name.starts(with: "webauthn-".utf8) { throw .webAuthn }
    if case .rsa(_, let count) = key.verifier {
      if name.elementsEqual(KeyAlgorithm.rsa.rawValue.utf8) { throw .weakHash }
      let hash: SSHSignature.HashAlgorithm? =
        name.elementsEqual("rsa-sha2-512".utf8)
        ? .sha512 : name.elementsEqual("rsa-sha2-256".utf8) ? .sha256 : nil
      guard let hash else {
        throw .algorithmMismatch(key: key.algorithm, signature: Array(name))
      }
      guard content.count == count else { throw .malformed(part: "signature") }
      self = .rsa(hash, Array(content))
      return
    }
    guard name.elementsEqual(key.algorithm.rawValue.utf8) else {
      throw .algorithmMismatch(key: key.algorithm, signature: Array(name))
    }
    switch key.algorithm {
    case .ed25519, .securityKeyEd25519:
      guard content.count == 64 else { throw .malformed(part: "signature") }
      self = .ed25519(Array(content))
    case .ecdsaP256, .securityKeyEcdsaP256: self = try RawSignature(pair: content, byteCount: 32)
    case .ecdsaP384: self = try RawSignature(pair: content, byteCount: 48)
    case .ecdsaP521: self = try RawSignature(pair: content, byteCount: 66)
    case .rsa: throw .malformed(part: "signature")
    }
  }

  /// Reads `mpint r, mpint s` (RFC 5656 section 3.1.2).
  private init(pair content: ArraySlice<UInt8>, byteCount: Int) throws(SignatureError) {
    var reader = WireReader(content)
    guard let r = reader.positiveInteger(limit: byteCount),
      let s = reader.positiveInteger(limit: byteCount)
    else { throw .malformed(part: "signature") }
    guard reader.isAtEnd else { throw .trailingBytes }
    var raw = [UInt8](repeating: 0, count: 2 * byteCount)
    raw.replaceSubrange((byteCount - r.count)..<byteCount, with: r)
    raw.replaceSubrange((2 * byteCount - s.count)..<(2 * byteCount), with: s)
    self = .ecdsa(raw)
  }
}

/// What a FIDO authenticator says with its signature, and signs (PROTOCOL.u2f).
struct Assertion: Hashable, Sendable {
  let flags: UInt8
  let counter: UInt32

  /// Someone touched the authenticator.
  var userPresent: Bool { flags & 0x01 != 0 }
  /// It knew the person, by PIN or biometry.
  var userVerified: Bool { flags & 0x04 != 0 }

  /// The bytes that the authenticator signed in place of `message`.
  func covered(application: [UInt8], message: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    writer.raw(Digest.sha256(application))
    writer.byte(flags)
    writer.uint32(counter)
    writer.raw(Digest.sha256(message))
    return writer.bytes
  }
}
