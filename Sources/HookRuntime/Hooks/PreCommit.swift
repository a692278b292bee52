internal import Documents
internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Secrets

/// pre-commit and pre-merge-commit: what is cheap to know early of a commit's files.
///
/// Never stops a commit (decision 0010): says which lock file cannot be read, such as one with conflict
/// markers, and to an agent that it changes files for which a person may be asked.
struct PreCommit {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  func run() -> Int32 {
    guard let staged = StagedFiles(environment) else { return ExitCode.allowed.rawValue }
    sayCredentials(staged.changes)
    guard !staged.files.isEmpty else { return ExitCode.allowed.rawValue }
    let unreadable = staged.unreadable().prefix(Self.most)
    for (path, reason, line) in unreadable {
      let name = Escaped.text(path, limit: 200)
      say(
        Finding(
          Code(232), headline: "\(name) line \(line): \(reason.rawValue)",
          hints: [.init("why", "hookkit", "explain", "HK232")]))
    }
    if unreadable.isEmpty, AgentAdmission(environment) != nil { sayToAgent(staged.files) }
    return ExitCode.allowed.rawValue
  }

  /// Says what the server would refuse: before it is committed is when it is mended most easily.
  private func sayCredentials(_ changes: [PathChange]) {
    guard let directory = HookedClone(environment).commonDirectory(),
      let objects = try? ObjectStore(gitDirectory: directory),
      let scan = try? ContentSurvey.scan(changes, in: objects, by: SecretScanner())
    else { return }
    for finding in SecretFound.find(scan, under: SecretScreening())
    where finding.severity.standsAgainst {
      say(finding)
    }
  }

  /// Most files that are named.
  private static let most = 3

  private func sayToAgent(_ files: [StagedFiles.File]) {
    let names = files.prefix(Self.most).map { Escaped.text($0.path, limit: 60) }
    let more = files.count > Self.most ? " and \(files.count - Self.most) more" : ""
    say(
      Finding(
        Code(201), headline: "this commit changes dependency files",
        details: [
          names.joined(separator: ", ") + more,
          "the push may have to wait until a person releases it",
        ],
        hints: [.init("why", "hookkit", "explain", "HK201")]))
  }

  private func say(_ finding: Finding) {
    Console.say(RefusalText.lines(for: finding, tone: .warning))
  }
}
