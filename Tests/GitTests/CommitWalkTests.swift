import Git
import Primitives
import TestSupport
import Testing

/// The walk of a push's commits, on histories with right and with wrong clocks.
@Suite struct CommitWalkTests {
  private static func repository() throws -> (Repository, ObjectStore, Sandbox) {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    return (
      try Repository(gitDirectory: bare.path, scratch: false),
      try ObjectStore(gitDirectory: bare.path), sandbox
    )
  }

  private static func history(
    _ repository: Repository, _ count: Int, _ dice: inout Dice, clock: (Int, inout Dice) -> Int
  ) throws -> RandomHistory {
    try RandomHistory(
      count, tree: repository.write(.tree, []), &dice, clock: clock
    ) { try repository.write(.commit, $0) }
  }

  @Test("with right clocks the walk gives exactly what is reachable and not hidden")
  func rightClocks() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    var dice = Dice(seed: 11)
    for round in 0..<20 {
      // Some rounds have one time for many commits.
      let step = round % 4 == 0 ? 5 : 1
      let history = try Self.history(repository, 60, &dice) { number, _ in 1000 + number / step }
      for _ in 0..<25 {
        let tips = (0...dice.roll(2)).map { _ in dice.pick(history.commits) }
        let hidden = (0..<dice.roll(3)).map { _ in dice.pick(history.commits) }
        let walk = try store.commits(reachableFrom: tips, hiding: hidden, limit: 100).map(\.id)
        #expect(Set(walk) == history.reachable(tips).subtracting(history.reachable(hidden)))
        #expect(history.isChildrenFirst(walk))
      }
    }
  }

  @Test("wrong clocks may make the walk longer, and never leave a commit out")
  func wrongClocks() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    var dice = Dice(seed: 12)
    var longer = 0
    for _ in 0..<20 {
      let history = try Self.history(repository, 60, &dice) { _, dice in dice.roll(5000) }
      for _ in 0..<25 {
        let tips = [dice.pick(history.commits)]
        let hidden = [dice.pick(history.commits), dice.pick(history.commits)]
        let walk = try store.commits(reachableFrom: tips, hiding: hidden, limit: 100).map(\.id)
        let reachable = history.reachable(tips)
        let exact = reachable.subtracting(history.reachable(hidden))
        #expect(Set(walk).isSuperset(of: exact) && reachable.isSuperset(of: walk))
        #expect(history.isChildrenFirst(walk))
        if walk.count > exact.count { longer += 1 }
      }
    }
    // Else the clocks were not wrong enough for the test to say anything.
    #expect(longer > 0)
  }

  @Test("whether a commit lies below another is told rightly with any clocks")
  func ancestors() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    var dice = Dice(seed: 13)
    for _ in 0..<10 {
      let history = try Self.history(repository, 40, &dice) { _, dice in dice.roll(5000) }
      for _ in 0..<80 {
        let (first, second) = (dice.pick(history.commits), dice.pick(history.commits))
        #expect(
          try store.isAncestor(first, of: second, limit: 100)
            == history.reachable([second]).contains(first))
      }
    }
  }

  @Test("one commit more than the limit is an error, and a walk of nothing is empty")
  func limits() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    var dice = Dice(seed: 14)
    let history = try Self.history(repository, 30, &dice) { number, _ in number }
    let tip = try #require(history.commits.last)
    let count = history.reachable([tip]).count
    #expect(try store.commits(reachableFrom: [tip], hiding: [], limit: count).count == count)
    #expect(throws: GitError.overLimit("more than \(count - 1) commits to judge")) {
      try store.commits(reachableFrom: [tip], hiding: [], limit: count - 1)
    }
    #expect(try store.commits(reachableFrom: [tip], hiding: [tip], limit: 1).isEmpty)
    #expect(try store.commits(reachableFrom: [], hiding: [tip], limit: 1).isEmpty)
  }

  @Test("a missing parent, a tree for a commit and headers that are none are errors")
  func unreadable() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    let tree = try repository.write(.tree, [])
    let absent = ObjectID("00000000000000000000000000000000000000ff") ?? .zero
    let orphan = try repository.write(
      .commit,
      Array(
        "tree \(tree)\nparent \(absent)\nauthor a <a> 0 +0000\ncommitter a <a> 0 +0000\n\n".utf8))
    #expect(throws: GitError.missing(absent)) {
      try store.commits(reachableFrom: [orphan], hiding: [], limit: 10)
    }
    #expect(throws: GitError.wrongKind(tree, expected: .commit)) {
      try store.commits(reachableFrom: [tree], hiding: [], limit: 10)
    }
    let broken = try repository.write(.commit, Array("parent \(absent)\n".utf8))
    #expect(throws: GitError.malformed(broken, "commit headers")) {
      try store.commits(reachableFrom: [broken], hiding: [], limit: 10)
    }
    #expect(throws: GitError.malformed(broken, "commit headers")) {
      try store.tree(ofCommit: broken)
    }
  }

  @Test("a committer line that cannot be read only puts the commit elsewhere in the order")
  func strangeClocks() throws {
    let (repository, store, sandbox) = try Self.repository()
    defer { withExtendedLifetime(sandbox) {} }
    let tree = try repository.write(.tree, [])
    var tip: ObjectID?
    for line in [
      "", "committer \n", "committer x\n", "committer a <a> 99999999999999999999 +0000\n",
      "committer a <a> -5 +0000\n", "committer a <a> 0 +0000\n", "committer +0000\n",
    ] {
      let parent = tip.map { "parent \($0)\n" } ?? ""
      tip = try repository.write(.commit, Array("tree \(tree)\n\(parent)\(line)\n".utf8))
    }
    let last = try #require(tip)
    #expect(try store.commits(reachableFrom: [last], hiding: [], limit: 10).count == 7)
  }
}
