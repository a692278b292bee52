import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Terminals of one size, a shell in each, as a person has them before them: windows of a tmux of its own,
/// which is typed into and whose screens are read.
package final class TerminalWindows: Sendable {
  /// The shells that the tests type into.
  package enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// The file in the home folder that an interactive shell reads, and what it needs there so that its prompt
    /// is `prompt` and a blank, and hookkit's completions are known.
    func start(prompt: String, completions: String) -> (file: String, text: String) {
      switch self {
      case .bash:
        (".bashrc", "PS1='\(prompt) '\nHISTFILE=\nsource \(completions)/hookkit.bash\n")
      case .zsh:
        (
          ".zshrc",
          """
          PROMPT='\(prompt) '
          unsetopt prompt_sp
          fpath=(\(completions) $fpath)
          autoload -Uz compinit
          compinit -D -u

          """
        )
      case .fish:
        (
          ".config/fish/config.fish",
          """
          set -g fish_greeting
          set -g fish_autosuggestion_enabled 0
          function fish_prompt
              echo -n '\(prompt) '
          end
          source \(completions)/hookkit.fish

          """
        )
      }
    }

    var arguments: [String] {
      switch self {
      case .bash: ["bash", "--noprofile"]
      case .zsh: ["zsh", "--no-globalrcs"]
      case .fish: ["fish", "--private"]
      }
    }
  }

  /// The programs without which there are no windows, of those that are not installed.
  package static var missing: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let folders = path.split(separator: ":")
    return (["tmux"] + Shell.allCases.map(\.rawValue)).filter { name in
      !folders.contains { access("\($0)/\(name)", X_OK) == 0 }
    }
  }

  package let shell: Shell
  package let columns: Int
  private let sandbox: Sandbox
  private let socket: String
  private let server: BackgroundProcess

  package init(_ shell: Shell, columns: Int, in sandbox: Sandbox) throws {
    self.shell = shell
    self.columns = columns
    self.sandbox = sandbox
    socket = sandbox.path("tmux")
    let settings = try sandbox.write(
      "set -g status off\nset -g history-limit 20000\nset -g escape-time 0\n", to: "tmux.conf")
    server = try BackgroundProcess(["tmux", "-D", "-S", socket, "-f", settings], in: sandbox)
    let made = try sandbox.hookkit("help", "--generate", sandbox.path("generated"))
    guard made.succeeded else { throw UnexpectedOutcome("the completions", made) }
    try server.wait { sandbox.exists("tmux") }
  }

  /// One window, whose shell has a home folder of its own: `homes/<name>`.
  package final class Window: Sendable {
    package let name: String
    private let windows: TerminalWindows
    package var prompt: String { "\(name)$" }

    fileprivate init(_ name: String, in windows: TerminalWindows) {
      self.name = name
      self.windows = windows
    }

    /// Types text, as keys.
    package func type(_ text: String) throws {
      try windows.tmux("send-keys", "-t", name, "-l", "--", text)
    }

    /// Presses keys, by tmux's names for them: `Enter`, `Tab`, `C-c`.
    package func press(_ keys: String...) throws {
      try windows.tmux(["send-keys", "-t", name] + keys)
    }

    /// What stands on the screen and above it, a line that the terminal has broken in one piece again.
    ///
    /// - Parameter withColors: with the terminal's escape sequences.
    package func lines(withColors: Bool = false) throws -> [String] {
      let colors = withColors ? ["-e"] : []
      var lines = try windows.tmux(
        ["capture-pane", "-p", "-J", "-S", "-"] + colors + ["-t", name]
      ).lines.map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }
      while lines.last?.isEmpty ?? false { lines.removeLast() }
      return lines
    }

    /// Waits, at most two minutes, until the screen is as it must be.
    @discardableResult
    package func wait(
      for what: String, until condition: ([String]) -> Bool
    ) throws -> [String] {
      for _ in 0..<4000 {
        let lines = try lines()
        if condition(lines) { return lines }
        usleep(30_000)
      }
      throw NotShown(
        description: "\(name) waited for \(what):\n\(try lines().joined(separator: "\n"))")
    }

    /// Waits until the last line of the screen ends in some text.
    package func wait(for text: String) throws {
      try wait(for: text.debugDescription) { $0.last?.hasSuffix(text) ?? false }
    }

    /// Waits for an empty prompt; what was printed after the command line before it is the answer.
    package func answer(to command: String) throws -> [String] {
      let lines = try wait(for: "the end of \(command)") { lines in
        lines.count > 1 && lines.last == prompt
          && lines.filter { $0.hasPrefix(prompt) }.count == 2
      }
      // Shells break a long command line themselves, each in its own way.
      func letters(_ text: String) -> String { text.filter { $0 != " " } }
      var echoed = ""
      let count = lines.prefix { line in
        guard echoed != letters("\(prompt)\(command)") else { return false }
        echoed += letters(line)
        return true
      }.count
      return Array(lines[count..<(lines.count - 1)])
    }

    /// Empties the screen; the shell writes its prompt again.
    package func clear() throws {
      guard try lines() != [prompt] else { return }
      try press("C-l")
      // The shell comes to it when it likes, and what it clears goes above the screen.
      try wait(for: "an empty prompt") { lines in
        if lines != [prompt] { _ = try? windows.tmux("clear-history", "-t", name) }
        return lines == [prompt]
      }
    }

    /// Types a command line, and gives what it prints.
    package func run(_ command: String) throws -> [String] {
      try clear()
      try type(command)
      try press("Enter")
      return try answer(to: command)
    }
  }

  /// What should have stood on a screen.
  package struct NotShown: Error, CustomStringConvertible {
    package let description: String
  }

  /// Opens a window.
  ///
  /// - Parameters:
  ///   - directory: where the shell starts, absolute.
  ///   - env: variables besides PATH, HOME, TERM and the language.
  package func open(
    _ name: String, in directory: String, env: [String: String] = [:]
  ) throws -> Window {
    let window = Window(name, in: self)
    let home = try sandbox.makeFolder("homes/\(name)")
    let start = shell.start(
      prompt: window.prompt, completions: sandbox.path("generated/completions"))
    try sandbox.write(start.text, to: "homes/\(name)/\(start.file)")
    let bin = try Executables.installed(in: sandbox)
    let variables = [
      "PATH": "\(bin):\(sandbox.environment["PATH"] ?? "/usr/bin:/bin")", "HOME": home,
      "TERM": "screen", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "TMPDIR": sandbox.path("tmp"), "GIT_CONFIG_NOSYSTEM": "1", "SHELL": "/bin/sh",
    ].merging(env) { $1 }
    try tmux(
      [
        "new-session", "-d", "-x", "\(columns)", "-y", "400", "-s", name, "-c", directory, "--",
        "env", "-i",
      ] + variables.map { "\($0)=\($1)" }.sorted() + shell.arguments)
    try window.wait(for: "the prompt") { $0.last == window.prompt }
    return window
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> Outcome { try tmux(arguments) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> Outcome {
    let outcome = try sandbox.run(["tmux", "-S", socket] + arguments)
    guard outcome.succeeded else { throw UnexpectedOutcome("success", outcome) }
    return outcome
  }
}
