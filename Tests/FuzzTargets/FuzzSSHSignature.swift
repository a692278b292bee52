internal import Signing

/// Reads any bytes as a signature, a public key and a private key.
///
/// What is accepted must come back from its own text, and verifying it must end.
@Sendable package func fuzzSSHSignature(_ bytes: [UInt8]) {
  for signature in [try? SSHSignature(armored: bytes), try? SSHSignature(blob: bytes)] {
    guard let signature else { continue }
    precondition((try? SSHSignature(blob: signature.blob)) == signature, "the wire form differs")
    precondition(
      (try? SSHSignature(armored: signature.armored)) == signature, "the armour differs")
    _ = try? signature.verify(bytes, namespace: .git)
    _ = try? signature.verify(bytes, namespace: .review)
  }
  for key in [try? PublicKey(authorizedKey: bytes), try? PublicKey(blob: bytes)] {
    guard let key else { continue }
    precondition((try? PublicKey(blob: key.blob)) == key, "the wire form differs")
    precondition(
      (try? PublicKey(authorizedKey: Array(key.authorizedKeyText.utf8))) == key,
      "the written line is another key")
    precondition(key.fingerprint.utf8.count == 50, "a fingerprint of odd length")
  }
  if let key = try? PrivateKey(openSSH: bytes) {
    precondition(
      (try? PrivateKey(openSSH: key.openSSHText(comment: "")))?.publicKey == key.publicKey)
  }
  _ = SignatureFormat.sniff(bytes)
}
