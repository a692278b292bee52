internal import Lockfiles

/// HK242: nothing changes in substance.
enum Neutral {
  static let check = DependencyCheck(
    242, "proven-neutral", name: "Neutral", .calming, title: "proven to change nothing",
    why: """
      Both sides were read and are the same, value for value: only layout, order, comments or values \
      that decide nothing are different. A push of nothing else need not be held.
      """,
    ends: "Nothing to do.",
    examples: [
      .found(
        "another layout",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.3")) + "\n")),
      .passes(
        "a version changes",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    changes.files.enumerated().compactMap { index, file in
      guard file.isNeutral, !file.lines.hunks.isEmpty else { return nil }
      return file.finding(check, index, "\(file.coverage.changedLines) changed lines")
    }
  }
}
