import Git
import Primitives
import TestSupport
import Testing

/// Walks against `git rev-list` and references against `git for-each-ref`.
@Suite struct HistoryTests {
  @Test("a walk gives the commits of git rev-list, parents behind their children")
  func walks() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    let tree = try repository.write(.tree, [])
    var dice = Dice(seed: 21)
    for round in 0..<4 {
      // Half of the histories have clocks that say nothing; git itself may then list more than it
      // should, so what must be equal is only that nothing is left out.
      let right = round % 2 == 0
      let history = try RandomHistory(80, tree: tree, &dice) { number, dice in
        right ? 1000 + number / 2 : dice.roll(100_000)
      } write: {
        try repository.write(.commit, $0)
      }
      for _ in 0..<15 {
        let tips = [dice.pick(history.commits), dice.pick(history.commits)]
        let hidden = (0..<(1 + dice.roll(2))).map { _ in dice.pick(history.commits) }
        let git = try bare.git(
          ["rev-list", "--topo-order"] + tips.map(\.hex) + hidden.map { "^\($0)" }
        ).lines.compactMap { ObjectID($0) }
        let ours = try store.commits(reachableFrom: tips, hiding: hidden, limit: 100).map(\.id)
        #expect(history.isChildrenFirst(ours))
        let exact = history.reachable(tips).subtracting(history.reachable(hidden))
        #expect(Set(ours).isSuperset(of: exact))
        if right {
          #expect(Set(ours) == Set(git))
          #expect(ours.count == git.count)
        }
        #expect(
          try store.isAncestor(hidden[0], of: tips[0], limit: 100)
            == bare.attempt("merge-base", "--is-ancestor", hidden[0].hex, tips[0].hex).succeeded)
      }
    }
  }

  @Test("replace refs and grafts change nothing of a walk")
  func replacements() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let one = try bare.commit("one", ["a": "1"])
    let two = try bare.commit("two", ["a": "2"])
    let other = try bare.commit("other", ["a": "3"], on: nil, parents: [])
    try bare.git("replace", two.hex, other.hex)
    try sandbox.write("\(two)\n", to: "server.git/info/grafts")
    let store = try ObjectStore(gitDirectory: bare.path)
    #expect(
      try store.commits(reachableFrom: [two], hiding: [], limit: 10).map(\.id) == [two, one])
    #expect(try store.commit(two).subject.elementsEqual("two".utf8))
  }

  /// Names of two to four parts, some with bytes that are not ASCII, none a folder of another.
  private static func names(_ count: Int, _ dice: inout Dice) -> [String] {
    let parts = ["a", "b", "main", "release", "1.0", "x-y", "\u{e9}", "@", "a.lock2", "UP", "v"]
    var taken: Set<String> = []
    var folders: Set<String> = []
    while taken.count < count {
      var name = dice.pick(["refs/heads", "refs/tags", "refs/notes", "refs/hookkit"])
      var above: [String] = []
      for _ in 0...dice.roll(3) {
        above.append(name)
        name += "/\(dice.pick(parts))\(dice.once(in: 2) ? "\(dice.roll(40))" : "")"
      }
      guard !folders.contains(name), !above.contains(where: taken.contains) else { continue }
      taken.insert(name)
      folders.formUnion(above)
    }
    return taken.sorted()
  }

  @Test("a thousand references, loose, packed and both, are those of git for-each-ref")
  func references() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    var dice = Dice(seed: 22)
    let commits = try (0..<3).map { try bare.commit("\($0)", on: nil) }
    try bare.tag("annotated", of: commits[0])
    let tag = try #require(try bare.id("refs/tags/annotated"))
    let names = Self.names(1000, &dice)
    let targets = commits + [tag]
    let first = names.map { ($0, dice.pick($0.hasPrefix("refs/heads/") ? commits : targets)) }
    try bare.setReferences(first)
    try bare.git("pack-refs", "--all")
    // A third is moved behind the packed value, some are taken away, some are aliases.
    var moved: [(String, ObjectID)] = []
    for name in names where dice.once(in: 3) { moved.append((name, dice.pick(commits))) }
    try bare.setReferences(moved)
    for name in names where dice.once(in: 30) { try bare.git("update-ref", "-d", name) }
    for number in 0..<10 {
      try bare.git("symbolic-ref", "refs/alias/\(number)", dice.pick(names))
    }
    let store = try ReferenceStore(gitDirectory: bare.path)
    for prefix in [
      "refs/", "refs/heads/", "refs/tags/a", "refs/notes/release", "refs/alias/",
      "refs/hookkit/\u{e9}",
    ] {
      let git = try bare.git("for-each-ref", "--format=%(objectname) %(refname)").lines
        .filter { $0.dropFirst(41).utf8.starts(with: prefix.utf8) }
      let ours = try store.list(prefix: prefix.utf8)
      #expect(
        ours.map { "\($0.id) \(String(decoding: $0.name.bytes, as: UTF8.self))" } == git,
        "\(prefix)")
      for entry in ours { #expect(try store.resolve(entry.name) == entry.id) }
    }
    let all = try bare.references()
    for name in names + ["refs/heads/nobody", "refs/heads", "refs/alias/11"] {
      #expect(try store.resolve(RefName(name)) == all[name], "\(name)")
    }
    #expect(try store.head() == RefName("refs/heads/main"))
  }
}
