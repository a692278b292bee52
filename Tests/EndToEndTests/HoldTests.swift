import Foundation
import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("Changes of dependency files wait for a person")
struct HoldTests {
  let server: GuardedServer
  var work: TestRepository { server.work }

  private static let topic = "refs/heads/agent/codex/deps"

  init() throws {
    server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\n" + Roster.quarantine) },
      files: ["package-lock.json": GuardedServer.lock()])
  }

  /// A commit of the agent's on main's start.
  private func bump(_ version: String = "7.0.1", host: String = "registry.example") throws
    -> ObjectID
  {
    try server.commit(
      "Bump to \(version) of \(host)",
      ["package-lock.json": GuardedServer.lock(host: host, version: version)], by: .codex)
  }

  private func hold(_ id: String) throws -> Hold {
    let objects = try ObjectStore(gitDirectory: server.repository.path)
    let tag = try #require(try server.repository.id("refs/quarantine/\(id)"))
    return try #require(try Hold(at: tag, id: id, in: objects))
  }

  /// What an honest reviewer would sign.
  private func statement(
    _ answer: ReleaseStatement.Answer, _ hold: Hold, digest: [UInt8]? = nil, new: ObjectID? = nil
  ) throws -> ReleaseStatement {
    try ReleaseStatement(
      answer, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
      new: new ?? hold.new, dependencyDigest: digest ?? hold.digest, blobs: [],
      policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now))
  }

  private func held(_ commit: ObjectID, to ref: String = Self.topic) throws -> Hold {
    let outcome = try server.push(as: .codex, "\(commit):\(ref)")
    #expect(!outcome.succeeded)
    #expect(outcome.codes.contains("HK201"), "\(outcome)")
    #expect(try server.tip(ref) == nil || server.tip(ref) != commit)
    let id = try #require(try server.holds().first, "\(outcome)")
    #expect(outcome.errors.contains("HK201 held as \(id)"), "\(outcome)")
    return try hold(id)
  }

  @Test("a held push is kept as a tag that says what it is, and the client is told no")
  func keeps() throws {
    let commit = try bump(host: "evil.example")
    let hold = try held(commit)
    #expect(hold.new == commit)
    #expect(hold.base == server.base)
    #expect(hold.ref == RefName(Self.topic))
    #expect(hold.pusher == Array("svc-codex".utf8))
    #expect(hold.codes == ["HK201"])
    #expect(hold.expires == hold.time + 14 * 86_400)
    #expect(try server.repository.id("refs/quarantine/\(hold.id)^{commit}") == commit)
    #expect(try server.journal().last?["verdict"]?.string == "hold")
  }

  @Test("the same tip again is the same hold, and one made on it takes its place")
  func again() throws {
    let first = try held(bump("7.0.1"))
    let outcome = try server.push(as: .codex, "\(first.new):\(Self.topic)")
    #expect(outcome.errors.contains("already held as \(first.id)"), "\(outcome)")
    #expect(try server.holds() == [first.id])
    let beside = try bump("7.0.2")
    let other = try server.push(as: .codex, "\(beside):\(Self.topic)")
    #expect(!other.errors.contains("takes the place"), "\(other)")
    #expect(try server.holds().count == 2)
    let next = try server.commit(
      "Bump on", ["package-lock.json": GuardedServer.lock(version: "7.0.3")], by: .codex,
      on: first.new)
    let second = try server.push(as: .codex, "\(next):\(Self.topic)")
    #expect(second.errors.contains("takes the place of \(first.id)"), "\(second)")
    let ids = try server.holds()
    #expect(ids.count == 2 && !ids.contains(first.id))
  }

  @Test("what nobody pushes takes the place of nothing: it may be anybody's")
  func unknownPushers() throws {
    let first = try bump("7.0.4")
    let next = try server.commit(
      "Bump on", ["package-lock.json": GuardedServer.lock(version: "7.0.5")], by: .codex, on: first)
    for commit in [first, next] {
      let outcome = try server.push(as: .nobody, "\(commit):refs/heads/topic")
      #expect(outcome.codes == ["HK201"], "\(outcome)")
    }
    #expect(try server.holds().count == 2)
  }

  @Test("those whom the policy does not know share one limit, and take nobody else's")
  func sharedLimit() throws {
    let rules = "\(Roster.team)\n\(Roster.quarantine)\n[limits]\nholds = 1\n"
    try server.write(server.roster.policy(rules: rules), to: "policy.toml")
    _ = try server.push(as: .stranger, "\(bump("7.0.4")):refs/heads/topic")
    #expect(try server.holds().count == 1)
    let outcome = try server.push(as: .nobody, "\(bump("7.0.5")):refs/heads/topic")
    #expect(outcome.remoteWords.contains("one must land, end or be rejected"), "\(outcome)")
    #expect(try server.holds().count == 1)
    _ = try server.push(as: .codex, "\(bump("7.0.6")):\(Self.topic)")
    #expect(try server.holds().count == 2)
  }

  @Test("a hold of somebody else for the same reference stays")
  func others() throws {
    let first = try held(bump("7.0.1"))
    let other = try bump("7.0.3")
    let outcome = try server.push(as: .stranger, "\(other):\(Self.topic)")
    #expect(!outcome.succeeded)
    #expect(try server.holds().contains(first.id))
  }

  @Test("an atomic push leaves nothing behind")
  func atomic() throws {
    let commit = try bump()
    let plain = try server.commit("Plain", ["x": "1"], by: .codex)
    let outcome = try server.push(
      as: .codex, "--atomic", "\(commit):\(Self.topic)", "\(plain):refs/heads/agent/codex/plain")
    #expect(!outcome.succeeded)
    #expect(outcome.errors.contains("atomic"), "\(outcome)")
    #expect(try server.holds().isEmpty)
    #expect(try server.tip("refs/heads/agent/codex/plain") == nil)
  }

  @Test("beside a held reference the others of the push land")
  func beside() throws {
    let commit = try bump()
    let plain = try server.commit("Plain", ["x": "1"], by: .codex)
    let outcome = try server.push(
      as: .codex, "\(commit):\(Self.topic)", "\(plain):refs/heads/agent/codex/plain")
    #expect(!outcome.succeeded)
    #expect(try server.holds().count == 1)
    #expect(try server.tip("refs/heads/agent/codex/plain") == plain)
  }

  @Test("once a person has released it the server lands it itself")
  func lands() throws {
    let hold = try held(bump())
    let outcome = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(outcome.succeeded)
    #expect(outcome.errors.contains("\(hold.id) has landed"), "\(outcome)")
    #expect(try server.tip(Self.topic) == hold.new)
    #expect(try server.holds().isEmpty)
    #expect(try server.journal().last?["verdict"]?.string == "allow")
  }

  @Test("a released hold whose name would complete a git directory by now does not land")
  func completesRepository() throws {
    let folder = "refs/heads/agent/codex/r"
    let hold = try held(bump(), to: "\(folder)/HEAD")
    let plain = try server.commit("Plain", ["x": "1"], by: .codex)
    try server.pushed(as: .codex, "\(plain):\(folder)/objects/a", "\(plain):\(folder)/refs/a")
    let outcome = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(outcome.errors.contains("\(hold.id) still waits: HK509"), "\(outcome)")
    #expect(try server.tip("\(folder)/HEAD") == nil)
    // One of the others gone, it does, with the next word of a person.
    try server.pushed(as: .codex, ":\(folder)/objects/a")
    let again = try server.file(
      server.answer(statement(.release, hold), by: .software(.erin)), as: .erin)
    #expect(again.errors.contains("\(hold.id) has landed"), "\(again)")
  }

  @Test("what also asks for a review lands when the last of both is there")
  func bothAnswers() throws {
    try server.write(
      server.roster.policy(
        rules: Roster.team + "\n" + Roster.quarantine,
        adding: [:]
      ).replacingOccurrences(
        of: "may-push = [\"refs/heads/agent/codex/**\"]", with: "may-push = [\"refs/heads/**\"]"),
      to: "policy.toml")
    let hold = try held(bump(), to: "refs/heads/main")
    #expect(hold.codes.contains("HK101"))
    let released = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(released.errors.contains("\(hold.id) still waits: HK101"), "\(released)")
    #expect(try server.tip() == server.base)
    let reviewed = try server.review(hold.new, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == hold.new)
    #expect(try server.landings().last?.pusher == Array("svc-codex".utf8))
  }

  @Test("a push to a protected branch that the agent may never push to is refused, not held")
  func mayNotPush() throws {
    let outcome = try server.push(as: .codex, "\(bump()):main")
    #expect(outcome.codes.contains("HK401"), "\(outcome)")
    #expect(try server.holds().isEmpty)
  }

  @Test(
    "a release that does not count frees nothing", arguments: FalseRelease.allCases)
  func falseRelease(_ kind: FalseRelease) throws {
    let hold = try held(bump())
    var statement = try statement(.release, hold)
    var signer = GuardedServer.Signer.software(.dana)
    var namespace = SignatureNamespace.release.rawValue
    switch kind {
    case .anotherDigest:
      statement = try self.statement(.release, hold, digest: .init(repeating: 9, count: 32))
    case .anotherCommit: statement = try self.statement(.release, hold, new: bump("7.0.9"))
    case .agentsKey: signer = .software(.codex)
    case .sponsor: signer = .software(.erin)
    case .reviewNamespace: namespace = SignatureNamespace.review.rawValue
    case .rejection: statement = try self.statement(.reject, hold)
    }
    let files = try server.answer(statement, by: signer, namespace: namespace)
    let outcome = try server.file(files, as: .dana)
    #expect(!outcome.errors.contains("has landed"), "\(outcome)")
    #expect(try server.tip(Self.topic) == nil)
    let again = try server.push(as: .codex, "\(hold.new):\(Self.topic)")
    #expect(!again.succeeded)
    #expect(again.codes.contains(kind == .rejection ? "HK202" : "HK201"), "\(again)")
    #expect(try server.holds().isEmpty == (kind == .rejection))
  }

  enum FalseRelease: String, CaseIterable, Sendable {
    case anotherDigest, anotherCommit, agentsKey, sponsor, reviewNamespace, rejection
  }

  @Test("an agent cannot write a release to the ledger, whoever has signed it")
  func agentFiles() throws {
    let hold = try held(bump())
    let files = try server.answer(statement(.release, hold), by: .software(.dana))
    let outcome = try server.file(files, as: .codex)
    #expect(!outcome.succeeded)
    #expect(outcome.codes.contains("HK402"), "\(outcome)")
  }

  @Test("one byte changed after the release holds again")
  func changedByte() throws {
    let hold = try held(bump())
    _ = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(try server.tip(Self.topic) == hold.new)
    let next = try server.commit(
      "And more", ["package-lock.json": GuardedServer.lock(version: "7.0.2")], by: .codex,
      on: hold.new)
    let outcome = try server.push(as: .codex, "\(next):\(Self.topic)")
    #expect(outcome.codes.contains("HK201"), "\(outcome)")
    #expect(try server.tip(Self.topic) == hold.new)
  }

  @Test("a hold whose reference has moved meanwhile is not landed, and the person is told why")
  func moved() throws {
    try server.write(
      server.roster.policy(rules: Roster.quarantine), to: "policy.toml")
    try server.pushed(as: .dana, "\(server.base):refs/heads/agent/codex/deps")
    let hold = try held(bump())
    let other = try server.commit("Other", ["other": "1"], by: .dana)
    try server.pushed(as: .dana, "\(other):\(Self.topic)")
    let outcome = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(outcome.succeeded)
    #expect(outcome.errors.contains("has moved since"), "\(outcome)")
    #expect(try server.tip(Self.topic) == other)
  }

  @Test("an expired hold is dropped, and an extension keeps it")
  func expires() throws {
    let hold = try held(bump())
    let holds = try Holds(gitDirectory: server.repository.path)
    try holds.replace(hold, with: hold.extended(until: 10))
    _ = try server.file(
      server.answer(statement(.release, hold), by: .software(.dana)), as: .dana)
    #expect(try server.holds().isEmpty)
    #expect(try server.tip(Self.topic) == nil)

    let second = try held(bump("7.0.5"))
    let until = second.expires + 86_400
    let extension_ = try ReleaseStatement(
      .extend, repository: Array(GuardedServer.name.utf8), ref: second.ref, old: second.base,
      new: second.new, dependencyDigest: second.digest, blobs: [],
      policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now),
      until: until)
    let outcome = try server.file(
      server.answer(extension_, by: .software(.dana)), as: .dana)
    #expect(outcome.errors.contains("\(second.id) is kept until"), "\(outcome)")
    #expect(try self.hold(second.id).expires == until)
  }

  @Test("an expired hold that is pushed again is held anew, under its own name")
  func expiredAgain() throws {
    let hold = try held(bump())
    try Holds(gitDirectory: server.repository.path)
      .replace(hold, with: hold.extended(until: 10))
    let again = try held(hold.new)
    #expect(again.id == hold.id)
    #expect(again.expires > again.time)
  }

  @Test("a server that cannot hold refuses with the way out, and a released commit then passes")
  func withoutProcReceive() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\n" + Roster.quarantine) },
      files: ["package-lock.json": GuardedServer.lock()], procReceiveRefs: [])
    let commit = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    let outcome = try server.push(as: .codex, "\(commit):\(Self.topic)")
    #expect(!outcome.succeeded)
    #expect(outcome.codes == ["HK201"], "\(outcome)")
    #expect(outcome.errors.contains("this server cannot hold a push"), "\(outcome)")
    #expect(outcome.errors.contains("hookkit quarantine release"), "\(outcome)")
    #expect(try server.holds().isEmpty)
  }

  @Test("a person's own change is not held where the rule is about agents")
  func person() throws {
    let commit = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .dana)
    try server.pushed(as: .dana, "\(commit):refs/heads/topic")
  }

  @Test("an agent's change is held when a person pushes it")
  func laundered() throws {
    let commit = try bump()
    _ = try held(commit)
    let outcome = try server.push(as: .frank, "\(commit):refs/heads/topic")
    #expect(outcome.codes.contains("HK201"), "\(outcome)")
    #expect(try server.tip("refs/heads/topic") == nil)
  }

  @Test("layout alone is proven to install the same, and lands with a note")
  func neutral() throws {
    let text = GuardedServer.lockText()
    let commit = try server.commit(
      "One line", ["package-lock.json": .text(text.filter { $0 != "\n" })], by: .codex)
    let outcome = try server.push(as: .codex, "\(commit):\(Self.topic)")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(outcome.errors.contains("note: HK201 package-lock.json"), "\(outcome)")
    #expect(try server.tip(Self.topic) == commit)
  }

  @Test("a merge that takes an old lock from one of its parents is held, a clean one is not")
  func rollback() throws {
    let main = try server.commit(
      "Mend", ["package-lock.json": GuardedServer.lock(version: "7.0.9")], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(main):refs/heads/topic")
    let work = try server.commit("Work", ["x": "1"], by: .codex)
    let clean = try server.commit(
      "Merge", ["package-lock.json": GuardedServer.lock(version: "7.0.9")], by: .codex, on: work,
      main)
    try server.pushed(as: .codex, "\(work):\(Self.topic)")
    try server.pushed(as: .codex, "\(clean):\(Self.topic)")
    let other = try server.commit("Other", ["y": "1"], by: .codex, on: clean)
    let rollback = try server.commit(
      "Merge", ["package-lock.json": GuardedServer.lock()], by: .codex, on: other, work)
    let outcome = try server.push(as: .codex, "\(rollback):\(Self.topic)")
    #expect(outcome.codes.contains("HK201"), "\(outcome)")
    #expect(try server.tip(Self.topic) == clean)
  }

  @Test("update-ref on the server is refused, because only a push can be held")
  func updateRef() throws {
    let commit = try bump()
    _ = try held(commit)
    let outcome = try server.repository.attempt(
      "-c", "core.hooksPath=hooks", "update-ref", Self.topic, commit.hex)
    #expect(!outcome.succeeded)
    #expect(try server.tip(Self.topic) == nil)
  }
}
