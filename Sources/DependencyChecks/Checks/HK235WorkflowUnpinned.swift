internal import Lockfiles
internal import Primitives

/// HK235: a workflow step that may be another one tomorrow.
enum WorkflowUnpinned {
  static let check = DependencyCheck(
    235, "workflow-unpinned", name: "WorkflowUnpinned", .high,
    title: "a workflow uses an action by a name that can move",
    why: """
      A workflow step named by a tag or branch runs whatever its owner puts there, with the secrets \
      of the pipeline. Only a full commit id stays what it is.
      """,
    ends: "Name the action by its full commit id.",
    examples: [
      .found(
        "an action by its tag",
        .init(
          ".github/workflows/ci.yml", old: workflow(""),
          new: workflow("      - uses: other/action@v2\n"))),
      .passes(
        "an action by its id, and one of the repository itself",
        .init(
          ".github/workflows/ci.yml", old: workflow(""),
          new: workflow(
            "      - uses: other/action@0123456789012345678901234567890123456789 # v2\n"
              + "      - uses: ./here\n"))),
    ],
    find: find)

  private static func workflow(_ steps: String) -> String {
    """
    on: push
    jobs:
      test:
        runs-on: linux
        steps:
          - run: make
    \(steps)
    """
  }

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated() where isWorkflow(file) {
      let bytes = file.new.bytes
      for hunk in file.lines.hunks {
        var rest = bytes[
          (bytes.startIndex + hunk.new.bytes.lowerBound)..<(bytes.startIndex
            + hunk.new.bytes.upperBound)]
        while let line = nextLine(&rest) {
          guard let used = used(in: line), !isPinned(used) else { continue }
          let start = line.startIndex - bytes.startIndex
          found.append(
            file.finding(
              check, index, Escaped.text(used, limit: 120), nil,
              .bytes(isOld: false, start..<start + line.count)))
        }
      }
    }
    return found
  }

  private static func isWorkflow(_ file: FileDiff) -> Bool {
    let path = file.path.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let name = file.name
    return name.elementsEqual("action.yml".utf8) || name.elementsEqual("action.yaml".utf8)
      || [".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/"].contains { folder in
        path.starts(with: folder.utf8)
      }
  }

  private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let line = rest.prefix { $0 != 0x0a }
    rest = rest[line.endIndex...].dropFirst()
    return line
  }

  /// What stands behind `uses:`, wherever in a line it is: also within a flow mapping.
  private static func used(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let word = Array("uses".utf8)
    // Behind a comment nothing is used.
    let line = line.prefix { $0 != UInt8(ascii: "#") }
    var start = line.startIndex
    while let place = line[start...].firstIndex(of: word[0]) {
      start = place + 1
      guard line[place...].starts(with: word) else { continue }
      var rest = line[(place + word.count)...].drop { isQuote($0) || $0 == 0x20 }
      guard rest.first == 0x3a else { continue }
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 || isQuote($0) }
      let value = rest.prefix { $0 > 0x20 && !isQuote($0) && $0 != 0x2c && $0 != 0x7d }
      return value.isEmpty ? nil : value
    }
    return nil
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }

  private static func isPinned(_ used: ArraySlice<UInt8>) -> Bool {
    if used.starts(with: "./".utf8) { return true }
    if used.starts(with: "docker://".utf8) {
      return String(decoding: used, as: UTF8.self).contains("@sha256:")
    }
    guard let at = used.lastIndex(of: 0x40) else { return false }
    return MutableRevision.isFull(used[(at + 1)...])
  }
}
