package import DependencyChecks
internal import Documents
internal import Lockfiles
internal import Primitives

/// A comparison of dependency files in a few lines: what a push is told, and what `deps diff` and
/// `quarantine show` print, the last two of them without cutting anything.
///
/// What a reviewer has to see comes first: within a file findings before versions, versions before what
/// comes and goes, and that before all else; where lines are scarce, the worst of all files before the
/// rest of any.
package enum DependencySummary {
  /// Columns of our own text; git puts `remote: ` in front.
  package static let width = 72

  /// - Parameters:
  ///   - most: how many lines there may be; what is left out is counted. With `.max` nothing is cut, and
  ///     every change has a line of its own.
  ///   - closing: whether to say what was not checked.
  package static func lines(
    _ diff: DependencyDiff, most: Int = 24, closing: Bool = true
  ) -> [String] {
    let isWhole = most == .max
    var findings: [[DependencyFinding]] = Array(repeating: [], count: diff.files.count)
    for finding in diff.findings { findings[finding.file].append(finding) }
    let pages = diff.files.indices.map { index in
      FileSummary(index, of: diff, findings[index], isWhole: isWhole)
    }
    let order = pages.indices.sorted { left, right in
      pages[left].worst != pages[right].worst
        ? pages[left].worst > pages[right].worst : left < right
    }
    var lines: [String]
    if isWhole {
      lines = order.flatMap { index in pages[index].blocks.flatMap(\.lines) }
    } else {
      let most = most - (closing ? 1 : 0)
      let ordered = order.map { pages[$0] }
      var budget = most
      repeat {
        var room = Room(lines: budget)
        lines = room.lines(of: ordered)
        // The lines that count what is left out need room as well.
        budget -= 1
      } while lines.count > most && budget > 0
    }
    if closing { lines.append(notChecked) }
    return lines
  }

  package static let notChecked = "not checked: advisories, publish age, signatures (offline)"
}

/// Lines for what matters most, in the order of the pages that it stands on.
private struct Room {
  let lines: Int
  private var used = 0
  private var shown: [Set<Int>] = []

  init(lines: Int) { self.lines = lines }

  mutating func lines(of pages: [FileSummary]) -> [String] {
    shown = Array(repeating: [], count: pages.count)
    // The first of its rank in every file before the second in any.
    var wanted: [(rank: Int, turn: Int, page: Int, block: Int)] = []
    for (page, file) in pages.enumerated() {
      var turns: [Int: Int] = [:]
      for (block, content) in file.blocks.enumerated().dropFirst() {
        wanted.append((content.rank, turns[content.rank, default: 0], page, block))
        turns[content.rank, default: 0] += 1
      }
    }
    wanted.sort { ($1.rank, $0.turn, $0.page, $0.block) < ($0.rank, $1.turn, $1.page, $1.block) }
    // A line that counts what is left out may be needed for each page, and one for all pages that are.
    var refused = 0
    var least = 0
    for (rank, _, page, block) in wanted where rank >= least {
      let own = pages[page].blocks[block].lines.count
      let header = shown[page].isEmpty ? pages[page].blocks[0].lines.count + 1 : 0
      guard used + own + header + 1 <= lines else {
        // Nothing lesser takes the room of what has to be seen.
        if rank >= FileSummary.grave { least = rank }
        refused += 1
        if refused > 32 { break }
        continue
      }
      used += own + header
      shown[page].insert(block)
    }
    // A file without anything but its header.
    for page in pages.indices where shown[page].isEmpty {
      let count = pages[page].blocks[0].lines.count
      guard used + count + 1 <= lines else { continue }
      used += count
      shown[page].insert(0)
    }
    return text(pages)
  }

  private func text(_ pages: [FileSummary]) -> [String] {
    var result: [String] = []
    var left = (files: 0, lines: 0)
    for (page, file) in pages.enumerated() {
      let total = file.blocks.reduce(0) { $0 + $1.lines.count }
      guard !shown[page].isEmpty else {
        left = (left.files + 1, left.lines + total)
        continue
      }
      let blocks = file.blocks.indices.filter { $0 == 0 || shown[page].contains($0) }
      let own = blocks.flatMap { file.blocks[$0].lines }
      result += own
      if own.count < total { result.append("   ... and \(total - own.count) more lines") }
    }
    if left.files > 0 {
      let what = left.files == 1 ? "1 more file" : "\(left.files) more files"
      result.append("... and \(what) of \(left.lines) lines")
    }
    return result
  }
}

/// One file: its header, and what there is to say of it in pieces that are shown as a whole or not at all.
private struct FileSummary {
  /// The header is the first.
  private(set) var blocks: [Block] = []
  private(set) var worst = 0
  private let file: FileDiff
  private let diff: DependencyDiff
  private let isWhole: Bool

  struct Block {
    /// Higher for what must not be left out.
    let rank: Int
    let lines: [String]
  }

  private static let width = DependencySummary.width
  /// The rank of what has to be seen.
  static let grave = rank(.high) * 10
  /// Findings of one kind in one file that a page with little room has in full.
  private static let alike = 3

  init(_ index: Int, of diff: DependencyDiff, _ findings: [DependencyFinding], isWhole: Bool) {
    file = diff.files[index]
    self.diff = diff
    self.isWhole = isWhole
    worst = findings.map { Self.rank($0.severity) }.max() ?? 0
    let header = header(diff.migrations.first { $0.from == index || $0.to == index }, index)
    blocks.append(
      Block(
        rank: 100, lines: Ascii.fold(header, to: Self.width, most: isWhole ? .max : 2, hanging: 3)))
    add(findings)
    let carried = diff.migrations.first { $0.to == index }?.carried ?? []
    addChanges(file.changes.indices.filter { !carried.contains($0) }.map { file.changes[$0] })
    addFacts(findings)
  }

  private static func rank(_ severity: DependencyCheck.Severity) -> Int {
    DependencyCheck.Severity.allCases.firstIndex(of: severity) ?? 0
  }

  // MARK: Header

  /// `package-lock.json   4 changed, 3 added; 212 of 212 lines explained`
  private func header(_ migration: LockMigration?, _ index: Int) -> String {
    let path = Escaped.text(file.path, limit: isWhole ? 4096 : 160)
    if let unread = file.unread {
      return "\(path)   cannot be read: \(file.words(for: unread))"
    }
    if file.newMode == nil {
      guard let migration, migration.from == index else {
        let count = file.old.inventory?.entries.count ?? 0
        let entries = count == 0 ? "" : ", with \(count) \(count == 1 ? "package" : "packages")"
        return "\(path)   deleted\(entries)"
      }
      let new = Escaped.text(diff.files[migration.to].path, limit: 160)
      return "\(path)   deleted, in favour of \(new)"
    }
    var words: [String] = file.oldMode == nil ? ["new"] : []
    if let migration, migration.to == index {
      let old = Escaped.text(diff.files[migration.from].path, limit: 160)
      words.append("in the place of \(old)")
      words.append("\(migration.carried.count) packages as they were")
    }
    let carried = migration?.to == index ? migration?.carried.count ?? 0 : 0
    for (operation, word) in [
      (EntryChange.Operation.changed, "changed"), (.added, "added"), (.removed, "removed"),
    ] {
      var count = file.changes.count { $0.operation == operation }
      if operation == .added { count -= carried }
      if count > 0 { words.append("\(count) \(word)") }
    }
    if let migration = file.migration {
      words.append(
        "format \(Escaped.text(migration.old, limit: 24)) -> "
          + Escaped.text(migration.new, limit: 24))
    }
    let coverage = file.coverage
    let total = coverage.changedLines
    let lines: String
    if total == 0 {
      lines = "no line changed"
    } else if file.isNeutral {
      lines = "\(total) lines, nothing changes in substance"
    } else {
      lines = "\(total - coverage.residualCount) of \(total) lines explained"
    }
    return "\(path)   " + (words.isEmpty ? "" : words.joined(separator: ", ") + "; ") + lines
  }

  // MARK: Findings

  private mutating func add(_ findings: [DependencyFinding]) {
    var counts: [String: Int] = [:]
    for finding in findings {
      let kind = "\(finding.code) \(finding.severity.rawValue)"
      counts[kind, default: 0] += 1
      let rank = Self.rank(finding.severity) * 10
      if isWhole || counts[kind, default: 0] <= Self.alike {
        blocks.append(Block(rank: rank, lines: words(of: finding)))
      }
    }
    guard !isWhole else { return }
    for finding in findings {
      let kind = "\(finding.code) \(finding.severity.rawValue)"
      guard let count = counts.removeValue(forKey: kind), count > Self.alike else { continue }
      blocks.append(
        Block(
          rank: Self.rank(finding.severity) * 10 - 1,
          lines: Ascii.fold(
            "\(Self.mark(finding.severity))HK\(finding.code) \(finding.title): \(count - Self.alike) more",
            to: Self.width, most: 2, hanging: 3)))
    }
  }

  private static func mark(_ severity: DependencyCheck.Severity) -> String {
    switch severity {
    case .critical: "!! "
    case .high: " ! "
    case .notice: " . "
    case .calming: " = "
    }
  }

  /// The title with what it is about, and the rest of it on a line of its own.
  private func words(of finding: DependencyFinding) -> [String] {
    let mark = Self.mark(finding.severity) + "HK\(finding.code) "
    let detail = Ascii.line(finding.detail)
    var parts: [String] = []
    if let gap = detail.firstRange(of: "   ") {
      parts = [String(detail[..<gap]), String(detail[gap...].drop { $0 == " " })]
    } else {
      parts = detail.isEmpty ? [] : [detail]
    }
    let head = mark + finding.title + (parts.isEmpty ? "" : ": ")
    var lines: [String]
    if let first = parts.first, (head + first).utf8.count <= Self.width {
      lines = [head + first]
      parts.removeFirst()
    } else {
      lines = Ascii.fold(
        mark + finding.title + (parts.isEmpty ? "" : ":"), to: Self.width,
        most: isWhole ? .max : 2, hanging: 3)
    }
    for part in parts {
      lines += Ascii.fold(part, to: Self.width - 3, most: isWhole ? .max : 2).map { "   " + $0 }
    }
    return lines
  }

  // MARK: Changes

  /// Versions first, then what comes and goes, then what only says something else than before.
  private mutating func addChanges(_ changes: [EntryChange]) {
    let groups: [(word: String, rank: Int, changes: [EntryChange])] = [
      ("changed", 8, changes.filter { $0.operation == .changed && isBump($0) }),
      ("added  ", 7, changes.filter { $0.operation == .added }),
      ("removed", 6, changes.filter { $0.operation == .removed }),
      ("besides", 3, changes.filter { $0.operation == .changed && !isBump($0) }),
    ]
    for (word, rank, changes) in groups where !changes.isEmpty {
      if file.newMode == nil, !isWhole { continue }
      blocks.append(Block(rank: rank, lines: lines(word, changes)))
    }
  }

  private func lines(_ word: String, _ changes: [EntryChange]) -> [String] {
    let start = "   \(word)   "
    guard !isWhole else {
      return changes.flatMap { change in
        Ascii.fold(start + words(of: change), to: Self.width, most: .max, hanging: start.utf8.count)
      }
    }
    // As many as a few lines hold.
    var lines = [start]
    var shown = 0
    for change in changes {
      let words = (shown == 0 ? "" : ", ") + self.words(of: change)
      let rest = changes.count - shown - 1
      let more = rest > 0 ? ", +\(rest) more" : ""
      if shown == 0 || (lines[lines.count - 1] + words + more).utf8.count <= Self.width {
        lines[lines.count - 1] += words
      } else if lines.count < max(2, 12 / diff.files.count) {
        lines[lines.count - 1] += ","
        lines.append(String(repeating: " ", count: start.utf8.count) + words.dropFirst(2))
      } else {
        break
      }
      shown += 1
    }
    if shown < changes.count { lines[lines.count - 1] += ", +\(changes.count - shown) more" }
    return lines.map { Ascii.squeeze($0, to: Self.width) }
  }

  private func isBump(_ change: EntryChange) -> Bool {
    !change.fields.isDisjoint(with: [.version, .revision, .name])
  }

  /// `chalk 5.3.0 -> 5.4.1`, or the name and what else differs.
  private func words(of change: EntryChange) -> String {
    func side(_ index: Int?, _ reading: FileDiff.Reading) -> (name: String, version: String)? {
      guard let index, let inventory = reading.inventory else { return nil }
      let entry = inventory.entries[index]
      let hasVersion = !entry.version.isEmpty && !change.fields.contains(.revision)
      let version = entry.version.isEmpty ? entry.revision : entry.version
      var text = Escaped.text(inventory.document.bytes(version), limit: isWhole ? 512 : 40)
      // A tag or version that stands for another commit.
      if !hasVersion, !entry.version.isEmpty, !entry.revision.isEmpty {
        text +=
          " at \(Escaped.text(inventory.document.bytes(entry.revision), limit: isWhole ? 512 : 12))"
      }
      return (Escaped.text(inventory.document.bytes(entry.name), limit: isWhole ? 512 : 100), text)
    }
    let (old, new) = (side(change.old, file.old), side(change.new, file.new))
    guard let known = new ?? old else { return "" }
    let others = change.fields.subtracting([.version, .revision, .locator]).names
    guard let old, let new, old.version != new.version || old.name != new.name else {
      let name = known.version.isEmpty ? known.name : "\(known.name) \(known.version)"
      let fields = change.fields.names
      return fields.isEmpty ? name : "\(name) (\(fields.joined(separator: ", ")))"
    }
    let renamed = old.name == new.name ? "" : " \(new.name)"
    let text = "\(old.name) \(old.version) ->\(renamed) \(new.version)"
    // A bump brings another digest and other edges with it; what else it brings is worth a word.
    let rest = others.filter { !["integrity", "other", "source", "name"].contains($0) }
    return rest.isEmpty ? text : "\(text) (\(rest.joined(separator: ", ")))"
  }

  // MARK: Facts

  /// Values outside of entries that no finding has shown already.
  private mutating func addFacts(_ findings: [DependencyFinding]) {
    var shown: Set<Int> = []
    for finding in findings {
      // A whole page has each value in full, also where a finding had to cut it.
      guard case .fact(let index) = finding.subject, !isWhole || !finding.detail.contains("...")
      else { continue }
      shown.insert(index)
    }
    let facts = file.facts.indices.filter {
      !shown.contains($0) && !file.facts[$0].isNeutral
    }
    for index in isWhole ? facts[...] : facts.prefix(6) {
      let line = "   " + file.words(of: file.facts[index], limit: isWhole ? 1 << 24 : 100)
      let lines =
        isWhole
        ? Ascii.fold(line, to: Self.width, most: .max, hanging: 5)
        : [Ascii.cut(Ascii.squeeze(line, to: Self.width), to: Self.width)]
      blocks.append(Block(rank: 4, lines: lines))
    }
    if facts.count > 6, !isWhole {
      blocks.append(Block(rank: 2, lines: ["   ... and \(facts.count - 6) more values"]))
    }
  }
}

extension String {
  fileprivate func firstRange(of gap: String) -> Index? {
    utf8.indices.first { self[$0...].hasPrefix(gap) }
  }
}
