internal import Primitives

/// Why bytes are not a key that hookkit uses.
package enum KeyError: Error, Hashable, Sendable {
  /// More bytes than any accepted key has.
  case tooLarge(limit: Int)
  /// Not one line of the form `type base64 [comment]`.
  case notAnAuthorizedKey
  /// A part of the wire form is cut off, has a second spelling or has no place in it.
  case malformed(part: String)
  /// Bytes behind the end of the key.
  case trailingBytes
  case unknownAlgorithm([UInt8])
  /// An OpenSSH certificate: it would bring a second authority beside the policy.
  case certificate([UInt8])
  /// The line names one type, its base64 holds another.
  case typeMismatch(written: [UInt8], actual: KeyAlgorithm)
  /// The curve inside is not the one that the algorithm names.
  case curveMismatch(KeyAlgorithm)
  /// Not a point of the curve.
  case invalidPoint(KeyAlgorithm)
  /// An RSA modulus outside `PublicKey.modulusBits`.
  case modulusSize(bits: Int)
  /// An RSA exponent or modulus with which no signature can be checked.
  case invalidModulusOrExponent
  /// A FIDO key made for something else than SSH: its application does not begin with `ssh:`.
  case application([UInt8])
  /// Not an OpenSSH private key file.
  case notAPrivateKey
  /// A private key file that needs a passphrase.
  case encrypted
  /// A private key of a kind that the server does not sign with.
  case unsupportedPrivateKey([UInt8])
  /// The public half of a private key file does not belong to its private half.
  case halvesDiffer
}

extension KeyError: CustomStringConvertible {
  /// Safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .tooLarge(let limit): "a key of more than \(limit) bytes"
    case .notAnAuthorizedKey: "not a public key line (type, base64, comment)"
    case .malformed(let part): "a key whose \(part) is malformed"
    case .trailingBytes: "bytes behind the end of the key"
    case .unknownAlgorithm(let name): "unknown key type \(Escaped.quoted(name, limit: 64))"
    case .certificate(let name):
      "\(Escaped.quoted(name, limit: 64)) is a certificate; enrol the key itself"
    case .typeMismatch(let written, let actual):
      "the line says \(Escaped.quoted(written, limit: 64)), the key is \(actual.rawValue)"
    case .curveMismatch(let algorithm): "the curve in the key is not that of \(algorithm.rawValue)"
    case .invalidPoint(let algorithm): "not a point on the curve of \(algorithm.rawValue)"
    case .modulusSize(let bits):
      "an RSA key of \(bits) bits; \(PublicKey.modulusBits.lowerBound) to "
        + "\(PublicKey.modulusBits.upperBound) are accepted"
    case .invalidModulusOrExponent: "an RSA key with an unusable modulus or exponent"
    case .application(let name):
      "a security key made for \(Escaped.quoted(name, limit: 64)), not for \"ssh:\""
    case .notAPrivateKey: "not an OpenSSH private key"
    case .encrypted: "the private key is protected by a passphrase"
    case .unsupportedPrivateKey(let name):
      "a private key of type \(Escaped.quoted(name, limit: 64)); ssh-ed25519 is needed"
    case .halvesDiffer: "the public and the private half of the key do not belong together"
    }
  }
}
