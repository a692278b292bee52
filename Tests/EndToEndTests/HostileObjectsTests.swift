import Primitives
import TestSupport
import Testing

@Suite("Objects that no honest git makes")
struct HostileObjectsTests {
  let server: GuardedServer
  var work: TestRepository { server.work }

  init() throws {
    server = try GuardedServer()
    // A server that checks nothing itself, which is git's default.
    try server.repository.git("config", "receive.fsckObjects", "false")
  }

  private static let identity = "Dana <dana@example.org> 1767225600 +0000"

  /// The headers of a commit on top of the base, without the empty line behind them.
  private func headers(
    tree: ObjectID? = nil, parents: [ObjectID]? = nil, author: String = "author \(identity)\n",
    committer: String = "committer \(identity)\n"
  ) throws -> [UInt8] {
    let tree = try tree ?? work.id("\(server.base)^{tree}") ?? .zero
    let lines = (parents ?? [server.base]).map { "parent \($0)\n" }.joined()
    return Array("tree \(tree)\n\(lines)\(author)\(committer)".utf8)
  }

  private func expectShut(_ code: String, _ bytes: [UInt8]) throws {
    try work.rawCommit(bytes)
    try server.expectShut(code) { try server.push(as: .dana, "main") }
    #expect(try server.verdicts().last == "undecided refs/heads/main")
  }

  @Test("a commit that two readers could read differently is refused as malformed")
  func malformed() throws {
    let author = "author \(Self.identity)\n"
    let committer = "committer \(Self.identity)\n"
    let message = Array("\nmessage\n".utf8)
    for bytes in [
      try headers() + Array("\nmes\0sage\n".utf8),
      try headers(author: author + author) + message,
      try headers(author: author + "author Mallory <m@example.org> 1 +0000\n") + message,
      try headers(committer: committer + committer) + message,
      try headers(committer: "") + message,
      try headers(author: "") + message,
      try headers(author: "author Dana <dana@example.org>\n") + message,
      try headers(author: "author Dana <dana@example.org> 99999999999999999999 +0000\n") + message,
      try headers(author: "author D <dana@example.org> <x@example.org> 1 +0000\n") + message,
      try headers(committer: committer + "parent \(server.base)\n") + message,
      try headers(committer: committer + "tree \(ObjectID.zero)\n") + message,
      try headers(),
    ] {
      try expectShut("HK902", bytes)
    }
  }

  @Test("a header with a NUL in it is refused")
  func nulInHeader() throws {
    try expectShut(
      "HK902", try headers(author: "author Da\0na <dana@example.org> 1 +0000\n") + [0x0a, 0x0a])
  }

  @Test("a commit with ten thousand parents is over the limit")
  func parents() throws {
    let tree = try #require(try work.id("\(server.base)^{tree}"))
    let person = server.roster[.dana]
    var stream = ""
    for number in 1...9_999 {
      stream += """
        commit refs/many
        mark :\(number)
        committer \(person.name) <\(person.email)> \(number) +0000
        data 1
        x
        from \(server.base)
        M 040000 \(tree)\u{20}

        """
    }
    let marks = server.sandbox.path("marks")
    try work.git(
      "fast-import", "--quiet", "--force", "--export-marks=\(marks)", stdin: Array(stream.utf8))
    let parents = try server.sandbox.text("marks").split(separator: "\n").compactMap {
      $0.split(separator: " ").last.flatMap { ObjectID(String($0)) }
    }
    #expect(parents.count == 9_999)
    try expectShut("HK903", headers(parents: [server.base] + parents) + Array("\nmany\n".utf8))
    try expectShut(
      "HK903", headers(parents: [server.base] + parents.prefix(256)) + Array("\nmany\n".utf8))
  }

  @Test("a message of fifty megabytes is over the limit, and so is one of two")
  func message() throws {
    for count in [50 << 20, 2 << 20] {
      let text = [UInt8](repeating: 0x78, count: count)
      try expectShut("HK903", headers() + [0x0a] + text + [0x0a])
    }
  }

  @Test("a tree with a name twice or out of order is refused as malformed")
  func trees() throws {
    let blob = try work.blob([1])
    for names in [["a", "a"], ["b", "a"], ["README", "README"]] {
      let tree = try work.rawTree(names.map { (mode: "100644", name: $0, id: blob) })
      try expectShut("HK902", headers(tree: tree) + Array("\ntree\n".utf8))
      let new = try server.push(as: .dana, "main:refs/heads/release/new")
      #expect(new.exit != 0 && new.errors.contains("HK902"), "\(new)")
    }
    let cut = try work.object("tree", Array("100644 a\0cut off".utf8))
    try work.rawCommit(headers(tree: cut) + Array("\ntree\n".utf8))
    let outcome = try server.push(as: .dana, "main")
    #expect(outcome.exit != 0, "\(outcome)")
    #expect(try server.tip() == server.base)
  }

  @Test("an object that is missing on the server is undecided, also for moves made there")
  func missing() throws {
    let zeros = ObjectID(raw: [UInt8](repeating: 1, count: 20)) ?? .zero
    for bytes in [
      try headers(tree: zeros) + Array("\nno tree\n".utf8),
      try headers(parents: [zeros]) + Array("\nno parent\n".utf8),
    ] {
      let commit = try server.repository.object("commit", bytes)
      try server.expectShut("HK901") {
        try server.sandbox.run(
          ["git", "update-ref", "refs/heads/main", commit.hex], in: server.repository.path,
          env: server.environment(as: .dana))
      }
    }
  }

  @Test("a corrupt object in the store shuts the gate", arguments: ["garbage", "", "x\u{9c}"])
  func corrupt(_ content: String) throws {
    let own = try server.persons("mine")
    // The tree of the old tip, which every comparison starts from.
    let tree = try #require(try server.repository.id("\(server.base)^{tree}"))
    let path = "server.git/objects/\(tree.hex.prefix(2))/\(tree.hex.dropFirst(2))"
    try server.sandbox.shell("mv '\(path)' kept")
    try server.sandbox.write(content, to: path)
    let line = Array("\(server.base) \(own) refs/heads/main\n".utf8)
    let direct = try server.hook("pre-receive", stdin: line)
    #expect(direct.exit == 3 && direct.codes.count == 1, "\(direct)")
    let pushed = try server.push(as: .dana, "main")
    #expect(pushed.exit == 1, "\(pushed)")
    #expect(try server.tip() == server.base)
    try server.sandbox.shell("mv -f kept '\(path)'")
    try server.pushed(as: .dana, "main")
  }
}
