import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Sandbox")
struct SandboxTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test("a command sees the sandbox's variables and no others")
  func environmentIsClosed() throws {
    let outcome = try sandbox.run(["env"])
    let names = Set(outcome.lines.compactMap { $0.split(separator: "=").first.map(String.init) })
    #expect(
      names.subtracting(["LD_LIBRARY_PATH"]) == [
        "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "TERM", "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "GIT_TERMINAL_PROMPT", "GIT_EDITOR",
        "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE",
      ])
    #expect(outcome.lines.contains("HOME=\(sandbox.path("home"))"))
  }

  @Test("git reads no configuration of the machine or its user")
  func configurationIsClosed() throws {
    let origins = try sandbox.git("config", "--list", "--show-origin").lines
    #expect(!origins.isEmpty)
    #expect(origins.allSatisfy { $0.hasPrefix("file:\(sandbox.path("gitconfig"))\t") })
  }

  @Test("a command that outlives its time limit is killed with its children")
  func timeLimitKillsTheGroup() throws {
    let script = "sleep 1000 & echo $! > child; wait"
    let outcome = try sandbox.run(["sh", "-c", script], timeLimit: 0.5)
    #expect(outcome.timedOut)
    #expect(outcome.signal == SIGKILL)
    let child = try #require(pid_t(try sandbox.text("child").dropLast()))
    // The killed child is init's to reap; until then it is a zombie, which runs no more.
    func isGone() -> Bool {
      let state = FileManager.default.contents(atPath: "/proc/\(child)/stat")
      return kill(child, 0) != 0 || String(decoding: state ?? Data(), as: UTF8.self).contains(") Z")
    }
    for _ in 0..<1000 where !isGone() { usleep(10_000) }
    #expect(isGone())
  }

  @Test("large input and output pass at the same time, byte for byte")
  func largeStreams() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let outcome = try sandbox.run(["sh", "-c", "tee /dev/stderr"], stdin: bytes)
    #expect(outcome.exit == 0)
    #expect(outcome.stdout == bytes)
    #expect(outcome.stderr == bytes)
  }

  @Test("a command that does not read its input ends by itself")
  func unreadInput() throws {
    let outcome = try sandbox.run(
      ["sh", "-c", "exit 3"], stdin: [UInt8](repeating: 0x61, count: 1_000_000))
    #expect(outcome.exit == 3)
    #expect(outcome.signal == nil)
  }

  @Test("the end of a command is told apart: exit status, signal")
  func endings() throws {
    #expect(try sandbox.run(["sh", "-c", "exit 41"]).exit == 41)
    let killed = try sandbox.run(["sh", "-c", "kill -TERM $$"])
    #expect(killed.signal == SIGTERM)
    #expect(killed.exit == nil)
    #expect(throws: SystemCallFailed.self) { try sandbox.run(["no-such-command"]) }
  }

  @Test("git that must succeed throws with its output, git that must fail as well")
  func expectations() throws {
    let error = #expect(throws: UnexpectedOutcome.self) { try sandbox.git("rev-parse", "HEAD") }
    #expect(try #require(error).description.contains("not a git repository"))
    #expect(throws: UnexpectedOutcome.self) { try sandbox.gitFails("--version") }
  }

  @Test("the folder goes with the sandbox")
  func folderIsRemoved() throws {
    var another: Sandbox? = try Sandbox()
    let root = try #require(another).root
    #expect(FileManager.default.fileExists(atPath: root))
    another = nil
    #expect(!FileManager.default.fileExists(atPath: root))
  }
}

@Suite("TestRepository")
struct TestRepositoryTests {
  let sandbox: Sandbox
  let server: TestRepository

  init() throws {
    sandbox = try Sandbox()
    server = try sandbox.bareRepository()
  }

  @Test("a commit has exactly the people, date, message and tree that were asked for")
  func commits() throws {
    let id = try server.commit(
      "one\n\nbody\n",
      [
        "a.txt": "hello\n", "bin/run": .executable(Array("#!/bin/sh\n".utf8)),
        "link": .symlink("a.txt"),
        "sub": .gitlink(try #require(ObjectID(String(repeating: "1", count: 40)))),
      ],
      author: TestPerson("Alice"), committer: TestPerson("Bob"))
    #expect(try server.references() == ["refs/heads/main": id])
    let text = String(decoding: try server.contents("commit", id.hex), as: UTF8.self)
    #expect(
      text.hasSuffix(
        """

        author Alice <alice@example.org> 1767225600 +0000
        committer Bob <bob@example.org> 1767225600 +0000

        one

        body

        """))
    #expect(
      try server.git("ls-tree", "-r", "--format=%(objectmode) %(path)", id.hex).lines == [
        "100644 a.txt", "100755 bin/run", "120000 link", "160000 sub",
      ])
    let next = try server.commit("two\n", ["a.txt": .delete], on: "topic", parents: [id])
    #expect(try server.id("topic^") == id)
    #expect(try server.git("diff", "--name-status", id.hex, next.hex).lines == ["D\ta.txt"])
  }

  @Test("the same calls give the same object names in another sandbox")
  func reproducible() throws {
    func build() throws -> ObjectID {
      let repository = try Sandbox().bareRepository()
      try repository.commit("one\n", ["a": "1"])
      return try repository.commit("two\n", ["b": "2"])
    }
    #expect(try build() == build())
  }

  @Test("a merge has git's own tree, an evil one differs in the named paths only")
  func merges() throws {
    let base = try server.commit("base\n", ["a": "1\n", "b": "1\n"])
    try server.commit("topic\n", ["a": "2\n"], on: "topic", parents: [base])
    try server.commit("main\n", ["b": "2\n"])
    try server.move("other", to: try #require(try server.id("main")))
    let clean = try server.merge("topic", into: "other")
    let evil = try server.merge("topic", evil: ["c": "3\n"])
    #expect(try server.git("show", "\(clean):a", "\(clean):b").output == "2\n2\n")
    #expect(try server.git("diff-tree", "--name-only", clean.hex, evil.hex).lines == ["c"])
    #expect(try server.git("rev-parse", "\(evil)^@").lines.count == 2)
  }

  @Test("objects that git itself would not write can be had")
  func hostileObjects() throws {
    let blob = try server.blob(Array("x".utf8))
    let tree = try server.rawTree([("100644", ".git", blob), ("100644", "../up", blob)])
    #expect(try server.git("cat-file", "-t", tree.hex).value == "tree")
    let commit = try server.object("commit", Array("tree nonsense\0".utf8))
    #expect(try server.contents("commit", commit.hex) == Array("tree nonsense\0".utf8))
  }

  @Test(
    "a person's signature is good for git and bad after a change", arguments: TestKey.Kind.allCases)
  func signatures(_ kind: TestKey.Kind) throws {
    let dana = try sandbox.person("dana", kind)
    let key = try #require(dana.key)
    let commit = try server.commit("signed\n", ["a": "1"], author: dana, signedBy: dana)
    let signers = try sandbox.write("\(dana.email) \(key.publicLine)\n", to: "signers")
    try sandbox.git("config", "--global", "gpg.ssh.allowedSignersFile", signers)
    let shown = try server.git("log", "-1", "--format=%G? %GK", commit.hex).value
    #expect(shown == "G \(key.fingerprint)")

    let changed = String(decoding: try server.contents("commit", commit.hex), as: UTF8.self)
      .replacingOccurrences(of: "\nsigned\n", with: "\nforged\n")
    let forged = try server.object("commit", Array(changed.utf8))
    try server.gitFails("verify-commit", forged.hex)
  }

  @Test("a clone commits, its work tree follows, and it pushes through a real hook")
  func clones() throws {
    try server.commit("one\n", ["a": "1\n"])
    let clone = try sandbox.clone(server)
    try clone.commit("two\n", ["a": "2\n"])
    #expect(try sandbox.text("clone/a") == "2\n")
    #expect(try clone.git("status", "--porcelain").value == "")
    try server.writeHook("pre-receive", "#!/bin/sh\necho no >&2\nexit 1\n")
    #expect(try clone.gitFails("push", "origin", "main").errors.contains("remote: no"))
    try server.writeHook("pre-receive", "#!/bin/sh\nexit 0\n")
    try clone.git("push", "origin", "main")
    #expect(try server.id("main") == clone.id("main"))
  }
}
