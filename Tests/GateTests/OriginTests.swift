import Gate
import Git
import Ledger
import Platform
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

  @Test(
    "a person's signed commit is theirs whichever person pushes it, but for one that names an agent"
  )
  func signed() throws {
    let bench = try GateBench(GateBench.rule())
    let own = try bench.commit(.dana, signed: true)
    for actor in [Actor.dana, .erin] {
      #expect(try bench.judge(own, by: actor).verdict == .allow, "\(actor)")
    }
    for actor in [Actor.nobody, .stranger, .ci] {
      #expect(try bench.judge(own, by: actor).codes == ["HK101"], "\(actor)")
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
    memory.add(one, .codex, to: "refs/heads/agent/codex/x")
    memory.add(two, .codex, to: "refs/heads/agent/codex/x")
    memory.add(mine, .dana)
    let judgement = try bench.judge(mine, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.findings[0].commit == two)
    #expect(judgement.words.contains("pushed by its account"))
    #expect(!judgement.words.contains(mine.short), "what dana added is hers")
    #expect(try bench.judge(mine).verdict == .allow, "in a clone nothing is known of arrivals")
  }

  @Test("what nobody is on record as having brought is nobody's own work, whoever pushes it on")
  func nobodys() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana)
    var memory = Remembered()
    memory.add(commit, .nobody)
    let judgement = try bench.judge(commit, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("no push on record brought it"))
    // What was here before hookkit is on the record of whoever brings it.
    memory.add(commit, .baseline)
    #expect(try bench.judge(commit, memory: memory).verdict == .allow)
    #expect(try bench.judge(commit, by: .stranger, memory: memory).codes == ["HK101"])
  }

  @Test(
    "a person's signature counts where a person brought the commit or pushes it, and nowhere else",
    arguments: [Actor.codex, .stranger, .nobody, .ci, .erin])
  func delivery(_ bringer: Actor) throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, signed: true)
    var memory = Remembered()
    memory.add(commit, bringer)
    #expect(try bench.judge(commit, by: .frank, memory: memory).verdict == .allow)
    let judgement = try bench.judge(commit, by: .stranger, memory: memory)
    guard bringer != .erin else {
      #expect(judgement.verdict == .allow)
      return
    }
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("signed by dana, brought by"))
  }

  @Test("a service that delivers people's work may bring and push what they have signed")
  func deliveringService() throws {
    let bench = try GateBench(adding: [.ci: "delivers = true"])
    let commit = try bench.commit(.dana, signed: true)
    var memory = Remembered()
    memory.add(commit, .ci)
    #expect(try bench.judge(commit, by: .ci, memory: memory).verdict == .allow)
    memory.add(commit, .codex)
    #expect(try bench.judge(commit, by: .ci, memory: memory).verdict == .allow)
    let unsigned = try bench.commit(.dana, ["b": "1"])
    #expect(try bench.judge(unsigned, by: .ci, memory: memory).codes == ["HK101"])
    let plain = try GateBench()
    #expect(try plain.judge(plain.commit(.dana, signed: true), by: .ci).codes == ["HK101"])
  }

  @Test("unsigned work that another enrolled person committed is not the pusher's own")
  func committer() throws {
    let bench = try GateBench()
    let others = try bench.commit(.erin, committer: .erin)
    #expect(try bench.judge(others, by: .dana).codes == ["HK101"])
    let picked = try bench.commit(.erin, ["b": "1"], committer: .dana)
    #expect(try bench.judge(picked, by: .dana).verdict == .allow)
    let strangers = try bench.commit(.stranger, ["c": "1"])
    #expect(try bench.judge(strangers, by: .dana).verdict == .allow)
  }

  @Test(
    "a bot that no catalog knows is never the pusher's own work",
    arguments: ["Co-authored-by: odd[bot] <odd@example.org>", "co-Authored-BY: Odd[BOT]"])
  func unknownBot(_ line: String) throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, message: "Work\n\n\(line)\n")
    #expect(try bench.judge(commit).codes == ["HK101"])
    let person = TestPerson("odd[bot]", email: "1+odd[bot]@users.noreply.example")
    let bots = try bench.work.commit(
      "Work", ["b": "1"], on: nil, author: person, parents: [bench.base])
    #expect(try bench.judge(bots).codes == ["HK101"])
  }

  @Test("a known bot as co-author hides no unknown one, and is itself no unknown one")
  func botsBesideBots() throws {
    let bench = try GateBench()
    let known = """
      Co-authored-by: renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>
      Co-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>
      """
    let suggested = try bench.commit(.dana, message: "Work\n\n\(known)\n")
    #expect(try bench.judge(suggested).codes.isEmpty)
    let odd = try bench.commit(
      .dana, message: "Work\n\n\(known)\nCo-authored-by: odd[bot] <odd@example.org>\n")
    #expect(try bench.judge(odd).codes == ["HK101"])
  }

  @Test("the branch under which a commit first came is remembered with it")
  func firstBranch() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana)
    var memory = Remembered()
    memory.add(commit, .dana, to: "refs/heads/codex/fix")
    let judgement = try bench.judge(commit, memory: memory)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("by the name of the branch"))
    let above = try bench.commit(.dana, on: [commit], ["b": "1"])
    memory.add(above, .dana, to: "refs/heads/topic")
    #expect(try bench.judge(above, memory: memory).findings[0].commit == commit)
  }

  // MARK: Remembered changes

  @Test("a change that an agent once brought is known again without its signs")
  func rememberedChange() throws {
    let bench = try GateBench()
    let agents = try bench.commit(.codex, ["a": "1", "src/main.c": "x"], message: Self.marked)
    let store = try ObjectStore(gitDirectory: bench.work.gitDirectory)
    var memory = Remembered()
    let change = try store.changeDigest(of: store.commit(agents))
    memory.changes = [change: .init(commit: agents, arrival: 3, grade: .attested)]
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

  @Test(
    "what the server remembers of a push is who brought which change, and an agent's branch as one")
  func broughtChanges() throws {
    let bench = try GateBench()
    let mine = try bench.commit(.dana, ["b": "1"], signed: true)
    let agents = try bench.commit(.codex, on: [mine], ["a": "1"], message: Self.marked)
    let quoted = try bench.commit(
      .dana, on: [agents], ["q": "1"], message: "Work\n\n> Co-Authored-By: Claude\n", signed: true)
    let tip = try bench.commit(.dana, on: [quoted], ["c": "1"], signed: true)
    let state = ServerState(gitDirectory: bench.server.repository.path)
    let objects = try ObjectStore(gitDirectory: bench.server.repository.path)
    let update = RefUpdate(old: .zero, new: tip, name: RefName("refs/heads/topic"))
    let dana = Array("dana".utf8)
    let repository = ServerRepository(
      gitDirectory: bench.server.repository.path, quarantine: nil,
      environment: Environment(bench.sandbox.environment))
    try OpenServer(repository).recordStart(at: bench.now)
    _ = try ArrivalStore(state).record(
      [update], by: dana, at: bench.now, stored: { objects }, incoming: objects, limit: 100)
    let push = Push(updates: [update], pusher: Pusher(account: dana), time: bench.now)
    let surroundings = try repository.surroundings()
    let brought = try Gate.broughtChanges(
      in: update, push: push, under: PolicyInForce(in: surroundings), surroundings, limit: 10)
    func change(_ commit: ObjectID) throws -> ChangeDigest {
      try objects.changeDigest(of: objects.commit(commit))
    }
    let whole = ChangeDigest(
      try objects.changes(
        from: objects.tree(ofCommit: bench.base), to: objects.tree(ofCommit: tip)))
    var grades: [ChangeDigest: ChangeMemory.Grade] = [:]
    for entry in brought { grades[entry.change] = entry.bringer.grade }
    #expect(
      try grades == [
        change(mine): .notAnAgent, change(agents): .declared, change(quoted): .notAnAgent,
        change(tip): .notAnAgent, whole: .declared,
      ])
  }

  @Test(
    "who brought a change first decides: an agent that rebases a person's work takes nothing from her"
  )
  func firstBringer() throws {
    let bench = try GateBench()
    let hers = try bench.commit(.dana, signed: true)
    let store = try ObjectStore(gitDirectory: bench.work.gitDirectory)
    let change = try store.changeDigest(of: store.commit(hers))
    var memory = Remembered()
    memory.add(hers, .dana)
    let later = ChangeMemory.Bringer(commit: bench.base, arrival: 5, grade: .attested)
    memory.changes = [change: later]
    #expect(try bench.judge(hers, memory: memory).verdict == .allow)
    // A rebase of hers, after the agent's: she was first.
    let again = try bench.commit(.dana, signed: true, date: bench.sandbox.now + 60)
    var rebased = memory
    rebased.changes = [change: .init(commit: hers, arrival: 1, grade: .notAnAgent)]
    #expect(try bench.judge(again, memory: rebased).verdict == .allow)
    // The agent was first.
    memory.add(again, .dana)
    memory.changes = [change: .init(commit: bench.base, arrival: 1, grade: .attested)]
    #expect(try bench.judge(again, memory: memory).codes == ["HK101"])
    // A suspicion is not held against her signature.
    memory.changes = [change: .init(commit: bench.base, arrival: 1, grade: .suspected)]
    #expect(try bench.judge(again, memory: memory).verdict == .allow)
  }
}
