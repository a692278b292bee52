internal import Gate
internal import Git
internal import HookRuntime
package import Platform
internal import Primitives
internal import Report

/// The repository that a command was started in, read and changed by the user's own git.
///
/// git is started without a shell and with its arguments as they are; what a person or a push named
/// stands behind `--` or `--end-of-options`, so that no name can be an option. Replacement objects are
/// never used: what is reviewed must be what is there.
package struct LocalRepository {
  /// What `$GIT_DIR` is: of a linked work tree, its own folder.
  package let gitDirectory: String
  /// Where objects and references are.
  package let commonDirectory: String
  /// The work tree's root; `nil` in a bare repository and inside a git folder.
  package let workTree: String?
  private let environment: [(name: String, value: [UInt8])]
  /// Where git is started; `nil` for the present folder.
  private let start: String?

  /// What is not here because the clone is partial.
  let promised: PromisedObjects
  private let knownSettings = Once<GitConfiguration>()

  package var isBare: Bool { workTree == nil }

  /// The objects of a clone; what a partial one has not got comes from its server.
  func objects() throws(GitError) -> ObjectStore { try promised.store() }

  /// Finds the repository of a folder, or of the present one, as git does.
  ///
  /// - Throws: `CommandError`: there is none, or one of a kind that hookkit does not read.
  package init(at start: String? = nil, environment: Environment) throws {
    self.environment = Self.childEnvironment(environment)
    self.start = start
    let git = Subprocess(
      Self.git(in: start) + [
        "rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-object-format",
        "--is-bare-repository", "--is-inside-work-tree", "--show-toplevel",
      ], environment: self.environment)
    let found = try git.run()
    let lines = Self.lines(found.output).map { String(decoding: $0, as: UTF8.self) }
    // Where there is no work tree, git fails with the last question and has answered the others.
    guard found.succeeded || lines.count == 5 else {
      if let foreign = ForeignRepository(git: found.errors) { throw foreign.refusal }
      throw CommandError(
        .undecided, "no git repository here",
        details: Self.lines(found.errors).prefix(2).map { Escaped.text($0) },
        hints: [.init("name it", "hookkit", "-C", "DIR", "...")])
    }
    guard lines.count == (found.succeeded ? 6 : 5) else {
      throw CommandError(.undecided, "git's answer cannot be understood")
    }
    guard lines[2] == "sha1" else {
      throw CommandError(
        .undecided, "this is a \(lines[2]) repository; hookkit reads sha1 ones only")
    }
    gitDirectory = lines[0]
    commonDirectory =
      lines[1].hasPrefix("/")
      ? lines[1] : FileBytes.real(try (start ?? FileBytes.workingFolder()) + "/" + lines[1])
    promised = PromisedObjects(commonDirectory: commonDirectory) {
      [environment = self.environment] in
      Subprocess(Self.git(in: start) + $0, environment: environment)
    }
    workTree = lines[3] == "false" && lines[4] == "true" ? lines.last : nil
  }

  /// This process's variables for a git that reads what is there and says it in English.
  private static func childEnvironment(
    _ environment: Environment
  ) -> [(name: String, value: [UInt8])] {
    let ours = ["GIT_NO_REPLACE_OBJECTS": "1", "LC_MESSAGES": "C", "LANGUAGE": "en"]
    return environment.all.filter { ours[$0.name] == nil }
      + ours.map { ($0.key, Array($0.value.utf8)) }
  }

  // MARK: Running git

  /// A git command here, ready to run.
  package func command(_ arguments: [String]) -> Subprocess {
    Subprocess(Self.git(in: start) + arguments, environment: environment)
  }

  private static func git(in start: String?) -> [String] {
    ["git"] + (start.map { ["-C", $0] } ?? [])
  }

  /// What stands before a subcommand that moves references of hookkit's own: hooks that git's configuration
  /// names (git 2.54) are for the user's, and may refuse names that they do not know. The switch is of
  /// git 2.55; to an older git it says nothing.
  static let withoutHooks = ["-c", "hook.reference-transaction.enabled=false"]

  /// Runs git, whatever comes of it.
  ///
  /// - Parameter seconds: git is killed after this time; long enough for a password to be typed.
  package func run(
    _ arguments: String..., input: [UInt8] = [], limit: Int = 256 << 20, seconds: Int = 120
  ) throws(SystemError) -> Subprocess.Outcome {
    try command(arguments).run(input: input, limit: limit, seconds: seconds)
  }

  /// The first line of what git prints, without its line feed; `nil` when git fails.
  package func line(_ arguments: String...) throws(SystemError) -> [UInt8]? {
    let outcome = try command(arguments).run()
    return outcome.succeeded ? Self.lines(outcome.output).first ?? [] : nil
  }

  /// Lines without their line feeds; no last empty one.
  package static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  // MARK: Configuration

  /// git's configuration as it holds here, read once.
  func settings() throws -> GitConfiguration {
    try knownSettings.value {
      let listed = try command(GitConfiguration.listing).run()
      guard listed.succeeded else { throw GitCommand.failure(listed) }
      return GitConfiguration(listed.output, in: try start ?? FileBytes.workingFolder())
    }
  }

  /// A value of git's configuration, from whichever file sets it last; `nil` when none does.
  package func configuration(_ key: String) throws -> String? {
    try settings().last(GitConfiguration.listed(key))?.value
  }

  /// A value that git reads as a path, with `~` at its start replaced by the home folder.
  func configuredPath(_ key: String) throws -> String? {
    guard let value = try configuration(key) else { return nil }
    // `~dana`, and what newer versions of git put in front of a path, are for git to read.
    guard let first = value.first, ["~", "%", ":"].contains(first) else { return value }
    let outcome = try command(["config", "-z", "--type=path", "--get", key]).run()
    guard outcome.succeeded else { return nil }
    return String(decoding: outcome.output.prefix { $0 != 0 }, as: UTF8.self)
  }

  // MARK: Names

  /// The branch that this work tree's HEAD names; `nil` when HEAD is detached.
  func head() throws(GitError) -> RefName? {
    try ReferenceStore(gitDirectory: gitDirectory).head()
  }

  /// The object that a word names, as git reads it; `nil` for none.
  func object(_ word: String) throws -> ObjectID? {
    if let id = namedPlainly(word) { return id }
    return try line("rev-parse", "--verify", "--quiet", "--end-of-options", word)
      .flatMap { ObjectID(hex: $0) }
  }

  /// The commit that a word names, as git reads it; `nil` for none.
  func commit(_ word: String) throws -> ObjectID? {
    // A store that asks no server for what is not here.
    if let id = namedPlainly(word),
      let target = try? ObjectStore(gitDirectory: commonDirectory).peel(id), target.kind == .commit
    {
      return target.id
    }
    return try line("rev-parse", "--verify", "--quiet", "--end-of-options", "\(word)^{commit}")
      .flatMap { ObjectID(hex: $0) }
  }

  /// What needs no git to be read: all digits of an object, and HEAD.
  private func namedPlainly(_ word: String) -> ObjectID? {
    if let id = ObjectID(word) { return id }
    guard word == "HEAD",
      let end = try? ReferenceStore(gitDirectory: gitDirectory).resolveSymbolic(RefName("HEAD"))
    else { return nil }
    // Branches stand beside the objects, also those of a linked work tree.
    return end.id ?? (try? ReferenceStore(gitDirectory: commonDirectory).resolve(end.name))
  }

  /// The pager as git chooses it: `GIT_PAGER`, `core.pager`, `PAGER`, `less`.
  package func pager() throws(SystemError) -> String {
    try line("var", "GIT_PAGER").map { String(decoding: $0, as: UTF8.self) } ?? "cat"
  }
}
