internal import Crypto

/// What a valid signature says about the person behind it.
package enum Presence: Hashable, Sendable {
  /// The key is a file or lives in an agent: it says nothing.
  case software
  /// The FIDO authenticator's own word, which git and ssh-keygen do not look at.
  ///
  /// - userPresent: it was touched.
  /// - userVerified: it knew the person, by PIN or biometry.
  /// - counter: how often it has signed; some authenticators leave it at zero.
  case hardware(userPresent: Bool, userVerified: Bool, counter: UInt32)
}

extension SSHSignature {
  /// Checks that the signature belongs to `message` and was made for `namespace`.
  ///
  /// The key is the one that the signature names itself: the caller decides whose that is, and
  /// whether the presence is enough.
  package func verify(
    _ message: some Sequence<UInt8>, namespace: String
  ) throws(SignatureError) -> Presence {
    guard self.namespace.elementsEqual(namespace.utf8) else {
      throw .namespace(found: self.namespace)
    }
    let signed = SSHSignature.signedData(
      of: message, namespace: namespace, hashAlgorithm: hashAlgorithm)
    guard let assertion else {
      guard publicKey.verifier.accepts(signature, over: signed) else { throw .invalid }
      return .software
    }
    let covered = assertion.covered(application: publicKey.application, message: signed)
    guard publicKey.verifier.accepts(signature, over: covered) else { throw .invalid }
    return .hardware(
      userPresent: assertion.userPresent, userVerified: assertion.userVerified,
      counter: assertion.counter)
  }

  /// The same, for one of hookkit's own namespaces.
  package func verify(
    _ message: some Sequence<UInt8>, namespace: SignatureNamespace
  ) throws(SignatureError) -> Presence {
    try verify(message, namespace: namespace.rawValue)
  }

  /// The bytes that a key signs for `message` (PROTOCOL.sshsig, "Signed Data").
  package static func signedData(
    of message: some Sequence<UInt8>, namespace: String, hashAlgorithm: HashAlgorithm
  ) -> [UInt8] {
    var writer = WireWriter()
    writer.raw(magic.utf8)
    writer.string(namespace)
    writer.string("")
    writer.string(hashAlgorithm.rawValue)
    switch hashAlgorithm {
    case .sha256: writer.string(Array(SHA256.digest(of: message)))
    case .sha512: writer.string(Array(SHA512.digest(of: message)))
    }
    return writer.bytes
  }
}
