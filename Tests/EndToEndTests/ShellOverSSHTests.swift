import Foundation
import Primitives
import TestSupport
import Testing

@Suite("hookkit-shell and hookkit authorized-keys behind a real sshd")
struct ShellOverSSHTests {
  let door: Door
  let sshd: LoopbackSSHD
  var server: GuardedServer { door.server }

  init() throws {
    door = try Door()
    sshd = try LoopbackSSHD(
      in: door.sandbox, serving: door.root, policies: [door.policy], accepting: ["*"])
  }

  private func git(
    _ words: String..., as person: TestPerson, env: [String: String] = [:], sending: [String] = []
  ) throws -> Outcome {
    try door.sandbox.run(
      ["git"] + words, in: server.work.path,
      env: sshd.environment(as: person, sending: sending).merging(env) { $1 })
  }

  private func git(_ words: String..., as actor: Actor) throws -> Outcome {
    try door.sandbox.run(
      ["git"] + words, in: server.work.path, env: sshd.environment(as: server.roster[actor]))
  }

  private var app: String { sshd.url(path: "/team/app.git") }

  @Test(
    "an agent's key pushes to its own branches and not to main, and a person's key as the person")
  func push() throws {
    let work = try server.agentsCommit()
    let shut = try server.expectShut("HK101") { try git("push", app, "main", as: .codex) }
    #expect(shut.errors.contains("by codex (agent: pushed by its account)"), "\(shut)")
    let own = try git("push", app, "main:agent/codex/x", as: .codex)
    #expect(own.succeeded, "\(own) \(sshd.log)")
    #expect(try server.tip("refs/heads/agent/codex/x") == work)
    try server.work.move("main", to: server.base)
    let persons = try server.persons("mine")
    #expect(try git("push", app, "main", as: .dana).succeeded)
    #expect(try server.tip() == persons)
    #expect(try server.entries().count == 2)
    #expect(try server.journal().map { $0["pusher"]?.string } == ["svc-codex", "dana"])
  }

  @Test("one change of the policy lets a key in, and another one shuts it out")
  func oneChange() throws {
    let newcomer = try door.sandbox.person("newcomer")
    let key = try #require(newcomer.key?.publicLine)
    func enrol(_ more: String) throws {
      try door.enrol(
        tables: """
          [agents.new]
          accounts = ["svc-new"]
          keys = ["\(key)"]
          sponsor = "dana"
          may-push = ["refs/heads/agent/new/**"]
          \(more)

          """)
    }
    func expectShut() throws {
      let outcome = try git("ls-remote", app, as: newcomer)
      #expect(outcome.exit == 128 && outcome.stdout.isEmpty, "\(outcome)")
      #expect(outcome.errors.contains("Permission denied (publickey)"), "\(outcome)")
    }
    try expectShut()
    try enrol("")
    #expect(try git("ls-remote", app, as: newcomer).output.contains("refs/heads/main"))
    _ = try server.work.commit("Work", ["new": "1\n"])
    #expect(try git("push", app, "main:agent/new/x", as: newcomer).succeeded)
    try server.expectShut("HK401") { try git("push", app, "main:topic", as: newcomer) }
    try enrol(#"access = "read""#)
    #expect(try git("ls-remote", app, as: newcomer).succeeded)
    try server.expectShut("HK403") { try git("push", app, "main:agent/new/y", as: newcomer) }
    try enrol(#"expires = "2020-01-01""#)
    try expectShut()
    try enrol(#"expires = "2999-01-01""#)
    #expect(try git("ls-remote", app, as: newcomer).succeeded)
    try enrol("revoked = true")
    try expectShut()
    try door.enrol()
    try expectShut()
  }

  @Test("a key that reads only clones and does not push; a key sees only its repositories")
  func limits() throws {
    try door.repository("other/lib.git")
    try door.enrol([.codex: "access = \"read\"\nrepositories = [\"team/*\"]"])
    let clone = try git("clone", "--quiet", app, door.sandbox.path("copy"), as: .codex)
    #expect(clone.succeeded, "\(clone)")
    _ = try server.agentsCommit()
    let pushed = try server.expectShut("HK403") {
      try git("push", app, "main:agent/codex/x", as: .codex)
    }
    #expect(pushed.errors.contains("it has read-only access"))
    let other = try git("ls-remote", sshd.url(path: "/other/lib.git"), as: .codex)
    #expect(other.codes == ["HK403"] && other.stdout.isEmpty, "\(other)")
    #expect(try git("ls-remote", sshd.url(path: "/other/lib.git"), as: .dana).succeeded)
  }

  @Test("what a client sends, though sshd takes all of it, does not change who the pusher is")
  func sentEnvironment() throws {
    let marker = door.sandbox.path("mark")
    let attack = ShellTests.attack(marker: marker).merging([
      "GIT_CONFIG_COUNT": "0", "USER": "dana", "LOGNAME": "dana",
    ]) { $1 }
    try server.wrap("pre-receive", "env > '\(door.sandbox.path("seen"))'; exec \"$HOOK\"")
    _ = try server.agentsCommit()
    // Only ssh is given the variables; the client's own git must not see them.
    let sending = attack.keys.sorted()
    let base = sshd.environment(as: server.roster[.codex], sending: sending)
    let exports = attack.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'" }
    let ssh = try door.sandbox.write(
      "#!/bin/sh\nexport \(exports.joined(separator: " "))\n"
        + "exec \(base["GIT_SSH_COMMAND"] ?? "") \"$@\"\n", to: "ssh", mode: 0o755)
    let shut = try server.expectShut("HK101") {
      try door.sandbox.run(
        ["git", "push", app, "main"], in: server.work.path,
        env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"])
    }
    #expect(shut.errors.contains("by codex (agent: pushed by its account)"), "\(shut)")
    let seen = try door.sandbox.text("seen")
    #expect(seen.contains("HOOKKIT_PUSHER=svc-codex\n"))
    #expect(!seen.contains("=dana\n"), "\(seen)")
    let kept: Set = ["HOOKKIT_PUSHER", "GIT_QUARANTINE_PATH", "USER", "LOGNAME"]
    for name in attack.keys where !kept.contains(name) {
      #expect(!seen.contains("\n\(name)="), "\(name)")
    }
    #expect(!door.sandbox.exists("mark"))
  }

  @Test("a key gives neither a shell nor a copy of a file, nor a tunnel")
  func restricted() throws {
    let command = sshd.environment(as: server.roster[.codex])["GIT_SSH_COMMAND"] ?? ""
    let address = app.replacingOccurrences(of: "ssh://", with: "").split(separator: ":")[0]
    func ssh(_ words: String) throws -> Outcome {
      try door.sandbox.run(["sh", "-c", "\(command) \(words)"])
    }
    let mark = door.sandbox.path("mark")
    for asked in ["'touch \(mark)'", "\"git-upload-pack 'team/app'; touch \(mark)\""] {
      let outcome = try ssh("\(address) \(asked)")
      #expect(outcome.exit == 1 && outcome.codes == ["HK404"], "\(outcome)")
    }
    let greeting = try ssh("\(address)")
    #expect(greeting.exit == 1 && greeting.errors.hasPrefix("You are agents.codex"), "\(greeting)")
    let subsystem = try ssh("-s \(address) sftp")
    #expect(subsystem.exit != 0 && subsystem.stdout.isEmpty, "\(subsystem)")
    let tunnel = try ssh("-W 127.0.0.1:\(sshd.port) \(address)")
    #expect(tunnel.exit != 0 && !tunnel.output.contains("SSH-2.0"), "\(tunnel)")
    #expect(!door.sandbox.exists("mark"))
  }

  @Test("with a policy that cannot be read, sshd lets nobody in")
  func brokenPolicy() throws {
    try door.sandbox.write("version = 1\nserial = ", to: "etc/policy.toml")
    for actor in [Actor.dana, .codex] {
      let outcome = try git("ls-remote", app, as: actor)
      #expect(outcome.errors.contains("Permission denied (publickey)"), "\(outcome)")
    }
  }
}
