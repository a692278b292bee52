internal import Lockfiles
internal import Primitives

/// HK239: something is hidden together with what there is to hide.
enum VisibilityChanged {
  static let check = DependencyCheck(
    239, "visibility-changed", name: "VisibilityChanged", .high,
    title: "what people and tools get to see is changed too",
    why: """
      Attributes that keep a file out of diffs, owners that need not be asked any more, scanners told \
      to look away: harmless alone, and the first half of an attack when dependencies change in the \
      same push.
      """,
    ends: "Push the change of visibility by itself.",
    examples: [
      .found(
        "a lock is kept out of diffs in the push that changes it",
        .init(".gitattributes", old: nil, new: "package-lock.json -diff\n"),
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
      .passes(
        "attributes alone",
        .init(".gitattributes", old: nil, new: "*.png binary\n")),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    let others = changes.files.contains {
      !$0.isUntouched && $0.classes.subtracting(.visibility) != []
    }
    guard others else { return [] }
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.classes.contains(.visibility) && !file.isUntouched && !file.isNeutral {
      found.append(file.finding(check, index, Escaped.text(file.path, limit: 120)))
    }
    return found
  }
}
