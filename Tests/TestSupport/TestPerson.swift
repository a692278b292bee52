/// Somebody, or something, who writes commits in a test.
package struct TestPerson: Sendable, Hashable {
  package let name: String
  package let email: String
  /// The key that signs what they sign, when they have one.
  package let key: TestKey?

  package init(_ name: String, email: String? = nil, key: TestKey? = nil) {
    self.name = name
    self.email = email ?? "\(name.lowercased())@example.org"
    self.key = key
  }
}

/// One SSH key pair on disk, made by ssh-keygen.
package struct TestKey: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case ed25519
    case ecdsa256
    case ecdsa384
    case ecdsa521
    case rsa

    var arguments: [String] {
      switch self {
      case .ed25519: ["-t", "ed25519"]
      case .ecdsa256: ["-t", "ecdsa", "-b", "256"]
      case .ecdsa384: ["-t", "ecdsa", "-b", "384"]
      case .ecdsa521: ["-t", "ecdsa", "-b", "521"]
      case .rsa: ["-t", "rsa", "-b", "2048"]
      }
    }
  }

  package let kind: Kind
  /// The absolute path of the private key; the public key is beside it with `.pub`.
  package let path: String
  /// The public key as `authorized_keys` and a policy hold it: kind, base64, comment.
  package let publicLine: String
  /// `SHA256:...`, as ssh-keygen prints it.
  package let fingerprint: String

  package var publicPath: String { "\(path).pub" }
}

extension Sandbox {
  /// Makes a key pair without a passphrase, `keys/<name>`.
  package func key(_ name: String, _ kind: TestKey.Kind = .ed25519) throws -> TestKey {
    let path = "\(try makeFolder("keys"))/\(name)"
    let made = try run(
      ["ssh-keygen", "-q", "-N", "", "-C", name, "-f", path] + kind.arguments)
    guard made.succeeded else { throw UnexpectedOutcome("a key", made) }
    let listed = try run(["ssh-keygen", "-l", "-f", "\(path).pub"])
    let words = listed.value.split(separator: " ")
    guard listed.succeeded, words.count >= 2 else {
      throw UnexpectedOutcome("a fingerprint", listed)
    }
    let line = try text("keys/\(name).pub").split(separator: "\n").first.map(String.init) ?? ""
    return TestKey(kind: kind, path: path, publicLine: line, fingerprint: String(words[1]))
  }

  /// Makes a person with a key of their own: "dana" is `dana <dana@example.org>` with `keys/dana`.
  package func person(_ name: String, _ kind: TestKey.Kind = .ed25519) throws -> TestPerson {
    TestPerson(name, key: try key(name, kind))
  }
}
