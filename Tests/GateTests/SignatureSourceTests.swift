import Foundation
import Gate
import Primitives
import TestSupport
import Testing

/// Keys that come from beside the policy: an OpenPGP keyring and the signal catalog.
@Suite struct SignatureSourceTests {
  // MARK: OpenPGP

  /// gpg with a home of its own; its agent is stopped with the last copy.
  private final class Keyring {
    let sandbox: Sandbox
    let home: String

    init(in sandbox: Sandbox) throws {
      self.sandbox = sandbox
      home = try sandbox.makeFolder("gnupg")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home)
    }

    deinit {
      _ = try? sandbox.run(["gpgconf", "--homedir", home, "--kill", "all"])
    }

    func gpg(_ arguments: [String], stdin: [UInt8]? = nil) throws -> [UInt8] {
      let outcome = try sandbox.run(
        ["gpg", "--homedir", home, "--batch", "--no-tty", "--yes", "--passphrase", ""] + arguments,
        stdin: stdin)
      guard outcome.succeeded else { throw UnexpectedOutcome("success", outcome) }
      return outcome.stdout
    }

    /// The fingerprints of a key made now, or at another time: the primary's, then its subkeys'.
    func key(
      _ name: String, expires: String = "never", at time: String? = nil, subkey: Bool = false
    ) throws -> [String] {
      let clock = time.map { ["--faked-system-time", $0] } ?? []
      _ = try gpg(clock + ["--quick-gen-key", name, "ed25519", "sign", expires])
      func fingerprints() throws -> [String] {
        String(decoding: try gpg(["--with-colons", "--list-keys", "=\(name)"]), as: UTF8.self)
          .split(separator: "\n").filter { $0.hasPrefix("fpr:") }
          .map { String($0.split(separator: ":")[1]) }
      }
      if subkey {
        _ = try gpg(clock + ["--quick-add-key", fingerprints()[0], "ed25519", "sign", expires])
      }
      return try fingerprints()
    }

    func sign(_ payload: [UInt8], by key: String, at time: String? = nil) throws -> [UInt8] {
      let clock = time.map { ["--faked-system-time", $0] } ?? []
      return try gpg(
        clock + ["--armor", "--detach-sign", "--local-user", "\(key)!"], stdin: payload)
    }

    /// The public keys, as the administrator puts them on the server.
    func export() throws {
      try sandbox.write(gpg(["--export"]), to: "keyring.gpg")
    }
  }

  private static func bench(_ sandbox: Sandbox, dana: [String]) throws -> GateBench {
    let list = dana.map { "\"\($0)\"" }.joined(separator: ", ")
    return try GateBench(
      GateBench.rule(), top: "openpgp-keyring = \"\(sandbox.path("keyring.gpg"))\"",
      adding: [.dana: "openpgp = [\(list)]"], in: sandbox)
  }

  /// An unsigned commit of the stranger's, and the same with a signature header.
  private static func commit(
    _ bench: GateBench, _ file: String, _ sign: ([UInt8]) throws -> [UInt8]
  ) throws -> ObjectID {
    let plain = try bench.commit(.stranger, [file: "1"])
    let payload = try bench.work.contents("commit", plain.hex)
    let armour = String(decoding: try sign(payload), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().joined(separator: "\n ")
    let text = String(decoding: payload, as: UTF8.self)
    let end = try #require(text.range(of: "\n\n"))
    return try bench.work.object(
      "commit",
      Array((text[..<end.lowerBound] + "\ngpgsig \(armour)" + text[end.lowerBound...]).utf8))
  }

  @Test("a person's OpenPGP signature counts by the primary key's fingerprint")
  func openPGP() throws {
    let sandbox = try Sandbox()
    let keyring = try Keyring(in: sandbox)
    let own = try keyring.key("Dana <dana@example.org>", subkey: true)
    let rival = try keyring.key("Dana Rival <dana@example.org>")
    #expect(own.count == 2)
    try keyring.export()
    // An enrolled person whose key is in the keyring; one whose name alone is like hers; nobody's.
    let bench = try Self.bench(sandbox, dana: [own[0]])
    for key in own {
      let commit = try Self.commit(bench, key) { try keyring.sign($0, by: key) }
      #expect(try bench.judge(commit, by: .erin).verdict == .allow)
      #expect(
        try bench.work.attempt(
          "-c", "gpg.format=openpgp", "verify-commit", commit.hex, env: ["GNUPGHOME": keyring.home]
        ).succeeded)
    }
    let other = try Self.commit(bench, "o") { try keyring.sign($0, by: rival[0]) }
    #expect(try bench.judge(other, by: .erin).codes == ["HK101"])
    let stolen = try Self.commit(bench, "s") { _ in
      try keyring.sign(Array("something else".utf8), by: own[0])
    }
    #expect(try bench.judge(stolen, by: .erin).codes == ["HK101"])
    let double = try Self.commit(bench, "d") {
      try keyring.sign($0, by: own[0]) + keyring.sign($0, by: rival[0])
    }
    #expect(try bench.judge(double, by: .erin).codes == ["HK101"])
    // Without the keyring the same signatures count for nothing, and nothing is undecided.
    let without = try Self.commit(bench, "w") { try keyring.sign($0, by: own[0]) }
    try bench.server.write(
      bench.server.roster.policy(
        rules: GateBench.rule(), adding: [.dana: "openpgp = [\"\(own[0])\"]"]),
      to: "policy.toml")
    #expect(try bench.judge(without, by: .erin).codes == ["HK101"])
  }

  @Test("an expired, a revoked and an unknown OpenPGP key sign for nobody")
  func openPGPEnded() throws {
    let sandbox = try Sandbox()
    let keyring = try Keyring(in: sandbox)
    let then = "20200101T000000"
    let expired = try keyring.key("Expired <a@example.org>", expires: "1d", at: then)[0]
    let revoked = try keyring.key("Revoked <b@example.org>")[0]
    let good = try keyring.key("Good <c@example.org>")[0]
    let unknown = try keyring.key("Unknown <d@example.org>")[0]
    let bench = try Self.bench(sandbox, dana: [expired, revoked, good, unknown])
    let commits = try [
      Self.commit(bench, "e") { try keyring.sign($0, by: expired, at: "20200101T010000") },
      Self.commit(bench, "r") { try keyring.sign($0, by: revoked) },
      Self.commit(bench, "u") { try keyring.sign($0, by: unknown) },
      Self.commit(bench, "g") { try keyring.sign($0, by: good) },
    ]
    let certificate = try sandbox.text("gnupg/openpgp-revocs.d/\(revoked).rev")
      .replacing(":-----BEGIN", with: "-----BEGIN")
    _ = try keyring.gpg(["--import"], stdin: Array(certificate.utf8))
    _ = try keyring.gpg(["--delete-secret-and-public-key", unknown])
    try keyring.export()
    let verdicts = try commits.map { try bench.judge($0, by: .erin).codes }
    #expect(verdicts == [["HK101"], ["HK101"], ["HK101"], []])
  }

  @Test("a keyring that is not there leaves every OpenPGP signature unknown")
  func missingKeyring() throws {
    let sandbox = try Sandbox()
    let keyring = try Keyring(in: sandbox)
    let key = try keyring.key("Dana <dana@example.org>")[0]
    let bench = try Self.bench(sandbox, dana: [key])
    let commit = try Self.commit(bench, "a") { try keyring.sign($0, by: key) }
    #expect(try bench.judge(commit, by: .erin).verdict != .allow)
  }

  // MARK: Catalogs

  private static func catalog(_ entries: String) -> String {
    """
    {"schema": "hookkit.signals/1", "date": "2026-01-01", "entries": [
    \(entries)
    ]}
    """
  }

  private static func house(_ key: TestKey?, revoked: Bool = false) -> String {
    let key = key.map {
      """
      , "keys": [{"fingerprint": "\($0.fingerprint)", "public-key": "\($0.publicLine)",
      "revoked": \(revoked)}]
      """
    }
    return """
      {"id": "house", "name": "House Agent", "class": "agent", "emails": ["agent@house.example"]
      \(key ?? "")}
      """
  }

  private static func bench(
    _ sandbox: Sandbox, _ text: String, mode: String? = nil
  ) throws -> GateBench {
    let path = try sandbox.write(text, to: "signals.json")
    let mode = mode.map { "mode = \"\($0)\"" } ?? ""
    return try GateBench(
      GateBench.rule(), top: "[signals]\ncatalog = \"\(path)\"\n\(mode)", in: sandbox)
  }

  @Test("a commit signed with a vendor's key is the vendor's agent's, whoever it says wrote it")
  func vendorKey() throws {
    let sandbox = try Sandbox()
    let vendor = try sandbox.key("vendor")
    for revoked in [false, true] {
      let bench = try Self.bench(
        try Sandbox(), Self.catalog(Self.house(vendor, revoked: revoked)))
      let commit = try bench.work.commit(
        "Work\n", ["a": "1"], on: nil, author: bench.server.roster[.dana],
        signedBy: TestPerson("vendor", key: vendor), parents: [bench.base])
      let judgement = try bench.judge(commit)
      #expect(judgement.codes == ["HK101"])
      #expect(judgement.words.contains("signed by a key of House Agent") != revoked)
      #expect(judgement.words.contains("not signed by a known key") == revoked)
    }
  }

  @Test("an administrator's catalog adds to the built-in one, or stands in its place")
  func layers() throws {
    for mode in [nil, "extend", "replace"] {
      let bench = try Self.bench(try Sandbox(), Self.catalog(Self.house(nil)), mode: mode)
      let house = try bench.work.commit(
        "Work\n", ["a": "1"], on: nil,
        author: TestPerson("x", email: "agent@house.example"),
        signedBy: bench.server.roster[.dana], parents: [bench.base])
      #expect(try bench.judge(house).words.contains("agent: House Agent, named as author"))
      let codex = try bench.commit(
        .dana, message: "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n", signed: true)
      #expect((try bench.judge(codex).verdict == .allow) == (mode == "replace"))
    }
  }

  @Test("a catalog that is missing or cannot be read leaves the push undecided")
  func unreadable() throws {
    for text in ["", "{}", Self.catalog("{}"), String(repeating: " ", count: 2 << 20)] {
      let bench = try Self.bench(try Sandbox(), text)
      let judgement = try bench.judge(bench.commit(.dana, signed: true))
      #expect(judgement.verdict == .undecided && judgement.codes == ["HK901"])
    }
    let bench = try GateBench(GateBench.rule(), top: "[signals]\ncatalog = \"/nowhere/at/all\"")
    #expect(try bench.judge(bench.commit(.dana, signed: true)).codes == ["HK901"])
  }
}
