internal import Platform
internal import Primitives
internal import Report

/// Where the demo plays: a folder of its own, an environment made from nothing, and a terminal on which
/// every command and all that it prints is shown.
struct Stage {
  let folder: String
  private let tools: String
  private let environment: Environment
  private let terminal: Terminal
  private var scene = 0

  /// Who gives a command: the name at the prompt, the account that the server sees, the clone.
  struct Actor {
    let name: String
    let account: String?
    let clone: String
  }

  /// What must come of a command.
  enum Outcome {
    case done
    /// It fails, and says this.
    case refused(String)
  }

  init(folder: String, tools: String, environment: Environment, terminal: Terminal) {
    self.folder = folder
    self.tools = tools
    self.environment = environment
    self.terminal = terminal
  }

  func path(_ name: String) -> String { folder + "/" + name }

  // MARK: The story

  mutating func begin(_ claim: String) {
    scene += 1
    terminal.print()
    terminal.print(terminal.styled("\(scene). \(claim)", .strong))
  }

  func say(_ text: String) {
    terminal.print(terminal.styled("   \(text)", .faint))
  }

  /// Shows a command, runs it, shows what it prints, and requires its outcome.
  ///
  /// - Throws: `CommandError` when the outcome is another.
  @discardableResult
  func run(
    _ actor: Actor, _ command: String..., expecting expected: Outcome = .done
  ) throws -> [UInt8] {
    terminal.print("\(actor.name)$ \(CommandLineText.of(command))")
    let outcome = try start(actor, command)
    let said = outcome.output + outcome.errors
    for line in said.split(separator: 0x0a) {
      terminal.print("  " + String(decoding: line.filter { $0 >= 0x20 }, as: UTF8.self))
    }
    switch expected {
    case .done:
      guard outcome.succeeded else {
        throw deviation(command, "it should have gone through, and ended with \(outcome.status)")
      }
    case .refused(let code):
      guard !outcome.succeeded else { throw deviation(command, "it should have been refused") }
      guard contains(said, code) else {
        throw deviation(command, "it was refused, but not because of \(code)")
      }
      terminal.print(terminal.styled("  refused, as it must be", .good))
    }
    return outcome.output
  }

  /// Runs a command that is no part of the story; returns what it prints, without the last line feed.
  @discardableResult
  func quietly(_ actor: Actor, _ command: String...) throws -> String {
    let outcome = try start(actor, command)
    guard outcome.succeeded else {
      throw deviation(
        command, Escaped.text(outcome.errors.prefix { $0 != 0x0a }, limit: 200))
    }
    return String(decoding: outcome.output.prefix { $0 != 0x0a }, as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    try FileBytes.replace(path(name), with: Array(text.utf8))
  }

  // MARK: Machinery

  private func start(_ actor: Actor, _ command: [String]) throws -> Subprocess.Outcome {
    var words = command
    // Run in the actor's clone without a shell: git and hookkit both take the folder as -C.
    if ["git", "hookkit"].contains(words[0]) {
      words.insert(contentsOf: ["-C", path(actor.clone)], at: 1)
    }
    if words[0] == "hookkit" { words[0] = tools + "/hookkit" }
    var variables: [(name: String, value: [UInt8])] = [
      ("HOME", Array(folder.utf8)), ("TMPDIR", Array(folder.utf8)),
      ("PATH", Array(tools.utf8) + [0x3a] + (environment.bytes("PATH") ?? [])),
      ("GIT_CONFIG_NOSYSTEM", [0x31]), ("GIT_CONFIG_GLOBAL", Array(path("gitconfig").utf8)),
      ("GIT_TERMINAL_PROMPT", [0x30]), ("GIT_MERGE_AUTOEDIT", Array("no".utf8)),
      ("LANG", Array("C.UTF-8".utf8)), ("TZ", Array("UTC".utf8)), ("TERM", Array("dumb".utf8)),
    ]
    if let account = actor.account { variables.append(("HOOKKIT_PUSHER", Array(account.utf8))) }
    return try Subprocess(words, environment: variables).run(limit: 1 << 20, seconds: 60)
  }

  private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
  }

  private func deviation(_ command: [String], _ what: String) -> CommandError {
    CommandError(
      .bug, "the demo did not go as it must",
      details: [CommandLineText.of(command), what, "the folder is \(folder)"],
      hints: [.init("please report it with", "hookkit", "--version")])
  }
}
