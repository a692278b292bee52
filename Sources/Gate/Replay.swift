package import Git
internal import Ledger
internal import Policy
package import Primitives
package import Signing

/// Checks a server by its own records, in any repository that has them: every landing's signature, the
/// line that each protected reference's landings make, and every decision once more
/// (Documentation/Design/Model.md, "Replay").
///
/// Only the server's key and the digest of the first policy are taken on trust. Two things that made
/// the server stricter are not in its records and so not replayed: changes that it remembered as an
/// agent's, and notes on commits.
package struct Replay {
  /// What is trusted beforehand; what is not given is taken from the first landing and said.
  package struct Anchors: Sendable {
    /// `SHA256:...`, as ssh-keygen prints it.
    package var serverKey: String?
    /// SHA-256 over the layers of the first policy.
    package var policyDigest: [UInt8]?

    package init(serverKey: String? = nil, policyDigest: [UInt8]? = nil) {
      self.serverKey = serverKey
      self.policyDigest = policyDigest
    }
  }

  /// What held, when all of it did.
  package struct Outcome: Sendable {
    package fileprivate(set) var landings = 0
    package fileprivate(set) var baselines = 0
    /// Landings that were judged again.
    package fileprivate(set) var judged = 0
    package fileprivate(set) var policies: Set<[UInt8]> = []
    package fileprivate(set) var tips: [RefName: ObjectID] = [:]
    package fileprivate(set) var serverKey: PublicKey?
    package fileprivate(set) var firstPolicy: [UInt8] = []
    fileprivate(set) var lastPolicy: PolicyInForce?

    fileprivate init() {}
  }

  private let objects: ObjectStore
  private let references: any ReferenceReading
  private let merges: any MergeOracle
  private let files: any PolicyFiles
  private let anchors: Anchors

  /// - Parameters:
  ///   - references: the server's, as this repository has them.
  ///   - merges: recomputes merges in this repository.
  ///   - files: the files that a policy may name, as far as they are here.
  package init(
    objects: ObjectStore, references: any ReferenceReading, merges: any MergeOracle,
    files: any PolicyFiles, anchors: Anchors
  ) {
    self.objects = objects
    self.references = references
    self.merges = merges
    self.files = files
    self.anchors = anchors
  }

  /// Replays all landings, then compares where they end with where the references stand.
  ///
  /// - Parameters:
  ///   - only: judge the landings of this reference alone; the others are followed, not judged.
  ///   - progress: told how many landings of how many are done.
  /// - Throws: `ReplayFlaw`: the first thing that does not hold.
  package func run(
    only: RefName? = nil, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ReplayFlaw) -> Outcome {
    let landings = try chain(.landings, "refs/hookkit/landings")
    guard !landings.commits.isEmpty else {
      throw ReplayFlaw(.undecided, "there are no landings here to verify")
    }
    var policies = try RecordedPolicies(
      chain(.policy, "refs/hookkit/policy"), objects: objects)
    var ledger = try RecordedLedger(chain(.ledger, "refs/hookkit/ledger"), objects: objects)
    let home = try home()
    var history = LandingHistory(home: home)
    var outcome = Outcome()
    for (index, commit) in landings.commits.enumerated() {
      let landing = try landing(at: commit, number: index + 1)
      try checkSignature(landing, &outcome)
      let statement = landing.statement
      // What HEAD named then; landings of older versions do not say, and it may have changed since.
      history.home = statement.head ?? home
      let policy = try policy(of: landing, from: &policies, head: history.home, &outcome)
      if let problem = ledger.problem(with: statement.ledger, at: statement.time) {
        throw landing.flaw(problem)
      }
      if let problem = history.problem(with: landing, under: policy, objects: objects) {
        throw landing.flaw(problem)
      }
      if statement.kind == .landing, only == nil || only == statement.ref {
        try judge(landing, under: policy, after: history)
        outcome.judged += 1
      }
      history.add(landing, under: policy, in: objects)
      outcome.landings += 1
      outcome.baselines += statement.kind == .baseline ? 1 : 0
      outcome.lastPolicy = policy
      progress(index + 1, landings.commits.count)
    }
    outcome.tips = history.tips
    try compareTips(history, outcome, only: only)
    return outcome
  }

  private func chain(_ name: RefName, _ word: String) throws(ReplayFlaw) -> RecordChain {
    let tip: ObjectID?
    do throws(GitError) { tip = try references.resolve(name) } catch {
      throw ReplayFlaw(error, reading: word)
    }
    return try RecordChain(from: tip, named: word, objects: objects)
  }

  private func home() throws(ReplayFlaw) -> RefName? {
    do throws(GitError) { return try references.head() } catch {
      throw ReplayFlaw(error, reading: "the server's HEAD")
    }
  }

  // MARK: One landing

  private func landing(at commit: ObjectID, number: Int) throws(ReplayFlaw) -> NumberedLanding {
    do throws(Landings.Problem) {
      return NumberedLanding(
        number: number, landing: try Landings(objects: objects).landing(at: commit))
    } catch {
      switch error {
      case .git(let error):
        throw ReplayFlaw(
          error, reading: "landing \(number) (\(commit.short))", landing: number, commit: commit)
      case .entry(_, let why):
        throw ReplayFlaw(
          landing: number, commit: commit, "landing \(number) (\(commit.short)): \(why)")
      }
    }
  }

  private func checkSignature(
    _ landing: NumberedLanding, _ outcome: inout Outcome
  ) throws(ReplayFlaw) {
    let signatures = landing.envelope.signatures
    guard signatures.count == 1 else {
      throw landing.flaw("it bears \(signatures.count) signatures instead of one, the server's")
    }
    let key = signatures[0].publicKey
    guard key.fingerprint == anchors.serverKey ?? outcome.serverKey?.fingerprint ?? key.fingerprint
    else {
      throw landing.flaw(
        "it is signed by another key than the server's",
        details: ["by \(key.fingerprint), which anybody could have made"])
    }
    do throws(SignatureError) {
      _ = try landing.envelope.verify(signatures[0], namespace: .landing)
    } catch {
      throw landing.flaw("its signature is not valid")
    }
    outcome.serverKey = key
  }

  private func policy(
    of landing: NumberedLanding, from policies: inout RecordedPolicies, head: RefName?,
    _ outcome: inout Outcome
  ) throws(ReplayFlaw) -> PolicyInForce {
    let digest = landing.statement.policyDigest
    let shown = Hex.string(digest.prefix(6))
    if landing.number == 1 {
      guard digest == anchors.policyDigest ?? digest else {
        throw landing.flaw(
          "its policy \(shown) is not the one that you trust",
          details: ["its digest is \(Hex.string(digest))"])
      }
      outcome.firstPolicy = digest
    }
    var policy: PolicyInForce
    do throws(RecordedPolicies.Problem) { policy = try policies.policy(digest) } catch {
      switch error {
      case .notOnRecord: throw landing.flaw("its policy \(shown) is not on record")
      case .unreadable(let error):
        throw ReplayFlaw(
          error, reading: "its policy \(shown)", landing: landing.number, commit: landing.commit)
      case .invalid(let error):
        throw landing.flaw("its policy \(shown) is not valid", details: ["\(error)"])
      }
    }
    guard landing.statement.repository == policy.policy.repository else {
      throw landing.flaw("it names another repository than its policy does")
    }
    outcome.policies.insert(digest)
    if let head { policy = policy.resolving(head: head) }
    guard !policy.policy.namesHead else {
      throw ReplayFlaw(
        .undecided, landing: landing.number, commit: landing.commit, ref: landing.statement.ref,
        "\(landing.words) cannot be judged here: a rule of its policy names HEAD",
        details: ["which branch the server's HEAD names is not known here"])
    }
    return policy
  }

  /// The decision once more, from what the repository was then.
  private func judge(
    _ landing: NumberedLanding, under policy: PolicyInForce, after history: LandingHistory
  ) throws(ReplayFlaw) {
    let statement = landing.statement
    let memory = try memory(of: landing)
    let surroundings = Surroundings(
      objects: objects,
      references: ReplayReferences(
        tips: history.tips, home: history.home, ledger: statement.ledger),
      upperLayers: policy.layers.filter { $0.kind != .tree }, memory: memory,
      landings: history.landings(in: objects), merges: merges, files: files)
    let signer = statement.coverage["certificate"]?.string
    let push = Push(
      updates: [RefUpdate(old: statement.old, new: statement.new, name: statement.ref)],
      pusher: Pusher(account: statement.pusher.isEmpty ? nil : statement.pusher),
      certificate: signer.map { .valid(signer: $0) } ?? .none, time: statement.time,
      heldAs: statement.coverage["held"]?.string,
      isMadeOnServer: statement.coverage["on-server"] == true)
    let decision = Gate.judge(push, under: policy, in: surroundings)
    guard decision.verdict != .allow,
      let finding = decision.judgements.flatMap(\.findings).first(where: \.severity.standsAgainst)
    else { return }
    let isOpen = decision.verdict == .undecided
    throw ReplayFlaw(
      isOpen ? .undecided : .broken, landing: landing.number, commit: landing.commit,
      ref: statement.ref, code: finding.code,
      "\(landing.words) \(isOpen ? "cannot be judged here" : "should have been refused")",
      details: [finding.headline] + finding.details)
  }

  /// How the commits of a landing came, as the server wrote it beside the landing.
  private func memory(of landing: NumberedLanding) throws(ReplayFlaw) -> ReplayMemory {
    let statement = landing.statement
    let bytes: [UInt8]
    do throws(GitError) {
      bytes = try Landings(objects: objects).arrivals(at: landing.commit)
    } catch {
      throw ReplayFlaw(
        error, reading: "the arrivals of \(landing.words)", landing: landing.number,
        commit: landing.commit)
    }
    let signed = statement.coverage["arrivals"]?.bytes
    guard bytes.isEmpty ? signed == nil : signed == Hex.encode(Digest.sha256(bytes)) else {
      throw landing.flaw("its arrivals are not those that the server signed")
    }
    guard let arrivals = LandedArrivals(reading: bytes) else {
      throw landing.flaw("its arrivals are not in the form that hookkit writes")
    }
    guard let memory = ReplayMemory(arrivals, receiptsOf: statement, in: objects) else {
      throw landing.flaw("its receipts are not in the form that hookkit writes")
    }
    return memory
  }

  // MARK: The end

  /// Where the landings end is where the references must stand, and no protected branch is without any.
  private func compareTips(
    _ history: LandingHistory, _ outcome: Outcome, only: RefName?
  ) throws(ReplayFlaw) {
    var present: [RefName: ObjectID] = [:]
    var branches: [(name: RefName, id: ObjectID)] = []
    do throws(GitError) {
      for name in history.refs { present[name] = try references.resolve(name) }
      branches = try references.list(prefix: Array("refs/heads/".utf8))
    } catch {
      throw ReplayFlaw(error, reading: "the server's references")
    }
    for name in history.refs.sorted() where only == nil || only == name {
      // What the last landing's policy no longer names moves freely, as a default branch that was left.
      guard outcome.lastPolicy?.policy.isProtected(name) ?? true else { continue }
      // A clone need not have every tag.
      guard present[name] != history.tips[name], present[name] != nil || !name.isTag else {
        continue
      }
      throw history.unrecordedMove(of: name, to: present[name])
    }
    for (name, id) in branches
    where (only == nil || only == name) && !history.refs.contains(name)
      && outcome.lastPolicy?.policy.isProtected(name) ?? false
    {
      throw ReplayFlaw(
        ref: name, "\(name) stands at \(id.short), and no landing brought it there",
        details: ["it is protected, so the server would have recorded it"])
    }
  }
}
