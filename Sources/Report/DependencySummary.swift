package import DependencyChecks
internal import Documents
internal import Lockfiles
internal import Primitives

/// A comparison of dependency files in a few lines: what a push is told, and what `deps diff` prints.
///
/// Files with the worst findings come first; within a file findings come before plain changes.
package enum DependencySummary {
  /// Columns of our own text; git puts `remote: ` in front.
  package static let width = 72

  /// - Parameters:
  ///   - most: how many lines there may be; the last one says how many are left out.
  ///   - closing: whether to say what was not checked.
  package static func lines(
    _ diff: DependencyDiff, most: Int = 24, closing: Bool = true
  ) -> [String] {
    let order = diff.files.indices.sorted { left, right in
      let (a, b) = (worst(left, diff), worst(right, diff))
      return a != b ? a > b : left < right
    }
    // Where lines are scarce, no file takes more than its share of them.
    let share = max(6, (most - 2) / max(1, order.count))
    var lines: [String] = []
    for index in order {
      let file = self.file(index, diff)
      lines += file.count <= share || most == .max ? file : cut(file, to: share)
    }
    let room = most - (closing ? 1 : 0)
    if lines.count > room { lines = cut(lines, to: room) }
    if closing { lines.append(notChecked) }
    return lines
  }

  package static let notChecked = "not checked: advisories, publish age, signatures (offline)"

  private static func worst(_ file: Int, _ diff: DependencyDiff) -> Int {
    diff.findings.filter { $0.file == file }.map { rank($0.severity) }.max() ?? 0
  }

  private static func rank(_ severity: DependencyCheck.Severity) -> Int {
    DependencyCheck.Severity.allCases.firstIndex(of: severity) ?? 0
  }

  private static func cut(_ lines: [String], to count: Int) -> [String] {
    guard lines.count > count, count > 0 else { return lines }
    let left = lines.count - count + 1
    return Array(lines.prefix(count - 1)) + ["   ... and \(left) more lines"]
  }

  // MARK: One file

  private static func file(_ index: Int, _ diff: DependencyDiff) -> [String] {
    let file = diff.files[index]
    var lines = Ascii.fold(header(file), to: width, most: 2, hanging: 3)
    for finding in diff.findings where finding.file == index { lines += words(of: finding) }
    lines += changes(file)
    lines += facts(file, diff.findings.filter { $0.file == index })
    return lines
  }

  /// `package-lock.json   3 added, 4 changed; 212 of 212 lines explained`
  private static func header(_ file: FileDiff) -> String {
    let path = Escaped.text(file.path, limit: 120)
    if let unread = file.unread {
      return "\(path)   cannot be read: \(unread.reason.rawValue) (byte \(unread.offset))"
    }
    var words: [String] = []
    for (operation, word) in [
      (EntryChange.Operation.added, "added"), (.removed, "removed"), (.changed, "changed"),
    ] {
      let count = file.changes.filter { $0.operation == operation }.count
      if count > 0 { words.append("\(count) \(word)") }
    }
    if let migration = file.migration {
      words.append(
        "format \(Escaped.text(migration.old, limit: 12)) -> "
          + Escaped.text(migration.new, limit: 12))
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

  /// The title with what it is about, and the rest of it on a line of its own.
  private static func words(of finding: DependencyFinding) -> [String] {
    let mark =
      switch finding.severity {
      case .critical: "!! "
      case .high: " ! "
      case .notice: " . "
      case .calming: " = "
      }
    let detail = Ascii.line(finding.detail)
    var parts: [String] = []
    if let gap = detail.utf8.indices.first(where: { detail[$0...].hasPrefix("   ") }) {
      parts = [String(detail[..<gap]), String(detail[gap...].drop { $0 == " " })]
    } else {
      parts = detail.isEmpty ? [] : [detail]
    }
    let head = mark + finding.title + (parts.isEmpty ? "" : ": ")
    var lines: [String]
    if let first = parts.first, (head + first).utf8.count <= width {
      lines = [head + first]
      parts.removeFirst()
    } else {
      lines = [Ascii.cut(mark + finding.title + (parts.isEmpty ? "" : ":"), to: width)]
    }
    for part in parts {
      lines += Ascii.fold(part, to: width - 3, most: 2).map { "   " + $0 }
    }
    return lines
  }

  /// One line each for what is added, removed and changed.
  private static func changes(_ file: FileDiff) -> [String] {
    var lines: [String] = []
    for (operation, word) in [
      (EntryChange.Operation.added, "added  "), (.removed, "removed"), (.changed, "changed"),
    ] {
      let changes = file.changes.filter { $0.operation == operation }
      guard !changes.isEmpty else { continue }
      var line = "   \(word)   "
      var shown = 0
      for change in changes {
        let words = (shown == 0 ? "" : ", ") + self.words(of: change, in: file)
        let rest = changes.count - shown - 1
        let more = rest > 0 ? ", +\(rest) more" : ""
        guard shown == 0 || (line + words + more).utf8.count <= width else { break }
        line += words
        shown += 1
      }
      if shown < changes.count { line += ", +\(changes.count - shown) more" }
      lines.append(Ascii.squeeze(line, to: width))
    }
    return lines
  }

  /// `chalk 5.3.0 -> 5.4.1`, or the name and what else differs.
  private static func words(of change: EntryChange, in file: FileDiff) -> String {
    func side(_ index: Int?, _ reading: FileDiff.Reading) -> (name: String, version: String)? {
      guard let index, let inventory = reading.inventory else { return nil }
      let entry = inventory.entries[index]
      let version = entry.version.isEmpty ? entry.revision : entry.version
      return (
        Escaped.text(inventory.document.bytes(entry.name), limit: 60),
        Escaped.text(inventory.document.bytes(version), limit: 24)
      )
    }
    let (old, new) = (side(change.old, file.old), side(change.new, file.new))
    guard let known = new ?? old else { return "" }
    guard let old, let new, old.version != new.version else {
      let name = known.version.isEmpty ? known.name : "\(known.name) \(known.version)"
      let fields = change.fields.names
      return fields.isEmpty ? name : "\(name) (\(fields.joined(separator: ", ")))"
    }
    return "\(new.name) \(old.version) -> \(new.version)"
  }

  /// Values outside of entries that no finding has shown already.
  private static func facts(_ file: FileDiff, _ findings: [DependencyFinding]) -> [String] {
    let shown = Set(
      findings.compactMap { finding -> Int? in
        guard case .fact(let index) = finding.subject else { return nil }
        return index
      })
    let facts = file.facts.indices.filter {
      !shown.contains($0) && !file.facts[$0].isNeutral
    }
    var lines = facts.prefix(6).map { index -> String in
      let fact = file.facts[index]
      let path = fact.path.map { $0.isEmpty ? "\"\"" : Escaped.text($0, limit: 60) }
        .joined(separator: ".")
      let values = "\(value(fact.old, file.old)) -> \(value(fact.new, file.new))"
      return Ascii.squeeze("   \(path): \(values)", to: width)
    }
    if facts.count > 6 { lines.append("   ... and \(facts.count - 6) more values") }
    return lines.map { Ascii.cut($0, to: width) }
  }

  private static func value(_ node: NodeID?, _ reading: FileDiff.Reading) -> String {
    guard let node, let document = reading.inventory?.document else { return "(none)" }
    let text =
      document.isScalar(node)
      ? document.bytes(document.text(node)) : document.pool[document.range(node)]
    return text.isEmpty ? "\"\"" : Escaped.text(text, limit: 100)
  }
}
