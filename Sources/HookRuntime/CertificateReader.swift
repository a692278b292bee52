internal import Gate
internal import Git
internal import HookWire
internal import Platform
internal import Policy
internal import Primitives
internal import Signing

/// Reads and checks a push certificate itself (git-push(1) `--signed`).
///
/// git sets GIT_PUSH_CERT_STATUS to `G` for a key that nobody has enrolled, so that variable is never
/// looked at. The certificate counts when its signature verifies, its key is an enrolled principal's, it
/// names exactly these updates, and git found its nonce to be one that this server gave out.
struct CertificateReader {
  let session: Session
  let updates: [RefUpdate]

  private static let limit = 64 << 20

  func state(under policy: PolicyInForce) -> CertificateState {
    guard let name = session.environment.bytes("GIT_PUSH_CERT"), !name.isEmpty else { return .none }
    guard let id = ObjectID(hex: name) else {
      return .invalid(reason: "git named no object as its certificate")
    }
    // The nonce is an HMAC with a seed that only git knows; this is git's word, and only its word.
    let nonce = session.environment["GIT_PUSH_CERT_NONCE_STATUS"]
    guard nonce == "OK" || nonce == "SLOP" else {
      return .invalid(reason: "its certificate's nonce is not one that this server gave out")
    }
    do {
      let objects = try ObjectStore(
        gitDirectory: session.server.gitDirectory, quarantine: session.server.quarantine)
      let certificate = try PushCertificate(
        reading: objects.bytes(of: id, .blob, limit: Self.limit))
      guard certificate.matches(updates) else {
        return .invalid(reason: "its certificate covers other updates")
      }
      guard certificate.signatureFormat == .ssh else {
        return .invalid(reason: "its certificate is not signed with an SSH key")
      }
      let signature = try SSHSignature(armored: certificate.signature)
      _ = try signature.verify(certificate.signedPayload, namespace: SignatureNamespace.git)
      guard let holder = policy.policy.principal(key: signature.publicKey),
        holder.isActive(at: session.time)
      else {
        return .invalid(reason: "its certificate is signed by a key that is not enrolled")
      }
      return .valid(signer: holder.name)
    } catch {
      return .invalid(reason: "its certificate cannot be read or its signature is not valid")
    }
  }
}
