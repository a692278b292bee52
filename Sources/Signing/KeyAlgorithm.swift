/// The kinds of SSH key that hookkit checks signatures of, by their names on the wire.
package enum KeyAlgorithm: String, Hashable, Sendable, CaseIterable {
  /// RFC 8709.
  case ed25519 = "ssh-ed25519"
  /// RFC 5656.
  case ecdsaP256 = "ecdsa-sha2-nistp256"
  case ecdsaP384 = "ecdsa-sha2-nistp384"
  case ecdsaP521 = "ecdsa-sha2-nistp521"
  /// RFC 4253 section 6.6; its signatures are rsa-sha2-256 or rsa-sha2-512 (RFC 8332), never SHA-1.
  case rsa = "ssh-rsa"
  /// FIDO keys: OpenSSH's PROTOCOL.u2f.
  case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
  case securityKeyEcdsaP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

  /// The algorithm that these bytes name, compared as bytes.
  init?(_ name: ArraySlice<UInt8>) {
    guard let match = KeyAlgorithm.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) })
    else { return nil }
    self = match
  }

  /// Whether the private half lives in a FIDO authenticator that can tell a touch.
  package var isHardware: Bool {
    self == .securityKeyEd25519 || self == .securityKeyEcdsaP256
  }
}
