internal import Lockfiles
internal import Primitives

/// HK243: lines that hookkit shows and does not explain.
enum Residual {
  static let check = DependencyCheck(
    243, "residual-lines", name: "Residual", .notice, title: "lines that a person has to read",
    why: """
      Values that hookkit does not know, and files that it has no reader for, are shown as they \
      stand. They are never counted as explained.
      """,
    ends: "Read the lines.",
    examples: [
      .found(
        "a value without a known meaning",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          #"{"surprise": 1, "# + Sample.npm(Sample.entry("ms", "2.1.3")).dropFirst())),
      .passes(
        "a version changes",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    changes.files.enumerated().compactMap { index, file in
      let coverage = file.coverage
      guard let first = coverage.residual.first, file.unread == nil,
        file.newMode != .submodule, file.newMode != .link
      else { return nil }
      let count = coverage.residualCount
      return file.finding(
        check, index, "\(count) \(count == 1 ? "line" : "lines")", nil,
        .bytes(isOld: first.isOld, first.span.bytes))
    }
  }
}
