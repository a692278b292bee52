@testable import HookRuntime
import Platform
import Testing

/// What is left of sshd's environment for git and the hooks behind it.
@Suite struct ShellEnvironmentTests {
  private func scrubbed(_ variables: [String: [UInt8]]) -> [String: [UInt8]] {
    let kept = ShellEnvironment.scrubbed(
      Environment(bytes: variables), pusher: Array("svc-codex".utf8))
    return Dictionary(kept.map { ($0.name, $0.value) }) { _, _ in
      Issue.record("a variable stands twice")
      return []
    }
  }

  private func text(_ variables: [String: String]) -> [String: [UInt8]] {
    variables.mapValues { Array($0.utf8) }
  }

  @Test("the pusher and the path are hookkit's, whatever came")
  func own() {
    let path = Array(ShellEnvironment.folders.joined(separator: ":").utf8)
    for variables in [[:], ["PATH": "/evil", "HOOKKIT_PUSHER": "dana"]] {
      #expect(
        scrubbed(text(variables)) == ["PATH": path, "HOOKKIT_PUSHER": Array("svc-codex".utf8)])
    }
    #expect(ShellEnvironment.folders.allSatisfy { $0.hasPrefix("/") })
  }

  @Test("what sshd sets itself stays, byte for byte")
  func sshd() {
    let bytes: [UInt8] = [0x2f, 0xff, 0x20, 0x3b]
    for name in ["HOME", "USER", "LOGNAME", "SSH_CONNECTION"] {
      #expect(scrubbed([name: bytes])[name] == bytes, "\(name)")
    }
  }

  @Test("a client's own words stay where they are plain ones")
  func plain() {
    for (name, value) in [
      ("LANG", "C.UTF-8"), ("LANG", "de_DE@euro"), ("GIT_PROTOCOL", "version=2"),
      ("GIT_PROTOCOL", "version=1:x=y"), ("LANG", String(repeating: "a", count: 64)),
    ] {
      #expect(scrubbed(text([name: value]))[name] == Array(value.utf8), "\(value)")
    }
    for (name, value) in [
      ("LANG", ""), ("LANG", "C;id"), ("LANG", "../x"), ("LANG", "C\n"), ("LANG", "a=b"),
      ("LANG", String(repeating: "a", count: 65)), ("GIT_PROTOCOL", "version=2;x"),
      ("GIT_PROTOCOL", "version-2"), ("GIT_PROTOCOL", "ve\u{e9}"),
    ] {
      #expect(scrubbed(text([name: value]))[name] == nil, "\(value)")
    }
  }

  @Test(
    "everything else goes",
    arguments: [
      "GIT_DIR", "GIT_CONFIG_COUNT", "GIT_QUARANTINE_PATH", "HOOKKIT_POLICY", "LD_PRELOAD",
      "TMPDIR", "SSH_ORIGINAL_COMMAND", "SSH_USER_AUTH", "REMOTE_USER", "GL_USER", "LC_ALL", "home",
      "BASH_ENV", "IFS", "LANGUAGE",
    ])
  func gone(_ name: String) {
    #expect(scrubbed(text([name: "x"])).keys.sorted() == ["HOOKKIT_PUSHER", "PATH"])
  }
}
