import Foundation
import HookkitCLI
import TestSupport
import Testing

/// The manual and the completions, as a package installs them.
@Suite("help --generate")
struct HelpGenerateTests {
  let sandbox: Sandbox
  let pages: [String]

  init() throws {
    sandbox = try Sandbox()
    let outcome = try sandbox.hookkit("help", "--generate", sandbox.path("made"))
    #expect(outcome.succeeded && outcome.stdout.isEmpty, "\(outcome)")
    pages = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("made/man")).sorted()
  }

  private func page(_ name: String) throws -> String { try sandbox.text("made/man/\(name)") }

  /// The first words of the lines below a heading of `hookkit help`.
  private func words(_ heading: String, of command: [String] = []) throws -> [String] {
    let help = try sandbox.run(
      ["\(try Executables.installed(in: sandbox))/hookkit"] + command + ["--help"])
    return help.lines.drop { $0 != heading }.dropFirst().prefix { !$0.isEmpty }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first }.map(String.init)
  }

  /// A dash as troff wants it.
  private static func escaped(_ text: String) -> String { text.replacing("-", with: "\\-") }

  @Test("every command has a page, with every word and every option that its help shows")
  func commands() throws {
    let commands = try words("SUBCOMMANDS:")
    #expect(commands.contains("review") && commands.contains("quarantine"))
    for command in commands {
      let text = try page("hookkit-\(command).1")
      let overview = try page("hookkit.1")
      #expect(overview.contains("\\fBhookkit\\-\(Self.escaped(command))\\fR(1)"))
      let below = try words("SUBCOMMANDS:", of: [command])
      for words in below.isEmpty ? [[command]] : below.map({ [command, $0] }) {
        #expect(text.contains("\\fBhookkit \(Self.escaped(words.joined(separator: " ")))\\fR"))
        for option in try self.words("OPTIONS:", of: words) where option.hasPrefix("-") {
          let names = option.split(whereSeparator: { $0 == "," || $0 == "/" })
          for name in names where !["--version", "-h"].contains(name) {
            #expect(text.contains(Self.escaped(String(name))), "\(words) \(name)")
          }
        }
      }
    }
  }

  @Test("the examples of the manual are command lines that can be read, and stand on their pages")
  func examples() throws {
    for (command, examples) in CommandExamples.all {
      let text = try page("hookkit-\(command).1")
      #expect(text.contains(".SH \"EXAMPLES\""))
      for example in examples {
        #expect(example.words.prefix(2) == ["hookkit", command])
        #expect(throws: Never.self, "\(example.words)") {
          try Hookkit.read(Array(example.words.dropFirst()))
        }
        let line = example.words.joined(separator: " ")
        #expect(text.contains("\\fB\(Self.escaped(line))\\fR"), "\(line)")
      }
    }
    let without = Set(try words("SUBCOMMANDS:")).subtracting(CommandExamples.all.keys)
    #expect(without == ["authorized-keys", "demo"])
  }

  @Test("every executable that is installed has a page")
  func executables() throws {
    let bin = try Executables.installed(in: sandbox)
    for name in try FileManager.default.contentsOfDirectory(atPath: bin) {
      #expect(pages.contains("\(name).1"))
    }
  }

  @Test("every code has its page, every key of the policy, variable and exit code its line")
  func registries() throws {
    let codes = try page("hookkit-codes.7")
    let listed = try sandbox.hookkit("help", "codes").lines.compactMap { line in
      line.split(separator: " ").first.flatMap { $0.hasPrefix("HK") ? String($0) : nil }
    }
    #expect(listed.count > 50)
    for code in listed { #expect(codes.contains(".SS \"\(code) ")) }
    let own = try page("hookkit.1")
    for word in ["HOOKKIT_PUSHER", "NO_COLOR", "3  undecided", "70  bug"] {
      #expect(own.contains("\\fB\(word)\\fR"))
    }
    let policy = try page("hookkit-policy.5")
    for word in ["[[protect]]", "[limits]"] { #expect(policy.contains(".SS \"\(word)\"")) }
    #expect(try page("hookkit-hosts.7").contains(".SS \"gitolite\""))
  }

  @Test("groff finds nothing to warn of")
  func groff() throws {
    for page in pages {
      // As man does it: in the folder above `man1`, for the pages that are others by a second name.
      try sandbox.makeFolder("root/man\(page.last.map(String.init) ?? "")")
      try FileManager.default.copyItem(
        atPath: sandbox.path("made/man/\(page)"),
        toPath: sandbox.path("root/man\(page.last.map(String.init) ?? "")/\(page)"))
    }
    for page in pages {
      let check = try sandbox.run(
        ["groff", "-s", "-man", "-ww", "-Tutf8", "-z", "man\(page.suffix(1))/\(page)"], in: "root")
      #expect(check.succeeded && check.stderr.isEmpty, "\(page): \(check)")
    }
  }

  @Test("the same program writes the same bytes, whatever the day")
  func reproducible() throws {
    sandbox.advance(by: 86_400 * 400)
    #expect(try sandbox.hookkit("help", "--generate", sandbox.path("again")).succeeded)
    #expect(try sandbox.run(["diff", "-r", "made", "again"]).succeeded)
  }

  @Test("a completion is the script that `hookkit completion` prints, for a shell to source")
  func completions() throws {
    for (shell, name) in [("bash", "hookkit.bash"), ("zsh", "_hookkit"), ("fish", "hookkit.fish")] {
      let file = try sandbox.text("made/completions/\(name)")
      let printed = try sandbox.hookkit("completion", shell).output
      #expect(printed.hasSuffix(file))
      #expect(!file.hasPrefix("#!"))
    }
  }

  @Test("a page looks as it should")
  func looks() throws {
    try expectSnapshot(
      try page("hookkit-quarantine.1"), named: "HelpGenerateTests.page", in: sandbox)
  }

  @Test("a folder that cannot be written is an error")
  func unwritable() throws {
    try sandbox.write("no folder\n", to: "file")
    let outcome = try sandbox.hookkit("help", "--generate", sandbox.path("file"))
    #expect(outcome.exit == 3, "\(outcome)")
  }
}
