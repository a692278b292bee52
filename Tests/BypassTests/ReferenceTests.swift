import Primitives
import TestSupport
import Testing

@Suite("references")
struct ReferenceTests {
  /// The rules of profile "team", with its rule for tags.
  private static let withTags = """
    \(Roster.team)

    [[protect]]
    refs = ["refs/tags/**"]
    review = { approvals = 0 }
    """

  @Test(
    "bypass 32: a tag or other reference that stands before the protected branch is not made",
    arguments: [false, true])
  func tagLikeBranch(protectsTags: Bool) throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: protectsTags ? Self.withTags : Roster.team)
    })
    let evil = try server.agentWork()
    let release = try server.commit("Release", by: .dana)
    try server.lands(release, as: .dana, on: "refs/heads/release/1")
    for actor in [Actor.codex, .dana, .stranger, .nobody] {
      for ref in ["refs/tags/main", "refs/tags/release/1", "refs/release/1"] {
        try server.refuses(as: actor, "\(evil):\(ref)", with: "HK505", ref: ref)
      }
    }
    // The other way round: the branch does not come second either, not even in one push.
    try server.pushed(as: .stranger, "\(evil):refs/tags/release/2")
    try server.refuses(
      as: .dana, "\(release):refs/heads/release/2", with: "HK505", ref: "refs/heads/release/2")
    try server.refuses(
      as: .dana, "\(release):refs/heads/release/3", "\(evil):refs/tags/release/3", with: "HK505",
      ref: "refs/heads/release/3")
    // What a person reads when they ask for the branch by its short name.
    #expect(try server.repository.id("main") == server.base)
  }

  @Test("bypass 33: a push through a symbolic alias is judged as a push to what it names")
  func symbolicAlias() throws {
    let server = try GuardedServer()
    try server.repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    try server.repository.git(
      "symbolic-ref", "refs/heads/agent/codex/alias", "refs/heads/alias")
    let evil = try server.agentWork()
    for alias in ["refs/heads/alias", "refs/heads/agent/codex/alias"] {
      for actor in [Actor.codex, .stranger] {
        let outcome = try server.push(as: actor, "\(evil):\(alias)")
        #expect(!outcome.succeeded, "\(outcome)")
        #expect(try server.tip() == server.base)
      }
      try server.refuses(as: .dana, "\(evil):\(alias)", with: "HK101")
      try server.refuses(as: .dana, ":\(alias)", with: "HK502")
    }
    #expect(try server.tip() == server.base)
  }

  @Test("bypass 34: a name that differs from a protected one by case alone is not made")
  func foldedCase() throws {
    let server = try GuardedServer()
    let own = try server.commit(by: .dana)
    for ref in ["refs/heads/MAIN", "refs/heads/Main", "refs/Heads/main", "refs/heads/RELEASE/1"] {
      try server.refuses(as: .dana, "\(own):\(ref)", with: "HK505", ref: ref)
    }
  }

  @Test("bypass 35: what came in by an unguarded branch is not known any better on a guarded one")
  func unguardedFirst() throws {
    let server = try GuardedServer()
    for actor in [Actor.stranger, .nobody, .ci] {
      let work = try server.commit("By \(actor)", [actor.rawValue: "1"], by: .dana)
      try server.pushed(as: actor, "\(work):refs/heads/\(actor.rawValue)")
      // Nothing is new to the repository any more.
      try server.refuses(as: actor, "\(work):main", with: "HK101")
      try server.refuses(as: .dana, "\(work):main", with: "HK101")
    }
    let agents = try server.agentWork()
    try server.refuses(as: .dana, "\(agents):main", with: "HK101")
  }

  @Test("bypass 36: no other namespace covers anything or can be taken over")
  func namespaces() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    // The policy in force is on record since that push.
    let recorded = try #require(try server.tip("refs/hookkit/policy"))
    for ref in [
      "refs/hookkit/landings", "refs/hookkit/policy", "refs/hookkit/x", "refs/quarantine/Q7F3",
      "refs/quarantine/main",
    ] {
      for actor in [Actor.dana, .codex, .nobody] {
        try server.refuses(as: actor, "+\(work):\(ref)", with: "HK506", ref: ref)
      }
    }
    #expect(try server.tip("refs/hookkit/policy") == recorded)
    for ref in ["refs/notes/ai", "refs/pull/1/head", "refs/meta/config", "refs/changes/01/1/1"] {
      try server.refuses(as: .codex, "\(work):\(ref)", with: "HK401", ref: ref)
      try server.pushed(as: .stranger, "\(work):\(ref)")
    }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.refuses(as: .dana, "\(work):main", with: "HK101")
    // The ledger takes nothing but statements, the landings nothing at all, not even a deletion.
    try server.refuses(
      as: .stranger, "\(work):refs/hookkit/ledger", with: "HK806", ref: "refs/hookkit/ledger")
    let own = try server.commit(by: .dana)
    try server.lands(own, as: .dana)
    #expect(try server.tip("refs/hookkit/landings") != nil)
    try server.refuses(
      as: .dana, ":refs/hookkit/landings", with: "HK506", ref: "refs/hookkit/landings")
  }

  @Test("bypass 77: notes that nobody can read stop nobody, and lower nothing")
  func unreadableNotes() throws {
    let server = try GuardedServer()
    let ref = "refs/notes/ai"
    let evil = try server.agentWork()
    let note = "1\n---\n{\"prompts\":{\"a\":{\"agent_id\":{\"tool\":\"codex\"}}}}\n"
    let blob = try server.work.blob(Array(note.utf8))
    let twice = try server.work.rawTree([("100644", "a", blob), ("100644", "a", blob)])
    let unsorted = try server.work.commit(
      "notes", tree: twice, parents: [], author: server.roster[.stranger])
    try server.work.tag("notes", of: server.base)
    let tag = try #require(try server.work.id("refs/tags/notes"))
    var parent = server.base
    for tip in [blob, twice, tag, unsorted] {
      try server.pushed(as: .stranger, "+\(tip):\(ref)")
      try server.refuses(as: .dana, "+\(evil):main", with: "HK101")
      let own = try server.commit("Own \(tip)", ["own": .text(tip.hex)], by: .dana, on: parent)
      try server.lands(own, as: .dana)
      parent = own
    }
    // A note that is too long to be read is a note on that commit all the same.
    let noted = try server.commit("Noted", ["noted": "1"], by: .dana, on: parent)
    let long = try server.work.blob([UInt8](repeating: 0x20, count: 17 << 20))
    for content in [blob, long] {
      let notes = try server.work.commit(
        "notes", [noted.hex: .object(content, mode: "100644")], on: nil,
        author: server.roster[.stranger], parents: [])
      try server.pushed(as: .stranger, "+\(notes):\(ref)")
      try server.refuses(as: .dana, "\(noted):main", with: "HK101")
    }
    // One that is lost on the server's own disk is not the pusher's to decide.
    let path = "\(server.repository.path)/\(ref)"
    try Sandbox.writeFile(Array("0123456789012345678901234567890123456789\n".utf8), to: path)
    try server.refuses(as: .dana, "\(noted):main", with: "HK901")
  }

  @Test("bypass 37: renaming the default branch on the server takes no protected branch away")
  func renamedDefault() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    for arguments in [
      ["branch", "-m", "main", "old"], ["branch", "-M", "agent/codex/work", "main"],
      ["branch", "-f", "main", evil.hex], ["branch", "-D", "main"],
    ] {
      let outcome = try server.sandbox.run(
        ["git"] + arguments, in: server.repository.path, env: server.environment(as: .codex))
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(try server.tip() == server.base)
    }
  }

  @Test("bypass 37: a branch that two patterns name obeys both")
  func overlappingWildcards() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/*"]
      review = { of = "agents", approvals = 0 }
      unverified = "person"
      force-push = true
      delete = true

      [[protect]]
      refs = ["refs/heads/m*", "refs/heads/release/**"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"
      """
    let server = try GuardedServer(policy: { $0.policy(rules: rules) })
    let evil = try server.agentWork()
    try server.refuses(as: .codex, "\(evil):main", with: "HK101")
    try server.refuses(as: .dana, ":main", with: "HK502")
    let root = try server.work.commit(
      "Root", ["a": "1"], on: nil, author: server.roster[.dana], parents: [])
    try server.refuses(as: .dana, "+\(root):main", with: "HK501")
  }

  @Test("bypass 38: commits hidden in an earlier pack are judged when a branch takes them up")
  func hiddenInPack() throws {
    let server = try GuardedServer()
    let hidden = try server.work.commit(
      "Hidden", ["evil": "1"], on: nil, author: server.roster[.codex], parents: [server.base])
    let own = try server.commit(by: .frank)
    // frank's push carries objects that no reference of it reaches.
    let sent = try server.rawPush(
      as: .frank, commands: [Array("\(ObjectID.zero) \(own) refs/heads/topic".utf8)],
      objects: [own.hex, hidden.hex, "^\(server.base)"])
    #expect(sent.succeeded, "\(sent)")
    #expect(try server.tip("refs/heads/topic") == own)
    #expect(try server.repository.attempt("cat-file", "-e", hidden.hex).succeeded)
    try server.refuses(as: .codex, "\(hidden):main", with: "HK101")
    try server.refuses(as: .stranger, "\(hidden):main", with: "HK101")
  }

  @Test("bypass 38: a shallow push is not judged by the part that can be seen")
  func shallowPush() throws {
    let server = try GuardedServer()
    try server.repository.git("config", "receive.shallowUpdate", "true")
    let evil = try server.commit(by: .stranger)
    let above = try server.commit("Above", ["above": "1"], by: .dana, on: evil)
    let middle = try server.sandbox.repository("shallow")
    try server.work.git("branch", "above", above.hex)
    try middle.git("fetch", "--quiet", "--depth=1", "file://\(server.work.path)", "above")
    let outcome = try server.push(as: .dana, "FETCH_HEAD:refs/heads/release/1", from: middle)
    #expect(!outcome.succeeded && outcome.codes.contains { $0.hasPrefix("HK9") }, "\(outcome)")
    #expect(try server.tip("refs/heads/release/1") == nil)
    let main = try server.push(as: .dana, "+FETCH_HEAD:main", from: middle)
    #expect(!main.succeeded, "\(main)")
    #expect(try server.tip() == server.base)
  }

  @Test("bypass 39: a SHA-256 repository is not guessed at: the gate stays shut")
  func sha256Repository() throws {
    let sandbox = try Sandbox()
    let server = try GuardedServer(in: sandbox)
    try sandbox.git("init", "--quiet", "--bare", "--object-format=sha256", sandbox.path("long.git"))
    let made = try sandbox.run(
      [
        "sh", "-ec",
        """
        cp -R server.git/hooks server.git/hookkit long.git/
        git -C long.git config receive.procReceiveRefs refs
        git init --quiet --object-format=sha256 long
        git -C long commit --quiet --allow-empty -m one
        """,
      ])
    #expect(made.succeeded, "\(made)")
    for actor in [Actor.dana, .codex] {
      let outcome = try sandbox.run(
        ["git", "push", sandbox.path("long.git"), "main"], in: "long",
        env: server.environment(as: actor))
      #expect(!outcome.succeeded && outcome.codes.contains { $0.hasPrefix("HK9") }, "\(outcome)")
      let refs = try sandbox.git("for-each-ref", in: "long.git")
      #expect(refs.output.isEmpty)
    }
  }

  @Test(
    "bypass 40: push options and names that look like options, lines or commands change nothing")
  func delimiters() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    for option in [
      "hookkit.format=json; rm -rf /", "hookkit.format=human\u{1b}[2J", "HOOKKIT_PUSHER=dana",
      "hookkit.reason=$(touch /tmp/x)`id`", "\"; exit 0 #", "verdict=allow", "0000",
      "ok refs/heads/main", String(repeating: "x", count: 60_000),
    ] {
      try server.refuses(as: .codex, "-o", option, "\(evil):main", with: "HK")
    }
    for name in [
      "refs/heads/--upload-pack=touch", "refs/heads/-x", "refs/heads/--help",
      "refs/heads/$(id)", "refs/heads/;id", "refs/heads/agent/codex/`id`", "refs/heads/a|b&c",
      "refs/heads/'\"",
    ] {
      let outcome = try server.push(as: .codex, "\(evil):\(name)")
      let isOwn = name.hasPrefix("refs/heads/agent/codex/")
      #expect(outcome.succeeded == isOwn, "\(outcome)")
      #expect(try server.tip(name) == (isOwn ? evil : nil))
    }
    #expect(try server.tip() == server.base)
  }

  @Test("bypass 41: an atomic push with one refused reference moves none and leaves none behind")
  func atomic() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let before = try server.repository.references()
    try server.refuses(
      as: .codex, "--atomic", "\(evil):refs/heads/agent/codex/other", "\(evil):main",
      with: "HK101")
    #expect(try server.repository.references() == before)
    // Without --atomic the sibling goes through and the protected one does not.
    try server.refuses(
      as: .codex, "\(evil):refs/heads/agent/codex/other", "\(evil):main", with: "HK101")
    #expect(try server.tip("refs/heads/agent/codex/other") == evil)
    // With pre-receive gone, proc-receive and the last hook give the same answer.
    try server.unlink("pre-receive")
    let now = try server.repository.references()
    try server.refuses(
      as: .codex, "--atomic", "\(evil):refs/heads/agent/codex/third", "\(evil):main",
      with: "HK101")
    #expect(try server.repository.references() == now)
  }
}
