import Gate
import Git
import Platform
import Primitives
import TestSupport
import Testing

/// Recomputed merges against `git merge-tree --write-tree`.
@Suite struct MergeTests {
  /// Files by path: mode and object.
  private typealias Files = [String: (mode: String, id: ObjectID)]

  /// A history of edits and merges made by chance.
  private struct Workshop {
    let bare: TestRepository
    let repository: Repository
    let store: ObjectStore
    var dice: Dice
    var commits: [(id: ObjectID, files: Files)] = []

    init(_ bare: TestRepository, seed: UInt64) throws {
      self.bare = bare
      repository = try Repository(gitDirectory: bare.path, scratch: false)
      store = try ObjectStore(gitDirectory: bare.path)
      dice = Dice(seed: seed)
      var files: Files = [:]
      for path in ["a", "b", "lib/x", "lib/y", "lib/deep/z", "doc/a"] {
        files[path] = ("100644", try text((0..<12).map { "\(path) line \($0)" }))
      }
      files["link"] = ("120000", try repository.write(.blob, Array("a".utf8)))
      files["sub"] = ("160000", Self.submodules[0])
      try commit(files, [])
    }

    private static let submodules = (1...3).compactMap {
      ObjectID(String(repeating: "\($0)", count: 40))
    }

    private func text(_ lines: [String]) throws -> ObjectID {
      try repository.write(.blob, Array(lines.map { "\($0)\n" }.joined().utf8))
    }

    mutating func commit(_ files: Files, _ parents: [ObjectID]) throws {
      let tree = try write(files.map { (Array($0.key.utf8)[...], $0.value.mode, $0.value.id) })
      commits.append((try commit(tree, parents), files))
    }

    func commit(_ tree: ObjectID, _ parents: [ObjectID]) throws -> ObjectID {
      let ident = "T <t> \(1000 + commits.count) +0000"
      let text =
        "tree \(tree)\n" + parents.map { "parent \($0)\n" }.joined()
        + "author \(ident)\ncommitter \(ident)\n\nx\n"
      return try repository.write(.commit, Array(text.utf8))
    }

    private func write(_ files: [(path: ArraySlice<UInt8>, mode: String, id: ObjectID)]) throws
      -> ObjectID
    {
      var entries: [(key: [UInt8], bytes: [UInt8])] = []
      let groups = Dictionary(grouping: files) { Array($0.path.prefix { $0 != 0x2f }) }
      for (name, group) in groups {
        if group.count == 1, group[0].path.count == name.count {
          entries.append((name, Array("\(group[0].mode) ".utf8) + name + [0] + group[0].id.bytes))
        } else {
          let below = group.filter { $0.path.count > name.count }.map {
            ($0.path.dropFirst(name.count + 1), $0.mode, $0.id)
          }
          let id = try write(below)
          entries.append((name + [0x2f], Array("40000 ".utf8) + name + [0] + id.bytes))
        }
      }
      entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
      return try repository.write(.tree, entries.flatMap(\.bytes))
    }

    /// The same files after one to three edits of many kinds.
    mutating func edited(_ files: Files) throws -> Files {
      var files = files
      for _ in 0...dice.roll(3) {
        let path = dice.pick(files.keys.sorted())
        guard let file = files[path] else { continue }
        switch dice.roll(12) {
        case 0...4 where file.mode.hasPrefix("100"):
          var lines = String(decoding: try store.bytes(of: file.id, .blob), as: UTF8.self)
            .split(separator: "\n").map(String.init)
          let place = dice.roll(max(lines.count, 1))
          switch dice.roll(3) {
          case 0: lines.insert("new \(dice.roll(3))", at: place)
          case 1 where !lines.isEmpty: lines.remove(at: place)
          default: if !lines.isEmpty { lines[place] = "changed \(dice.roll(3))" }
          }
          files[path]?.id = try text(lines)
        case 5: files[path] = nil
        case 6: files["n\(dice.roll(4))"] = ("100644", try text(["fresh \(dice.roll(2))"]))
        case 7 where file.mode.hasPrefix("100"):
          files[path]?.mode = file.mode == "100644" ? "100755" : "100644"
        case 8:
          files[path] = nil
          files["moved/\(dice.roll(3))"] = file
        case 9: files["sub"] = ("160000", dice.pick(Self.submodules))
        case 10: files["link"] = ("120000", try text(["to \(dice.roll(2))"]))
        default:
          for old in files.keys.filter({ $0.hasPrefix("lib/") }).sorted() {
            files["src/" + old.dropFirst(4)] = files.removeValue(forKey: old)
          }
        }
        // A file and a folder of one name cannot both be.
        for path in files.keys where files.keys.contains(where: { $0.hasPrefix(path + "/") }) {
          files[path] = nil
        }
        if files.isEmpty { files["a"] = file }
      }
      return files
    }

    mutating func grow(to count: Int) throws {
      while commits.count < count {
        let newest = commits.suffix(5)
        let base = dice.pick(Array(newest))
        guard dice.once(in: 2), commits.count > 2 else {
          try commit(edited(base.files), [base.id])
          continue
        }
        // A merge of a kind that people make: one side's files with an edit. Criss-cross merges of
        // these have several bases.
        let other = dice.pick(Array(newest))
        guard other.id != base.id else { continue }
        try commit(dice.once(in: 2) ? base.files : edited(other.files), [base.id, other.id])
        try commit(edited(base.files), [other.id, base.id])
      }
    }
  }

  /// What git itself gives; `nil` for a conflict.
  private static func gitMerge(
    _ bare: TestRepository, _ ours: ObjectID, _ theirs: ObjectID
  ) throws -> ObjectID? {
    let outcome = try bare.attempt("merge-tree", "--write-tree", ours.hex, theirs.hex)
    guard outcome.exit == 0 || outcome.exit == 1 else {
      throw UnexpectedOutcome("a merge", outcome)
    }
    return outcome.exit == 0 ? try outcome.objectID() : nil
  }

  private static func oracle(
    _ bare: TestRepository, _ variables: [String: String]? = nil
  ) -> any MergeOracle {
    ServerRepository(
      gitDirectory: bare.path, quarantine: nil,
      environment: Environment(variables ?? bare.sandbox.environment)
    ).merges
  }

  @Test("a merge is clean exactly when its tree is the one that git gives")
  func random() throws {
    var (clean, conflicts, several, differ) = (0, 0, 0, 0)
    for seed in 0..<8 {
      let sandbox = try Sandbox()
      let bare = try sandbox.bareRepository()
      var workshop = try Workshop(bare, seed: UInt64(seed))
      try workshop.grow(to: 24)
      let oracle = Self.oracle(bare)
      for _ in 0..<20 {
        let ours = workshop.dice.pick(workshop.commits).id
        let theirs = workshop.dice.pick(workshop.commits).id
        guard ours != theirs else { continue }
        let git = try Self.gitMerge(bare, ours, theirs)
        let bases = try bare.attempt("merge-base", "--all", ours.hex, theirs.hex).lines.count
        #expect(try workshop.repository.mergeBaseCount(ours, theirs) == bases)
        if bases > 1 { several += 1 }
        if let git {
          clean += 1
          #expect(try oracle.isCleanMerge(of: ours, and: theirs, giving: git), "seed \(seed)")
        } else {
          conflicts += 1
        }
        let library = try [false, true].map {
          try workshop.repository.mergedTree(ours, theirs, renames: $0)
        }
        if library != [git, git] { differ += 1 }
        var trees = try [ours, theirs].map { try workshop.store.tree(ofCommit: $0) }
        for base in trees + [git].compactMap({ $0 }) {
          trees.append(
            try workshop.repository.writeTree(base: base, adding: [(Array("evil".utf8), [0x78])]))
        }
        for tree in trees + library.compactMap({ $0 }) {
          #expect(
            try oracle.isCleanMerge(of: ours, and: theirs, giving: tree) == (tree == git),
            "seed \(seed): \(ours) and \(theirs) giving \(tree)")
        }
      }
    }
    #expect(
      clean > 30 && conflicts > 20 && several > 5 && differ > 3,
      "\(clean) \(conflicts) \(several) \(differ)")
  }

  /// A merge of two edits of one start, as git and as the gate see it.
  private static func verdicts(
    _ start: [String: TreeChange], _ ours: [String: TreeChange], _ theirs: [String: TreeChange]
  ) throws -> (git: ObjectID?, isClean: Bool, isFooled: Bool) {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", start, on: nil)
    let left = try bare.commit("ours", ours, on: nil, parents: [base])
    let right = try bare.commit("theirs", theirs, on: nil, parents: [base])
    let oracle = Self.oracle(bare)
    let git = try Self.gitMerge(bare, left, right)
    // What libgit2 makes of it, and what stands on one side alone.
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    var others = try [false, true].compactMap {
      try repository.mergedTree(left, right, renames: $0)
    }
    for commit in [left, right, base] {
      others.append(try #require(try bare.id("\(commit)^{tree}")))
    }
    let isFooled = try others.contains { tree in
      try tree != git
        && (oracle.isCleanMerge(of: left, and: right, giving: tree)
          || oracle.isCleanMerge(of: right, and: left, giving: tree))
    }
    let isClean = try git.map {
      try oracle.isCleanMerge(of: left, and: right, giving: $0)
        && oracle.isCleanMerge(of: right, and: left, giving: $0)
    }
    return (git, isClean ?? false, isFooled)
  }

  private static let lines = (1...20).map { "line \($0)\n" }.joined()
  private static let edit = lines.replacing("line 9\n", with: "other\n")
  private static let one = ObjectID("1111111111111111111111111111111111111111") ?? .zero
  private static let two = ObjectID("2222222222222222222222222222222222222222") ?? .zero
  private static let three = ObjectID("3333333333333333333333333333333333333333") ?? .zero

  private typealias Case = (
    what: String, start: [String: TreeChange], ours: [String: TreeChange],
    theirs: [String: TreeChange], isClean: Bool
  )

  private static let cases: [Case] = [
    ("two files", ["a": "1", "b": "1"], ["a": "2"], ["b": "2"], true),
    ("the same change", ["a": "1"], ["a": "2"], ["a": "2"], true),
    ("two changes of one file", ["a": "1"], ["a": "2"], ["a": "3"], false),
    (
      "a rename and a change", ["a": .text(lines)], ["a": .delete, "b": .text(lines)],
      ["a": .text(edit)], true
    ),
    (
      "two renames of one file", ["a": .text(lines)], ["a": .delete, "b": .text(lines)],
      ["a": .delete, "c": .text(lines)], false
    ),
    ("delete and change", ["a": "1", "b": "1"], ["a": .delete], ["a": "2"], false),
    ("delete twice", ["a": "1", "b": "1"], ["a": .delete], ["a": .delete], true),
    ("add and add alike", ["a": "1"], ["b": "2"], ["b": "2"], true),
    ("add and add", ["a": "1"], ["b": "2\n"], ["b": "3\n"], false),
    (
      "mode and content", ["a": .text(lines)], ["a": .executable(Array(lines.utf8))],
      ["a": .text(edit)], true
    ),
    ("file and link", ["a": "1"], ["a": .symlink("x")], ["a": "2"], false),
    ("link and link", ["a": .symlink("x")], ["a": .symlink("y")], ["a": .symlink("z")], false),
    ("file and folder", ["z": "1"], ["a": "1"], ["a/b": "1"], false),
    (
      "one submodule moved", ["s": .gitlink(one), "a": "1"], ["s": .gitlink(two)], ["a": "2"], true
    ),
    (
      "a submodule moved twice", ["s": .gitlink(one)], ["s": .gitlink(two)],
      ["s": .gitlink(three)], false
    ),
    ("binary", ["a": .file([0, 1])], ["a": .file([0, 2])], ["a": .file([0, 3])], false),
  ]

  private static func file(_ number: Int) -> TreeChange {
    .text((1...20).map { "file \(number) line \($0)\n" }.joined())
  }
  /// A folder with three files, and what moves it.
  private static let folder = (1...3).reduce(into: [String: TreeChange]()) {
    $0["lib/\($1)"] = file($1)
  }
  private static let moved = (1...3).reduce(into: [String: TreeChange]()) {
    $0["lib/\($1)"] = .delete
    $0["src/\($1)"] = file($1)
  }

  private static let folderCases: [Case] = [
    ("a folder renamed, a file added to it", folder, moved, ["lib/4": file(4)], false),
    ("a file added to a folder, that renamed", folder, ["lib/4": file(4)], moved, false),
    (
      "a folder renamed, a file moved into it", folder.merging(["x": file(9)]) { $1 }, moved,
      ["x": .delete, "lib/x": file(9)], false
    ),
    (
      "a file moved into a folder, that renamed", folder.merging(["x": file(9)]) { $1 },
      ["x": .delete, "lib/x": file(9)], moved, false
    ),
    (
      "a folder renamed, a file of it changed", folder, moved,
      ["lib/1": .text("file 1 line 1\nother\n" + (3...20).map { "file 1 line \($0)\n" }.joined())],
      true
    ),
    (
      "a folder renamed into one that is there", folder.merging(["src/0": file(0)]) { $1 }, moved,
      ["lib/4": file(4)], false
    ),
    (
      "a folder renamed in part, a file added to it", folder,
      ["lib/1": .delete, "src/1": file(1)], ["lib/4": file(4)], true
    ),
    (
      "a folder split in two, a file added to it", folder,
      ["lib/1": .delete, "lib/2": .delete, "lib/3": .delete, "a/1": file(1), "b/2": file(2)],
      ["lib/4": file(4)], false
    ),
    (
      "a folder renamed on both sides in two ways", folder, moved,
      (1...3).reduce(into: [:]) {
        $0["lib/\($1)"] = .delete
        $0["new/\($1)"] = file($1)
      }, false
    ),
    (
      "two files renamed to one name", ["a": file(1), "b": file(2)],
      ["a": .delete, "c": file(1)], ["b": .delete, "c": file(2)], false
    ),
    (
      "a rename, and another file of that name", ["a": file(1)], ["a": .delete, "b": file(1)],
      ["b": "other\n"], false
    ),
    (
      "a rename and a deletion", ["a": file(1), "z": "1"], ["a": .delete, "b": file(1)],
      ["a": .delete], false
    ),
    (
      "a file made a folder, and changed", ["a": file(1)], ["a": .delete, "a/b": "1"],
      ["a": "other\n"], false
    ),
    (
      "a folder made a file, and a file added to it", folder,
      ["lib/1": .delete, "lib/2": .delete, "lib/3": .delete, "lib": "file\n"],
      ["lib/4": file(4)], false
    ),
    (
      "a file made executable, and a link", ["a": file(1)],
      ["a": .executable(Array("x\n".utf8))], ["a": .symlink("x")], false
    ),
    (
      "a file made executable, and the same file deleted", ["a": "1\n", "b": "1"],
      ["a": .executable(Array("1\n".utf8))], ["a": .delete], false
    ),
    (
      "a mode changed on one side and back to what it was on none", ["a": file(1)],
      ["a": .executable(Array("1\n".utf8))], ["a": .executable(Array("2\n".utf8))], false
    ),
    (
      "a submodule and a file of one name", ["z": "1"], ["s": .gitlink(one)], ["s": "file\n"], false
    ),
    (
      "a submodule moved and deleted", ["s": .gitlink(one), "z": "1"], ["s": .gitlink(two)],
      ["s": .delete], false
    ),
    (
      "a submodule where a folder was", ["s/a": "1", "z": "1"],
      ["s/a": .delete, "s": .gitlink(one)], ["s/a": "2"], false
    ),
  ]

  @Test("each kind of merge is clean or not as git says", arguments: cases.indices)
  func kinds(_ index: Int) throws {
    let (what, start, ours, theirs, isClean) = Self.cases[index]
    let verdicts = try Self.verdicts(start, ours, theirs)
    #expect((verdicts.git != nil) == isClean, "\(what): git")
    #expect(verdicts.isClean == isClean, "\(what)")
    #expect(!verdicts.isFooled, "\(what): another tree")
  }

  @Test(
    "folders that were renamed, and names that clash, are merged as git does",
    arguments: folderCases.indices)
  func folders(_ index: Int) throws {
    let (what, start, ours, theirs, isClean) = Self.folderCases[index]
    let verdicts = try Self.verdicts(start, ours, theirs)
    #expect((verdicts.git != nil) == isClean, "\(what): git")
    #expect(verdicts.isClean == isClean, "\(what)")
    #expect(!verdicts.isFooled, "\(what): another tree")
  }

  /// A merge of two changes of one file, which is a conflict unless a driver decides.
  private static func clash(
    _ start: [String: TreeChange] = [:], in sandbox: Sandbox
  ) throws -> (bare: TestRepository, ours: ObjectID, theirs: ObjectID, trees: [ObjectID]) {
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", start.merging(["a": "1\n"]) { $1 })
    let ours = try bare.commit("ours", ["a": "2\n"], on: nil, parents: [base])
    let theirs = try bare.commit("theirs", ["a": "3\n"], on: nil, parents: [base])
    let trees = try ["1\n", "2\n", "3\n", "2\n3\n", "3\n2\n"].map {
      try bare.tree(from: base, ["a": .text($0)])
    }
    return (bare, ours, theirs, trees)
  }

  @Test(
    "no driver decides that pushed attributes name, whoever sets it up",
    arguments: ["merge=union", "merge=ours", "merge=binary", "-merge", "merge=mine", "text=auto"])
  func pushedAttributes(_ attribute: String) throws {
    let sandbox = try Sandbox()
    let (bare, ours, theirs, trees) = try Self.clash(
      [".gitattributes": .text("* \(attribute)\n")], in: sandbox)
    try bare.git("config", "merge.ours.driver", "true")
    try bare.git("config", "merge.mine.driver", "cp %B %A")
    for tree in trees {
      #expect(try !Self.oracle(bare).isCleanMerge(of: ours, and: theirs, giving: tree))
    }
  }

  @Test(
    "no driver decides that the machine, the account or the repository names",
    arguments: ["repository", "account", "variable"])
  func ownAttributes(_ place: String) throws {
    let sandbox = try Sandbox()
    let (bare, ours, theirs, trees) = try Self.clash(in: sandbox)
    var variables = sandbox.environment
    let lines = "* merge=union\n"
    switch place {
    case "repository": try sandbox.write(lines, to: "server.git/info/attributes")
    case "account":
      let home = try #require(variables["HOME"])
      try Sandbox.writeFile(Array(lines.utf8), to: "\(home)/.config/git/attributes")
    default:
      variables["GIT_CONFIG_COUNT"] = "1"
      variables["GIT_CONFIG_KEY_0"] = "core.attributesFile"
      variables["GIT_CONFIG_VALUE_0"] = try sandbox.write(lines, to: "attributes")
    }
    // git itself would believe it.
    let plain = try sandbox.run(
      ["git", "merge-tree", "--write-tree", ours.hex, theirs.hex], in: bare.path, env: variables)
    #expect(plain.succeeded, "\(plain)")
    let oracle = Self.oracle(bare, variables)
    for tree in try trees + [plain.objectID()] {
      #expect(try !oracle.isCleanMerge(of: ours, and: theirs, giving: tree))
    }
  }

  @Test(
    "what the repository's configuration says of renames changes nothing",
    arguments: ["true", "false"])
  func configuredRenames(_ value: String) throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    for key in ["merge.renames", "merge.directoryRenames", "diff.renames"] {
      try bare.git("config", key, value)
    }
    let base = try bare.commit("base", Self.folder)
    let ours = try bare.commit("ours", Self.moved, on: nil, parents: [base])
    let theirs = try bare.commit("theirs", ["lib/4": Self.file(4)], on: nil, parents: [base])
    let believed = try #require(try Self.gitMerge(bare, ours, theirs))
    #expect(try !Self.oracle(bare).isCleanMerge(of: ours, and: theirs, giving: believed))
  }

  @Test("of histories that cross, git decides")
  func crissCross() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", ["a": .text(Self.lines), "b": "1\n"])
    let left = try bare.commit("left", ["a": .text(Self.edit)], on: nil, parents: [base])
    let right = try bare.commit("right", ["b": "2\n"], on: nil, parents: [base])
    let both = try #require(try Self.gitMerge(bare, left, right))
    func merge(_ parents: ObjectID...) throws -> ObjectID {
      try bare.commit("merge", tree: both, parents: parents)
    }
    let ours = try bare.commit("o", ["c": "1\n"], on: nil, parents: [merge(left, right)])
    let theirs = try bare.commit("t", ["d": "1\n"], on: nil, parents: [merge(right, left)])
    let clean = try #require(try Self.gitMerge(bare, ours, theirs))
    let oracle = Self.oracle(bare)
    #expect(try oracle.isCleanMerge(of: ours, and: theirs, giving: clean))
    // One side's word alone, and the start's.
    for tree in try [
      bare.tree(from: ours, [:]), bare.tree(from: theirs, [:]),
      bare.tree(from: ours, ["d": "1\n", "b": "1\n"]),
      bare.tree(from: ours, ["d": "1\n", "a": .text(Self.lines)]),
    ] {
      #expect(try !oracle.isCleanMerge(of: ours, and: theirs, giving: tree))
    }
  }

  @Test("the server's own configuration of merges and its replace refs change no verdict")
  func configured() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", ["a": "1\n", "b": "1\n"], on: nil)
    let ours = try bare.commit("ours", ["a": "2\n"], on: nil, parents: [base])
    let theirs = try bare.commit("theirs", ["b": "2\n"], on: nil, parents: [base])
    let other = try bare.commit("other", ["b": "evil\n"], on: nil, parents: [base])
    let honest = try #require(try Self.gitMerge(bare, ours, theirs))
    try bare.git("replace", theirs.hex, other.hex)
    let lie = try #require(try Self.gitMerge(bare, ours, theirs))
    #expect(lie != honest)
    let oracle = Self.oracle(bare)
    #expect(try oracle.isCleanMerge(of: ours, and: theirs, giving: honest))
    #expect(try !oracle.isCleanMerge(of: ours, and: theirs, giving: lie))
  }

  @Test(
    "recomputing a merge leaves nothing behind in the repository or its folder for scratch files")
  func traceless() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", ["a": .text(Self.lines)], on: nil)
    let ours = try bare.commit(
      "ours", ["a": .delete, "b": .text(Self.lines)], on: nil, parents: [base])
    let theirs = try bare.commit("theirs", ["a": .text(Self.edit)], on: nil, parents: [base])
    func files() throws -> String {
      try sandbox.run(["find", bare.path, sandbox.path("tmp")]).output
    }
    let before = try files()
    let tree = try #require(try bare.id("\(base)^{tree}"))
    #expect(try !Self.oracle(bare).isCleanMerge(of: ours, and: theirs, giving: tree))
    #expect(try files() == before)
  }

  @Test("unrelated histories merge to what both have together, or not at all")
  func unrelated() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let ours = try bare.commit("ours", ["a": "1"], on: nil, parents: [])
    let theirs = try bare.commit("theirs", ["b": "1"], on: nil, parents: [])
    let rival = try bare.commit("rival", ["a": "2"], on: nil, parents: [])
    let both = try bare.tree(from: ours, ["b": "1"])
    let oracle = Self.oracle(bare)
    #expect(try oracle.isCleanMerge(of: ours, and: theirs, giving: both))
    for tree in try [ours, theirs, rival].compactMap({ try bare.id("\($0)^{tree}") }) {
      #expect(try !oracle.isCleanMerge(of: ours, and: theirs, giving: tree))
      #expect(try !oracle.isCleanMerge(of: ours, and: rival, giving: tree))
    }
  }

  @Test("a repository whose path has a colon, a quote and a space is merged in as any other")
  func strangePath() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository("a: \"b\\.git")
    let base = try bare.commit("base", ["a": .text(Self.lines)], on: nil)
    let ours = try bare.commit(
      "ours", ["a": .delete, "b": .text(Self.lines)], on: nil, parents: [base])
    let theirs = try bare.commit("theirs", ["a": .text(Self.edit)], on: nil, parents: [base])
    let git = try #require(try Self.gitMerge(bare, ours, theirs))
    #expect(try Self.oracle(bare).isCleanMerge(of: ours, and: theirs, giving: git))
  }
}
