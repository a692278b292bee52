internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives

/// `hookkit doctor --probe`: pushes a made-up agent's commit at a copy of the server's repository and
/// looks whether it is refused.
///
/// The copy is a bare clone that borrows the objects, with the repository's configuration, its shims
/// and its `hookkit/` settings; the references of the real one are only read. Chained hooks are other
/// people's programs and are not run.
struct Probe {
  let site: InstallSite
  private let environment: Environment

  init(at site: InstallSite, environment: Environment) {
    self.site = site
    self.environment = environment
  }

  /// What is pushed: an agent by its author's name, from nobody who is known.
  private static let author = ("Claude", "noreply@anthropic.com")
  /// Files of `$GIT_DIR/hookkit` that decide; journal, receipts and cache of the copy are its own.
  private static let settings = ["policy.toml", "organisation", "host", "server-key"]

  func run() -> Diagnosis {
    do {
      return try attempt()
    } catch is PolicyInForce.Problem {
      return Diagnosis(
        .probe, .unknown, "without a policy that can be read there is nothing to probe")
    } catch {
      return Diagnosis(.probe, error)
    }
  }

  private func attempt() throws -> Diagnosis {
    guard let (ref, tip) = try target() else {
      return Diagnosis(
        .probe, .unknown, "no rule guards a branch by its name, so there is nothing to probe")
    }
    let scratch = try ScratchFolder(in: environment["TMPDIR"] ?? "/tmp")
    defer { scratch.remove() }
    let server = try copy(to: "\(scratch.path)/server.git")
    let pusher = try pusher(in: "\(scratch.path)/pusher.git")
    let message = ["-m", "A probe by hookkit doctor"]
    let words =
      if let tip { ["-p", tip.hex] + message + ["\(tip.hex)^{tree}"] } else {
        // The first commit of a repository that holds nothing yet.
        message + [try pusher.value("mktree")]
      }
    let made = try pusher.run(["commit-tree"] + words)
    let commit = String(decoding: made.prefix { $0 != 0x0a }, as: UTF8.self)
    let name = String(decoding: ref.bytes, as: UTF8.self)
    let push = try pusher.attempt(
      ["push", "--porcelain", server.directory, "\(commit):\(name)"], seconds: 600)
    let now = try server.attempt(["rev-parse", "--verify", "--quiet", name]).output
      .prefix { $0 != 0x0a }
    return verdict(on: ref, push, isMoved: !now.elementsEqual((tip?.hex ?? "").utf8))
  }

  /// The branch that HEAD names if it is protected, else the first protected one, and where it stands;
  /// where there is none yet, one that a rule names.
  private func target() throws -> (ref: RefName, tip: ObjectID?)? {
    let server = ServerRepository(
      gitDirectory: site.gitDirectory, quarantine: nil, environment: environment)
    let surroundings = try server.surroundings()
    let policy = try PolicyInForce(in: surroundings).policy
    let branches = try surroundings.references.list(prefix: Array("refs/heads/".utf8))
      .filter { policy.isProtected($0.name) }
    let head = try surroundings.references.head()
    if let found = branches.first(where: { $0.name == head }) ?? branches.first {
      return (found.name, found.id)
    }
    if let head, policy.isProtected(head) { return (head, nil) }
    return policy.protections.flatMap(\.refs).filter(\.isLiteral).map { RefName($0.bytes) }
      .first(where: \.isBranch).map { ($0, nil) }
  }

  // MARK: The two repositories

  private func copy(to path: String) throws -> GitCommand {
    let folder = try HooksFolder(of: .server, on: site.host(), at: site)
    try site.git.run(
      ["clone", "--quiet", "--mirror", "--shared", "--template=", "--", site.gitDirectory, path],
      seconds: 600)
    let head = try FileBytes.read("\(site.gitDirectory)/HEAD", limit: 4096)
    let hooks = "\(path)/hooks"
    // What the real one includes counts from the real one's folder; what stands behind it wins.
    let configuration = """
      [include]
      \tpath = \(Self.quoted("\(site.gitDirectory)/config"))
      [core]
      \trepositoryformatversion = 0
      \tbare = true
      \thooksPath = \(Self.quoted(hooks))

      """
    try FileBytes.replace("\(path)/HEAD", with: head)
    try FileBytes.replace("\(path)/config", with: Array(configuration.utf8))
    try FileBytes.makeFolder(hooks)
    try FileBytes.makeFolder("\(path)/hookkit", mode: 0o700)
    for name in Self.settings {
      let source = "\(site.gitDirectory)/hookkit/\(name)"
      guard let bytes = try FileBytes.readIfPresent(source, limit: 1 << 24) else { continue }
      try FileBytes.replace("\(path)/hookkit/\(name)", with: bytes, mode: 0o600)
    }
    for hook in Shim.Hook.allCases where hook.isServerSide {
      guard case .shim = try folder.standing(of: hook) else { continue }
      let source = folder.path(of: hook)
      try FileBytes.replace(
        "\(hooks)/\(hook.rawValue)", with: FileBytes.read(source, limit: 1 << 16),
        mode: FileStatus(source)?.mode ?? 0o644)
    }
    return site.git.moved(to: path)
  }

  private func pusher(in path: String) throws -> GitCommand {
    try site.git.run(["init", "--quiet", "--bare", "--template=", "--", path])
    try FileBytes.makeFolder("\(path)/objects/info")
    try FileBytes.replace(
      "\(path)/objects/info/alternates", with: Array("\(site.gitDirectory)/objects\n".utf8))
    var git = site.git.moved(to: path)
    for (key, value) in [
      ("core.hooksPath", "/dev/null"), ("push.gpgSign", "false"), ("protocol.file.allow", "always"),
    ] {
      try git.run(["config", key, value])
    }
    for role in ["AUTHOR", "COMMITTER"] {
      git = git.setting("GIT_\(role)_NAME", Self.author.0).setting(
        "GIT_\(role)_EMAIL", Self.author.1)
    }
    let pushers = HostProfile.allCases.flatMap { [$0.pusherVariable, $0.sharedKeyVariable] }
    for name in pushers.compactMap(\.self) + ["HOOKKIT_POLICY"] {
      git = git.setting(name, nil)
    }
    return git
  }

  /// A value as git-config(1) reads it back.
  private static func quoted(_ value: String) -> String {
    let escaped = value.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x5c: [0x5c, byte]
      case 0x0a: Array(#"\n"#.utf8)
      default: [byte]
      }
    }
    return "\"" + String(decoding: escaped, as: UTF8.self) + "\""
  }

  // MARK: What came of it

  private func verdict(
    on ref: RefName, _ push: Subprocess.Outcome, isMoved: Bool
  ) -> Diagnosis {
    let show = Hint("what the policy asks", "hookkit", "-C", site.directory, "policy", "show")
    guard !push.succeeded, !isMoved else {
      return Diagnosis(
        .probe, .wrong, "an agent's commit, pushed by nobody who is known, was accepted on \(ref)",
        Hint("look at the rest", "hookkit", "doctor", "--server", site.directory), show)
    }
    let status = push.output.split(separator: 0x0a).first { $0.first == 0x21 }
    let reason = Self.reason(in: status ?? [])
    guard let code = Self.code(in: status ?? []) ?? Self.code(in: push.errors[...]) else {
      let words = reason ?? GitCommand.failure(push).headline
      return Diagnosis(.probe, .wrong, "the probe was refused, but not by hookkit: \(words)")
    }
    // HK8 and HK9 refuse everybody's push: the gate is shut, but it does not judge.
    guard ["HK1", "HK2", "HK3", "HK4", "HK5"].contains(where: code.hasPrefix) else {
      return Diagnosis(
        .probe, .wrong, "the gate refuses everything: \(code)",
        Hint("why", "hookkit", "explain", code))
    }
    return Diagnosis(.probe, .well, "an agent's commit pushed to \(ref) was refused: \(code)")
  }

  /// What git shows in parentheses behind a rejected reference.
  private static func reason(in line: ArraySlice<UInt8>) -> String? {
    guard let open = line.firstIndex(of: 0x28) else { return nil }
    return Escaped.text(line[(open + 1)...].prefix { $0 != 0x29 })
  }

  /// The first word that is a code of ours.
  private static func code(in bytes: ArraySlice<UInt8>) -> String? {
    let words = bytes.split { !(0x30...0x39).contains($0) && !(0x41...0x5a).contains($0) }
    return words.first {
      $0.count == 5 && $0.starts(with: "HK".utf8) && $0.dropFirst(2).allSatisfy { $0 < 0x40 }
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}
