package import Git
package import Policy
package import Primitives

/// The policy that judges a push: its layers as they stood before it, and their digest.
package struct PolicyInForce: Sendable {
  /// Its rules name the branch itself where the text says `HEAD`.
  package let policy: Policy
  package let layers: [PolicyLayer]
  package let digest: [UInt8]
  /// The branch that the server's HEAD names; `nil` when that is not known here.
  package let head: RefName?
  /// Why nothing is decided, though people are known: the tree's own layer is broken, and this is what
  /// is in force beside it. Only what mends it is judged, and fetches are served.
  package let obstacle: Problem?
  /// The newest policy on record, where there is one.
  package let recorded: NewestRecord?
  /// Whether the tree layer in force is the one at the tip of HEAD's branch, and not an older record's.
  package let isInStep: Bool
  /// What this was made from, byte by byte; empty when not from a repository.
  package let basis: [[UInt8]]

  /// - Parameter head: what a rule means by `HEAD`. Without it such a rule names nothing, which is for
  ///   the advice of a clone alone; the server reads its policy from its surroundings.
  package init(layers: [PolicyLayer], head: RefName?) throws(PolicyError) {
    let policy = try Policy(layers: layers)
    self.init(policy, layers, Policy.digest(ofLayers: layers), head: head)
  }

  private init(
    _ policy: Policy, _ layers: [PolicyLayer], _ digest: [UInt8], head: RefName?,
    obstacle: Problem? = nil, recorded: NewestRecord? = nil, isInStep: Bool = true,
    basis: [[UInt8]] = []
  ) {
    self.policy = head.map(policy.resolving) ?? policy
    self.layers = layers
    self.digest = digest
    self.head = head
    self.obstacle = obstacle
    self.recorded = recorded
    self.isInStep = isInStep
    self.basis = basis
  }

  /// The rules that are only watched, as if they were enforced; `nil` where there are none.
  var ofObserved: PolicyInForce? {
    policy.ofObserved.map { PolicyInForce($0, layers, digest, head: head, recorded: recorded) }
  }

  /// The same layers where HEAD was not known yet.
  func resolving(head: RefName) -> PolicyInForce {
    PolicyInForce(policy, layers, digest, head: head)
  }

  /// Most bytes of a policy layer.
  package static let largestLayer = 1 << 20

  /// The tree layer in force; what a new one must follow.
  package var tree: PolicyLayer? {
    layers.first { $0.kind == .tree } ?? recorded?.tree
  }

  /// Whether the account is one of an agent's.
  package func isAgents(_ pusher: Pusher) -> Bool {
    guard let account = pusher.account, case .agent? = policy.principal(account: account) else {
      return false
    }
    return true
  }

  package enum Problem: Error, Sendable {
    /// No layer exists at all.
    case missing
    case unreadable(String)
    case invalid(PolicyError)
  }

  // MARK: From a repository

  /// Joins the administrator's layers with the tree's: `.hookkit/policy.toml` at the tip, before the
  /// push, of the branch that HEAD names. One place for all references: a release branch carries an old
  /// copy of the file, and an old copy must not decide about itself.
  ///
  /// The tree's layer never goes back (decision 0017). What stands at the tip is believed where the
  /// newest record has it too, or where it follows that record on the very branch that the record was
  /// taken from; otherwise the recorded one stays in force.
  package init(in surroundings: Surroundings) throws(Problem) {
    let head: RefName?
    let tip: ObjectID?
    do throws(GitError) {
      head = try surroundings.references.head()
      tip = try head.flatMap { (name) throws(GitError) in
        try surroundings.references.resolve(name)
      }
    } catch {
      throw .unreadable(error.words)
    }
    try self.init(in: surroundings, head: head, at: tip)
  }

  /// The same where HEAD's branch stands, or stood, at a commit; `nil` for a branch that is not there.
  package init(
    in surroundings: Surroundings, head: RefName?, at tip: ObjectID?
  ) throws(Problem) {
    if let problem = surroundings.policyProblem { throw problem }
    let upper = surroundings.upperLayers
    let recorded: NewestRecord?
    do throws(GitError) {
      recorded = try NewestRecord(in: surroundings.references, surroundings.objects)
    } catch {
      throw .unreadable("refs/hookkit/policy: \(error.words)")
    }
    let basis = Self.basis(upper: upper, head: head, tip: tip, record: recorded?.commit)
    var broken: Problem?
    do throws(Problem) {
      let (tree, isInStep) = try Self.treeLayer(
        of: head, at: tip, after: recorded, in: surroundings)
      let layers = upper + (tree.map { [$0] } ?? [])
      guard !layers.isEmpty else { throw .missing }
      let policy = try Self.policy(layers)
      if policy.namesHead, head == nil {
        broken = .unreadable("a rule names HEAD, and HEAD names no branch")
      }
      self.init(
        policy, layers, Policy.digest(ofLayers: layers), head: head, obstacle: broken,
        recorded: recorded, isInStep: isInStep, basis: basis)
      return
    } catch {
      if case .missing = error { throw error }
      broken = error
    }
    // Something in the tree is broken. What was valid last knows who may mend it.
    for tree in [recorded?.tree, nil] where !upper.isEmpty || tree != nil {
      let layers = upper + (tree.map { [$0] } ?? [])
      guard let policy = try? Self.policy(layers) else { continue }
      self.init(
        policy, layers, Policy.digest(ofLayers: layers), head: head, obstacle: broken,
        recorded: recorded, isInStep: false, basis: basis)
      return
    }
    throw broken ?? .missing
  }

  private static func policy(_ layers: [PolicyLayer]) throws(Problem) -> Policy {
    do throws(PolicyError) { return try Policy(layers: layers) } catch { throw .invalid(error) }
  }

  /// The tree layer to be in force, and whether it is the one at the tip.
  private static func treeLayer(
    of head: RefName?, at tip: ObjectID?, after recorded: NewestRecord?,
    in surroundings: Surroundings
  ) throws(Problem) -> (layer: PolicyLayer?, isInStep: Bool) {
    var own: PolicyLayer?
    do throws(GitError) {
      if let tip { own = try treeLayer(at: tip, objects: surroundings.objects) }
    } catch {
      throw .unreadable(error.words)
    }
    guard let recorded, own?.bytes != recorded.tree?.bytes else { return (own, head != nil) }
    if let own, let head, recorded.vouches(for: head), Self.isNewer(own, than: recorded.tree) {
      return (own, true)
    }
    return (recorded.tree, false)
  }

  /// Whether a layer has the higher serial, or one that cannot be read: that is for its reader to say.
  private static func isNewer(_ layer: PolicyLayer, than other: PolicyLayer?) -> Bool {
    guard let other, let before = other.serial, let after = layer.serial else { return true }
    return after > before
  }

  /// What a policy is made from: a summary of it is one of exactly these bytes.
  package static func basis(
    upper: [PolicyLayer], head: RefName?, tip: ObjectID?, record: ObjectID?
  ) -> [[UInt8]] {
    var basis: [[UInt8]] = []
    for layer in upper { basis += [Array(layer.kind.word.utf8), layer.bytes] }
    return basis + [head?.bytes ?? [], tip?.bytes ?? [], record?.bytes ?? []]
  }

  /// The tree layer at one commit; `nil` when its tree has no policy file.
  ///
  /// - Throws: `GitError.malformed` when the file is a link, a submodule or a folder.
  package static func treeLayer(
    at commit: ObjectID, objects: ObjectStore
  ) throws(GitError) -> PolicyLayer? {
    let tree = try objects.commit(commit).tree
    guard let folder = try objects.entry(".hookkit".utf8, in: tree) else { return nil }
    guard folder.mode.isTree else {
      throw .malformed(tree, ".hookkit is not a folder")
    }
    guard let file = try objects.entry("policy.toml".utf8, in: folder.id) else { return nil }
    guard file.mode == .file || file.mode == .executable else {
      throw .malformed(folder.id, ".hookkit/policy.toml is not an ordinary file")
    }
    let bytes = try objects.bytes(of: file.id, .blob, limit: largestLayer)
    return PolicyLayer(.tree, name: "\(commit.short):.hookkit/policy.toml", bytes: bytes)
  }

  // MARK: On record

  /// Whether the newest record, when this was read, said exactly this.
  package var isRecorded: Bool { isSame(as: recorded) }

  /// Whether a record has these layers, held by the same branch.
  package func isSame(as record: NewestRecord?) -> Bool {
    guard let record, record.holder == holder else { return false }
    return record.layers.count == layers.count
      && layers.allSatisfy { layer in
        record.layers.contains { $0.kind == layer.kind && $0.bytes == layer.bytes }
      }
  }

  private var holder: NewestRecord.Holder {
    guard isInStep, let head else { return .nobody }
    return .branch(head)
  }

  /// What a commit of `refs/hookkit/policy` holds for this policy.
  package var files: [(path: [UInt8], content: [UInt8])] {
    let name: [UInt8] = if case .branch(let name) = holder { name.bytes + [0x0a] } else { [] }
    return layers.map { (Array("\($0.kind.word).toml".utf8), $0.bytes) }
      + [(NewestRecord.holderFile, name)]
  }
}
