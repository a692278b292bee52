import HookkitCLI
import TestSupport
import Testing

@Suite("the command line")
struct HookkitTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private func run(_ words: [String], env: [String: String] = [:]) throws -> Outcome {
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run(["\(bin)/hookkit"] + words, env: env)
  }

  @Test("an unknown word is an error that names the likely one, and never means something else")
  func usage() throws {
    var text = ""
    for words in [
      ["reveiw"], ["review", "aprove"], ["quarantine"], ["polcy", "show"], ["xyzzy"],
      ["review", "list", "--josn"], ["review", "approve"], ["policy", "test", "--ref"],
      ["review", "list", "--json", "--format", "sarif"], ["--color", "blue", "review", "list"],
      ["-C", "missing", "policy", "show"], ["review", "show", "a\u{1b}b", "c"],
    ] {
      let outcome = try run(words)
      #expect(outcome.exit == (words[0] == "-C" ? 3 : 2), "\(outcome)")
      #expect(outcome.output == "")
      text += "$ hookkit \(words.joined(separator: " "))\n\(outcome.errors)[\(outcome.ending)]\n"
    }
    try expectSnapshot(
      text.replacing("\u{1b}b c\n", with: "<ESC>b c\n"), named: "HookkitTests.usage", in: sandbox)
  }

  @Test("help and version are data, and no error")
  func help() throws {
    #expect(try run(["--version"]).output.hasPrefix("hookkit "))
    for words in [["--help"], ["review", "--help"], ["review", "approve", "-h"], []] {
      let outcome = try run(words)
      #expect(outcome.exit == 0, "\(outcome)")
      #expect(outcome.output.contains("USAGE"))
      #expect(outcome.errors == "")
    }
  }

  @Test("global options stand before or behind the command")
  func globalOptions() throws {
    let repository = try sandbox.repository()
    for words in [
      ["-C", repository.path, "policy", "show"], ["policy", "-C", repository.path, "show"],
      ["policy", "show", "-C", repository.path],
      ["--color=never", "-C", repository.path, "policy", "show"],
    ] {
      let outcome = try run(words)
      #expect(outcome.errors.contains("HK801"), "\(outcome)")
    }
  }

  @Test("colours come from --color, NO_COLOR, CLICOLOR_FORCE and the terminal, in that order")
  func colours() throws {
    let cases: [([String], [String: String], Bool)] = [
      ([], [:], false), (["--color", "always"], [:], true),
      ([], ["CLICOLOR_FORCE": "1"], true), ([], ["CLICOLOR_FORCE": "0"], false),
      ([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
      (["--color", "always"], ["NO_COLOR": "1"], true),
      (["--color", "never"], ["CLICOLOR_FORCE": "1"], false),
    ]
    for (words, env, colours) in cases {
      let outcome = try run(words + ["policy", "show"], env: env)
      #expect(outcome.errors.contains("\u{1b}[") == colours, "\(words) \(env)")
    }
  }

  @Test("output that cannot be written is an error")
  func fullDisk() throws {
    let outcome = try run(["--version"])
    #expect(outcome.succeeded)
    let bin = try Executables.installed(in: sandbox)
    let full = try sandbox.run(["sh", "-c", "'\(bin)/hookkit' --version > /dev/full"])
    #expect(full.exit == 3, "\(full)")
    #expect(full.errors.contains("cannot write standard output"), "\(full)")
  }

  @Test("a fault of hookkit's own is HK970, with an exit code of its own")
  func fault() throws {
    let repository = try sandbox.repository()
    try Sandbox.writeFile(
      Array("#!/bin/sh\nkill -ILL $PPID\nexec sleep 5\n".utf8),
      to: "\(sandbox.makeFolder("fake"))/git", mode: 0o755)
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(
      ["\(bin)/hookkit", "review", "list"], in: repository.path,
      env: ["PATH": "\(sandbox.path("fake")):/usr/bin:/bin"])
    #expect(outcome.exit == 70, "\(outcome)")
    #expect(outcome.errors.hasPrefix("error: HK970 internal error\nhint: "), "\(outcome)")
    #expect(outcome.output == "")
  }

  @Test("a repository of another object format is refused in words")
  func sha256() throws {
    let repository = try sandbox.repository("new", options: ["--object-format=sha256"])
    let outcome = try sandbox.hookkit("review", "list", in: repository.path)
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("sha256"), "\(outcome)")
  }
}
