internal import Git
internal import Policy
internal import Primitives

/// An update while the policy in the tree is broken: what mends it is judged by the policy that was valid
/// last, and nothing else is decided.
struct PolicyRepair {
  private let bench: Bench
  private let update: RefUpdate
  private let obstacle: PolicyInForce.Problem

  /// How many commits below the tip are looked at for the policy that was valid last.
  private static let depth = 10_000

  /// `nil` where nothing is broken.
  init?(bench: Bench, update: RefUpdate) {
    guard let obstacle = bench.inForce.obstacle else { return nil }
    self.bench = bench
    self.update = update
    self.obstacle = obstacle
  }

  /// `nil` for an update that mends the policy, and is judged like any other.
  var judgement: Judgement? {
    let good = lastGood()
    guard let head = bench.inForce.head, update.name == head, mends else {
      return Judgement(
        update: update, findings: [PolicyMissing.find(obstacle, hints: hints(good))],
        isGuarded: true)
    }
    // Going back to where the policy was still valid needs no rule's leave: what it takes away was
    // never judged by a valid policy of its own.
    guard let good, update.new == good.commit else { return nil }
    return Judgement(
      update: update, findings: OutsideNamespace.find(NamedUpdate(bench: bench, update: update)),
      isGuarded: true,
      coverage: ["restored": true])
  }

  /// Whether the tree's layer at the new tip is one that can be in force.
  private var mends: Bool {
    let objects = bench.surroundings.objects
    guard !update.isDeletion, let target = try? objects.peel(update.new), target.kind == .commit
    else { return false }
    do {
      let layer = try PolicyInForce.treeLayer(at: target.id, objects: objects)
      let layers = bench.surroundings.upperLayers + (layer.map { [$0] } ?? [])
      _ = try Policy(layers: layers)
      return true
    } catch {
      return false
    }
  }

  /// The nearest commit below HEAD's branch, by first parents, whose tree has the policy that is on
  /// record, or none where none is; and how far below it is.
  private func lastGood() -> (commit: ObjectID, depth: Int)? {
    let objects = bench.surroundings.objects
    guard let head = bench.inForce.head,
      let tip = try? bench.surroundings.references.resolve(head)
    else { return nil }
    let known = bench.inForce.tree?.bytes
    var next = try? objects.commit(tip).parents.first
    for depth in 1...Self.depth {
      guard let id = next else { return nil }
      do throws(GitError) {
        let layer = try PolicyInForce.treeLayer(at: id, objects: objects)
        if layer?.bytes == known { return (id, depth) }
        next = try objects.commit(id).parents.first
      } catch {
        // A commit whose policy is broken too has parents all the same.
        next = try? objects.commit(id).parents.first
      }
    }
    return nil
  }

  private func hints(_ good: (commit: ObjectID, depth: Int)?) -> [Hint] {
    guard let head = bench.inForce.head else {
      return [
        .init("the administrator runs", "git", "symbolic-ref", "HEAD", "refs/heads/main")
      ]
    }
    let name = "\(head)"
    guard let good else { return [.init("mend it", "git", "push", "origin", "HEAD:\(name)")] }
    // HEAD stands for the branch there: a line of a message is short.
    return [
      .init("put it back", "git", "push", "--force", "origin", "\(good.commit.short):\(name)"),
      .init("on the server", "git", "update-ref", "HEAD", "HEAD~\(good.depth)"),
    ]
  }
}
