import Primitives
import TestSupport
import Testing

@Suite("a reference does not go back to older dependency files unheld")
struct ReturnTests {
  private static let path = "package-lock.json"
  private static let topic = "refs/heads/topic"

  /// A server whose lock file dana has mended on a topic branch; ``GuardedServer/base`` has the old one.
  private func mended(
    by whom: String = "agents", _ rules: String = ""
  ) throws -> (server: GuardedServer, mend: ObjectID) {
    let quarantine = Roster.quarantine.replacing("by = \"agents\"", with: "by = \"\(whom)\"")
    let server = try GuardedServer(
      policy: {
        $0.openPolicy(rules: [Roster.everyPlace, rules, quarantine].joined(separator: "\n\n"))
      },
      files: [Self.path: GuardedServer.lock()])
    try server.repository.setReferences([(Self.topic, server.base)])
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.pushed(as: .frank, "\(first):refs/heads/first")
    let mend = try server.commit(
      "Mend", [Self.path: GuardedServer.lock(version: "7.0.9")], by: .dana, signed: true)
    // Under a rule about everybody an administrator puts it there.
    if whom == "agents" {
      try server.pushed(as: .dana, "\(mend):\(Self.topic)")
    } else {
      try server.fetchBehindTheGate(mend, as: Self.topic)
    }
    return (server, mend)
  }

  @Test(
    "evidence 59: an agent's force-push back to an older lock is held",
    arguments: [Actor.codex, .stranger, .nobody, .ci])
  func forcePush(_ actor: Actor) throws {
    let (server, mend) = try mended()
    let outcome = try server.refuses(
      as: actor, "+\(server.base):\(Self.topic)", with: "HK201", ref: Self.topic)
    #expect(try !server.holds().isEmpty, "\(outcome)")
    #expect(try server.tip(Self.topic) == mend)
  }

  @Test("evidence 59: so is one to a commit of its own on the older lock, or to a person's")
  func forcePushBeside() throws {
    let (server, _) = try mended()
    let agents = try server.commit("Beside", ["beside": "1"], by: .codex)
    let persons = try server.commit("Beside", ["beside": "2"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(persons):refs/heads/beside")
    for commit in [agents, persons] {
      try server.refuses(
        as: .codex, "+\(commit):\(Self.topic)", with: "HK201", ref: Self.topic)
    }
  }

  @Test(
    "evidence 59: so is a merge whose net change takes the lock back, its commits being a person's")
  func netChange() throws {
    let (server, mend) = try mended()
    let back = try server.work.commit(
      "Merge", [Self.path: GuardedServer.lock()], on: nil, author: server.roster[.codex],
      parents: [mend, server.base])
    try server.refuses(as: .codex, "\(back):\(Self.topic)", with: "HK201", ref: Self.topic)
  }

  @Test(
    "evidence 59: deleting the branch and making it anew at the older lock does not go round the hold",
    arguments: [Actor.codex, .stranger])
  func deleteAndCreate(_ actor: Actor) throws {
    let (server, _) = try mended()
    let deletion = try server.push(as: actor, ":\(Self.topic)")
    let creation = try server.push(as: actor, "+\(server.base):\(Self.topic)")
    #expect(try server.tip(Self.topic) != server.base, "\(deletion)\n\(creation)")
    #expect((deletion.codes + creation.codes).contains { $0.hasPrefix("HK") }, "\(creation)")
  }

  @Test("evidence 59: nor does the same in two references of one push")
  func deleteBesideCreate() throws {
    let (server, _) = try mended()
    let copy = "refs/heads/copy"
    try server.pushed(as: .dana, "+\(server.base):\(copy)")
    let outcome = try server.push(
      as: .codex, ":\(copy)", "+\(server.base):\(Self.topic)")
    #expect(outcome.codes.contains("HK201"), "\(outcome)")
    #expect(try server.tip(Self.topic) != server.base)
  }

  @Test("evidence 59: a protected branch that may be force-pushed is asked the same")
  func protected() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/topic"]
      review = { of = "agents", approvals = 0 }
      unverified = "person"
      force-push = true
      delete = true
      """
    let (server, _) = try mended(rules)
    try server.refuses(
      as: .codex, "+\(server.base):\(Self.topic)", with: "HK201", ref: Self.topic)
  }

  @Test("evidence 59: under a rule about everybody a person's force-push is held as well")
  func everybody() throws {
    let (server, _) = try mended(by: "anyone")
    for actor in [Actor.dana, .codex] {
      try server.refuses(
        as: actor, "+\(server.base):\(Self.topic)", with: "HK201", ref: Self.topic)
    }
  }

  @Test("evidence 59: a person's own force-push goes through where the rule is about agents")
  func persons() throws {
    let (server, _) = try mended()
    let outcome = try server.push(as: .dana, "+\(server.base):\(Self.topic)")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try server.tip(Self.topic) == server.base)
  }

  @Test("evidence 59: a new branch at an older commit is nothing that goes back")
  func newBranch() throws {
    let (server, mend) = try mended()
    try server.lands(mend, as: .dana)
    try server.pushed(as: .codex, "\(server.base):refs/heads/agent/codex/new")
  }
}
