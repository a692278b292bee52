import Foundation
import HookkitCLI
import TestSupport
import Testing

@Suite("Shim")
struct ShimTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  /// A hook in `hooks/` whose executable prints its arguments and its input, after its name.
  private func install(_ hook: Shim.Hook, executable: String? = nil) throws {
    let path = try sandbox.write(
      "#!/bin/sh\necho \"hookkit: $*\"\ncat\nexit ${HOOKKIT_ENDS:-0}\n",
      to: executable ?? "bin/\(hook.executableName)", mode: 0o755)
    try sandbox.write(
      Shim.text(hook: hook, executable: path), to: "hooks/\(hook.rawValue)", mode: 0o755)
  }

  private func chain(_ hook: Shim.Hook, _ script: String) throws {
    try sandbox.write(
      "#!/bin/sh\n\(script)\n", to: "hooks/\(hook.rawValue)\(Shim.chainedSuffix)", mode: 0o755)
  }

  private func run(
    _ hook: Shim.Hook, _ arguments: String..., stdin: [UInt8] = [], env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.run(["hooks/\(hook.rawValue)"] + arguments, stdin: stdin, env: env)
  }

  @Test("the shims in hooks/ are those that the installer writes", arguments: Shim.Hook.allCases)
  func folder(_ hook: Shim.Hook) throws {
    let root = try #require(#filePath.range(of: "/Tests/HookkitCLITests/"))
    let file = "\(#filePath[..<root.lowerBound])/hooks/\(hook.rawValue)"
    let text = Shim.text(hook: hook, executable: "/usr/local/bin/\(hook.executableName)")
    if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
      try Sandbox.writeFile(Array(text.utf8), to: file, mode: 0o755)
      Issue.record("recorded \(file)")
    }
    let bytes = try #require(FileManager.default.contents(atPath: file))
    #expect(String(decoding: bytes, as: UTF8.self) == text)
    #expect(FileManager.default.isExecutableFile(atPath: file))
  }

  @Test("a shim has at most 15 lines, of at most 100 columns", arguments: Shim.Hook.allCases)
  func size(_ hook: Shim.Hook) {
    let lines = Shim.text(hook: hook, executable: "/usr/local/bin/\(hook.executableName)")
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 15)
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test(
    "without an earlier hook arguments, input and exit code pass through",
    arguments: Shim.Hook.allCases)
  func passesThrough(_ hook: Shim.Hook) throws {
    try install(hook)
    let input = Array("a b c\0\u{ff}\n".utf8)
    let outcome = try run(hook, "one", "two words", stdin: input, env: ["HOOKKIT_ENDS": "7"])
    #expect(outcome.exit == 7)
    #expect(outcome.stdout == Array("hookkit: one two words\n".utf8) + input)
    #expect(outcome.stderr.isEmpty)
  }

  @Test("a path with quotes, spaces and shell signs is taken as it is")
  func quoting() throws {
    try install(.preReceive, executable: "it's \"$(odd)\"\n/hookkit")
    #expect(try run(.preReceive).output == "hookkit: \n")
  }

  @Test(
    "without its executable nothing passes, and the message says what to do",
    arguments: Shim.Hook.allCases)
  func failsClosed(_ hook: Shim.Hook) throws {
    try install(hook)
    try chain(hook, "exit 0")
    let executable = sandbox.path("bin/\(hook.executableName)")
    #expect(chmod(executable, 0o644) == 0)
    #expect(try run(hook).exit == 1)
    try FileManager.default.removeItem(atPath: executable)
    let outcome = try run(hook)
    #expect(outcome.exit == 1)
    let side = hook.isServerSide ? "server" : "client"
    #expect(
      outcome.errors == """
        error: HK990 \(hook.rawValue): hookkit is gone from here, nothing passes
        hint: hookkit install --\(side)

        """)
    #expect(outcome.errors.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test(
    "an earlier hook runs first, with the same arguments and the same input",
    arguments: Shim.Hook.allCases.filter(\.canChain))
  func chains(_ hook: Shim.Hook) throws {
    try install(hook)
    try chain(hook, "echo \"earlier: $*\"\n\(hook.readsInput ? "cat" : ":")")
    let input = hook.readsInput ? Array("line\n".utf8) : []
    let outcome = try run(hook, "one", "two words", stdin: input)
    #expect(outcome.exit == 0)
    let fed = hook.readsInput ? "line\n" : ""
    #expect(outcome.output == "earlier: one two words\n\(fed)hookkit: one two words\n\(fed)")
  }

  @Test("ten megabytes of input reach both, also when the earlier hook reads none of it")
  func largeInput() throws {
    try install(.preReceive)
    try chain(.preReceive, "exit 0")
    let line = String(repeating: "5", count: 82) + " refs/heads/topic\n"
    let input = Array(String(repeating: line, count: 100_000).utf8)
    let outcome = try run(.preReceive, stdin: input)
    #expect(outcome.stdout == Array("hookkit: \n".utf8) + input)
    try chain(.preReceive, "wc -c")
    #expect(try run(.preReceive, stdin: input).output.hasPrefix("\(input.count)\n"))
    let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("tmp"))
    #expect(left.isEmpty)
  }

  @Test("an input that cannot be kept is a shut gate")
  func noRoomForInput() throws {
    try install(.preReceive)
    try chain(.preReceive, "exit 0")
    let outcome = try run(.preReceive, env: ["TMPDIR": sandbox.path("nowhere")])
    #expect(outcome.exit == 1)
    #expect(outcome.stdout.isEmpty)
  }

  @Test(
    "an earlier hook that fails is named, and its exit code is the answer",
    arguments: [Shim.Hook.preReceive, .update, .prePush, .preCommit, .commitMessage])
  func earlierFails(_ hook: Shim.Hook) throws {
    try install(hook)
    try chain(hook, "exit 9")
    let outcome = try run(hook)
    #expect(outcome.exit == 9)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: \(hook.rawValue).before-hookkit: exit 9 after "))
  }

  @Test("an earlier hook that lost its run bit is a failure, not a hook left out")
  func earlierNotExecutable() throws {
    try install(.update)
    try chain(.update, "exit 0")
    #expect(chmod(sandbox.path("hooks/update.before-hookkit"), 0o644) == 0)
    #expect(try run(.update).exit == 126)
  }

  @Test("where references have moved already hookkit runs whatever an earlier hook says")
  func alwaysRecords() throws {
    for hook in [Shim.Hook.postReceive, .referenceTransaction] {
      try install(hook)
      try chain(hook, "exit 9")
    }
    #expect(try run(.postReceive).output == "hookkit: \n")
    #expect(try run(.referenceTransaction, "committed").output == "hookkit: committed\n")
    #expect(try run(.referenceTransaction, "aborted").output == "hookkit: aborted\n")
    for state in ["preparing", "prepared"] {
      let outcome = try run(.referenceTransaction, state)
      #expect(outcome.exit == 9)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("hookkit is not started for a transaction that has not locked its references yet")
  func phases() throws {
    try install(.referenceTransaction)
    let line = Array("old new refs/heads/main\n".utf8)
    let early = try run(
      .referenceTransaction, "preparing", stdin: line, env: ["HOOKKIT_ENDS": "7"])
    #expect(early.exit == 0 && early.stdout.isEmpty, "\(early)")
    for state in ["prepared", "committed", "aborted", "new", ""] {
      let outcome = try run(.referenceTransaction, state, stdin: line, env: ["HOOKKIT_ENDS": "7"])
      #expect(outcome.exit == 7, "\(state): \(outcome)")
      #expect(outcome.stdout == Array("hookkit: \(state)\n".utf8) + line)
    }
    // An earlier hook may have something to say in each.
    try chain(.referenceTransaction, "echo \"earlier: $1 $(cat)\"")
    for state in ["preparing", "prepared", "committed", "aborted"] {
      let outcome = try run(.referenceTransaction, state, stdin: line)
      let own = state != "preparing" ? "hookkit: \(state)\n" : ""
      #expect(outcome.exit == 0)
      #expect(
        outcome.output.hasPrefix("earlier: \(state) old new refs/heads/main\n\(own)"), "\(outcome)")
      #expect(outcome.output.contains("hookkit") == !own.isEmpty, "\(outcome)")
    }
  }

  @Test("git with many references to write takes no harm from a hook that reads none of them")
  func phasesInGit() throws {
    let server = try sandbox.bareRepository()
    let id = try server.commit("one\n", ["a": "1"])
    let gate = try sandbox.write("#!/bin/sh\ncat >/dev/null\n", to: "gate", mode: 0o755)
    try server.writeHook(
      "reference-transaction", Shim.text(hook: .referenceTransaction, executable: gate))
    let lines = (1...5000).map { "create refs/heads/topic/\($0) \(id)\n" }.joined()
    try server.git(["update-ref", "--stdin"], stdin: Array(lines.utf8))
    #expect(try server.references().count == 5001)
    // One that fails is aborted.
    let clash = try server.sandbox.run(
      ["git", "update-ref", "--stdin"], in: server.path, stdin: Array(lines.utf8))
    #expect(clash.exit == 128, "\(clash)")
  }

  @Test("in a real push both hooks see the update, and either can refuse it")
  func realPush() throws {
    let server = try sandbox.bareRepository()
    let gate = try sandbox.write(
      "#!/bin/sh\necho \"hookkit $(cat)\" >&2\nexit ${ENDS:-0}\n", to: "gate", mode: 0o755)
    try server.writeHook("pre-receive", Shim.text(hook: .preReceive, executable: gate))
    try server.writeHook("pre-receive.before-hookkit", "#!/bin/sh\necho \"earlier $(cat)\" >&2\n")
    let work = try sandbox.repository()
    let id = try work.commit("one\n", ["a": "1"])
    let update = "0000000000000000000000000000000000000000 \(id) refs/heads/main"
    let refused = try work.gitFails("push", server.path, "main", env: ["ENDS": "1"])
    #expect(refused.errors.contains("remote: earlier \(update)"))
    #expect(refused.errors.contains("remote: hookkit \(update)"))
    #expect(try server.references().isEmpty)
    try work.git("push", server.path, "main")
    #expect(try server.id("main") == id)
    try server.writeHook("pre-receive.before-hookkit", "#!/bin/sh\nexit 1\n")
    try work.commit("two\n", ["a": "2"])
    try work.gitFails("push", server.path, "main")
    #expect(try server.id("main") == id)
  }

  @Test("a shim is known again, with its hook and its executable", arguments: Shim.Hook.allCases)
  func recognised(_ hook: Shim.Hook) {
    for executable in ["/usr/local/bin/hookkit-x", "/it's/a'b''c", "", "/line\nfeed", "/caf\u{e9}"]
    {
      let text = Shim.text(hook: hook, executable: executable)
      #expect(
        Shim.recognise(Array(text.utf8))
          == Shim.Description(
            version: Shim.version(of: hook), hook: hook, executable: executable))
    }
  }

  @Test("a client's shim of version 1 is known, and no longer the present one")
  func versionOne() throws {
    let text = """
      #!/bin/sh
      # hookkit shim 1: commit-msg
      hook='/usr/local/bin/hookkit-commit-msg'
      [ -x "$hook" ] || {
        echo 'error: HK990 commit-msg: hookkit is gone from here, nothing passes' >&2
        echo 'hint: hookkit install --client' >&2
        exit 1
      }
      [ -e "$0.before-hookkit" ] || exec "$hook" "$@"
      start=$(date +%s)
      "$0.before-hookkit" "$@"; code=$? seconds=$(($(date +%s) - start))
      [ $code = 0 ] || echo "error: commit-msg.before-hookkit: exit $code after $seconds s" >&2
      [ $code = 0 ] || exit $code
      exec "$hook" "$@"

      """
    let shim = try #require(Shim.recognise(Array(text.utf8)))
    #expect(shim.version == 1)
    #expect(!shim.isPresent)
  }

  @Test("a server's shim of version 1 is known, and no longer the present one")
  func transactionVersionOne() throws {
    let text = """
      #!/bin/sh
      # hookkit shim 1: reference-transaction
      hook='/usr/local/bin/hookkit-reference-transaction'
      [ -x "$hook" ] || {
        echo 'error: HK990 reference-transaction: hookkit is gone from here, nothing passes' >&2
        echo 'hint: hookkit install --server' >&2
        exit 1
      }
      [ -e "$0.before-hookkit" ] || exec "$hook" "$@"
      { in=$(mktemp) && exec 3<"$in" 4<"$in" && exec 5>"$in" && rm "$in" && cat >&5; } || exit 1
      start=$(date +%s)
      "$0.before-hookkit" "$@" <&3 3<&- 4<&- 5>&-; code=$? seconds=$(($(date +%s) - start))
      [ $code = 0 ] || echo "error: reference-transaction.before-hookkit: exit $code after $seconds s" >&2
      [ $code = 0 ] || case $1 in prepar*) exit $code ;; esac
      exec "$hook" "$@" <&4 3<&- 4<&- 5>&-

      """
    let shim = try #require(Shim.recognise(Array(text.utf8)))
    #expect(shim.version == 1 && shim.hook == .referenceTransaction)
    #expect(!shim.isPresent)
    // No other server hook ever had another version.
    for version in [2, 3] {
      let other = Shim.text(hook: .preReceive, executable: "/x").replacing(
        "shim 1:", with: "shim \(version):")
      #expect(!Shim.isShim(Array(other.utf8)))
    }
  }

  // MARK: Beside hook managers

  @Test(
    "a script of sh sees the name and the folder that git gave, whatever it is kept as",
    arguments: ["#!/bin/sh", "#!/usr/bin/env sh", "#! /usr/bin/sh"])
  func ownName(_ first: String) throws {
    try install(.prePush)
    try sandbox.write(
      "\(first)\necho \"$0 $* $(cat)\"\nexit 4\n", to: "hooks/pre-push.before-hookkit", mode: 0o755)
    let outcome = try run(.prePush, "one", "two words", stdin: Array("line".utf8))
    #expect(outcome.output == "\(sandbox.path("hooks/pre-push")) one two words line\n")
    #expect(outcome.exit == 4)
    #expect(outcome.errors.hasPrefix("error: pre-push.before-hookkit: exit 4 after "))
  }

  @Test("a program of another language is run by its new name, and may be kept in a folder")
  func otherLanguages() throws {
    try install(.prePush)
    let script = "#!/usr/bin/env bash\necho \"$0 $(cat)\"\n"
    try sandbox.write(script, to: "hooks/pre-push.before-hookkit", mode: 0o755)
    let named = try run(.prePush, stdin: Array("in\n".utf8))
    #expect(named.output == "\(sandbox.path("hooks/pre-push.before-hookkit")) in\nhookkit: \nin\n")
    try FileManager.default.removeItem(atPath: sandbox.path("hooks/pre-push.before-hookkit"))
    try sandbox.write(script, to: "hooks/pre-push.before-hookkit/pre-push", mode: 0o755)
    let kept = try run(.prePush, stdin: Array("in\n".utf8))
    #expect(
      kept.output == "\(sandbox.path("hooks/pre-push.before-hookkit/pre-push")) in\nhookkit: \nin\n"
    )
  }

  @Test("a shim that a manager has renamed to .legacy still runs the earlier hook")
  func legacy() throws {
    try install(.prePush)
    try chain(.prePush, "echo earlier")
    try FileManager.default.moveItem(
      atPath: sandbox.path("hooks/pre-push"), toPath: sandbox.path("hooks/pre-push.legacy"))
    #expect(try sandbox.run(["hooks/pre-push.legacy"]).output == "earlier\nhookkit: \n")
  }

  @Test("what an earlier script of sh sets or switches does not reach hookkit")
  func subshell() throws {
    try install(.commitMessage)
    try chain(.commitMessage, "set -eu; hook=/bin/false; old=x; trap 'echo bye' EXIT; cd /; c=9")
    #expect(try run(.commitMessage, "m").output == "bye\nhookkit: m\n")
  }

  @Test("a changed, cut or foreign file is no shim")
  func notRecognised() {
    let text = Array(Shim.text(hook: .preReceive, executable: "/bin/x").utf8)
    #expect(Shim.isShim(text))
    for count in text.indices { #expect(!Shim.isShim(Array(text[..<count]))) }
    for index in text.indices where !Array("/bin/x".utf8).contains(text[index]) {
      var changed = text
      changed[index] ^= 0x01
      if !Shim.isShim(changed) { continue }
      // Only the path itself may read otherwise and still be a shim, of another executable.
      #expect(Shim.recognise(changed)?.executable != "/bin/x")
    }
    #expect(!Shim.isShim(text + [0x0a]))
    #expect(!Shim.isShim(Array("#!/bin/sh\n# hookkit shim 3: update\nhook='/x'\n".utf8)))
    #expect(!Shim.isShim([0xff, 0x0a, 0x0a, 0x27]))
    #expect(!Shim.isShim([]))
  }
}
