internal import Report
package import Platform
internal import Primitives

/// git, run in one folder with the caller's environment but for the variables that name a repository.
package struct GitCommand: Sendable {
  /// Absolute.
  package let directory: String
  private let environment: [(name: String, value: [UInt8])]

  /// What git-rev-parse(1) `--local-env-vars` lists, without the two that carry `git -c`.
  private static let repositoryVariables: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR",
    "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
    "GIT_REFERENCE_BACKEND", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]

  package init(in directory: String, environment: Environment) {
    self.directory = directory
    self.environment = environment.all.filter { !Self.repositoryVariables.contains($0.name) }
  }

  private init(directory: String, environment: [(name: String, value: [UInt8])]) {
    self.directory = directory
    self.environment = environment
  }

  /// The same git in another folder.
  func moved(to directory: String) -> GitCommand {
    GitCommand(directory: directory, environment: environment)
  }

  /// The same git with one variable set or, with `nil`, taken away.
  func setting(_ name: String, _ value: String?) -> GitCommand {
    let others = environment.filter { $0.name != name }
    return GitCommand(
      directory: directory,
      environment: others + (value.map { [(name, Array($0.utf8))] } ?? []))
  }

  /// Runs git to its end, whatever comes of it.
  func attempt(
    _ arguments: [String], input: [UInt8] = [], seconds: Int = 60
  ) throws -> Subprocess.Outcome {
    try Subprocess(["git", "-C", directory] + arguments, environment: environment)
      .run(input: input, seconds: seconds)
  }

  /// Runs git, which must succeed, and gives what it printed.
  @discardableResult
  func run(
    _ arguments: [String], input: [UInt8] = [], seconds: Int = 60
  ) throws -> [UInt8] {
    let outcome = try attempt(arguments, input: input, seconds: seconds)
    guard outcome.succeeded else { throw Self.failure(outcome) }
    return outcome.output
  }

  /// Runs git, which must succeed, and gives what it printed without the line feed at its end.
  func value(_ arguments: String...) throws -> String { try value(arguments) }

  func value(_ arguments: [String]) throws -> String {
    let output = try run(arguments)
    guard let text = String(validating: output.last == 0x0a ? output.dropLast() : output[...])
    else {
      throw CommandError(
        .undecided, "git \(arguments[0]): not UTF-8: \(Escaped.quoted(output))")
    }
    return text
  }

  /// git's own first words on what went wrong.
  static func failure(_ outcome: Subprocess.Outcome) -> CommandError {
    if let foreign = ForeignRepository(git: outcome.errors) { return foreign.refusal }
    let line = outcome.errors.prefix { $0 != 0x0a }
    for prefix in ["fatal: ", "error: "] where line.starts(with: prefix.utf8) {
      return CommandError(
        .undecided, "git: \(Escaped.text(line.dropFirst(prefix.utf8.count), limit: 1024))")
    }
    return CommandError(
      .undecided,
      line.isEmpty
        ? "git ended with \(outcome.status)" : "git: \(Escaped.text(line, limit: 1024))")
  }
}

extension String {
  /// The bytes as text; `nil` when they are not UTF-8.
  init?(validating bytes: some Sequence<UInt8>) {
    self.init(validating: bytes, as: UTF8.self)
  }
}
