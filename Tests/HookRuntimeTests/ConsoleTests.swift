import Gate
import HookWire
@testable import HookRuntime
import Testing

@Suite struct ConsoleTests {
  @Test("a host that shows marked lines alone gets its mark on the first, and on no other")
  func marked() {
    let lines = ["error: HK101 one", "       two", "hint: three"]
    #expect(
      Console.marked(lines, for: .gitlab) == ["GL-HOOK-ERR: error: HK101 one"] + lines.dropFirst())
    for host in HostProfile.allCases where host != .gitlab {
      #expect(Console.marked(lines, for: host) == lines, "\(host)")
    }
    #expect(Console.marked(lines, for: nil) == lines)
  }

  @Test("nothing to say stays nothing, whatever the host", arguments: HostProfile.allCases)
  func empty(_ host: HostProfile) {
    #expect(Console.marked([], for: host) == [])
  }
}

/// What a pusher is told of their own push options.
@Suite struct AnswerTests {
  private func warnings(_ options: String...) throws -> [String] {
    Answer.warnings(try PushOptions(options.map { Array($0.utf8) }))
  }

  @Test("options that hookkit knows, and those meant for others, are not spoken of")
  func silent() throws {
    #expect(
      try warnings("hookkit.format=json", "hookkit.reason=hotfix", "ci.skip", "topic=x") == [])
  }

  @Test("an option that does not do what its sender thinks is named, and why")
  func named() throws {
    #expect(
      try warnings("hookkit.formt=json", "hookkit.format=xml", "hookkit.format=human") == [
        "warning: no such push option: hookkit.formt=json",
        "warning: push option with an invalid value: hookkit.format=xml",
        "warning: only the first one counts: hookkit.format=human",
      ])
  }

  @Test("what a stranger wrote is cut and escaped, and at most four are told")
  func bounded() throws {
    let lines = try warnings(
      "hookkit.\u{1b}[2J\n", "hookkit." + String(repeating: "x", count: 5000), "hookkit.c",
      "hookkit.d", "hookkit.e")
    #expect(lines.count == 4)
    for line in lines {
      #expect(
        line.utf8.allSatisfy { (0x20...0x7e).contains($0) } && line.utf8.count <= 80, "\(line)")
    }
  }
}

@Suite struct VerdictTests {
  @Test("a hook ends with 0 for what is allowed alone")
  func exits() {
    #expect(Verdict.allow.exitCode == 0)
    #expect(Verdict.refuse.exitCode == 1)
    #expect(Verdict.hold.exitCode == 1, "git takes 8 for a refusal as well; a hold says so itself")
    #expect(Verdict.undecided.exitCode == 3)
  }
}
