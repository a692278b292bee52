internal import Lockfiles
internal import Primitives

/// HK214: a package leaves its registry.
enum LeftRegistry {
  static let check = DependencyCheck(
    214, "left-registry", name: "LeftRegistry", .critical,
    title: "a registry package now comes from elsewhere",
    why: """
      A registry keeps what was released, scans it and can take it back. A package that came from one \
      and now comes from a git repository, a plain address or a folder has left all that, under a name \
      that people trust. Its version may look like an ordinary update.

      It is high instead of critical where a manifest of the same push names the package together with \
      the new repository: then the reviewer of the manifest sees the move.
      """,
    ends: "Confirm with its maintainers that the package really moved, then release the push.",
    examples: [
      .found(
        "an update comes from a git repository",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.4", url: "git+https://git.example/x/ms.git#0a1b")))),
      .passes(
        "a package that always came from git is updated",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/x/ms.git#0a1b")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "git+https://git.example/x/ms.git#0c2d")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.isExotic else { return }
      let known = changes.oldEntries(named: new.name, new.entry.ecosystem)
      guard let old = known.first(where: { $0.entry.sourceKind == .registry }),
        !known.contains(where: { $0.entry.sourceKind == new.entry.sourceKind }),
        // At the same version the change of source is reported by HK210.
        !known.contains(where: { $0.version == new.version && $0.isFetched })
      else { return }
      let manifest = changes.manifestDeclaring(changed, from: old)
      let reason = manifest.map { ", as \(Escaped.text($0, limit: 60)) says" } ?? ""
      found.append(
        changed.finding(
          check, manifest == nil ? .critical : .high,
          "\(new.words)   \(old.address.words) -> \(new.address.words)\(reason)"))
    }
    return found
  }
}
