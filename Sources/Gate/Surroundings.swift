package import Git
package import Ledger
package import Policy
package import Primitives
package import Signals

/// The repository as the gate sees it: everything that `judge` reads, and nothing that it could change.
///
/// A hook fills it from the server's own storage; `hookkit verify` fills it from a clone as it was at
/// the time of a landing; the decision is the same code.
package struct Surroundings {
  package let objects: ObjectStore
  package let references: any ReferenceReading
  /// The administrator's layers: organisation and repository.
  package let upperLayers: [PolicyLayer]
  /// Why these cannot be had, where they cannot: then no policy is in force, and nothing is judged.
  package let policyProblem: PolicyInForce.Problem?
  package let memory: any PushMemory
  package let landings: any LandingReading
  package let merges: any MergeOracle
  /// Files that a policy may name.
  package let files: any PolicyFiles
  /// Where the steps of a decision are told.
  package let trace: JudgeTrace

  package init(
    objects: ObjectStore, references: any ReferenceReading, upperLayers: [PolicyLayer],
    policyProblem: PolicyInForce.Problem? = nil, memory: any PushMemory,
    landings: any LandingReading, merges: any MergeOracle, files: any PolicyFiles,
    trace: JudgeTrace = .none
  ) {
    self.objects = objects
    self.references = references
    self.upperLayers = upperLayers
    self.policyProblem = policyProblem
    self.memory = memory
    self.landings = landings
    self.merges = merges
    self.files = files
    self.trace = trace
  }
}

/// References as they stand before the push.
package protocol ReferenceReading {
  func resolve(_ name: RefName) throws(GitError) -> ObjectID?
  func head() throws(GitError) -> RefName?
  func list(prefix: [UInt8]) throws(GitError) -> [(name: RefName, id: ObjectID)]
  /// Calls `body` with every name that is taken: that of a folder ends in a slash.
  func forEachName(_ body: ([UInt8]) -> Void) throws(GitError)
}

extension ReferenceReading {
  package func forEachName(_ body: ([UInt8]) -> Void) throws(GitError) {
    for (name, _) in try list(prefix: Array("refs/".utf8)) { body(name.bytes) }
  }
}

extension ReferenceStore: ReferenceReading {
  package func list(prefix: [UInt8]) throws(GitError) -> [(name: RefName, id: ObjectID)] {
    try list(prefix: prefix, limit: 1_000_000)
  }
}

/// What the server has recorded of earlier pushes.
package protocol PushMemory {
  /// How an object came here; `nil` where that is not recorded at all, as in a clone: what is judged
  /// there is taken to come with the push that is judged.
  func arrival(of id: ObjectID) throws(GitError) -> Arrival?
  /// Whether any changes are remembered; when not, none need be looked up.
  var remembersChanges: Bool { get }
  /// Who brought a change first; `nil` for one that nobody has brought.
  func firstBringer(of change: ChangeDigest) throws(GitError) -> ChangeMemory.Bringer?
  /// What was kept of the files that a tree's guarded files name; `nil` when nothing was.
  func named(in tree: ObjectID) -> [UInt8]?
  func keep(_ bytes: [UInt8], namedIn tree: ObjectID)
}

extension PushMemory {
  package func named(in tree: ObjectID) -> [UInt8]? { nil }
  package func keep(_ bytes: [UInt8], namedIn tree: ObjectID) {}
}

/// What has landed, as the server has recorded it.
package protocol LandingReading {
  /// The commits that have landed on the references that count.
  ///
  /// - Parameter adopted: whether a maintainer has adopted what stands at a commit of a reference that
  ///   came under protection with work on it.
  func landed(
    where counts: @escaping (RefName) -> Bool, adopted: @escaping (RefName, ObjectID) -> Bool
  ) throws(GitError) -> LandedCommits
  /// Where a reference last stood by its landings, before it was deleted; `nil` when it never did.
  func lastTip(of name: RefName) throws(GitError) -> ObjectID?
}

/// Commits from which nothing further down need be judged.
package struct LandedCommits {
  /// Everything at or below these has landed: it was there before hookkit was.
  package let beginnings: [ObjectID]
  /// These have landed themselves, and what they continue with them; what lies between two of them
  /// was covered by what is above it.
  package let tips: any CommitEnds

  package init(beginnings: [ObjectID], tips: any CommitEnds) {
    self.beginnings = beginnings
    self.tips = tips
  }
}

/// Recomputes merges.
package protocol MergeOracle {
  /// Whether merging the two commits without a hand in it gives exactly this tree.
  func isCleanMerge(of ours: ObjectID, and theirs: ObjectID, giving tree: ObjectID)
    throws(GitError) -> Bool
}

/// Files beside the policy, which only an administrator's layer may name.
package protocol PolicyFiles {
  /// The signal catalog: the built-in one, extended or replaced as the policy says.
  func catalog(for policy: Policy) throws(GitError) -> Signals.SignalCatalog
  /// Checks OpenPGP signatures; `nil` when the policy names no keyring.
  func openPGP(for policy: Policy) -> (any OpenPGPVerifying)?
}

/// Checks an OpenPGP signature with the keyring that the policy names.
package protocol OpenPGPVerifying {
  /// The fingerprint (hexadecimal digits) of the primary key behind a valid signature; `nil` when the
  /// signature is not valid.
  func fingerprint(signature: [UInt8], payload: [UInt8]) throws(GitError) -> [UInt8]?
}
