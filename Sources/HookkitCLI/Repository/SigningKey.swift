internal import Gate
internal import Platform
internal import Primitives
internal import Report
internal import Signing

/// The key with which a person signs, named as git names the one for commits.
///
/// It is used through `ssh-keygen -Y sign`, or the program that git is told to use instead
/// (`gpg.ssh.program`), so that keys in files, in an ssh-agent and in a FIDO authenticator all work.
struct SigningKey {
  /// What the person wrote: a path, or a key itself (`key::ssh-ed25519 ...`, gitglossary of
  /// user.signingKey).
  private enum Source {
    case file(String)
    case literal(String)
  }

  private let source: Source
  private let program: String
  private let repository: LocalRepository
  private let temporaryFolder: String
  /// The public half, when it can be had without asking for anything.
  let publicKey: PublicKey?

  /// `HOOKKIT_KEY`, or else git's `user.signingkey`.
  ///
  /// - Throws: `CommandError`: none is named, or it cannot be read.
  init(of repository: LocalRepository, environment: Environment) throws {
    self.repository = repository
    temporaryFolder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    program = try repository.configuredPath("gpg.ssh.program") ?? "ssh-keygen"
    let named = environment["HOOKKIT_KEY"].flatMap { $0.isEmpty ? nil : $0 }
    guard
      let word = try named ?? repository.configuredPath("user.signingkey"),
      !word.isEmpty
    else {
      throw CommandError(
        .undecided, "no signing key configured",
        details: ["set HOOKKIT_KEY, or git's user.signingkey, to an SSH key"],
        hints: [
          .init("for example", "git", "config", "user.signingkey", "~/.ssh/id_ed25519.pub")
        ])
    }
    if word.hasPrefix("key::") || word.hasPrefix("ssh-") || word.hasPrefix("sk-")
      || word.hasPrefix("ecdsa-")
    {
      let line = word.hasPrefix("key::") ? String(word.dropFirst(5)) : word
      source = .literal(line)
      publicKey = try PublicKey(authorizedKey: Array(line.utf8))
    } else {
      source = .file(word)
      publicKey = try Self.publicKey(besides: word)
    }
  }

  /// The public key in a file, or in the one of that name with `.pub`.
  private static func publicKey(besides path: String) throws -> PublicKey? {
    guard FileBytes.kind(path) != .missing || FileBytes.kind(path + ".pub") != .missing else {
      throw CommandError(
        .undecided, "the signing key \(path.quoted) is not there",
        details: ["it is named by HOOKKIT_KEY or git's user.signingkey"])
    }
    for candidate in [path, path + ".pub"] {
      let bytes = try? FileBytes.read(candidate, limit: PublicKey.lineLimit)
      if let bytes, let key = try? PublicKey(authorizedKey: bytes) { return key }
    }
    return nil
  }

  /// Signs a message and checks what comes back.
  ///
  /// - Throws: `CommandError`: the program failed, or gave something that is no signature of this
  ///   message.
  func sign(
    _ message: [UInt8], for namespace: SignatureNamespace, on terminal: Terminal
  ) throws -> SSHSignature {
    let folder = try ScratchFolder(in: temporaryFolder)
    defer { folder.remove() }
    // In files, as git does it: a program that can sign commits can then sign this.
    let path = folder.path + "/statement"
    try FileBytes.replace(path, with: message, mode: 0o600)
    let key: String
    switch source {
    case .file(let named): key = named
    case .literal(let line):
      key = folder.path + "/key.pub"
      try FileBytes.replace(key, with: Array((line + "\n").utf8), mode: 0o600)
    }
    if publicKey?.isHardware ?? false { terminal.say("Touch the security key to sign.") }
    let child = Subprocess(
      [program, "-Y", "sign", "-n", namespace.rawValue, "-f", key, path],
      environment: repository.command([]).environment)
    let outcome = try child.run(limit: 1 << 20, seconds: 300)
    let armored = try FileBytes.readIfPresent(path + ".sig", limit: SSHSignature.limit)
    guard outcome.succeeded, let armored else {
      throw CommandError(
        .undecided, "\(program.quoted) did not sign",
        details: LocalRepository.lines(outcome.errors).prefix(6).map { Escaped.text($0) })
    }
    let signature = try SSHSignature(armored: armored)
    do throws(SignatureError) {
      _ = try signature.verify(message, namespace: namespace)
    } catch {
      throw CommandError(
        .undecided, "what \(program.quoted) signed is not valid", details: ["\(error)"])
    }
    if let publicKey, publicKey != signature.publicKey {
      throw CommandError(
        .undecided, "\(program.quoted) signed with another key",
        details: ["asked for \(publicKey)", "got       \(signature.publicKey)"])
    }
    return signature
  }
}
