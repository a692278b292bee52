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

  /// - Parameter head: what a rule means by `HEAD`. Without it such a rule names nothing, which is for
  ///   the advice of a clone alone; the server reads its policy from its surroundings.
  package init(layers: [PolicyLayer], head: RefName?) throws(PolicyError) {
    let policy = try Policy(layers: layers)
    self.init(head.map(policy.resolving) ?? policy, layers, Policy.digest(ofLayers: layers), head)
  }

  private init(
    _ policy: Policy, _ layers: [PolicyLayer], _ digest: [UInt8], _ head: RefName?
  ) {
    self.policy = policy
    self.layers = layers
    self.digest = digest
    self.head = head
  }

  /// The same layers where HEAD was not known yet.
  func resolving(head: RefName) -> PolicyInForce {
    PolicyInForce(policy.resolving(head: head), layers, digest, head)
  }

  /// Most bytes of a policy layer.
  package static let largestLayer = 1 << 20

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

  /// Reads the tree layer and joins it with the administrator's.
  ///
  /// The tree layer is `.hookkit/policy.toml` at the tip, before the push, of the branch that HEAD
  /// names. One place for all references: a release branch carries an old copy of the file, and an old
  /// copy must not decide about itself.
  package init(in surroundings: Surroundings) throws(Problem) {
    if let problem = surroundings.policyProblem { throw problem }
    var layers = surroundings.upperLayers
    let head: RefName?
    var home: RefName?
    do throws(GitError) {
      head = try surroundings.references.head()
      if let head, let tip = try surroundings.references.resolve(head),
        let layer = try Self.treeLayer(at: tip, objects: surroundings.objects)
      {
        home = head
        layers.append(layer)
      }
    } catch {
      throw .unreadable(error.words)
    }
    guard !layers.isEmpty else { throw .missing }
    do throws(PolicyError) { try self.init(layers: layers, head: head) } catch {
      throw .invalid(error)
    }
    guard !policy.namesHead else {
      throw .unreadable("a rule names HEAD, and HEAD names no branch")
    }
    if let home, !isGuarded(home, above: surroundings.upperLayers) {
      throw .unreadable(
        "\(home) holds .hookkit/policy.toml and may enrol people, but no rule protects it")
    }
  }

  /// Whether the branch that holds the tree layer is protected by those who trust it.
  ///
  /// A layer above that delegates people must protect the branch itself: whoever may push to an
  /// unprotected one could enrol themselves there, with a rule for it in the same file. A tree layer that
  /// stands alone is trusted by itself, and so must protect its own branch. Any other can only tighten.
  private func isGuarded(_ home: RefName, above: [PolicyLayer]) -> Bool {
    if above.isEmpty { return policy.isProtected(home) }
    guard policy.layers.dropLast().allSatisfy(\.delegatesPeople) else { return true }
    return (try? Policy(layers: above))?.resolving(head: home).isProtected(home) ?? false
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
}
