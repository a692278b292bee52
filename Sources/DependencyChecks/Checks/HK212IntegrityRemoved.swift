internal import Lockfiles

/// HK212: what was checked before is not checked any more.
enum IntegrityRemoved {
  static let check = DependencyCheck(
    212, "integrity-removed", name: "IntegrityRemoved", .critical,
    title: "integrity is missing",
    why: """
      Without a digest a package manager installs whatever the host serves. An entry that loses its \
      digest, or comes without one into a file whose other entries have one, can be replaced at any \
      time without another commit.
      """,
    ends: "Let the package manager write the digest again.",
    examples: [
      .found(
        "a digest is dropped",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: nil)))),
      .found(
        "a new package comes without a digest",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0", integrity: nil)))),
      .passes(
        "a file that never had digests gets another entry",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: nil)),
          Sample.npm(
            Sample.entry("ms", "2.1.3", integrity: nil),
            Sample.entry("once", "1.4.0", integrity: nil)
          ))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.entry.digestCount == 0, changed.format?.recordsIntegrity ?? false else { return }
      if let old = changed.old, old.entry.digestCount > 0 {
        switch new.entry.sourceKind {
        // What cannot have a digest is a matter of its source.
        case .path, .workspace: return
        case .git: guard old.entry.sourceKind == .git else { return }
        case .registry, .url, .unknown: break
        }
        let isSame = old.isSameRelease(as: new)
        found.append(changed.finding(check, isSame ? .critical : .high, new.words))
      } else if changed.old == nil,
        new.entry.sourceKind == .registry || new.entry.sourceKind == .url,
        hasDigests(changes.files[changed.file])
      {
        found.append(changed.finding(check, .high, "\(new.words)   is new and has no digest"))
      }
    }
    return found
  }

  /// Whether the file has digests at all, before or now.
  private static func hasDigests(_ file: FileDiff) -> Bool {
    let inventory = file.old.inventory ?? file.new.inventory
    return inventory.map { !$0.digests.isEmpty } ?? false
  }
}
