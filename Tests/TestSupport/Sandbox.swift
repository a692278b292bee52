package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of its own for one test, with a home, a git configuration and a clock, in which nothing
/// of the machine, of its user or of another test can be seen.
///
/// The folder goes away with the last reference to the sandbox; `HOOKKIT_KEEP=1` keeps it and says
/// where it is.
package final class Sandbox: Sendable {
  /// The absolute path of the folder, without symbolic links.
  package let root: String
  private let state: Locked<State>

  private struct State {
    var seconds = Sandbox.epoch
    var additions: [String: String] = [:]
  }

  /// Where each sandbox's clock starts: 2026-01-01 00:00:00 UTC.
  package static let epoch = 1_767_225_600

  /// - Parameter folder: where it is made; in `TMPDIR` when left out. A test that shows paths on a terminal of
  ///   some width names one, so that they are equally long in every run.
  package init(below folder: String? = nil) throws {
    let base = folder ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(base)/hookkit-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw SystemCallFailed("mkdtemp in \(base)")
    }
    defer { free(real) }
    root = String(cString: real)
    state = Locked(State())
    try makeFolder("home")
    try makeFolder("tmp")
    try write(Self.gitConfiguration, to: "gitconfig")
  }

  deinit {
    if ProcessInfo.processInfo.environment["HOOKKIT_KEEP"] == "1" {
      FileHandle.standardError.write(Data("kept \(root)\n".utf8))
      return
    }
    try? FileManager.default.removeItem(atPath: root)
  }

  private static let gitConfiguration = """
    [user]
    \tname = Test Person
    \temail = test@example.org
    [init]
    \tdefaultBranch = main
    [gc]
    \tauto = 0
    [maintenance]
    \tauto = false
    [core]
    \tfsync = none
    [gpg]
    \tformat = ssh
    [protocol "file"]
    \tallow = always

    """

  // MARK: Environment and clock

  /// What every command in the sandbox sees, and nothing else: the machine's own variables are not
  /// filtered but left out, so that no `GIT_*`, `HOOKKIT_*` or agent's marker can come through.
  package var environment: [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    let (seconds, additions) = state.withLock { ($0.seconds, $0.additions) }
    var result = [
      "PATH": inherited["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "HOME": path("home"),
      "TMPDIR": path("tmp"),
      "LANG": "C.UTF-8",
      "LC_ALL": "C.UTF-8",
      "TZ": "UTC",
      "TERM": "dumb",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_CONFIG_GLOBAL": path("gitconfig"),
      "GIT_TERMINAL_PROMPT": "0",
      "GIT_EDITOR": ":",
      "GIT_AUTHOR_DATE": "\(seconds) +0000",
      "GIT_COMMITTER_DATE": "\(seconds) +0000",
    ]
    // Where the Swift runtime is, on machines that need to be told.
    result["LD_LIBRARY_PATH"] = inherited["LD_LIBRARY_PATH"]
    return result.merging(additions) { $1 }
  }

  /// Sets a variable for every later command of the sandbox; `nil` takes it back.
  package func setEnvironment(_ name: String, _ value: String?) {
    state.withLock { $0.additions[name] = value }
  }

  /// The time that git writes into commits, in seconds since 1970.
  package var now: Int { state.withLock { $0.seconds } }

  /// Moves the clock, backwards too.
  package func advance(by seconds: Int = 60) {
    state.withLock { $0.seconds += seconds }
  }

  // MARK: Files

  /// The absolute path of something in the sandbox.
  package func path(_ relative: String) -> String { "\(root)/\(relative)" }

  /// Makes a folder and those above it.
  @discardableResult
  package func makeFolder(_ relative: String) throws -> String {
    let result = path(relative)
    try FileManager.default.createDirectory(atPath: result, withIntermediateDirectories: true)
    return result
  }

  /// Writes a file of the sandbox, with the folders above it; see ``writeFile(_:to:mode:)``.
  @discardableResult
  package func write(_ text: String, to relative: String, mode: mode_t = 0o644) throws -> String {
    try write(Array(text.utf8), to: relative, mode: mode)
  }

  /// Writes a file of the sandbox, with the folders above it; see ``writeFile(_:to:mode:)``.
  @discardableResult
  package func write(
    _ bytes: [UInt8], to relative: String, mode: mode_t = 0o644
  ) throws -> String {
    let result = path(relative)
    try Self.writeFile(bytes, to: result, mode: mode)
    return result
  }

  /// Writes a file at an absolute path, with the folders above it, in such a way that an executable
  /// can be run at once although other tests are starting processes.
  package static func writeFile(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try ChildProcess.startLock.withLock {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      guard chmod(path, mode) == 0 else { throw SystemCallFailed("chmod \(path)") }
    }
  }

  /// The bytes of a file of the sandbox.
  package func read(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }

  /// The text of a file of the sandbox.
  package func text(_ relative: String) throws -> String {
    String(decoding: try read(relative), as: UTF8.self)
  }

  /// Whether something is there, a dangling symbolic link included.
  package func exists(_ relative: String) -> Bool {
    var status = stat()
    return lstat(path(relative), &status) == 0
  }

  // MARK: Commands

  /// Runs a command to its end.
  ///
  /// - Parameters:
  ///   - directory: Absolute, or relative to the sandbox; the sandbox itself when left out.
  ///   - stdin: What the command reads; an empty input when left out.
  ///   - env: Variables on top of ``environment``; an empty value is passed on as such.
  ///   - unset: Variables to take out of ``environment``.
  ///   - timeLimit: Seconds until its whole process group is killed.
  package func run(
    _ arguments: [String], in directory: String? = nil, stdin: [UInt8]? = nil,
    env: [String: String] = [:], unset: Set<String> = [], timeLimit: Double = 60
  ) throws -> Outcome {
    try CommandRun(
      arguments: arguments, directory: absolute(directory),
      environment: environment.filter { !unset.contains($0.key) }.merging(env) { $1 },
      stdin: stdin, timeLimit: timeLimit
    ).outcome()
  }

  /// Runs git and requires that it succeeds.
  @discardableResult
  package func git(
    _ arguments: String..., in directory: String? = nil, stdin: [UInt8]? = nil,
    env: [String: String] = [:]
  ) throws -> Outcome {
    try git(arguments, in: directory, stdin: stdin, env: env)
  }

  /// Runs git and requires that it succeeds.
  @discardableResult
  package func git(
    _ arguments: [String], in directory: String? = nil, stdin: [UInt8]? = nil,
    env: [String: String] = [:]
  ) throws -> Outcome {
    let outcome = try run(["git"] + arguments, in: directory, stdin: stdin, env: env)
    guard outcome.succeeded else { throw UnexpectedOutcome("success", outcome) }
    return outcome
  }

  /// Runs git and requires that it refuses by itself: a signal or the time limit is no refusal.
  @discardableResult
  package func gitFails(
    _ arguments: String..., in directory: String? = nil, stdin: [UInt8]? = nil,
    env: [String: String] = [:]
  ) throws -> Outcome {
    let outcome = try run(["git"] + arguments, in: directory, stdin: stdin, env: env)
    guard let exit = outcome.exit, exit != 0, !outcome.timedOut else {
      throw UnexpectedOutcome("a failure", outcome)
    }
    return outcome
  }

  func absolute(_ directory: String?) -> String {
    guard let directory else { return root }
    return directory.hasPrefix("/") ? directory : path(directory)
  }
}

/// A value behind a lock.
final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) {
    self.value = value
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
