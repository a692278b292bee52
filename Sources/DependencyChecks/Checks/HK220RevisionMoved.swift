internal import Documents
internal import Lockfiles
internal import Primitives

/// HK220: a version stands for another commit.
enum RevisionMoved {
  static let check = DependencyCheck(
    220, "revision-moved", name: "RevisionMoved", .critical,
    title: "a version stands for another commit",
    why: """
      Where packages are git repositories, a version is a tag. The same version with another commit \
      means that the tag was moved after it was released, which is how popular projects were \
      poisoned before.
      """,
    ends: "Compare both commits in the package's repository and ask its maintainers.",
    examples: [
      .found(
        "a pin keeps its version and gets another commit",
        .init("Package.resolved", old: pins("1.0.0", "a"), new: pins("1.0.0", "b"))),
      .passes(
        "version and commit go up together",
        .init("Package.resolved", old: pins("1.0.0", "a"), new: pins("1.0.1", "b"))),
    ],
    find: find)

  private static func pins(_ version: String, _ digit: Character) -> String {
    """
    {"pins": [{"identity": "x", "kind": "remoteSourceControl",
      "location": "https://git.example/o/x.git",
      "state": {"revision": "\(String(repeating: digit, count: 40))", "version": "\(version)"}}],
      "version": 2}

    """
  }

  /// Ecosystems whose versions are tags.
  private static let tagged: Set<Ecosystem> = [
    .swift, .carthage, .composer, .githubactions, .golang, .cocoapods, .helm, .terraform,
  ]

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard let old = changed.old, changed.fields.contains(.revision),
        tagged.contains(new.entry.ecosystem) || isTagged(new.entry), old.version == new.version,
        !new.entry.version.isEmpty, !isBranch(new.version), old.revision != new.revision
      else { return }
      let from = Escaped.text(old.revision.prefix(12))
      let to = Escaped.text(new.revision.prefix(12))
      found.append(changed.finding(check, "\(new.words)   \(from) -> \(to)"))
    }
    return found
  }

  /// Clojure's libraries from git bear a tag, those from Maven a version.
  private static func isTagged(_ entry: Entry) -> Bool {
    entry.ecosystem == .maven && entry.sourceKind == .git
  }

  /// Composer's name for the state of a branch.
  private static func isBranch(_ version: ArraySlice<UInt8>) -> Bool {
    version.starts(with: "dev-".utf8) || version.suffix(4).elementsEqual("-dev".utf8)
  }
}
