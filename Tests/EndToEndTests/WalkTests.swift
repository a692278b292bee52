import Foundation
import TestSupport
import Testing

/// The way of the README in real terminals: an administrator, a developer, an agent and a reviewer, each in
/// a shell of their own, plain git over a real sshd, and nothing edited by hand. The transcript is the same
/// in every shell.
@Suite(
  "A walk through the README, typed",
  // Where everything must be tested, a missing program is a failure.
  .enabled(
    if: TerminalWindows.missing.isEmpty
      || ProcessInfo.processInfo.environment["HOOKKIT_STRICT"] == "1",
    "needs tmux, zsh and fish: ./install.sh --deps --test"))
struct WalkTests {
  @Test(
    "it is the same in every shell, and no line is wider than the terminal",
    arguments: TerminalWindows.Shell.allCases, [80, 120])
  func walk(in shell: TerminalWindows.Shell, columns: Int) async throws {
    try #require(TerminalWindows.missing.isEmpty)
    // Who waits for a terminal must not keep other tests from going on.
    let walk = try await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Walk, any Error>, Never>) in
      Thread.detachNewThread {
        continuation.resume(returning: Result { try Walk.walked(shell, columns) })
      }
    }.get()
    #expect(walk.flaws.isEmpty, "\(walk.flaws.joined(separator: "\n"))\nafter\n\(walk.transcript)")
    let keys = try walk.people.map { name, person in
      (try #require(person.key).publicLine.split(separator: " ").map(String.init)[1], "<\(name)'s>")
    }
    try expectSnapshot(
      walk.transcript.replacing(/\b[0-9a-f]{64}\b/, with: "<sha256>"),
      named: "WalkTests.\(columns)", in: walk.sandbox, replacing: [(walk.hold, "Q0000")] + keys)
    for line in walk.printed where line.utf8.count > columns && !Self.mayBeWide(line) {
      Issue.record("wider than \(columns): \(line)")
    }
  }

  /// Content of a file or of a policy, a command to copy, a word that nothing can break, and what git says.
  private static func mayBeWide(_ line: String) -> Bool {
    line.hasPrefix("+") || line.contains("hint: ") || line.hasPrefix(" ! [remote rejected]")
      || line.split(separator: " ").contains { $0.utf8.count >= 64 }
  }
}

/// One walk, and what its terminals showed.
private struct Walk: Sendable {
  let sandbox: Sandbox
  private let windows: TerminalWindows
  let people: [String: TestPerson]
  private let sshd: LoopbackSSHD
  private(set) var transcript = ""
  /// What was printed, without what was typed.
  private(set) var printed: [String] = []
  private(set) var hold = ""
  /// What was not as it must be.
  private(set) var flaws: [String] = []
  private var frank: TerminalWindows.Window?

  init(_ shell: TerminalWindows.Shell, columns: Int) throws {
    sandbox = try Sandbox(below: "/tmp")
    windows = try TerminalWindows(shell, columns: columns, in: sandbox)
    try sandbox.makeFolder("srv")
    sshd = try LoopbackSSHD(
      in: sandbox, serving: sandbox.path("srv"),
      policies: [sandbox.path("srv/app.git/hookkit/policy.toml")])
    var people: [String: TestPerson] = [:]
    for name in ["dana", "frank", "codex", "erin"] {
      let person = try sandbox.person(name)
      people[name] = person
      for (suffix, mode) in [("", 0o600), (".pub", 0o644)] as [(String, mode_t)] {
        try sandbox.write(
          try sandbox.read("keys/\(name)\(suffix)"), to: "homes/\(name)/.ssh/id_ed25519\(suffix)",
          mode: mode)
      }
      try sandbox.write(
        """
        [user]
        \tname = \(name)
        \temail = \(person.email)
        \tsigningkey = ~/.ssh/id_ed25519
        [protocol "file"]
        \tallow = always

        """, to: "homes/\(name)/.gitconfig")
    }
    self.people = people
  }

  private func open(_ name: String, in folder: String? = nil) throws -> TerminalWindows.Window {
    var env = sshd.environment(as: people[name] ?? TestPerson(name))
    env["GIT_SSH_COMMAND"]? += " -o HostName=127.0.0.1"
    for half in ["AUTHOR", "COMMITTER"] { env["GIT_\(half)_DATE"] = "\(sandbox.now) +0000" }
    return try windows.open(
      name, in: folder.map(sandbox.path) ?? sandbox.makeFolder("homes/\(name)"), env: env)
  }

  /// git's own lines of progress, whose figures differ from run to run.
  private static let progress = [
    "Enumerating objects:", "Counting objects:", "Delta compression", "Compressing objects:",
    "Writing objects:", "Total ",
  ]

  private mutating func show(
    _ window: TerminalWindows.Window, _ command: String, _ answer: [String]
  ) {
    let lines = answer.filter { line in !Self.progress.contains { line.hasPrefix($0) } }
    transcript += (["\(window.prompt) \(command)"] + lines + [""]).map { "\($0)\n" }.joined()
    printed += lines
  }

  @discardableResult
  private mutating func run(
    _ window: TerminalWindows.Window, _ command: String
  ) throws -> [String] {
    let answer = try window.run(command)
    show(window, command, answer)
    return answer
  }

  private mutating func require(_ holds: Bool, _ what: String) {
    if !holds { flaws.append(what) }
  }

  /// A walk to its end, or to where it did not go on.
  static func walked(_ shell: TerminalWindows.Shell, _ columns: Int) throws -> Walk {
    var walk = try Walk(shell, columns: columns)
    do {
      try walk.administrator()
      try walk.developer()
      try walk.agent()
      try walk.reviewer()
      try walk.afterwards()
    } catch {
      walk.flaws.append("\(error)")
    }
    return walk
  }

  // MARK: The parts

  mutating func administrator() throws {
    let dana = try open("dana", in: "srv")
    try run(dana, "git init --quiet --bare --initial-branch=main app.git")
    try run(
      dana,
      "hookkit install --server --profile team --repository git.example.org/app --person dana "
        + "--email dana@example.org --account dana --key ~/.ssh/id_ed25519.pub app.git")
    try run(dana, "hookkit doctor --probe app.git")
    require(
      try dana.lines(withColors: true).contains { $0.contains("\u{1b}[32mwell") }, "no colour")
    try run(dana, "NO_COLOR=1 hookkit doctor app.git")
    require(
      try !dana.lines(withColors: true).contains { $0.contains("\u{1b}[32m") }, "NO_COLOR has some")
    try run(dana, "cd app.git")
    for name in ["frank", "erin"] {
      try sandbox.write(try sandbox.read("keys/\(name).pub"), to: "srv/app.git/\(name).pub")
      try run(
        dana,
        "hookkit policy add person \(name) --email \(name)@example.org --account \(name) "
          + "--key \(name).pub")
    }
    try sandbox.write(try sandbox.read("keys/codex.pub"), to: "srv/app.git/codex.pub")
    try run(
      dana, "hookkit policy add agent codex --account codex --key codex.pub --sponsor frank")
  }

  private mutating func clone(_ window: TerminalWindows.Window) throws {
    try run(window, "git clone --quiet git.example.org:app.git")
    try run(window, "cd app")
  }

  mutating func developer() throws {
    let frank = try open("frank")
    self.frank = frank
    try clone(frank)
    try run(frank, "git checkout --quiet -B main")
    try run(frank, "git commit --quiet --allow-empty -m Start")
    try run(frank, "git push origin main")
    try run(frank, "hookkit install")
    try run(frank, "hookkit status")
    try run(frank, "hookkit whoami")
  }

  mutating func agent() throws {
    let codex = try open("codex")
    try clone(codex)
    try sandbox.write("int retry;\n", to: "homes/codex/app/net.c")
    try sandbox.write(GuardedServer.lockText(), to: "homes/codex/app/package-lock.json")
    try run(codex, "git add .")
    try run(codex, "git commit --quiet -m 'Retry on 429'")
    try run(codex, "hookkit check")
    let answer = try run(codex, "git push origin main")
    hold = answer.joined().firstMatch(of: /held as\s+(Q[0-9A-Z]{4})/).map { String($0.1) } ?? ""
    require(!hold.isEmpty, "nothing is held")
  }

  mutating func reviewer() throws {
    let erin = try open("erin")
    try clone(erin)
    try run(erin, "hookkit status")
    // The inbox asks which one; its answer is a page and a question.
    try erin.clear()
    try erin.type("hookkit review")
    try erin.press("Enter")
    try erin.wait(for: "which one? [1-1, enter for none]")
    try erin.type("1")
    try erin.press("Enter")
    try erin.wait(for: "[y/N]")
    try erin.type("n")
    try erin.press("Enter")
    show(erin, "hookkit review", try erin.answer(to: "hookkit review"))
    // A command is completed, and so is a hold that has been seen.
    try erin.clear()
    try erin.type("hookkit app")
    try erin.press("Tab")
    try erin.wait(for: "hookkit approve")
    try erin.type(String(hold.prefix(2)))
    try erin.press("Tab")
    try erin.wait(for: "hookkit approve \(hold)")
    try erin.press("Enter")
    try erin.wait(for: "[y/N]")
    try erin.type("y")
    try erin.press("Enter")
    show(erin, "hookkit approve \(hold)", try erin.answer(to: "hookkit approve \(hold)"))
    try run(erin, "hookkit review")
    try run(erin, "git pull --quiet")
    try run(erin, "git log --oneline")
  }

  mutating func afterwards() throws {
    guard let frank else { return }
    try run(frank, "hookkit verify")
  }
}
