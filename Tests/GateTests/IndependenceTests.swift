import Gate
import Primitives
import TestSupport
import Testing

/// Who stands too near to a commit to review it.
@Suite struct IndependenceTests {
  @Test("author, committer, signer and pusher are tied by what the policy knows, not by names")
  func ties() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"anyone\""))
    let cases: [(ObjectID, Actor, String)] = [
      (try bench.commit(.frank), .ci, "author"),
      (try bench.commit(.codex, ["b": "1"], committer: .frank), .ci, "committer"),
      (try bench.commit(.codex, ["c": "1"]), .frank, "pusher"),
    ]
    for (commit, pusher, tie) in cases {
      try bench.review(commit, by: .software(.frank))
      let judgement = try bench.judge(commit, by: pusher)
      #expect(judgement.codes == ["HK101"])
      #expect(judgement.words.contains("frank is its \(tie)"), "\(tie)")
      try bench.review(commit, by: .software(.dana))
      #expect(try bench.judge(commit, by: pusher).verdict == .allow)
    }
    // Signed with frank's key in somebody else's name.
    let signed = try bench.work.commit(
      "Work\n", ["d": "1"], on: nil, author: TestPerson("Frank", email: "x@example.com"),
      signedBy: bench.server.roster[.frank], parents: [bench.base])
    try bench.review(signed, by: .software(.frank))
    #expect(try bench.judge(signed, by: .ci).words.contains("frank is its signer"))
  }

  @Test("an address in other letters is the same person's")
  func foldedAddress() throws {
    let bench = try GateBench()
    let commit = try bench.work.commit(
      "Work\n", ["a": "1"], on: nil,
      author: TestPerson("x", email: "FRANK@Example.ORG"), parents: [bench.base])
    try bench.review(commit, by: .software(.frank))
    #expect(try bench.judge(commit, by: .ci).words.contains("frank is its author"))
  }

  @Test("the sponsor stays tied to an agent's work, whoever pushes it and however it is known")
  func sponsor() throws {
    let bench = try GateBench(adding: [.codex: "emails = [\"codex@example.org\"]"])
    let signed = try bench.commit(.codex, ["a": "1"], signed: true)
    let authored = try bench.commit(.codex, ["a": "2"])
    let committed = try bench.commit(.stranger, ["a": "3"], committer: .codex)
    let pushed = try bench.commit(.stranger, ["a": "4"])
    for commit in [signed, authored, committed, pushed] {
      try bench.review(commit, by: .software(.erin))
    }
    for (commit, pusher) in [
      (signed, Actor.ci), (signed, .dana), (authored, .codex), (authored, .dana),
      (authored, .nobody), (committed, .stranger), (pushed, .codex),
    ] {
      let judgement = try bench.judge(commit, by: pusher)
      #expect(judgement.codes == ["HK101"], "\(pusher)")
      #expect(judgement.words.contains("erin is its sponsor of the agent"), "\(pusher)")
    }
  }

  @Test("in profile solo the one who answers for an agent may review it, with a touched key only")
  func solo() throws {
    let bench = try GateBench(Roster.solo)
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.erin))
    #expect(try bench.judge(work, by: .erin).words.contains("its key was not touched"))
    try bench.review(work, by: .touch(.erin, flags: 0))
    #expect(try bench.judge(work, by: .erin).codes == ["HK101"])
    try bench.review(work, by: .touch(.erin))
    for pusher in [Actor.erin, .ci, .nobody] {
      #expect(try bench.judge(work, by: pusher).verdict == .allow, "\(pusher)")
    }
    // The agent used the person's own name and account: the touch tells the two apart.
    let own = try bench.commit(
      .erin, ["b": "1"], message: "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n")
    #expect(try bench.judge(own, by: .erin).codes == ["HK101"])
    try bench.review(own, by: .touch(.erin))
    #expect(try bench.judge(own, by: .erin).verdict == .allow)
    // An unsigned commit without any sign of an agent is hers.
    #expect(try bench.judge(bench.commit(.erin, ["c": "1"]), by: .erin).verdict == .allow)
  }

  @Test("where the sponsor may review, nobody's own unmarked work is reviewed by themselves")
  func soloAnyone() throws {
    let bench = try GateBench(
      GateBench.rule(
        review: "of = \"anyone\", presence = \"touch\", sponsor-may-review = true"))
    let own = try bench.commit(.erin, signed: true)
    try bench.review(own, by: .touch(.erin))
    #expect(try bench.judge(own, by: .erin).words.contains("erin is its author"))
  }

  @Test("a person whose enrolment has ended neither reviews nor vouches with their account")
  func ended() throws {
    let bench = try GateBench(adding: [.frank: "expires = \"2026-02-01T00:00:00Z\""])
    let end: Int64 = 1_769_904_000
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work, at: end - 1).verdict == .allow)
    #expect(try bench.judge(work, at: end).words.contains("frank, whose enrolment has ended"))
    for signed in [false, true] {
      let own = try bench.commit(.frank, ["f": .text("\(signed)")], signed: signed)
      #expect(try bench.judge(own, by: .frank, at: end - 1).verdict == .allow)
      #expect(try bench.judge(own, by: .frank, at: end).codes == ["HK101"])
    }
  }

  @Test("a person or a key that is revoked counts for nothing from that very policy on")
  func revoked() throws {
    let person = try GateBench(adding: [.frank: "revoked = true"])
    let commit = try person.commit(.frank, signed: true)
    #expect(try person.judge(commit, by: .frank).codes == ["HK101"])
    let bench = try GateBench()
    let own = try bench.commit(.frank, ["f": "1"], signed: true)
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.frank))
    for code in [own, work] { #expect(try bench.judge(code, by: .erin).verdict == .allow) }
    let roster = bench.server.roster
    let key = roster[.frank].key?.fingerprint ?? ""
    try bench.server.write(roster.policy(top: "revoked-keys = [\"\(key)\"]"), to: "policy.toml")
    for code in [own, work] { #expect(try bench.judge(code, by: .erin).codes == ["HK101"]) }
    try bench.review(work, by: .touch(.frank))
    #expect(try bench.judge(work, by: .erin).verdict == .allow, "the other key is still frank's")
  }
}
