internal import Gate
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
    try Self.refuseAgents(context.environment)
    key = try SigningKey(of: view.repository, environment: context.environment)
    person = try key.publicKey.map {
      try Self.person(with: $0, in: view.policy.policy, at: context.now)
    }
  }

  /// What an agent starts inherits its environment. A person may sign the same in a shell of their own.
  private static func refuseAgents(_ environment: Environment) throws {
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
    guard let holder = policy.principal(key: key) else {
      throw CommandError(
        .refused, "the key \(key.fingerprint) is not enrolled in the policy",
        details: ["a maintainer enrols it under [people.<name>], keys = [...]"])
    }
    guard case .person(let person) = holder else {
      throw CommandError(.refused, "the key is that of \(holder.name), which is not a person")
    }
    guard person.isActive(at: time) else {
      throw CommandError(.refused, "the enrolment of \(person.name) has ended")
    }
    return person
  }

  /// Who reads: the active person whose key is configured here, if that can be told without asking for
  /// anything.
  static func reader(in view: ServerView, _ context: CommandContext) -> Person? {
    guard
      let key = try? SigningKey(of: view.repository, environment: context.environment),
      let publicKey = key.publicKey
    else { return nil }
    return try? person(with: publicKey, in: view.policy.policy, at: context.now)
  }

  /// Refuses where a review of this person could not count, and warns where it may not.
  func check(_ proposal: Proposal, on terminal: Terminal, at time: Int64) throws {
    if let problem = ReviewPage.clockProblem(proposal, at: time) {
      throw CommandError(
        .refused, "a review that is signed now would never count", details: [problem],
        hints: [.init("its committer mends its date", "git", "commit", "--amend", "--no-edit")])
    }
    if let publicKey = key.publicKey, proposal.presence > .none, !publicKey.isHardware {
      throw CommandError(
        .refused, "\(proposal.ref) asks for a touched key, and \(publicKey.fingerprint) is none",
        hints: [.init("make one", "ssh-keygen", "-t", "ed25519-sk")])
    }
    guard let person, let standing = proposal.standing(of: person) else { return }
    if let role = standing.lacks.first {
      throw CommandError(
        .refused, "\(person.name) does not have the role \(role.name), which \(proposal.ref) asks",
        hints: [.init("who has it", "hookkit", "policy", "show")])
    }
    guard !proposal.sponsorMayReview else { return }
    for (tie, count) in standing.ties.sorted(by: { $0.key < $1.key }) {
      terminal.warn(
        "\(person.name) is the \(tie) of \(count) of \(proposal.series.commits.count) commits: "
          + "for those this review does not count")
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
