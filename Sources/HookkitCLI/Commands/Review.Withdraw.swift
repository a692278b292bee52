internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit review withdraw`: take back reviews of one's own, and releases.
struct ReviewWithdraw: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take back your reviews of a commit.",
    discussion: """
      What has landed stays; the review counts for no later push. A release of its dependency files
      is taken back with it.
      """)

  @Argument(help: "The commit that was reviewed.")
  var commit: String

  @Option(help: ArgumentHelp("Only the review for this ref.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @Option(
    name: [.customShort("m"), .customLong("message")],
    help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String = ""

  @Option(
    help: ArgumentHelp(
      "The commit's first 7 or more digits, instead of answering the prompt.", valueName: "commit"))
  var confirm: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let view = try ServerView(remote: remote, in: context)
    let reviewer = try Reviewer(in: view, context)
    let head = try view.commit(named: commit)
    let only = try ref.map(RefArgument.full)
    guard let person = reviewer.person else {
      throw CommandError(
        .undecided,
        "the public half of the signing key is not there, so your reviews are not known",
        hints: [.init("name it", "git", "config", "user.signingkey", "FILE.pub")])
    }
    let policy = view.policy.policy
    let signatories = Signatories(under: policy, in: view.ledger, at: context.now)
    let own = try view.ledger.filedReviews(
      of: head, under: policy, objects: view.objects, at: context.now
    ).filter { review in
      guard review.person == person.name, only == nil || review.statement.ref == only else {
        return false
      }
      // One that does not count for another reason may come to count again.
      return try !signatories.isWithdrawn(review.envelope, by: person)
    }
    let releases = try signatories.standingReleases(of: head, by: person)
      .filter { only == nil || $0.statement.ref == only }
    let signed =
      own.map { review in
        Signed(
          noun: "review", envelope: review.envelope, ref: review.statement.ref,
          time: review.statement.time, problem: review.problem)
      }
      + releases.map { release in
        Signed(
          noun: "release", envelope: release.envelope, ref: release.statement.ref,
          time: release.statement.time)
      }
    guard !signed.isEmpty else {
      throw CommandError(
        .refused, "there is no review of \(head.short) by you",
        hints: [.init("what there is", "hookkit", "review", "list")])
    }
    for entry in signed {
      let what = entry.noun == "review" ? "" : "\(entry.noun) of "
      context.terminal.say(
        "\(what)\(head.short) for \(entry.ref), signed \(Clock.text(entry.time))"
          + (entry.problem.map { " (\($0))" } ?? ""))
    }
    let nouns = releases.isEmpty ? "reviews" : "answers"
    try Reviewer.confirm(
      "Withdraw \(signed.count == 1 ? "this \(signed[0].noun)" : "these \(signed.count) \(nouns)")?",
      head.hex, with: confirm, again: ["hookkit", "review", "withdraw", head.hex],
      on: context.terminal)
    for entry in signed { try withdraw(entry, of: head, reviewer, view, context) }
  }

  /// What is taken back.
  private struct Signed {
    /// `review` or `release`.
    let noun: String
    let envelope: Envelope
    let ref: RefName
    let time: Int64
    var problem: String?
  }

  private func withdraw(
    _ signed: Signed, of head: ObjectID, _ reviewer: Reviewer, _ view: ServerView,
    _ context: CommandContext
  ) throws {
    let statement = try WithdrawalStatement(
      repository: view.policy.policy.repository, review: signed.envelope.payloadDigest,
      time: context.now, reason: Array(reason.utf8))
    let (envelope, person) = try reviewer.sign(
      statement.statement, for: .withdrawal, in: view, context)
    _ = try LedgerAppend(view: view, terminal: context.terminal).append(
      .withdrawal(statement, envelope),
      message: "withdrawal of the \(signed.noun) of \(head.short) by \(person.name)")
    context.terminal.say(
      "\(person.name) has withdrawn the \(signed.noun) of \(head.short) for \(signed.ref)")
  }
}
