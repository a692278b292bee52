internal import ArgumentParser
internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit review approve`: show what is about to be signed, sign it, append it to the ledger.
struct ReviewApprove: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Sign a review of a commit and add it to the ledger.",
    discussion: """
      Fetches what it needs, shows what is about to be signed, asks, signs with ssh-keygen (or git's \
      gpg.ssh.program) and pushes refs/hookkit/ledger. The key is HOOKKIT_KEY, or else git's \
      user.signingkey.
      """)

  @Argument(help: "The commit; digits always mean a commit, never a branch or tag.")
  var commit: String

  @Option(help: ArgumentHelp("The ref that it may reach.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @Option(
    name: [.customShort("m"), .customLong("message")],
    help: ArgumentHelp("A comment to sign with it.", valueName: "text"))
  var comment: String = ""

  @Option(
    help: ArgumentHelp(
      "When the review ends: 2027-01-31, 2027-01-31T12:00:00Z, or 14d from now.",
      valueName: "time"))
  var expires: String?

  @Option(
    help: ArgumentHelp(
      "Its first 7 or more digits, instead of answering the prompt.", valueName: "commit"))
  var confirm: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    try Reviewer.requirePerson(context.environment)
    let view = try ServerView(remote: remote, in: context)
    let ref = try view.ref(named: ref)
    let head = try view.commit(named: commit)
    let held = try HeldList(in: view).holds.first { $0.commit == head && $0.ref == ref }
    if let held, !Awaited(held).review {
      context.terminal.warn(
        "\(held.id) waits for a release, not for a review: hookkit quarantine release \(held.id)")
    }
    try Approval(of: head, for: ref, in: view, context).give(
      .init(
        comment: comment,
        expires: try expires.map { try ExpiryArgument.seconds($0, from: context.now) },
        confirm: confirm, again: ["hookkit", "review", "approve", head.hex] + options),
      in: context)
  }

  /// The options of this call that a second one needs as well.
  private var options: [String] {
    (ref.map { ["--ref", $0] } ?? []) + (remote.map { ["--remote", $0] } ?? [])
  }
}

/// When something ends, as a person writes it.
package enum ExpiryArgument {
  /// A date or time (RFC 3339), or a span such as `12h`, `14d`, `2w` from now; in seconds since 1970.
  package static func seconds(_ word: String, from now: Int64) throws -> Int64 {
    let units: [Character: Int64] = ["h": 3600, "d": 86_400, "w": 604_800]
    if let unit = word.last.flatMap({ units[$0] }), let count = Int64(word.dropLast()),
      (1...100_000).contains(count)
    {
      return now + count * unit
    }
    guard let time = RFC3339.seconds(Array(word.utf8)) else {
      throw CommandError(
        .usage, "\(word.quoted) is not a date or time",
        details: ["a date, a time such as 2027-01-31T12:00:00Z, or a span such as 14d"])
    }
    guard time > now else { throw CommandError(.usage, "\(word.quoted) has passed") }
    return time
  }
}
