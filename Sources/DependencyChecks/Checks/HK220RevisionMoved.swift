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
      .passes(
        "a branch that is followed moves on",
        .init(
          "Package.resolved", old: pins("main", "a", "branch"), new: pins("main", "b", "branch"))),
      .found(
        "a branch with the name of a release gets another commit",
        .init(
          "Package.resolved", old: pins("1.0.0", "a", "branch"),
          new: pins("1.0.0", "b", "branch"))),
    ],
    find: find)

  private static func pins(
    _ version: String, _ digit: Character, _ key: String = "version"
  ) -> String {
    """
    {"pins": [{"identity": "x", "kind": "remoteSourceControl",
      "location": "https://git.example/o/x.git",
      "state": {"revision": "\(String(repeating: digit, count: 40))", "\(key)": "\(version)"}}],
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
      guard let old = changed.old, changed.fields.contains(.revision), old.revision != new.revision,
        isOfRelease(new) && old.version == new.version || isSameTag(old, new)
      else { return }
      let from = Escaped.text(old.revision.prefix(12))
      let to = Escaped.text(new.revision.prefix(12))
      found.append(changed.finding(check, "\(new.words)   \(from) -> \(to)"))
    }
    return found
  }

  /// Whether its version is a tag of its repository.
  private static func isOfRelease(_ view: EntryView) -> Bool {
    (tagged.contains(view.entry.ecosystem) || isTagged(view.entry)) && !view.entry.version.isEmpty
      && !isBranch(view)
  }

  private static func isSameTag(_ old: EntryView, _ new: EntryView) -> Bool {
    guard let tag = tag(new) else { return false }
    return self.tag(old) == tag
  }

  /// The tag of a release behind a repository's address, with which Unity's locks ask for it:
  /// `https://git.example/a.git#v1.0.0`.
  private static func tag(_ view: EntryView) -> ArraySlice<UInt8>? {
    guard view.entry.ecosystem == .generic, view.entry.sourceKind == .git,
      let text = view.inventory.document.text("version", of: view.entry.node)
    else { return nil }
    let address = view.inventory.document.bytes(text)
    guard let mark = address.lastIndex(of: UInt8(ascii: "#")) else { return nil }
    let tag = address[(mark + 1)...]
    return tag.contains(UInt8(ascii: ".")) && VersionOrder.Version(tag) != nil ? tag : nil
  }

  /// Clojure's libraries from git bear a tag, those from Maven a version.
  private static func isTagged(_ entry: Entry) -> Bool {
    entry.ecosystem == .maven && entry.sourceKind == .git
  }

  /// Whether a branch is followed, which moves on: Composer has a name for its state, and SwiftPM, whose
  /// releases are numbers (Semantic Versioning 2.0.0), the branch in the place of the number.
  private static func isBranch(_ view: EntryView) -> Bool {
    let version = view.version
    return version.starts(with: "dev-".utf8) || version.suffix(4).elementsEqual("-dev".utf8)
      || view.entry.ecosystem == .swift && VersionOrder.Version(version) == nil
  }
}
