import Foundation
import Primitives
import TestSupport
import Testing

/// Clones that have left files, or trees too, on their server (git-clone(1), `--filter`).
@Suite("Partial clones")
struct PartialCloneTests {
  private static let filters = ["blob:none", "tree:0"]

  let server: GuardedServer
  let bin: String
  /// What the agent wants on main: a chain of commits that change a lock file and others.
  let topic: ObjectID

  init() throws {
    server = try GuardedServer(
      policy: { roster in
        let quarantine = Roster.quarantine.replacing("refs/heads/**", with: "refs/heads/main")
        return roster.policy(rules: Roster.team + "\n\n" + quarantine)
      },
      files: [
        "package-lock.json": GuardedServer.lock(version: "7.0.0"), "Makefile": "all:\n",
        "package.json": #"{"dependencies": {"is-number": "^7.0.0"}}"#, "CODEOWNERS": "* @dana\n",
        "big.bin": .text(String(repeating: "large ", count: 1000)),
      ])
    bin = try Executables.installed(in: server.sandbox)
    try server.repository.git("config", "uploadpack.allowFilter", "true")
    var tip = try server.commit("Person", ["src/a.c": "1\n"], by: .dana, on: server.base)
    try server.pushed(as: .dana, "\(tip):main")
    for number in 1...4 {
      tip = try server.commit(
        "Agent \(number)",
        [
          "package-lock.json": GuardedServer.lock(version: "7.0.\(number)"),
          "src/\(number).c": .text("int a\(number);\n"), "src/main.c": .text("int b\(number);\n"),
          "Makefile": .text("all: \(number)\n"),
        ], by: .codex, on: tip)
    }
    topic = tip
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/work")
  }

  /// A clone by git's file transport that notes each connection for objects in a file of its name.
  private func clone(_ name: String, _ filter: String?) throws -> TestRepository {
    let sandbox = server.sandbox
    let pack = try sandbox.write(
      "#!/bin/sh\necho connected >>'\(sandbox.path("connections-\(name)"))'\nexec git-upload-pack \"$@\"\n",
      to: "pack-\(name)", mode: 0o755)
    var words = ["clone", "--quiet", "--no-checkout", "--upload-pack", pack]
    if let filter { words.append("--filter=\(filter)") }
    try sandbox.git(words + ["file://\(server.repository.path)", name])
    let clone = TestRepository(sandbox: sandbox, path: sandbox.path(name), isBare: false)
    try clone.git("config", "remote.origin.uploadpack", pack)
    try clone.git("config", "user.email", server.roster[.codex].email)
    return clone
  }

  private func connections(_ name: String) throws -> Int {
    try server.sandbox.text("connections-\(name)").split(separator: "\n").count
  }

  private func hookkit(_ clone: TestRepository, _ words: String...) throws -> Outcome {
    try server.sandbox.run(["\(bin)/hookkit"] + words, in: clone.path, timeLimit: 120)
  }

  private func has(_ clone: TestRepository, _ object: String) throws -> Bool {
    let id = try #require(try server.repository.id(object))
    // Of a partial clone git would fetch what it is asked for.
    let missing = try clone.git("rev-list", "--objects", "--all", "--missing=print").lines
    return !missing.contains("?\(id.hex)")
  }

  @Test(
    "check, who and review say what they say in a full clone, in one connection more, or three",
    arguments: filters)
  func commands(_ filter: String) throws {
    let full = try clone("full", nil)
    let partial = try clone("partial", filter)
    for words in [
      ["fetch"], ["who", "origin/agent/codex/work"],
      ["check", "--ref", "main", "--pusher", "svc-codex", "origin/main..origin/agent/codex/work"],
      ["review", "show", topic.hex, "--ref", "main"],
      ["deps", "list", "origin/main:package-lock.json"],
      ["verify"],
    ] {
      func ask(_ name: String) throws -> (Outcome, connections: Int) {
        let before = try connections(name)
        let outcome = try server.sandbox.run(
          ["\(bin)/hookkit"] + words, in: (name == "full" ? full : partial).path)
        return (outcome, try connections(name) - before)
      }
      let (usual, least) = try ask("full")
      let (found, used) = try ask("partial")
      #expect(found.output == usual.output, "\(words)")
      #expect(found.errors == usual.errors, "\(words)")
      #expect(found.exit == usual.exit, "\(words)")
      // One for files, and before it for trees.
      #expect(used <= least + (filter == "tree:0" ? 3 : 1), "\(words) connected \(used) times")
    }
  }

  @Test(
    "the check before a push brings what it reads at once, and no large file beside it",
    arguments: filters)
  func prePush(_ filter: String) throws {
    let partial = try clone("partial", filter)
    #expect(try hookkit(partial, "install", "--client").succeeded)
    try partial.git("update-ref", "refs/heads/mine", topic.hex)
    let before = try connections("partial")
    // The hook by itself: for what it sends, git may fetch as well.
    let line =
      "refs/heads/mine \(topic.hex) refs/heads/main \(try #require(try server.tip()).hex)\n"
    let said = try server.sandbox.run(
      ["\(bin)/hookkit-pre-push", "origin", server.repository.path], in: partial.path,
      stdin: Array(line.utf8))
    #expect(said.succeeded && said.errors.contains("warning: HK201"), "\(said)")
    #expect(try connections("partial") - before <= (filter == "tree:0" ? 3 : 1))
    #expect(try has(partial, "main:package-lock.json"))
    #expect(try !has(partial, "main:big.bin"))
  }

  @Test("a server that does not answer is named, with what to run once it does", arguments: filters)
  func unreachable(_ filter: String) throws {
    let partial = try clone("partial", filter)
    #expect(try hookkit(partial, "install", "--client").succeeded)
    try partial.git("config", "remote.origin.url", "file://\(server.sandbox.path("nowhere"))")
    try partial.git("config", "remote.origin.pushurl", server.repository.path)
    let check = try hookkit(
      partial, "check", "--ref", "main", "origin/main..origin/agent/codex/work")
    #expect(check.exit == 3, "\(check)")
    #expect(check.codes == ["HK901"], "\(check)")
    #expect(check.errors.contains(#""origin""#), "\(check)")
    #expect(check.errors.contains("git fetch origin"), "\(check)")
    #expect(!check.errors.contains("doctor --server"), "\(check)")
    // Only the server decides: advice that cannot be had stops no push.
    let pushed = try partial.attempt(
      "push", "origin", "origin/main:refs/heads/own", env: server.environment(as: .dana))
    #expect(pushed.succeeded, "\(pushed)")
  }

  @Test("a server's own repository that is partial stays shut and fetches nothing")
  func onServer() throws {
    let sandbox = server.sandbox
    try sandbox.git(
      "clone", "--quiet", "--bare", "--filter=blob:none",
      "file://\(server.repository.path)", "copy.git")
    let copy = TestRepository(sandbox: sandbox, path: sandbox.path("copy.git"), isBare: true)
    for name in ["policy.toml", "host", "server-key"] {
      let bytes = try sandbox.read("server.git/hookkit/\(name)")
      try Sandbox.writeFile(bytes, to: "\(copy.path)/hookkit/\(name)", mode: 0o600)
    }
    let check = try sandbox.run(
      [
        "\(bin)/hookkit", "check", "--ref", "main", "--pusher", "svc-codex",
        "main..agent/codex/work",
      ],
      in: copy.path)
    #expect(check.exit == 3, "\(check)")
    #expect(check.codes == ["HK901"], "\(check)")
    #expect(check.errors.contains("doctor --server"), "\(check)")
    let missing = try copy.git("rev-list", "--objects", "--all", "--missing=print").lines
    #expect(missing.contains { $0.hasPrefix("?") })
  }
}
