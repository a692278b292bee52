internal import ArgumentParser
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit review list`: the reviews in the ledger.
struct ReviewList: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what waits for a review, and the reviews in the ledger.")

  @Option(help: ArgumentHelp("Only those for this ref.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let view = try ServerView(remote: remote, in: context)
    let only = try ref.map(RefArgument.full)
    let policy = view.policy.policy
    var reviews: [FiledReview] = []
    for head in try view.ledger.reviewedHeads() {
      reviews += try view.ledger.filedReviews(
        of: head, under: policy, objects: view.objects, at: context.now)
    }
    reviews = reviews.filter { only == nil || $0.statement.ref == only }
      .sorted { ($0.statement.time, $0.statement.head) > ($1.statement.time, $1.statement.head) }
    let waiting = try HeldList(in: view).holds
      .filter { Awaited($0).review && (only == nil || $0.ref == only) }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    guard context.global.format == .human else {
      let json: JSON = [
        "schema": "hookkit.reviews/1", "repository": .string(policy.repository),
        "ledger": view.ledger.tip.map { .text($0.hex) } ?? .null,
        "reviews": .array(reviews.map { $0.json(under: view.policy) }),
        "waiting": .array(waiting.map(\.json)),
      ]
      return context.terminal.write(json.pretty)
    }
    if !waiting.isEmpty {
      var table = Table("HOLD", "COMMIT", "REF", "PUSHER", "WAITS FOR")
      for hold in waiting {
        table.add(
          hold.id, hold.commit.short, "\(hold.ref)",
          hold.pusher.map { Escaped.text($0, limit: 40) } ?? "unknown", Awaited(hold).words)
      }
      context.terminal.write(table)
      context.terminal.print()
    }
    guard !reviews.isEmpty else {
      return context.terminal.say("no reviews\(only.map { " for \($0)" } ?? "") yet")
    }
    var table = Table("HEAD", "REF", "REVIEWER", "SIGNED", "ENDS", "STATE")
    for review in reviews {
      table.add(
        review.statement.head.short, "\(review.statement.ref)",
        review.person ?? review.key.fingerprint, Clock.text(review.statement.time),
        review.statement.expires.map(Clock.text) ?? "never",
        review.problem ?? "valid" + review.remark(under: view.policy))
    }
    context.terminal.write(table)
  }
}
