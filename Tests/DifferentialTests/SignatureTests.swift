import Primitives
import Signing
import TestSupport
import Testing

/// One way of signing that a person may have: a kind of key, and for RSA the digest.
struct SigningKind: Sendable, CustomTestStringConvertible {
  let name: String
  let generation: [String]
  let hash: String

  var testDescription: String { "\(name) over \(hash)" }

  static let all: [SigningKind] = ["sha256", "sha512"].flatMap { hash in
    [
      SigningKind(name: "ed25519", generation: ["-t", "ed25519"], hash: hash),
      SigningKind(name: "ecdsa256", generation: ["-t", "ecdsa", "-b", "256"], hash: hash),
      SigningKind(name: "ecdsa384", generation: ["-t", "ecdsa", "-b", "384"], hash: hash),
      SigningKind(name: "ecdsa521", generation: ["-t", "ecdsa", "-b", "521"], hash: hash),
      SigningKind(name: "rsa3072", generation: ["-t", "rsa", "-b", "3072"], hash: hash),
    ]
  }
}

/// ssh-keygen in a sandbox, as the second opinion.
struct Keygen {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  func makeKey(_ arguments: [String], comment: String = "comment") throws -> PublicKey {
    let made = try sandbox.run(
      ["ssh-keygen", "-q", "-N", "", "-C", comment, "-f", sandbox.path("key")] + arguments)
    #expect(made.succeeded)
    return try PublicKey(authorizedKey: sandbox.read("key.pub"))
  }

  /// An armoured signature by the key made last.
  func sign(
    _ message: [UInt8], namespace: String = "git", hash: String = "sha512"
  ) throws -> [UInt8] {
    let signed = try sandbox.run(
      [
        "ssh-keygen", "-q", "-Y", "sign", "-f", sandbox.path("key"), "-n", namespace, "-O",
        "hashalg=\(hash)",
      ], stdin: message)
    try #require(signed.succeeded)
    return signed.stdout
  }

  /// Whether `ssh-keygen -Y verify` calls the signature good for a person with this key.
  func accepts(
    _ signature: [UInt8], over message: [UInt8], by key: PublicKey, namespace: String = "git"
  ) throws -> Bool {
    try sandbox.write("dana \(key.authorizedKeyText)\n", to: "allowed")
    try sandbox.write(signature, to: "signature")
    return try sandbox.run(
      [
        "ssh-keygen", "-Y", "verify", "-f", sandbox.path("allowed"), "-I", "dana", "-n",
        namespace, "-s", sandbox.path("signature"),
      ], stdin: message
    ).succeeded
  }

  /// Whether `ssh-keygen -Y check-novalidate` calls the signature good, whoever made it.
  func checks(
    _ signature: [UInt8], over message: [UInt8], namespace: String = "git"
  ) throws -> Bool {
    try sandbox.write(signature, to: "signature")
    return try sandbox.run(
      [
        "ssh-keygen", "-Y", "check-novalidate", "-n", namespace, "-s",
        sandbox.path("signature"),
      ], stdin: message
    ).succeeded
  }
}

/// Our own verdict, in the same words.
private func weAccept(
  _ signature: [UInt8], over message: [UInt8], by key: PublicKey? = nil, namespace: String = "git"
) -> Bool {
  guard let signature = try? SSHSignature(armored: signature) else { return false }
  if let key, signature.publicKey != key { return false }
  return (try? signature.verify(message, namespace: namespace)) != nil
}

@Suite("Signatures as ssh-keygen judges them")
struct SignatureTests {
  private let message = Array("tree 1\n\nA message\n".utf8)

  @Test(
    "we and ssh-keygen agree on good, tampered and misused signatures", arguments: SigningKind.all)
  func verdicts(kind: SigningKind) throws {
    let keygen = try Keygen()
    let key = try keygen.makeKey(kind.generation)
    let good = try keygen.sign(message, hash: kind.hash)
    var cases: [(String, [UInt8], [UInt8], String)] = [
      ("good", good, message, "git"),
      ("another message", good, message + [0x0a], "git"),
      ("an empty message", good, [], "git"),
      ("another namespace", good, message, "file"),
      ("for a review", try keygen.sign(message, namespace: "review@hookkit"), message, "git"),
      ("cut off", Array(good.prefix(good.count / 2)), message, "git"),
      ("no end line", Array(good.prefix(good.count - 27)), message, "git"),
      ("empty", [], message, "git"),
    ]
    let blob = try SSHSignature(armored: good).blob
    let places = [0, 6, 8, 12, 20, 40, blob.count / 2] + (1...12).map { blob.count - $0 * 5 }
    for index in places {
      var changed = blob
      changed[index] ^= 0x01
      cases.append(("bit \(index)", armored(changed), message, "git"))
    }
    for (what, signature, message, namespace) in cases {
      let theirs = try keygen.accepts(signature, over: message, by: key, namespace: namespace)
      let ours = weAccept(signature, over: message, by: key, namespace: namespace)
      #expect(ours == theirs, "\(what)")
      #expect(ours == (what == "good"), "\(what)")
    }
  }

  @Test("we and ssh-keygen agree when anyone's key will do", arguments: SigningKind.all)
  func withoutPrincipal(kind: SigningKind) throws {
    let keygen = try Keygen()
    _ = try keygen.makeKey(kind.generation)
    let good = try keygen.sign(message, hash: kind.hash)
    for message in [message, Array("x".utf8)] {
      #expect(
        weAccept(good, over: message) == (try keygen.checks(good, over: message)))
    }
    #expect(weAccept(good, over: message))
  }

  @Test("our armour is ssh-keygen's, byte for byte", arguments: SigningKind.all)
  func armor(kind: SigningKind) throws {
    let keygen = try Keygen()
    let key = try keygen.makeKey(kind.generation)
    let text = try keygen.sign(message, hash: kind.hash)
    #expect(try SSHSignature(armored: text).armored == text)
    let listed = try keygen.sandbox.run(["ssh-keygen", "-l", "-f", keygen.sandbox.path("key.pub")])
    #expect(listed.value.split(separator: " ")[1] == key.fingerprint)
  }

  @Test("ssh-keygen takes a FIDO signature without a touch for good; we say that there was none")
  func presence() throws {
    let keygen = try Keygen()
    for key in [try SoftwareSecurityKey.ed25519(), try SoftwareSecurityKey.ecdsa()] {
      for flags: UInt8 in [0, 1, 4, 5] {
        let text = try key.sign(message, namespace: "git", flags: flags, counter: 77)
        #expect(try keygen.accepts(text, over: message, by: key.publicKey))
        let presence = try SSHSignature(armored: text).verify(message, namespace: "git")
        #expect(
          presence
            == .hardware(
              userPresent: flags & 1 != 0, userVerified: flags & 4 != 0, counter: 77))
        var forged = try SSHSignature(armored: text).blob
        forged[forged.count - 5] ^= 1
        #expect(try !keygen.accepts(armored(forged), over: message, by: key.publicKey))
        #expect(!weAccept(armored(forged), over: message))
      }
    }
  }

  @Test("unsigned bytes that ssh-keygen overlooks are refused by us")
  func overlooked() throws {
    let keygen = try Keygen()
    let key = try keygen.makeKey(["-t", "ed25519"])
    let blob = try SSHSignature(armored: keygen.sign(message)).blob
    // Behind preamble (10), key (4 + 51) and namespace (4 + 3) stands the reserved field's length.
    let start = 10 + 4 + key.blob.count + 4 + 3
    let reserved = Array(blob[..<start]) + [0, 0, 0, 1, 0x78] + blob[(start + 4)...]
    #expect(try keygen.accepts(armored(reserved), over: message, by: key))
    #expect(throws: SignatureError.reservedNotEmpty) { try SSHSignature(blob: reserved) }
    var version = blob
    version[9] = 0
    #expect(try keygen.accepts(armored(version), over: message, by: key))
    #expect(throws: SignatureError.unsupportedVersion(0)) { try SSHSignature(blob: version) }
  }

  @Test("an envelope's signature is what ssh-keygen makes over the same bytes")
  func envelope() throws {
    let keygen = try Keygen()
    _ = try keygen.makeKey(["-t", "ed25519"])
    let ours = try PrivateKey(openSSH: keygen.sandbox.read("key"))
    let payload = Array(#"{"_type":"x"}"#.utf8)
    let encoded = Envelope.preAuthenticationEncoding(payload: payload)
    let theirs = try keygen.sign(encoded, namespace: "review@hookkit")
    // Ed25519 is deterministic (RFC 8032), so the two must be the same bytes.
    #expect(try ours.sign(encoded, namespace: .review) == theirs)
    let envelope = try Envelope(
      payload: payload, signatures: [.init(SSHSignature(armored: theirs))])
    #expect(try envelope.verify(envelope.signatures[0], namespace: .review) == .software)
  }

  /// The armour of bytes that need not be a signature.
  private func armored(_ blob: [UInt8]) -> [UInt8] {
    var text = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
    var rest = Base64.encode(blob)[...]
    while !rest.isEmpty {
      text += rest.prefix(70) + [0x0a]
      rest = rest.dropFirst(70)
    }
    return text + Array("-----END SSH SIGNATURE-----\n".utf8)
  }
}

@Suite("Keys as ssh-keygen reads and writes them")
struct SignatureKeyTests {
  @Test(
    "ssh-keygen reads the server's key and signs with it as we do", arguments: ["", "a b", "é"])
  func ours(comment: String) throws {
    let keygen = try Keygen()
    let key = try PrivateKey.generate()
    try keygen.sandbox.write(key.openSSHText(comment: comment), to: "key", mode: 0o600)
    let shown = try keygen.sandbox.run(["ssh-keygen", "-y", "-f", keygen.sandbox.path("key")])
    try #require(shown.succeeded)
    #expect(try PublicKey(authorizedKey: shown.stdout) == key.publicKey)
    let message = Array("landed".utf8)
    let signature = try key.sign(message, namespace: .landing)
    #expect(try keygen.sign(message, namespace: "landing@hookkit") == signature)
    #expect(
      try keygen.accepts(
        signature, over: message, by: key.publicKey, namespace: "landing@hookkit"))
  }

  @Test("we read the key files that ssh-keygen makes, and no others than plain ed25519")
  func theirs() throws {
    for comment in ["", "a", "ab c", "0123456789"] {
      let keygen = try Keygen()
      let key = try keygen.makeKey(["-t", "ed25519"], comment: comment)
      #expect(try PrivateKey(openSSH: keygen.sandbox.read("key")).publicKey == key)
    }
    let keygen = try Keygen()
    _ = try keygen.makeKey(["-t", "ecdsa"])
    #expect(throws: KeyError.unsupportedPrivateKey(Array("ecdsa-sha2-nistp256".utf8))) {
      try PrivateKey(openSSH: keygen.sandbox.read("key"))
    }
    let locked = try keygen.sandbox.run(
      [
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "passphrase", "-f",
        keygen.sandbox.path("locked"),
      ])
    try #require(locked.succeeded)
    #expect(throws: KeyError.encrypted) {
      try PrivateKey(openSSH: keygen.sandbox.read("locked"))
    }
  }

  @Test("ssh-keygen gives security keys the fingerprint that we give them")
  func securityKeys() throws {
    let keygen = try Keygen()
    for key in [try SoftwareSecurityKey.ed25519(), try SoftwareSecurityKey.ecdsa()] {
      try keygen.sandbox.write("\(key.authorizedKeyText)\n", to: "sk.pub")
      let listed = try keygen.sandbox.run(
        ["ssh-keygen", "-l", "-f", keygen.sandbox.path("sk.pub")])
      #expect(listed.value.split(separator: " ")[1] == key.publicKey.fingerprint)
    }
  }
}
