internal import Git
internal import Gate
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// All that one person can say to one commit that waits, on one page with one question: a review, a
/// release, or both.
struct Approval {
  /// What the person gives with the command.
  struct Options {
    var comment = ""
    var expires: Int64?
    /// The argument of `--confirm`.
    var confirm: String?
    /// The command to confirm with, where there is no terminal to ask on.
    var again: [String]?
  }

  let view: ServerView
  private let reviewer: Reviewer
  /// What waits for a review; `nil` where none is asked for.
  private let proposal: Proposal?
  /// What waits for a release; `nil` where none is asked for.
  private let waiting: WaitingChange?
  private let hold: Hold?

  /// Everything that a hold waits for.
  init(of hold: Hold, in view: ServerView, _ context: CommandContext) throws {
    self.view = view
    self.hold = hold
    reviewer = try Reviewer(in: view, context)
    guard hold.expires > context.now else {
      throw CommandError(
        .refused, "\(hold.id) has expired",
        hints: [.init("its pusher pushes again", "git", "push")])
    }
    let awaits = Awaited(hold)
    proposal =
      awaits.review
      ? try Proposal(hold.commit, for: hold.ref, in: view, at: context.now, on: context.terminal)
      : nil
    waiting =
      awaits.release ? try WaitingChange(hold.id, ref: nil, in: view, at: context.now) : nil
  }

  /// A review of a commit, whether the server holds it or not.
  init(
    of commit: ObjectID, for ref: RefName, in view: ServerView, _ context: CommandContext
  ) throws {
    self.view = view
    reviewer = try Reviewer(in: view, context)
    proposal = try Proposal(commit, for: ref, in: view, at: context.now, on: context.terminal)
    waiting = nil
    hold = nil
  }

  private var name: String { hold?.id ?? proposal?.head.id.short ?? "" }
  private var commit: ObjectID? { waiting?.head ?? proposal?.head.id }
  private var ref: RefName? { waiting?.ref ?? proposal?.ref }

  /// Shows it, asks, signs, and appends what is signed to the ledger at once.
  func give(_ options: Options, in context: CommandContext) throws {
    let terminal = context.terminal
    var unread: [String] = []
    if context.global.format == .human, !terminal.isQuiet {
      try terminal.page(with: try view.repository.pager()) { output in
        defer { unread = output.unread }
        try write(on: output, terminal, at: context.now)
      }
    }
    let open = try asked(on: terminal, at: context.now)
    guard open.review != nil || open.release != nil else {
      throw CommandError(
        .refused, "you have answered \(name) already; it waits for others",
        hints: [.init("who can", "hookkit", "explain", name)])
    }
    if terminal.canAsk, options.confirm == nil {
      for line in try head(terminal, at: context.now) + unread { terminal.say(line) }
    }
    let nouns = [open.review.map { _ in "review" }, open.release.map { _ in "release" }]
      .compactMap(\.self)
    let what = nouns.joined(separator: " and ")
    let who = reviewer.person.map { " as \($0.name)" } ?? ""
    try Reviewer.confirm(
      "Sign this \(nouns.joined(separator: " and this "))\(who)?", hold?.id ?? commit?.hex ?? "",
      with: options.confirm,
      least: hold?.id.utf8.count ?? 7,
      again: options.again ?? ["hookkit", "approve", hold?.id ?? commit?.hex ?? ""], on: terminal)
    try sign(open, options, in: context, what)
  }

  private func sign(
    _ open: (review: Proposal?, release: WaitingChange?), _ options: Options,
    in context: CommandContext, _ what: String
  ) throws {
    var entries: [LedgerEntry] = []
    var signer: Person?
    if let proposal = open.review {
      let statement = try ReviewStatement(
        repository: view.policy.policy.repository, ref: proposal.ref,
        base: proposal.base ?? .zero, head: proposal.head.id, resultTree: proposal.head.tree,
        vouches: proposal.vouches, policyDigest: view.policy.digest, time: context.now,
        expires: options.expires, comment: Array(options.comment.utf8))
      let (envelope, person) = try reviewer.sign(
        statement.statement, for: .review, in: view, context)
      entries.append(.review(statement, envelope))
      signer = person
    }
    if let waiting = open.release {
      let statement = try waiting.statement(
        .release, in: view, at: context.now, comment: Array(options.comment.utf8))
      let (envelope, person) = try reviewer.sign(
        statement.statement, for: .release, in: view, context)
      entries.append(.release(statement, envelope))
      signer = person
    }
    guard let signer, let commit, let ref else { return }
    let tip = try LedgerAppend(view: view, terminal: context.terminal).append(
      entries, message: "\(what) of \(commit.short) for \(ref) by \(signer.name)", to: hold)
    guard context.global.format == .human else {
      return context.terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.approved/1"),
          .init(key: Array("head".utf8), value: .text(commit.hex)),
          .init(key: Array("ref".utf8), value: .string(ref.bytes)),
          .init(key: Array("hold".utf8), value: hold.map { .text($0.id) } ?? .null),
          .init(
            key: Array("signed".utf8),
            value: .array(
              entries.map { entry in
                if case .review = entry { return "review" }
                return "release"
              })),
          .init(key: Array("reviewer".utf8), value: .text(signer.name)),
          .init(key: Array("ledger".utf8), value: .text(tip.hex)),
        ]).pretty)
    }
    let done =
      open.review == nil ? "released" : open.release == nil ? "reviewed" : "reviewed and released"
    context.terminal.say("\(signer.name) has \(done) \(commit.short) for \(ref)")
  }

  /// What is still asked of this person, refused where it could not count.
  private func asked(
    on terminal: Terminal, at time: Int64
  ) throws -> (review: Proposal?, release: WaitingChange?) {
    var review = proposal
    var release = waiting
    if let proposal {
      let own = proposal.filed.first {
        $0.person != nil && $0.person == reviewer.person?.name && $0.problem == nil
      }
      if let own {
        terminal.note("already reviewed by you at \(Clock.text(own.statement.time))")
        review = nil
      } else {
        try reviewer.check(proposal, on: terminal, at: time)
      }
    }
    if let waiting {
      let signatories = Signatories(under: view.policy.policy, in: view.ledger, at: time)
      let own = try reviewer.person.map {
        try signatories.standingReleases(of: waiting.head, by: $0)
      }?.first { $0.statement.ref == waiting.ref }
      if let own {
        terminal.note("already released by you at \(Clock.text(own.statement.time))")
        release = nil
      } else {
        try reviewer.check(waiting, in: view, on: terminal, at: time)
      }
    }
    return (review, release)
  }

  // MARK: The page

  private func waitingPage(_ terminal: Terminal, at time: Int64) -> WaitingPage? {
    waiting.map {
      WaitingPage(
        waiting: $0, view: view, terminal: terminal, time: time, reader: reviewer.signatory)
    }
  }

  private func reviewPage(_ terminal: Terminal, at time: Int64) -> ReviewPage? {
    proposal.map {
      ReviewPage(
        proposal: $0, view: view, terminal: terminal, reader: reviewer.person, time: time)
    }
  }

  /// What would be signed, in short.
  private func head(_ terminal: Terminal, at time: Int64) throws -> [String] {
    (waitingPage(terminal, at: time)?.head() ?? []) + (reviewPage(terminal, at: time)?.head() ?? [])
  }

  /// With a review, its page shows every line that lands; what changes of the dependencies stands
  /// before it.
  private func write(on page: Page, _ terminal: Terminal, at time: Int64) throws {
    let release = waitingPage(terminal, at: time)
    try release?.write(on: page, withLines: proposal == nil)
    guard let review = reviewPage(terminal, at: time) else { return }
    if release != nil { try page.line() }
    try review.write(on: page)
  }
}
