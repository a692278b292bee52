import Primitives
import TestSupport
import Testing

@Suite("machinery")
struct MachineryTests {
  /// A hook as an installation with chained hooks has it: a shell file that starts the executable.
  private func shim(
    _ hook: String, of server: GuardedServer, runnable: Bool = true,
    _ body: (String) -> String = { "exec '\($0)' \"$@\"" }
  ) throws {
    try server.unlink(hook)
    let target = try Executables.hook(hook, in: server.sandbox)
    try Sandbox.writeFile(
      Array("#!/bin/sh\n\(body(target))\n".utf8), to: "\(server.repository.path)/hooks/\(hook)",
      mode: runnable ? 0o755 : 0o644)
  }

  // MARK: 47

  @Test(
    "bypass 47: a hook that lost its run bit leaves the gate to the others",
    arguments: ["pre-receive", "proc-receive", "reference-transaction"])
  func lostRunBit(hook: String) throws {
    let server = try GuardedServer()
    try shim(hook, of: server, runnable: false)
    let evil = try server.commit("Evil", by: .codex)
    try server.refuses(as: .codex, "\(evil):main", with: "HK101")
    let own = try server.commit("Mine", ["mine": "1"], by: .dana)
    // Without pre-receive nobody is on record who brought it.
    if hook == "pre-receive" { try server.approve(own, by: .erin) }
    let outcome = try server.push(as: .dana, "\(own):main")
    // git itself answers for a proc-receive hook that it cannot run; it passes the others over.
    #expect(outcome.succeeded == (hook != "proc-receive"), "\(outcome)")
    #expect(try server.tip() == (outcome.succeeded ? own : server.base))
  }

  @Test(
    "bypass 47: each deciding hook refuses alone, when no other one can run",
    arguments: ["pre-receive", "proc-receive", "reference-transaction", "update"])
  func lastHook(hook: String) throws {
    let server = try GuardedServer(
      hooks: [], procReceiveRefs: hook == "proc-receive" ? ["refs"] : [])
    for other in GuardedServer.hooks where other != hook {
      try shim(other, of: server, runnable: false)
    }
    try server.link(hook)
    let evil = try server.commit("Evil", by: .codex)
    for actor in [Actor.codex, .stranger] {
      try server.refuses(as: actor, "\(evil):main", with: "HK101")
    }
    try server.refuses(as: .dana, ":main", with: "HK502")
    let own = try server.commit("Mine", ["mine": "1"], by: .dana)
    try server.approve(own, by: .erin)
    try server.lands(own, as: .dana)
  }

  // MARK: 48

  @Test(
    "bypass 48: a hook that is killed, runs out of memory or cannot start shuts the gate",
    arguments: ["pre-receive", "proc-receive", "reference-transaction"])
  func crashes(hook: String) throws {
    let server = try GuardedServer()
    let own = try server.commit("Mine", ["mine": "1"], by: .dana)
    let limited = "ulimit -v 20000; exec '%' \"$@\""
    for body in [
      "kill -9 $$", "cat > /dev/null; kill -9 $$", "'%' \"$@\"; kill -9 $$",
      "'%' \"$@\"; kill -SEGV $$", limited, "exec '%.gone' \"$@\"", "exit 141",
      "exec '%' \"$@\" <&-", "exec '%' \"$@\" < /dev/null",
    ] {
      // An empty transaction is none, and the last hook has nothing to answer on its output.
      if hook == "reference-transaction", body.hasSuffix("< /dev/null") { continue }
      try shim(hook, of: server) { body.replacing("%", with: $0) }
      let outcome = try server.push(as: .dana, "\(own):main")
      // What proc-receive has answered in full stands, whatever becomes of it afterwards.
      let answered = hook == "proc-receive" && body.hasPrefix("'%'")
      #expect(outcome.succeeded == answered, "\(hook): \(body)\n\(outcome)")
      #expect(try server.tip() == (answered ? own : server.base))
      if answered { try server.repository.setReferences([("refs/heads/main", server.base)]) }
    }
    // Nothing is lost: the same push goes through when the hook is mended.
    try server.link(hook)
    try server.lands(own, as: .dana)
  }

  @Test("bypass 48: when the executable is gone from under all hooks, nothing lands any more")
  func executableGone() throws {
    let server = try GuardedServer()
    let evil = try server.commit("Evil", by: .codex)
    let gone = try server.sandbox.run(["sh", "-c", "rm bin/*"])
    #expect(gone.succeeded)
    for actor in [Actor.codex, .dana] {
      let outcome = try server.push(as: actor, "\(evil):main")
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(try server.tip() == server.base)
    }
  }

  @Test("bypass 48: a hook that takes too long gives up by itself and shuts the gate")
  func tooLong() throws {
    let server = try GuardedServer()
    let own = try server.commit("Mine", by: .dana)
    // The alarm that hookkit sets itself, sent before its time; the hook waits for its input.
    try shim("pre-receive", of: server) {
      """
      mkfifo "$GIT_DIR/wait" && exec 3<>"$GIT_DIR/wait"
      '\($0)' "$@" <&3 & hook=$!
      sleep 1; kill -ALRM $hook; wait $hook
      """
    }
    try server.refuses(as: .dana, "\(own):main", with: "HK903")
  }

  @Test(
    "bypass 48: a fault in the hook itself says so and shuts the gate",
    arguments: ["ILL", "ABRT", "SEGV"])
  func fault(signal: String) throws {
    let server = try GuardedServer()
    let own = try server.commit("Mine", by: .dana)
    // What the system sends for a trap, sent while the hook waits for its input.
    try shim("pre-receive", of: server) {
      """
      mkfifo "$GIT_DIR/wait" && exec 3<>"$GIT_DIR/wait"
      '\($0)' "$@" <&3 & hook=$!
      sleep 1; kill -\(signal) $hook; wait $hook
      status=$?; echo "exit $status" >&2; exit $status
      """
    }
    let outcome = try server.refuses(as: .dana, "\(own):main", with: "HK970")
    #expect(outcome.errors.contains("remote: exit 70"), "\(outcome)")
  }

  @Test("bypass 48: a client that hangs up early gets nothing through")
  func hangUp() throws {
    let server = try GuardedServer()
    let evil = try server.commit("Evil", by: .codex)
    let command = "\(server.base) \(evil) refs/heads/main"
    let input = try server.pushInput(
      [Array(command.utf8)], objects: ["\(evil)", "^\(server.base)"])
    let file = try server.sandbox.write(input, to: "push-input")
    for reader in ["head -c 1", "true", "sleep 0.05"] {
      let run = try server.sandbox.run(
        ["sh", "-c", "git receive-pack \"$0\" < \"$1\" | \(reader)", server.repository.path, file],
        env: server.environment(as: .codex))
      #expect(!run.timedOut)
      #expect(try server.tip() == server.base)
    }
  }

  @Test("bypass 48: a decision that cannot be written down is not carried out")
  func fullDisk() throws {
    let server = try GuardedServer()
    let own = try server.commit("Mine", by: .dana)
    try server.write("x", to: "journal/x")
    try server.refuses(as: .dana, "\(own):main", with: "HK904")
    let gone = try server.sandbox.run(["rm", "-r", "\(server.repository.path)/hookkit/journal"])
    #expect(gone.succeeded)
    try server.lands(own, as: .dana)
  }

  // MARK: 49, 50

  @Test("bypass 49: proc-receive answers ok only for what it lets fall through, and all at once")
  func answers() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let commands = [
      "\(server.base) \(evil) refs/heads/main",
      "\(ObjectID.zero) \(evil) refs/heads/agent/codex/other",
      "\(ObjectID.zero) \(evil) refs/heads/elsewhere",
    ]
    let flush = Array("0000".utf8)
    let input =
      packet("version=1\0atomic\n") + flush + commands.flatMap { packet($0) } + flush
    let hook = "\(server.repository.path)/hooks/proc-receive"
    let env = server.environment(as: .codex).merging(["GIT_DIR": "."]) { $1 }
    let outcome = try server.sandbox.run(
      [hook], in: server.repository.path, stdin: input, env: env)
    let lines = outcome.output.packets
    #expect(outcome.succeeded, "\(outcome)")
    #expect(lines.first?.hasPrefix("version=1") == true)
    #expect(
      lines.dropFirst().map { $0.prefix(while: { $0 != "(" }).trimmedEnd } == [
        "ng refs/heads/main HK101 needs a human review of \(evil.hex.prefix(7))",
        "ok refs/heads/agent/codex/other", "option fall-through",
        "ng refs/heads/elsewhere HK401 codex may not push here",
      ], "\(outcome)")
    // Cut off anywhere before its end, the dialogue gives no answer at all.
    for cut in [0, 3, 20, 40, input.count - 5, input.count - 1] {
      let partial = try server.sandbox.run(
        [hook], in: server.repository.path, stdin: Array(input.prefix(cut)), env: env)
      #expect(!partial.succeeded)
      #expect(!partial.output.contains("ok refs"), "\(partial)")
    }
  }

  @Test("bypass 50: a refused push leaves the client's picture of main as it was")
  func trackingRef() throws {
    let server = try GuardedServer()
    let clone = try server.clone(of: .codex)
    let evil = try clone.commit("Evil", ["evil": "1"], author: server.roster[.codex])
    let outcome = try clone.attempt(
      "push", "--porcelain", "origin", "main", env: server.environment(as: .codex))
    #expect(!outcome.succeeded)
    #expect(outcome.lines.contains { $0.hasPrefix("!\trefs/heads/main:refs/heads/main") })
    #expect(try clone.id("refs/remotes/origin/main") == server.base)
    #expect(try server.tip() == server.base)
    #expect(try clone.id("main") == evil, "the work itself is not lost")
  }

  // MARK: 51

  @Test("bypass 51: where git is too old to ask proc-receive, pre-receive refuses by itself")
  func oldGit() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let usual = try server.refuses(as: .codex, "\(evil):main", with: "HK101")
    #expect(!usual.errors.contains("pre-receive hook declined"))

    let prepared = try server.sandbox.run([
      "sh", "-ec",
      """
      mkdir old; ln -s "$(git --exec-path)"/* old/; rm -f old/git
      printf '%s\\n' '#!/bin/sh' \
        '[ "$1" = --version ] && { echo "git version 2.27.0"; exit; }' \
        "exec '$(git --exec-path)/git' \\"\\$@\\"" > old/git
      chmod +x old/git
      """,
    ])
    #expect(prepared.succeeded, "\(prepared)")
    let env = ["GIT_EXEC_PATH": server.sandbox.path("old")]
    #expect(try server.sandbox.run(["git", "version"], env: env).succeeded)
    let old = try server.refuses(as: .codex, "\(evil):main", with: "HK101", env: env)
    #expect(old.errors.contains("pre-receive hook declined"), "\(old)")
    // The same where git is not set up to ask.
    for value in [
      ["--unset-all", "receive.procReceiveRefs"], ["receive.procReceiveRefs", "am:refs"],
    ] {
      try server.repository.git(["config"] + value)
      let unasked = try server.refuses(as: .codex, "\(evil):main", with: "HK101")
      #expect(unasked.errors.contains("pre-receive hook declined"), "\(unasked)")
    }
  }

  // MARK: 52

  @Test("bypass 52: variables that an ssh client sends change neither pusher nor verdict")
  func sentVariables() throws {
    let server = try GuardedServer()
    let codex = TestPerson("svc-codex", key: server.roster[.codex].key)
    let names = [
      "HOOKKIT_PUSHER", "HOOKKIT_POLICY", "HOOKKIT_TRACE", "GL_USER", "GL_USERNAME", "GL_ID",
      "REMOTE_USER", "GITEA_PUSHER_NAME", "GITHUB_USER_LOGIN", "BB_USER_NAME", "GIT_PUSH_CERT",
      "GIT_PUSH_CERT_STATUS", "GIT_PUSH_CERT_SIGNER", "GIT_QUARANTINE_PATH", "GIT_NAMESPACE",
      "GIT_PUSH_OPTION_COUNT", "GIT_PUSH_OPTION_0", "GIT_REPLACE_REF_BASE", "GIT_GRAFT_FILE",
      "GIT_TRACE", "GIT_COMMITTER_DATE", "LANG", "TMPDIR", "LD_PRELOAD",
    ]
    let sshd = try LoopbackSSHD(in: server.sandbox, people: [codex], accepting: names)
    let evil = try server.commit("Evil", by: .codex)
    for values in [
      [:],
      Dictionary(names.prefix(10).map { ($0, "dana") }) { $1 },
      ["GIT_PUSH_CERT": evil.hex, "GIT_PUSH_CERT_STATUS": "G", "GIT_PUSH_CERT_SIGNER": "dana"],
      ["GIT_QUARANTINE_PATH": server.sandbox.path("tmp")], ["GIT_NAMESPACE": "other"],
      ["GIT_PUSH_OPTION_COUNT": "1", "GIT_PUSH_OPTION_0": "verdict=allow"],
      ["GIT_PUSH_OPTION_COUNT": "99999999999999999999"], ["TMPDIR": "/nonexistent"],
      ["HOOKKIT_TRACE": server.sandbox.path("trace"), "LANG": "\u{1b}[2J"],
    ] {
      var env = sshd.environment(as: codex, sending: Array(values.keys))
      env.merge(values) { $1 }
      let outcome = try server.sandbox.run(
        ["git", "push", sshd.url(server.repository), "\(evil):main"], in: server.work.path, env: env
      )
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(try server.tip() == server.base)
      if values["GIT_NAMESPACE"] == nil, values["GIT_PUSH_OPTION_COUNT"] != "99999999999999999999" {
        #expect(outcome.codes.contains("HK101"), "\(values)\n\(outcome)")
      }
    }
    #expect(!server.sandbox.exists("trace"))
    // And the honest corner of the agent is still open.
    let own = try server.sandbox.run(
      ["git", "push", sshd.url(server.repository), "\(evil):refs/heads/agent/codex/x"],
      in: server.work.path, env: sshd.environment(as: codex))
    #expect(own.succeeded, "\(own)")
  }

  // MARK: 54

  @Test("bypass 54: whatever a client does to its own hooks, the server decides")
  func clientSide() throws {
    let server = try GuardedServer()
    let clone = try server.clone(of: .codex)
    for hook in ["pre-push", "commit-msg"] {
      let target = try Executables.hook(hook, in: server.sandbox)
      let linked = try server.sandbox.run(["ln", "-s", target, "\(clone.path)/.git/hooks/\(hook)"])
      #expect(linked.succeeded)
    }
    try clone.commit("Evil", ["evil": "1"], author: server.roster[.codex])
    let env = server.environment(as: .codex)
    for arguments in [
      ["push", "origin", "main"], ["push", "--no-verify", "origin", "main"],
      ["-c", "core.hooksPath=/dev/null", "push", "origin", "main"],
      ["-c", "receive.procReceiveRefs=", "push", "origin", "main"],
      ["send-pack", server.repository.path, "main"],
    ] {
      let outcome = try server.sandbox.run(["git"] + arguments, in: clone.path, env: env)
      #expect(!outcome.succeeded && outcome.codes.contains("HK101"), "\(outcome)")
      #expect(try server.tip() == server.base)
    }
  }
}

extension String {
  /// The texts of the pkt-lines in it.
  fileprivate var packets: [String] {
    var result: [String] = []
    var rest = Array(utf8)[...]
    while rest.count >= 4,
      let count = Int(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
    {
      if count >= 4, count <= rest.count {
        result.append(String(decoding: rest.dropFirst(4).prefix(count - 4), as: UTF8.self))
      }
      rest = rest.dropFirst(Swift.max(4, count))
    }
    return result
  }
}

extension Substring {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " || text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
