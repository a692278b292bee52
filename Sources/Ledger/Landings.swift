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

  package init(objects: ObjectStore) {
    self.objects = objects
  }

  package enum Problem: Error, Sendable {
    case git(GitError)
    /// A commit of the chain is not what the server writes.
    case entry(ObjectID, String)
  }

  /// Reads the landing that a commit of the chain holds.
  package func landing(at commit: ObjectID) throws(Problem) -> Landing {
    try read(commit).landing
  }

  /// All landings up to `tip`, the newest first.
  ///
  /// - Parameter limit: most landings; more is an error.
  package func chain(from tip: ObjectID?, limit: Int = 10_000_000) throws(Problem) -> [Landing] {
    var landings: [Landing] = []
    var next = tip
    while let commit = next {
      guard landings.count < limit else { throw .git(.overLimit("more than \(limit) landings")) }
      let (landing, parents) = try read(commit)
      guard parents.count <= 1 else { throw .entry(commit, "the chain has a merge") }
      landings.append(landing)
      next = parents.first
    }
    return landings
  }

  /// The newest landing of one reference, looking at most `limit` landings back.
  package func newest(
    of ref: RefName, from tip: ObjectID?, limit: Int = 10_000
  ) throws(Problem) -> Landing? {
    var next = tip
    for _ in 0..<limit {
      guard let commit = next else { return nil }
      let (landing, parents) = try read(commit)
      if landing.statement.ref == ref { return landing }
      next = parents.first
    }
    return nil
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
