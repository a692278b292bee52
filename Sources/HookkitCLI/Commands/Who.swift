internal import ArgumentParser
internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signals

/// `hookkit who`: who made each commit of a history, and how that is known.
struct Who: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "List who made each commit of a history, and how that is known.",
    discussion: """
      A range is what git takes for one: `main`, `v1..main`, `^v1 main`. No policy is needed; where one is \
      known here, its keys and addresses have holders. What a commit says of itself is a declaration: \
      `unverified` is a commit that says nothing, not one that a person wrote.

      For a first look before a policy is made: hookkit who --all --summary
      """)

  @Argument(help: ArgumentHelp("Commits as git names them; HEAD without any.", valueName: "range"))
  var range: [String] = []

  @Flag(help: "The commits of every reference.")
  var all = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("At most so many commits, the newest.", valueName: "number"))
  var maxCount: Int?

  @Flag(help: "Only count them, by class and by agent.")
  var summary = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    guard maxCount ?? 1 > 0 else { throw ValidationError("-n wants a number above zero") }
  }

  func run(in context: CommandContext) throws {
    let vantage = try Vantage(in: context)
    let (surroundings, inForce) = try vantage.surroundings(named: KnownPolicy.named(in: context))
    let reader = try OriginReader(
      policy: inForce?.policy ?? .empty, surroundings: surroundings, time: context.now)
    let isHuman = global.format == .human
    let takesPages = isHuman && !summary
    try context.terminal.page(with: takesPages ? vantage.repository.pager() : "") { page in
      var count = OriginCount()
      let rows = WhoRows(
        page: page, columns: context.terminal.columns, isHuman: isHuman, isSummary: summary)
      try forEachCommit(in: vantage.repository) { id in
        if count.commits == 0 { try rows.begin() }
        let made = Maker(of: id, in: surroundings, reader)
        try rows.add(made, isFirst: count.commits == 0)
        count.add(made)
        if count.commits.isMultiple(of: 1000) {
          context.terminal.progress("reading commits: \(count.commits.grouped)")
        }
      }
      if count.commits == 0 {
        try requireRange(in: vantage.repository)
        try rows.begin()
      }
      try rows.end(count)
    }
    if inForce == nil {
      context.terminal.note("no policy is known here, so no key, address or account is anybody's")
    }
  }

  // MARK: The range

  /// The arguments of git-rev-list(1); what the person named can be no option and no path.
  private var selection: [String] {
    (all ? ["--all"] : []) + ["--end-of-options"]
      + (range.isEmpty && !all ? ["HEAD"] : range) + ["--"]
  }

  /// Refuses what git cannot read.
  private func requireRange(in repository: LocalRepository) throws {
    let tried = try repository.command(["rev-list", "--max-count=1"] + selection).run()
    guard !tried.succeeded else { return }
    let words = range.isEmpty ? "HEAD" : range.joined(separator: " ")
    throw CommandError(
      .undecided, "\(words.quoted) names no commits here",
      details: LocalRepository.lines(tried.errors).prefix(1).map { Escaped.text($0) },
      hints: [.init("what there is", "git", "log", "--oneline", "--all")])
  }

  /// Calls `body` with each commit as git comes to it: no list of them is kept.
  private func forEachCommit(
    in repository: LocalRepository, _ body: (ObjectID) throws -> Void
  ) throws {
    let limit = maxCount.map { ["--max-count=\($0)"] } ?? []
    var rest: [UInt8] = []
    var failure: (any Error)?
    let status = try repository.command(["rev-list"] + limit + selection).stream { piece in
      rest += piece
      do {
        var start = 0
        while let end = rest[start...].firstIndex(of: 0x0a) {
          guard let id = ObjectID(hex: rest[start..<end]) else {
            throw CommandError(.undecided, "git's answer cannot be understood")
          }
          try body(id)
          start = end + 1
        }
        rest.removeFirst(start)
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    guard status == 0 else {
      try requireRange(in: repository)
      throw CommandError(.undecided, "git could not list the commits to their end")
    }
  }
}

/// Who made one commit, or why that cannot be read.
private struct Maker {
  let id: ObjectID
  let origin: Origin?
  /// Of a commit that cannot be read.
  let obstacle: String

  init(of id: ObjectID, in surroundings: Surroundings, _ reader: OriginReader) {
    self.id = id
    do throws(GitError) {
      let commit = try surroundings.objects.commit(id)
      origin = try reader.origin(of: commit, arrival: surroundings.memory.arrival(of: id))
      obstacle = ""
    } catch {
      origin = nil
      obstacle = error.words
    }
  }

  var kind: String { origin?.kindWord ?? "unreadable" }
  var grade: String? { origin?.gradeWord }
  /// The signal that decides; the first of several.
  var strongest: Signal? {
    origin?.signals.reduce(nil) { best, signal in
      best.map { $0.grade >= signal.grade } ?? false ? best : signal
    }
  }
}

/// Counts of a history, by class and by agent.
private struct OriginCount {
  private(set) var commits = 0
  private var classes: [(kind: String, grade: String?, count: Int)] = []
  private var agents: [String: Int] = [:]
  /// Commits of names beyond the most that are kept: anybody can invent bots.
  private var others = 0

  private static let mostAgents = 1000

  mutating func add(_ maker: Maker) {
    commits += 1
    if let known = classes.firstIndex(where: { $0.kind == maker.kind && $0.grade == maker.grade }) {
      classes[known].count += 1
    } else {
      classes.append((maker.kind, maker.grade, 1))
    }
    guard let origin = maker.origin, origin.isAgents else { return }
    var names: [String] = []
    for signal in origin.signals where signal.grade >= .suspected && !names.contains(signal.name) {
      names.append(signal.name)
    }
    if names.isEmpty, let principal = origin.principal { names = [principal] }
    for name in names {
      if agents[name] != nil || agents.count < Self.mostAgents {
        agents[name, default: 0] += 1
      } else {
        others += 1
      }
    }
  }

  private var orderedClasses: [(kind: String, grade: String?, count: Int)] {
    classes.sorted { ($0.count, $1.kind) > ($1.count, $0.kind) }
  }

  private var orderedAgents: [(name: String, count: Int)] {
    agents.map { ($0.key, $0.value) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
  }

  func lines() -> [String] {
    func row(_ count: Int, _ words: String) -> String {
      let number = count.grouped
      return String(repeating: " ", count: max(0, 9 - number.utf8.count)) + "\(number)  \(words)"
    }
    var lines = [row(commits, commits == 1 ? "commit" : "commits")]
    lines += orderedClasses.map { entry in
      row(entry.count, entry.kind + (entry.grade.map { " (\($0))" } ?? ""))
    }
    guard !agents.isEmpty else { return lines }
    lines += ["", "agents, a commit of two counted for each:"]
    lines += orderedAgents.map { row($0.count, Escaped.text(Array($0.name.utf8), limit: 60)) }
    if others > 0 { lines.append(row(others, "others")) }
    return lines
  }

  var json: JSON {
    [
      "commits": .integer(Int64(commits)),
      "classes": .array(
        orderedClasses.map { entry in
          [
            "kind": .text(entry.kind), "grade": entry.grade.map { .text($0) } ?? .null,
            "count": .integer(Int64(entry.count)),
          ]
        }),
      "agents": .array(
        orderedAgents.map { ["name": .text($0.name), "count": .integer(Int64($0.count))] }),
    ]
  }
}

/// What is written of each commit: a row for people, or an element of one JSON document.
private struct WhoRows {
  let page: Page
  let columns: Int
  let isHuman: Bool
  let isSummary: Bool

  /// The widths of all columns but the last, which nothing of a later row can change.
  private static let widths = [9, 12, 11, 28]

  func begin() throws {
    if isHuman {
      if !isSummary { try row(["commit", "class", "grade", "signal", "quote"]) }
    } else {
      try page.line(
        isSummary ? "{\"schema\":\"hookkit.who/1\"," : "{\"schema\":\"hookkit.who/1\",\"commits\":["
      )
    }
  }

  func add(_ maker: Maker, isFirst: Bool) throws {
    guard !isSummary else { return }
    guard isHuman else {
      return try page.line((isFirst ? [] : [0x2c]) + json(maker).compact)
    }
    let signal = maker.strongest
    let last =
      signal.map { Escaped.quoted($0.quote, limit: 100) } ?? maker.origin?.because ?? maker.obstacle
    try row([maker.id.short, maker.kind, maker.grade ?? "-", signal?.id ?? "-", last])
  }

  func end(_ count: OriginCount) throws {
    if isHuman {
      if isSummary { try page.lines(count.lines()) }
    } else {
      let start = Array((isSummary ? "" : "],").utf8)
      try page.line(start + Array("\"summary\":".utf8) + count.json.compact + Array("}".utf8))
    }
  }

  private func row(_ cells: [String]) throws {
    var line = ""
    for (cell, width) in zip(cells, Self.widths) {
      line += cell + String(repeating: " ", count: max(1, width - cell.utf8.count))
    }
    // The last column is wrapped under itself, or under the grade where that leaves no room.
    let hanging = columns < 100 ? 21 : Self.widths.reduce(0, +)
    try page.lines(Ascii.wrap(line + (cells.last ?? ""), to: columns, hanging: hanging))
  }

  private func json(_ maker: Maker) -> JSON {
    let signals = maker.origin?.signals ?? []
    return [
      "commit": .text(maker.id.hex), "kind": .text(maker.kind),
      "grade": maker.grade.map { .text($0) } ?? .null,
      "because": .text(maker.origin?.because ?? maker.obstacle),
      "principal": maker.origin?.principal.map { .text($0) } ?? .null,
      "signals": .array(
        signals.map { signal in
          [
            "id": .text(signal.id), "name": .text(signal.name),
            "grade": .text(signal.grade.rawValue), "where": .text(signal.place.rawValue),
            "quote": .text(Escaped.text(signal.quote, limit: 4 * Signal.quoteLimit)),
          ]
        }),
    ]
  }
}
