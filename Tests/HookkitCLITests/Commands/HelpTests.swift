import TestSupport
import Testing

@Suite("help and completion")
struct HelpTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test("every command that help lists has a page of its own")
  func commands() throws {
    let page = try sandbox.hookkit("help")
    #expect(page.succeeded)
    let list = page.lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
    let names = list.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first }.map(String.init)
    #expect(names.contains("install") && names.contains("doctor"))
    for name in names {
      let help = try sandbox.hookkit("help", name)
      #expect(help.succeeded)
      #expect(help.output.contains("USAGE: hookkit \(name)"))
    }
  }

  @Test(
    "every topic has a page", arguments: ["exit-codes", "environment", "policy", "codes", "hosts"])
  func topics(_ topic: String) throws {
    #expect(try sandbox.hookkit("help").output.contains("\n  \(topic) "))
    let page = try sandbox.hookkit("help", topic)
    #expect(page.succeeded)
    #expect(page.lines.count > 5)
    #expect(page.stderr.isEmpty)
  }

  @Test("a word that is a command and a topic gives both pages")
  func both() throws {
    let page = try sandbox.hookkit("help", "policy").output
    #expect(page.contains("USAGE: hookkit policy"))
    #expect(page.contains("A policy is TOML"))
  }

  @Test("help on a word that is near another names it")
  func nearest() throws {
    let outcome = try sandbox.hookkit("help", "exit-code")
    #expect(outcome.exit == 2)
    #expect(outcome.errors.contains("hookkit help exit-codes"))
  }

  @Test(
    "the completion of a shell is a script that the shell can read",
    arguments: ["bash", "zsh", "fish"])
  func completion(_ shell: String) throws {
    let script = try sandbox.hookkit("completion", shell)
    #expect(script.succeeded)
    for word in ["install", "uninstall", "doctor"] { #expect(script.output.contains(word)) }
    guard try sandbox.run(["sh", "-c", "command -v \(shell)"]).succeeded else { return }
    let check = try sandbox.run([shell, "-n", "/dev/stdin"], stdin: script.stdout)
    #expect(check.succeeded, "\(check)")
  }

  @Test("an unknown shell is a mistake in the command line")
  func unknownShell() throws {
    #expect(try sandbox.hookkit("completion", "csh").exit == 2)
  }
}
