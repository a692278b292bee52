import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("A server folder that cannot be read or written")
struct UnreadableStateTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer()
    try server.persons("mine")
  }

  /// Breaks something in `hookkit/`, tries, mends it, and requires that nothing was lost.
  private func expectShut(_ code: String, after script: String) throws {
    let folder = "\(server.repository.path)/hookkit"
    try server.sandbox.shell("cp -a . ../kept && \(script)", in: folder)
    let outcome = try server.expectShut(code) { try server.push(as: .dana, "main", "main:topic") }
    #expect(outcome.errors.contains("remote: error: \(code) "), "\(outcome)")
    #expect(!outcome.errors.contains(server.sandbox.root + "/server.git/hookkit"), "\(outcome)")
    // What cannot be decided is on record wherever there can be a record.
    if code != "HK904" {
      #expect(try server.verdicts() == ["undecided refs/heads/main", "undecided refs/heads/topic"])
      #expect(try server.journal().allSatisfy { $0["codes"] == [.text(code)] })
    }
    // The other gates are shut as well.
    let first = try #require(try server.work.id("main"))
    let line = "\(server.base) \(first) refs/heads/main\n"
    let direct = try server.hook("update", "refs/heads/main", "\(server.base)", "\(first)")
    #expect(direct.exit != 0 && direct.codes == [code], "\(direct)")
    let prepared = try server.hook(
      "reference-transaction", "prepared", stdin: Array(line.utf8))
    #expect(prepared.exit != 0 && prepared.codes == [code], "\(prepared)")
    try server.sandbox.shell(
      "rm -rf server.git/hookkit && mv server.git/kept server.git/hookkit")
    try server.pushed(as: .dana, "main")
    #expect(try server.entries().allSatisfy(\.isChained))
  }

  @Test(
    "a policy that is no ordinary, small, readable file shuts the gate",
    arguments: [
      ("HK801", "rm policy.toml && mkdir policy.toml"),
      ("HK801", "mv policy.toml p && ln -s p policy.toml"),
      ("HK801", "rm policy.toml && ln -s nowhere policy.toml"),
      ("HK801", "rm policy.toml && mkfifo policy.toml"),
      ("HK801", "rm policy.toml && ln -s /dev/zero policy.toml"),
      ("HK801", "yes '# long' | head -c 1100000 >> policy.toml"),
      ("HK801", "echo /no/such/file > organisation"),
      ("HK801", "mkdir organisation"),
      ("HK801", "rm policy.toml"),
      ("HK802", ": > policy.toml"),
      ("HK802", "echo garbage > policy.toml"),
      ("HK802", "printf '# \\377\\n' >> policy.toml"),
      ("HK802", "head -c 300 policy.toml > p && mv p policy.toml"),
      ("HK802", "sed 's/^version = 1/version = 2/' policy.toml > p && mv p policy.toml"),
      ("HK802", "echo 'unknown = 1' > p && cat policy.toml >> p && mv p policy.toml"),
    ] as [(String, String)])
  func policy(_ code: String, _ script: String) throws {
    try expectShut(code, after: script)
  }

  @Test(
    "a host file that names no host shuts the gate",
    arguments: [
      "echo nonsense > host", ": > host", "rm host && mkdir host", "echo 'local ' > host",
    ])
  func host(_ script: String) throws {
    try expectShut("HK901", after: script)
  }

  @Test("without a host file nobody is known, whatever the environment says")
  func noHost() throws {
    try server.sandbox.shell("rm server.git/hookkit/host")
    try server.expectShut("HK101") { try server.push(as: .dana, "main") }
  }

  @Test(
    "a journal that cannot be written shuts the gate",
    arguments: ["rm -f journal; mkdir journal", "rm -f journal; ln -s /dev/full journal"])
  func journal(_ script: String) throws {
    try expectShut("HK904", after: script)
  }

  @Test("arrivals that cannot be recorded shut the gate")
  func arrivals() throws {
    try server.sandbox.shell("rm -rf arrivals; : > arrivals", in: "server.git/hookkit")
    try server.expectShut("HK901") { try server.push(as: .dana, "main") }
  }

  @Test("a folder that is gone means no policy; a file in its place is no better")
  func folder() throws {
    try server.sandbox.shell("mv server.git/hookkit server.git/kept")
    try server.expectShut("HK801") { try server.push(as: .dana, "main") }
    try server.sandbox.shell("rm -rf server.git/hookkit; : > server.git/hookkit")
    try server.expectShut("HK904") { try server.push(as: .dana, "main") }
  }

  @Test("a cache that cannot be kept costs time and nothing else")
  func cache() throws {
    try server.sandbox.shell("rm -rf cache; : > cache", in: "server.git/hookkit")
    try server.pushed(as: .dana, "main")
    _ = try server.agentsCommit()
    try server.expectShut("HK101") { try server.push(as: .codex, "main") }
  }

  @Test("a policy in the tree that is no ordinary file shuts the gate, except for nobody")
  func treePolicy() throws {
    for (change, code) in [
      (TreeChange.symlink("README"), "HK801"), (.gitlink(server.base), "HK801"),
      ("garbage", "HK802"),
    ] {
      let server = try GuardedServer(files: [".hookkit/policy.toml": change])
      try server.persons("mine")
      try server.expectShut(code) { try server.push(as: .dana, "main") }
    }
  }

  // MARK: The server's key

  @Test(
    "a key that cannot sign: the move is on record in the journal and the missing landing is said",
    arguments: [
      "echo garbage > server-key", ": > server-key", "rm server-key && mkdir server-key",
      "rm server-key && ssh-keygen -q -t ed25519 -N secret -f server-key",
      "rm server-key && ssh-keygen -q -t rsa -b 2048 -N '' -f server-key", "rm server-key",
    ])
  func serverKey(_ script: String) throws {
    try server.pushed(as: .dana, "main")
    let first = try #require(try server.tip())
    try server.sandbox.shell("cp server-key kept && \(script)", in: "server.git/hookkit")
    let second = try server.persons("more")
    let outcome = try server.pushed(as: .dana, "main")
    #expect(outcome.codes == ["HK904"] && outcome.errors.contains("the landing"), "\(outcome)")
    #expect(try server.tip() == second && server.landings().map(\.new) == [first])
    #expect(try server.verdicts() == ["allow refs/heads/main", "allow refs/heads/main"])

    // With the key back, the next landing says where it found the reference.
    try server.sandbox.shell("rm -rf server-key && mv kept server-key", in: "server.git/hookkit")
    let third = try server.persons("even more")
    #expect(try server.pushed(as: .dana, "main").codes.isEmpty)
    #expect(try server.landings().last?.new == third && server.landings().last?.old == second)
  }

  // MARK: The ledger

  @Test("a ledger with anything unreadable in it shuts the gate for what it is about")
  func ledger() throws {
    let agents = try server.agentsCommit()
    let folder = "reviews/\(agents.hex.prefix(2))/\(agents)"
    let zeros = ObjectID(raw: [UInt8](repeating: 1, count: 20)) ?? .zero
    func file(_ changes: [String: TreeChange]) throws {
      let tip = try server.repository.commit(
        "ledger\n", changes, on: nil, author: server.roster[.dana], parents: [])
      try server.repository.setReferences([("refs/hookkit/ledger", tip)])
    }
    for (change, code) in [
      ("garbage", "HK902"), ("", "HK902"), (.object(zeros, mode: "100644"), "HK901"),
    ] as [(TreeChange, String)] {
      try file(["\(folder)/x.dsse": change])
      let outcome = try server.expectShut(code) { try server.push(as: .dana, "main") }
      guard code == "HK902" else { continue }
      let blob = try #require(try server.repository.id("refs/hookkit/ledger:\(folder)/x.dsse"))
      #expect(outcome.errors.contains("error: HK902 object \(blob.short) is malformed"))
      let words = outcome.remoteWords
      #expect(
        words.contains("its name is \(blob) ledger, \(folder): no signed statement: "), "\(words)")
      #expect(words.contains("met while judging refs/heads/main"), "\(words)")
    }
    let tree = try server.repository.rawTree([(mode: "40000", name: "reviews", id: zeros)])
    let tip = try server.repository.commit("ledger\n", tree: tree, parents: [])
    try server.repository.setReferences([("refs/hookkit/ledger", tip)])
    try server.expectShut("HK901") { try server.push(as: .dana, "main") }
    // A sound ledger, and the same push goes on.
    try server.repository.setReferences([("refs/hookkit/ledger", .zero)])
    try server.approve(agents, by: .frank)
    try server.pushed(as: .dana, "main")
  }

  @Test(
    "a ledger reference that names nothing shuts the gate",
    arguments: [
      "1111111111111111111111111111111111111111", "garbage", "", "ref: refs/hookkit/ledger",
    ])
  func ledgerReference(_ content: String) throws {
    try server.sandbox.write("\(content)\n", to: "server.git/refs/hookkit/ledger")
    let first = try #require(try server.work.id("main"))
    // Asked directly: git itself already stops at some of these.
    let outcome = try server.hook(
      "pre-receive", stdin: Array("\(server.base) \(first) refs/heads/main\n".utf8))
    #expect(outcome.exit == 3 && outcome.codes == ["HK901"], "\(outcome)")
    let pushed = try server.push(as: .dana, "main")
    #expect(pushed.exit != 0)
    let main = try server.sandbox.text("server.git/refs/heads/main")
    #expect(main == "\(server.base)\n")
  }
}
