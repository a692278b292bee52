internal import Primitives
package import Signing

extension Roster {
  /// A rule that holds agents' changes of dependency files on every branch.
  package static let quarantine = """
    [[quarantine]]
    refs = ["refs/heads/**"]
    by = "agents"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config"]
    """
}

extension GuardedServer {
  /// A package-lock.json with one package.
  package static func lock(
    host: String = "registry.example", version: String = "7.0.0"
  ) -> TreeChange {
    .text(lockText(host: host, version: version))
  }

  /// The same as text.
  package static func lockText(
    host: String = "registry.example", version: String = "7.0.0"
  ) -> String {
    let digest = String(repeating: String(version.suffix(1)), count: 86)
    return """
      {
        "name": "app",
        "lockfileVersion": 3,
        "packages": {
          "": {
            "dependencies": {
              "is-number": "^7.0.0"
            }
          },
          "node_modules/is-number": {
            "version": "\(version)",
            "resolved": "https://\(host)/is-number/-/is-number-\(version).tgz",
            "integrity": "sha512-\(digest)=="
          }
        }
      }

      """
  }

  /// The names of what the server holds.
  package func holds() throws -> [String] {
    try repository.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/quarantine/").output
      .split(separator: "\n").map(String.init)
  }

  /// An answer to a change of one file that waits, as a file of the ledger.
  ///
  /// - Parameters:
  ///   - edit: makes another statement of the honest one.
  package func answer(
    _ statement: ReleaseStatement, by signer: Signer,
    namespace: String = SignatureNamespace.release.rawValue
  ) throws -> [String: TreeChange] {
    let envelope = try envelope(statement.statement.serialized, by: [signer], namespace: namespace)
    let key = envelope.signatures.first.map { Digest.sha256($0.publicKey.blob).prefix(8) } ?? []
    let name = "\(Hex.string(envelope.payloadDigest))-\(Hex.string(key)).dsse"
    let commit = statement.new.hex
    return [
      "releases/\(commit.prefix(2))/\(commit)/\(name)": .file(envelope.serialized)
    ]
  }
}
