package import Primitives

/// Why bytes are not a signed envelope that hookkit takes.
package enum EnvelopeError: Error, Hashable, Sendable {
  /// More bytes than `Envelope.limit`.
  case tooLarge(limit: Int)
  case json(JSONError)
  /// A member is missing or holds the wrong kind of value.
  case malformed(member: String)
  /// A member that DSSE does not name: it would be unsigned and yet look like evidence.
  case unknownMember([UInt8])
  /// Something else than an in-toto statement.
  case unknownPayloadType([UInt8])
  case noSignature
  /// More signatures than `Envelope.signatureLimit`.
  case tooManySignatures(limit: Int)
  case signature(SignatureError)
  /// The key id is not the fingerprint of the key that signed.
  case keyIDMismatch([UInt8])
  /// The same signature or the same key twice.
  case duplicateSignature
  /// The same content can be spelled another way; there is one spelling.
  case notCanonical
}

extension EnvelopeError: CustomStringConvertible {
  /// Safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .tooLarge(let limit): "an envelope of more than \(limit) bytes"
    case .json(let error): "not JSON at byte \(error.offset): \(error.reason.rawValue)"
    case .malformed(let member): "\(member) is missing or malformed"
    case .unknownMember(let name): "unknown member \(Escaped.quoted(name, limit: 64))"
    case .unknownPayloadType(let name):
      "payload type \(Escaped.quoted(name, limit: 64)) is not \(Envelope.payloadType)"
    case .noSignature: "an envelope without a signature"
    case .tooManySignatures(let limit): "an envelope with more than \(limit) signatures"
    case .signature(let error): error.description
    case .keyIDMismatch(let found):
      "key id \(Escaped.quoted(found, limit: 64)) is not that of the key that signed"
    case .duplicateSignature: "the same key signs twice in one envelope"
    case .notCanonical: "not written as hookkit writes an envelope"
    }
  }
}
