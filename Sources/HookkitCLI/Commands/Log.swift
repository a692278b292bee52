internal import ArgumentParser
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit log`: the decisions that a server has taken, from its journal.
struct Log: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show the decisions taken here, the newest last.",
    discussion: """
      The journal's lines are chained by their digests; where the chain breaks, its line is named and \
      the exit code is 1.
      """)

  @Option(help: ArgumentHelp("Decisions on this reference alone.", valueName: "ref"))
  var ref: String?

  @Option(
    help: ArgumentHelp(
      "Decisions from then on: 2026-11-23, 2026-11-23T08:00:00Z, or 90m, 12h, 14d ago.",
      valueName: "time"))
  var since: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let vantage = try Vantage(in: context)
    let start = try since.map { try Self.time($0, before: context.now) } ?? Int64.min
    let name = try ref.map { try RefArgument.full($0) }.map { Escaped.text($0.bytes) }
    let state = vantage.server.state
    guard FileBytes.kind(state.journalPath) != .missing else {
      if FileBytes.kind(state.folder) == .folder {
        return context.terminal.note("no decision has been taken here yet")
      }
      throw CommandError(
        .undecided, "there is no journal here: the server keeps it",
        hints: [.init("on the server", "hookkit", "-C", "REPOSITORY.git", "log")])
    }
    let entries = try Journal(state).entries()
    // The end of the chain is judged by all of it, whatever is shown.
    let broken = entries.first { $0.record != nil && !$0.isChained }
    let shown = entries.filter { entry in
      guard let record = entry.record else { return false }
      return record["time"]?.integer ?? .max >= start
        && (name == nil || record["ref"]?.string == name)
    }
    if global.format == .human {
      show(shown, on: context.terminal)
    } else {
      for record in shown.compactMap(\.record) {
        context.terminal.write(record.compact + [0x0a])
      }
    }
    for torn in entries where torn.record == nil {
      context.terminal.note("line \(torn.number) was left unfinished by a hook that was killed")
    }
    guard let broken else { return }
    throw CommandError(
      .refused, "the journal does not hold at line \(broken.number)",
      details: [
        broken.number == 1
          ? "it is not the first that was written: lines before it were taken out"
          : "it does not follow line \(broken.number - 1): that line was changed, or one taken out"
      ],
      hints: [.init("what a clone can still prove", "hookkit", "verify", "--remote", "NAME")])
  }

  private func show(_ entries: [Journal.Entry], on terminal: Terminal) {
    var table = Table()
    for record in entries.compactMap(\.record) {
      func text(_ key: String) -> String { record[key]?.string ?? "" }
      let move = "\(text("old").prefix(7))..\(text("new").prefix(7))"
      let ref = record["ref"]?.string ?? ""
      let name = ref.utf8.count <= 40 ? ref : "\(ref.prefix(37))..."
      let pusher = record["pusher"]?.string ?? "(unknown)"
      let time = record["time"]?.integer.map { Clock.text($0) } ?? ""
      if global.verbose {
        table.add(
          time, text("verdict"), name, move, pusher, text("stage"), text("reason"))
      } else {
        table.add(time, text("verdict"), name, move, pusher, text("reason"))
      }
    }
    terminal.write(Array(table.text(width: 200).utf8))
  }

  /// A time as a person writes it: RFC 3339, a date, or so long ago.
  static func time(_ word: String, before now: Int64) throws -> Int64 {
    if let seconds = RFC3339.seconds(Array(word.utf8)) { return seconds }
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    if let unit = word.last.flatMap({ units[$0] }), word.utf8.count <= 8,
      let count = Int64(word.dropLast()), count >= 0
    {
      return now - count * unit
    }
    throw CommandError(
      .usage, "\(word.quoted) is no time",
      hints: [.init("for example", "hookkit", "log", "--since", "14d")])
  }
}
