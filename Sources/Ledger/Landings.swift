package import Git
package import Primitives
package import Signing

/// One entry of `refs/hookkit/landings`: the commit that holds it, and what the server signed.
package struct Landing: Sendable {
  package let commit: ObjectID
  package let statement: LandingStatement
  package let envelope: Envelope
}

/// The chain of landings: one commit for each move of a protected reference, newest first when read.
package struct Landings {
  private let objects: ObjectStore

  package static let file = Array("landing.dsse".utf8)
  /// What the decision knew of how the commits came; its digest is in the statement.
  package static let arrivalsFile = Array("arrivals".utf8)

  package init(objects: ObjectStore) {
    self.objects = objects
  }

  package enum Problem: Error, Sendable {
    case git(GitError)
    /// A commit of the chain is not what the server writes.
    case entry(ObjectID, String)
  }

  /// The arrivals that a landing's commit holds; empty for none.
  package func arrivals(at commit: ObjectID) throws(GitError) -> [UInt8] {
    let tree = try objects.commit(commit).tree
    guard let entry = try objects.entry(Self.arrivalsFile, in: tree), entry.mode == .file else {
      return []
    }
    return try objects.bytes(of: entry.id, .blob)
  }

  /// Reads the landing that a commit of the chain holds.
  package func landing(at commit: ObjectID) throws(Problem) -> Landing {
    try read(commit).landing
  }

  /// All landings up to `tip`, the newest first.
  package func chain(from tip: ObjectID?) throws(Problem) -> [Landing] {
    var landings: [Landing] = []
    _ = try forEach(from: tip) { landing in
      landings.append(landing)
      return true
    }
    return landings
  }

  /// Calls `body` for each landing from `tip` back, until it says no.
  ///
  /// - Returns: whether `body` said no before the chain's end.
  func forEach(
    from tip: ObjectID?, _ body: (Landing) -> Bool
  ) throws(Problem) -> Bool {
    var next = tip
    while let commit = next {
      let (landing, parents) = try read(commit)
      guard parents.count <= 1 else { throw .entry(commit, "the chain has a merge") }
      guard body(landing) else { return true }
      next = parents.first
    }
    return false
  }

  private func read(_ id: ObjectID) throws(Problem) -> (landing: Landing, parents: [ObjectID]) {
    let commit: CommitObject
    let bytes: [UInt8]
    do throws(GitError) {
      commit = try objects.commit(id)
      guard let entry = try objects.entry(Self.file, in: commit.tree), entry.mode == .file else {
        throw .malformed(id, "it holds no landing")
      }
      bytes = try objects.bytes(of: entry.id, .blob, limit: Envelope.limit)
    } catch {
      throw .git(error)
    }
    do {
      let envelope = try Envelope(reading: bytes)
      let statement = try LandingStatement(statement: Statement(reading: envelope.payload))
      let landing = Landing(commit: id, statement: statement, envelope: envelope)
      return (landing, commit.parents)
    } catch {
      throw .entry(id, "its landing cannot be read: \(error)")
    }
  }
}
