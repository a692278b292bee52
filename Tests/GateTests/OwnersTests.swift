import Gate
import Primitives
import TestSupport
import Testing

/// CODEOWNERS, as it stood before the push.
@Suite struct OwnersTests {
  private static let rule = GateBench.rule(review: "of = \"anyone\", owners = true")

  @Test(
    "each of the three places counts, and an owner of each touched path must approve",
    arguments: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
  func places(_ path: String) throws {
    let bench = try GateBench(
      Self.rule, files: [path: "* @dana\n/src/ @frank\n/free\n", "src/main.c": "1"])
    let work = try bench.commit(.codex, ["src/main.c": "2"])
    try bench.review(work, by: .software(.dana))
    let judgement = try bench.judge(work, by: .ci)
    #expect(judgement.codes == ["HK103"])
    #expect(judgement.words.contains("src/main.c: @frank"))
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
    let both = try bench.commit(.codex, ["src/new.c": "1", "top": "1"])
    try bench.review(both, by: .software(.frank))
    #expect(try bench.judge(both, by: .ci).words.contains("top: @dana"))
    let free = try bench.commit(.codex, ["free": "1"])
    try bench.review(free, by: .software(.frank))
    #expect(try bench.judge(free, by: .ci).verdict == .allow)
  }

  @Test("files in several places each ask by themselves")
  func several() throws {
    let bench = try GateBench(
      Self.rule, files: [".github/CODEOWNERS": "* @frank\n", "docs/CODEOWNERS": "/a @dana\n"])
    let work = try bench.commit(.codex, ["a": "1"])
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work, by: .ci).words.contains("a: @dana"))
    try bench.review(work, by: .software(.dana))
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
  }

  @Test("a push cannot change who owns what it touches")
  func oldTip() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "* @dana\n"])
    let work = try bench.commit(.codex, ["CODEOWNERS": "* @frank\n", "a": "1"])
    let later = try bench.commit(.codex, on: [work], ["b": "1"])
    try bench.review(later, by: .software(.frank))
    #expect(try bench.judge(later, by: .ci).codes == ["HK103"])
    let gone = try bench.commit(.codex, ["CODEOWNERS": .delete])
    try bench.review(gone, by: .software(.frank))
    #expect(try bench.judge(gone, by: .ci).codes == ["HK103"])
    try bench.review(gone, by: .software(.dana))
    #expect(try bench.judge(gone, by: .ci).verdict == .allow)
  }

  @Test("each commit is asked for by itself: added and taken away again is touched")
  func perCommit() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "/secret @dana\n"])
    let one = try bench.commit(.codex, ["secret": "1"])
    let two = try bench.commit(.codex, on: [one], ["secret": .delete, "a": "1"])
    try bench.review(two, by: .software(.frank))
    #expect(try bench.judge(two, by: .ci).words.contains("secret: @dana"))
  }

  @Test(
    "owners are addresses, accounts, names and roles; one whom nobody knows cannot be satisfied")
  func kinds() throws {
    for (owner, satisfied) in [
      ("frank@example.org", true), ("@frank", true), ("@org/reviewer", true), ("@@reviewer", true),
      ("@dana", false), ("@org/maintainer", false), ("nobody@example.org", false),
      ("@svc-codex", false), ("@org/nobody", false),
    ] {
      let bench = try GateBench(Self.rule, files: ["CODEOWNERS": .text("* \(owner)\n")])
      let work = try bench.commit(.codex)
      try bench.review(work, by: .software(.frank))
      let judgement = try bench.judge(work, by: .ci)
      #expect((judgement.verdict == .allow) == satisfied, "\(owner)")
      #expect(satisfied || judgement.codes == ["HK103"], "\(owner)")
    }
  }

  @Test("an owner who wrote the change is no owner who approved it")
  func ownWork() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "* @frank\n"])
    let work = try bench.commit(.frank, signed: true)
    try bench.review(work, by: .software(.frank))
    try bench.review(work, by: .software(.dana))
    #expect(try bench.judge(work, by: .ci).codes == ["HK103"])
  }

  @Test("a CODEOWNERS that cannot be read exactly shuts the gate")
  func unreadable() throws {
    for file: TreeChange in [
      .symlink("elsewhere"), "[section\n", .file([0xff, 0x20, 0x40, 0x0a]), "* dana\n",
      .gitlink(ObjectID("1111111111111111111111111111111111111111") ?? .zero),
    ] {
      let bench = try GateBench(Self.rule, files: ["CODEOWNERS": file])
      let work = try bench.commit(.codex)
      try bench.review(work, by: .software(.frank))
      let judgement = try bench.judge(work, by: .ci)
      #expect(judgement.verdict == .undecided && judgement.codes == ["HK902"], "\(file)")
    }
  }

  @Test("a new branch answers to the owners at the branch that HEAD names")
  func creation() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "* @dana\n"])
    let work = try bench.commit(.codex)
    let release = "refs/heads/release/1"
    try bench.review(work, by: .software(.frank)) { $0.ref = release }
    #expect(try bench.judge(work, to: release, by: .ci).codes == ["HK103"])
    try bench.review(work, by: .software(.dana)) { $0.ref = release }
    #expect(try bench.judge(work, to: release, by: .ci).verdict == .allow)
  }
}
