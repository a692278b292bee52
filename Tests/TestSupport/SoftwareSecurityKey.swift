internal import Crypto
package import Signing

/// A FIDO key made of software, so that tests can sign with any flags and counter.
///
/// Its signatures have the form that an authenticator gives (OpenSSH's PROTOCOL.u2f); to OpenSSH and
/// git they are as good as those of hardware.
package struct SoftwareSecurityKey: Sendable {
  /// The flag of a touch.
  package static let userPresent: UInt8 = 0x01
  /// The flag of a PIN or fingerprint.
  package static let userVerified: UInt8 = 0x04

  private enum Secret: Sendable {
    case ed25519(Curve25519.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
  }

  private let secret: Secret
  package let publicKey: PublicKey
  private let application: String

  /// A new `sk-ssh-ed25519@openssh.com` key.
  package static func ed25519(application: String = "ssh:") throws -> SoftwareSecurityKey {
    let key = Curve25519.Signing.PrivateKey()
    var writer = WireWriter()
    writer.string(KeyAlgorithm.securityKeyEd25519.rawValue)
    writer.string(Array(key.publicKey.rawRepresentation))
    writer.string(application)
    return SoftwareSecurityKey(
      secret: .ed25519(key), publicKey: try PublicKey(blob: writer.bytes),
      application: application)
  }

  /// A new `sk-ecdsa-sha2-nistp256@openssh.com` key.
  package static func ecdsa(application: String = "ssh:") throws -> SoftwareSecurityKey {
    let key = P256.Signing.PrivateKey()
    var writer = WireWriter()
    writer.string(KeyAlgorithm.securityKeyEcdsaP256.rawValue)
    writer.string("nistp256")
    writer.string(Array(key.publicKey.x963Representation))
    writer.string(application)
    return SoftwareSecurityKey(
      secret: .p256(key), publicKey: try PublicKey(blob: writer.bytes), application: application)
  }

  /// The line to enrol.
  package var authorizedKeyText: String { publicKey.authorizedKeyText }

  /// The armoured signature of `message`, with the flags and the counter as told.
  package func sign(
    _ message: [UInt8], namespace: String, flags: UInt8 = SoftwareSecurityKey.userPresent,
    counter: UInt32 = 1
  ) throws -> [UInt8] {
    let signed = SSHSignature.signedData(
      of: message, namespace: namespace, hashAlgorithm: .sha512)
    var covered = WireWriter()
    covered.raw(Digest.sha256(application.utf8))
    covered.byte(flags)
    covered.uint32(counter)
    covered.raw(Digest.sha256(signed))

    var signature = WireWriter()
    signature.string(publicKey.algorithm.rawValue)
    switch secret {
    case .ed25519(let key):
      signature.string(Array(try key.signature(for: covered.bytes)))
    case .p256(let key):
      let raw = Array(try key.signature(for: covered.bytes).rawRepresentation)
      var pair = WireWriter()
      pair.positiveInteger(raw.prefix(32))
      pair.positiveInteger(raw.suffix(32))
      signature.string(pair.bytes)
    }
    signature.byte(flags)
    signature.uint32(counter)
    return try SSHSignature(
      publicKey: publicKey, namespace: namespace, hashAlgorithm: .sha512,
      signature: signature.bytes
    ).armored
  }
}
