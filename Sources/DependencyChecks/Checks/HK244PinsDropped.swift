internal import Lockfiles
internal import Primitives

/// HK244: a lock that locks nothing any more.
enum PinsDropped {
  static let check = DependencyCheck(
    244, "pins-dropped", name: "PinsDropped", .high, title: "a lock is empty now",
    why: """
      An empty lock is a valid one: the next installation takes whatever versions there are on that \
      day, from wherever the configuration says.
      """,
    ends: "Let the package manager write the lock again, or delete the file on purpose.",
    examples: [
      .found(
        "every entry is gone and the file is still there",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm())),
      .passes(
        "one entry of two is removed",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")),
          Sample.npm(Sample.entry("ms", "2.1.3")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    changes.files.enumerated().compactMap { index, file in
      guard let old = file.old.inventory, let new = file.new.inventory, !old.entries.isEmpty,
        new.entries.isEmpty
      else { return nil }
      return file.finding(check, index, "\(old.entries.count) before")
    }
  }
}
