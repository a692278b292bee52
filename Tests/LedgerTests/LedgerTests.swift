import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite struct LedgerTests {
  let sandbox: Sandbox
  let repository: TestRepository
  let key: PrivateKey
  let head = id(0xab)

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.bareRepository()
    key = try PrivateKey.generate()
  }

  private func envelope(_ statement: Statement, _ namespace: SignatureNamespace) throws -> Envelope
  {
    let payload = statement.serialized
    let message = Envelope.preAuthenticationEncoding(payload: payload)
    return try Envelope(
      payload: payload,
      signatures: [
        .init(SSHSignature(armored: key.sign(message, namespace: namespace.rawValue)))
      ])
  }

  private func review(_ comment: String = "") throws -> Envelope {
    try envelope(
      ReviewStatement(
        repository: Array("git.example.org/app".utf8), ref: RefName("refs/heads/main"),
        base: id(1), head: head, resultTree: id(2), vouches: [.code],
        policyDigest: [UInt8](repeating: 1, count: 32), time: 100, expires: nil,
        comment: Array(comment.utf8)
      ).statement, .review)
  }

  private func withdrawal(_ review: Envelope) throws -> Envelope {
    try envelope(
      WithdrawalStatement(
        repository: Array("git.example.org/app".utf8), review: review.payloadDigest, time: 200
      ).statement, .withdrawal)
  }

  private func ledger(_ files: [String: TreeChange]) throws -> Ledger {
    let tip = try repository.commit("ledger", files, on: "refs/hookkit/ledger", parents: [])
    return try Ledger(at: tip, objects: ObjectStore(gitDirectory: repository.gitDirectory))
  }

  private func path(_ envelope: Envelope) throws -> String {
    String(decoding: try LedgerEntry(reading: envelope.serialized).path, as: UTF8.self)
  }

  @Test("a repository without a ledger has no reviews")
  func none() throws {
    let ledger = try Ledger(
      at: nil, objects: ObjectStore(gitDirectory: repository.gitDirectory))
    #expect(try ledger.reviews(of: head).isEmpty && ledger.reviewedHeads().isEmpty)
    #expect(try ledger.withdrawals(of: [UInt8](repeating: 1, count: 32)).isEmpty)
  }

  @Test("a statement says itself where it belongs")
  func paths() throws {
    let review = try review()
    let digest = Hex.string(review.payloadDigest)
    let key = try #require(review.signatures.first).publicKey
    let keyName = Hex.string(Digest.sha256(key.blob).prefix(8))
    #expect(try path(review) == "reviews/ab/\(head.hex)/\(digest)-\(keyName).dsse")
    let withdrawal = try withdrawal(review)
    #expect(
      try path(withdrawal)
        == "withdrawn/\(digest)/\(Hex.string(withdrawal.payloadDigest))-\(keyName).dsse")
  }

  @Test("reviews and withdrawals are found where they are filed")
  func finds() throws {
    let first = try review("one")
    let second = try review("two")
    let gone = try withdrawal(first)
    let ledger = try ledger([
      path(first): .file(first.serialized), path(second): .file(second.serialized),
      path(gone): .file(gone.serialized),
    ])
    #expect(
      Set(try ledger.reviews(of: head).map(\.payloadDigest))
        == [first.payloadDigest, second.payloadDigest])
    #expect(try ledger.withdrawals(of: first.payloadDigest).count == 1)
    #expect(try ledger.withdrawals(of: second.payloadDigest).isEmpty)
    #expect(try ledger.reviews(of: id(0xac)).isEmpty)
    #expect(try ledger.reviewedHeads() == [head])
    #expect(throws: GitError.self) { _ = try ledger.reviewedHeads(limit: 0) }
  }

  @Test("a statement that cannot be read is an error, never a review that is not there")
  func unreadable() throws {
    let good = try review()
    let place = try path(good)
    let bad: [TreeChange] = ["garbage", "", .file(Array(good.serialized.dropLast(5)))]
    for change in bad {
      let ledger = try ledger([place: change])
      #expect(throws: GitError.self) { _ = try ledger.reviews(of: head) }
    }
    let missing = try ledger([place: .object(id(9), mode: "100644")])
    #expect(throws: GitError.missing(id(9))) { _ = try missing.reviews(of: head) }
  }

  @Test("a ledger whose tip is no commit or is gone is an error")
  func tip() throws {
    let blob = try repository.blob([1])
    let objects = try ObjectStore(gitDirectory: repository.gitDirectory)
    #expect(throws: GitError.self) { _ = try Ledger(at: blob, objects: objects) }
    #expect(throws: GitError.missing(id(9))) { _ = try Ledger(at: id(9), objects: objects) }
  }

  @Test("bytes that are no statement of hookkit's are told apart by why")
  func entries() throws {
    #expect(throws: LedgerEntry.Problem.self) { _ = try LedgerEntry(reading: []) }
    let landing = try LandingStatement(
      repository: Array("git.example.org/app".utf8), ref: RefName("refs/heads/main"),
      old: .zero, new: id(1), pusher: [], policyDigest: [UInt8](repeating: 1, count: 32),
      ledger: .zero, coverage: .object([]), time: 1, kind: .landing
    ).statement
    let filed = try envelope(landing, .landing).serialized
    #expect(throws: LedgerEntry.Problem.self) { _ = try LedgerEntry(reading: filed) }
  }
}
