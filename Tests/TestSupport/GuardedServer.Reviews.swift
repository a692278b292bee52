package import Primitives
package import Signing

extension GuardedServer {
  /// Which of an actor's keys signs, and with what flags.
  package enum Signer: Sendable {
    case software(Actor)
    /// The FIDO key; the flags are those of ``SoftwareSecurityKey``.
    case touch(Actor, flags: UInt8 = SoftwareSecurityKey.userPresent)

    package var actor: Actor {
      switch self {
      case .software(let actor), .touch(let actor, _): actor
      }
    }
  }

  /// What a review says; each member may be other than what an honest reviewer would say.
  package struct ReviewContent: Sendable {
    package var repository = GuardedServer.name
    package var ref = "refs/heads/main"
    /// Where the reference stands on the server when left out.
    package var base: ObjectID?
    /// The head's own tree when left out.
    package var resultTree: ObjectID?
    package var vouches: Set<ReviewStatement.Vouch> = [.code]
    /// Seconds since 1970; the sandbox's clock when left out.
    package var time: Int?
    package var expires: Int?
    package var comment = ""

    package init() {}
  }

  // MARK: Statements

  /// The statement of a review of a commit of ``work``.
  package func reviewStatement(
    of commit: ObjectID, _ edit: (inout ReviewContent) -> Void = { _ in }
  ) throws -> Statement {
    var content = ReviewContent()
    edit(&content)
    let tree = try content.resultTree ?? work.id("\(commit.hex)^{tree}") ?? .zero
    let policy = try sandbox.run(
      ["cat", "\(repository.gitDirectory)/hookkit/policy.toml"]
    ).stdout
    let base = try content.base ?? tip(content.ref) ?? .zero
    return try ReviewStatement(
      repository: Array(content.repository.utf8), ref: RefName(content.ref), base: base,
      head: commit, resultTree: tree, vouches: content.vouches,
      policyDigest: Digest.sha256(policy), time: Int64(content.time ?? sandbox.now),
      expires: content.expires.map(Int64.init), comment: Array(content.comment.utf8)
    ).statement
  }

  /// Signs any payload as a DSSE envelope, with one signature for each signer.
  package func envelope(
    _ payload: [UInt8], by signers: [Signer], namespace: String = SignatureNamespace.review.rawValue
  ) throws -> Envelope {
    let message = Envelope.preAuthenticationEncoding(payload: payload)
    return try Envelope(
      payload: payload,
      signatures: signers.map { signer in
        .init(try SSHSignature(armored: sign(message, by: signer, namespace: namespace)))
      })
  }

  /// The armoured signature of any message for any namespace.
  package func sign(_ message: [UInt8], by signer: Signer, namespace: String) throws -> [UInt8] {
    switch signer {
    case .software(let actor):
      try roster.secret(of: actor).sign(message, namespace: namespace)
    case .touch(let actor, let flags):
      try roster.securityKey(of: actor).sign(message, namespace: namespace, flags: flags)
    }
  }

  /// Where the ledger keeps an envelope about a commit.
  package static func path(ofReview envelope: Envelope, of commit: ObjectID) -> String {
    let name = Self.fileName(envelope)
    return "reviews/\(commit.hex.prefix(2))/\(commit.hex)/\(name).dsse"
  }

  /// Where the ledger keeps the withdrawal of a review.
  package static func path(ofWithdrawal envelope: Envelope, of review: Envelope) -> String {
    "withdrawn/\(Hex.string(review.payloadDigest))/\(Self.fileName(envelope)).dsse"
  }

  // MARK: The ledger

  /// Signs a review of a commit and pushes it to the ledger as the signer's own account.
  ///
  /// - Returns: how the push of the ledger ended.
  @discardableResult
  package func review(
    _ commit: ObjectID, by signer: Signer, as pusher: Actor? = nil,
    namespace: String = SignatureNamespace.review.rawValue,
    _ edit: (inout ReviewContent) -> Void = { _ in }
  ) throws -> Outcome {
    let statement = try reviewStatement(of: commit, edit)
    let envelope = try envelope(statement.serialized, by: [signer], namespace: namespace)
    return try file(
      [Self.path(ofReview: envelope, of: commit): .file(envelope.serialized)],
      as: pusher ?? signer.actor)
  }

  /// The same with the actor's software key, and requires that the ledger takes it.
  package func approve(
    _ commit: ObjectID, by actor: Actor, _ edit: (inout ReviewContent) -> Void = { _ in }
  ) throws {
    let outcome = try review(commit, by: .software(actor), edit)
    guard outcome.succeeded else { throw UnexpectedOutcome("a review that is taken", outcome) }
  }

  /// Signs the withdrawal of a review and pushes it to the ledger.
  package func withdraw(_ review: Envelope, by signer: Signer) throws -> Outcome {
    let statement = try WithdrawalStatement(
      repository: Array(Self.name.utf8), review: review.payloadDigest, time: Int64(sandbox.now)
    ).statement
    let envelope = try envelope(
      statement.serialized, by: [signer], namespace: SignatureNamespace.withdrawal.rawValue)
    return try file(
      [Self.path(ofWithdrawal: envelope, of: review): .file(envelope.serialized)],
      as: signer.actor)
  }

  /// Adds a commit with these changes to the ledger's end, and pushes it.
  package func file(_ changes: [String: TreeChange], as actor: Actor) throws -> Outcome {
    let tip = try tip("refs/hookkit/ledger")
    if tip != nil {
      try work.git("fetch", "--quiet", repository.path, "refs/hookkit/ledger")
    }
    let commit = try work.commit(
      "ledger", changes, on: nil, author: roster[actor], parents: tip.map { [$0] } ?? [])
    return try push(as: actor, "\(commit):refs/hookkit/ledger")
  }

  /// What is signed, and by which key, as digests.
  private static func fileName(_ envelope: Envelope) -> String {
    let key = envelope.signatures.first.map { Digest.sha256($0.publicKey.blob).prefix(8) } ?? []
    return "\(Hex.string(envelope.payloadDigest))-\(Hex.string(key))"
  }
}
