@testable import HookRuntime
import Testing

@Suite struct ShellArgumentsTests {
  private static let principals = ["people.dana", "agents.codex", "services.ci"]

  @Test("a root and one principal, and perhaps the key that sshd has found", arguments: principals)
  func read(_ principal: String) throws {
    let plain = try #require(ShellArguments(["--root", "/srv", principal]))
    #expect(plain.root == "/srv" && plain.key == nil && plain.principal == principal)
    let keys = [
      ["--root", "/srv", "--key", "SHA256:x", principal],
      ["--key", "SHA256:x", "--root", "/srv", principal],
    ]
    for words in keys {
      let found = try #require(ShellArguments(words), "\(words)")
      #expect(found.root == "/srv" && found.key == "SHA256:x" && found.principal == principal)
    }
  }

  @Test(
    "anything else is no way to call it",
    arguments: [
      [], ["people.dana"], ["--root"], ["--root", "/srv"], ["--root", "srv", "people.dana"],
      ["--root", "", "people.dana"], ["--root", "/srv", "dana"], ["--root", "/srv", "root.dana"],
      ["--root", "/srv", "-people.dana"], ["--root", "/srv", "people.dana", "x"],
      ["--root", "/srv", "--root", "/", "people.dana"],
      ["--root", "/srv", "--key", "people.dana"], ["--root", "/srv", "--key"],
      ["--root", "/srv", "--key", "a", "--key", "b", "people.dana"],
      ["--root", "/srv", "--shell", "x", "people.dana"], ["people.dana", "--root", "/srv"],
    ])
  func refused(_ words: [String]) {
    #expect(ShellArguments(words) == nil)
  }

  @Test("it answers to its own name alone, at whatever path")
  func names() {
    for path in ["hookkit-shell", "/usr/local/bin/hookkit-shell", "./hookkit-shell"] {
      #expect(Shell.answers(to: path), "\(path)")
    }
    for path in ["-hookkit-shell", "shell", "hookkit", "/hookkit-shell/git", "", "hookkit-shell2"] {
      #expect(!Shell.answers(to: path), "\(path)")
    }
  }
}
