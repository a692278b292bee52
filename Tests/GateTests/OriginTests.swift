import Gate
import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// Who made a commit, and what a rule makes of it.
@Suite struct OriginTests {
  @Test("an unsigned commit counts as its pusher's only where the rule says so")
  func unverified() throws {
    let team = try GateBench(GateBench.rule("unverified = \"person\""))
    let strict = try GateBench(GateBench.rule("unverified = \"agent\""))
    let unsaid = try GateBench(GateBench.rule())
    for actor in [Actor.dana, .stranger, .nobody, .ci, .codex] {
      let mine = try team.judge(team.commit(.dana), by: actor)
      #expect((mine.verdict == .allow) == (actor == .dana), "\(actor)")
      #expect(try strict.judge(strict.commit(.dana), by: actor).codes == ["HK101"])
      #expect(try unsaid.judge(unsaid.commit(.dana), by: actor).codes == ["HK101"])
    }
  }

  @Test("a person's signed commit is theirs whoever pushes it, but for one that names an agent")
  func signed() throws {
    let bench = try GateBench(GateBench.rule())
    let own = try bench.commit(.dana, signed: true)
    for actor in [Actor.dana, .nobody, .stranger, .ci] {
      #expect(try bench.judge(own, by: actor).verdict == .allow, "\(actor)")
    }
    let tampered = try bench.work.contents("commit", own.hex)
    let text = String(decoding: tampered, as: UTF8.self).replacing("Work", with: "Evil")
    let forged = try bench.work.object("commit", Array(text.utf8))
    #expect(try bench.judge(forged).codes == ["HK101"])
    let agents = try bench.commit(.codex, signed: true)
    #expect(try bench.judge(agents).words.contains("agent: signed by its key"))
    let unknown = try bench.commit(.stranger, signed: true)
    #expect(try bench.judge(unknown).words.contains("not signed by a known key"))
  }

  private static let marked = "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n"

  @Test("a signed commit that names an agent is reviewed, or let pass where the rule says so")
  func assisted() throws {
    for (word, verdict) in [("review", Verdict.refuse), ("allow", .allow)] {
      let bench = try GateBench(
        GateBench.rule("assisted = \"\(word)\"", "unverified = \"person\""))
      let signed = try bench.commit(.dana, message: Self.marked, signed: true)
      #expect(try bench.judge(signed).verdict == verdict)
      // Without the signature nobody says that it is theirs.
      let unsigned = try bench.commit(.dana, message: Self.marked)
      #expect(try bench.judge(unsigned).codes == ["HK101"])
      // And what an agent's own key has signed is no person's assisted work.
      let agents = try bench.commit(.codex, message: Self.marked, signed: true)
      #expect(try bench.judge(agents).codes == ["HK101"])
    }
  }

  @Test("the words of a refusal say who it was and by which sign")
  func quoted() throws {
    let bench = try GateBench()
    let marked = try bench.commit(.dana, message: Self.marked, signed: true)
    #expect(try bench.judge(marked).words.contains("(agent: OpenAI Codex, named in a trailer)"))
    let pushed = try bench.judge(bench.commit(.stranger), by: .codex)
    #expect(pushed.words.contains("by codex (agent: pushed by its account)"))
  }

  @Test("an enrolled agent's address as author is an agent's work, in any letters")
  func agentsAddress() throws {
    let bench = try GateBench(adding: [.codex: "emails = [\"robot@example.com\"]"])
    let commit = try bench.work.commit(
      "Work\n", ["a": "1"], on: nil, author: TestPerson("Dana", email: "Robot@Example.com"),
      parents: [bench.base])
    #expect(try bench.judge(commit).words.contains("(agent: codex, named as author)"))
  }

  @Test("a service's work is known by its account or key, never by its name, and is reviewed")
  func service() throws {
    let bench = try GateBench(GateBench.rule("unverified = \"person\""))
    for (commit, actor, words) in [
      (try bench.commit(.ci), Actor.ci, "by ci (service: pushed by its account)"),
      (
        try bench.commit(.ci, ["b": "1"], signed: true), .dana, "by ci (service: signed by its key)"
      ),
    ] {
      #expect(try bench.judge(commit, by: actor).words.contains(words))
    }
    let named = try bench.commit(.ci, ["c": "1"])
    #expect(try bench.judge(named, by: .stranger).words.contains("unverified"))
    let ended = try GateBench(adding: [.ci: "revoked = true"])
    let late = try ended.judge(ended.commit(.ci, signed: true), by: .ci)
    #expect(late.codes == ["HK101"] && late.words.contains("unverified"))
  }

  // MARK: Notes

  private static let note = """
    a
      abc 1-2
    ---
    {"schema_version":"authorship/3.0.0","prompts":{"abc":{"agent_id":{"tool":"codex"}}}}

    """

  @Test("a note that git-ai left on a commit makes it suspected, unless it names no tool")
  func notes() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, signed: true)
    let other = try bench.commit(.dana, ["b": "1"], signed: true)
    let bare = bench.server.repository
    #expect(try bench.judge(commit).verdict == .allow)
    let hex = commit.hex
    for path in [hex, "\(hex.prefix(2))/\(hex.dropFirst(2))"] {
      try bare.commit("notes", [path: .text(Self.note)], on: "refs/notes/ai", parents: [])
      let judgement = try bench.judge(commit)
      #expect(judgement.codes == ["HK101"] && judgement.words.contains("by a note"))
      #expect(try bench.judge(other).verdict == .allow, "a note on another commit")
    }
    let empty = Self.note.replacing("\"tool\":\"codex\"", with: "")
    try bare.commit("notes", [hex: .text(empty)], on: "refs/notes/ai", parents: [])
    #expect(try bench.judge(commit).verdict == .allow)
  }

  @Test("git's own notes are read as git fans them out")
  func fanOut() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, signed: true)
    // git begins to fan out when a tree of notes gets large.
    var stream = "commit refs/notes/ai\ncommitter T <t> 1 +0000\ndata 1\nx\n"
    for number in 0..<600 {
      let hex = try #require(
        ObjectID(raw: (0..<20).map { UInt8(truncatingIfNeeded: (number + 1) * ($0 + 7) * 31) })
      ).hex
      stream += "M 100644 inline \(hex)\ndata 1\nx\n"
    }
    try bench.server.repository.git("fast-import", "--quiet", stdin: Array(stream.utf8))
    try bench.server.repository.git(
      "notes", "--ref=ai", "add", "-f", "-F", "-", commit.hex, stdin: Array(Self.note.utf8),
      env: ["GIT_ALTERNATE_OBJECT_DIRECTORIES": "\(bench.work.gitDirectory)/objects"])
    let listing = try bench.server.repository.git("ls-tree", "-r", "--name-only", "refs/notes/ai")
    #expect(listing.output.contains("\(commit.hex.prefix(2))/\(commit.hex.dropFirst(2))"))
    #expect(try bench.judge(commit).codes == ["HK101"])
  }

  // MARK: Arrivals

  @Test("what an agent pushed to its branch is the agent's when a person pushes it to main")
  func arrivals() throws {
    let bench = try GateBench()
    let one = try bench.commit(.stranger, ["a": "1"])
    let two = try bench.commit(.stranger, on: [one], ["a": "2"])
    let mine = try bench.commit(.dana, on: [two], ["b": "1"])
    var memory = Remembered()
    memory.add(two, .codex, at: 100, to: "refs/heads/agent/codex/x")
    memory.add(mine, .dana, at: 200)
    let judgement = try bench.judge(mine, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.findings[0].commit == two)
    #expect(judgement.words.contains("pushed by its account"))
    #expect(!judgement.words.contains(mine.short), "what dana added is hers")
    #expect(try bench.judge(mine).verdict == .allow, "nothing is known without a receipt")
  }

  @Test("who was first counts, and within one second the agent does")
  func first() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.stranger)
    let child = try bench.commit(.dana, on: [commit], ["b": "1"])
    for (danas, agents, refused) in [
      (100, 200, false), (200, 100, true), (100, 100, true), (100, 101, false),
    ] as [(Int64, Int64, Bool)] {
      for isFirst in [true, false] {
        var memory = Remembered()
        if isFirst { memory.add(commit, .codex, at: agents) }
        memory.add(child, .dana, at: danas)
        if !isFirst { memory.add(commit, .codex, at: agents) }
        let verdict = try bench.judge(child, memory: memory).verdict
        #expect((verdict == .refuse) == refused, "\(danas) \(agents) \(isFirst)")
      }
    }
  }

  @Test("the branch under which a commit first came is remembered with it")
  func firstBranch() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana)
    var memory = Remembered()
    memory.add(commit, .dana, at: 100, to: "refs/heads/codex/fix")
    memory.add(commit, .dana, at: 100, to: "refs/heads/topic")
    let judgement = try bench.judge(commit, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("by the name of the branch"))
    let above = try bench.commit(.dana, on: [commit], ["b": "1"])
    memory.add(above, .dana, at: 100, to: "refs/heads/topic")
    #expect(try bench.judge(above, memory: memory).findings[0].commit == commit)
  }

  @Test("receipts of the server's own folder are read as they are in memory")
  func storedReceipts() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.stranger)
    try Receipts(ServerState(gitDirectory: bench.server.repository.path)).add([
      .init(
        tip: commit, time: 100, account: Array("svc-codex".utf8), ref: RefName("refs/heads/x"))
    ])
    #expect(try bench.judge(commit).words.contains("by codex (agent: pushed by its account)"))
  }

  // MARK: Remembered changes

  @Test("a change that an agent once brought is known again without its signs")
  func rememberedChange() throws {
    let bench = try GateBench()
    let agents = try bench.commit(.codex, ["a": "1", "src/main.c": "x"], message: Self.marked)
    let store = try ObjectStore(gitDirectory: bench.work.gitDirectory)
    var memory = Remembered()
    memory.changes = [try store.changeDigest(of: store.commit(agents))]
    let laundered = try bench.commit(.dana, ["a": "1", "src/main.c": "x"], signed: true)
    let judgement = try bench.judge(laundered, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("an agent brought the same change before"))
    let other = try bench.commit(.dana, ["a": "1", "src/main.c": "y"], signed: true)
    #expect(try bench.judge(other, memory: memory).verdict == .allow)
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    let rebased = try bench.commit(.dana, on: [moved], ["a": "1", "src/main.c": "x"], signed: true)
    #expect(try bench.judge(rebased, memory: memory).findings.map(\.commit) == [rebased])
  }

  @Test("what the server remembers of a push are the agent's commits, and no one else's")
  func agentsChanges() throws {
    let tags = GateBench.rule(review: "approvals = 0", refs: "\"refs/tags/**\"")
    let bench = try GateBench(Roster.team + "\n" + tags)
    let mine = try bench.commit(.dana, ["b": "1"], signed: true)
    let agents = try bench.commit(.codex, on: [mine], ["a": "1"], message: Self.marked)
    let tip = try bench.commit(.dana, on: [agents], ["c": "1"], signed: true)
    let store = try ObjectStore(gitDirectory: bench.work.gitDirectory)
    // By itself, and as the squash of the branch that it is in.
    let base = try #require(store.commit(mine).parents.first)
    let whole = try store.changes(
      from: store.tree(ofCommit: base), to: store.tree(ofCommit: tip))
    let expected: Set = [
      try store.changeDigest(of: store.commit(agents)), ChangeDigest(whole),
    ]
    func remembered() throws -> Set<ChangeDigest> {
      let update = RefUpdate(old: .zero, new: tip, name: RefName("refs/heads/topic"))
      let push = Push(
        updates: [update], pusher: Pusher(account: Array("dana".utf8)), time: bench.now)
      let surroundings = try bench.surroundings()
      return Set(
        try agentChanges(
          in: update, push: push, under: PolicyInForce(in: surroundings), surroundings, limit: 10))
    }
    #expect(try remembered() == expected)
    // A tag that nobody reviews does not make the agent's work well known.
    try bench.land(tip, on: "refs/tags/v1")
    #expect(try remembered() == expected)
    try bench.land(bench.commit(.dana, on: [tip], ["d": "1"], signed: true))
    #expect(try remembered().isEmpty)
  }
}
