internal import ArgumentParser
internal import Gate
internal import HookRuntime
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit check`: what the server would say to a push, without pushing.
struct Check: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what the server would say to a push; change nothing.",
    discussion: """
      On a server the repository's own policy is asked; in a clone, what was last fetched from the \
      server. EMPTY..NEW, or NEW alone, stands for the creation of the reference.
      """)

  @Option(
    help: ArgumentHelp(
      "The reference to push to; else the branch that NEW is, or the server's own.",
      valueName: "ref"))
  var ref: String?

  @Option(
    help: ArgumentHelp(
      "The account that pushes; else, in a clone, yours by user.email.", valueName: "account"))
  var pusher: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Threads for counting commits.", valueName: "number"))
  var jobs = 1

  @Argument(
    help: ArgumentHelp(
      "What the push would move; @{upstream}..HEAD when left out.", valueName: "old..new"))
  var range = "@{upstream}..HEAD"

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs is 1 to 64") }
  }

  func run(in context: CommandContext) throws {
    let vantage = try Vantage(in: context)
    let named = try KnownPolicy.named(in: context)
    // Before anything is read: what a partial clone has not got then comes at once.
    let (old, new) = Self.ends(of: range)
    if let new = try? vantage.object(new) {
      let old = try? vantage.object(old)
      vantage.repository.promised.expect(from: old ?? .zero, to: new, .judged)
    }
    let (surroundings, policy) = try vantage.surroundings(named: named)
    guard let policy else { throw vantage.noPolicy }
    let update = try update(vantage, surroundings)
    let pusher = Pusher(account: try account(vantage, policy.policy))
    let push = Push(updates: [update], pusher: pusher, time: context.now)
    let decision = judge(push, under: policy, in: surroundings)
    var survey: Survey?
    // What cannot be judged because it cannot be read cannot be counted either.
    if !update.isDeletion, decision.verdict != .undecided {
      survey = try HistorySurvey(
        vantage: vantage, named: named, surroundings: surroundings, policy: policy,
        update: update, pusher: pusher, time: context.now,
        depth: global.verbose || global.format == .json ? .changedPaths : .origins
      ).run(threads: jobs, on: context.terminal)
    }
    show(decision.withoutShowing, survey, on: context.terminal)
    guard decision.verdict == .allow else { throw CommandError.told(ExitCode(decision.verdict)) }
  }

  // MARK: What is asked

  private func update(
    _ vantage: Vantage, _ surroundings: Surroundings
  ) throws -> RefUpdate {
    let (old, new) = Self.ends(of: range)
    func object(_ word: String) throws -> ObjectID {
      if word == "EMPTY" { return .zero }
      if word.utf8.count == ObjectID.hexCount, let id = ObjectID(word), id.isZero { return id }
      return try vantage.object(word)
    }
    let name: RefName
    if let ref {
      name = try RefArgument.full(ref)
    } else if let found = try vantage.serverReference(new) ?? surroundings.references.head() {
      name = found
    } else {
      throw CommandError(
        .usage, "cannot tell which reference would be pushed to",
        hints: [.init("name it", "hookkit", "check", "--ref", "main", range)])
    }
    let update = RefUpdate(old: try object(old), new: try object(new), name: name)
    guard !update.old.isZero || !update.new.isZero else {
      throw CommandError(.usage, "\(range.quoted) moves nothing")
    }
    return update
  }

  /// `old..new` as git reads it: a missing side is HEAD. A word alone is what a creation brings.
  static func ends(of range: String) -> (old: String, new: String) {
    guard let dots = range.firstRange(of: "..") else { return ("EMPTY", range) }
    let old = String(range[..<dots.lowerBound])
    let new = String(range[dots.upperBound...])
    return (old.isEmpty ? "HEAD" : old, new.isEmpty ? "HEAD" : new)
  }

  private func account(_ vantage: Vantage, _ policy: Policy) throws -> [UInt8]? {
    if let pusher { return Array(pusher.utf8) }
    guard vantage.remote != nil, let email = try vantage.repository.configuration("user.email")
    else { return nil }
    return policy.principal(email: Array(email.utf8))?.accounts.first
  }

  // MARK: What is answered

  private func show(_ decision: Decision, _ survey: Survey?, on terminal: Terminal) {
    switch global.format {
    case .sarif:
      terminal.write(SARIF.log(decision, toolVersion: Version.text).pretty)
    case .json:
      var members = DecisionJSON.value(decision).members ?? []
      if let survey { members.append(.init(key: Array("survey".utf8), value: survey.json)) }
      terminal.write(JSON.object(members).pretty)
    case .human:
      for judgement in decision.judgements {
        let place = "\(judgement.update.name)"
        switch judgement.verdict {
        case .allow where judgement.isGuarded:
          terminal.print("\(terminal.styled("allowed", .good)): \(place)")
        case .allow:
          terminal.print("\(terminal.styled("allowed", .good)): no rule names \(place)")
        case .refuse: terminal.print("\(terminal.styled("refused", .removed)): \(place)")
        case .hold: terminal.print("\(terminal.styled("held", .warning)): \(place)")
        case .undecided: terminal.print("\(terminal.styled("undecided", .warning)): \(place)")
        }
      }
      if let survey { terminal.print(survey.line(withPaths: global.verbose)) }
      terminal.refuse(RefusalText.lines(for: decision, isPushed: false))
    }
  }
}
