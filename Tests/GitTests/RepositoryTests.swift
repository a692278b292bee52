import Foundation
import Git
import Primitives
import TestSupport
import Testing

/// Merges, trees and references that hookkit itself writes.
@Suite struct RepositoryTests {
  @Test("a tree is made from paths, keeps what its base has, and is git's own")
  func trees() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let first = try repository.writeTree(
      base: nil, adding: [(bytes("reviews/ab/x"), bytes("1")), (bytes("top"), bytes("2"))])
    let second = try repository.writeTree(
      base: first, adding: [(bytes("reviews/ab/y"), bytes("3")), (bytes("top"), bytes("4"))])
    let listing = try bare.git("ls-tree", "-r", second.hex).output
    #expect(
      listing == """
        100644 blob \(try bare.blob(bytes("1")))\treviews/ab/x
        100644 blob \(try bare.blob(bytes("3")))\treviews/ab/y
        100644 blob \(try bare.blob(bytes("4")))\ttop

        """)
    #expect(try repository.writeTree(base: nil, adding: []) == repository.write(.tree, []))
    #expect(try repository.writeTree(base: first, adding: []) == first)
    #expect(throws: GitError.self) {
      try repository.writeTree(base: repository.write(.blob, []), adding: [])
    }
  }

  @Test("what a scratch repository makes is seen by itself and by nobody else")
  func scratch() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: true)
    let before = try FileManager.default.subpathsOfDirectory(atPath: bare.path).sorted()
    let tree = try repository.writeTree(base: nil, adding: [([0x61], [0x31])])
    #expect(try repository.writeTree(base: tree, adding: []) == tree)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: bare.path).sorted() == before)
    #expect(throws: GitError.missing(tree)) {
      try ObjectStore(gitDirectory: bare.path).bytes(of: tree, .tree)
    }
  }

  @Test("a reference moves only from the value that it is expected to have")
  func move() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let one = try bare.commit("1", on: nil)
    let two = try bare.commit("2", on: nil)
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let name = RefName("refs/hookkit/landings")
    #expect(try !repository.move(name, from: one, to: two, because: "x"))
    #expect(try bare.id(String(decoding: name.bytes, as: UTF8.self)) == nil)
    #expect(try repository.move(name, from: nil, to: one, because: "x"))
    #expect(try !repository.move(name, from: nil, to: two, because: "x"))
    #expect(try !repository.move(name, from: two, to: one, because: "x"))
    #expect(try bare.references() == ["refs/hookkit/landings": one])
    #expect(try repository.move(name, from: one, to: two, because: "x"))
    try bare.git("pack-refs", "--all")
    #expect(try !repository.move(name, from: one, to: one, because: "x"))
    #expect(try !repository.move(name, from: nil, to: one, because: "x"))
    #expect(try repository.move(name, from: two, to: one, because: "x"))
    #expect(try bare.references() == ["refs/hookkit/landings": one])
    #expect(
      try ReferenceStore(gitDirectory: bare.path).resolve(name) == one)
  }

  @Test("of many writers who saw the same value one wins, and the others are told")
  func race() async throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let commits = try (0..<8).map { try bare.commit("\($0)", on: nil) }
    let name = RefName("refs/hookkit/ledger")
    let path = bare.path
    let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
      for commit in commits {
        group.addTask {
          try Repository(gitDirectory: path, scratch: false)
            .move(name, from: nil, to: commit, because: "x")
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(winners == 1)
  }

  @Test("a locked reference counts as somebody else's, and is left alone")
  func locked() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let commit = try bare.commit("1", on: nil)
    try sandbox.write("", to: "server.git/refs/heads/main.lock")
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    #expect(try !repository.move(RefName("refs/heads/main"), from: nil, to: commit, because: "x"))
    #expect(try bare.references().isEmpty)
  }

  @Test("configuration values come in order, from the repository's own file alone")
  func configuration() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    for value in ["refs/heads", "refs/tags", ""] {
      try bare.git("config", "--add", "receive.procReceiveRefs", value)
    }
    try sandbox.git("config", "--global", "--add", "receive.procReceiveRefs", "refs/notes")
    let repository = try Repository(gitDirectory: bare.path, scratch: true)
    #expect(
      try repository.configuration("receive.procReceiveRefs")
        == ["refs/heads", "refs/tags", ""].map { Array($0.utf8) })
    #expect(try repository.configuration("receive.nothing").isEmpty)
  }

  @Test("a clean merge gives a tree, a conflict gives none, and neither writes anything")
  func merges() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let base = try bare.commit("base", ["a": "1\n2\n3\n4\n5\n", "b": "x\n"], on: nil)
    let ours = try bare.commit("ours", ["a": "0\n2\n3\n4\n5\n"], on: nil, parents: [base])
    let theirs = try bare.commit(
      "theirs", ["a": "1\n2\n3\n4\n6\n", "c": "y\n"], on: nil, parents: [base])
    let rival = try bare.commit("rival", ["a": "7\n2\n3\n4\n5\n"], on: nil, parents: [base])
    let repository = try Repository(gitDirectory: bare.path, scratch: true)
    let expected = try bare.git("merge-tree", "--write-tree", ours.hex, theirs.hex).objectID()
    for renames in [false, true] {
      #expect(try repository.mergedTree(ours, theirs, renames: renames) == expected)
      #expect(try repository.mergedTree(ours, rival, renames: renames) == nil)
      #expect(try repository.mergedTree(base, ours, renames: renames) == bare.id("\(ours)^{tree}"))
      #expect(try repository.mergedTree(ours, ours, renames: renames) == bare.id("\(ours)^{tree}"))
    }
    #expect(throws: GitError.self) {
      try repository.mergedTree(ours, repository.write(.tree, []), renames: false)
    }
  }

  @Test("a SHA-256 repository is refused, and harmless extensions are not")
  func formats() throws {
    let sandbox = try Sandbox()
    let other = try sandbox.bareRepository("other.git", options: ["--object-format=sha256"])
    #expect(throws: GitError.self) { try Repository(gitDirectory: other.path, scratch: true) }
    let bare = try sandbox.bareRepository()
    try bare.git("config", "core.repositoryformatversion", "1")
    try bare.git("config", "extensions.worktreeConfig", "true")
    try bare.git("config", "extensions.preciousObjects", "true")
    // git 2.39 itself would not open these, so they are written last and by hand.
    let config = "\(bare.path)/config"
    let before = try String(contentsOfFile: config, encoding: .utf8)
    for name in ["relativeWorktrees", "submodulePathConfig", "RELATIVEWORKTREES"] {
      try Sandbox.writeFile(Array((before + "[extensions]\n\t\(name) = true\n").utf8), to: config)
      _ = try Repository(gitDirectory: bare.path, scratch: true)
    }
    try Sandbox.writeFile(Array(before.utf8), to: config)
    _ = try Repository(gitDirectory: bare.path, scratch: true)
    try bare.git("config", "extensions.refStorage", "reftable")
    #expect(throws: GitError.self) { try Repository(gitDirectory: bare.path, scratch: true) }
  }
}
