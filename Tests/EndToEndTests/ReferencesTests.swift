import Primitives
import TestSupport
import Testing

@Suite("What a push may do to references")
struct ReferencesTests {
  let server: GuardedServer
  var work: TestRepository { server.work }

  init() throws {
    server = try GuardedServer(
      policy: { roster in
        roster.policy(
          rules: """
            \(Roster.team)
            [[protect]]
            refs = ["refs/tags/v*"]
            review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
            unverified = "person"
            """)
      })
  }

  @Test("branches and tags that no rule names are made, moved and deleted by anyone who may push")
  func free() throws {
    let commit = try server.persons("a")
    try work.tag("annotated", of: commit)
    try work.git("tag", "light", commit.hex)
    try server.pushed(as: .nobody, "main:topic", "annotated", "light", "main:refs/other/x")
    try work.tag("other", of: server.base)
    try server.pushed(
      as: .nobody, "--force", "\(server.base):refs/heads/topic", "other:refs/tags/annotated")
    try server.pushed(as: .nobody, ":topic", ":refs/tags/annotated", ":light", ":refs/other/x")
    #expect(try server.pushable().keys.sorted() == ["refs/heads/main"])
    #expect(try server.journal().isEmpty, "what no rule names is not on record")
  }

  @Test("a protected branch is made, moved forward, and neither deleted nor moved back")
  func protected() throws {
    try server.persons("a")
    try server.pushed(as: .dana, "main", "main:release/1")
    #expect(try server.tip("refs/heads/release/1") == work.id("main"))
    try server.expectShut("HK502") { try server.push(as: .dana, ":release/1") }
    try server.expectShut("HK501") {
      try server.push(as: .dana, "--force", "\(server.base):refs/heads/release/1")
    }
    #expect(
      try server.verdicts().suffix(2) == [
        "refuse refs/heads/release/1", "refuse refs/heads/release/1",
      ])
  }

  @Test("a protected tag of either kind is made once, and its commits are judged")
  func tags() throws {
    let agents = try server.agentsCommit()
    try work.tag("v1", of: agents, by: server.roster[.dana])
    try work.git("tag", "v2", agents.hex)
    let codexs = try server.push(as: .codex, "v1")
    #expect(codexs.codes.contains("HK101") && codexs.codes.contains("HK105"), "\(codexs)")
    try work.git("tag", "--delete", "v1")
    try work.tag("v1", of: agents, message: "again\n", by: server.roster[.dana])
    try server.expectShut("HK101") { try server.push(as: .dana, "v1", "v2") }
    try work.git("tag", "v3", server.base.hex)
    try work.tag("v4", of: server.base, by: server.roster[.dana])
    try server.pushed(as: .dana, "v3", "v4")
    try work.tag("v5", of: server.base, by: server.roster[.dana])
    try server.expectShut("HK504") {
      try server.push(as: .dana, "--force", "v5:refs/tags/v4", "v5:refs/tags/v3")
    }
    try server.expectShut("HK502") { try server.push(as: .dana, ":refs/tags/v4") }
  }

  @Test("a tag of a tag leads to its commit; a tag of a tree or blob leads nowhere")
  func deepTags() throws {
    let agents = try server.agentsCommit()
    try work.tag("inner", of: agents, by: server.roster[.dana])
    try work.tag(
      "v1", of: try #require(try work.id("refs/tags/inner")), by: server.roster[.dana])
    try server.expectShut("HK101") { try server.push(as: .dana, "v1") }
    try work.tag("v2", of: try #require(try work.id("\(server.base)^{tree}")))
    try work.git("tag", "v3", try work.blob([1]).hex)
    try server.expectShut("HK508") { try server.push(as: .dana, "v2", "v3") }
    try server.expectShut("HK508") {
      try server.push(as: .dana, "refs/tags/v3:refs/heads/release/1")
    }
  }

  @Test("one push has a verdict for each reference, and what is free goes through")
  func mixed() throws {
    _ = try server.agentsCommit()
    var seen = Transcript()
    seen.add(
      "git push (svc-codex)",
      try server.push(
        as: .codex, "main", "main:agent/codex/one", "main:release/1", "main:topic",
        "main:refs/tags/main", "main:refs/quarantine/x", "main:refs/replace/\(server.base)"))
    try expectSnapshot(seen.text, named: "mixed-verdicts", in: server.sandbox)
    #expect(
      try server.pushable().keys.sorted()
        == ["refs/heads/agent/codex/one", "refs/heads/main"])
    #expect(try server.tip() == server.base)
  }

  @Test("an atomic push moves nothing when one reference is refused, and all when none is")
  func atomic() throws {
    let tip = try server.agentsCommit()
    var seen = Transcript()
    let before = try server.standing()
    seen.add(
      "git push --atomic (svc-codex)",
      try server.push(as: .codex, "--atomic", "main", "main:agent/codex/one"))
    #expect(try server.standing() == before)
    try expectSnapshot(seen.text, named: "atomic", in: server.sandbox)
    try server.approve(tip, by: .dana)
    try server.pushed(as: .dana, "--atomic", "main", "main:agent/codex/one")
    #expect(try server.tip() == tip && server.tip("refs/heads/agent/codex/one") == tip)
  }

  @Test("a push of many references is answered in a few lines")
  func many() throws {
    _ = try server.agentsCommit()
    let refspecs = (0..<60).map { "main:refs/heads/release/\($0)" } + ["main:agent/codex/a"]
    let before = try server.standing()
    let outcome = try server.sandbox.run(
      ["git", "push", server.repository.path] + refspecs, in: work.path,
      env: server.environment(as: .codex))
    let said = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("remote:") }
    #expect(said.count <= 9, "\(outcome)")
    #expect(said.contains { $0.contains("and 59 more refs, same reason") })
    #expect(try server.pushable().count == before.split(separator: "\n").count + 1)
    #expect(try server.verdicts().count == 60)
  }

  // MARK: Push options

  @Test("the answer is one line of JSON when the push asks for it")
  func json() throws {
    let tip = try server.agentsCommit()
    let outcome = try server.expectShut("HK101") {
      try server.push(as: .codex, "-o", "hookkit.format=json", "main")
    }
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
    #expect(lines.count == 1)
    let line = try #require(lines.first).dropFirst("remote: ".count)
    let answer = try JSON(reading: Array(line.utf8))
    #expect(answer.members?.first.map { $0.key } == Array("schema".utf8))
    #expect(answer["schema"]?.string == "hookkit.decision/1")
    #expect(answer["verdict"]?.string == "refuse" && answer["pusher"]?.string == "svc-codex")
    let ref = try #require(answer["refs"]?.array?.first)
    #expect(ref["ref"]?.string == "refs/heads/main" && ref["new"]?.string == tip.hex)
    #expect(ref["findings"]?.array?.first?["code"]?.string == "HK101")
    let next = try #require(answer["next"]?.array).map { $0["argv"]?.array?.map(\.string) }
    let short = String(tip.hex.prefix(7))
    #expect(
      next.prefix(2) == [
        ["git", "push", "origin", "\(short):refs/heads/agent/codex/review-\(short)"],
        ["hookkit", "review", "approve", tip.hex],
      ])
  }

  @Test("an option that hookkit does not have is told and changes nothing; others' pass in silence")
  func unknownOptions() throws {
    try server.persons("a")
    let outcome = try server.pushed(
      as: .dana, "-o", "hookkit.skip=all", "-o", "hookkit.format=\u{1b}[31m", "-o", "ci.skip",
      "main")
    let said = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("remote:") }
      .map { String($0.reversed().drop { $0 == " " }.reversed()) }
    #expect(
      said == [
        "remote: warning: no such push option: hookkit.skip=all",
        #"remote: warning: push option with an invalid value: hookkit.format=\x1b[31m"#,
      ])
    _ = try server.agentsCommit()
    try server.expectShut("HK101") {
      try server.push(
        as: .codex, "-o", "hookkit.override=yes", "-o", "hookkit.reason=please", "main")
    }
  }
}
