import Primitives
import TestSupport
import Testing

@Suite("A real sshd with forced commands")
struct SSHDTests {
  let sandbox: Sandbox
  let server: TestRepository
  let dana: TestPerson
  let codex: TestPerson

  init() throws {
    sandbox = try Sandbox()
    server = try sandbox.bareRepository()
    dana = try sandbox.person("dana")
    codex = try sandbox.person("svc-codex")
    try server.writeHook("pre-receive", "#!/bin/sh\necho \"pusher is $HOOKKIT_PUSHER\" >&2\n")
  }

  @Test("each key pushes under the name that its forced command gives it")
  func forcedPusher() throws {
    let sshd = try LoopbackSSHD(in: sandbox, people: [dana, codex])
    let work = try sandbox.repository()
    try work.git("remote", "add", "origin", sshd.url(server))
    for person in [dana, codex] {
      let id = try work.commit("by \(person.name)\n", ["a": .text(person.name)])
      let pushed = try work.git("push", "origin", "main", env: sshd.environment(as: person))
      #expect(
        pushed.errors.contains("remote: pusher is \(person.name)"))
      #expect(try server.id("main") == id)
    }
    try work.git("fetch", "origin", env: sshd.environment(as: dana))
    #expect(try work.id("origin/main") == server.id("main"))
  }

  @Test("a variable that the client sends does not change the pusher, though the server takes it")
  func sentVariable() throws {
    let sshd = try LoopbackSSHD(
      in: sandbox, people: [codex], accepting: ["HOOKKIT_PUSHER", "PROOF"])
    try server.writeHook("pre-receive", "#!/bin/sh\necho \"$PROOF: $HOOKKIT_PUSHER\" >&2\n")
    let work = try sandbox.repository()
    try work.commit("one\n", ["a": "1"])
    let env = sshd.environment(as: codex, sending: ["HOOKKIT_PUSHER", "PROOF"])
      .merging(["HOOKKIT_PUSHER": "dana", "PROOF": "variables do arrive"]) { $1 }
    let pushed = try work.git("push", sshd.url(server), "main", env: env)
    #expect(pushed.errors.contains("remote: variables do arrive: svc-codex"))
  }

  @Test("a key gives no shell and a stranger's key gives nothing")
  func restricted() throws {
    let sshd = try LoopbackSSHD(in: sandbox, people: [dana])
    let mallory = try sandbox.person("mallory")
    let work = try sandbox.repository()
    let refused = try work.attempt(
      "ls-remote", sshd.url(server), env: sshd.environment(as: mallory))
    #expect(refused.errors.contains("Permission denied (publickey)"))
    let command = sshd.environment(as: dana)["GIT_SSH_COMMAND"] ?? ""
    let shell = try sandbox.run(["sh", "-c", "\(command) 127.0.0.1 'touch \(sandbox.path("x"))'"])
    #expect(shell.exit != 0)
    #expect(!sandbox.exists("x"))
  }

  @Test("sshd is gone when it is stopped")
  func stops() throws {
    let sshd = try LoopbackSSHD(in: sandbox, people: [dana])
    let env = sshd.environment(as: dana)
    try sandbox.git("ls-remote", sshd.url(server), env: env)
    sshd.stop()
    #expect(
      try sandbox.gitFails("ls-remote", sshd.url(server), env: env).errors.contains("refused"))
  }

  @Test("git signs through the agent when the private key is nowhere on disk")
  func agent() throws {
    let key = try #require(dana.key)
    let agent = try SSHAgent(in: sandbox, keys: [key])
    _ = try sandbox.run(["rm", key.path])
    let signing = ["-c", "user.signingkey=\(key.publicPath)"]
    let tree = try server.tree(from: nil, ["a": "1"])
    let commit = try server.git(signing + ["commit-tree", "-S", "-m", "one", tree.hex])
    let object = try server.contents("commit", commit.value)
    #expect(String(decoding: object, as: UTF8.self).contains("\ngpgsig -----BEGIN SSH SIGNATURE"))
    agent.stop()
    let failed = try sandbox.run(
      ["git"] + signing + ["commit-tree", "-S", "-m", "two", tree.hex], in: server.path)
    #expect(failed.exit != 0)
  }
}
