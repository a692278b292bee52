internal import ArgumentParser
internal import DependencyChecks
internal import Gate
internal import Git
internal import Ledger
internal import Lockfiles
internal import Policy
internal import Primitives
internal import Report
internal import Signals

/// `hookkit explain`: what a code means, why a push is held, or who made a commit and how that is known.
struct Explain: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a code such as HK101, a hold, or who made a commit and how that is known.")

  @Argument(
    help: ArgumentHelp("A code, a hold or a commit.", valueName: "code|hold|commit"),
    completion: Completions.codes)
  var subject: String

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    if let code = Code(subject), let page = CodeRegistry.page(code) {
      return show(page, on: context.terminal)
    }
    if Self.looksLikeCode(subject) {
      throw CommandError(
        .usage, "there is no code \(subject.quoted)",
        hints: [.init("all codes", "hookkit", "help", "codes")])
    }
    if Hold.isID(subject.uppercased()) {
      return try showHold(in: context)
    }
    let vantage = try Vantage(in: context)
    let id = try vantage.object(subject)
    let (surroundings, inForce) = try vantage.surroundings(named: KnownPolicy.named(in: context))
    let target = try surroundings.objects.peel(id)
    guard target.kind == .commit else {
      throw CommandError(.undecided, "\(subject.quoted) is a \(target.kind), not a commit")
    }
    let commit = try surroundings.objects.commit(target.id)
    // A server knows who brought it first; a clone knows of no push.
    let arrival = try surroundings.memory.arrival(of: commit.id)
    let reader = try OriginReader(
      policy: inForce?.policy ?? .empty, surroundings: surroundings, time: context.now)
    let origin = try reader.origin(of: commit, arrival: arrival)
    let ledger = try Ledger(
      at: surroundings.references.resolve(.ledger), objects: surroundings.objects)
    let landed = try LandedWork(
      commit.id, surroundings.references, ledger, under: inForce?.policy, in: surroundings.objects,
      at: context.now)
    guard global.format == .human else {
      return context.terminal.write(Self.json(commit, origin, arrival, landed).pretty)
    }
    show(commit, origin, arrival, landed, inForce, on: context.terminal)
  }

  private static func looksLikeCode(_ word: String) -> Bool {
    let upper = word.uppercased()
    return upper.hasPrefix("HK") && upper.utf8.count == 5
      && upper.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) }
  }

  // MARK: A code

  private func show(_ page: RulePage, on terminal: Terminal) {
    guard global.format != .human else {
      return terminal.print(ExplainText.page(page, width: terminal.helpColumns))
    }
    let json: JSON = [
      "schema": "hookkit.code/1", "code": .text(page.code.description),
      "title": .text(page.title), "why": .text(page.why), "ends": .text(page.ends),
      "actor": .text(page.endedBy.rawValue), "retry": .text(page.endedBy.retry.rawValue),
      "examples": .array(
        page.examples.map { ["claim": .text($0.claim), "verdict": .text($0.verdict.rawValue)] }
          + page.fileExamples.map { ["claim": .text($0.claim), "found": .bool($0.isFound)] }),
    ]
    terminal.write(json.pretty)
  }

  // MARK: A hold

  /// The reviewer's page without the changed lines.
  private func showHold(in context: CommandContext) throws {
    let view = try ServerView(remote: nil, in: context)
    let waiting = try WaitingChange(subject, ref: nil, in: view, at: context.now)
    guard global.format == .human else {
      return context.terminal.write(try waiting.json(in: view).pretty)
    }
    let page = WaitingPage(
      waiting: waiting, view: view, terminal: context.terminal, time: context.now)
    try context.terminal.page(with: "") { try page.write(on: $0, withLines: false) }
  }

  // MARK: A commit

  private static func json(
    _ commit: CommitObject, _ origin: Origin, _ arrival: Arrival?, _ landed: LandedWork
  ) -> JSON {
    let known: JSON = [
      "schema": "hookkit.explain/1",
      "commit": .text(commit.id.hex),
      "origin": [
        "kind": .text(origin.kindWord),
        "grade": origin.gradeWord.map { .text($0) } ?? .null,
        "signals": .array(
          origin.signals.map { signal in
            [
              "id": .text(signal.id), "where": .text(signal.place.rawValue),
              "quote": .text(Escaped.text(signal.quote, limit: 4 * Signal.quoteLimit)),
            ]
          }),
      ],
    ]
    // What only a server, or a clone of one, can know.
    var recorded: [JSON.Member] = []
    if let arrival {
      recorded.append(.init(key: Array("brought".utf8), value: .text(words(arrival))))
    }
    if !landed.landings.isEmpty {
      recorded.append(.init(key: Array("landings".utf8), value: landed.json))
    }
    return .object((known.members ?? []) + recorded)
  }

  private static func words(_ arrival: Arrival) -> String {
    switch arrival.source {
    case .pushed(let account, let ref, let time):
      let who = account.map { Escaped.text($0, limit: 60) } ?? "an unknown account"
      return "by \(who) to \(ref) on \(RFC3339.date(time))"
    case .nobody: return "by nobody: no push that is on record brought it"
    case .baseline: return "by nobody: it was here before hookkit"
    }
  }

  private func show(
    _ commit: CommitObject, _ origin: Origin, _ arrival: Arrival?, _ landed: LandedWork,
    _ inForce: PolicyInForce?, on terminal: Terminal
  ) {
    func person(_ signature: CommitObject.Signature) -> String {
      "\(Escaped.text(signature.name, limit: 60)) <\(Escaped.text(signature.email, limit: 60))>"
    }
    let grade = origin.gradeWord.map { " (\($0))" } ?? ""
    var rows: [(label: String, words: String)] = [
      ("commit", "\(commit.id.hex) \(Escaped.quoted(commit.subject, limit: 60))"),
      ("author", person(commit.author)), ("committer", person(commit.committer)),
      ("origin", terminal.styled(origin.kindWord + grade, .strong) + ": \(origin.because)"),
    ]
    if let name = origin.principal { rows.append(("principal", name)) }
    if let signer = origin.signer { rows.append(("signed by", signer)) }
    if let arrival { rows.append(("brought", Self.words(arrival))) }
    terminal.print(rows: rows + landed.rows)
    if !origin.signals.isEmpty {
      terminal.print()
      var table = Table("signal", "grade", "where", "quote")
      for signal in origin.signals {
        table.add(
          signal.id, signal.grade.rawValue, signal.place.rawValue,
          Escaped.quoted(signal.quote, limit: 100))
      }
      terminal.write(table)
    }
    if inForce == nil {
      terminal.note("no policy is known here, so no key, address or account is anybody's")
    }
  }
}
