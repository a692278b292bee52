internal import Gate
internal import Platform
internal import Primitives
internal import Report

/// Where the demo plays: one temporary folder with a home, a configuration and keys of its own, in which
/// nothing of this machine's user is read or written.
struct Stage {
  /// Who types a command, and as whom the server knows them.
  enum Actor: String, CaseIterable {
    /// Reviews, and keeps the policy.
    case dana
    /// Answers for the agent.
    case erin
    /// A coding agent.
    case codex
    /// Runs the server.
    case admin
    /// Checks the server from outside.
    case auditor
    /// Has got at the server's disk.
    case mallory

    var email: String { "\(rawValue)@example.org" }
  }

  /// What a command must come to.
  enum Outcome {
    case succeeds
    /// Ends in this exit code, and says these words.
    case fails(Int32, saying: String)
  }

  let folder: String
  private let executables: HookExecutables
  private let environment: Environment
  private let terminal: Terminal

  init(folder: String, _ context: CommandContext) throws {
    self.folder = folder
    environment = context.environment
    terminal = context.terminal
    executables = try HookExecutables(
      beside: ProcessArguments.all.first ?? "hookkit", environment: context.environment)
    guard FileBytes.isExecutable("\(executables.folder)/hookkit") else {
      throw CommandError(
        .undecided, "there is no hookkit beside its hooks in \(executables.folder.quoted)",
        hints: [.init("in a checkout of hookkit", "./install.sh")])
    }
  }

  func path(_ relative: String) -> String { "\(folder)/\(relative)" }

  // MARK: Telling

  func say(_ line: String = "") { terminal.print(line) }

  /// The next scene, and what it claims.
  func scene(_ number: Int, _ claim: String) {
    say()
    say(terminal.styled("\(number). \(claim)", .strong))
  }

  func ok(_ what: String) { say("   \(terminal.styled("ok", .good)) \(what)") }

  /// Ends the story where it goes otherwise than it must.
  func deviation(_ what: String) -> CommandError {
    say("   \(terminal.styled("NOT AS EXPECTED", .error)) \(what)")
    return CommandError(
      .bug, "the demo did not go as it must: \(what)",
      details: ["what this hookkit promises does not hold on this machine"],
      hints: [.init("look at what is left", "hookkit", "demo", "--keep", "DIR")])
  }

  /// Requires something of the state that commands have left.
  func require(_ claim: String, _ holds: Bool) throws {
    guard holds else { throw deviation("\(claim): no") }
    ok(claim)
  }

  // MARK: Doing

  /// Shows a command as its actor types it, runs it, shows all that it prints, and compares how it ended.
  func run(_ actor: Actor, _ words: String..., expecting outcome: Outcome = .succeeds) throws {
    say("   \(terminal.styled("\(actor.rawValue)$ \(CommandLineText.of(words))", .place))")
    let result = try start(actor, words)
    let lines = LocalRepository.lines(result.output).map(Self.shown)
    for line in lines where !line.isEmpty { say("     \(line)") }
    switch outcome {
    case .succeeds:
      guard result.succeeded else { throw deviation("exit code \(result.status) instead of 0") }
    case .fails(let code, let words):
      guard result.status == code else {
        throw deviation("exit code \(result.status) instead of \(code)")
      }
      guard lines.contains(where: { $0.contains(words) }) else {
        throw deviation("it does not say \(words)")
      }
    }
  }

  /// Runs what only sets the scene, unseen; it must succeed.
  @discardableResult
  func quietly(_ actor: Actor, _ words: String...) throws -> String {
    let result = try start(actor, words)
    guard result.succeeded else {
      for line in LocalRepository.lines(result.output) { say("     \(Self.shown(line))") }
      throw deviation("\(CommandLineText.of(words)) failed")
    }
    return LocalRepository.lines(result.output).first.map(Self.shown) ?? ""
  }

  func write(_ text: String, to relative: String) throws {
    try FileBytes.replace(path(relative), with: Array(text.utf8))
  }

  func read(_ relative: String) throws -> String {
    let bytes = try FileBytes.read(path(relative), limit: 1 << 20)
    return String(decoding: bytes, as: UTF8.self).trimmingLineFeeds
  }

  /// Both outputs as one, in the order in which they are written, as on a terminal.
  private func start(_ actor: Actor, _ words: [String]) throws(SystemError) -> Subprocess.Outcome {
    let home = FileBytes.kind(path(actor.rawValue)) == .folder ? path(actor.rawValue) : folder
    return try Subprocess(
      ["sh", "-c", "cd \"$0\" && exec \"$@\" 2>&1", home] + words,
      environment: variables(for: actor)
    ).run(seconds: 120)
  }

  private func variables(for actor: Actor) -> [(name: String, value: [UInt8])] {
    var values = [
      "PATH": "\(executables.folder):\(environment["PATH"] ?? "/usr/bin:/bin")",
      "HOME": path("home"), "TMPDIR": path("tmp"), "LANG": "C", "LC_ALL": "C", "TERM": "dumb",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": path("home/.gitconfig"),
      "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "GIT_EDITOR": ":",
      "GIT_AUTHOR_NAME": actor.rawValue, "GIT_AUTHOR_EMAIL": actor.email,
      "GIT_COMMITTER_NAME": actor.rawValue, "GIT_COMMITTER_EMAIL": actor.email,
      // What a forced command of sshd would set on a real server, by the key that logged in.
      "HOOKKIT_PUSHER": actor.rawValue,
      "HOOKKIT_KEY": path("keys/\(actor.rawValue)"),
    ]
    values["LD_LIBRARY_PATH"] = environment["LD_LIBRARY_PATH"]
    return values.map { ($0.key, Array($0.value.utf8)) }
  }

  /// A line of a command's output: escaped, without the spaces that git pads it with.
  private static func shown(_ line: [UInt8]) -> String {
    var line = line.map { $0 == 0x09 ? 0x20 : $0 }
    while line.last == 0x20 { line.removeLast() }
    return Escaped.text(line, limit: 1000)
  }
}

extension String {
  fileprivate var trimmingLineFeeds: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
