import Foundation
import Gate
import Git
import Ledger
import Platform
import Policy
import Primitives
import Secrets
import Signing
import TestSupport

/// A server's repository in which the steps of an `Example` are played: commits and references by git,
/// signatures by ssh-keygen, decisions by `judge` on the server's own storage.
struct Playground {
  let sandbox: Sandbox
  let server: TestRepository
  private let roster: Roster
  private let start: ObjectID
  private var commits: [String: ObjectID] = [:]

  /// What the keys of the example's `[[protect]]` rule are unless it says otherwise.
  private static let rule = ["unverified": "\"agent\""]
  private static let review = ["of": "\"agents\"", "approvals": "1", "role": "\"reviewer\""]

  init(rule: [String] = [], quarantine: Bool = false) throws {
    sandbox = try Sandbox()
    server = try sandbox.bareRepository()
    roster = try Roster(in: sandbox)
    start = try server.commit("Start", ["README": "hello\n"])
    sandbox.advance(by: 3600)
    try sandbox.write(policyText(rule) + (quarantine ? Self.quarantine : ""), to: policyFile)
    // The machine's own organisation policy has no say here.
    try sandbox.write("\(sandbox.path(policyFile))\n", to: "server.git/hookkit/organisation")
    let repository = ServerRepository(
      gitDirectory: server.path, quarantine: nil, environment: Environment(sandbox.environment))
    try OpenServer(repository).recordStart(at: Int64(sandbox.now))
  }

  private static let quarantine = """
    [[quarantine]]
    refs = ["refs/heads/**"]
    by = "agents"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config"]

    """

  private var policyFile: String { "policy.toml" }

  private func policyText(_ lines: [String]) throws -> String {
    var rule = Self.rule
    var review = Self.review
    for line in lines {
      let parts = line.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2 else { throw Unplayable("the rule line \(line)") }
      if PolicyKey.all.contains(where: { $0.table == .review && $0.name == parts[0] }) {
        review[parts[0]] = parts[1]
      } else {
        rule[parts[0]] = parts[1]
      }
    }
    func list(_ keys: [String: String], _ separator: String) -> String {
      keys.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: separator)
    }
    return roster.policy(
      rules: """
        [[protect]]
        refs = ["refs/heads/main", "refs/heads/release/**", "refs/tags/v*"]
        review = { \(list(review, ", ")) }
        \(list(rule, "\n"))
        """)
  }

  // MARK: Steps

  /// Plays one step; a push gives its decision, and what it allows is carried out.
  mutating func play(_ step: Example.Step) throws -> Decision? {
    sandbox.advance()
    switch step {
    case .commit(let name, let actor, let parents, let files, let message, let signed):
      commits[name] = try commit(
        name, by: person(actor), on: parents, files: files, message: message, signed: signed)
    case .tag(let name, let target, let actor, let signed):
      try server.tag(
        name, of: id(target), message: "Release\n", by: person(actor), signed: signed)
      commits[name] = try server.id("refs/tags/\(name)")
      try server.git("update-ref", "-d", "refs/tags/\(name)")
    case .malformed(let name):
      let text = String(decoding: try server.contents("commit", start.hex), as: UTF8.self)
      guard let author = text.split(separator: "\n").first(where: { $0.hasPrefix("author ") })
      else { throw Unplayable("a commit without an author") }
      let doubled = text.replacingOccurrences(of: author, with: "\(author)\n\(author)")
      commits[name] = try server.object("commit", Array(doubled.utf8))
    case .lost(let name):
      let tree = try server.git("rev-parse", "\(try id(name))^{tree}").value
      try FileManager.default.removeItem(
        atPath: "\(server.path)/objects/\(tree.prefix(2))/\(tree.dropFirst(2))")
    case .review(let name, let actor, let ref):
      try file(review(of: id(name), by: person(actor), for: RefName(ref)))
    case .release(let name, let actor, let ref):
      try file(answer(.release, to: id(name), by: person(actor), for: RefName(ref)))
    case .reject(let name, let actor, let ref):
      try file(answer(.reject, to: id(name), by: person(actor), for: RefName(ref)))
    case .policy(let lines?):
      try sandbox.write(try sandbox.text(policyFile) + lines, to: policyFile)
    case .policy(nil):
      try FileManager.default.removeItem(atPath: sandbox.path(policyFile))
      try FileManager.default.removeItem(atPath: sandbox.path("server.git/hookkit/organisation"))
    case .push(let name, let ref, let actor, let force):
      return try push(name, to: ref, by: self.actor(actor), force: force)
    }
    return nil
  }

  private func actor(_ name: Example.Actor) throws -> Actor {
    guard let actor = Actor(rawValue: name.rawValue) else { throw Unplayable("the actor \(name)") }
    return actor
  }

  private func person(_ name: Example.Actor) throws -> TestPerson { roster[try actor(name)] }

  private func id(_ name: String) throws -> ObjectID {
    if name == "main", let tip = try server.id("refs/heads/main") { return tip }
    guard let id = commits[name] else { throw Unplayable("the commit \(name)") }
    return id
  }

  private func commit(
    _ name: String, by person: TestPerson, on names: [String], files: [String: String],
    message: String, signed: Bool
  ) throws -> ObjectID {
    let parents = names.isEmpty ? [start] : try names.map(id)
    var base = parents[0]
    if parents.count == 2 {
      base = try server.git("merge-tree", "--write-tree", parents[0].hex, parents[1].hex).objectID()
    }
    var changes = files.mapValues { TreeChange.text($0) }
    if changes.isEmpty, parents.count == 1 { changes["\(name).txt"] = .text("\(name)\n") }
    return try server.commit(
      message, tree: server.tree(from: base, changes), parents: parents, author: person,
      signedBy: signed ? person : nil)
  }

  // MARK: Reviews

  private func review(
    of head: ObjectID, by person: TestPerson, for ref: RefName
  ) throws -> LedgerEntry {
    guard let key = person.key else { throw Unplayable("a review by \(person.name)") }
    let statement = try ReviewStatement(
      repository: Array("git.example.org/app".utf8), ref: ref, base: start, head: head,
      resultTree: server.git("rev-parse", "\(head)^{tree}").objectID(),
      vouches: [.code, .policy], policyDigest: [UInt8](repeating: 7, count: 32),
      time: Int64(sandbox.now))
    return .review(statement, try sign(statement.statement, with: key, for: .review))
  }

  private func sign(
    _ statement: Statement, with key: TestKey, for namespace: SignatureNamespace
  ) throws -> Envelope {
    let payload = statement.serialized
    let message = Envelope.preAuthenticationEncoding(payload: payload)
    let signature = try sandbox.run(
      ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace.rawValue, "-f", key.path],
      stdin: message)
    return try Envelope(
      payload: payload, signatures: [.init(SSHSignature(armored: signature.stdout))])
  }

  /// What a person answers to the change of dependency files of a commit on the start of main.
  private func answer(
    _ answer: ReleaseStatement.Answer, to commit: ObjectID, by person: TestPerson, for ref: RefName
  ) throws -> LedgerEntry {
    guard let key = person.key else { throw Unplayable("an answer by \(person.name)") }
    let objects = try ObjectStore(gitDirectory: server.path)
    let policy = try Policy(layers: [
      PolicyLayer(.repository, name: policyFile, bytes: Array(sandbox.text(policyFile).utf8))
    ])
    let change = try DependencyChange(
      from: objects.tree(ofCommit: start), to: objects.tree(ofCommit: commit),
      under: policy.quarantines(for: ref), in: objects, limit: 1000)
    let statement = try ReleaseStatement(
      answer, repository: policy.repository, ref: ref, old: start, new: commit,
      dependencyDigest: change.digest, blobs: change.blobs,
      policyDigest: [UInt8](repeating: 7, count: 32), time: Int64(sandbox.now))
    return .release(statement, try sign(statement.statement, with: key, for: .release))
  }

  /// Adds an entry at the end of the ledger, at the path that its content gives it.
  private func file(_ entry: LedgerEntry) throws {
    try server.commit(
      "review", [String(decoding: entry.path, as: UTF8.self): .file(entry.envelope.serialized)],
      on: "refs/hookkit/ledger")
  }

  // MARK: Pushes

  private func push(
    _ name: String?, to ref: String, by actor: Actor, force: Bool
  ) throws -> Decision {
    let old = try server.id(ref) ?? .zero
    let new = try target(name)
    if !force, !old.isZero, !new.isZero, ref.hasPrefix("refs/heads/") {
      let forward = try server.attempt("merge-base", "--is-ancestor", old.hex, new.hex)
      guard forward.succeeded else {
        throw Unplayable("a push to \(ref) that git asks --force for")
      }
    }
    let update = RefUpdate(old: old, new: new, name: RefName(ref))
    let account = actor.account.map { Array($0.utf8) }
    let repository = ServerRepository(
      gitDirectory: server.path, quarantine: nil, environment: Environment(sandbox.environment))
    let time = Int64(sandbox.now)
    // All that is committed here comes with the push that brings it first.
    let objects = try ObjectStore(gitDirectory: server.path)
    _ = try ArrivalStore(repository.state).record(
      [update], by: account, at: time, stored: { objects }, incoming: objects, limit: 1000)
    let stored = try server.git("for-each-ref", "--format=%(objectname)").lines
      .compactMap { ObjectID(hex: Array($0.utf8)) }
    let contents = try? ContentSurvey.scan(
      [update], in: objects, hiding: stored, limit: 1000, by: SecretScanner())
    let decision = judge(
      Push(updates: [update], pusher: Pusher(account: account), time: time, contents: contents),
      in: try repository.surroundings())
    if decision.verdict == .allow {
      try server.git("update-ref", "--no-deref", ref, new.hex, old.hex)
    }
    return decision
  }

  private func target(_ name: String?) throws -> ObjectID {
    guard let name else { return .zero }
    let suffix = "^{tree}"
    guard name.hasSuffix(suffix) else { return try id(name) }
    return try server.git("rev-parse", "\(try id(String(name.dropLast(suffix.count))))\(suffix)")
      .objectID()
  }
}

/// An example that says what cannot be had.
struct Unplayable: Error, CustomStringConvertible {
  let description: String

  init(_ what: String) { description = "the example asks for \(what)" }
}
