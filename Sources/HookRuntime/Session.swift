internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Secrets

/// One run of a server hook: the repository, the pusher, and the steps that hooks share.
struct Session {
  let hook: Hook
  let environment: Environment
  let server: ServerRepository
  /// `nil` when none was chosen, or when it cannot be read.
  private(set) var host: HostProfile?
  private(set) var pusher: Pusher
  let time: Int64
  /// Why nothing can be decided in this run, whatever is asked.
  let obstacle: Refusal?
  private let trace: Trace
  private var opened = Opened()

  /// The repository, opened when it is first needed.
  private final class Opened {
    var server: OpenServer?
    var summary: GuardSummary?
    /// Whether missing landings are being made up for.
    var isCompleting = false
  }

  init(_ hook: Hook, _ environment: Environment) throws {
    self.hook = hook
    trace = Trace(environment, named: hook.rawValue, writesFiles: false)
    self.environment = environment
    time = Clock.now()
    let directory = try Self.commonDirectory(environment)
    // git migrates objects only after pre-receive, and tells no other hook of its quarantine.
    server = ServerRepository(
      gitDirectory: directory,
      quarantine: try Self.quarantine(environment, gitDirectory: directory),
      environment: environment)
    do {
      host = try Self.host(of: server)
      pusher = host?.pusher(environment) ?? .unknown
      obstacle = Self.unsupported(environment).map { .git(.unsupported($0)) }
    } catch {
      pusher = .unknown
      obstacle = Refusal(error)
    }
  }

  /// The host of the repository that a hook was started in, for words about why it cannot go on.
  static func hostIfKnown(_ environment: Environment) -> HostProfile? {
    guard let directory = try? commonDirectory(environment) else { return nil }
    return try? ServerRepository(
      gitDirectory: directory, quarantine: nil, environment: environment
    ).host()
  }

  /// What git says of the push, or of the repository, that hookkit cannot follow it in.
  private static func unsupported(_ environment: Environment) -> String? {
    if environment.bytes("GIT_SHALLOW_FILE") != nil {
      return "a push from a shallow clone that would make this one shallow"
    }
    // git 2.54 and later: in the place of what the repository's configuration says.
    if environment.bytes("GIT_REFERENCE_BACKEND") != nil {
      return "GIT_REFERENCE_BACKEND, which must not be set on this server"
    }
    return nil
  }

  private static func host(of server: ServerRepository) throws -> HostProfile? {
    do throws(HostProfile.Problem) {
      return try server.host()
    } catch {
      switch error {
      case .unreadable(let error): throw Refusal.unreadable("\(error.path): \(error.words)")
      case .unknown(let path, _):
        throw Refusal.unreadable("\(path) names a host that this hookkit does not know")
      }
    }
  }

  /// The same session on behalf of who pushed what is held.
  func acting(as pusher: Pusher) -> Session {
    var session = self
    session.pusher = pusher
    return session
  }

  /// The same session with the repository as it is now.
  func reopened() -> Session {
    var session = self
    session.opened = Opened()
    return session
  }

  /// The repository itself, also when git runs in one of its linked work trees
  /// (gitrepository-layout(5), "commondir").
  private static func commonDirectory(_ environment: Environment) throws -> String {
    let directory = environment["GIT_DIR"]
    guard directory != nil || environment.bytes("GIT_DIR") == nil else {
      throw Refusal.unreadable("GIT_DIR is a path that is not UTF-8")
    }
    let own = directory ?? "."
    do throws(SystemError) {
      guard let named = try FileBytes.readIfPresent(own + "/commondir", limit: 4096),
        let path = String(validating: named.prefix { $0 != 0x0a }, as: UTF8.self), !path.isEmpty
      else { return own }
      return path.hasPrefix("/") ? path : own + "/" + path
    } catch {
      throw Refusal.unreadable("\(error.path): \(error.words)")
    }
  }

  /// Where git holds the objects of a running push. The path is absolute; when it is not UTF-8, the
  /// same folder is found from the repository.
  private static func quarantine(
    _ environment: Environment, gitDirectory: String
  ) throws -> String? {
    guard let path = environment.bytes("GIT_QUARANTINE_PATH") else { return nil }
    if let text = String(validating: path, as: UTF8.self) { return text }
    let name = path.split(separator: 0x2f).last.flatMap { String(validating: $0, as: UTF8.self) }
    guard let name, FileBytes.kind("\(gitDirectory)/objects/\(name)") == .folder else {
      throw Refusal.unreadable("GIT_QUARANTINE_PATH is a path that is not UTF-8")
    }
    return "\(gitDirectory)/objects/\(name)"
  }

  // MARK: Judging

  /// The repository, opened once.
  func open() throws -> OpenServer {
    if let obstacle { throw obstacle }
    if let known = opened.server { return known }
    let server = try OpenServer(server, trace: trace.isOn ? JudgeTrace { note($0) } : .none)
    opened.server = server
    server.beforeLandingsAreRead = {
      // Completing them judges, which reads them.
      guard !opened.isCompleting else { return }
      opened.isCompleting = true
      defer { opened.isCompleting = false }
      Landing.complete(self)
    }
    return server
  }

  /// A policy and what it is judged in.
  struct Bench {
    let policy: PolicyInForce
    let surroundings: Surroundings
  }

  /// - Returns: `nil` where there is no policy that could be read; `judge` says why for every update.
  func bench() throws -> Bench? {
    let open = try open()
    guard case .success(let policy) = try open.policy() else { return nil }
    return Bench(policy: policy, surroundings: try open.surroundings())
  }

  /// What is guarded, by a summary of the very policy in force, which is made where there is none.
  ///
  /// - Returns: `nil` where no policy can be read.
  func guardSummary() throws -> GuardSummary? {
    if let known = opened.summary { return known }
    let open = try open()
    guard let basis = try open.summaryBasis() else { return nil }
    var summary = GuardSummary(server.state, basis: basis)
    // Of a policy that is not on record yet there is none: a hook that may write has to see it.
    if summary == nil, case .success(let policy) = try open.policy(), policy.obstacle == nil,
      policy.isRecorded
    {
      summary = GuardSummary(policy)
      summary?.keep(in: server.state)
    }
    opened.summary = summary
    return summary
  }

  /// Whether no rule can name any of these updates.
  func areFree(_ updates: [RefUpdate]) -> Bool {
    // Whatever stands in the way, judging meets it again and says it.
    guard let summary = try? guardSummary(), let open = try? open() else { return false }
    lazy var pushed = Set(updates.filter { !$0.isDeletion }.map(\.name))
    return updates.allSatisfy { update in
      summary.isFree(update, by: pusher) { name in
        if updates.count > 1, pushed.contains(name) { return true }
        do { return try open.references.resolve(name) != nil } catch { return true }
      }
    }
  }

  /// The decision on these updates. Moves that were allowed under the very same policy, ledger and
  /// pusher in an earlier hook of the push are not judged again.
  ///
  /// A repository that cannot be opened is a decision too, which is recorded like any other: every
  /// update is undecided.
  ///
  /// - Parameter looksThrough: whether this hook is the one that looks through what the push brings.
  func decide(
    _ updates: [RefUpdate], looksThrough: Bool = false,
    certificate: (PolicyInForce) -> CertificateState = { _ in .none }
  ) -> Decision {
    do {
      return try judged(updates, looksThrough ? contents(of: updates) : nil, certificate)
    } catch {
      return undecided(updates, because: Refusal(error))
    }
  }

  /// The decision where something keeps everything from being judged.
  func undecided(_ updates: [RefUpdate], because refusal: Refusal) -> Decision {
    Decision(undecided: updates, because: refusal.finding, pusher: pusher, time: time)
  }

  /// What stands in the objects that git keeps apart.
  private func contents(of updates: [RefUpdate]) throws -> ContentScan? {
    guard obstacle == nil, let folder = server.quarantine,
      updates.contains(where: { !$0.isDeletion })
    else { return nil }
    let scan = try ContentSurvey.scan(
      updates, in: open().objects(), incoming: ObjectStore(objectsFolder: folder),
      stored: ObjectStore(gitDirectory: server.gitDirectory), by: SecretScanner())
    note("\(scan.objectCount) objects, \(scan.byteCount) bytes scanned")
    return scan
  }

  private func judged(
    _ updates: [RefUpdate], _ contents: ContentScan?,
    _ certificate: (PolicyInForce) -> CertificateState
  ) throws -> Decision {
    if contents?.isClean ?? true, areFree(updates) {
      note("no rule names any of \(updates.count) updates")
      return Decision(free: updates, pusher: pusher, time: time)
    }
    let open = try open()
    try open.recordStart(at: time)
    guard let bench = try bench() else {
      let push = Push(updates: updates, pusher: pusher, time: time, contents: contents)
      return judge(push, in: try open.surroundings())
    }
    let ledger: ObjectID?
    ledger = try bench.surroundings.references.resolve(.ledger)
    let cache = DecisionCache(server.state)
    var known: [RefUpdate: Judgement] = [:]
    if hook != .preReceive {
      // What another push has just made may be what this one's name completes.
      for update in updates where !NestedRepository.concerns(update.name) {
        let key = DecisionCache.Key(
          update: update, pusher: pusher.account, policyDigest: bench.policy.digest,
          ledger: ledger)
        if let ground = cache.ground(allowedFor: key, at: time) {
          known[update] = Judgement(
            update: update, findings: [], isGuarded: false, coverage: ground.coverage)
          note("\(update.name): allowed by an earlier hook of this push")
        }
      }
    }
    let fresh = updates.filter { known[$0] == nil }
    let push = Push(
      updates: fresh, pusher: pusher, certificate: certificate(bench.policy), time: time,
      isMadeOnServer: isMadeOnServer, contents: contents)
    let decision = judge(push, under: bench.policy, in: bench.surroundings)
    note("judged \(fresh.count) of \(updates.count) updates: \(decision.verdict.rawValue)")
    guard !known.isEmpty else { return decision }
    var judged: [RefUpdate: Judgement] = known
    for judgement in decision.judgements { judged[judgement.update] = judgement }
    return decision.replacing(updates.compactMap { judged[$0] })
  }

  /// Whether policy and ledger are those that a decision was made by.
  func restsOnPresent(_ decision: Decision) throws(GitError) -> Bool {
    do {
      let open = try open()
      guard case .success(let policy) = try open.policy() else { return false }
      return try policy.digest == decision.policyDigest
        && open.references.resolve(.ledger) == decision.ledger
    } catch let error as GitError {
      throw error
    } catch {
      return false
    }
  }

  /// Whether git itself is asked to move references here, by a command that no push runs. Believed only
  /// where nothing but pushes and people with the repository's files start git: a forge moves references
  /// for whoever clicks.
  private var isMadeOnServer: Bool {
    guard hook == .referenceTransaction, let host, host.hookPlace == .git, pusher == .unknown
    else { return false }
    let command = ParentProcess.arguments.first { !$0.hasPrefix("-") }
    return command == "update-ref" || command == "branch"
  }

  // MARK: Recording

  /// Takes away what a killed hook has left of moving a reference, before git meets it.
  func mendMoves() throws {
    do throws(SystemError) {
      try OwnMoves.mend(server.gitDirectory)
    } catch {
      throw Refusal.unreadable("hookkit/records-lock: \(error.words)")
    }
  }

  /// Writes the decisions on guarded references to the journal, and keeps what was allowed for the
  /// hooks that follow. What was taken from the cache is on record already.
  func record(_ decision: Decision, _ judgements: [Judgement]) throws {
    // What an earlier push was allowed must not speak for this one in the hooks that follow.
    let cache = DecisionCache(server.state)
    for judgement in decision.judgements where judgement.verdict != .allow {
      cache.forget(judgement.update)
    }
    let guarded = judgements.filter(\.isGuarded)
    guard !guarded.isEmpty else { return }
    do throws(SystemError) {
      try FileBytes.makeFolder(server.state.folder, mode: 0o700)
      try Journal(server.state).append(
        guarded.map {
          JournalRecord.members($0, decision, stage: hook.rawValue)
        })
    } catch {
      throw Refusal.notRecorded("\(error.path): \(error.words)")
    }
    note("recorded \(guarded.count) decisions")
    guard let digest = decision.policyDigest else { return }
    for judgement in guarded where judgement.verdict == .allow {
      cache.keep(
        DecisionCache.Key(
          update: judgement.update, pusher: pusher.account, policyDigest: digest,
          ledger: decision.ledger),
        .init(
          coverage: judgement.coverage, arrivals: judgement.arrivals, expires: judgement.expires),
        at: time)
    }
  }

  /// A line of the trace, for who asked for one.
  func note(_ step: @autoclosure () -> String) {
    if let line = trace.line(step()) { Console.say([line]) }
  }
}

extension Verdict {
  /// The exit code of a hook (Documentation/Design/Interface.md, "Exit codes").
  var exitCode: Int32 {
    switch self {
    case .allow: ExitCode.allowed.rawValue
    // A hook that stops a push knows only one way to say so.
    case .refuse, .hold: ExitCode.refused.rawValue
    case .undecided: ExitCode.undecided.rawValue
    }
  }
}
