internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit quarantine list`: what the server holds.
struct QuarantineList: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what the server holds, the oldest first.")

  @Option(help: ArgumentHelp("Only those for this ref.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("The server, as git calls it.", valueName: "name"))
  var remote: String?

  @Flag(help: "Times in full, and no line cut.")
  var wide = false

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let view = try ServerView(remote: remote, in: context)
    let only = try ref.map(RefArgument.full)
    let holds = try HeldList(in: view).holds.filter { only == nil || $0.ref == only }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    guard context.global.format == .human else {
      return context.terminal.write(
        JSON.object([
          .init(key: Array("schema".utf8), value: "hookkit.holds/1"),
          .init(key: Array("holds".utf8), value: .array(holds.map(\.json))),
        ]).pretty)
    }
    guard !holds.isEmpty else {
      return context.terminal.say("nothing is held\(only.map { " for \($0)" } ?? "")")
    }
    var table = Table("HOLD", "COMMIT", "REF", "PUSHER", "SINCE", "UNTIL", "WAITS FOR")
    for hold in holds {
      table.add(
        hold.id, hold.commit.short, "\(hold.ref)",
        hold.pusher.map { Escaped.text($0, limit: 40) } ?? "unknown",
        wide ? Clock.text(hold.time) : Age.past(hold.time, from: context.now),
        wide ? Clock.text(hold.expires) : Age.future(hold.expires, from: context.now),
        Awaited(hold).words)
    }
    context.terminal.write(table, wide: wide)
  }
}

extension Hold {
  /// A member of `hookkit.holds/1`.
  var json: JSON {
    [
      "id": .text(id), "ref": .text(Escaped.text(ref.bytes, limit: RefName.maximumCount)),
      "old": .text(old.hex), "new": .text(new.hex), "base": .text(base.hex),
      "digest": digest == Hold.noRelease ? .null : .text("sha256:\(Hex.string(digest))"),
      "pusher": pusher.map { .text(Escaped.text($0)) } ?? .null,
      "commit": .text(commit.hex), "codes": .array(codes.map { .text($0) }),
      "reason": reason.map { .text(Escaped.text($0, limit: 400)) } ?? .null,
      "waitsFor": .text(Awaited(self).words), "time": .text(Clock.text(time)),
      "expires": .text(Clock.text(expires)),
    ]
  }
}
