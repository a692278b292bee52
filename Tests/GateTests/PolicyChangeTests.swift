import Gate
import Primitives
import Signing
import TestSupport
import Testing

/// Changes of the policy that lies in the tree: HK803, HK804, HK805.
@Suite struct PolicyChangeTests {
  private static func policy(serial: Int, _ more: String = "") -> TreeChange {
    .text("version = 1\nserial = \(serial)\n\(more)\n")
  }

  private static let path = ".hookkit/policy.toml"

  /// A commit of erin's that brings a policy, reviewed by dana, the maintainer.
  private static func reviewed(
    _ bench: GateBench, _ changes: [String: TreeChange], on parents: [ObjectID]? = nil
  ) throws -> ObjectID {
    let commit = try bench.commit(.erin, on: parents, changes, signed: true)
    try bench.review(commit, by: .software(.dana)) { $0.vouches = [.policy] }
    return commit
  }

  @Test("a valid successor that another person, a maintainer, vouches for lands")
  func accepted() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.erin, [Self.path: Self.policy(serial: 1)], signed: true)
    #expect(try bench.judge(commit, by: .erin).codes == ["HK804"])
    try bench.review(commit, by: .software(.frank)) { $0.vouches = [.policy] }
    #expect(try bench.judge(commit, by: .erin).words.contains("needs the role maintainer"))
    try bench.review(commit, by: .software(.dana))
    #expect(try bench.judge(commit, by: .erin).words.contains("does not vouch for policy"))
    try bench.review(commit, by: .software(.dana)) { $0.vouches = [.policy] }
    #expect(try bench.judge(commit, by: .dana).codes == ["HK804"], "dana pushes")
    #expect(try bench.judge(commit, by: .erin).verdict == .allow)
    try bench.land(commit)
    let next = try Self.reviewed(bench, [Self.path: Self.policy(serial: 2)], on: [commit])
    #expect(try bench.judge(next, by: .erin).verdict == .allow)
  }

  @Test("a maintainer's own signature never changes the policy alone")
  func own() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, [Self.path: Self.policy(serial: 1)], signed: true)
    try bench.review(commit, by: .touch(.dana)) { $0.vouches = [.policy] }
    #expect(try bench.judge(commit, by: .erin).codes == ["HK804"])
  }

  @Test("every other file in hookkit's folder is guarded like the policy")
  func otherFiles() throws {
    let bench = try GateBench()
    let commit = try bench.commit(.dana, [".hookkit/notes": "x"], signed: true)
    #expect(try bench.judge(commit).codes == ["HK804"])
    let near = try bench.commit(
      .dana, [".hookkit2/policy.toml": "x", "hookkit": "y"], signed: true)
    #expect(try bench.judge(near).verdict == .allow)
  }

  @Test("a policy change with anything else in the push is refused, however it is packed")
  func mixed() throws {
    let bench = try GateBench()
    let together = try Self.reviewed(bench, [Self.path: Self.policy(serial: 1), "a": "1"])
    #expect(try bench.judge(together, by: .erin).codes == ["HK803"])
    let alone = try Self.reviewed(bench, [Self.path: Self.policy(serial: 1)])
    let above = try Self.reviewed(bench, ["a": "1"], on: [alone])
    #expect(try bench.judge(above, by: .erin).codes == ["HK803"])
    let below = try Self.reviewed(bench, ["a": "1"])
    let behind = try Self.reviewed(bench, [Self.path: Self.policy(serial: 1)], on: [below])
    #expect(try bench.judge(behind, by: .erin).codes == ["HK803"])
    // Put in and taken out again.
    let undone = try Self.reviewed(bench, ["a": .delete], on: [above])
    #expect(try bench.judge(undone, by: .erin).codes == ["HK803"])
    // In a merge, on a main that has moved.
    let moved = try bench.commit(.dana, ["b": "1"], signed: true)
    try bench.land(moved)
    let clean = try bench.merge(moved, alone, by: .erin)
    #expect(try bench.judge(clean, by: .erin).verdict == .allow)
    let evil = try bench.merge(moved, alone, by: .erin, evil: ["evil": "1"])
    try bench.review(evil, by: .software(.dana)) { $0.vouches = [.policy] }
    #expect(try bench.judge(evil, by: .erin).codes == ["HK803"])
  }

  @Test("a policy that may not follow the one in force is refused, whoever reviewed it")
  func successor() throws {
    let bench = try GateBench()
    let first = try Self.reviewed(bench, [Self.path: Self.policy(serial: 5)])
    try bench.land(first)
    let cases: [(TreeChange, String)] = [
      (.delete, "may not be removed"), (Self.policy(serial: 5, "# other"), "not higher"),
      (Self.policy(serial: 4), "not higher"), ("version = 2\nserial = 6\n", "version 2"),
      ("version = 1\n", "serial"), ("", "empty"), ("version = 1\nserial = 6\nx = 1\n", "unknown"),
      (Self.policy(serial: 6, "repository = \"git.example.org/other\""), "repository"),
      (Self.policy(serial: 6, "delegate = [\"people\"]"), "delegate"),
      (Self.policy(serial: 6, "[people.mallory]\nroles = [\"reviewer\"]"), "people.mallory"),
      (Self.policy(serial: 6, "[people.dana]\nrevoked = true"), "maintainer"),
      (Self.policy(serial: 6, "[limits]\ncommits = 200000"), "limits.commits"),
      (.symlink("../README"), "not an ordinary file"), (.file([0xff, 0xfe]), ""),
    ]
    for (change, words) in cases {
      let commit = try Self.reviewed(bench, [Self.path: change], on: [first])
      let judgement = try bench.judge(commit, by: .erin)
      #expect(judgement.codes == ["HK805"], "\(change)")
      #expect(judgement.words.contains(words), "\(judgement.words)")
    }
    let file = try Self.reviewed(bench, [Self.path: .delete, ".hookkit": "x"], on: [first])
    #expect(try bench.judge(file, by: .erin).codes.contains("HK805"))
  }

  @Test("an old policy does not come back by a merge that takes its side")
  func rolledBack() throws {
    let bench = try GateBench()
    let first = try Self.reviewed(bench, [Self.path: Self.policy(serial: 1)])
    try bench.land(first)
    let side = try bench.commit(.dana, on: [first], ["a": "1"], signed: true)
    let second = try Self.reviewed(bench, [Self.path: Self.policy(serial: 2)], on: [first])
    try bench.land(second)
    let tree = try #require(try bench.work.id("\(side)^{tree}"))
    let merge = try bench.work.commit(
      "Merge\n", tree: tree, parents: [second, side], author: bench.server.roster[.dana],
      signedBy: bench.server.roster[.dana])
    let judgement = try bench.judge(merge)
    #expect(judgement.codes.contains("HK805"))
    #expect(judgement.words.contains("serial 1 is not higher than 2"))
  }

  @Test("the policy before the push judges it, and the new one the next")
  func ownPush() throws {
    let bench = try GateBench()
    let stricter = """
      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "anyone", approvals = 3 }
      """
    let commit = try Self.reviewed(bench, [Self.path: Self.policy(serial: 1, stricter)])
    #expect(try bench.judge(commit, by: .erin).verdict == .allow)
    let work = try bench.commit(.dana, on: [commit], ["a": "1"], signed: true)
    try bench.land(commit)
    let judgement = try bench.judge(work)
    #expect(judgement.codes == ["HK101"] && judgement.words.contains("reviews 0 of 3"))
    // On a branch that HEAD does not name, the same file is no policy in force.
    try bench.land(commit, on: "refs/heads/release/1")
    try bench.land(bench.base)
    #expect(try bench.judge(work, to: "refs/heads/release/1").verdict == .allow)
  }

  @Test("only on HEAD's branch is a policy change anything but a change of a file")
  func elsewhere() throws {
    let bench = try GateBench()
    let release = "refs/heads/release/1"
    try bench.land(bench.base, on: release)
    let mixed = try bench.commit(
      .dana, [Self.path: "nonsense = [", "a": "1"], signed: true)
    #expect(try bench.judge(mixed, to: release).verdict == .allow)
    #expect(try Set(bench.judge(mixed).codes) == ["HK803", "HK804", "HK805"])
    let agents = try bench.commit(.codex, [Self.path: Self.policy(serial: 1)])
    #expect(try bench.judge(agents, to: release, by: .ci).codes == ["HK101"])
  }

  @Test("what landed elsewhere is not asked again, and is no law on HEAD's branch either")
  func landedElsewhere() throws {
    let bench = try GateBench()
    let first = try Self.reviewed(bench, [Self.path: Self.policy(serial: 5)])
    try bench.land(first)
    let changed = try bench.commit(
      .dana, on: [first], [Self.path: Self.policy(serial: 6), "a": "1"], signed: true)
    let back = try bench.commit(
      .dana, on: [changed], [Self.path: Self.policy(serial: 5)], signed: true)
    #expect(try Set(bench.judge(back).codes) == ["HK803", "HK804"])
    try bench.land(back, on: "refs/heads/release/1")
    #expect(try bench.judge(back).verdict == .allow)
    #expect(try Set(bench.judge(changed).codes) == ["HK803", "HK804"])
  }

  @Test("what stands under a name of hookkit's own has not landed")
  func ownNames() throws {
    let bench = try GateBench()
    let first = try Self.reviewed(bench, [Self.path: Self.policy(serial: 5)])
    try bench.land(first)
    let changed = try bench.commit(
      .dana, on: [first], [Self.path: Self.policy(serial: 6), "a": "1"], signed: true)
    let back = try bench.commit(
      .dana, on: [changed], [Self.path: Self.policy(serial: 5)], signed: true)
    try bench.land(back, on: "refs/quarantine/Q7F3")
    #expect(try bench.judge(back).codes.contains("HK803"))
  }

  @Test("a maintainer's review of the very change is asked for where HEAD's branch has no rule")
  func unguardedHome() throws {
    let bench = try GateBench(GateBench.rule(refs: "\"refs/heads/release/**\""))
    let alone = try bench.commit(.stranger, [Self.path: Self.policy(serial: 1)])
    let asked = try bench.judge(alone, by: .stranger)
    #expect(asked.codes == ["HK804"])
    #expect(
      asked.findings.flatMap(\.hints).map(\.command) == [
        ["git", "push", "origin", "\(alone.short):refs/heads/review-\(alone.short)"],
        ["hookkit", "review", "approve", alone.hex],
      ])
    try bench.review(alone, by: .software(.frank)) { $0.vouches = [.policy] }
    #expect(try bench.judge(alone, by: .stranger).codes == ["HK804"])
    try bench.review(alone, by: .software(.dana)) { $0.vouches = [.policy] }
    #expect(try bench.judge(alone, by: .stranger).verdict == .allow)
    #expect(try bench.judge(alone, by: .dana).codes == ["HK804"], "dana pushes")
    let free = try bench.judge(bench.commit(.codex), by: .stranger)
    #expect(free.verdict == .allow && !free.isGuarded)
    try bench.land(alone)
    #expect(try bench.judge(nil, by: .dana).codes == ["HK805"])
    let without = try bench.judge(bench.base, by: .dana)
    #expect(Set(without.codes).isSuperset(of: ["HK805"]))
  }

  @Test("a policy in the tree that cannot be read shuts the gate for every guarded reference")
  func unreadable() throws {
    for (change, code) in [
      (TreeChange.symlink("x"), "HK801"), ("version = 9\n", "HK802"), ("", "HK802"),
      (Self.policy(serial: 1, "[people.mallory]"), "HK802"),
    ] {
      let bench = try GateBench(files: [Self.path: change])
      let work = try bench.commit(.dana, signed: true)
      let judgement = try bench.judge(work)
      #expect(judgement.verdict == .undecided && judgement.codes == [code], "\(change)")
    }
  }
}
