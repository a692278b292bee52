package import Git
package import Primitives
package import Signing

/// The signed statements of people at one commit of `refs/hookkit/ledger`.
///
/// The tree only grows: `reviews/<2 digits>/<head>/<digest>-<key>.dsse`, `releases/` the same by the
/// commit that waits, and `withdrawn/<review digest>/<digest>-<key>.dsse`, where a digest is that of the signed payload. Reading
/// gives what was signed and by which keys; whether a signature counts is for the gate to say.
package struct Ledger {
  package let tip: ObjectID?
  private let objects: ObjectStore
  private let reviewShards: [[UInt8]: ObjectID]
  private let releases: ObjectID?
  private let withdrawals: ObjectID?

  /// - Parameter tip: the ledger's commit; `nil` for a repository that has no ledger yet.
  package init(at tip: ObjectID?, objects: ObjectStore) throws(GitError) {
    self.tip = tip
    self.objects = objects
    var shards: [[UInt8]: ObjectID] = [:]
    var releases: ObjectID?
    var withdrawals: ObjectID?
    if let tip {
      let root = try objects.commit(tip).tree
      if let reviews = try objects.entry("reviews".utf8, in: root), reviews.mode.isTree {
        try objects.forEachEntry(in: reviews.id) { entry in
          if entry.mode.isTree { shards[Array(entry.name)] = entry.id }
        }
      }
      func folder(_ name: String) throws(GitError) -> ObjectID? {
        guard let found = try objects.entry(name.utf8, in: root), found.mode.isTree else {
          return nil
        }
        return found.id
      }
      releases = try folder("releases")
      withdrawals = try folder("withdrawn")
    }
    reviewShards = shards
    self.releases = releases
    self.withdrawals = withdrawals
  }

  /// The envelopes filed as reviews of one commit.
  package func reviews(of head: ObjectID) throws(GitError) -> [Envelope] {
    guard let shard = reviewShards[Hex.encode(head.bytes.prefix(1))],
      let folder = try objects.entry(Hex.encode(head.bytes), in: shard), folder.mode.isTree
    else { return [] }
    return try envelopes(in: folder.id, at: "reviews/\(head.hex.prefix(2))/\(head.hex)")
  }

  /// The envelopes filed as answers to a change that waits, by the commit that would land.
  package func releases(of commit: ObjectID) throws(GitError) -> [Envelope] {
    let path = "\(commit.hex.prefix(2))/\(commit.hex)"
    guard let releases, let folder = try objects.entry(atPath: path.utf8, in: releases),
      folder.mode.isTree
    else { return [] }
    return try envelopes(in: folder.id, at: "releases/\(path)")
  }

  /// All commits that have a review.
  package func reviewedHeads(limit: Int = 100_000) throws(GitError) -> [ObjectID] {
    var heads: [ObjectID] = []
    for shard in reviewShards.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      try objects.forEachEntry(in: shard.value) { (entry) throws(GitError) in
        if let head = ObjectID(hex: Array(entry.name)) { heads.append(head) }
        guard heads.count <= limit else { throw .overLimit("more than \(limit) reviewed commits") }
      }
    }
    return heads
  }

  /// The envelopes that withdraw the review with this payload digest.
  package func withdrawals(of review: [UInt8]) throws(GitError) -> [Envelope] {
    guard let withdrawals, let folder = try objects.entry(Hex.encode(review), in: withdrawals),
      folder.mode.isTree
    else { return [] }
    return try envelopes(in: folder.id, at: "withdrawn/\(Hex.string(review))")
  }

  /// - Parameter path: of the folder, for errors.
  private func envelopes(in folder: ObjectID, at path: String) throws(GitError) -> [Envelope] {
    var files: [ObjectID] = []
    try objects.forEachEntry(in: folder) { (entry) throws(GitError) in
      guard files.count < 1024 else { throw .overLimit("more than 1024 statements on one object") }
      files.append(entry.id)
    }
    var envelopes: [Envelope] = []
    for file in files {
      let bytes = try objects.bytes(of: file, .blob, limit: Envelope.limit)
      do throws(EnvelopeError) {
        envelopes.append(try Envelope(reading: bytes))
      } catch {
        throw .malformed(file, "ledger, \(path): no signed statement: \(error)")
      }
    }
    return envelopes
  }
}

/// A statement of the ledger: what it says, and the path that its content gives it.
package enum LedgerEntry: Sendable {
  case review(ReviewStatement, Envelope)
  case withdrawal(WithdrawalStatement, Envelope)
  case release(ReleaseStatement, Envelope)

  package enum Problem: Error, Hashable, Sendable {
    case envelope(EnvelopeError)
    case statement(StatementError)
    case unknownKind
  }

  /// Reads an envelope and the statement in it.
  package init(reading bytes: [UInt8]) throws(Problem) {
    let envelope: Envelope
    do throws(EnvelopeError) { envelope = try Envelope(reading: bytes) } catch {
      throw .envelope(error)
    }
    do throws(StatementError) {
      let statement = try Statement(reading: envelope.payload)
      if statement.predicateType.elementsEqual(ReviewStatement.predicateType.utf8) {
        self = .review(try ReviewStatement(statement: statement), envelope)
        return
      }
      if statement.predicateType.elementsEqual(WithdrawalStatement.predicateType.utf8) {
        self = .withdrawal(try WithdrawalStatement(statement: statement), envelope)
        return
      }
      if statement.predicateType.elementsEqual(ReleaseStatement.predicateType.utf8) {
        self = .release(try ReleaseStatement(statement: statement), envelope)
        return
      }
    } catch {
      throw .statement(error)
    }
    throw .unknownKind
  }

  package var envelope: Envelope {
    switch self {
    case .review(_, let envelope), .withdrawal(_, let envelope), .release(_, let envelope): envelope
    }
  }

  package var repository: [UInt8] {
    switch self {
    case .review(let statement, _): statement.repository
    case .withdrawal(let statement, _): statement.repository
    case .release(let statement, _): statement.repository
    }
  }

  /// The namespace its signatures must have been made for.
  package var namespace: SignatureNamespace {
    switch self {
    case .review: .review
    case .withdrawal: .withdrawal
    case .release: .release
    }
  }

  /// Where the entry must stand in the ledger's tree.
  package var path: [UInt8] {
    // With the key beside it: two people may sign the very same words in the same second.
    let key = envelope.signatures.first.map { Digest.sha256($0.publicKey.blob) } ?? []
    let name =
      Hex.encode(envelope.payloadDigest) + [0x2d] + Hex.encode(Array(key.prefix(8)))
      + Array(".dsse".utf8)
    func sharded(_ folder: String, _ commit: ObjectID) -> [UInt8] {
      let commit = Hex.encode(commit.bytes)
      return Array(folder.utf8) + [0x2f] + commit.prefix(2) + [0x2f] + commit + [0x2f] + name
    }
    switch self {
    case .review(let statement, _): return sharded("reviews", statement.head)
    case .release(let statement, _): return sharded("releases", statement.new)
    case .withdrawal(let statement, _):
      return Array("withdrawn/".utf8) + Hex.encode(statement.review) + [0x2f] + name
    }
  }
}
