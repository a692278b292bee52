internal import Lockfiles
internal import Primitives

/// HK219: a git source without a full commit id.
enum MutableRevision {
  static let check = DependencyCheck(
    219, "mutable-revision", name: "MutableRevision", .high,
    title: "a git source is not pinned to a commit",
    why: """
      A branch, a tag or a shortened id names whatever stands there tomorrow. Only a full commit id \
      says which code is installed.
      """,
    ends: "Pin the source to a full commit id.",
    examples: [
      .found(
        "a branch is followed",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry("x", "1.0.0", url: "git+https://git.example/o/x.git#main")))),
      .passes(
        "a full id is named",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry(
              "x", "1.0.0",
              url: "git+https://git.example/o/x.git#0123456789012345678901234567890123456789")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.entry.sourceKind == .git, new.entry.ecosystem != .githubactions,
        changed.old == nil || !changed.fields.isDisjoint(with: [.source, .revision]),
        !isFull(new.revision), !isRelease(new)
      else { return }
      let revision = new.revision.isEmpty ? "nothing" : Escaped.text(new.revision, limit: 60)
      found.append(changed.finding(check, "\(new.words)   pinned to \(revision)"))
    }
    return found
  }

  /// 40 or 64 hexadecimal digits.
  /// Carthage locks the tags of releases and leaves it at that.
  private static func isRelease(_ view: EntryView) -> Bool {
    view.entry.ecosystem == .carthage && VersionOrder.Version(view.revision) != nil
  }

  static func isFull(_ revision: ArraySlice<UInt8>) -> Bool {
    (revision.count == 40 || revision.count == 64)
      && revision.allSatisfy { Hex.value(of: $0) != nil }
  }
}
