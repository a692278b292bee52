internal import Signing
internal import ArgumentParser
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `hookkit log`: the decisions that a server has taken, from its journal; in a clone, what has landed.
struct Log: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show the decisions taken here, the newest last.",
    discussion: """
      The journal's lines are chained by their digests; where the chain breaks, its line is named and \
      the exit code is 1. A clone has no journal: there the landings are shown that were last fetched.
      """)

  @Option(help: ArgumentHelp("Decisions on this reference alone.", valueName: "ref"))
  var ref: String?

  @Option(help: ArgumentHelp("Decisions on what this account pushed.", valueName: "account"))
  var pusher: String?

  @Option(
    help: ArgumentHelp(
      "Decisions from then on: 2026-11-23, 2026-11-23T08:00:00Z, or 90m, 12h, 14d ago.",
      valueName: "time"))
  var since: String?

  @Flag(help: "What rules with mode = \"observe\" would have refused.")
  var observed = false

  @Flag(name: .shortAndLong, help: "Go on showing decisions as they are taken.")
  var follow = false

  @Option(
    name: .customLong("all"),
    help: ArgumentHelp("Of every bare repository below this folder.", valueName: "root"))
  var root: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    guard root == nil || !follow else {
      throw CommandError(.usage, "--follow is for one repository")
    }
    let filter = Filter(
      ref: try ref.map { Escaped.text(try RefArgument.full($0).bytes) }, pusher: pusher,
      start: try since.map { try Self.time($0, before: context.now) } ?? .min,
      isObserved: observed)
    if let root { return try showAll(below: root, filter, context) }
    let vantage = try Vantage(in: context)
    let state = vantage.server.state
    guard FileBytes.kind(state.journalPath) != .missing else {
      if FileBytes.kind(state.folder) == .folder, vantage.remote == nil {
        return context.terminal.note("no decision has been taken here yet")
      }
      return try showLandings(vantage, filter, context)
    }
    let entries = try Journal(state).entries()
    let objects = try? vantage.objects()
    let rows = entries.filter(filter.admits).compactMap(\.record)
    if global.format == .human {
      try context.terminal.page(with: follow ? "" : vantage.repository.pager()) { page in
        try page.lines(
          table(rows.map { (nil, $0) }, objects).lines(width: context.terminal.columns))
      }
    } else {
      for record in rows { context.terminal.write(record.compact + [0x0a]) }
    }
    for torn in entries where torn.record == nil {
      context.terminal.note("line \(torn.number) was left unfinished by a hook that was killed")
    }
    try Self.requireChain(entries)
    if follow { try goOn(from: entries.count, state, filter, objects, context) }
  }

  // MARK: What is shown

  /// Which decisions are asked for.
  private struct Filter {
    /// As the journal writes it.
    let ref: String?
    let pusher: String?
    let start: Int64
    /// Only those about which a rule that is watched had something to say.
    let isObserved: Bool

    func admits(_ entry: Journal.Entry) -> Bool {
      guard let record = entry.record, !isObserved || record["observed"] != nil else {
        return false
      }
      return admits(
        time: record["time"]?.integer ?? .max, ref: record["ref"]?.string,
        pusher: record["pusher"]?.string)
    }

    func admits(time: Int64, ref: String?, pusher: String?) -> Bool {
      time >= start && (self.ref == nil || ref == self.ref)
        && (self.pusher == nil || pusher == self.pusher)
    }
  }

  private static func requireChain(_ entries: [Journal.Entry]) throws {
    // The end of the chain is judged by all of it, whatever is shown.
    guard let broken = entries.first(where: { $0.record != nil && !$0.isChained }) else { return }
    throw CommandError(
      .refused, "the journal's chain is broken at line \(broken.number)",
      details: [
        broken.number == 1
          ? "it is not the first that was written: lines before it were taken out"
          : "it does not follow line \(broken.number - 1): that line was changed, or one taken out"
      ],
      hints: [.init("what a clone can still prove", "hookkit", "verify", "--remote", "NAME")])
  }

  /// - Parameter rows: each with the name of its repository, where several are shown.
  private func table(_ rows: [(repository: String?, record: JSON)], _ objects: ObjectStore?)
    -> Table
  {
    var table = Table()
    for (repository, record) in rows {
      func text(_ key: String) -> String { record[key]?.string ?? "" }
      let ref = record["ref"]?.string ?? ""
      var cells = [
        record["time"]?.integer.map { Clock.text($0) } ?? "", text("verdict"),
        ref.utf8.count <= 40 ? ref : "\(ref.prefix(37))...",
        "\(text("old").prefix(7))..\(text("new").prefix(7))",
        record["pusher"]?.string ?? "(unknown)",
      ]
      if let repository { cells.insert(repository, at: 1) }
      if global.verbose { cells.append(text("stage")) }
      cells.append(
        observed
          ? Self.observedWords(record) : Self.ledgerWords(record, objects) ?? text("reason"))
      table.add(cells)
    }
    return table
  }

  /// `HK101 needs a human review of 1d723ae; HK201 ...`
  private static func observedWords(_ record: JSON) -> String {
    (record["observed"]?.array ?? [])
      .map { "\($0["code"]?.string ?? "") \($0["reason"]?.string ?? "")" }.joined(separator: "; ")
  }

  /// What the newest commit of the ledger says of itself: `review of 1d723ae for refs/heads/main by dana`.
  private static func ledgerWords(_ record: JSON, _ objects: ObjectStore?) -> String? {
    guard record["ref"]?.string == "\(RefName.ledger)", record["verdict"]?.string == "allow",
      let id = record["new"]?.string.flatMap({ ObjectID($0) }),
      let commit = try? objects?.commit(id)
    else { return nil }
    return Escaped.text(commit.subject, limit: 120)
  }

  /// Shows decisions as they are written, until it is interrupted.
  private func goOn(
    from count: Int, _ state: ServerState, _ filter: Filter, _ objects: ObjectStore?,
    _ context: CommandContext
  ) throws {
    var known = count
    var size = FileStatus(state.journalPath)?.size
    while true {
      sleep(1)
      let now = FileStatus(state.journalPath)?.size
      guard now != size else { continue }
      size = now
      let entries = try Journal(state).entries()
      let rows = entries.dropFirst(known).filter(filter.admits).compactMap(\.record)
      known = entries.count
      if global.format == .human {
        context.terminal.write(table(rows.map { (nil, $0) }, objects))
      } else {
        for record in rows { context.terminal.write(record.compact + [0x0a]) }
      }
      try Self.requireChain(entries)
    }
  }

  // MARK: Elsewhere

  /// The journals of many repositories as one, by their times.
  private func showAll(below root: String, _ filter: Filter, _ context: CommandContext) throws {
    let forest = try RepositoryForest(below: root)
    let top = FileBytes.real(root)
    var rows: [(repository: String?, record: JSON)] = []
    var broken: [String] = []
    for path in forest.repositories {
      let state = ServerState(gitDirectory: path)
      guard FileBytes.kind(state.journalPath) != .missing else { continue }
      let entries = try Journal(state).entries()
      let name = shown(String(path.dropFirst(top.utf8.count + 1)))
      if entries.contains(where: { $0.record != nil && !$0.isChained }) { broken.append(name) }
      rows += entries.filter(filter.admits).compactMap(\.record).map { (name, $0) }
    }
    rows.sort { ($0.record["time"]?.integer ?? 0) < ($1.record["time"]?.integer ?? 0) }
    if global.format == .human {
      let lines = table(rows, nil).lines(width: context.terminal.columns)
      context.terminal.write(Array(lines.map { $0 + "\n" }.joined().utf8))
    } else {
      for (name, record) in rows {
        let repository = JSON.Member(
          key: Array("repository".utf8), value: name.map { .text($0) } ?? .null)
        context.terminal.write(JSON.object([repository] + (record.members ?? [])).compact + [0x0a])
      }
    }
    guard broken.isEmpty else {
      throw CommandError(
        .refused,
        "the journal's chain is broken in \(broken.count.counted("repository", "repositories"))",
        details: broken.prefix(8).map { $0 },
        hints: [.init("where", "hookkit", "-C", "\(root)/\(broken[0])", "log")])
    }
  }

  /// What a clone knows of a server's decisions: what it let in.
  private func showLandings(
    _ vantage: Vantage, _ filter: Filter, _ context: CommandContext
  ) throws {
    guard let tip = try vantage.references().resolve(.landings) else {
      throw CommandError(
        .undecided, "there is no journal here, and no landing was fetched",
        hints: [
          .init("what has landed", "hookkit", "fetch"),
          .init("on the server", "hookkit", "-C", "REPOSITORY.git", "log"),
        ])
    }
    let landings = try Landings(objects: vantage.objects()).chain(from: tip).reversed()
      .map(\.statement).filter { landing in
        filter.admits(
          time: landing.time, ref: Escaped.text(landing.ref.bytes),
          pusher: landing.pusher.isEmpty ? nil : Escaped.text(landing.pusher))
      }
    guard global.format == .human else {
      for landing in landings {
        let json: JSON = [
          "schema": "hookkit.landing/1", "time": .text(Clock.text(landing.time)),
          "kind": .text(landing.kind.rawValue), "ref": .string(landing.ref.bytes),
          "old": .text(landing.old.hex), "new": .text(landing.new.hex),
          "pusher": landing.pusher.isEmpty ? .null : .text(Escaped.text(landing.pusher)),
        ]
        context.terminal.write(json.compact + [0x0a])
      }
      return
    }
    var table = Table()
    for landing in landings {
      table.add(
        Clock.text(landing.time), landing.kind == .baseline ? "baseline" : "landed",
        "\(landing.ref)", "\(landing.old.short)..\(landing.new.short)",
        landing.pusher.isEmpty ? "(unknown)" : Escaped.text(landing.pusher, limit: 40))
    }
    let lines = table.lines(width: context.terminal.columns)
    try context.terminal.page(with: try vantage.repository.pager()) { try $0.lines(lines) }
    context.terminal.note("what landed, as last fetched; the server's journal has its refusals too")
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
      .usage, "\(word.quoted) is not a date or time",
      hints: [.init("for example", "hookkit", "log", "--since", "14d")])
  }
}
