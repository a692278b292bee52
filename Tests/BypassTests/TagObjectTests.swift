import Primitives
import TestSupport
import Testing

@Suite("a tag object is judged like a commit")
struct TagObjectTests {
  private static let tag = "refs/tags/v1"

  /// A tag object of ``work``, by anyone, of any object.
  private func tag(
    _ target: ObjectID, by tagger: Actor, signed: Bool = false, message: String = "Release\n",
    _ server: GuardedServer
  ) throws -> ObjectID {
    let name = "made-by-\(tagger)-\(signed)-\(message.utf8.count)"
    try server.work.tag(
      name, of: target, message: message, by: server.roster[tagger], signed: signed)
    return try #require(try server.work.id("refs/tags/\(name)"))
  }

  private func refuses(
    _ object: ObjectID, as actors: [Actor], _ server: GuardedServer,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for actor in actors {
      try server.refuses(
        as: actor, "\(object):\(Self.tag)", with: "HK1", ref: Self.tag,
        sourceLocation: sourceLocation)
    }
  }

  @Test("evidence 68: an agent's tag object of a landed commit makes no protected tag")
  func agents() throws {
    let server = try GuardedServer.inUse()
    let tag = try tag(server.base, by: .codex, server)
    try refuses(tag, as: [.codex], server)
    // Nor in a person's push, be it refused before or on a branch of tags that nobody guards.
    try refuses(tag, as: [.dana, .frank], server)
    let other = try self.tag(server.base, by: .codex, message: "Other\n\n", server)
    try server.pushed(as: .codex, "\(other):refs/tags/draft")
    try refuses(other, as: [.codex, .dana], server)
  }

  @Test(
    "evidence 68: a tag object that no person brought is not the work of who pushes it on",
    arguments: [Actor.codex, .stranger, .nobody, .ci])
  func brought(_ bringer: Actor) throws {
    let server = try GuardedServer.inUse()
    // The tagger's name says nothing.
    let tag = try tag(server.base, by: .dana, server)
    try server.pushed(as: bringer, "\(tag):refs/tags/draft")
    try refuses(tag, as: [.dana, .frank, bringer], server)
    let straight = try self.tag(server.base, by: .dana, message: "Straight\n", server)
    try refuses(straight, as: [bringer, .dana], server)
  }

  @Test("evidence 68: a tag object that is in the store and nobody pushed is nobody's")
  func nobodys() throws {
    let server = try GuardedServer.inUse()
    let tag = try tag(server.base, by: .dana, server)
    try server.fetchBehindTheGate(tag, as: "refs/pull/1/tag")
    try refuses(tag, as: [.dana, .codex], server)
  }

  @Test("evidence 68: neither is one that lies within another tag")
  func nested() throws {
    let server = try GuardedServer.inUse()
    let inner = try tag(server.base, by: .codex, server)
    try server.pushed(as: .codex, "\(inner):refs/tags/draft")
    let outer = try tag(inner, by: .dana, server)
    try refuses(outer, as: [.dana, .codex], server)
  }

  @Test(
    "evidence 68: an agent's sign in the tag's message, or its key, tells",
    arguments: [
      "Release\n\nCo-authored-by: Codex <noreply@openai.com>\n",
      "Release\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n",
    ])
  func signals(_ message: String) throws {
    let server = try GuardedServer.inUse()
    try refuses(try tag(server.base, by: .dana, message: message, server), as: [.dana], server)
    try refuses(try tag(server.base, by: .codex, signed: true, server), as: [.dana], server)
    try refuses(try tag(server.base, by: .codex, server), as: [.dana], server)
  }

  @Test("evidence 68: a person's tag of what has landed is made, signed or not")
  func persons() throws {
    let server = try GuardedServer.inUse()
    let unsigned = try tag(server.base, by: .dana, server)
    try server.pushed(as: .dana, "\(unsigned):refs/tags/v1")
    let signed = try tag(server.base, by: .frank, signed: true, server)
    try server.pushed(as: .frank, "\(signed):refs/tags/v2")
    try server.pushed(as: .dana, "\(server.base):refs/tags/v3")
    // Signed by a person and brought by an agent it waits for a person who pushes it.
    let carried = try tag(server.base, by: .dana, signed: true, message: "Carried\n", server)
    try server.refuses(
      as: .codex, "\(carried):refs/tags/v4", with: "HK1", ref: "refs/tags/v4")
    try server.pushed(as: .frank, "\(carried):refs/tags/v4")
    #expect(try server.tip("refs/tags/v4") == carried)
  }

  @Test(
    "evidence 68: an agent's tag object where the rule asks for no review, and off the rule, is made"
  )
  func unasked() throws {
    let rules = """
      \(Roster.team)

      [[protect]]
      refs = ["refs/tags/v*"]
      review = { approvals = 0 }
      """
    let server = try GuardedServer.inUse(rules: rules)
    let tag = try tag(server.base, by: .codex, server)
    try server.pushed(as: .codex, "\(tag):refs/tags/v1")
    try server.pushed(as: .codex, "\(tag):refs/tags/other")
  }

  @Test("evidence 68: a rule may say that maintainers alone create what it names")
  func maintainers() throws {
    let rules = """
      \(Roster.team)

      [[protect]]
      refs = ["refs/tags/v*"]
      review = { approvals = 0 }
      who = "maintainers"
      """
    let server = try GuardedServer.inUse(rules: rules)
    for actor in [Actor.codex, .stranger, .nobody, .ci, .erin, .frank] {
      let tag = try tag(server.base, by: actor, server)
      for object in [tag, server.base] {
        try server.refuses(as: actor, "\(object):\(Self.tag)", with: "HK", ref: Self.tag)
      }
    }
    let tag = try tag(server.base, by: .dana, server)
    try server.pushed(as: .dana, "\(tag):\(Self.tag)")
    try server.lands(server.base, as: .dana, on: "refs/tags/v2")
  }
}
