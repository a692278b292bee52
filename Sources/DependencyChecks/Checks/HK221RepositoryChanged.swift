internal import Lockfiles

/// HK221: a git source moves to another repository.
enum RepositoryChanged {
  static let check = DependencyCheck(
    221, "repository-changed", name: "RepositoryChanged", .high,
    title: "a package comes from another repository",
    why: """
      The owner or the name of the repository changed together with the version. A fork may be meant, \
      or may be somebody else's.
      """,
    ends: "Find out whose repository that is, then release the push.",
    examples: [
      .found(
        "a submodule gets another address",
        .init(
          ".gitmodules", old: "[submodule \"x\"]\n\tpath = x\n\turl = https://git.example/o/x\n",
          new: "[submodule \"x\"]\n\tpath = x\n\turl = https://git.example/evil/x\n")),
      .found(
        "an update comes from another owner",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/x/ms.git#0a1b")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "git+https://git.example/y/ms.git#0c2d")))),
      .passes(
        "letter case and .git are written differently",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/X/ms.git#0a1b")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "git+ssh://git@git.example/x/ms#0c2d")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      // At the same version the change is reported by HK210.
      guard let old = changed.old, changed.fields.contains(.source),
        // At the same version the change is reported by HK210.
        !old.isSameRelease(as: new), old.entry.sourceKind == .git,
        new.entry.sourceKind == .git
      else { return }
      let (before, after) = (old.address, new.address)
      guard before.origin(of: old.name) != after.origin(of: new.name) else { return }
      found.append(changed.finding(check, "\(new.words)   \(before.words) -> \(after.words)"))
    }
    return found
  }
}
