internal import ArgumentParser
internal import Platform
internal import Primitives
internal import Report

// `hookkit doctor --all ROOT`.
extension DoctorCommand {
  /// Most repositories that are named one by one.
  private static let named = 20

  /// What was found in one repository: what is wrong or unknown there.
  private struct Finding: Sendable {
    let state: Diagnosis.State
    let words: [String]
  }

  func examineAll(below root: String, _ context: CommandContext) throws {
    guard directory == nil, global.format != .sarif else {
      throw CommandError(
        .usage, "--all is for every repository below a folder, and has no SARIF output")
    }
    let forest = try RepositoryForest(below: root)
    let version = try InstallSite.version(
      of: GitCommand(in: "/", environment: context.environment))
    let environment = context.environment
    let probe = probe
    let progress = FleetProgress(of: forest.repositories.count, on: context.terminal)
    var found = forest.map(progress: progress.tell) { path -> Finding in
      do {
        let site = try InstallSite(at: path, environment: environment, version: version)
        var diagnoses = try Examination(.server, at: site, environment: environment).run()
        if probe { diagnoses.append(Probe(at: site, environment: environment).run()) }
        let bad = diagnoses.filter { $0.state == .wrong || $0.state == .unknown }
        return Finding(state: diagnoses.state, words: bad.map(\.words))
      } catch {
        return Finding(state: .unknown, words: [CommandError(error).headline])
      }
    }
    found += forest.unread.map { ($0.path, Finding(state: .unknown, words: [$0.words])) }
    let bad = found.filter { $0.outcome.state == .wrong || $0.outcome.state == .unknown }
    switch global.format {
    case .json: context.terminal.write(Self.json(found, below: root).pretty)
    default: Self.show(bad, of: found.count, below: root, on: context.terminal)
    }
    guard let worst = bad.map(\.outcome.state).min(by: { $0 == .wrong && $1 != .wrong }) else {
      return
    }
    throw CommandError(
      worst == .wrong ? .refused : .undecided,
      "\(bad.count) of \(found.count.counted("repository", "repositories")) "
        + (bad.count == 1 ? "has a problem" : "have problems"))
  }

  private static func show(
    _ bad: [(path: String, outcome: Finding)], of count: Int, below root: String,
    on terminal: Terminal
  ) {
    if !terminal.isQuiet {
      let (all, well) = (count.counted("repository", "repositories"), count - bad.count)
      terminal.print("\(all) below \(shown(root)): \(well) \(well == 1 ? "is" : "are") well")
    }
    for (path, finding) in bad.prefix(named) {
      terminal.print(finding.state.rawValue, column: 9, shown(path))
      for words in finding.words.prefix(3) { terminal.print("", column: 9, words) }
    }
    if bad.count > named { terminal.print("and \(bad.count - named) more") }
  }

  private static func json(
    _ found: [(path: String, outcome: Finding)], below root: String
  ) -> JSON {
    let items = found.map { path, finding -> JSON in
      [
        "repository": .text(path), "state": .text(finding.state.rawValue),
        "text": .array(finding.words.map { .text($0) }),
      ]
    }
    return [
      "schema": "hookkit.doctor-all/1", "root": .text(root), "repositories": .array(items),
    ]
  }
}
