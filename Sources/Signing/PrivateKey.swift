internal import Crypto

/// The server's own ed25519 key, with which it signs landings without starting a process.
///
/// Reads and writes the unencrypted form of OpenSSH's PROTOCOL.key; a person's key is never read.
package struct PrivateKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  package let publicKey: PublicKey

  private static let label = "OPENSSH PRIVATE KEY"
  private static let magic = "openssh-key-v1\0"
  /// How many bytes a key file may have.
  private static let limit = 16_384

  private init(_ key: Curve25519.Signing.PrivateKey) throws(KeyError) {
    self.key = key
    publicKey = try PublicKey(blob: PrivateKey.blob(of: Array(key.publicKey.rawRepresentation)))
  }

  /// A key from its 32 secret bytes (RFC 8032 section 5.1.5).
  package init(seed: [UInt8]) throws(KeyError) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .malformed(part: "seed")
    }
    try self.init(key)
  }

  /// A new key from the system's random numbers.
  package static func generate() throws(KeyError) -> PrivateKey {
    try PrivateKey(Curve25519.Signing.PrivateKey())
  }

  /// Reads an OpenSSH private key file.
  package init(openSSH text: [UInt8]) throws(KeyError) {
    guard text.count <= PrivateKey.limit else { throw .tooLarge(limit: PrivateKey.limit) }
    guard let bytes = Armor.decode(text, label: PrivateKey.label) else { throw .notAPrivateKey }
    var reader = WireReader(bytes)
    let magic = Array(PrivateKey.magic.utf8)
    guard let found = reader.bytes(magic.count), found.elementsEqual(magic),
      let cipher = reader.string(), let derivation = reader.string(),
      let options = reader.string(), let count = reader.uint32()
    else { throw .notAPrivateKey }
    guard cipher.elementsEqual("none".utf8), derivation.elementsEqual("none".utf8),
      options.isEmpty
    else { throw .encrypted }
    guard count == 1, let blob = reader.string(), let secret = reader.string() else {
      throw .malformed(part: "private key file")
    }
    guard reader.isAtEnd else { throw .trailingBytes }
    let halves = try PrivateKey.halves(in: secret)
    try self.init(seed: Array(halves.secret.prefix(32)))
    let point = publicKey.blob.suffix(32)
    guard publicKey.blob.elementsEqual(blob), halves.point.elementsEqual(point),
      halves.secret.suffix(32).elementsEqual(point)
    else { throw .halvesDiffer }
  }

  /// The public half, and the 32 secret bytes with the public half repeated behind them, as the
  /// private section holds them; its check numbers and padding must be right.
  private static func halves(
    in section: ArraySlice<UInt8>
  ) throws(KeyError) -> (point: ArraySlice<UInt8>, secret: ArraySlice<UInt8>) {
    var reader = WireReader(section)
    guard section.count.isMultiple(of: 8), let check = reader.uint32(), check == reader.uint32(),
      let type = reader.string()
    else { throw .malformed(part: "private section") }
    guard type.elementsEqual(KeyAlgorithm.ed25519.rawValue.utf8) else {
      throw .unsupportedPrivateKey(Array(type))
    }
    guard let point = reader.string(), let secret = reader.string(), secret.count == 64,
      reader.string() != nil
    else { throw .malformed(part: "private section") }
    var padding: UInt8 = 0
    while let byte = reader.byte() {
      padding += 1
      guard byte == padding, padding < 8 else { throw .malformed(part: "padding") }
    }
    return (point, secret)
  }

  private static func blob(of point: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    writer.string(KeyAlgorithm.ed25519.rawValue)
    writer.string(point)
    return writer.bytes
  }

  /// The key file that `init(openSSH:)` and ssh-keygen read; whoever writes it makes it private.
  package func openSSHText(comment: String) -> [UInt8] {
    let point = Array(key.publicKey.rawRepresentation)
    var section = WireWriter()
    let check = UInt32.random(in: 0...UInt32.max)
    section.uint32(check)
    section.uint32(check)
    section.string(KeyAlgorithm.ed25519.rawValue)
    section.string(point)
    section.string(Array(key.rawRepresentation) + point)
    section.string(comment)
    var padding: UInt8 = 0
    while !section.bytes.count.isMultiple(of: 8) {
      padding += 1
      section.byte(padding)
    }
    var writer = WireWriter()
    writer.raw(PrivateKey.magic.utf8)
    writer.string("none")
    writer.string("none")
    writer.string("")
    writer.uint32(1)
    writer.string(publicKey.blob)
    writer.string(section.bytes)
    return Armor.encode(writer.bytes, label: PrivateKey.label)
  }

  /// The armoured SSH signature of `message`, over its SHA-512 digest as ssh-keygen makes it.
  package func sign(
    _ message: [UInt8], namespace: SignatureNamespace
  ) throws(SignatureError) -> [UInt8] {
    try sign(message, namespace: namespace.rawValue)
  }

  /// The same for any namespace that is not empty.
  package func sign(_ message: [UInt8], namespace: String) throws(SignatureError) -> [UInt8] {
    let signed = SSHSignature.signedData(
      of: message, namespace: namespace, hashAlgorithm: .sha512)
    guard let bytes = try? key.signature(for: signed) else { throw .invalid }
    var writer = WireWriter()
    writer.string(KeyAlgorithm.ed25519.rawValue)
    writer.string(Array(bytes))
    return try SSHSignature(
      publicKey: publicKey, namespace: namespace, hashAlgorithm: .sha512, signature: writer.bytes
    ).armored
  }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
  /// Names the public half only.
  package var description: String { "private key of \(publicKey)" }

  /// Keeps the secret out of dumps and failed expectations.
  package var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
