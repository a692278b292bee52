import DependencyChecks
import Gate
import Git
import Ledger
import Lockfiles
import Policy
import Primitives
import TestSupport
import Testing

/// What guarded files name is guarded like them.
@Suite struct NamedFilesTests {
  private static let rule = """
    [[quarantine]]
    refs = ["refs/heads/main"]
    files = ["locks", "manifests", "origins", "runs-code", "agent-config", "vendored", "visibility"]

    """

  /// What was kept for which tree.
  private final class Memory: PushMemory {
    var remembersChanges: Bool { false }
    var kept: [ObjectID: [UInt8]] = [:]
    var found = 0

    func arrival(of id: ObjectID) throws(GitError) -> Arrival? { nil }
    func firstBringer(of change: ChangeDigest) throws(GitError) -> ChangeMemory.Bringer? { nil }

    func named(in tree: ObjectID) -> [UInt8]? {
      if kept[tree] != nil { found += 1 }
      return kept[tree]
    }

    func keep(_ bytes: [UInt8], namedIn tree: ObjectID) { kept[tree] = bytes }
  }

  /// The paths that a person is asked about, with their classes.
  private func asked(
    _ files: [String: TreeChange], _ changes: [String: TreeChange], _ memory: Memory? = nil
  ) throws -> [String] {
    let bench = try GateBench(Roster.team + "\n" + Self.rule, files: files)
    let commit = try bench.commit(.dana, changes)
    let objects = try bench.surroundings().objects
    let policy = try PolicyInForce(in: bench.surroundings()).policy
    let change = try DependencyChange(
      from: objects.tree(ofCommit: bench.base), to: objects.tree(ofCommit: commit),
      under: policy.quarantines(for: RefName(GateBench.main)), in: objects, limit: 1000,
      memory: memory)
    let diff = try change.diff(in: objects)
    return zip(change.paths, diff.files).map { path, file in
      String(decoding: path.path, as: UTF8.self) + " "
        + file.classes.each.map(\.rawValue).joined(separator: "+")
        + (file.format.map { " as \($0.name)" } ?? "")
    }
  }

  @Test("a file that the base names is held, though its own name says nothing")
  func base() throws {
    #expect(
      try asked(
        [
          ".yarnrc.yml": "yarnPath: tools/y.cjs\n", "tools/y.cjs": "1\n", "tools/z.cjs": "1\n",
          "Cargo.toml": "[package]\nbuild = \"gen/main.rs\"\n", "gen/main.rs": "1\n",
          "pyproject.toml": "[build-system]\nbackend-path = [\"backend\"]\n",
          "backend/a/b.py": "1\n",
          "package.json": "{\"scripts\": {\"postinstall\": \"node setup/run.js\"}}\n",
          "setup/run.js": "1\n",
          ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - uses: ./own/action\n",
          "own/action/lib/x.txt": "1\n",
        ],
        [
          "tools/y.cjs": "2\n", "tools/z.cjs": "2\n", "tools/Y.CJS": "2\n", "gen/main.rs": "2\n",
          "backend/a/b.py": "2\n",
          "setup/run.js": "2\n", "own/action/lib/x.txt": "2\n", "src/free.txt": "2\n",
        ]) == [
          "backend/a/b.py runs-code", "gen/main.rs runs-code", "own/action/lib/x.txt runs-code",
          "setup/run.js runs-code", "tools/Y.CJS runs-code", "tools/y.cjs runs-code",
        ])
  }

  @Test("a file that the push itself names is held with what names it, and so is what that names")
  func push() throws {
    let asked = try self.asked(
      ["a": "1\n"],
      [
        "requirements.txt": "-r more/base\n", "more/base": "-c pins\n", "more/pins": "a==1\n",
        "other/pins": "a==1\n",
      ])
    #expect(
      asked == [
        "more/base manifests as requirements-txt", "more/pins manifests as requirements-txt",
        "requirements.txt manifests+origins as requirements-txt",
      ])
    // What is no longer named was named before: it may have been swapped in the same push.
    #expect(
      try self.asked(
        [".yarnrc.yml": "yarnPath: y.cjs\n", "y.cjs": "1\n"],
        [".yarnrc.yml": "yarnPath: z.cjs\n", "y.cjs": "2\n", "z.cjs": "1\n"]
      )
      .map { $0.prefix { $0 != " " } } == [".yarnrc.yml", "y.cjs", "z.cjs"])
  }

  @Test("a pipeline's local files are named with stars, and name others")
  func pipelines() throws {
    #expect(
      try asked(
        [
          ".gitlab-ci.yml": "include:\n  - local: '/ci/*.yml'\n",
          "ci/a.yml": "include: deep/b.yml\n", "deep/b.yml": "x: 1\n", "deep/c.yml": "x: 1\n",
        ],
        ["ci/new.yml": "x: 1\n", "deep/b.yml": "x: 2\n", "deep/c.yml": "x: 2\n"]) == [
          "ci/new.yml runs-code as gitlab-ci", "deep/b.yml runs-code as gitlab-ci",
        ])
  }

  @Test("the target of a link is held like the link's name")
  func links() throws {
    #expect(
      try asked(
        [".vscode": .symlink("editor"), "editor/x.json": "1\n", ".npmrc": .symlink("conf/npm")],
        ["editor/x.json": "2\n", "conf/npm": "registry=x\n", "conf/other": "1\n"]
      )
      .map { $0.prefix { $0 != " " } } == ["conf/npm", "editor/x.json"])
  }

  @Test("a tree is read once, and a push that changes nothing that names files reads nothing")
  func memory() throws {
    let files: [String: TreeChange] = [
      ".yarnrc.yml": "yarnPath: y.cjs\n", "y.cjs": "1\n", "free": "1\n",
    ]
    let memory = Memory()
    let bench = try GateBench(Roster.team + "\n" + Self.rule, files: files)
    let policy = try PolicyInForce(in: bench.surroundings()).policy
    let objects = try bench.surroundings().objects
    func paths(_ old: ObjectID, _ new: ObjectID) throws -> [String] {
      try DependencyChange(
        from: objects.tree(ofCommit: old), to: objects.tree(ofCommit: new),
        under: policy.quarantines(for: RefName(GateBench.main)), in: objects, limit: 1000,
        memory: memory
      ).paths.map { String(decoding: $0.path, as: UTF8.self) }
    }
    let first = try bench.commit(.dana, ["free": "2\n"])
    #expect(try paths(bench.base, first).isEmpty)
    #expect(memory.kept.count == 2 && memory.found == 0)
    // The tree of the first is known: it names what its base names.
    let second = try bench.commit(.dana, on: [first], ["y.cjs": "2\n"])
    #expect(try paths(first, second) == ["y.cjs"])
    #expect(memory.found == 1 && memory.kept.count == 3)
    // What names files has changed, so that the tree is read when a push begins there.
    let third = try bench.commit(.dana, on: [second], [".yarnrc.yml": "yarnPath: z.cjs\n"])
    #expect(try paths(second, third) == [".yarnrc.yml"])
    #expect(memory.kept.count == 3)
    let fourth = try bench.commit(.dana, on: [third], ["y.cjs": "3\n", "z.cjs": "1\n"])
    #expect(try paths(third, fourth) == ["z.cjs"])
    #expect(memory.kept.count == 5)
    // What another version has kept, or a crash has broken, is not believed.
    for bytes in [[], Array("x".utf8), [0, 0, 0]] as [[UInt8]] {
      memory.kept = [try objects.tree(ofCommit: first): bytes]
      #expect(try paths(first, second) == ["y.cjs"])
    }
  }

  @Test("more names than are followed hold every change")
  func limit() throws {
    let many = (0...1000).map { "-r a\($0)\n" }.joined()
    #expect(
      try asked(["requirements.txt": .text(many)], ["any": "1\n"]) == ["any runs-code"])
  }

  @Test("the server keeps a few trees in one file, and believes no broken one")
  func kept() throws {
    let sandbox = try Sandbox()
    let folder = sandbox.path("server")
    let memory = NamedFilesMemory(ServerState(gitDirectory: folder))
    let trees = (0..<10).map { ObjectID.testing($0) }
    for (place, tree) in trees.enumerated() { memory.keep([UInt8(place), 0x0a], of: tree) }
    #expect(memory.find(trees[9]) == [9, 0x0a] && memory.find(trees[2]) == [2, 0x0a])
    #expect(memory.find(trees[1]) == nil)
    memory.keep([7], of: trees[9])
    #expect(memory.find(trees[9]) == [7])
    try Sandbox.writeFile(Array("x 99\n".utf8), to: folder + "/hookkit/cache/named")
    #expect(memory.find(trees[9]) == nil)
  }
}

extension ObjectID {
  fileprivate static func testing(_ number: Int) -> ObjectID {
    ObjectID(raw: [UInt8](repeating: UInt8(number), count: ObjectID.byteCount)) ?? .zero
  }
}
