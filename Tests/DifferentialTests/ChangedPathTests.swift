import Git
import Primitives
import TestSupport
import Testing

/// Changed paths against `git diff-tree -r -m --no-renames -z`.
@Suite struct ChangedPathTests {
  /// A tree by name, or an object under a mode.
  private indirect enum Node {
    case entry(mode: String, ObjectID)
    case folder([[UInt8]: Node])
  }

  private static let names: [[UInt8]] =
    [
      "a", "a-", "a.b", "a0", "ab", "b", "lib", "lib-x", "lib.c", "lib0", "new\nline", "quo\"te",
      "back\\slash", " space ", "\u{e9}", "e\u{301}", "\u{202e}x", "tab\t", "-option", ":(top)x",
      "100644 a", "README", "Readme",
    ].map { Array($0.utf8) } + [[0xff, 0xfe], [0x80], [0x01]]

  /// Trees made by chance and written into one repository.
  private struct Grove {
    let repository: Repository
    let blobs: [ObjectID]
    var dice: Dice

    init(_ repository: Repository, seed: UInt64) throws {
      self.repository = repository
      blobs = try (0..<4).map { try repository.write(.blob, Array("\($0)\n".utf8)) }
      dice = Dice(seed: seed)
    }

    mutating func leaf() -> Node {
      let mode = dice.pick(["100644", "100644", "100644", "100755", "120000", "160000"])
      return .entry(mode: mode, dice.pick(blobs))
    }

    mutating func node(_ depth: Int) -> Node {
      depth < 4 && dice.once(in: 3) ? folder(depth) : leaf()
    }

    mutating func folder(_ depth: Int) -> Node {
      var entries: [[UInt8]: Node] = [:]
      for _ in 0...dice.roll(8) { entries[dice.pick(ChangedPathTests.names)] = node(depth + 1) }
      return .folder(entries)
    }

    /// The same folder after a few edits, here or further down.
    mutating func edited(_ node: Node, _ depth: Int = 0) -> Node {
      guard case .folder(var entries) = node else { return self.node(depth) }
      let names = entries.keys.sorted { $0.lexicographicallyPrecedes($1) }
      for _ in 0..<dice.roll(4) {
        let name =
          names.isEmpty || dice.once(in: 3) ? dice.pick(ChangedPathTests.names) : dice.pick(names)
        switch (entries[name], dice.roll(6)) {
        case (let old?, 0...2): entries[name] = edited(old, depth + 1)
        case (.entry(_, let id)?, 3): entries[name] = .entry(mode: "100755", id)
        case (_?, 4): entries[name] = nil
        default: entries[name] = self.node(depth + 1)
        }
      }
      return .folder(entries)
    }

    /// The object of a tree; git keeps no empty folders, but such trees can be pushed.
    func write(_ node: Node) throws -> ObjectID {
      guard case .folder(let entries) = node else { return .zero }
      var sorted: [(key: [UInt8], bytes: [UInt8])] = []
      for (name, child) in entries {
        switch child {
        case .entry(let mode, let id):
          sorted.append((name, Array("\(mode) ".utf8) + name + [0] + id.bytes))
        case .folder:
          let id = try write(child)
          sorted.append((name + [0x2f], Array("40000 ".utf8) + name + [0] + id.bytes))
        }
      }
      sorted.sort { $0.key.lexicographicallyPrecedes($1.key) }
      return try repository.write(.tree, sorted.flatMap(\.bytes))
    }
  }

  /// What `git diff-tree --stdin -r -m -z` says of commits: a list of changes for each parent from
  /// which anything differs.
  private static func git(
    _ bare: TestRepository, _ commits: [ObjectID]
  ) throws -> [(commit: ObjectID, changes: [PathChange])] {
    let output = try bare.git(
      ["diff-tree", "--stdin", "-r", "-m", "--root", "--no-renames", "-z", "--raw"],
      stdin: Array(commits.map { "\($0)\n" }.joined().utf8)
    ).stdout
    var sections: [(commit: ObjectID, changes: [PathChange])] = []
    var tokens = output.split(separator: 0, omittingEmptySubsequences: false)[...]
    tokens = tokens.last?.isEmpty == true ? tokens.dropLast() : tokens
    while let token = tokens.popFirst() {
      guard token.first == 0x3a else {
        sections.append((try #require(ObjectID(hex: token)), []))
        continue
      }
      let fields = token.dropFirst().split(separator: 0x20)
      let next = tokens.popFirst()
      let path = Array(try #require(next))
      func mode(_ text: ArraySlice<UInt8>) throws -> FileMode {
        FileMode(rawValue: try #require(UInt32(String(decoding: text, as: UTF8.self), radix: 8)))
      }
      let change = PathChange(
        path: path, oldMode: try mode(fields[0]), oldID: try #require(ObjectID(hex: fields[2])),
        newMode: try mode(fields[1]), newID: try #require(ObjectID(hex: fields[3])))
      sections[sections.count - 1].changes.append(change)
    }
    return sections
  }

  @Test("every commit changes what git says, against each of its parents, in git's order")
  func random() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    var kinds: Set<[Bool]> = []
    var total = 0
    for seed in 0..<8 {
      var grove = try Grove(repository, seed: UInt64(seed))
      var trees: [Node] = [grove.folder(0)]
      var commits: [(id: ObjectID, tree: ObjectID, parents: [Int])] = []
      for number in 0..<40 {
        var parents: [Int] = []
        for _ in 0..<grove.dice.pick([0, 1, 1, 1, 2, 3]) where number > 0 {
          let parent = grove.dice.roll(number)
          if !parents.contains(parent) { parents.append(parent) }
        }
        let base = parents.first.map { trees[$0] } ?? grove.folder(0)
        trees.insert(grove.dice.once(in: 10) ? base : grove.edited(base), at: number)
        let tree = try grove.write(trees[number])
        let text =
          "tree \(tree)\n" + parents.map { "parent \(commits[$0].id)\n" }.joined()
          + "author T <t> \(number) +0000\ncommitter T <t> \(number) +0000\n\n\n"
        commits.append((try repository.write(.commit, Array(text.utf8)), tree, parents))
      }
      let sections = try Self.git(bare, commits.map(\.id))
      var rest = sections[...]
      for commit in commits {
        let olds: [ObjectID?] =
          commit.parents.isEmpty ? [nil] : commit.parents.map { commits[$0].tree }
        for old in olds {
          let changes = try store.changes(from: old, to: commit.tree)
          guard !changes.isEmpty else { continue }
          let next = rest.popFirst()
          let section = try #require(next)
          let first = zip(changes, section.changes).first { $0 != $1 }
          let isSame = section.commit == commit.id && changes.count == section.changes.count
          try #require(first == nil && isSame, "\(commit.id) differs from git")
          total += changes.count
          for change in changes {
            kinds.insert([
              change.oldMode == .absent, change.newMode == .absent, change.oldMode.isLink,
              change.newMode.isGitlink, change.oldID == change.newID,
            ])
          }
        }
      }
      #expect(rest.isEmpty)
    }
    #expect(total > 2000 && kinds.count > 8)
  }

  @Test("a comparison the other way round swaps the sides, and of a tree with itself gives nothing")
  func symmetric() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    var grove = try Grove(repository, seed: 99)
    for _ in 0..<60 {
      let node = grove.folder(0)
      let edited = grove.edited(node)
      let (old, new) = (try grove.write(node), try grove.write(edited))
      let back = try store.changes(from: new, to: old).map {
        PathChange(
          path: $0.path, oldMode: $0.newMode, oldID: $0.newID, newMode: $0.oldMode,
          newID: $0.oldID)
      }
      #expect(try store.changes(from: old, to: new) == back)
      #expect(try store.changes(from: old, to: old).isEmpty)
    }
  }

  @Test("each kind of change alone is seen as git sees it")
  func kinds() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let store = try ObjectStore(gitDirectory: bare.path)
    let link = ObjectID("1111111111111111111111111111111111111111") ?? .zero
    let other = ObjectID("2222222222222222222222222222222222222222") ?? .zero
    let steps: [[String: TreeChange]] = [
      ["a": "1", "dir/x": "1", "dir/y": "2", "sub": .gitlink(link), "l": .symlink("a")],
      ["a": .executable(Array("1".utf8))], ["a": .symlink("1")], ["sub": .gitlink(other)],
      ["sub": "file"], ["dir/x": .delete, "dir/y": .delete, "dir": "now a file"],
      ["dir": .delete, "dir/x": "1", "dir/deep/er": "2"], ["l": .symlink("dir")],
      ["moved": "1", "a": .delete], ["\u{e9}\n\"": "x"], [:],
    ]
    var commits: [ObjectID] = []
    for (number, step) in steps.enumerated() {
      commits.append(
        try bare.commit("\(number)", step, on: nil, parents: commits.last.map { [$0] } ?? []))
    }
    let sections = try Self.git(bare, commits)
    // The last step changes nothing, and git then says nothing.
    #expect(sections.map(\.commit) == commits.dropLast())
    #expect(
      try store.changes(
        from: store.tree(ofCommit: commits[commits.count - 2]),
        to: store.tree(ofCommit: commits[commits.count - 1])
      ).isEmpty)
    for (number, section) in sections.enumerated() {
      let old = number == 0 ? nil : try store.tree(ofCommit: commits[number - 1])
      #expect(
        try store.changes(from: old, to: store.tree(ofCommit: commits[number]))
          == section.changes, "step \(number)")
    }
  }

  @Test("more changes, or deeper folders, than the limits allow are an error")
  func limits() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    let blob = try repository.write(.blob, [])
    let wide = try repository.write(
      .tree, (100..<200).flatMap { Array("100644 \($0)\0".utf8) + blob.bytes })
    var limits = ObjectStore.ComparisonLimits()
    limits.changes = 100
    #expect(try store.changes(from: nil, to: wide, limits: limits).count == 100)
    limits.changes = 99
    #expect(throws: GitError.overLimit("more than 99 changed paths")) {
      try store.changes(from: nil, to: wide, limits: limits)
    }
    var deep = wide
    for _ in 0..<513 {
      deep = try repository.write(.tree, Array("40000 d\0".utf8) + deep.bytes)
    }
    #expect(throws: GitError.overLimit("folders nested more than 512 deep")) {
      try store.changes(from: nil, to: deep)
    }
    #expect(throws: GitError.missing(ObjectID("00000000000000000000000000000000000000ff") ?? .zero))
    {
      try store.changes(from: wide, to: ObjectID("00000000000000000000000000000000000000ff"))
    }
  }
}
