import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

extension GuardedServer {
  /// Every reference with its value, read without looking at objects, so that it works in a broken
  /// repository too.
  func standing() throws -> String {
    try pushable().map { "\($0.key) \($0.value)\n" }.sorted().joined()
  }

  /// The references, but for what the server alone writes: any connection may be the one that puts the
  /// policy on record.
  func pushable() throws -> [String: ObjectID] {
    try repository.references().filter {
      !["refs/hookkit/policy", "refs/hookkit/landings"].contains($0.key)
    }
  }

  /// Requires that what is tried fails by itself, with exactly these codes, and moves nothing.
  @discardableResult
  func expectShut(
    _ codes: String..., sourceLocation: SourceLocation = #_sourceLocation,
    _ attempt: () throws -> Outcome
  ) throws -> Outcome {
    let before = try standing()
    let outcome = try attempt()
    #expect(
      outcome.exit != nil && outcome.exit != 0 && !outcome.timedOut, "\(outcome)",
      sourceLocation: sourceLocation)
    #expect(outcome.codes == codes, "\(outcome)", sourceLocation: sourceLocation)
    #expect(try standing() == before, "\(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs a server hook as git would start it for a push, with these bytes as its input.
  func hook(
    _ name: String, _ arguments: String..., stdin: [UInt8] = [], as actor: Actor = .dana,
    env: [String: String] = [:], unset: Set<String> = []
  ) throws -> Outcome {
    try hook([name] + arguments, stdin: stdin, as: actor, env: env, unset: unset)
  }

  /// The same with its name and arguments in one list.
  func hook(
    _ words: [String], stdin: [UInt8] = [], as actor: Actor = .dana, env: [String: String] = [:],
    unset: Set<String> = []
  ) throws -> Outcome {
    try sandbox.run(
      [Executables.hook(words[0], in: sandbox)] + words.dropFirst(), in: repository.path,
      stdin: stdin,
      env: environment(as: actor).merging(["GIT_DIR": "."]) { $1 }.merging(env) { $1 },
      unset: unset)
  }

  /// Takes a hook's place with a shell script; `$HOOK` in it is the hook that stood there.
  func wrap(_ hook: String, _ script: String) throws {
    try unlink(hook)
    let own = try Executables.hook(hook, in: sandbox)
    try repository.writeHook(hook, "#!/bin/sh\nHOOK='\(own)'\n\(script)\n")
  }

  /// Requires that a clone finds nothing wrong with what the server has recorded.
  func expectVerified(
    _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let name = "auditor-\(try sandbox.run(["date", "+%N"]).value)"
    let clone = try sandbox.clone(repository, name)
    try clone.git("fetch", "--quiet", "origin", "+refs/hookkit/*:refs/hookkit/remotes/origin/*")
    let verified = try sandbox.hookkit("-C", clone.path, "verify")
    #expect(verified.succeeded, "\(comment) \(verified)", sourceLocation: sourceLocation)
  }

  /// A commit of an agent's, made in ``work`` on `main`.
  func agentsCommit(_ file: String = "agent") throws -> ObjectID {
    try work.commit("work of an agent\n", [file: "1\n"], author: roster[.codex])
  }

  /// A commit of a person's, made in ``work`` on `main`.
  @discardableResult
  func persons(
    _ file: String, by actor: Actor = .dana, signed: Bool = false
  ) throws -> ObjectID {
    try work.commit(
      "work of a person\n", [file: "1\n"], author: roster[actor],
      signedBy: signed ? roster[actor] : nil)
  }

  /// The journal read as `hookkit log` reads it.
  func entries() throws -> [Journal.Entry] {
    try Journal(ServerState(gitDirectory: repository.gitDirectory)).entries()
  }

  /// The landings that the server has recorded, the oldest first, without what stood there before.
  func landings() throws -> [LandingStatement] {
    let objects = try ObjectStore(gitDirectory: repository.gitDirectory)
    return try Landings(objects: objects).chain(from: tip("refs/hookkit/landings"))
      .map(\.statement).filter { $0.kind == .landing }.reversed()
  }

  /// The verdicts of the journal, such as `allow refs/heads/main`.
  func verdicts() throws -> [String] {
    try journal().map { "\($0["verdict"]?.string ?? "?") \($0["ref"]?.string ?? "?")" }
  }
}

extension Sandbox {
  /// Runs a few lines of shell and requires that they succeed.
  @discardableResult
  func shell(_ script: String, in directory: String? = nil) throws -> Outcome {
    let outcome = try run(["sh", "-ec", script], in: directory)
    guard outcome.succeeded else { throw UnexpectedOutcome("success", outcome) }
    return outcome
  }
}

extension TestRepository {
  /// Adds many commits in a row to `main`, each with a file of its own.
  func addCommits(_ count: Int, by person: TestPerson) throws {
    let tip = try git("rev-parse", "--verify", "refs/heads/main").value
    var stream = ""
    for number in 0..<count {
      stream += """
        commit refs/heads/main
        committer \(person.name) <\(person.email)> \(sandbox.now + number) +0000
        data 5
        work
        \(number == 0 ? "from \(tip)\n" : "")M 100644 inline many/\(number)
        data \("\(number)\n".utf8.count)
        \(number)

        """
    }
    try git("fast-import", "--quiet", stdin: Array(stream.utf8))
  }

  /// Stores a commit of exactly these bytes, valid or not, and lets `main` stand at it.
  @discardableResult
  func rawCommit(_ bytes: [UInt8]) throws -> ObjectID {
    let id = try object("commit", bytes)
    // `git update-ref` would refuse some of these.
    try Sandbox.writeFile(Array("\(id)\n".utf8), to: "\(gitDirectory)/refs/heads/main")
    return id
  }
}

/// What somebody sees who types some commands, one behind the other.
struct Transcript {
  private(set) var text = ""

  /// Adds a command with all that it printed; git pads `remote:` lines with spaces, which are left out.
  mutating func add(_ command: String, _ outcome: Outcome) {
    let printed = (outcome.errors + outcome.output)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
      .joined(separator: "\n")
    text += "$ \(command)\n\(printed)\(outcome.ending)\n\n"
  }
}
