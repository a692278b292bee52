internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// One of the server's chains: commits with at most one parent, the oldest first.
struct RecordChain {
  let commits: [ObjectID]
  let position: [ObjectID: Int]

  private static let limit = 10_000_000

  init(from tip: ObjectID?, named name: String, objects: ObjectStore) throws(ReplayFlaw) {
    var commits: [ObjectID] = []
    var next = tip
    while let id = next {
      let commit: CommitObject
      do throws(GitError) { commit = try objects.commit(id) } catch {
        throw ReplayFlaw(error, reading: "the commit \(id.short) of \(name)", commit: id)
      }
      guard commit.parents.count <= 1 else {
        throw ReplayFlaw(
          commit: id, "\(name) is not one line of commits: \(id.short) is a merge")
      }
      guard commits.count < Self.limit else {
        throw ReplayFlaw(.undecided, "\(name) has more than \(Self.limit) commits")
      }
      commits.append(id)
      next = commit.parents.first
    }
    self.commits = commits.reversed()
    var position: [ObjectID: Int] = [:]
    for (index, id) in self.commits.enumerated() { position[id] = index }
    self.position = position
  }
}

/// The policies on record, by their digests.
struct RecordedPolicies {
  private var commits: [[UInt8]: ObjectID] = [:]
  private var known: [[UInt8]: PolicyInForce] = [:]
  private let objects: ObjectStore

  init(_ chain: RecordChain, objects: ObjectStore) throws(ReplayFlaw) {
    self.objects = objects
    for commit in chain.commits {
      do throws(GitError) {
        let digest = Policy.digest(ofLayers: try recordedLayers(at: commit, objects: objects))
        if commits[digest] == nil { commits[digest] = commit }
      } catch {
        throw ReplayFlaw(error, reading: "the policy \(commit.short)", commit: commit)
      }
    }
  }

  enum Problem: Error {
    case notOnRecord
    case unreadable(GitError)
    case invalid(PolicyError)
  }

  /// The policy with this digest, read once.
  mutating func policy(_ digest: [UInt8]) throws(Problem) -> PolicyInForce {
    if let policy = known[digest] { return policy }
    guard let commit = commits[digest] else { throw .notOnRecord }
    let layers: [PolicyLayer]
    do throws(GitError) { layers = try recordedLayers(at: commit, objects: objects) } catch {
      throw .unreadable(error)
    }
    do throws(PolicyError) {
      let policy = try PolicyInForce(layers: layers, head: nil)
      known[digest] = policy
      return policy
    } catch {
      throw .invalid(error)
    }
  }
}

/// The ledger's chain, of which every commit has been found to only add.
struct RecordedLedger {
  private let chain: RecordChain
  /// Positions that landings have named, with their times, and the latest that no later landing may
  /// fall behind.
  private var named: [(time: Int64, position: Int)] = []
  private var floor = -1

  init(_ chain: RecordChain, objects: ObjectStore) throws(ReplayFlaw) {
    self.chain = chain
    var previous: ObjectID?
    for commit in chain.commits {
      var changed: PathChange?
      do throws(GitError) {
        let tree = try objects.tree(ofCommit: commit)
        try objects.compare(previous, tree) { change in
          if changed == nil, change.oldMode != .absent { changed = change }
        }
        previous = tree
      } catch {
        throw ReplayFlaw(error, reading: "the ledger's commit \(commit.short)", commit: commit)
      }
      if let changed {
        throw ReplayFlaw(
          commit: commit, "the ledger was edited: its commit \(commit.short) does not only add",
          details: ["it changes \(Escaped.text(changed.path, limit: 120))"])
      }
    }
  }

  /// Whether the ledger that a landing names lies on the chain and is not older than what an earlier
  /// landing already had. Two hooks at once may write their landings in the other order, so only what
  /// is older than a few minutes counts.
  ///
  /// - Returns: what is wrong with it; `nil` for nothing.
  mutating func problem(with ledger: ObjectID, at time: Int64) -> String? {
    let position: Int
    if ledger.isZero {
      position = -1
    } else if let known = chain.position[ledger] {
      position = known
    } else {
      return "its ledger \(ledger.short) is not part of the ledger here"
    }
    let settled = named.prefix { $0.time + Signatories.clockTolerance <= time }
    floor = max(floor, settled.map(\.position).max() ?? -1)
    named.removeFirst(settled.count)
    named.append((time, position))
    return position < floor ? "its ledger \(ledger.short) is older than an earlier landing's" : nil
  }
}
