import Gate
import Primitives
import TestSupport
import Testing

/// How exactly a review must fit what lands: `exact`, `head`, `patch`.
@Suite struct BindingTests {
  /// A commit on other parents that says and does what another does there, as a rebase makes it.
  private static func replayed(
    _ bench: GateBench, _ commit: ObjectID, on parent: ObjectID, by author: Actor = .codex
  ) throws -> ObjectID {
    let base = try #require(try bench.work.id("\(commit)^"))
    let tree = try bench.work.git(
      "merge-tree", "--write-tree", parent.hex, commit.hex
    ).objectID()
    #expect(base != parent)
    return try bench.work.commit(
      "Replayed\n", tree: tree, parents: [parent], author: bench.server.roster[author])
  }

  @Test("exact: the review is of this base and this head, and main has not moved since")
  func exact() throws {
    let bench = try GateBench(GateBench.rule("binding = \"exact\""))
    let one = try bench.commit(.codex, ["a": "1"])
    let two = try bench.commit(.codex, on: [one], ["a": "2"])
    try bench.review(two, by: .software(.frank))
    #expect(try bench.judge(two).verdict == .allow)
    let other = try bench.commit(.codex, ["c": "1"])
    try bench.review(other, by: .software(.frank)) { $0.base = one }
    let judgement = try bench.judge(other)
    #expect(judgement.codes == ["HK101"])
    #expect(judgement.words.contains("of another base or head, and the rule binds exactly"))
    // A merge on top of the reviewed head is another head.
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    let merge = try bench.merge(moved, two, by: .dana, signed: true)
    #expect(try bench.judge(merge).codes == ["HK101"])
    try bench.review(merge, by: .software(.frank))
    #expect(try bench.judge(merge).verdict == .allow)
  }

  @Test("head: the head may come by a clean merge and on a main that has moved, never rewritten")
  func head() throws {
    let bench = try GateBench()
    let work = try bench.commit(.codex, ["a": "1"])
    try bench.review(work, by: .software(.frank))
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    #expect(try bench.judge(bench.merge(moved, work, by: .dana)).verdict == .allow)
    let rebased = try Self.replayed(bench, work, on: moved)
    #expect(try bench.judge(rebased).codes == ["HK101"])
  }

  private static func patch() throws -> GateBench {
    try GateBench(
      GateBench.rule("binding = \"patch\""),
      files: ["f": .text((1...40).map { "line \($0)\n" }.joined())])
  }

  private static func lines(_ changes: [Int: String]) -> TreeChange {
    .text((1...40).map { "\(changes[$0] ?? "line \($0)")\n" }.joined())
  }

  @Test("patch: a rebase that changes the same files from the same bytes is covered")
  func rebase() throws {
    let bench = try Self.patch()
    let one = try bench.commit(.codex, ["a": "1"])
    let two = try bench.commit(.codex, on: [one], ["f": Self.lines([20: "new"])])
    try bench.review(two, by: .software(.frank))
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    let first = try Self.replayed(bench, one, on: moved)
    let second = try Self.replayed(bench, two, on: first)
    #expect(try bench.judge(second).verdict == .allow)
    // Who rebased is its committer, whose own review then does not count.
    let franks = try Self.replayed(bench, one, on: moved, by: .frank)
    #expect(try bench.judge(Self.replayed(bench, two, on: franks)).codes == ["HK101"])
  }

  @Test("patch: the same change in a file that has changed elsewhere is another change")
  func context() throws {
    let bench = try Self.patch()
    let work = try bench.commit(.codex, ["f": Self.lines([30: "agent"])])
    try bench.review(work, by: .software(.frank))
    // git rebases this without a conflict, and its patch-id stays the same.
    let moved = try bench.commit(.dana, ["f": Self.lines([2: "dana"])], signed: true)
    try bench.land(moved)
    let rebased = try Self.replayed(bench, work, on: moved)
    let ids = try [work, rebased].map { id in
      let diff = try bench.work.git("diff-tree", "-p", id.hex).stdout
      return try bench.work.git("patch-id", "--stable", stdin: diff).value.prefix(40)
    }
    #expect(ids[0] == ids[1])
    #expect(try bench.judge(rebased).codes == ["HK101"])
  }

  @Test("patch: another mode, name or one byte of white space is another change")
  func almost() throws {
    let bench = try Self.patch()
    let work = try bench.commit(.codex, ["a": "if x {\n  y()\n}\n"])
    try bench.review(work, by: .software(.frank))
    for changes: [String: TreeChange] in [
      ["a": "if x {\n    y()\n}\n"], ["a": .executable(Array("if x {\n  y()\n}\n".utf8))],
      ["A": "if x {\n  y()\n}\n"], ["a": .symlink("if x {\n  y()\n}\n")],
      ["a": "if x {\n  y()\n}\n", "b": ""],
    ] {
      #expect(try bench.judge(bench.commit(.stranger, changes)).codes == ["HK101"])
    }
    let same = try bench.commit(.stranger, ["a": "if x {\n  y()\n}\n"], message: "Other words\n")
    #expect(try bench.judge(same).verdict == .allow)
  }

  @Test("patch: the whole series squashed is covered, on the base or on a main that has moved")
  func squash() throws {
    let bench = try Self.patch()
    let one = try bench.commit(.codex, ["a": "1", "tmp": "x"])
    let two = try bench.commit(.codex, on: [one], ["a": "2", "tmp": .delete])
    try bench.review(two, by: .software(.frank))
    let squashed = try bench.commit(.stranger, ["a": "2"])
    #expect(try bench.judge(squashed).verdict == .allow)
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    #expect(try bench.judge(bench.commit(.codex, on: [moved], ["a": "2"])).verdict == .allow)
    let more = try bench.commit(.codex, on: [moved], ["a": "2", "README": .delete])
    #expect(try bench.judge(more).codes == ["HK101"])
  }

  @Test("patch: a part of a reviewed series is not what was reviewed")
  func part() throws {
    let bench = try Self.patch()
    let hole = try bench.commit(.codex, ["gate": "open"])
    let mended = try bench.commit(.codex, on: [hole], ["check": "closed"])
    try bench.review(mended, by: .software(.frank))
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    let first = try Self.replayed(bench, hole, on: moved)
    #expect(try bench.judge(first).codes == ["HK101"])
    let both = try Self.replayed(bench, mended, on: first)
    #expect(try bench.judge(both).verdict == .allow)
  }

  @Test("patch: a squash never undoes what main gained after the series had left it")
  func squashedRollback() throws {
    let bench = try Self.patch()
    let work = try bench.commit(.codex, ["a": "1"])
    let fix = try bench.commit(.dana, ["src/main.c": "fixed\n"], signed: true)
    try bench.land(fix)
    // The reviewer's base is main as it stands now; the head does not have the fix.
    try bench.review(work, by: .software(.frank)) { $0.base = fix }
    let undoing = try bench.commit(
      .codex, on: [fix], ["a": "1", "src/main.c": "int main(void) { return 0; }\n"])
    #expect(try bench.work.id("\(undoing)^{tree}") == bench.work.id("\(work)^{tree}"))
    #expect(try bench.judge(undoing).codes == ["HK101"])
    let honest = try bench.commit(.codex, on: [fix], ["a": "1"])
    #expect(try bench.judge(honest).verdict == .allow)
  }

  @Test("patch: what a merge inside the series decided is not brought by its other commits")
  func mergedSeries() throws {
    let bench = try Self.patch()
    let one = try bench.commit(.codex, ["a": "1"])
    let moved = try bench.commit(.dana, ["b": "2"], signed: true)
    try bench.land(moved)
    let merge = try bench.merge(one, moved, by: .codex, evil: ["guard": "on"])
    let two = try bench.commit(.codex, on: [merge], ["c": "3"])
    try bench.review(two, by: .software(.frank))
    let bare = try bench.commit(.codex, on: [moved], ["a": "1"])
    let tip = try bench.commit(.codex, on: [bare], ["c": "3"])
    #expect(try bench.judge(tip).codes == ["HK101"])
    let squashed = try bench.commit(.codex, on: [moved], ["a": "1", "c": "3", "guard": "on"])
    #expect(try bench.judge(squashed).verdict == .allow)
  }
}
