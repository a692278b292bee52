package import Git
package import Ledger
internal import Platform
package import Policy
internal import Primitives

/// A server's repository opened for one hook: each part read once, when it is first asked for, so that
/// whatever is derived from one another is of one moment.
package final class OpenServer {
  package let server: ServerRepository
  package let references: ReferenceStore
  /// The administrator's layers; none where `policyProblem` says why.
  package let upperLayers: [PolicyLayer]
  private let policyProblem: PolicyInForce.Problem?
  /// Called before what has landed is read for a decision.
  package var beforeLandingsAreRead: () -> Void = {}
  private let trace: JudgeTrace
  private var knownObjects: ObjectStore?
  private var knownSurroundings: Surroundings?
  private var knownPolicy: Result<PolicyInForce, PolicyInForce.Problem>?

  package init(_ server: ServerRepository, trace: JudgeTrace = .none) throws(GitError) {
    self.trace = trace
    try server.requireKnownFormat()
    self.server = server
    references = try ReferenceStore(gitDirectory: server.gitDirectory)
    do throws(PolicyInForce.Problem) {
      upperLayers = try server.upperLayers()
      policyProblem = nil
    } catch {
      upperLayers = []
      policyProblem = error
    }
  }

  package func objects() throws(GitError) -> ObjectStore {
    if let knownObjects { return knownObjects }
    let opened = try ObjectStore(
      gitDirectory: server.gitDirectory, quarantine: server.quarantine)
    knownObjects = opened
    return opened
  }

  /// Everything that `judge` reads.
  package func surroundings() throws(GitError) -> Surroundings {
    if let knownSurroundings { return knownSurroundings }
    let objects = try objects()
    let opened = Surroundings(
      objects: objects, references: references, upperLayers: upperLayers,
      policyProblem: policyProblem, memory: ServerMemory(server.state),
      landings: server.landings(objects, references) { [weak self] in self?.beforeLandingsAreRead()
      },
      merges: server.merges, files: server.files, trace: trace)
    knownSurroundings = opened
    return opened
  }

  /// The policy that is in force, or why there is none.
  package func policy() throws(GitError) -> Result<PolicyInForce, PolicyInForce.Problem> {
    if let knownPolicy { return knownPolicy }
    let surroundings = try surroundings()
    let result: Result<PolicyInForce, PolicyInForce.Problem>
    do throws(PolicyInForce.Problem) {
      result = .success(try PolicyInForce(in: surroundings))
    } catch {
      result = .failure(error)
    }
    knownPolicy = result
    return result
  }

  /// What has landed, in short, as it is on record now.
  package func landingIndex() throws(GitError) -> LandingIndex {
    try server.landings(objects(), references).index()
  }

  /// What a summary of the policy rests on; `nil` where the layers cannot be read.
  package func summaryBasis() throws(GitError) -> [[UInt8]]? {
    guard policyProblem == nil else { return nil }
    let head = try references.head()
    var tip: ObjectID?
    if let head { tip = try references.resolve(head) }
    return PolicyInForce.basis(
      upper: upperLayers, head: head, tip: tip, record: try references.resolve(.policy))
  }

  // MARK: What was here at first

  /// Records what was here before hookkit, where that is not on record yet: before the first push of a
  /// repository that no install has seen, or after an upgrade from a hookkit without arrivals.
  ///
  /// References stand as they did before a running push, and its objects are left out.
  package func recordStart(at time: Int64) throws(GitError) {
    let arrivals = ArrivalStore(server.state)
    if arrivals.hasBaseline, arrivals.hasBeginnings { return }
    let landed = try server.landings(objects(), references).index()
    if !arrivals.hasBaseline {
      let stored = try ObjectStore(gitDirectory: server.gitDirectory)
      let tips = try references.list(prefix: Array("refs/".utf8))
      try recording { () throws(SystemError) in
        try arrivals.recordBaseline(
          tips, in: stored, at: time,
          earlier: EarlierRecords(server.state, beginnings: landed.beginnings.map(\.new)))
        try ChangeMemory(server.state).takeOver()
      }
      knownSurroundings = nil
      knownPolicy = nil
    }
    guard case .success(let policy) = try policy() else { return }
    // Where landings were recorded before, they say what stood here at first.
    let known = landed.beginnings.map { (name: $0.ref, id: $0.new) }
    try recording { () throws(SystemError) in
      let tips = landed.tip == nil ? try arrivals.baseline() : known
      try arrivals.recordBeginnings(
        tips.filter { tip in
          policy.policy.isProtected(tip.name) && !isSymbolic(tip.name)
        }, at: time)
    }
  }

  private func isSymbolic(_ name: RefName) -> Bool {
    (try? references.resolveSymbolic(name).name) != name
  }

  private func recording(_ body: () throws(SystemError) -> Void) throws(GitError) {
    do throws(SystemError) { try body() } catch {
      throw .file(action: "recording what was here before hookkit", message: error.words)
    }
  }
}
