import Primitives
import TestSupport
import Testing

@Suite("what has landed is what the server landed")
struct LandedTests {
  private static let release = "refs/heads/release/9"

  // MARK: Names that only match

  @Test(
    "evidence 56: under a rule for every reference a held commit opens no new one",
    arguments: ["refs/**", "refs/*/**", "refs/quarantine/**"])
  func heldCommit(_ pattern: String) throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/main", "refs/heads/release/**", "\(pattern)"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"

      \(Roster.quarantine)
      """
    let server = try GuardedServer(
      policy: { $0.openPolicy(rules: rules) }, files: ["package-lock.json": GuardedServer.lock()])
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.lands(first, as: .frank, on: "refs/heads/release/old")
    let bump = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(host: "evil.example")], by: .codex)
    let held = try server.push(as: .codex, "\(bump):refs/heads/deps")
    #expect(held.codes.contains("HK201"), "\(held)")
    #expect(try !server.holds().isEmpty, "\(held)")
    let above = try server.commit("Above", ["above": "1"], by: .dana, on: bump)
    for actor in [Actor.codex, .dana, .stranger] {
      for commit in [bump, above] {
        for ref in [Self.release, "refs/heads/anything", "refs/tags/v9"] {
          let outcome = try server.push(as: actor, "\(commit):\(ref)")
          #expect(!outcome.succeeded || pattern == "refs/quarantine/**", "\(actor): \(outcome)")
          if ref == Self.release {
            #expect(outcome.codes.contains { $0.hasPrefix("HK") }, "\(actor): \(outcome)")
            #expect(try server.tip(ref) == nil, "\(actor): \(outcome)")
          }
        }
      }
    }
  }

  /// A rule for `main` and releases, and whether it also names `staging`.
  private func rules(widened: Bool) -> String {
    """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**", "refs/tags/v*"\
    \(widened ? ", \"refs/heads/staging/**\"" : "")]
    review = { of = "agents", approvals = 1 }
    unverified = "person"
    """
  }

  /// Unreviewed work stands at `refs/heads/staging/1`, which a rule comes to protect then.
  private func widened() throws -> (server: GuardedServer, below: ObjectID, tip: ObjectID) {
    let server = try GuardedServer(policy: { $0.openPolicy(rules: rules(widened: false)) })
    try server.begin()
    let (below, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/staging/1")
    try server.write(
      server.roster.openPolicy(serial: 2, rules: rules(widened: true)), to: "policy.toml")
    return (server, below, tip)
  }

  @Test("evidence 56: the tips of branches that a rule comes to protect have not landed")
  func widenedRule() throws {
    let (server, below, tip) = try widened()
    try server.refusesEverywhere(
      tip, as: [.dana, .codex, .stranger], places: [.newBranch, .newTag, .main, .otherBranch])
    try server.refusesEverywhere(below, as: [.dana, .codex], places: [.newBranch, .newTag])
    // Another name of the same pattern is no better.
    try server.refuses(
      as: .dana, "\(tip):refs/heads/staging/2", with: "HK101", ref: "refs/heads/staging/2")
  }

  @Test("evidence 56: a landing on top of work that never landed does not make that work landed")
  func landingAbove() throws {
    let (server, _, tip) = try widened()
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: tip)
    // Whether this one lands or waits for an adoption, it says nothing of what lies below it.
    _ = try server.push(as: .dana, "\(own):refs/heads/staging/1")
    for commit in [own, tip] {
      try server.refusesEverywhere(commit, as: [.dana, .frank], places: [.newBranch, .newTag])
      try server.refusesEverywhere(commit, as: [.dana], places: [.main, .otherBranch])
    }
  }

  @Test("evidence 56: a landing above a gap in the landings says nothing of what lies in the gap")
  func gap() throws {
    let server = try GuardedServer.inUse()
    let first = try server.commit("First", ["first": "1"], by: .dana)
    try server.lands(first, as: .dana)
    let (_, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/topic")
    try server.repository.setReferences([("refs/heads/main", tip)])
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: tip)
    _ = try server.push(as: .dana, "\(own):main")
    for commit in [own, tip] {
      try server.refusesEverywhere(commit, as: [.dana, .frank], places: [.newBranch, .newTag])
    }
  }

  @Test("evidence 56: what came while a rule was away has not landed when the rule is back")
  func ruleAway() throws {
    let server = try GuardedServer.inUse()
    let first = try server.commit("First", ["first": "1"], by: .dana)
    try server.lands(first, as: .dana)
    let (_, tip) = try server.anonymousPair()
    let mine = try server.work.commit(
      "Merge", ["first": "1"], on: nil, author: TestPerson("someone"), parents: [first, tip])
    let rest = Roster.everyPlace.replacing("\"refs/heads/main\", ", with: "")
    try server.write(server.roster.openPolicy(serial: 2, rules: rest), to: "policy.toml")
    try server.pushed(as: .stranger, "\(mine):refs/heads/main")
    try server.write(
      server.roster.openPolicy(serial: 3, rules: Roster.everyPlace), to: "policy.toml")
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: mine)
    _ = try server.push(as: .dana, "\(own):main")
    for commit in [own, mine, tip] {
      try server.refusesEverywhere(commit, as: [.dana, .frank], places: [.newBranch, .newTag])
    }
    // What landed before is what it was.
    try server.lands(first, as: .frank, on: ProtectedPlace.newBranch.ref)
  }

  @Test("evidence 56: nor has what a protected tag stood for that was set round the hooks")
  func gapOfTag() throws {
    let server = try GuardedServer.inUse(rules: Roster.everyPlace + "\nforce-push = true\n")
    let tag = "refs/tags/v0"
    try server.pushed(as: .dana, "\(server.base):\(tag)")
    let (_, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/topic")
    try server.repository.setReferences([(tag, tip)])
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: tip)
    _ = try server.push(as: .dana, "+\(own):\(tag)")
    for commit in [own, tip] {
      try server.refusesEverywhere(commit, as: [.dana, .frank], places: [.newBranch, .newTag])
    }
  }

  @Test("evidence 56: a beginning that is recorded when another reference lands opens nothing")
  func laterBeginning() throws {
    let (server, _, tip) = try widened()
    // The server records where every protected reference stands.
    let other = try server.commit("Other", ["other": "1"], by: .dana)
    try server.lands(other, as: .dana)
    try server.refusesEverywhere(tip, as: [.dana, .codex], places: [.newBranch, .newTag])
  }

  @Test(
    "evidence 56: a protected name that is a symbolic reference to an unguarded branch is no landing"
  )
  func symbolicName() throws {
    let server = try GuardedServer.inUse()
    let (_, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/topic")
    try server.repository.git(
      "-c", "core.hooksPath=/dev/null", "symbolic-ref", "refs/heads/release/alias",
      "refs/heads/topic")
    try server.refuses(as: .dana, "\(tip):\(Self.release)", with: "HK101", ref: Self.release)
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    try server.lands(own, as: .dana)
    try server.refuses(as: .dana, "\(tip):\(Self.release)", with: "HK101", ref: Self.release)
  }

  @Test("evidence 56: a protected name that was set round the hooks is no landing")
  func setOnServer() throws {
    let server = try GuardedServer.inUse()
    let (_, tip) = try server.anonymousPair()
    try server.pushed(as: .stranger, "\(tip):refs/heads/topic")
    try server.repository.setReferences([("refs/heads/release/set", tip)])
    try server.refuses(as: .dana, "\(tip):\(Self.release)", with: "HK101", ref: Self.release)
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    try server.lands(own, as: .dana)
    try server.refuses(as: .dana, "\(tip):\(Self.release)", with: "HK101", ref: Self.release)
  }

  @Test("evidence 56: a tip that a laxer rule let land opens nothing under a stricter one")
  func laxer() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/staging/**"]
      review = { of = "agents", approvals = 0 }
      unverified = "person"

      \(Roster.everyPlace)
      """
    let server = try GuardedServer.inUse(rules: rules)
    let (below, tip) = try server.anonymousPair()
    try server.lands(tip, as: .stranger, on: "refs/heads/staging/1")
    for commit in [below, tip] {
      try server.refusesEverywhere(commit, as: [.dana, .codex])
    }
  }

  // MARK: The middle of a series

  /// Two commits of codex that dana has reviewed at their end, and that have landed on main.
  private func series() throws -> (server: GuardedServer, one: ObjectID, two: ObjectID) {
    let server = try GuardedServer.inUse()
    let one = try server.commit("One", ["one": "1"], by: .codex)
    let two = try server.commit("Two", ["two": "1"], by: .codex, on: one)
    try server.pushed(as: .codex, "\(two):refs/heads/agent/codex/work")
    try server.approve(two, by: .dana)
    try server.lands(two, as: .frank)
    return (server, one, two)
  }

  @Test(
    "evidence 56: a landed tip is released without a second review, also when main has moved on")
  func landedTip() throws {
    let (server, _, two) = try series()
    let next = try server.commit("Next", ["next": "1"], by: .dana, on: two)
    try server.lands(next, as: .dana)
    try server.lands(two, as: .erin, on: Self.release)
    try server.lands(two, as: .codex, on: "refs/tags/v9")
    try server.lands(next, as: .codex, on: "refs/heads/release/10")
  }

  @Test("evidence 56: the middle of a reviewed series is covered by what is reviewed for itself")
  func middle() throws {
    let (server, one, two) = try series()
    for place in [ProtectedPlace.newBranch, .newTag] {
      try server.refusesEverywhere(one, as: [.dana, .codex, .frank], places: [place])
    }
    // A commit of one's own on top does not change that.
    let own = try server.commit("Own", ["own": "1"], by: .dana, on: one)
    try server.refusesEverywhere(own, as: [.dana], places: [.newBranch])
    try server.approve(one, by: .dana) { $0.ref = "refs/heads/release/new" }
    try server.lands(one, as: .frank, on: "refs/heads/release/new")
    try server.lands(two, as: .dana, on: "refs/tags/v1")
  }

  @Test("evidence 56: a release branch is made from the middle of a person's push")
  func personsMiddle() throws {
    let server = try GuardedServer.inUse()
    let one = try server.commit("One", ["one": "1"], by: .dana)
    let two = try server.commit("Two", ["two": "1"], by: .dana, on: one)
    try server.lands(two, as: .dana)
    try server.lands(one, as: .dana, on: Self.release)
    try server.lands(one, as: .frank, on: "refs/tags/v9")
  }

  // MARK: Landed elsewhere

  @Test("evidence 56: a release branch that catches up with main asks for no second review")
  func catchesUp() throws {
    let (server, _, two) = try series()
    try server.lands(two, as: .dana, on: "refs/heads/release/old")
  }

  @Test("evidence 56: where the release asks for more than main did, it asks")
  func stricterRelease() throws {
    let rules = """
      \(Roster.everyPlace)

      [[protect]]
      refs = ["refs/heads/release/**"]
      review = { of = "agents", approvals = 2 }
      unverified = "person"
      """
    let server = try GuardedServer.inUse(rules: rules)
    let work = try server.commit("Work", ["work": "1"], by: .codex)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    try server.approve(work, by: .dana)
    try server.lands(work, as: .frank)
    try server.refusesEverywhere(work, as: [.dana, .codex], places: [.newBranch, .otherBranch])
  }

  @Test("evidence 56: a landing that no hook could record is completed before landings are read")
  func missingLanding() throws {
    let server = try GuardedServer(
      policy: { $0.openPolicy() }, hooks: ["pre-receive"], procReceiveRefs: [])
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.lands(first, as: .frank)
    let work = try server.commit("Work", ["work": "1"], by: .codex, on: first)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    try server.approve(work, by: .dana)
    try server.lands(work, as: .frank)
    try server.lands(work, as: .erin, on: Self.release)
  }

  @Test("evidence 56: a landing stays one when the branch is gone")
  func branchGone() throws {
    let rules = Roster.everyPlace + "\ndelete = true\n"
    let server = try GuardedServer.inUse(rules: rules)
    let work = try server.commit("Work", ["work": "1"], by: .codex)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    try server.approve(work, by: .dana) { $0.ref = Self.release }
    try server.lands(work, as: .frank, on: Self.release)
    try server.pushed(as: .frank, ":\(Self.release)")
    try server.lands(work, as: .dana, on: "refs/heads/release/10")
  }
}
