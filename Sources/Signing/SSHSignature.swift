internal import Primitives

/// A signature as `ssh-keygen -Y sign` makes it, which git and hookkit both use.
///
/// Reading checks the form; `verify` checks the signature. Source: OpenSSH's PROTOCOL.sshsig and
/// PROTOCOL.u2f. Stricter than ssh-keygen where that ignores bytes: a used reserved field and
/// trailing bytes are refused.
package struct SSHSignature: Hashable, Sendable {
  /// The digest of the message that is signed in the message's place.
  package enum HashAlgorithm: String, Hashable, Sendable, CaseIterable {
    case sha256
    case sha512
  }

  /// The wire form.
  package let blob: [UInt8]
  /// The key that the signature names; whose it is, the caller must know.
  package let publicKey: PublicKey
  /// The purpose for which the signature was made.
  package let namespace: [UInt8]
  package let hashAlgorithm: HashAlgorithm
  let signature: RawSignature
  let assertion: Assertion?

  /// How many bytes an armoured signature may have.
  package static let limit = 65_536
  /// How many bytes a wire form may have, so that its armour stays below `limit`.
  package static let blobLimit = 48_000

  private static let label = "SSH SIGNATURE"
  static let magic = "SSHSIG"

  /// Reads the armoured form: the block, and at most one newline behind it.
  package init(armored text: [UInt8]) throws(SignatureError) {
    guard text.count <= SSHSignature.limit else { throw .tooLarge(limit: SSHSignature.limit) }
    guard let blob = Armor.decode(text, label: SSHSignature.label) else { throw .armor }
    try self.init(blob: blob)
  }

  /// Reads the wire form.
  package init(blob: [UInt8]) throws(SignatureError) {
    guard blob.count <= SSHSignature.blobLimit else {
      throw .tooLarge(limit: SSHSignature.blobLimit)
    }
    var reader = WireReader(blob)
    guard let magic = reader.bytes(SSHSignature.magic.utf8.count),
      magic.elementsEqual(SSHSignature.magic.utf8), let version = reader.uint32()
    else { throw .malformed(part: "preamble") }
    guard version == 1 else { throw .unsupportedVersion(version) }
    guard let key = reader.string() else { throw .malformed(part: "public key") }
    do throws(KeyError) {
      publicKey = try PublicKey(blob: Array(key))
    } catch {
      throw .key(error)
    }
    guard let namespace = reader.string(), !namespace.isEmpty else {
      throw .malformed(part: "namespace")
    }
    self.namespace = Array(namespace)
    guard let reserved = reader.string() else { throw .malformed(part: "reserved field") }
    guard reserved.isEmpty else { throw .reservedNotEmpty }
    guard let hash = reader.string() else { throw .malformed(part: "message digest") }
    guard
      let algorithm = HashAlgorithm.allCases.first(where: {
        hash.elementsEqual($0.rawValue.utf8)
      })
    else { throw .unsupportedHash(Array(hash)) }
    hashAlgorithm = algorithm
    guard let inner = reader.string() else { throw .malformed(part: "signature") }
    guard reader.isAtEnd else { throw .trailingBytes }
    (signature, assertion) = try RawSignature.read(inner, by: publicKey)
    self.blob = blob
  }

  /// The armoured form, exactly as ssh-keygen writes it.
  package var armored: [UInt8] { Armor.encode(blob, label: SSHSignature.label) }

  package static func == (left: SSHSignature, right: SSHSignature) -> Bool {
    left.blob == right.blob
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(blob)
  }
}

extension SSHSignature {
  /// Puts a signature together from its parts, for those who sign.
  ///
  /// - Parameter signature: what stands last in the wire form: algorithm name and signature, and for
  ///   FIDO keys flags and counter.
  package init(
    publicKey: PublicKey, namespace: String, hashAlgorithm: HashAlgorithm, signature: [UInt8]
  ) throws(SignatureError) {
    var writer = WireWriter()
    writer.raw(SSHSignature.magic.utf8)
    writer.uint32(1)
    writer.string(publicKey.blob)
    writer.string(namespace)
    writer.string("")
    writer.string(hashAlgorithm.rawValue)
    writer.string(signature)
    try self.init(blob: writer.bytes)
  }
}
