package import Git
package import Policy
package import Primitives

/// The policy that judges a push: its layers as they stood before it, and their digest.
package struct PolicyInForce: Sendable {
  package let policy: Policy
  package let layers: [PolicyLayer]
  package let digest: [UInt8]

  package init(layers: [PolicyLayer]) throws(PolicyError) {
    policy = try Policy(layers: layers)
    self.layers = layers
    digest = Policy.digest(ofLayers: layers)
  }

  /// Most bytes of a policy layer.
  package static let largestLayer = 1 << 20

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
    var layers = surroundings.upperLayers
    do throws(GitError) {
      if let home = try surroundings.references.head(),
        let tip = try surroundings.references.resolve(home),
        let layer = try Self.treeLayer(at: tip, objects: surroundings.objects)
      {
        layers.append(layer)
      }
    } catch {
      throw .unreadable(error.words)
    }
    guard !layers.isEmpty else { throw .missing }
    do throws(PolicyError) { try self.init(layers: layers) } catch { throw .invalid(error) }
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
