package import Git
package import Policy
package import Primitives

/// The newest policy that the server has recorded in `refs/hookkit/policy`.
///
/// It is what a pushed policy is compared with, wherever HEAD points and whatever exists: a branch can
/// be left, deleted and made again, and the record stays.
package struct NewestRecord: Sendable {
  package let commit: ObjectID
  package let layers: [PolicyLayer]
  package let holder: Holder

  /// Which branch held the tree's layer when it was recorded, by being the one that HEAD names.
  package enum Holder: Hashable, Sendable {
    case branch(RefName)
    /// HEAD named no branch, or one that held another layer than the one in force.
    case nobody
    /// A record of an older hookkit, which did not say.
    case unknown
  }

  /// The file beside the layers that names the holder; empty for nobody.
  static let holderFile = Array("head".utf8)

  package var tree: PolicyLayer? { layers.first { $0.kind == .tree } }

  /// `nil` where nothing is recorded yet.
  package init?(
    in references: any ReferenceReading, _ objects: ObjectStore
  ) throws(GitError) {
    guard let tip = try references.resolve(.policy) else { return nil }
    commit = tip
    layers = try recordedLayers(at: tip, objects: objects)
    let entry = try objects.entry(Self.holderFile, in: objects.tree(ofCommit: tip))
    guard let entry else {
      holder = .unknown
      return
    }
    let text = try objects.bytes(of: entry.id, .blob, limit: RefName.maximumCount + 1)
    let name = RefName(Array(text.prefix { $0 != 0x0a }))
    holder = name.isWellFormed ? .branch(name) : .nobody
  }

  /// Whether what stands at the tip of the branch got there by judged updates alone since this was
  /// recorded: it is the branch that held the layer then, and HEAD's branch is always guarded.
  func vouches(for head: RefName) -> Bool {
    holder == .unknown || holder == .branch(head)
  }
}
