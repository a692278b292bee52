package import Primitives
internal import Signing

/// A server repository that hookkit guards with its real hooks, and a clone in which people and agents
/// work; pushes go over git's file transport and name their pusher in `HOOKKIT_PUSHER`.
///
/// `main` stands at ``base``, which was there before the hooks were. Everyone of ``Actor`` is enrolled
/// but the stranger. It holds on to its sandbox.
package struct GuardedServer: Sendable {
  package let sandbox: Sandbox
  /// The bare repository on the server.
  package let repository: TestRepository
  /// A clone with everybody's keys, for tests in which it does not matter whose folder it is.
  package let work: TestRepository
  package let roster: Roster
  /// Where `main` stood when the guard was set up.
  package let base: ObjectID

  /// The hooks of an ordinary installation.
  package static let hooks = [
    "pre-receive", "proc-receive", "reference-transaction", "post-receive",
  ]
  /// What the policy calls the repository.
  package static let name = "git.example.org/app"

  /// Sets a server up.
  ///
  /// - Parameters:
  ///   - policy: The repository layer, given the keys of everyone; `nil` writes none.
  ///   - files: What `main` holds at first, by path.
  ///   - hooks: The hooks to link; see ``hooks``.
  ///   - procReceiveRefs: Values of `receive.procReceiveRefs`.
  ///   - options: Given to `git init`.
  package init(
    in sandbox: Sandbox? = nil, policy: ((Roster) -> String)? = { $0.policy() },
    files: [String: TreeChange] = [:], hooks: [String] = Self.hooks,
    procReceiveRefs: [String] = ["refs"], name: String = "server.git"
  ) throws {
    let sandbox = try sandbox ?? Sandbox()
    self.sandbox = sandbox
    roster = try Roster(in: sandbox)
    repository = try sandbox.bareRepository(name)
    base = try repository.commit(
      "Start",
      ["README": "hello\n", "src/main.c": "int main(void) { return 0; }\n"]
        .merging(files) { $1 }, author: roster[.dana])
    work = try sandbox.clone(repository, "work-\(name)")
    try repository.git("config", "receive.advertisePushOptions", "true")
    // git's own refusal must not be taken for hookkit's.
    try repository.git("config", "receive.denyDeleteCurrent", "ignore")
    for value in procReceiveRefs {
      try repository.git("config", "--add", "receive.procReceiveRefs", value)
    }
    try write("local\n", to: "host")
    try write(roster.serverKey.openSSHText(comment: "server"), to: "server-key")
    if let policy { try write(policy(roster), to: "policy.toml") }
    for hook in hooks { try link(hook) }
  }

  /// Links a hook to the executable under test, as `hookkit install` would start it.
  package func link(_ hook: String) throws {
    let target = try Executables.hook(hook, in: sandbox)
    let path = "\(repository.path)/hooks/\(hook)"
    let made = try sandbox.run(["ln", "-sfn", target, path])
    guard made.succeeded else { throw UnexpectedOutcome("a link", made) }
  }

  /// Takes a hook away.
  package func unlink(_ hook: String) throws {
    let gone = try sandbox.run(["rm", "-f", "\(repository.path)/hooks/\(hook)"])
    guard gone.succeeded else { throw UnexpectedOutcome("a file taken away", gone) }
  }

  /// Writes a file of the server's own folder, such as `policy.toml`.
  package func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    try Sandbox.writeFile(bytes, to: "\(repository.gitDirectory)/hookkit/\(name)", mode: 0o600)
  }

  /// A clone of an actor's own, `clone-<name>`, made when it is first asked for.
  package func clone(of actor: Actor) throws -> TestRepository {
    let name = "clone-\(actor.rawValue)"
    guard !sandbox.exists(name) else {
      return TestRepository(sandbox: sandbox, path: sandbox.path(name), isBare: false)
    }
    let clone = try sandbox.clone(repository, name)
    let person = roster[actor]
    try clone.git("config", "user.name", person.name)
    try clone.git("config", "user.email", person.email)
    if let key = person.key { try clone.git("config", "user.signingkey", key.path) }
    return clone
  }

  // MARK: Pushing

  /// A commit by anyone on top of another (``base`` when left out); nothing is pushed.
  package func commit(
    _ message: String = "Change", _ changes: [String: TreeChange] = ["change": "1"],
    by actor: Actor, on parents: ObjectID..., signed: Bool = false
  ) throws -> ObjectID {
    try work.commit(
      message, changes, on: nil, author: roster[actor], signedBy: signed ? roster[actor] : nil,
      parents: parents.isEmpty ? [base] : parents)
  }

  /// What the environment of a push says about who pushes.
  package func environment(as actor: Actor) -> [String: String] {
    actor.account.map { ["HOOKKIT_PUSHER": $0] } ?? [:]
  }

  /// Runs `git push` from ``work`` (or another clone) to this server.
  ///
  /// - Parameter arguments: Refspecs, and options before them.
  package func push(
    as actor: Actor, _ arguments: String..., from clone: TestRepository? = nil,
    env: [String: String] = [:], timeLimit: Double = 120
  ) throws -> Outcome {
    try sandbox.run(
      ["git", "push", repository.path] + arguments, in: (clone ?? work).path,
      env: environment(as: actor).merging(env) { $1 }, timeLimit: timeLimit)
  }

  /// Pushes and requires that it succeeds.
  @discardableResult
  package func pushed(
    as actor: Actor, _ arguments: String..., from clone: TestRepository? = nil
  ) throws -> Outcome {
    let outcome = try sandbox.run(
      ["git", "push", repository.path] + arguments, in: (clone ?? work).path,
      env: environment(as: actor), timeLimit: 120)
    guard outcome.succeeded else { throw UnexpectedOutcome("a push that lands", outcome) }
    return outcome
  }

  /// Speaks git's push protocol by hand, so that commands can be had which `git push` would not send:
  /// each is a whole pkt-line, such as `<old> <new> <ref>`; capabilities go behind the first.
  ///
  /// - Parameter objects: What goes into the pack: revisions of ``work`` as `git rev-list` takes them.
  package func rawPush(
    as actor: Actor, commands: [[UInt8]], objects: [String],
    capabilities: String = Self.capabilities, env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.run(
      ["git", "receive-pack", repository.path],
      stdin: pushInput(commands, objects: objects, capabilities: capabilities),
      env: environment(as: actor).merging(env) { $1 })
  }

  package static let capabilities = "report-status-v2 side-band-64k object-format=sha1"

  /// What a client sends in ``rawPush(as:commands:objects:capabilities:env:)``.
  package func pushInput(
    _ commands: [[UInt8]], objects: [String], capabilities: String = Self.capabilities
  ) throws -> [UInt8] {
    var input: [UInt8] = []
    for (number, command) in commands.enumerated() {
      input += packet(number == 0 ? command + [0] + Array(" \(capabilities)".utf8) : command)
    }
    input += Array("0000".utf8)
    guard !objects.isEmpty else { return input }
    return try input
      + work.git(
        ["pack-objects", "--stdout", "--revs", "-q"],
        stdin: Array(objects.map { "\($0)\n" }.joined().utf8)
      ).stdout
  }

  // MARK: Reading

  /// Where a reference of the server stands; `nil` when it is not there.
  package func tip(_ ref: String = "refs/heads/main") throws -> ObjectID? {
    try repository.id(ref)
  }

  /// The journal's records, the oldest first.
  package func journal() throws -> [JSON] {
    let path = "\(repository.gitDirectory)/hookkit/journal"
    guard try sandbox.run(["test", "-e", path]).succeeded else { return [] }
    return try sandbox.run(["cat", path]).stdout.split(separator: 0x0a).map {
      try JSON(reading: Array($0))
    }
  }
}

extension Outcome {
  /// What the server said, in one line: git puts `remote:` before each of its lines, and long ones are
  /// folded.
  package var remoteWords: String {
    errors.replacing("remote: ", with: "").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// The codes (`HK101`) that the command has shown, each once, in their order.
  package var codes: [String] {
    var found: [String] = []
    for word in (errors + output).split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    where word.count == 5 && word.hasPrefix("HK") && word.dropFirst(2).allSatisfy(\.isNumber) {
      if !found.contains(String(word)) { found.append(String(word)) }
    }
    return found
  }
}
