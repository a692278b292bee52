internal import Gate
internal import Git
internal import HookWire
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Secrets

/// pre-push: says early what the server will say. It never stops a push: what this clone knows may be
/// older than what the server knows, and only the server decides.
struct PrePush {
  private let environment: Environment
  private let clone: HookedClone

  init(_ environment: Environment) {
    self.environment = environment
    clone = HookedClone(environment)
  }

  func run(_ arguments: [String]) throws -> Int32 {
    let fromPreCommit = arguments.count < 2 ? updateFromPreCommit() : nil
    let bytes = if let fromPreCommit { fromPreCommit.input } else { try StandardInput.bytes() }
    guard !bytes.isEmpty, let remote = fromPreCommit?.remote ?? arguments.dropFirst().first
    else { return ExitCode.allowed.rawValue }
    let updates: [RefUpdate]
    updates = try PrePushInput.read(bytes).map(\.remote)
    let decision: Decision?
    do throws(GitError) {
      decision = try self.decision(updates, remote: remote)
    } catch {
      guard case .promised = error else { throw error }
      // What the clone's server does not give is for that server to judge.
      Console.say(
        RefusalText.lines(for: Unreadable.find(error), tone: .warning))
      return ExitCode.allowed.rawValue
    }
    sayCredentials(updates, remote)
    guard let decision else { return ExitCode.allowed.rawValue }
    Console.say(
      RefusalText.lines(for: decision.withoutShowing, tone: .warning, isPushed: false))
    return ExitCode.allowed.rawValue
  }

  /// Most commits of a push that are looked through here; the server looks through all of them.
  private static let mostCommits = 10_000

  /// Says what looks like a credential in what the remote does not have yet, as far as the clone knows.
  private func sayCredentials(_ updates: [RefUpdate], _ remote: String) {
    guard let directory = clone.commonDirectory(),
      let objects = try? ObjectStore(gitDirectory: directory),
      let references = try? ReferenceStore(gitDirectory: directory),
      let known = try? references.list(prefix: Array("refs/remotes/\(remote)/".utf8))
    else { return }
    let hidden = known.map(\.id) + updates.map(\.old).filter { !$0.isZero && objects.has($0) }
    guard
      let scan = try? ContentSurvey.scan(
        updates, in: objects, hiding: hidden, limit: Self.mostCommits, by: SecretScanner())
    else { return }
    for finding in SecretFound.find(scan, under: SecretScreening())
    where finding.severity.standsAgainst {
      Console.say(RefusalText.lines(for: finding, tone: .warning))
    }
  }

  /// The update that pre-commit and prek name in variables, because they read the input of pre-push
  /// themselves; of several they name the first.
  private func updateFromPreCommit() -> (remote: String, input: [UInt8])? {
    guard let remote = environment["PRE_COMMIT_REMOTE_NAME"],
      let name = environment["PRE_COMMIT_REMOTE_BRANCH"], let new = environment["PRE_COMMIT_TO_REF"]
    else { return nil }
    // What the remote side has is not said; the last fetch knows.
    let branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : name
    let old =
      clone.git("rev-parse", "--verify", "--quiet", "refs/remotes/\(remote)/\(branch)")
      ?? Array(String(repeating: "0", count: new.utf8.count).utf8)
    return (remote, Array("\(name) \(new) \(name) ".utf8) + old + [0x0a])
  }

  /// `nil` when no policy of this remote was ever fetched: then there is nothing to say.
  private func decision(_ updates: [RefUpdate], remote: String) throws(GitError) -> Decision? {
    guard let directory = clone.commonDirectory() else { return nil }
    let promised = PromisedObjects(commonDirectory: directory) { [environment] in
      Subprocess(["git"] + $0, environment: environment.all)
    }
    let objects = try promised.store()
    for update in updates { promised.expect(from: update.old, to: update.new, .judged) }
    let references = CloneReferences(
      try ReferenceStore(gitDirectory: directory), remote: remote, objects: objects)
    guard let recorded = try references.resolve(.policy) else { return nil }
    let layers = try recordedLayers(at: recorded, objects: objects)
    let head = try references.head()
    guard let policy = try? PolicyInForce(layers: layers, head: head),
      !isFree(updates, under: policy)
    else { return nil }
    let server = ServerRepository(
      gitDirectory: directory, quarantine: nil, environment: environment)
    let surroundings = Surroundings(
      objects: objects, references: references, upperLayers: layers.filter { $0.kind != .tree },
      memory: NoMemory(), landings: RecordedLandings(objects: objects, references: references),
      merges: promised.merges(by: server.merges), files: server.files)
    let push = Push(
      updates: updates, pusher: Pusher(account: account(in: policy.policy)), time: Clock.now())
    return judge(push, under: policy, in: surroundings)
  }

  /// Whether no rule can name any of the updates, whoever pushes: then git need not be asked who does.
  private func isFree(_ updates: [RefUpdate], under policy: PolicyInForce) -> Bool {
    let summary = GuardSummary(policy)
    return updates.allSatisfy { summary.isFree($0, by: .unknown) { _ in true } }
      && policy.policy.people.allSatisfy { $0.access.level != .read }
  }

  /// The account of whoever's address git is configured with: a guess that costs nothing.
  private func account(in policy: Policy) -> [UInt8]? {
    clone.git("config", "user.email").flatMap { policy.principal(email: $0) }?.accounts.first
  }
}
