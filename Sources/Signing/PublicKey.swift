internal import Primitives

/// An SSH public key that hookkit can check signatures of.
///
/// A value exists only for a key whose wire form is complete, canonical and usable; two keys are
/// equal when their wire bytes are. Sources: RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, PROTOCOL.u2f.
package struct PublicKey: Hashable, Sendable {
  /// The wire form.
  package let blob: [UInt8]
  package let algorithm: KeyAlgorithm
  /// What a FIDO key was made for, such as `ssh:`; empty for other keys.
  package let application: [UInt8]
  let verifier: Verifier

  /// How many bytes a wire form may have; an RSA key of 8192 bits has little more than 1 KiB.
  package static let blobLimit = 4096
  /// How many bytes an authorized_keys line may have, with its comment.
  package static let lineLimit = 16_384
  /// The sizes of RSA modulus accepted, in bits. The upper bound is what BoringSSL computes with.
  package static let modulusBits = 2048...8192

  /// Reads the wire form.
  package init(blob: [UInt8]) throws(KeyError) {
    guard blob.count <= PublicKey.blobLimit else { throw .tooLarge(limit: PublicKey.blobLimit) }
    var reader = WireReader(blob)
    guard let name = reader.string() else { throw .malformed(part: "type") }
    guard let algorithm = KeyAlgorithm(name) else {
      throw name.isCertificateType ? .certificate(Array(name)) : .unknownAlgorithm(Array(name))
    }
    verifier = try Verifier(reading: &reader, algorithm: algorithm)
    if algorithm.isHardware {
      guard let application = reader.string() else { throw .malformed(part: "application") }
      guard application.starts(with: "ssh:".utf8) else { throw .application(Array(application)) }
      self.application = Array(application)
    } else {
      application = []
    }
    guard reader.isAtEnd else { throw .trailingBytes }
    self.blob = blob
    self.algorithm = algorithm
  }

  /// Reads one line as it stands in authorized_keys or a `.pub` file: `type base64 [comment]`.
  ///
  /// Options before the type are refused: hookkit would not honour them.
  package init(authorizedKey line: [UInt8]) throws(KeyError) {
    guard line.count <= PublicKey.lineLimit else { throw .tooLarge(limit: PublicKey.lineLimit) }
    let text = line.last == 0x0a ? line.dropLast() : line[...]
    guard !text.contains(where: { [0x0a, 0x0d, 0].contains($0) }) else {
      throw .notAnAuthorizedKey
    }
    let words = text.split(maxSplits: 2) { $0 == 0x20 || $0 == 0x09 }
    guard words.count >= 2 else { throw .notAnAuthorizedKey }
    if words[0].isCertificateType { throw .certificate(Array(words[0])) }
    guard KeyAlgorithm(words[0]) != nil else { throw .unknownAlgorithm(Array(words[0])) }
    guard let blob = Base64.decode(words[1]) else { throw .malformed(part: "base64") }
    try self.init(blob: blob)
    guard words[0].elementsEqual(algorithm.rawValue.utf8) else {
      throw .typeMismatch(written: Array(words[0]), actual: algorithm)
    }
  }

  /// Whether the private half lives in a FIDO authenticator that can tell a touch.
  package var isHardware: Bool { algorithm.isHardware }

  /// `SHA256:` and the unpadded base64 of the digest, as ssh-keygen shows it.
  package var fingerprint: String {
    let digest = Base64.encode(Digest.sha256(blob)).prefix { $0 != 0x3d }
    return "SHA256:" + String(decoding: digest, as: UTF8.self)
  }

  /// The line that `init(authorizedKey:)` reads, without comment or newline.
  package var authorizedKeyText: String {
    algorithm.rawValue + " " + String(decoding: Base64.encode(blob), as: UTF8.self)
  }

  package static func == (left: PublicKey, right: PublicKey) -> Bool {
    left.blob == right.blob
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(blob)
  }
}

extension PublicKey: CustomStringConvertible {
  package var description: String { "\(algorithm.rawValue) \(fingerprint)" }
}

extension ArraySlice<UInt8> {
  /// Whether this is the type name of an OpenSSH certificate (PROTOCOL.certkeys).
  fileprivate var isCertificateType: Bool { ends(with: "-cert-v01@openssh.com") }
}
