internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// Records the moves of protected references that have happened, signed with the server's key.
///
/// The references have moved already, so nothing here can refuse; what fails is said, and
/// `hookkit doctor` and `hookkit verify` find the gap.
enum Landing {
  /// For hooks that run behind the fact: records and says what went wrong. The exit code is always 0,
  /// which git does not look at there.
  static func afterwards(_ session: Session, _ updates: [RefUpdate]) -> Int32 {
    do throws(RuntimeProblem) {
      try record(session, updates)
    } catch {
      Console.say(RefusalText.lines(for: error.finding))
    }
    return ExitCode.allowed.rawValue
  }

  private static func record(
    _ session: Session, _ updates: [RefUpdate]
  ) throws(RuntimeProblem) {
    guard !session.areFree(updates) else { return }
    let (court, surroundings) = try session.court()
    guard let court else { throw .notRecorded("the landing: the policy cannot be read") }
    let policy = court.policy.policy
    let protected = updates.filter { policy.isProtected($0.name) }
    guard !protected.isEmpty else { return }
    let cache = DecisionCache(session.server.state)
    do {
      let ledger = try surroundings.references.resolve(.ledger) ?? .zero
      let newest = try surroundings.references.resolve(.landings)
      let home = try surroundings.references.head()
      var statements: [LandingStatement] = []
      var candidates = [court.policy.layers]
      var judging: [[PolicyLayer]] = []
      // The branch that holds the policy comes first: its old policy has judged the others as well.
      for update in protected.filter({ $0.name == home }) + protected.filter({ $0.name != home }) {
        // A transaction that only packs or prunes has not moved anything.
        guard try surroundings.references.resolve(update.name) ?? .zero == update.new else {
          continue
        }
        let landings = Landings(objects: surroundings.objects)
        let last = try landings.newest(of: update.name, from: newest)
        // A transaction that does not name the old value tells it by what landed before.
        let old = update.old.isZero ? last?.statement.new ?? .zero : update.old
        guard last?.statement.new != update.new, old != update.new else { continue }
        let move = RefUpdate(old: old, new: update.new, name: update.name)
        let allowed = cache.lastAllowed(move)
        // A push to the branch that holds the policy was judged by the policy before it.
        let before = try Self.layers(before: move, court, surroundings)
        candidates.append(before)
        let digest = allowed?.policyDigest ?? Policy.digest(ofLayers: before)
        let layers = candidates.first { Policy.digest(ofLayers: $0) == digest }
        if let layers, !judging.contains(layers) { judging.append(layers) }
        statements.append(
          try LandingStatement(
            repository: policy.repository, ref: move.name, old: move.old, new: move.new,
            pusher: session.pusher.account ?? [], policyDigest: digest, ledger: ledger,
            coverage: allowed?.coverage ?? .object([]), time: session.time, kind: .landing))
        cache.forget(move)
      }
      guard !statements.isEmpty else { return }
      guard let key = try serverKey(session) else {
        // A server that has never recorded a landing was set up without a key.
        guard newest != nil else { return }
        let path = session.server.state.serverKeyPath
        throw RuntimeProblem.notRecorded("the landing: \(path) is gone")
      }
      let records = try ServerRecords(gitDirectory: session.server.gitDirectory)
      for layers in judging
      where try records.appendPolicy(files: layers.map(\.file), at: session.time) {
        let inForce = try PolicyInForce(layers: layers, head: home)
        let beginnings = Beginnings(
          policy: inForce.policy, digest: inForce.digest, surroundings: surroundings)
        try records.append(
          beginnings.statements(before: statements, ledger: ledger, at: session.time),
          signedBy: key)
      }
      try records.append(statements, signedBy: key)
    } catch let error as RuntimeProblem {
      throw error
    } catch let error as GitError {
      throw .git(error)
    } catch let error as ServerRecords.Problem {
      throw .notRecorded("the landing: \(error)")
    } catch {
      throw .notRecorded("the landing cannot be put into words: \(error)")
    }
  }

  /// The layers that judged a move: the tree layer is that of the old tip when the move is of the
  /// branch that holds it.
  private static func layers(
    before move: RefUpdate, _ court: Session.Court, _ surroundings: Surroundings
  ) throws(GitError) -> [PolicyLayer] {
    guard try surroundings.references.head() == move.name else { return court.policy.layers }
    var layers = surroundings.upperLayers
    if !move.old.isZero,
      let tree = try PolicyInForce.treeLayer(at: move.old, objects: surroundings.objects)
    {
      layers.append(tree)
    }
    return layers
  }

  private static func serverKey(_ session: Session) throws(RuntimeProblem) -> PrivateKey? {
    let path = session.server.state.serverKeyPath
    let text: [UInt8]?
    do throws(SystemError) {
      text = try FileBytes.readIfPresent(path, limit: 64 << 10)
    } catch {
      throw .notRecorded("the landing: \(path): \(error.words)")
    }
    guard let text else { return nil }
    do throws(KeyError) {
      return try PrivateKey(openSSH: text)
    } catch {
      throw .notRecorded("the landing: \(path) is not a key that hookkit can sign with")
    }
  }
}

extension PolicyLayer {
  /// The layer as a file of `refs/hookkit/policy`.
  package var file: (path: [UInt8], content: [UInt8]) {
    (Array("\(kind.word).toml".utf8), bytes)
  }
}
