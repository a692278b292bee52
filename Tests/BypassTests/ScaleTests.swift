import Primitives
import Signing
import TestSupport
import Testing

@Suite("scale: pushes made to be too much")
struct ScaleTests {
  @Test("bypass 53: one agent's commit among twenty thousand of a person's is found and reviewed")
  func manyCommits() throws {
    // The one hook that hears who pushes, which judges each push once.
    let server = try GuardedServer(hooks: ["pre-receive"], procReceiveRefs: [])
    let count = 20_000
    let agents = 9_876
    let tip = try server.work.imported { stream in
      for number in 1...count {
        stream.commit(
          number == agents ? "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n" : "\(number)\n",
          by: server.roster[.dana], from: number == 1 ? server.base : nil)
        stream.file("src/\(number % 100).c", "\(number)\n")
      }
    }
    let work = try #require(try server.work.id("\(tip)~\(count - agents)"))

    let refused = try server.refuses(as: .dana, "\(tip):main", with: "HK101")
    #expect(refused.remoteWords.contains("\(work.short) \"Work\" by dana (agent: "), "\(refused)")
    #expect(!refused.errors.contains("more commits"), "\(refused)")
    try server.approve(work, by: .frank)
    try server.lands(tip, as: .dana)
  }

  @Test("bypass 53: an owner of one path among a hundred thousand in one commit is asked for")
  func manyPaths() throws {
    let owned = Roster.team.replacing(
      "presence = \"none\"", with: "presence = \"none\", owners = true")
    let server = try GuardedServer(
      policy: { $0.policy(rules: owned + "\n[limits]\npaths = 100000\n") },
      files: ["CODEOWNERS": "* @dana\n/many/777/77 @frank\n"])
    func commit(paths count: Int) throws -> ObjectID {
      let blob = try server.work.blob([1])
      return try server.work.imported { stream in
        stream.commit("many\n", by: server.roster[.codex], from: server.base)
        for number in 0..<count { stream.file("many/\(number / 100)/\(number % 100)", blob) }
      }
    }
    let work = try commit(paths: 100_000)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/many")
    try server.approve(work, by: .dana)
    let refused = try server.refuses(as: .dana, "\(work):main", with: "HK103")
    #expect(refused.errors.contains("many/777/77"), "\(refused)")
    try server.approve(work, by: .frank)
    try server.lands(work, as: .dana)

    let more = try commit(paths: 100_001)
    try server.approve(more, by: .frank)
    let limited = try server.refuses(as: .dana, "+\(more):main", with: "HK903")
    #expect(limited.errors.contains("more than 100000 changed paths"), "\(limited)")
  }

  @Test("bypass 53: a tree that is two thousand folders deep is over the limit")
  func deepTree() throws {
    let server = try GuardedServer()
    func deep(by actor: Actor) throws -> ObjectID {
      try server.work.imported { stream in
        stream.commit("deep\n", by: server.roster[actor], from: server.base)
        stream.file(String(repeating: "d/", count: 2_000) + "f", "1\n")
      }
    }
    let agents = try deep(by: .codex)
    for ref in ["refs/heads/agent/codex/deep", "refs/heads/main"] {
      let outcome = try server.refuses(as: .codex, "\(agents):\(ref)", with: "HK903", ref: ref)
      #expect(outcome.errors.contains("folders nested more than 512 deep"), "\(outcome)")
    }
    // Nor does a person bring it, once there is anything that it must be compared with.
    _ = try server.agentWork()
    let outcome = try server.refuses(as: .dana, "\(deep(by: .dana)):main", with: "HK903")
    #expect(outcome.errors.contains("folders nested more than 512 deep"), "\(outcome)")
  }

  @Test("bypass 53: ten folders of ten folders, ten times over, are not counted to their end")
  func treeOfTrees() throws {
    let server = try GuardedServer()
    var tree = try server.work.rawTree([("100644", "f", server.work.blob([1]))])
    for _ in 0..<10 {
      tree = try server.work.rawTree((0..<10).map { ("40000", "\($0)", tree) })
    }
    let bomb = try server.work.commit(
      "bomb\n", tree: tree, parents: [server.base], author: server.roster[.codex])
    let outcome = try server.refuses(
      as: .codex, "\(bomb):refs/heads/agent/codex/bomb", with: "HK903",
      ref: "refs/heads/agent/codex/bomb")
    #expect(outcome.errors.contains("more than 1000000 changed paths"), "\(outcome)")
    try server.refuses(as: .codex, "\(bomb):main", with: "HK903")
  }

  // MARK: Delta bombs

  @Test("bypass 53: a file of the ledger that expands to 256 MB is not read")
  func ledgerBomb() throws {
    let server = try GuardedServer()
    let base = try server.work.blob([UInt8](repeating: 0x20, count: 1 << 16))
    let bomb = try server.work.expanded(base, times: 4096)
    let ledger = try server.work.commit(
      "ledger\n",
      [
        "a": .object(bomb, mode: "100644"), "b": .object(base, mode: "100644"),
      ], on: nil, author: server.roster[.dana], parents: [])
    #expect(try server.work.bytesStored("\(ledger)", "^\(server.base)") < 1 << 18)
    for actor in [Actor.dana, .stranger] {
      let outcome = try server.refuses(
        as: actor, "\(ledger):refs/hookkit/ledger", with: "HK903", ref: "refs/hookkit/ledger")
      #expect(outcome.remoteWords.contains("has 268435456 bytes, the limit is"), "\(outcome)")
    }
  }

  @Test("bypass 53: a policy that expands to 256 MB is no policy that may follow")
  func policyBomb() throws {
    let server = try GuardedServer()
    let base = try server.work.blob([UInt8](repeating: 0x23, count: 1 << 16))
    let bomb = try server.work.expanded(base, times: 4096)
    let change = try server.work.commit(
      "policy\n",
      [
        ".hookkit/base": .object(base, mode: "100644"),
        ".hookkit/policy.toml": .object(bomb, mode: "100644"),
      ], on: nil, author: server.roster[.dana], parents: [server.base])
    try server.approve(change, by: .dana) { $0.vouches = [.code, .policy] }
    let outcome = try server.refuses(as: .frank, "\(change):main", with: "HK805")
    #expect(outcome.errors.contains("over a limit: "), "\(outcome)")
  }

  @Test("bypass 53: a tree that a small pack expands to 16 MB of one name is malformed")
  func treeBomb() throws {
    let server = try GuardedServer()
    let blob = try server.work.blob([1])
    // 64 entries of 1024 bytes: what a delta copies with one byte.
    let base = try server.work.rawTree(
      (0..<64).map { number in
        let name = String(number + 100)
        return ("100644", name + String(repeating: "x", count: 1024 - 28 - name.count), blob)
      })
    let bomb = try server.work.expanded(base, times: 256)
    let tree = try server.work.rawTree([("40000", "base", base), ("40000", "bomb", bomb)])
    let commit = try server.work.commit(
      "bomb\n", tree: tree, parents: [server.base], author: server.roster[.codex])
    #expect(try server.work.bytesStored("\(commit)", "^\(server.base)") < 1 << 18)
    let outcome = try server.refuses(
      as: .codex, "\(commit):refs/heads/agent/codex/bomb", with: "HK902",
      ref: "refs/heads/agent/codex/bomb")
    #expect(outcome.errors.contains("a name stands twice"), "\(outcome)")
    try server.refuses(as: .codex, "\(commit):main", with: "HK902")
  }
}

/// What `git fast-import` reads (git-fast-import(1), "Input Format").
private struct ImportStream {
  static let reference = "refs/imported/tip"
  private(set) var bytes: [UInt8] = []
  private let time: Int

  /// - Parameter time: of the commits, in seconds since 1970.
  init(time: Int) {
    self.time = time
  }

  /// Begins a commit, on top of the one before it or of the one that is named.
  mutating func commit(_ message: String, by person: TestPerson, from parent: ObjectID?) {
    bytes += Array(
      """
      commit \(Self.reference)
      committer \(person.name) <\(person.email)> \(time) +0000
      data \(message.utf8.count)
      \(message)

      """.utf8)
    if let parent { bytes += Array("from \(parent)\n".utf8) }
  }

  mutating func file(_ path: String, _ text: String) {
    bytes += Array("M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n".utf8)
  }

  mutating func file(_ path: String, _ blob: ObjectID) {
    bytes += Array("M 100644 \(blob) \(path)\n".utf8)
  }
}

extension TestRepository {
  /// The last of the commits that are written to the stream.
  fileprivate func imported(_ write: (inout ImportStream) throws -> Void) throws -> ObjectID {
    var stream = ImportStream(time: sandbox.now)
    try write(&stream)
    try git("fast-import", "--quiet", "--force", stdin: stream.bytes)
    guard let tip = try id(ImportStream.reference) else {
      throw UnexpectedOutcome("a commit", try attempt("for-each-ref"))
    }
    return tip
  }

  /// How many bytes the objects take on disk that a push would bring.
  fileprivate func bytesStored(_ revisions: String...) throws -> Int {
    Int(try git(["rev-list", "--objects", "--disk-usage"] + revisions).value) ?? .max
  }

  /// An object of 64 KiB so many times over, stored as a delta: one byte says "all of it once more"
  /// (gitformat-pack(5), "Instruction to copy from base object").
  fileprivate func expanded(_ base: ObjectID, times: Int) throws -> ObjectID {
    let delta =
      Self.deltaSize(1 << 16) + Self.deltaSize(times << 16) + [UInt8](repeating: 0x80, count: times)
    var pack = Array("PACK".utf8) + [0, 0, 0, 2, 0, 0, 0, 1]
    // The kind REF_DELTA and the low four bits of the size, then the rest of it.
    pack.append(0x80 | 7 << 4 | UInt8(delta.count & 0xf))
    pack += Self.deltaSize(delta.count >> 4) + base.bytes + Self.storedDeflate(delta)
    let digest = try sandbox.run(["sha1sum"], stdin: pack).value.prefix(40)
    pack += try #require(ObjectID(String(digest))).bytes
    try git("index-pack", "--stdin", "--fix-thin", stdin: pack)
    // The base was put behind it to complete the pack, so the bomb is the first object of two.
    for index in try sandbox.run(["sh", "-c", "ls -t .git/objects/pack/*.idx"], in: path).lines {
      let listed = try sandbox.run(["sh", "-c", "git show-index < '\(index)'"], in: path).lines
      let entries = listed.map { $0.split(separator: " ") }
      if entries.count == 2, let first = entries.first(where: { $0[0] == "12" }) {
        return try #require(ObjectID(String(first[1])))
      }
    }
    throw UnexpectedOutcome("a pack of two", try attempt("count-objects", "-v"))
  }

  private static func deltaSize(_ value: Int) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    repeat {
      let more: UInt8 = rest > 0x7f ? 0x80 : 0
      bytes.append(UInt8(rest & 0x7f) | more)
      rest >>= 7
    } while rest > 0
    return bytes
  }

  /// A zlib stream (RFC 1950) of one block that is not compressed.
  private static func storedDeflate(_ data: [UInt8]) -> [UInt8] {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in data {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let count = UInt16(data.count)
    let lengths = [count, ~count].flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let sum = high << 16 | low
    let check = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: sum >> $0) }
    return [0x78, 0x01, 0x01] + lengths + data + check
  }
}
