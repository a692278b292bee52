package import Git
package import Ledger
package import Policy
package import Primitives
package import Signing

/// The enrolled person behind a signature, and what their key showed when it signed.
package struct Signatory: Sendable {
  package let person: Person
  package let presence: ReviewRule.Presence

  package init(person: Person, presence: ReviewRule.Presence) {
    self.person = person
    self.presence = presence
  }

  /// Why the person's word is not what a rule asks for; `nil` where it is.
  package func unfit(role: Role, presence asked: ReviewRule.Presence) -> String? {
    if !person.roles.contains(role) { return "needs the role \(role.name)" }
    guard presence < asked else { return nil }
    return asked == .touch
      ? "its key was not touched" : "its key did not verify the person"
  }
}

/// Why a signed statement counts for nothing, whatever a rule asks and whoever made the commit.
package enum Discount: Error, Hashable, Sendable {
  case unreadable
  case unknownKey(fingerprint: String)
  case notAPerson(String)
  /// The enrolment is over, or was revoked.
  case ended(String)
  case invalidSignature(String)
  case otherTree(String)
  case inFuture(String)
  case beforeCommit(String)
  case expired(String)
  case withdrawn(String)

  /// `a review by dana, whose enrolment has ended`
  ///
  /// - Parameter noun: `review` or `release`.
  package func words(of noun: String) -> String {
    switch self {
    case .unreadable: "a \(noun) that cannot be read"
    case .unknownKey(let fingerprint): "a \(noun) by a key that is not enrolled (\(fingerprint))"
    case .notAPerson(let name): "a \(noun) by \(name), which is not a person"
    case .ended(let name): "a \(noun) by \(name), whose enrolment has ended"
    case .invalidSignature(let name): "a \(noun) by \(name) whose signature is not valid"
    case .otherTree(let name): "a \(noun) by \(name) of another tree"
    case .inFuture(let name): "a \(noun) by \(name) dated in the future"
    case .beforeCommit(let name): "a \(noun) by \(name) dated before the commit"
    case .expired(let name): "a \(noun) by \(name) that has expired"
    case .withdrawn(let name): "a \(noun) that \(name) has withdrawn"
    }
  }
}

extension Policy {
  /// The person who may sign with a key at a time in Unix seconds.
  package func signer(with key: PublicKey, at time: Int64) throws(Discount) -> Person {
    guard let holder = principal(key: key) else {
      throw .unknownKey(fingerprint: key.fingerprint)
    }
    guard case .person(let person) = holder else { throw .notAPerson(holder.name) }
    guard person.isActive(at: time) else { throw .ended(person.name) }
    return person
  }

  /// Who has made a signature for a purpose, as this policy knows people at a time in Unix seconds.
  func signatory(
    of envelope: Envelope, _ signature: Envelope.Signature, for purpose: SignatureNamespace,
    at time: Int64
  ) throws(Discount) -> Signatory {
    let person = try signer(with: signature.publicKey, at: time)
    do throws(SignatureError) {
      let presence = try envelope.verify(signature, namespace: purpose)
      return Signatory(person: person, presence: presence.policyWord)
    } catch {
      throw .invalidSignature(person.name)
    }
  }
}

/// What a person signs of a commit that is to reach a reference.
package protocol SignedAnswer {
  static var namespace: SignatureNamespace { get }
  /// What people call it.
  static var noun: String { get }

  init(statement: Statement) throws(StatementError)
  var repository: [UInt8] { get }
  var ref: RefName { get }
  /// The person's clock.
  var time: Int64 { get }
  /// The second from which on it counts no more; `nil` for never.
  var expires: Int64? { get }

  func isAbout(_ commit: WalkedCommit) -> Bool
}

extension ReviewStatement: SignedAnswer {
  package static var namespace: SignatureNamespace { .review }
  package static var noun: String { "review" }

  package func isAbout(_ commit: WalkedCommit) -> Bool {
    head == commit.id && resultTree == commit.tree
  }
}

extension ReleaseStatement: SignedAnswer {
  package static var namespace: SignatureNamespace { .release }
  package static var noun: String { "release" }

  package var expires: Int64? { nil }

  package func isAbout(_ commit: WalkedCommit) -> Bool { new == commit.id }
}

/// The answers of one kind to one commit for one reference.
struct Answers<Answer: SignedAnswer> {
  /// An answer that counts as far as it can be told without a rule.
  struct Sound {
    let statement: Answer
    let signatory: Signatory

    var person: Person { signatory.person }
  }

  var sound: [Sound] = []
  /// Why others do not count, in words.
  var discounted: [String] = []
}

typealias SoundReview = Answers<ReviewStatement>.Sound

/// Reads what people have signed in the ledger, and says whose word it is and whether it counts now: for
/// reviews and for releases, for the hooks and for commands.
///
/// Whether it satisfies a rule, and whether the person stands apart from the work, is asked of what counts.
package struct Signatories {
  package let policy: Policy
  package let ledger: Ledger
  /// The server's clock, in Unix seconds.
  let time: Int64

  /// How far a person's clock may be ahead of the server's, or behind a commit's, in seconds.
  static let clockTolerance: Int64 = 600

  package init(under policy: Policy, in ledger: Ledger, at time: Int64) {
    self.policy = policy
    self.ledger = ledger
    self.time = time
  }

  /// The reviews of a commit for a reference.
  func reviews(
    of commit: WalkedCommit, for ref: RefName
  ) throws(GitError) -> Answers<ReviewStatement> {
    try answers(among: ledger.reviews(of: commit.id), about: commit, for: ref)
  }

  /// The releases of a commit for a reference.
  func releases(
    of commit: WalkedCommit, for ref: RefName
  ) throws(GitError) -> Answers<ReleaseStatement> {
    try answers(among: ledger.releases(of: commit.id), about: commit, for: ref) {
      $0.answer == .release
    }
  }

  private func answers<Answer: SignedAnswer>(
    among envelopes: [Envelope], about commit: WalkedCommit, for ref: RefName,
    where isMeant: (Answer) -> Bool = { _ in true }
  ) throws(GitError) -> Answers<Answer> {
    var answers = Answers<Answer>()
    for envelope in envelopes {
      guard let statement = read(envelope, Answer.self) else {
        answers.discounted.append(Discount.unreadable.words(of: Answer.noun))
        continue
      }
      // What is about another branch or repository is not about this update.
      guard statement.repository == policy.repository, statement.ref == ref, isMeant(statement)
      else { continue }
      for signature in envelope.signatures {
        switch try signatory(of: statement, envelope, signature, about: commit) {
        case .success(let signatory):
          answers.sound.append(.init(statement: statement, signatory: signatory))
        case .failure(let why): answers.discounted.append(why.words(of: Answer.noun))
        }
      }
    }
    return answers
  }

  private func read<Answer: SignedAnswer>(_ envelope: Envelope, _: Answer.Type) -> Answer? {
    try? Answer(statement: Statement(reading: envelope.payload))
  }

  /// Whose word an answer is that opens something, and why it does not count.
  func signatory(
    of answer: some SignedAnswer, _ envelope: Envelope, _ signature: Envelope.Signature,
    about commit: WalkedCommit
  ) throws(GitError) -> Result<Signatory, Discount> {
    let signatory: Signatory
    do throws(Discount) {
      signatory = try policy.signatory(
        of: envelope, signature, for: type(of: answer).namespace, at: time)
    } catch {
      return .failure(error)
    }
    let name = signatory.person.name
    guard answer.isAbout(commit) else { return .failure(.otherTree(name)) }
    guard answer.time <= time + Self.clockTolerance else { return .failure(.inFuture(name)) }
    guard answer.time >= Self.earliest(forCommitAt: commit.time) else {
      return .failure(.beforeCommit(name))
    }
    if let expires = answer.expires, expires <= time { return .failure(.expired(name)) }
    if try isWithdrawn(envelope, by: signatory.person) { return .failure(.withdrawn(name)) }
    return .success(signatory)
  }

  /// The first second at which an answer to a commit counts, by the commit's own clock; an earlier one is
  /// taken for an answer to something else.
  package static func earliest(forCommitAt time: Int64) -> Int64 { time - clockTolerance }

  /// Whether a person has taken back what they signed, with any key that is theirs.
  package func isWithdrawn(_ envelope: Envelope, by person: Person) throws(GitError) -> Bool {
    let digest = envelope.payloadDigest
    return try ledger.withdrawals(of: digest).contains { envelope in
      guard let statement = try? Statement(reading: envelope.payload),
        let withdrawal = try? WithdrawalStatement(statement: statement),
        withdrawal.review == digest, withdrawal.repository == policy.repository
      else { return false }
      return envelope.signatures.contains { signature in
        policy.principal(key: signature.publicKey)?.name == person.name
          && (try? envelope.verify(signature, namespace: .withdrawal)) != nil
      }
    }
  }

  /// What a person has signed of a commit to let it through, for any reference, and has not taken back.
  package func standingReleases(
    of commit: ObjectID, by person: Person
  ) throws(GitError) -> [(statement: ReleaseStatement, envelope: Envelope)] {
    var found: [(statement: ReleaseStatement, envelope: Envelope)] = []
    for envelope in try ledger.releases(of: commit) {
      guard let statement = read(envelope, ReleaseStatement.self), statement.answer == .release,
        statement.repository == policy.repository, statement.new == commit,
        envelope.signatures.contains(where: { signature in
          policy.principal(key: signature.publicKey)?.name == person.name
            && (try? envelope.verify(signature, namespace: .release)) != nil
        }), try !isWithdrawn(envelope, by: person)
      else { continue }
      found.append((statement, envelope))
    }
    return found
  }

  // MARK: What opens nothing

  /// A person's rejection of a commit for a reference; `nil` when nobody has given one.
  ///
  /// Any enrolled person may stop a change, whatever their clock says, and nothing takes it back: another
  /// commit can land.
  func rejection(
    of commit: ObjectID, for ref: RefName
  ) throws(GitError) -> (by: Person, statement: ReleaseStatement)? {
    try answers(.reject, to: commit, for: ref).first
  }

  /// The releases of a commit for a reference that give another answer than to let it through, by people
  /// who are enrolled now.
  func answers(
    _ answer: ReleaseStatement.Answer, to commit: ObjectID, for ref: RefName
  ) throws(GitError) -> [(by: Person, statement: ReleaseStatement)] {
    var found: [(by: Person, statement: ReleaseStatement)] = []
    for envelope in try ledger.releases(of: commit) {
      guard let statement = read(envelope, ReleaseStatement.self), statement.answer == answer,
        statement.repository == policy.repository, statement.ref == ref, statement.new == commit
      else { continue }
      for signature in envelope.signatures {
        let signatory = try? policy.signatory(of: envelope, signature, for: .release, at: time)
        if let signatory { found.append((signatory.person, statement)) }
      }
    }
    return found
  }
}

extension Presence {
  /// What the signature shows, in the words of a rule.
  package var policyWord: ReviewRule.Presence {
    switch self {
    case .software, .hardware(false, _, _): .none
    case .hardware(true, false, _): .touch
    case .hardware(true, true, _): .verified
    }
  }
}
