import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// What keeps a person's answer from counting keeps them from signing it, be it a review or a release.
@Suite("Commands that sign an answer")
struct AnswerCommandsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Part of what is said, with `#` for what would be signed; `nil` where it is signed.
    let why: String?
    var signer = Actor.frank
    var role = "reviewer"
    var presence = "none"
    var enrolment = ""
    var date: Int?
  }

  static let cases = [
    Case(testDescription: "an enrolled person with the role", why: nil),
    Case(
      testDescription: "a person of another role", why: "does not have the role maintainer",
      role: "maintainer"),
    Case(
      testDescription: "a person who is revoked", why: "the enrolment of frank has ended",
      enrolment: "revoked = true"),
    Case(
      testDescription: "a person whose time is over", why: "the enrolment of frank has ended",
      enrolment: "expires = \"2026-01-02\""),
    Case(
      testDescription: "a key of nobody's", why: "is not enrolled in the policy",
      signer: .stranger),
    Case(
      testDescription: "an agent's key", why: "the key is that of codex, which is not a person",
      signer: .codex),
    Case(
      testDescription: "a service's key", why: "the key is that of ci, which is not a person",
      signer: .ci),
    Case(
      testDescription: "a software key where a touch is asked for",
      why: "refs/heads/main requires a touched security key", presence: "touch"),
    Case(
      testDescription: "a commit whose clock is ahead",
      why: "a # that is signed now would never count", date: 2_051_222_400),
  ]

  private func server(_ made: Case) throws -> GuardedServer {
    let rules = """
      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents", role = "\(made.role)", presence = "\(made.presence)" }
      hold = true
      [[quarantine]]
      refs = ["refs/heads/main"]
      files = ["locks"]
      role = "\(made.role)"
      presence = "\(made.presence)"
      """
    return try GuardedServer(
      policy: { $0.openPolicy(rules: rules, adding: [made.signer: made.enrolment]) },
      files: ["package-lock.json": GuardedServer.lock()])
  }

  private func held(_ server: GuardedServer, date: Int? = nil) throws -> (ObjectID, String) {
    let work = try server.work.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], on: nil,
      author: server.roster[.codex], parents: [server.base], date: date)
    let push = try server.push(as: .codex, "\(work):main")
    #expect(Set(push.codes) == ["HK101", "HK201"], "\(push)")
    return (work, try #require(try server.holds().first, "\(push)"))
  }

  private func hookkit(
    _ server: GuardedServer, as signer: Actor, _ words: [String]
  ) throws -> Outcome {
    let clone = try server.clone(of: .dana)
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(
      ["\(bin)/hookkit"] + words, in: clone.path,
      env: server.environment(as: .dana).merging([
        "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml",
        "HOOKKIT_KEY": server.roster[signer].key?.path ?? "",
      ]) { $1 })
  }

  @Test("both commands give the same answer", arguments: cases)
  func alike(_ made: Case) throws {
    let server = try server(made)
    let (work, hold) = try held(server, date: made.date)
    let commands = [
      ("review", ["review", "approve", work.hex, "--confirm", work.hex, "-q"]),
      ("release", ["quarantine", "release", hold, "--confirm", hold, "-q"]),
    ]
    for (noun, words) in commands {
      let outcome = try hookkit(server, as: made.signer, words)
      #expect(outcome.succeeded == (made.why == nil), "\(outcome)")
      if let why = made.why {
        #expect(outcome.exit == 1, "\(outcome)")
        #expect(
          outcome.errors.split(separator: "\n").first?
            .contains(why.replacing("#", with: noun)) == true, "\(outcome)")
      }
    }
    #expect(try (server.tip("refs/hookkit/ledger") == nil) == (made.why != nil))
    #expect(try server.tip() == (made.why == nil ? work : server.base))
  }

  @Test("a release that the server does not count is none in a clone, and it is said why")
  func status() throws {
    let server = try server(Case(testDescription: "", why: nil, role: "maintainer"))
    let (work, id) = try held(server)
    let objects = server.repository
    let tag = String(decoding: try objects.contents("tag", "refs/quarantine/\(id)"), as: UTF8.self)
    let hold = try #require(Hold(tag: Array(tag.utf8), id: id))
    func file(_ actor: Actor, _ digest: [UInt8]) throws {
      let statement = try ReleaseStatement(
        .release, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
        new: work, dependencyDigest: digest, blobs: [],
        policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now))
      let outcome = try server.file(
        server.answer(statement, by: .software(actor)), as: actor)
      #expect(outcome.succeeded, "\(outcome)")
    }
    try file(.frank, hold.digest)
    try file(.dana, [UInt8](repeating: 9, count: 32))
    let waiting = try hookkit(server, as: .dana, ["quarantine", "status", id])
    #expect(waiting.exit == 8 && waiting.output.hasPrefix("\(id) waiting"), "\(waiting)")
    #expect(
      waiting.output.contains("not counted: frank's release: needs the role maintainer"),
      "\(waiting)")
    #expect(
      waiting.output.contains("not counted: a release by dana of another change"), "\(waiting)")
    try file(.dana, hold.digest)
    let released = try hookkit(server, as: .dana, ["quarantine", "status", id])
    #expect(released.output.hasPrefix("\(id) released"), "\(released)")
    #expect(released.output.contains("waits for a review"), "\(released)")
  }

  @Test(
    "who may release as a sponsor is told what the server will say, by the key and by what ties them",
    arguments: [(true, false), (true, true), (false, false)])
  func sponsors(_ isAgents: Bool, _ isTouched: Bool) throws {
    let rules = """
      [[quarantine]]
      refs = ["refs/heads/**"]
      files = ["locks"]
      sponsor-may-release = true
      """
    let server = try GuardedServer(
      policy: { $0.openPolicy(rules: rules) }, files: ["package-lock.json": GuardedServer.lock()])
    // erin is codex' sponsor, and may have made the commit herself.
    let work = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")],
      by: isAgents ? .codex : .erin)
    let push = try server.push(as: isAgents ? .codex : .dana, "\(work):refs/heads/deps")
    #expect(push.codes == ["HK201"], "\(push)")
    let id = try #require(try server.holds().first, "\(push)")
    let why =
      isAgents ? "erin is its sponsor of the agent" : "erin is its author"
    let counts = isAgents && isTouched
    if !isTouched {
      let shown = try hookkit(server, as: .erin, ["quarantine", "show", id])
      #expect(shown.output.contains("erin: your release does not count: \(why)"), "\(shown)")
      let released = try hookkit(
        server, as: .erin, ["quarantine", "release", id, "--confirm", id, "-q"])
      #expect(released.errors.contains("the server will not count this release: \(why)"))
    } else {
      let objects = server.repository
      let tag = String(
        decoding: try objects.contents("tag", "refs/quarantine/\(id)"), as: UTF8.self)
      let hold = try #require(Hold(tag: Array(tag.utf8), id: id))
      let statement = try ReleaseStatement(
        .release, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
        new: work, dependencyDigest: hold.digest, blobs: [],
        policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now))
      _ = try server.file(server.answer(statement, by: .touch(.erin)), as: .erin)
    }
    #expect(try (server.tip("refs/heads/deps") == work) == counts)
    guard !counts else { return }
    let status = try hookkit(server, as: .dana, ["quarantine", "status", id])
    #expect(status.output.contains("not counted: erin's release: \(why)"), "\(status)")
  }

  @Test("a release is taken back like a review, by whoever signed it, and counts no more")
  func withdrawn() throws {
    let server = try server(Case(testDescription: "", why: nil))
    let (work, id) = try held(server)
    let released = try hookkit(
      server, as: .frank, ["quarantine", "release", id, "--confirm", id, "-q"])
    #expect(released.succeeded, "\(released)")
    let withdraw = ["review", "withdraw", work.hex, "--confirm", work.hex]
    let other = try hookkit(server, as: .dana, withdraw)
    #expect(other.exit == 1 && other.errors.contains("by you"), "\(other)")
    let taken = try hookkit(server, as: .frank, withdraw)
    #expect(taken.succeeded, "\(taken)")
    #expect(taken.errors.contains("frank has withdrawn the release of"), "\(taken)")
    #expect(try hookkit(server, as: .frank, withdraw).exit == 1)
    let status = try hookkit(server, as: .dana, ["quarantine", "status", id])
    #expect(status.exit == 8 && status.output.hasPrefix("\(id) waiting"), "\(status)")
    #expect(
      status.output.contains("not counted: a release that frank has withdrawn"), "\(status)")
    let reviewed = try hookkit(
      server, as: .frank, ["review", "approve", work.hex, "--confirm", work.hex, "-q"])
    #expect(reviewed.succeeded, "\(reviewed)")
    #expect(try server.tip() == server.base, "it still waits for a release")
  }
}
