import Primitives

/// A signed statement: DSSE v1.0 around an in-toto statement, signed with SSH signatures.
///
/// Each `sig` is the base64 of the armoured signature that `ssh-keygen -Y sign` makes over
/// `preAuthenticationEncoding`. An envelope has one spelling, and reading refuses every other: the
/// bytes are what the ledger keeps and compares. Source: the DSSE protocol, version 1.0.2.
package struct Envelope: Hashable, Sendable {
  package struct Signature: Hashable, Sendable {
    /// Whether the envelope names the key beside the signature.
    package let hasKeyID: Bool
    package let signature: SSHSignature

    package init(_ signature: SSHSignature, hasKeyID: Bool = true) {
      self.hasKeyID = hasKeyID
      self.signature = signature
    }

    package var publicKey: PublicKey { signature.publicKey }
  }

  /// The statement, as the bytes that were signed.
  package let payload: [UInt8]
  /// At least one, each by another key.
  package let signatures: [Signature]

  /// The one payload type that hookkit knows.
  package static let payloadType = "application/vnd.in-toto+json"
  /// How many bytes an envelope may have.
  package static let limit = 1 << 20
  /// How many signatures an envelope may have.
  package static let signatureLimit = 16

  /// Puts an envelope together; the signatures are not checked against the payload.
  package init(payload: [UInt8], signatures: [Signature]) throws(EnvelopeError) {
    guard !signatures.isEmpty else { throw .noSignature }
    guard signatures.count <= Envelope.signatureLimit else {
      throw .tooManySignatures(limit: Envelope.signatureLimit)
    }
    guard Set(signatures.map(\.publicKey)).count == signatures.count else {
      throw .duplicateSignature
    }
    self.payload = payload
    self.signatures = signatures
    guard serialized.count <= Envelope.limit else { throw .tooLarge(limit: Envelope.limit) }
  }

  /// Reads an envelope; the signatures are not yet checked against the payload.
  package init(reading bytes: [UInt8]) throws(EnvelopeError) {
    guard bytes.count <= Envelope.limit else { throw .tooLarge(limit: Envelope.limit) }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(reading: bytes, maximumDepth: 4)
    } catch {
      throw .json(error)
    }
    try json.allow(["payloadType", "payload", "signatures"], in: "envelope")
    guard let type = json["payloadType"]?.bytes else { throw .malformed(member: "payloadType") }
    guard type.elementsEqual(Envelope.payloadType.utf8) else { throw .unknownPayloadType(type) }
    guard let payload = json["payload"]?.bytes.flatMap(Base64.decode) else {
      throw .malformed(member: "payload")
    }
    guard let items = json["signatures"]?.array else { throw .malformed(member: "signatures") }
    guard items.count <= Envelope.signatureLimit else {
      throw .tooManySignatures(limit: Envelope.signatureLimit)
    }
    var signatures: [Signature] = []
    for item in items { signatures.append(try Signature(reading: item)) }
    try self.init(payload: payload, signatures: signatures)
    guard serialized == bytes else { throw .notCanonical }
  }

  /// The one spelling: compact JSON and a newline.
  package var serialized: [UInt8] {
    let json: JSON = [
      "payloadType": .text(Envelope.payloadType),
      "payload": .string(Base64.encode(payload)),
      "signatures": .array(signatures.map(\.json)),
    ]
    return json.compact + [0x0a]
  }

  /// The SHA-256 digest of the payload: what a withdrawal names.
  ///
  /// Not that of the envelope, because its unsigned parts (key ids; for ECDSA keys even the signature
  /// itself) can be changed by anyone without making a signature invalid.
  package var payloadDigest: [UInt8] { Digest.sha256(payload) }

  /// Checks one signature against the payload.
  package func verify(
    _ signature: Signature, namespace: SignatureNamespace
  ) throws(SignatureError) -> Presence {
    try signature.signature.verify(
      Envelope.preAuthenticationEncoding(payload: payload), namespace: namespace)
  }

  /// The bytes that are signed: the payload bound to its type and to both lengths.
  package static func preAuthenticationEncoding(
    payloadType: String = Envelope.payloadType, payload: [UInt8]
  ) -> [UInt8] {
    let head = "DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) "
    return Array(head.utf8) + payload
  }
}

extension Envelope.Signature {
  fileprivate init(reading json: JSON) throws(EnvelopeError) {
    try json.allow(["keyid", "sig"], in: "signature")
    guard let armored = json["sig"]?.bytes.flatMap(Base64.decode) else {
      throw .malformed(member: "sig")
    }
    do throws(SignatureError) {
      signature = try SSHSignature(armored: armored)
    } catch {
      throw .signature(error)
    }
    hasKeyID = json["keyid"] != nil
    guard hasKeyID else { return }
    guard let keyID = json["keyid"]?.bytes else { throw .malformed(member: "keyid") }
    guard keyID.elementsEqual(signature.publicKey.fingerprint.utf8) else {
      throw .keyIDMismatch(keyID)
    }
  }

  fileprivate var json: JSON {
    let sig = JSON.string(Base64.encode(signature.armored))
    return hasKeyID ? ["keyid": .text(publicKey.fingerprint), "sig": sig] : ["sig": sig]
  }
}

extension JSON {
  /// Refuses anything but an object with these members.
  fileprivate func allow(_ known: [String], in place: String) throws(EnvelopeError) {
    guard let members else { throw .malformed(member: place) }
    for member in members
    where !known.contains(where: { member.key.elementsEqual($0.utf8) }) {
      throw .unknownMember(member.key)
    }
  }
}
