import Primitives
import TestSupport
import Testing

@Suite("a signature says who vouches, not where to")
struct DeliveryTests {
  private static let delivers = [Actor.ci: "delivers = true"]

  /// A commit that dana signed for some other place, which is not on the server.
  private func signed(
    _ server: GuardedServer, _ file: String = "signed", message: String = "Signed elsewhere"
  ) throws -> ObjectID {
    try server.commit(message, [file: "1"], by: .dana, signed: true)
  }

  @Test(
    "evidence 62: a person's signed commit that an agent brought asks for a review",
    arguments: [Actor.codex, .stranger, .nobody, .ci])
  func brought(_ bringer: Actor) throws {
    let server = try GuardedServer.inUse()
    let commit = try signed(server)
    try server.pushed(as: bringer, "\(commit):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .stranger, .nobody, .ci])
    // A person who pushes it to the reference knows where to.
    for place in ProtectedPlace.allCases {
      try server.lands(commit, as: .frank, on: place.ref)
    }
  }

  @Test("evidence 62: the text says who signed it and who brought it")
  func text() throws {
    let server = try GuardedServer.inUse()
    let commit = try signed(server)
    try server.pushed(as: .codex, "\(commit):refs/heads/topic")
    let outcome = try server.refuses(as: .codex, "\(commit):main", with: "HK101")
    #expect(outcome.remoteWords.contains("signed by dana, brought by codex"), "\(outcome)")
  }

  @Test(
    "evidence 62: it asks where the agent brings it to the reference itself",
    arguments: [Actor.codex, .stranger, .nobody, .ci])
  func straight(_ bringer: Actor) throws {
    let server = try GuardedServer.inUse()
    let commit = try signed(server)
    try server.refusesEverywhere(commit, as: [bringer])
    try server.approve(commit, by: .dana)
    // Her signature vouched for it already: another person is to look.
    try server.refuses(as: bringer, "\(commit):main", with: "HK101")
    try server.approve(commit, by: .frank)
    try server.lands(commit, as: bringer)
  }

  @Test(
    "evidence 62: it asks below the agent's tip, below another one and in the agent's clean merge")
  func belowAndMerged() throws {
    let server = try GuardedServer.inUse()
    let commit = try signed(server)
    let above = try signed(server, "above")
    let tree = try server.work.git("merge-tree", "--write-tree", above.hex, commit.hex)
      .objectID()
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [above, commit], author: server.roster[.codex])
    try server.pushed(as: .codex, "\(merge):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .stranger])
    try server.refusesEverywhere(above, as: [.codex, .stranger])
    try server.refusesEverywhere(merge, as: [.codex, .stranger])
    try server.lands(merge, as: .dana)
  }

  @Test("evidence 62: work that a person brought, signed, is delivered by anyone who may push")
  func personBrought() throws {
    for bringer in [Actor.dana, .frank] {
      let server = try GuardedServer.inUse()
      let below = try signed(server)
      let tip = try server.commit("Tip", ["tip": "1"], by: .dana, on: below, signed: true)
      try server.pushed(as: bringer, "\(tip):refs/heads/topic")
      try server.lands(below, as: .codex)
      try server.lands(tip, as: .stranger)
      try server.lands(tip, as: .ci, on: "refs/heads/release/old")
    }
  }

  @Test("evidence 62: a person whose time is over delivers nothing")
  func inactive() throws {
    let server = try GuardedServer.inUse(
      adding: [.frank: "expires = \"2026-02-01T00:00:00Z\""])
    let commit = try signed(server)
    try server.pushed(as: .frank, "\(commit):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .frank])
    try server.lands(commit, as: .erin)
  }

  @Test("evidence 62: an agent's refused push does not keep a person from bringing their own work")
  func refusedFirst() throws {
    let server = try GuardedServer.inUse()
    let below = try signed(server)
    let tip = try server.commit("Tip", ["tip": "1"], by: .frank, on: below, signed: true)
    try server.refuses(as: .codex, "\(tip):main", with: "HK101")
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    try server.lands(below, as: .dana)
    try server.lands(tip, as: .erin)
  }

  // MARK: Services that deliver

  @Test("evidence 62: a service that delivers people's work brings what they signed")
  func delivers() throws {
    let server = try GuardedServer.inUse(adding: Self.delivers)
    let below = try signed(server)
    let tip = try server.commit("Tip", ["tip": "1"], by: .frank, on: below, signed: true)
    try server.lands(below, as: .ci)
    try server.pushed(as: .ci, "\(tip):refs/heads/queue")
    try server.lands(tip, as: .codex)
    try server.lands(tip, as: .ci, on: "refs/heads/release/new")
  }

  @Test(
    "evidence 62: a delivering service makes no unsigned work a person's, nor an agent's signed work"
  )
  func deliversOthers() throws {
    let server = try GuardedServer.inUse(adding: Self.delivers)
    let (below, tip) = try server.anonymousPair()
    let danas = try server.commit("Unsigned", ["unsigned": "1"], by: .dana)
    let agents = try server.commit("Agent's", ["agent": "1"], by: .codex, signed: true)
    let assisted = try signed(
      server, "assisted", message: "Work\n\nCo-authored-by: Codex <noreply@openai.com>")
    for commit in [below, tip, danas, agents, assisted] {
      try server.refusesEverywhere(commit, as: [.ci])
    }
  }

  @Test("evidence 62: a service delivers for itself alone")
  func deliversForItself() throws {
    let server = try GuardedServer.inUse(adding: Self.delivers)
    let commit = try signed(server)
    try server.pushed(as: .codex, "\(commit):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .stranger])
    // What the agent brought it may deliver as a person may.
    try server.lands(commit, as: .ci)
  }

  @Test("evidence 62: a service whose time is over delivers nothing")
  func deliversNoMore() throws {
    let server = try GuardedServer.inUse(
      adding: [.ci: "delivers = true\nexpires = \"2026-02-01T00:00:00Z\""])
    let commit = try signed(server)
    let outcome = try server.push(as: .ci, "\(commit):main")
    #expect(!outcome.succeeded, "\(outcome)")
    #expect(try server.tip() == server.base)
  }

  // MARK: Assisted work

  @Test(
    "evidence 62: where assisted work passes with a person's signature, an agent does not bring it")
  func assisted() throws {
    let server = try GuardedServer.inUse(rules: Roster.everyPlace + "\nassisted = \"allow\"\n")
    let commit = try signed(
      server, message: "Work\n\nCo-authored-by: Codex <noreply@openai.com>")
    try server.pushed(as: .codex, "\(commit):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .stranger, .ci])
    try server.lands(commit, as: .dana)
  }

  @Test("evidence 62: signing does not help where everybody's work is reviewed, whoever brings it")
  func everybody() throws {
    let anyone = Roster.everyPlace.replacing("of = \"agents\"", with: "of = \"anyone\"")
    let server = try GuardedServer.inUse(rules: anyone, adding: Self.delivers)
    let commit = try signed(server)
    try server.pushed(as: .codex, "\(commit):refs/heads/topic")
    try server.refusesEverywhere(commit, as: [.codex, .dana, .frank, .ci])
  }
}
