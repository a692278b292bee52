import Ledger
import Primitives
import TestSupport
import Testing

@Suite("Hooks that are told nonsense")
struct HookInputTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer()
  }

  private var line: String { "\(ObjectID.zero) \(server.base) refs/heads/" }

  /// The inputs that no git writes; none may end in a verdict.
  private var nonsense: [(name: String, bytes: [UInt8])] {
    let line = Array(line.utf8)
    let sha256 = String(repeating: "a", count: 64)
    return [
      ("cut off", line + Array("x".utf8)),
      ("cut off in the object name", Array(line.prefix(30))),
      ("one good line, one cut off", line + Array("x\n".utf8) + line + Array("y".utf8)),
      ("NUL", line + [0x78, 0, 0x79, 0x0a]),
      ("no fields", Array("\n".utf8)), ("one field", Array("x\n".utf8)),
      (
        "no digits",
        Array("\(String(repeating: "g", count: 40)) \(server.base) refs/heads/x\n".utf8)
      ),
      ("SHA-256", Array("\(sha256) \(sha256) refs/heads/x\n".utf8)),
      ("noise", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }),
      ("high bytes", [UInt8](repeating: 0xff, count: 1000) + [0x0a]),
      ("one long line", line + [UInt8](repeating: 0x78, count: 1 << 20) + [0x0a]),
      ("the same reference twice", line + Array("x\n".utf8) + line + Array("x\n".utf8)),
      ("carriage return", line + Array("x\r\n".utf8)),
    ]
  }

  @Test("pre-receive, post-receive and reference-transaction refuse what git would not write")
  func lines() throws {
    for (name, bytes) in nonsense {
      for hook in [["pre-receive"], ["post-receive"], ["reference-transaction", "prepared"]] {
        let outcome = try server.hook(hook, stdin: bytes)
        #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(name) to \(outcome)")
        #expect(outcome.stdout.isEmpty)
        #expect(outcome.stderr.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) }, "\(name)")
      }
    }
    #expect(try server.journal().isEmpty)
  }

  @Test("a name that is not UTF-8 is a name")
  func nameBytes() throws {
    let server = try GuardedServer(procReceiveRefs: [])
    for (name, code) in [("refs/heads/x", Int32(0)), ("refs/heads/release/x", 1)] {
      let agents = try server.agentsCommit(name)
      try server.pushed(as: .codex, "main:agent/codex/\(code)")
      let bytes = Array("\(ObjectID.zero) \(agents) \(name)".utf8) + [0xff, 0x0a]
      let outcome = try server.hook("pre-receive", stdin: bytes)
      #expect(outcome.exit == code, "\(outcome)")
      #expect(outcome.stderr.allSatisfy { $0 < 0x7f })
    }
  }

  @Test("nothing at all on standard input is no push")
  func empty() throws {
    for hook in ["pre-receive", "post-receive", "proc-receive"] {
      let outcome = try server.hook(hook)
      #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(outcome)")
      #expect(outcome.stdout.isEmpty)
    }
    // git has transactions of nothing.
    #expect(try server.hook("reference-transaction", "prepared").exit == 0)
  }

  @Test("a dialogue with proc-receive that breaks off has no report in it")
  func dialogue() throws {
    let flush = Array("0000".utf8)
    let start = packet("version=1\0push-options atomic\n") + flush
    let command = packet("\(ObjectID.zero) \(server.base) refs/heads/x")
    let inputs: [(name: String, bytes: [UInt8])] = [
      ("half a length", [0x30, 0x30]), ("no length", Array("zzzz".utf8)),
      ("version 2", packet("version=2\n") + flush), ("no flush", packet("version=1\n")),
      ("no commands", start), ("no end of commands", start + command),
      ("no options", start + command + flush),
      ("a cut command", start + command.dropLast(3)),
      ("a bad command", start + packet("x y z") + flush + flush),
      ("a SHA-256 command", start + packet(String(repeating: "a", count: 64) + " b c") + flush),
      ("a command twice", start + command + command + flush + flush),
      ("more than was promised", start + command + flush + flush + command),
      ("noise", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }),
    ]
    for (name, bytes) in inputs {
      let outcome = try server.hook("proc-receive", stdin: bytes)
      #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(name): \(outcome)")
      let reported = outcome.output.contains("ok refs") || outcome.output.contains("ng refs")
      #expect(!reported, "\(name): \(outcome)")
    }
    let whole = try server.hook("proc-receive", stdin: start + command + flush + flush)
    #expect(whole.exit == 0 && whole.output.contains("option fall-through"), "\(whole)")
  }

  @Test("wrong arguments are refused; a state of a newer git is left alone")
  func arguments() throws {
    let base = "\(server.base)"
    for arguments in [[], ["refs/heads/x"], ["refs/heads/x", base, base, base]] {
      let outcome = try server.hook(["update"] + arguments)
      #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(outcome)")
    }
    #expect(try server.hook("update", "refs/heads/x", "zz", base).exit == 3)
    #expect(try server.hook("update", "x", base, base).exit == 3)
    let none = try server.hook("reference-transaction")
    #expect(none.exit == 3 && none.codes == ["HK905"], "\(none)")
    for state in ["preparing", "aborted", "some-later-state"] {
      let outcome = try server.hook("reference-transaction", state, stdin: [0xff])
      #expect(outcome.exit == 0 && outcome.stderr.isEmpty, "\(outcome)")
    }
  }

  @Test("an executable with a name that is no hook's refuses")
  func name() throws {
    let path = "\(try Executables.installed(in: server.sandbox))/hookkit-hook"
    let outcome = try server.sandbox.run([path], in: server.repository.path)
    #expect(outcome.exit == 2 && outcome.errors.hasPrefix("error: "), "\(outcome)")
  }

  @Test(
    "closed standard streams change no verdict", arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
  func closedStreams(_ redirection: String) throws {
    let agents = try server.agentsCommit()
    try server.pushed(as: .codex, "main:agent/codex/a")
    let before = try server.journal().count
    let hook = try Executables.hook("update", in: server.sandbox)
    let outcome = try server.sandbox.run(
      ["sh", "-c", "'\(hook)' refs/heads/main \(server.base) \(agents) \(redirection)"],
      in: server.repository.path, env: ["GIT_DIR": ".", "HOOKKIT_PUSHER": "svc-codex"])
    #expect(outcome.exit == 1, "\(outcome)")
    // Nothing meant for a stream has gone to a file that took its place.
    let entries = try server.entries()
    #expect(entries.count == before + 1 && entries.allSatisfy { $0.isChained && $0.record != nil })
  }
}
