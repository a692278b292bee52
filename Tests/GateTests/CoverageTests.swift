import Gate
import Primitives
import Signing
import TestSupport
import Testing

/// Which reviews count for which commits.
@Suite struct CoverageTests {
  @Test("two approvals are of two people, however many keys, signatures and envelopes")
  func twoApprovals() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"agents\", approvals = 2"))
    let work = try bench.commit(.codex)
    #expect(try bench.judge(work).codes == ["HK101"])
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work).words.contains("reviews 1 of 2"))
    try bench.review(work, by: .touch(.frank))
    try bench.review(work, by: .software(.frank)) { $0.comment = "again" }
    try bench.review(work, by: .software(.frank), .touch(.frank)) { $0.comment = "both" }
    let still = try bench.judge(work)
    #expect(still.codes == ["HK101"] && still.words.contains("reviews 1 of 2"))
    try bench.review(work, by: .software(.dana))
    #expect(try bench.judge(work, by: .frank).codes == ["HK101"], "not one of the pusher's own")
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
  }

  @Test("one envelope that two people have signed is two approvals")
  func jointly() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"agents\", approvals = 2"))
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.frank), .software(.dana))
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
  }

  @Test("a review counts only with the role that the rule asks for")
  func roles() throws {
    let bench = try GateBench(
      GateBench.rule(review: "approvals = 1, role = \"security\""),
      adding: [.frank: "removed-roles = [\"reviewer\"]", .codex: ""])
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.dana))
    let judgement = try bench.judge(work, by: .ci)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("dana's review: needs the role security"))
    let other = try GateBench(adding: [.frank: "removed-roles = [\"reviewer\"]"])
    let commit = try other.commit(.codex)
    try other.review(commit, by: .software(.frank))
    #expect(try other.judge(commit).codes == ["HK101"], "a role that was taken away")
  }

  @Test("presence is read from the signature: none, touched, verified")
  func presence() throws {
    let touched = SoftwareSecurityKey.userPresent
    let verified = touched | SoftwareSecurityKey.userVerified
    let signers: [(GuardedServer.Signer, Int)] = [
      (.software(.frank), 0), (.touch(.frank, flags: 0), 0), (.touch(.frank, flags: touched), 1),
      (.touch(.frank, flags: SoftwareSecurityKey.userVerified), 0),
      (.touch(.frank, flags: verified), 2),
    ]
    for (level, word) in ["none", "touch", "verified"].enumerated() {
      let bench = try GateBench(GateBench.rule(review: "presence = \"\(word)\""))
      for (number, (signer, shown)) in signers.enumerated() {
        let work = try bench.commit(.codex, ["a": .text("\(number)")])
        try bench.review(work, by: signer)
        let judgement = try bench.judge(work)
        #expect((judgement.verdict == .allow) == (shown >= level), "\(word) \(number)")
        if shown < level {
          #expect(
            judgement.words.contains(
              level == 1 ? "its key was not touched" : "its key did not verify the person"))
        }
      }
    }
  }

  @Test("a review counts until the second it expires, by the server's clock")
  func expiry() throws {
    let bench = try GateBench()
    let work = try bench.commit(.codex)
    let end = bench.now + 3600
    try bench.review(work, by: .software(.frank)) { $0.expires = Int(end) }
    #expect(try bench.judge(work, at: end - 1).verdict == .allow)
    let late = try bench.judge(work, at: end)
    #expect(late.codes == ["HK101"] && late.words.contains("has expired"))
  }

  @Test("a review dated ten minutes ahead counts, and one from the future or before its commit not")
  func clocks() throws {
    let bench = try GateBench()
    let now = bench.now
    let work = try bench.commit(.codex, date: Int(now))
    for (offset, counts) in [(600, true), (601, false), (-600, true)] {
      let commit = try bench.commit(.codex, ["o": .text("\(offset)")], date: Int(now))
      try bench.review(commit, by: .software(.frank)) { $0.time = Int(now) + offset }
      #expect(try (bench.judge(commit, at: now).verdict == .allow) == counts, "\(offset)")
    }
    try bench.review(work, by: .software(.frank)) { $0.time = Int(now) - 601 }
    #expect(try bench.judge(work, at: now).words.contains("dated before the commit"))
  }

  @Test(
    "a withdrawal by the reviewer, with any key of theirs, ends the review; anyone else's does not")
  func withdrawal() throws {
    let bench = try GateBench()
    let work = try bench.commit(.codex)
    let review = try bench.review(work, by: .software(.frank))
    try bench.withdraw(review, by: .software(.erin))
    try bench.withdraw(review, by: .software(.codex))
    try bench.withdraw(review, by: .software(.stranger))
    try bench.withdraw(review, by: .software(.frank), repository: "git.example.org/other")
    try bench.withdraw(review, by: .touch(.frank), namespace: SignatureNamespace.review.rawValue)
    #expect(try bench.judge(work).verdict == .allow)
    try bench.withdraw(review, by: .touch(.frank))
    let judgement = try bench.judge(work)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("a review that frank has withdrawn"))
    try bench.review(work, by: .software(.frank)) { $0.comment = "after all" }
    #expect(try bench.judge(work).verdict == .allow)
  }

  @Test("one of two people who signed together withdraws for themselves only")
  func jointWithdrawal() throws {
    let bench = try GateBench(GateBench.rule(review: "approvals = 1"))
    let work = try bench.commit(.codex)
    let review = try bench.review(work, by: .software(.frank), .software(.erin))
    try bench.withdraw(review, by: .software(.frank))
    #expect(try bench.judge(work, by: .codex).words.contains("erin is its sponsor"))
    let other = try bench.commit(.stranger, ["b": "2"])
    let second = try bench.review(other, by: .software(.frank), .software(.erin))
    try bench.withdraw(second, by: .software(.frank))
    #expect(try bench.judge(other, by: .stranger).verdict == .allow)
  }

  @Test(
    "a review of another repository, reference, tree or in another namespace is none",
    arguments: 0..<5)
  func otherContext(_ which: Int) throws {
    let bench = try GateBench()
    let work = try bench.commit(.codex)
    switch which {
    case 0: try bench.review(work, by: .software(.frank)) { $0.repository = "git.example.org/b" }
    case 1: try bench.review(work, by: .software(.frank)) { $0.ref = "refs/heads/release/1" }
    case 2: try bench.review(work, by: .software(.frank)) { $0.resultTree = bench.base }
    case 3: try bench.review(work, by: .software(.frank), namespace: "git")
    default: try bench.review(work, by: .software(.codex))
    }
    #expect(try bench.judge(work).codes == ["HK101"])
  }

  @Test("a rule asks for what reviews must vouch for, and more than asked is no harm")
  func vouches() throws {
    let bench = try GateBench(
      GateBench.rule(review: "vouches = [\"code\", \"dependencies\"]"))
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.frank))
    let judgement = try bench.judge(work)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("does not vouch for code, dependencies"))
    try bench.review(work, by: .software(.frank)) { $0.vouches = [.code, .dependencies, .policy] }
    #expect(try bench.judge(work).verdict == .allow)
  }

  @Test("every rule that names the reference must be met by itself")
  func conjunction() throws {
    let bench = try GateBench(
      GateBench.rule(review: "approvals = 1, presence = \"touch\"")
        + GateBench.rule(
          review: "approvals = 2, role = \"maintainer\"", refs: "\"refs/heads/*\""))
    let work = try bench.commit(.codex)
    try bench.review(work, by: .touch(.frank))
    #expect(try bench.judge(work, by: .ci).codes == ["HK101"])
    let other = try GateBench(
      GateBench.rule(review: "approvals = 1, presence = \"touch\"")
        + GateBench.rule(review: "role = \"maintainer\"", refs: "\"refs/heads/*\""))
    let commit = try other.commit(.codex)
    try other.review(commit, by: .software(.dana))
    #expect(try other.judge(commit, by: .ci).codes == ["HK101"], "dana did not touch")
    try other.review(commit, by: .touch(.frank))
    #expect(try other.judge(commit, by: .ci).verdict == .allow, "frank did, and dana may")
  }

  @Test("where anyone's work is reviewed, a person's own signature is not enough")
  func anyone() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"anyone\""))
    let work = try bench.commit(.dana, signed: true)
    #expect(try bench.judge(work).codes == ["HK101"])
    try bench.review(work, by: .software(.dana))
    #expect(try bench.judge(work, by: .frank).words.contains("dana is its author"))
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work).verdict == .allow)
    #expect(try bench.judge(work, by: .frank).words.contains("frank is its pusher"))
  }

  @Test("a review of the tip covers what lies below it, and one further down no more than that")
  func below() throws {
    let bench = try GateBench()
    let one = try bench.commit(.codex, ["a": "1"])
    let two = try bench.commit(.codex, on: [one], ["a": "2"])
    let three = try bench.commit(.codex, on: [two], ["a": "3"])
    try bench.review(two, by: .software(.frank))
    #expect(try bench.judge(two).verdict == .allow)
    let judgement = try bench.judge(three)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.findings[0].commit == three)
    #expect(try bench.judge(one).codes == ["HK101"], "a part was not reviewed by itself")
    try bench.land(two)
    try bench.review(three, by: .software(.frank))
    #expect(try bench.judge(three).verdict == .allow)
  }

  @Test("a review covers no commit of the reviewer's own below the reviewed head")
  func ownBelow() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"anyone\""))
    let own = try bench.commit(.frank, signed: true)
    let agents = try bench.commit(.codex, on: [own], ["b": "2"])
    try bench.review(agents, by: .software(.frank))
    let judgement = try bench.judge(agents)
    #expect(judgement.findings.map(\.commit) == [own])
    try bench.review(agents, by: .software(.dana))
    #expect(try bench.judge(agents, by: .ci).verdict == .allow)
  }

  @Test("merges of reviewed work pass when they are clean, and only then")
  func merges() throws {
    let bench = try GateBench()
    let work = try bench.commit(.codex, ["a": "1"])
    try bench.review(work, by: .software(.frank))
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    for author in [Actor.dana, .codex, .stranger] {
      let clean = try bench.merge(moved, work, by: author)
      #expect(try bench.judge(clean).verdict == .allow, "\(author)")
      let evil = try bench.merge(moved, work, by: author, evil: ["evil": "x"])
      #expect(try bench.judge(evil).codes == ["HK102"], "\(author)")
    }
    // Its author's signature does not make an evil merge of an agent's work a clean one.
    let signed = try bench.merge(moved, work, by: .dana, signed: true, evil: ["README": .delete])
    #expect(try bench.judge(signed).codes == ["HK102"])
    try bench.review(signed, by: .software(.frank))
    #expect(try bench.judge(signed).verdict == .allow)
  }

  @Test("a merge that takes one side's old state back is no clean one")
  func rollback() throws {
    let bench = try GateBench()
    let fix = try bench.commit(.dana, ["src/main.c": "fixed\n"], signed: true)
    try bench.land(fix)
    let work = try bench.commit(.codex, ["a": "1"])
    try bench.review(work, by: .software(.frank))
    let tree = try #require(try bench.work.id("\(work)^{tree}"))
    let merge = try bench.work.commit(
      "Merge\n", tree: tree, parents: [fix, work], author: bench.server.roster[.codex])
    #expect(try bench.judge(merge).codes == ["HK102"])
  }

  @Test("a merge of three is reviewed as what it is")
  func octopus() throws {
    let bench = try GateBench()
    let sides = try ["b", "c"].map { try bench.commit(.codex, [$0: "1"]) }
    for side in sides { try bench.review(side, by: .software(.frank)) }
    let octopus = try bench.commit(.dana, on: [bench.base] + sides, ["b": "1", "c": "1"])
    #expect(try bench.judge(octopus).codes == ["HK102"])
    try bench.review(octopus, by: .software(.frank))
    #expect(try bench.judge(octopus).verdict == .allow)
  }

  @Test("work that comes with a person's own commits on both sides is found everywhere")
  func hiddenBetween() throws {
    let bench = try GateBench()
    let mine = try bench.commit(.dana, ["b": "2"], signed: true)
    let agents = try bench.commit(.codex, on: [mine], ["a": "1"])
    let tip = try bench.commit(.dana, on: [agents], ["a": "2"], signed: true)
    let judgement = try bench.judge(tip)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.findings[0].commit == agents)
    try bench.review(tip, by: .software(.frank))
    #expect(try bench.judge(tip).verdict == .allow)
  }
}
