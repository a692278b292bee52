internal import Crypto
internal import CryptoExtras

/// The part of a public key that does the arithmetic, read and checked once.
enum Verifier: Sendable {
  case ed25519(Curve25519.Signing.PublicKey)
  case p256(P256.Signing.PublicKey)
  case p384(P384.Signing.PublicKey)
  case p521(P521.Signing.PublicKey)
  case rsa(_RSA.Signing.PublicKey, modulusByteCount: Int)

  /// Reads what follows the type name in a key's wire form, up to a FIDO key's application.
  init(reading reader: inout WireReader, algorithm: KeyAlgorithm) throws(KeyError) {
    do {
      switch algorithm {
      case .ed25519, .securityKeyEd25519:
        guard let point = reader.string(), point.count == 32 else {
          throw KeyError.malformed(part: "point")
        }
        self = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: point))
      case .ecdsaP256, .securityKeyEcdsaP256:
        let point = try reader.point(of: algorithm, curve: "nistp256", coordinateByteCount: 32)
        self = .p256(try P256.Signing.PublicKey(x963Representation: point))
      case .ecdsaP384:
        let point = try reader.point(of: algorithm, curve: "nistp384", coordinateByteCount: 48)
        self = .p384(try P384.Signing.PublicKey(x963Representation: point))
      case .ecdsaP521:
        let point = try reader.point(of: algorithm, curve: "nistp521", coordinateByteCount: 66)
        self = .p521(try P521.Signing.PublicKey(x963Representation: point))
      case .rsa:
        self = try Verifier(readingModulus: &reader)
      }
    } catch let error as KeyError {
      throw error
    } catch {
      throw .invalidPoint(algorithm)
    }
  }

  private init(readingModulus reader: inout WireReader) throws(KeyError) {
    // BoringSSL refuses exponents of more than 33 bits, which would make a check arbitrarily slow.
    guard let exponent = reader.positiveInteger(limit: 5) else {
      throw .malformed(part: "exponent")
    }
    guard let modulus = reader.positiveInteger(limit: PublicKey.blobLimit),
      let first = modulus.first
    else { throw .malformed(part: "modulus") }
    let bits = modulus.count * 8 - first.leadingZeroBitCount
    guard PublicKey.modulusBits.contains(bits) else { throw .modulusSize(bits: bits) }
    guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else {
      throw .invalidModulusOrExponent
    }
    self = .rsa(key, modulusByteCount: modulus.count)
  }

  /// Whether `signature` was made over `message` with the private half of this key.
  ///
  /// A signature of another kind than the key is never valid.
  func accepts(_ signature: RawSignature, over message: [UInt8]) -> Bool {
    switch (self, signature) {
    case (.ed25519(let key), .ed25519(let bytes)):
      return key.isValidSignature(bytes, for: message)
    case (.p256(let key), .ecdsa(let bytes)):
      guard let pair = try? P256.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(pair, for: SHA256.digest(of: message))
    case (.p384(let key), .ecdsa(let bytes)):
      guard let pair = try? P384.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(pair, for: SHA384.digest(of: message))
    case (.p521(let key), .ecdsa(let bytes)):
      guard let pair = try? P521.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(pair, for: SHA512.digest(of: message))
    case (.rsa(let key, _), .rsa(.sha256, let bytes)):
      return key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: bytes), for: SHA256.digest(of: message),
        padding: .insecurePKCS1v1_5)
    case (.rsa(let key, _), .rsa(.sha512, let bytes)):
      return key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: bytes), for: SHA512.digest(of: message),
        padding: .insecurePKCS1v1_5)
    default:
      return false
    }
  }
}

extension WireReader {
  /// An uncompressed point behind the name of its curve (RFC 5656 section 3.1).
  fileprivate mutating func point(
    of algorithm: KeyAlgorithm, curve: String, coordinateByteCount: Int
  ) throws(KeyError) -> ArraySlice<UInt8> {
    guard expect(curve) else { throw .curveMismatch(algorithm) }
    guard let point = string(), point.first == 0x04, point.count == 1 + 2 * coordinateByteCount
    else { throw .malformed(part: "point") }
    return point
  }
}
