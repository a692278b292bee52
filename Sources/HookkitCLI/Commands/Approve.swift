internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit approve`: everything that waits for this person about one commit, read and signed at once.
struct Approve: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Read what waits, and sign all that it needs of you: a review, a release, or both.",
    discussion: """
      One page, one question. What is signed goes to the server's ledger together, and the server lands \
      the change itself once everything is there. The key is HOOKKIT_KEY, or else git's user.signingkey.
      """)

  @Argument(
    help: ArgumentHelp(
      "A hold, its commit or its branch, or any commit; pick from a list when left out.",
      valueName: "hold|commit"), completion: Completions.holds)
  var subject: String?

  @Option(help: ArgumentHelp("For a commit that is not held: the ref to reach.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @Option(
    name: [.customShort("m"), .customLong("message")],
    help: ArgumentHelp("A comment to sign with it.", valueName: "text"))
  var comment: String = ""

  @Option(
    help: ArgumentHelp(
      "The hold's name, or the commit's first 7 or more digits, instead of answering the prompt.",
      valueName: "hold"))
  var confirm: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    try Reviewer.requirePerson(context.environment)
    let view = try ServerView(remote: remote, in: context)
    guard let approval = try approval(in: view, context) else { return }
    try approval.give(
      .init(comment: comment, confirm: confirm, again: again), in: context)
  }

  private func approval(in view: ServerView, _ context: CommandContext) throws -> Approval? {
    guard let subject else {
      return try chosen(in: view, context).map { try Approval(of: $0, in: view, context) }
    }
    if let hold = try HeldList(in: view).find(subject, for: ref) {
      return try Approval(of: hold, in: view, context)
    }
    return try Approval(
      of: view.commit(named: subject), for: view.ref(named: ref), in: view, context)
  }

  /// The one that waits for this person, or their choice of several.
  private func chosen(in view: ServerView, _ context: CommandContext) throws -> Hold? {
    let inbox = try Inbox(
      in: view, reader: Reviewer.reader(in: view, context)?.person, at: context.now)
    guard !inbox.items.isEmpty else {
      context.terminal.say("nothing waits")
      return nil
    }
    if inbox.items.count == 1 { return inbox.items[0].hold }
    context.terminal.write(inbox.table(at: context.now, numbered: context.terminal.canAsk))
    guard context.terminal.canAsk else {
      throw CommandError(
        .usage, "which one?",
        hints: [.init("name it", "hookkit", "approve", inbox.items[0].hold.id)])
    }
    return try context.terminal.chooses(from: inbox)?.hold
  }

  private var again: [String]? {
    subject.map { subject in
      ["hookkit", "approve", subject] + (ref.map { ["--ref", $0] } ?? [])
        + (remote.map { ["--remote", $0] } ?? [])
    }
  }
}
