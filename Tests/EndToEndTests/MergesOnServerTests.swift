import Primitives
import TestSupport
import Testing

/// A merge of an agent's reviewed work, recomputed by whatever git the server has.
@Suite("merges on the server")
struct MergesOnServerTests {
  private static func file(_ number: Int) -> TreeChange {
    .text((1...20).map { "file \(number) line \($0)\n" }.joined())
  }
  private static let folder: [String: TreeChange] = [
    "lib/1": file(1), "lib/2": file(2), "lib/3": file(3),
  ]
  private static let moved: [String: TreeChange] = [
    "lib/1": .delete, "lib/2": .delete, "lib/3": .delete, "src/1": file(1), "src/2": file(2),
    "src/3": file(3),
  ]

  /// A server on which codex' work is reviewed and `main` has moved on.
  private static func server(
    _ start: [String: TreeChange] = [:], agent: [String: TreeChange], person: [String: TreeChange]
  ) throws -> (server: GuardedServer, ours: ObjectID, theirs: ObjectID) {
    let server = try GuardedServer(files: start)
    let theirs = try server.commit("Work", agent, by: .codex)
    try server.pushed(as: .codex, "\(theirs):refs/heads/agent/codex/work")
    try server.approve(theirs, by: .dana)
    let ours = try server.commit("Moved on", person, by: .frank)
    try server.pushed(as: .frank, "\(ours):main")
    return (server, ours, theirs)
  }

  /// A `git` for the server's hooks that does this where it is asked to merge.
  private static func git(_ script: String, on server: GuardedServer) throws -> [String: String] {
    try server.sandbox.shell(
      """
      rm -rf other; mkdir other; real=$(git --exec-path); ln -s "$real"/* other/; rm other/git
      cat > other/git <<END
      #!/bin/sh
      case \\$* in *merge-tree*) \(script) ;; esac
      exec $real/git "\\$@"
      END
      chmod +x other/git
      """)
    return ["GIT_EXEC_PATH": server.sandbox.path("other")]
  }

  @Test(
    "a merge that leaves a file in a folder which the other side has renamed is not clean",
    arguments: [false, true])
  func renamedFolder(agentRenames: Bool) throws {
    let added: [String: TreeChange] = ["lib/4": Self.file(4)]
    for changes in [added, ["src/4": Self.file(4)]] {
      let (server, ours, theirs) = try Self.server(
        Self.folder, agent: agentRenames ? Self.moved : added,
        person: agentRenames ? added : Self.moved)
      let merge = try server.work.commit(
        "Merge", tree: server.work.tree(from: agentRenames ? theirs : ours, changes),
        parents: [ours, theirs], author: server.roster[.frank])
      let refused = try server.push(as: .frank, "\(merge):main")
      #expect(refused.codes == ["HK102"], "\(refused)")
      #expect(try server.tip() == ours)
      // A review of the merge ends it.
      try server.approve(merge, by: .dana)
      try server.pushed(as: .frank, "\(merge):main")
    }
  }

  @Test("where git is too old to recompute merges, libgit2 does")
  func oldGit() throws {
    let (server, ours, theirs) = try Self.server(agent: ["a": "1"], person: ["b": "1"])
    // As git 2.30 ends for any option that it does not know.
    let old = try Self.git("echo old >>old; exit 129", on: server)
    let clean = try server.work.tree(from: ours, ["a": "1"])
    func merge(_ tree: ObjectID) throws -> ObjectID {
      try server.work.commit(
        "Merge", tree: tree, parents: [ours, theirs], author: server.roster[.dana])
    }
    let evil = try merge(server.work.tree(from: clean, ["c": "1"]))
    let refused = try server.push(as: .dana, "\(evil):main", env: old)
    #expect(refused.codes == ["HK102"], "\(refused)")
    let honest = try merge(clean)
    let landed = try server.push(as: .dana, "\(honest):main", env: old)
    #expect(landed.succeeded, "\(landed)")
    #expect(try server.tip() == honest)
    #expect(try server.repository.attempt("status").output.isEmpty)
  }

  @Test(
    "a git that fails, is killed or says nothing leaves the gate shut: libgit2 is not asked instead",
    arguments: [
      "exit 128", "kill -9 \\$\\$", "exit 0", "exit 2", "echo no tree; exit 0", "exit 127",
    ])
  func failingGit(_ script: String) throws {
    let (server, ours, theirs) = try Self.server(agent: ["a": "1"], person: ["b": "1"])
    let merge = try server.work.commit(
      "Merge", tree: server.work.tree(from: ours, ["a": "1"]), parents: [ours, theirs],
      author: server.roster[.dana])
    let failing = try Self.git(script, on: server)
    let refused = try server.push(as: .dana, "\(merge):main", env: failing)
    #expect(refused.codes == ["HK901"], "\(refused)")
    #expect(refused.remoteWords.contains("merging with git"), "\(refused)")
    #expect(try server.tip() == ours)
    let landed = try server.push(as: .dana, "\(merge):main")
    #expect(landed.succeeded, "\(landed)")
  }
}
