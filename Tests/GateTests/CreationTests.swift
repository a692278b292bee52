import Gate
import Policy
import Primitives
import TestSupport
import Testing

/// New references, and how much of a push is read.
@Suite struct CreationTests {
  private static let release = "refs/heads/release/1"
  private static let tags = GateBench.rule(review: "approvals = 0", refs: "\"refs/tags/**\"")

  @Test("a new reference answers for what no other one under the same rule has")
  func fromMain() throws {
    let bench = try GateBench()
    #expect(try bench.judge(bench.base, to: Self.release).verdict == .allow)
    let work = try bench.commit(.codex)
    #expect(try bench.judge(work, to: Self.release).codes == ["HK101"])
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work, to: Self.release).codes == ["HK101"], "reviewed for main")
    try bench.land(work)
    #expect(try bench.judge(work, to: Self.release).verdict == .allow)
  }

  @Test("who = maintainers: an agent, a service, a reviewer and nobody make no release tag")
  func maintainersAlone() throws {
    let bench = try GateBench(
      Roster.team + "\n" + Self.tags + "who = \"maintainers\"\nforce-push = true\n",
      adding: [.codex: "", .frank: ""])
    for actor in [Actor.codex, .ci, .erin, .stranger, .nobody] {
      let judgement = try bench.judge(bench.base, to: "refs/tags/v1", by: actor)
      #expect(judgement.codes == ["HK503"], "\(actor)")
      #expect(judgement.words.contains("made by a maintainer alone"))
    }
    #expect(try bench.judge(bench.base, to: "refs/tags/v1", by: .dana).verdict == .allow)
    // A tag that is moved is made anew, also where the rule lets it be moved.
    try bench.land(bench.base, on: "refs/tags/v1")
    let other = try bench.commit(.dana, signed: true)
    let moved = try bench.judge(other, to: "refs/tags/v1", by: .frank)
    #expect(moved.codes == ["HK503"] && moved.words.contains("set anew by a maintainer alone"))
    #expect(try bench.judge(other, to: "refs/tags/v1", by: .dana).verdict == .allow)
  }

  @Test("who = maintainers: a maintainer whose time is over, or who lost the role, is none")
  func noMaintainerAnyMore() throws {
    for line in ["expires = \"2001-01-01\"", "revoked = true", "removed-roles = [\"maintainer\"]"] {
      let bench = try GateBench(
        Roster.team + "\n" + Self.tags + "who = \"maintainers\"\n", adding: [.dana: line])
      #expect(
        try bench.judge(bench.base, to: "refs/tags/v1", by: .dana).codes == ["HK503"], "\(line)")
    }
  }

  @Test("a branch that a rule names as HEAD is judged by it, and one that HEAD leaves is not")
  func namedHead() throws {
    let rules = GateBench.rule(refs: "\"HEAD\", \"refs/heads/release/**\"")
    let bench = try GateBench(rules)
    let work = try bench.commit(.codex)
    #expect(try bench.judge(work, by: .ci).codes == ["HK101"])
    try bench.land(bench.base, on: "refs/heads/trunk")
    #expect(try bench.judge(work, to: "refs/heads/trunk", by: .ci).verdict == .allow)
    // A release is still made from it: the rule that names HEAD asks as much.
    #expect(try bench.judge(bench.base, to: Self.release, by: .ci).verdict == .allow)
    try bench.server.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    #expect(try bench.judge(work, to: "refs/heads/trunk", by: .ci).codes == ["HK101"])
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
  }

  @Test("where a rule names HEAD and HEAD names no branch, nothing is decided")
  func detachedHead() throws {
    let bench = try GateBench(GateBench.rule(refs: "\"HEAD\""))
    try bench.server.repository.git("update-ref", "--no-deref", "HEAD", bench.base.hex)
    let judgement = try bench.judge(bench.base, to: "refs/heads/other")
    #expect(judgement.verdict == .undecided && judgement.codes == ["HK801"])
    #expect(judgement.words.contains("HEAD names no branch"))
  }

  @Test("a tag that nobody reviews is no way into a branch that people review")
  func throughTag() throws {
    let bench = try GateBench(Roster.team + "\n" + Self.tags)
    let work = try bench.commit(.codex)
    #expect(try bench.judge(work, to: "refs/tags/v1", by: .ci).verdict == .allow)
    try bench.land(work, on: "refs/tags/v1")
    #expect(try bench.judge(work, to: Self.release).codes == ["HK101"])
    #expect(try bench.judge(bench.base, to: Self.release).verdict == .allow)
  }

  @Test("a branch under a rule that asks for less is no way into one that asks for more")
  func throughWeaker() throws {
    let weaker = GateBench.rule(review: "approvals = 1", refs: "\"refs/heads/dev\"")
    let stronger = GateBench.rule(review: "approvals = 2")
    let bench = try GateBench(weaker + stronger)
    let work = try bench.commit(.codex)
    try bench.review(work, by: .software(.frank)) { $0.ref = "refs/heads/dev" }
    #expect(try bench.judge(work, to: "refs/heads/dev", by: .ci).verdict == .allow)
    try bench.land(work, on: "refs/heads/dev")
    #expect(try bench.judge(work, to: Self.release, by: .ci).codes == ["HK101"])
    try bench.land(work)
    #expect(try bench.judge(work, to: Self.release, by: .ci).verdict == .allow)
    let other = try GateBench(weaker + stronger)
    #expect(try other.judge(other.base, to: "refs/heads/dev", by: .ci).verdict == .allow)
  }

  @Test("who adopts a branch signs it with such a key as its rules ask of a reviewer")
  func adoption() throws {
    let staging = "refs/heads/staging/1"
    let bench = try GateBench(
      GateBench.rule(
        review: "presence = \"touch\"", refs: "\"refs/heads/main\", \"refs/heads/staging/*\""))
    let work = try bench.commit(.codex)
    let own = try bench.commit(.dana, on: [work], ["own": "1"], signed: true)
    try bench.land(bench.base, on: staging)
    // Behind the server's back, so that what lands above it says nothing of it.
    try bench.server.repository.setReferences([(staging, work)])
    try bench.land(own, on: staging)
    func codes() throws -> [String] {
      try bench.judge(own, to: "refs/heads/staging/2", by: .ci).codes
    }
    #expect(try codes() == ["HK101"])
    func adopt(_ signer: GuardedServer.Signer) throws {
      try bench.review(own, by: signer) { ($0.ref, $0.base) = (staging, .zero) }
    }
    try adopt(.touch(.frank))
    #expect(try codes() == ["HK101"], "no maintainer")
    try adopt(.software(.dana))
    #expect(try codes() == ["HK101"], "whoever has got hold of the key is not dana")
    try adopt(.touch(.dana))
    #expect(try codes() == [])
  }

  @Test("a rule asks as much as another only when it does so in every respect")
  func strictness() throws {
    func protection(_ review: String, _ more: String...) throws -> Protection {
      let rule = GateBench.rule(review: review, more.joined(separator: "\n"))
      let text = "version = 1\nserial = 1\nrepository = \"r\"\n\(rule)"
      return try Policy(layers: [
        PolicyLayer(.repository, name: "policy", bytes: Array(text.utf8))
      ]).protections[0]
    }
    let plain = try protection("approvals = 1")
    let stricter = try [
      protection("approvals = 2"), protection("of = \"anyone\""),
      protection("presence = \"touch\""), protection("owners = true"),
      protection("vouches = [\"code\", \"dependencies\"]"),
      protection("approvals = 1", "binding = \"exact\""),
    ]
    let looser = try [
      protection("approvals = 0"), protection("sponsor-may-review = true"),
      protection("approvals = 1", "unverified = \"person\""),
      protection("approvals = 1", "assisted = \"allow\""),
      protection("approvals = 1", "binding = \"patch\""),
    ]
    for rule in [plain] + stricter + looser { #expect(rule.asksAsMuch(as: rule)) }
    for rule in stricter {
      #expect(rule.asksAsMuch(as: plain) && !plain.asksAsMuch(as: rule))
    }
    for rule in looser {
      #expect(plain.asksAsMuch(as: rule) && !rule.asksAsMuch(as: plain))
    }
    let role = try protection("role = \"maintainer\"")
    #expect(!role.asksAsMuch(as: plain) && !plain.asksAsMuch(as: role))
  }

  @Test("a tag is of a commit, and what it tags is reviewed where the rule asks for it")
  func tags() throws {
    let bench = try GateBench(
      GateBench.rule(refs: "\"refs/heads/main\", \"refs/tags/**\""))
    try bench.work.tag("v1", of: bench.base, by: bench.server.roster[.dana], signed: true)
    let tag = try #require(try bench.work.id("refs/tags/v1"))
    #expect(try bench.judge(tag, to: "refs/tags/v1").verdict == .allow)
    let work = try bench.commit(.codex)
    try bench.work.tag("v2", of: work, by: bench.server.roster[.dana], signed: true)
    let other = try #require(try bench.work.id("refs/tags/v2"))
    for target in [other, work] {
      #expect(try bench.judge(target, to: "refs/tags/v2").codes == ["HK101"])
    }
    try bench.review(work, by: .software(.frank)) { $0.ref = "refs/tags/v2" }
    #expect(try bench.judge(other, to: "refs/tags/v2").verdict == .allow)
    let tree = try #require(try bench.work.id("\(work)^{tree}"))
    #expect(try bench.judge(tree, to: "refs/tags/v3").codes == ["HK508"])
    #expect(try bench.judge(tag, to: "refs/heads/main").codes == ["HK508"], "a tag on a branch")
  }

  // MARK: Limits

  @Test("one more commit than the limit leaves the push undecided, with the figure")
  func commits() throws {
    let bench = try GateBench(Roster.team + "\n[limits]\ncommits = 3\n")
    var tip = bench.base
    for number in 1...4 {
      tip = try bench.commit(.dana, on: [tip], ["a": .text("\(number)")], signed: true)
      let judgement = try bench.judge(tip)
      if number <= 3 {
        #expect(judgement.verdict == .allow)
      } else {
        #expect(judgement.verdict == .undecided && judgement.codes == ["HK903"])
        #expect(judgement.words.contains("more than 3 commits"))
      }
    }
  }

  @Test("a message, parents and changed paths over their limits leave the push undecided")
  func sizes() throws {
    let bench = try GateBench(
      GateBench.rule(review: "of = \"anyone\", owners = true")
        + "\n[limits]\nmessage-bytes = 1000\nparents = 2\npaths = 5\n",
      files: ["CODEOWNERS": "/x @dana\n"])
    let long = try bench.commit(.dana, message: String(repeating: "x", count: 1001), signed: true)
    let wide = try bench.commit(
      .dana,
      Dictionary(uniqueKeysWithValues: (0..<6).map { ("p\($0)", TreeChange.text("1")) }),
      signed: true)
    let sides = try (0..<3).map { try bench.commit(.dana, ["s\($0)": "1"], signed: true) }
    let many = try bench.commit(.dana, on: sides, signed: true)
    for (commit, figure) in [(long, "1000"), (wide, "5 changed paths"), (many, "limit is 2")] {
      try bench.review(commit, by: .software(.frank))
      let judgement = try bench.judge(commit)
      #expect(judgement.verdict == .undecided && judgement.codes == ["HK903"], "\(figure)")
      #expect(judgement.words.contains(figure))
    }
  }

  @Test("more references than the limit leave the whole push undecided")
  func references() throws {
    let bench = try GateBench(Roster.team + "\n[limits]\nrefs = 2\n")
    let updates = (0..<3).map {
      RefUpdate(old: .zero, new: bench.base, name: RefName("refs/heads/release/\($0)"))
    }
    for count in [2, 3] {
      let push = Push(
        updates: Array(updates.prefix(count)), pusher: .unknown, time: bench.now)
      let decision = Gate.judge(push, in: try bench.surroundings())
      #expect(decision.verdict == (count == 2 ? .allow : .undecided))
      #expect(decision.judgements.count == count)
    }
  }

  @Test("a commit that git fsck would not take, a missing one and a tree leave the push undecided")
  func malformed() throws {
    let bench = try GateBench()
    let good = try bench.work.contents("commit", bench.commit(.dana, signed: true).hex)
    let text = String(decoding: good, as: UTF8.self)
    let author = text.split(separator: "\n").first { $0.hasPrefix("author ") } ?? ""
    let twice = try bench.work.object(
      "commit", Array(text.replacing("\ncommitter", with: "\n\(author)\ncommitter").utf8))
    let nul = try bench.work.object("commit", good + [0, 0x0a])
    for commit in [twice, nul] {
      let judgement = try bench.judge(commit)
      #expect(judgement.verdict == .undecided && judgement.codes == ["HK902"])
    }
    let absent = ObjectID("00000000000000000000000000000000000000ff") ?? .zero
    #expect(try bench.judge(absent).codes == ["HK901"])
    let orphan = try bench.work.object(
      "commit",
      Array(text.replacing("parent \(bench.base)", with: "parent \(absent)").utf8))
    #expect(try bench.judge(orphan).codes == ["HK901"])
    let parents = String(repeating: "parent \(bench.base)\n", count: 10_000)
    let many = try bench.work.object(
      "commit", Array(text.replacing("parent \(bench.base)\n", with: parents).utf8))
    #expect(try bench.judge(many).codes == ["HK903"])
  }
}
