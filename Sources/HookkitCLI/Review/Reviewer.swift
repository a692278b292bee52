internal import Ledger
internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signals
internal import Signing

/// The person who is about to sign, and whether they may.
struct Reviewer {
  let key: SigningKey
  /// The enrolled person whose key it is; `nil` while the public key is not known.
  let person: Person?

  /// - Throws: `CommandError`: an agent's shell, or a key that is no active person's.
  init(in view: ServerView, _ context: CommandContext) throws {
    try Self.requirePerson(context.environment)
    key = try SigningKey(of: view.repository, environment: context.environment)
    person = try key.publicKey.map {
      try Self.person(with: $0, in: view.policy.policy, at: context.now)
    }
  }

  /// What an agent starts inherits its environment. A person may sign the same in a shell of their own.
  ///
  /// - Throws: `CommandError`: this is an agent's shell.
  static func requirePerson(_ environment: Environment) throws {
    let signals = Signals.SignalCatalog.builtIn.environmentSignals { environment.bytes($0) }
    guard let signal = signals.first(where: { $0.grade >= .suspected }) else { return }
    throw CommandError(
      .refused, "this shell is \(signal.name)'s, and an agent does not review",
      details: [
        "its environment says \(Escaped.text(signal.quote, limit: 80))",
        "stop here and ask a person to review, in a shell of their own",
      ])
  }

  /// The active person whose key it is.
  static func person(with key: PublicKey, in policy: Policy, at time: Int64) throws -> Person {
    do throws(Discount) {
      return try policy.signer(with: key, at: time)
    } catch {
      switch error {
      case .unknownKey(let fingerprint):
        throw CommandError(
          .refused, "the key \(fingerprint) is not enrolled in the policy",
          details: ["a maintainer enrols it under [people.<name>], keys = [...]"])
      case .notAPerson(let name):
        throw CommandError(.refused, "the key is that of \(name), which is not a person")
      case .ended(let name): throw CommandError(.refused, "the enrolment of \(name) has ended")
      default: throw CommandError(.refused, error.words(of: "signature"))
      }
    }
  }

  /// Who reads: the active person whose key is configured here, if that can be told without asking for
  /// anything.
  static func reader(in view: ServerView, _ context: CommandContext) -> Signatory? {
    guard
      let key = try? SigningKey(of: view.repository, environment: context.environment),
      let publicKey = key.publicKey
    else { return nil }
    return (try? person(with: publicKey, in: view.policy.policy, at: context.now)).map {
      signatory($0, publicKey)
    }
  }

  /// The person as an answer shows them: whether the key is touched, and how, only signing tells.
  private static func signatory(_ person: Person, _ key: PublicKey) -> Signatory {
    Signatory(person: person, presence: key.isHardware ? .verified : .none)
  }

  var signatory: Signatory? {
    guard let person, let publicKey = key.publicKey else { return nil }
    return Self.signatory(person, publicKey)
  }

  /// What rules ask of whoever signs an answer.
  struct Demand {
    /// `review` or `release`.
    let noun: String
    let ref: RefName
    let commit: CommitObject
    let roles: [Role]
    let presence: ReviewRule.Presence

    /// Why an answer that is signed now would not count for the commit's clock; `nil` when it would.
    func clockProblem(at time: Int64) -> String? {
      let committed = commit.committer.time
      let earliest = Signatories.earliest(forCommitAt: committed)
      guard time < earliest else { return nil }
      return "its committer date is \(Clock.text(committed)); "
        + "no \(noun) counts that is signed before \(Clock.text(earliest))"
    }
  }

  /// Refuses where an answer of this person could not count, whoever made the work.
  func require(_ demand: Demand, at time: Int64) throws {
    if let problem = demand.clockProblem(at: time) {
      throw CommandError(
        .refused, "a \(demand.noun) that is signed now would never count", details: [problem],
        hints: [.init("its committer mends its date", "git", "commit", "--amend", "--no-edit")])
    }
    if let publicKey = key.publicKey, demand.presence > .none, !publicKey.isHardware {
      throw CommandError(
        .refused,
        "\(demand.ref) requires a touched security key, and \(publicKey.fingerprint) is not one",
        hints: [.init("make one", "ssh-keygen", "-t", "ed25519-sk")])
    }
    guard let person, let role = person.lacks(demand.roles).first else { return }
    throw CommandError(
      .refused, "\(person.name) does not have the role \(role.name), which \(demand.ref) asks",
      hints: [.init("who has it", "hookkit", "policy", "show")])
  }

  /// Refuses where a review of this person could not count, and warns where it may not.
  func check(_ proposal: Proposal, on terminal: Terminal, at time: Int64) throws {
    try require(proposal.demand, at: time)
    guard let person, let standing = proposal.standing(of: person), !proposal.sponsorMayReview
    else { return }
    for (tie, count) in standing.ties.sorted(by: { $0.key < $1.key }) {
      terminal.warn(
        "\(person.name) is the \(tie) of \(count) of \(proposal.series.commits.count) commits: "
          + "for those this review does not count")
    }
  }

  /// Refuses where a release of this person could not count, and warns where it may not.
  func check(
    _ waiting: WaitingChange, in view: ServerView, on terminal: Terminal, at time: Int64
  ) throws {
    try require(waiting.demand(in: view), at: time)
    guard let signatory else { return }
    let name = signatory.person.name
    if let account = waiting.hold?.pusher, signatory.person.accounts.contains(account) {
      throw CommandError(.refused, "\(name) has pushed it, and so cannot release it")
    }
    if let why = try waiting.obstacle(toReleaseBy: signatory, in: view, at: time) {
      terminal.warn("the server will not count this release: \(why)")
    }
  }

  /// Asks the person, or takes `--confirm` for their answer.
  ///
  /// - Parameters:
  ///   - word: the argument of `--confirm`.
  ///   - what: the commit or review, in full hexadecimal digits.
  ///   - again: the command with which to confirm.
  static func confirm(
    _ question: String, _ what: String, with word: String?, least: Int = 7, again: [String],
    on terminal: Terminal
  ) throws {
    if let word {
      guard word.utf8.count >= min(least, what.utf8.count),
        what.lowercased().hasPrefix(word.lowercased())
      else {
        throw CommandError(
          .refused, "--confirm \(word.quoted) does not name \(what); nothing was signed",
          details: ["it takes \(least) or more of its digits"])
      }
      return
    }
    guard terminal.canAsk else {
      throw CommandError(
        .refused, "nothing was signed: there is no terminal to ask on",
        hints: [.init("after reading it", again + ["--confirm", what])])
    }
    guard terminal.confirms(question) else {
      throw CommandError(.refused, "nothing was signed")
    }
  }
}

extension Reviewer {
  /// Signs a statement, checks the signature, and says whose it is.
  func sign(
    _ statement: Statement, for namespace: SignatureNamespace, in view: ServerView,
    _ context: CommandContext
  ) throws -> (envelope: Envelope, person: Person) {
    let payload = statement.serialized
    let signature = try key.sign(
      Envelope.preAuthenticationEncoding(payload: payload), for: namespace, on: context.terminal)
    let person = try Self.person(
      with: signature.publicKey, in: view.policy.policy, at: context.now)
    return (try Envelope(payload: payload, signatures: [.init(signature)]), person)
  }
}

extension Person {
  /// Those of the roles that the person does not have.
  func lacks(_ asked: [Role]) -> [Role] { asked.filter { !roles.contains($0) } }
}
