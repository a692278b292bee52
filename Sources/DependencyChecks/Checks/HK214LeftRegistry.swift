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
      guard new.isExotic || new.entry.sourceKind == .workspace else { return }
      let known = changes.old(new)
      guard let old = known.first(.registry), known.first(new.entry.sourceKind) == nil,
        // At the same version the change of source is reported by HK210.
        !known.contains(version: new.version) || new.version.isEmpty
      else { return }
      let manifest = changes.manifestDeclaring(changed, from: old)
      let reason = manifest.map { ", as \(Escaped.text($0, limit: 60)) says" } ?? ""
      let isInside = new.isLocal && new.staysInside(changes.files[changed.file].folder)
      found.append(
        changed.finding(
          check, manifest == nil && !isInside ? .critical : .high,
          "\(new.move(from: changed.old ?? old))\(reason)"))
    }
    let files = changes.files
    changes.eachNewWish { wish in
      guard let old = wish.old, old.kind == .registry, wish.new.isExotic else { return }
      found.append(
        wish.finding(
          check, in: files, "\(wish.new.words)   \(old.words) -> \(wish.new.placeWords)", .high))
    }
    changes.eachFact { fact in
      guard fact.change.keyClass == .dependency, files[fact.file].format?.fileClass == .locks,
        let now = fact.newText, let before = fact.oldText, isFolder(now), !isFolder(before)
      else { return }
      found.append(fact.finding(check, .high, fact.line))
    }
    return found
  }

  /// What a lock says of a package that is a folder of this machine: `link:../x`.
  private static func isFolder(_ text: ArraySlice<UInt8>) -> Bool {
    ["link:", "file:", "portal:", "workspace:"].contains { text.starts(with: $0.utf8) }
  }
}
