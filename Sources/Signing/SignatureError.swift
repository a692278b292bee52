internal import Primitives

/// Why bytes are not a signature, or not a signature of this message.
package enum SignatureError: Error, Hashable, Sendable {
  /// More bytes than `SSHSignature.limit`, or than `SSHSignature.blobLimit` on the wire.
  case tooLarge(limit: Int)
  /// Not one armoured SSH signature and nothing else.
  case armor
  /// A part of the wire form is cut off, has a second spelling or has no place in it.
  case malformed(part: String)
  /// Bytes behind the end of the signature or of one of its parts.
  case trailingBytes
  case unsupportedVersion(UInt32)
  case key(KeyError)
  /// PROTOCOL.sshsig keeps this field for later; what a later meaning would be is not known here.
  case reservedNotEmpty
  /// A message digest other than sha256 and sha512.
  case unsupportedHash([UInt8])
  /// The signature is not of the kind that its key makes.
  case algorithmMismatch(key: KeyAlgorithm, signature: [UInt8])
  /// An RSA signature over SHA-1.
  case weakHash
  /// A signature made by a browser, whose signed data holds more than SSH's own.
  case webAuthn
  /// Made for another purpose: the namespace is not the one asked for.
  case namespace(found: [UInt8])
  /// The arithmetic says no: another message, another key, or damage.
  case invalid
}

extension SignatureError: CustomStringConvertible {
  /// Safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .tooLarge(let limit): "a signature of more than \(limit) bytes"
    case .armor: "not an armored SSH signature"
    case .malformed(let part): "a signature whose \(part) is malformed"
    case .trailingBytes: "bytes behind the end of the signature"
    case .unsupportedVersion(let version): "an SSH signature of version \(version); 1 is known"
    case .key(let error): error.description
    case .reservedNotEmpty: "an SSH signature that uses the reserved field"
    case .unsupportedHash(let name):
      "message digest \(Escaped.quoted(name, limit: 64)); sha256 and sha512 are known"
    case .algorithmMismatch(let key, let signature):
      "a signature of kind \(Escaped.quoted(signature, limit: 64)) by a key of type \(key.rawValue)"
    case .weakHash: "an RSA signature over SHA-1"
    case .webAuthn: "a signature made by a browser (webauthn); use ssh-keygen with the key itself"
    case .namespace(let found): "made for namespace \(Escaped.quoted(found, limit: 64))"
    case .invalid: "the signature does not belong to this content"
    }
  }
}
