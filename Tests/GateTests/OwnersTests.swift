import Gate
import Primitives
import TestSupport
import Testing

/// CODEOWNERS, as it stood before the push.
@Suite struct OwnersTests {
  private static let rule = GateBench.rule(review: "of = \"anyone\", owners = true")

  @Test(
    "each of the places counts, and an owner of each touched path must approve",
    arguments: [
      ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS",
      ".bitbucket/CODEOWNERS",
    ])
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

  /// Files that cannot be read exactly.
  private static let unreadable: [TreeChange] = [
    .symlink("elsewhere"), "[section\n", .file([0xff, 0x20, 0x40, 0x0a]), "* dana\n",
    "\u{feff}* @dana\n", "!a @dana\n", "/a[bc] @dana\n", "\"a b\" @dana\n",
    .file(Array("a\0 @dana\n".utf8)), .file([UInt8](repeating: 0x0a, count: (3 << 20) + 1)),
    .gitlink(ObjectID("1111111111111111111111111111111111111111") ?? .zero),
  ]

  @Test("a CODEOWNERS that cannot be read exactly is refused where it comes in, with its line")
  func introduced() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "* @dana\n"])
    for path in ["CODEOWNERS", ".gitlab/CODEOWNERS", ".forgejo/CODEOWNERS"] {
      for file in Self.unreadable {
        let work = try bench.commit(.codex, [path: file])
        try bench.review(work, by: .software(.dana))
        let judgement = try bench.judge(work, by: .ci)
        #expect(judgement.verdict == .refuse && judgement.codes == ["HK106"], "\(path) \(file)")
        #expect(judgement.words.contains(path), "\(judgement.words)")
      }
    }
    let work = try bench.commit(.codex, ["CODEOWNERS": "* @dana\n\n!a @frank\n"])
    try bench.review(work, by: .software(.dana))
    #expect(
      try bench.judge(work, by: .ci).words.contains(
        "CODEOWNERS, line 3: the pattern \"!a\" cannot be read exactly"))
  }

  @Test("where one stands already, a reviewed mend passes and nothing else does")
  func mend() throws {
    for file in Self.unreadable {
      let bench = try GateBench(Self.rule, files: ["CODEOWNERS": file])
      let work = try bench.commit(.codex)
      try bench.review(work, by: .software(.frank))
      let judgement = try bench.judge(work, by: .ci)
      #expect(judgement.verdict == .refuse && judgement.codes == ["HK106"], "\(file)")
      let mend = try bench.commit(.codex, ["CODEOWNERS": "* @dana\n"])
      #expect(try bench.judge(mend, by: .ci).codes == ["HK101"], "\(file)")
      try bench.review(mend, by: .software(.frank))
      #expect(try bench.judge(mend, by: .ci).verdict == .allow, "\(file)")
      // With other work it is no mend, in one commit or in two.
      let mixed = try bench.commit(.codex, ["CODEOWNERS": "* @dana\n", "a": "2"])
      let above = try bench.commit(.codex, on: [mend], ["b": "2"])
      for other in [mixed, above] {
        try bench.review(other, by: .software(.frank))
        #expect(try bench.judge(other, by: .ci).codes == ["HK106"], "\(file)")
      }
    }
  }

  @Test("a mend is reviewed although a person signed it and the rule asks about agents alone")
  func mendByPerson() throws {
    let bench = try GateBench(
      GateBench.rule(review: "of = \"agents\", approvals = 1, owners = true"),
      files: ["CODEOWNERS": "!a @dana\n", ".github/CODEOWNERS": "* @frank\n"])
    let mend = try bench.commit(.dana, ["CODEOWNERS": .delete], signed: true)
    #expect(try bench.judge(mend, by: .dana).codes == ["HK101"])
    // The files that can be read are asked all the same.
    try bench.review(mend, by: .software(.erin))
    #expect(try bench.judge(mend, by: .dana).codes == ["HK103"])
    try bench.review(mend, by: .software(.frank))
    #expect(try bench.judge(mend, by: .dana).verdict == .allow)
  }

  @Test("a branch that is made mends the file too, by itself or not at all")
  func creationBeforeMend() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "!a @dana\n"])
    let release = "refs/heads/release/1"
    let mend = try bench.commit(.codex, ["CODEOWNERS": "* @frank\n"])
    let more = try bench.commit(.codex, on: [mend], ["a": "2"])
    for work in [mend, more] {
      try bench.review(work, by: .software(.frank)) { $0.ref = release }
    }
    #expect(try bench.judge(more, to: release, by: .ci).codes == ["HK106"])
    #expect(try bench.judge(bench.base, to: release, by: .ci).codes == ["HK106"])
    #expect(try bench.judge(mend, to: release, by: .ci).verdict == .allow)
  }

  @Test("without a rule that asks owners the file is nobody's concern")
  func unasked() throws {
    let bench = try GateBench(GateBench.rule(review: "of = \"anyone\""))
    let work = try bench.commit(.codex, ["CODEOWNERS": "!a @dana\n"])
    try bench.review(work, by: .software(.frank))
    #expect(try bench.judge(work, by: .ci).verdict == .allow)
  }

  @Test("a line that names nobody of the policy is said at the push, and stands against nothing")
  func unknown() throws {
    let bench = try GateBench(Self.rule, files: ["CODEOWNERS": "* @DANA\n/x @nobody\n"])
    let work = try bench.commit(
      .codex, ["CODEOWNERS": "* @DANA\n/b @nobody\n/c @nobody @dana\n[S][2] @dana\n/d\n"])
    try bench.review(work, by: .software(.dana))
    let judgement = try bench.judge(work, by: .ci)
    #expect(judgement.verdict == .allow)
    #expect(judgement.codes == ["HK106"])
    #expect(judgement.words.contains("CODEOWNERS, line 2: @nobody"), "\(judgement.words)")
    #expect(judgement.words.contains("CODEOWNERS, line 5: @dana"), "\(judgement.words)")
    #expect(!judgement.words.contains("line 3"), "\(judgement.words)")
    // Said where it comes in, not at every push.
    let other = try bench.commit(.codex, ["a": "2"])
    try bench.review(other, by: .software(.dana))
    #expect(try bench.judge(other, by: .ci).codes == [])
  }

  @Test("expressions of Forgejo and Gitea are read as such, and each asks by itself")
  func expressions() throws {
    for path in [".forgejo/CODEOWNERS", ".gitea/CODEOWNERS"] {
      let bench = try GateBench(
        Self.rule, files: [path: "src/.*\\\\.c @frank\n.* @dana\n"])
      let work = try bench.commit(.codex, ["src/x/main.c": "2"])
      try bench.review(work, by: .software(.dana))
      #expect(try bench.judge(work, by: .ci).words.contains("src/x/main.c: @frank"))
      try bench.review(work, by: .software(.frank))
      #expect(try bench.judge(work, by: .ci).verdict == .allow)
    }
  }

  @Test("the policy says that the files at the root and in docs are expressions too, and no others")
  func sharedPlaces() throws {
    for path in ["CODEOWNERS", "docs/CODEOWNERS"] {
      for (top, codes) in [("", []), ("codeowners = \"expressions\"", ["HK103"])] {
        let bench = try GateBench(
          Self.rule, top: top, files: [path: "src/.*\\\\.c @frank\n"])
        let work = try bench.commit(.codex, ["src/a/main.c": "2"])
        try bench.review(work, by: .software(.dana))
        #expect(try bench.judge(work, by: .ci).codes.map { "\($0)" } == codes, "\(path) \(top)")
      }
    }
    let bench = try GateBench(
      Self.rule, top: "codeowners = \"expressions\"", files: [".github/CODEOWNERS": "*.c @frank\n"])
    let work = try bench.commit(.codex, ["main.c": "2"])
    try bench.review(work, by: .software(.dana))
    #expect(try bench.judge(work, by: .ci).codes == ["HK103"])
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
