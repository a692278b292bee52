import Primitives
import TestSupport
import Testing

@Suite("who brought a commit is known for every commit")
struct ArrivalTests {
  private static let people: [Actor] = [.dana, .erin, .frank]

  // MARK: Reviews below a tip

  @Test(
    "evidence 55: an agent's sponsor does not review what lies below the tip that the agent pushed",
    arguments: ProtectedPlace.allCases)
  func sponsorBelow(_ place: ProtectedPlace) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    try server.approve(below, by: .erin) { $0.ref = place.ref }
    try server.refusesEverywhere(
      below, as: [.dana, .erin, .frank, .codex, .stranger], places: [place])
    try server.approve(below, by: .frank) { $0.ref = place.ref }
    try server.lands(below, as: .dana, on: place.ref)
  }

  @Test(
    "evidence 55: two below the tip, beside a merge and below it, the agent's work is the agent's")
  func deepBelow() throws {
    let server = try GuardedServer.inUse()
    let (one, two) = try server.anonymousPair()
    let (side, _) = try server.anonymousPair("side")
    let tree = try server.work.git("merge-tree", "--write-tree", two.hex, side.hex).objectID()
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [two, side], author: TestPerson("someone"))
    let tip = try server.commit("Tip", ["tip": "1"], by: .dana, on: merge)
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    for commit in [one, two, side, merge, tip] {
      try server.approve(commit, by: .erin)
      try server.refusesEverywhere(commit, as: Self.people)
    }
  }

  @Test("evidence 55: who pushed a branch does not review the commits below its tip")
  func ownPushBelow() throws {
    let anyone = Roster.everyPlace.replacing("of = \"agents\"", with: "of = \"anyone\"")
    let server = try GuardedServer.inUse(rules: anyone)
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .frank, "\(tip):refs/heads/topic")
    try server.approve(below, by: .frank)
    for pusher in [Actor.dana, .frank, .stranger] {
      let outcome = try server.refuses(as: pusher, "\(below):main", with: "HK101")
      #expect(outcome.remoteWords.contains("frank is its pusher"), "\(outcome)")
    }
    // Who merges what others brought is not thereby its pusher.
    try server.approve(below, by: .dana)
    try server.lands(below, as: .dana)
  }

  @Test("evidence 55: pushing the tip of a reviewed commit anew does not make another its pusher")
  func firstPusherStays() throws {
    let anyone = Roster.everyPlace.replacing("of = \"agents\"", with: "of = \"anyone\"")
    let server = try GuardedServer.inUse(rules: anyone)
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .frank, "\(tip):refs/heads/topic")
    // Nothing is new to the server in either of these.
    try server.pushed(as: .dana, "\(below):refs/heads/other")
    try server.pushed(as: .stranger, "\(below):refs/heads/third")
    try server.approve(below, by: .frank)
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
    try server.approve(below, by: .dana)
    try server.lands(below, as: .stranger)
  }

  // MARK: Unverified work

  @Test(
    "evidence 55: a commit below the tip that no person pushed is not the work of who pushes it on",
    arguments: [Actor.stranger, .nobody, .ci, .codex])
  func unknownBelow(_ bringer: Actor) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: bringer, "\(tip):refs/heads/work")
    try server.refusesEverywhere(below, as: Self.people)
    try server.refusesEverywhere(tip, as: [.dana])
    // Nor is it below a commit of one's own, or below one's own merge.
    let above = try server.commit("Above", ["above": "1"], by: .dana, on: below)
    try server.refusesEverywhere(above, as: [.dana])
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    let tree = try server.work.git("merge-tree", "--write-tree", own.hex, below.hex).objectID()
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [own, below], author: server.roster[.dana])
    try server.refusesEverywhere(merge, as: [.dana])
    // dana did not bring it, so she may review it.
    try server.approve(below, by: .dana)
    try server.lands(below, as: .dana)
  }

  @Test("evidence 55: what a tag brought was brought by who pushed the tag", arguments: [1, 2])
  func byTag(_ depth: Int) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.work.tag("inner", of: tip, by: server.roster[.dana])
    var tag = try #require(try server.work.id("refs/tags/inner"))
    if depth == 2 {
      try server.work.tag("outer", of: tag, by: server.roster[.dana])
      tag = try #require(try server.work.id("refs/tags/outer"))
    }
    try server.pushed(as: .stranger, "\(tag):refs/tags/draft")
    try server.refusesEverywhere(below, as: Self.people)
    try server.refusesEverywhere(tip, as: [.dana])
  }

  @Test("evidence 55: each of two references in one push leaves its trace, the refused one too")
  func severalReferences() throws {
    let server = try GuardedServer.inUse()
    let (one, first) = try server.anonymousPair("one")
    let (two, second) = try server.anonymousPair("two")
    let (three, third) = try server.anonymousPair("three")
    _ = try server.push(
      as: .stranger, "\(first):refs/heads/first-topic", "\(second):main",
      "\(third):refs/notes/other")
    for commit in [one, two, three] { try server.refusesEverywhere(commit, as: [.dana]) }
  }

  // MARK: Refused pushes

  @Test(
    "evidence 55: a refused push has brought its commits, those below its tip as well",
    arguments: [Actor.stranger, .nobody, .ci, .codex])
  func refusedFirst(_ bringer: Actor) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.refuses(as: bringer, "\(tip):main", with: "HK101")
    try server.refusesEverywhere(below, as: Self.people)
    // Not by way of a branch without rules either.
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    try server.refusesEverywhere(below, as: [.dana])
    try server.refusesEverywhere(tip, as: [.dana])
    try server.approve(below, by: .dana)
    try server.lands(below, as: .frank)
  }

  @Test("evidence 55: a refused push of an agent ties its sponsor")
  func refusedAgent() throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.refuses(
      as: .codex, "\(tip):refs/heads/release/new", with: "HK101",
      ref: "refs/heads/release/new")
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    try server.approve(below, by: .erin)
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
  }

  @Test(
    "evidence 55: a refused atomic push, and one that asks for nothing but a deletion beside it")
  func refusedAtomic() throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    _ = try server.push(
      as: .codex, "--atomic", "\(tip):refs/heads/topic", ":refs/heads/main")
    #expect(try server.tip("refs/heads/topic") == nil)
    try server.refusesEverywhere(below, as: Self.people)
  }

  // MARK: First is the order of recording

  @Test(
    "evidence 55: a person's work stays theirs when an agent pushes the same commits afterwards")
  func personFirst() throws {
    let server = try GuardedServer.inUse()
    let below = try server.commit("Below", ["own": "1"], by: .dana)
    let tip = try server.commit("Tip", ["own": "2"], by: .dana, on: below)
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/copy")
    try server.pushed(as: .stranger, "\(below):refs/heads/copy")
    for place in ProtectedPlace.allCases {
      try server.lands(below, as: .dana, on: place.ref)
    }
    try server.lands(tip, as: .codex)
  }

  @Test(
    "evidence 55: an agent's work stays the agent's when a person pushes the same commits again")
  func agentFirst() throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    try server.pushed(as: .dana, "\(below):refs/heads/topic")
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    try server.refusesEverywhere(below, as: Self.people)
  }

  @Test(
    "evidence 55: it stays so when the branch is gone, and when the objects were gone",
    arguments: [false, true])
  func branchGone(pruned: Bool) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/work")
    try server.pushed(as: .stranger, ":refs/heads/work")
    if pruned {
      try server.prune()
      #expect(try !server.repository.attempt("cat-file", "-e", below.hex).succeeded)
    }
    try server.pushed(as: .dana, "\(tip):refs/heads/again")
    try server.refusesEverywhere(below, as: Self.people)
  }

  @Test(
    "evidence 55: dates in commits and a clock that was put back change nothing about who was first"
  )
  func clocks() throws {
    let server = try GuardedServer.inUse()
    let someone = TestPerson("someone")
    let below = try server.work.commit(
      "Below", ["evil": "1"], on: nil, author: someone, parents: [server.base],
      date: server.sandbox.now + 86_400)
    let tip = try server.work.commit(
      "Tip", ["evil": "2"], on: nil, author: someone, parents: [below],
      date: server.sandbox.now - 86_400 * 300)
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    try server.pushed(as: .dana, "\(below):refs/heads/topic")
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
    try server.refuses(as: .dana, "\(tip):main", with: "HK101")
  }

  // MARK: Policies come and go

  @Test("evidence 55: what came before a rule did is known when the rule is there")
  func beforeTheRule() throws {
    let lax = """
      [[protect]]
      refs = ["refs/heads/other"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"
      """
    let server = try GuardedServer(policy: { $0.openPolicy(rules: lax) })
    try server.begin()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/work")
    try server.write(server.roster.openPolicy(serial: 2), to: "policy.toml")
    try server.refusesEverywhere(below, as: Self.people, places: [.main, .newBranch, .newTag])
  }

  @Test("evidence 55: an agent that is taken out of the policy leaves no work of a person's behind")
  func agentLeaves() throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    let without = server.roster.openPolicy(serial: 2)
      .replacing("accounts = [\"svc-codex\"]", with: "accounts = [\"svc-other\"]")
    try server.write(without, to: "policy.toml")
    try server.refusesEverywhere(below, as: Self.people)
  }

  @Test("evidence 55: it is known where pre-receive is the only hook")
  func preReceiveAlone() throws {
    let server = try GuardedServer(
      policy: { $0.openPolicy() }, hooks: ["pre-receive"], procReceiveRefs: [])
    try server.begin()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/work")
    let (other, above) = try server.anonymousPair("other")
    try server.refuses(as: .stranger, "\(above):main", with: "HK101")
    try server.refusesEverywhere(below, as: Self.people)
    try server.refusesEverywhere(other, as: Self.people)
  }

  // MARK: Nobody

  /// How a commit can get into the server's store without a push.
  enum BackDoor: String, CaseIterable, Sendable {
    case fetch, pool, madeOnServer
  }

  private func enter(_ tip: ObjectID, by door: BackDoor, _ server: GuardedServer) throws {
    switch door {
    case .fetch: try server.fetchBehindTheGate(tip)
    case .pool: try server.borrow(tip)
    case .madeOnServer: try server.fetchBehindTheGate(tip, as: "refs/heads/made-here")
    }
  }

  @Test(
    "evidence 55: what is in the store and nobody pushed is nobody's, also when a person pushes it on",
    arguments: BackDoor.allCases)
  func nobodys(_ door: BackDoor) throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try enter(tip, by: door, server)
    try server.refusesEverywhere(below, as: Self.people)
    try server.refusesEverywhere(tip, as: [.dana, .codex, .stranger])
    // A person's push to a branch without rules does not make it theirs.
    try server.pushed(as: .dana, "\(tip):refs/heads/topic")
    let above = try server.commit("Above", ["above": "1"], by: .dana, on: tip)
    try server.refusesEverywhere(above, as: [.dana])
    try server.approve(tip, by: .dana)
    try server.lands(above, as: .dana)
  }

  @Test("evidence 55: nobody's commit with a person's signature counts where a person pushes it")
  func nobodysSigned() throws {
    let server = try GuardedServer.inUse()
    let signed = try server.commit("Signed", ["signed": "1"], by: .dana, signed: true)
    try server.fetchBehindTheGate(signed)
    try server.refusesEverywhere(signed, as: [.codex, .stranger, .ci, .nobody])
    try server.lands(signed, as: .frank)
  }

  // MARK: What was there at install

  @Test("evidence 55: who brings what was there before the guard answers for it")
  func baseline() throws {
    let server = try GuardedServer(policy: { $0.openPolicy() })
    let someone = TestPerson("someone")
    let below = try server.repository.commit(
      "Old work", ["old": "1"], on: "old", author: someone, parents: [server.base])
    let tip = try server.repository.commit("More", ["old": "2"], on: "old", author: someone)
    try server.begin()
    try server.work.git("fetch", "--quiet", server.repository.path, "refs/heads/old")
    for actor in [Actor.codex, .stranger, .ci, .nobody] {
      try server.refuses(as: actor, "\(below):main", with: "HK101")
    }
    // Those refusals did not make it theirs.
    try server.lands(below, as: .dana)
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/old")
    try server.lands(tip, as: .dana)
  }

  @Test(
    "evidence 55: who brings old work to a branch that everybody's work is reviewed for is its pusher"
  )
  func baselineReview() throws {
    let anyone = Roster.everyPlace.replacing("of = \"agents\"", with: "of = \"anyone\"")
    let server = try GuardedServer(policy: { $0.openPolicy(rules: anyone) })
    let old = try server.repository.commit(
      "Old work", ["old": "1"], on: "old", author: TestPerson("someone"), parents: [server.base])
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.pushed(as: .frank, "\(first):refs/heads/first")
    try server.work.git("fetch", "--quiet", server.repository.path, "refs/heads/old")
    try server.approve(old, by: .dana)
    try server.refuses(as: .dana, "\(old):main", with: "HK101")
    try server.lands(old, as: .frank)
  }

  // MARK: Whose work unsigned work is

  @Test("evidence 55: unsigned work that another enrolled person committed is not the pusher's")
  func othersCommit() throws {
    let server = try GuardedServer.inUse()
    let danas = try server.commit("Work of dana", ["work": "1"], by: .dana)
    try server.refusesEverywhere(danas, as: [.frank])
    let rebased = try server.work.commit(
      "Work", ["work": "2"], on: nil, author: server.roster[.frank],
      committer: server.roster[.dana], parents: [server.base])
    try server.refusesEverywhere(rebased, as: [.frank])
    // A cherry-pick has another author, and one's own name as committer.
    let picked = try server.work.commit(
      "Picked", ["work": "3"], on: nil, author: server.roster[.dana],
      committer: server.roster[.frank], parents: [server.base])
    try server.lands(picked, as: .frank)
  }

  @Test(
    "evidence 55: a bot that no catalog knows is never the pusher",
    arguments: [
      ("bumper[bot]", "9+bumper[bot]@users.noreply.example.org", "Work"),
      (
        "someone", "someone@example.org",
        "Work\n\nCo-authored-by: bumper[bot] <9+bumper[bot]@users.noreply.example.org>\n"
      ),
      (
        "someone", "someone@example.org",
        "Work\n\nco-developed-by: Bumper[Bot] <bumper@example.org>\n"
      ),
    ])
  func unknownBot(_ name: String, _ email: String, _ message: String) throws {
    let server = try GuardedServer.inUse()
    let work = try server.work.commit(
      message, ["work": "1"], on: nil, author: TestPerson(name, email: email),
      committer: server.roster[.dana], parents: [server.base])
    try server.refusesEverywhere(work, as: [.dana])
    try server.approve(work, by: .frank)
    try server.lands(work, as: .dana)
  }

  // MARK: Whoever checks

  @Test("evidence 55: what landed below a tip is judged alike in a clone, which has no arrivals")
  func verified() throws {
    let server = try GuardedServer.inUse()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
    try server.approve(below, by: .frank)
    try server.lands(below, as: .dana)
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: below)
    let above = try server.commit("Above", ["own": "2"], by: .dana, on: own)
    try server.pushed(as: .dana, "\(above):refs/heads/topic")
    try server.lands(own, as: .frank)
    let auditor = try server.sandbox.clone(
      server.repository, "auditor",
      options: ["--config", "remote.origin.fetch=+refs/hookkit/*:refs/hookkit/remotes/origin/*"])
    for place in [auditor.path, server.repository.path] {
      let outcome = try server.sandbox.hookkit("verify", in: place)
      #expect(outcome.exit == 0, "\(outcome)")
    }
  }
}
