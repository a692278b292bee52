internal import Documents
internal import Lockfiles
internal import Primitives

/// HK230: an entry that nothing asks for.
enum Orphan {
  static let check = DependencyCheck(
    230, "orphan-entry", name: "Orphan", .high, title: "nothing asks for this entry",
    why: """
      Package managers write what a project or another package asks for. An entry whose name stands \
      nowhere else in the file was put there by hand; some package managers install it all the same.
      """,
    ends: "Let the package manager write the file again and see whether the entry stays.",
    examples: [
      .found(
        "an entry without anybody that asks for it",
        .npm(
          Sample.npm(wants: #""ms": "2""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(
            wants: #""ms": "2""#, Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")))),
      .passes(
        "another package asks for the new entry",
        .npm(
          Sample.npm(wants: #""ms": "2""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(
            wants: #""ms": "2""#,
            Sample.entry("ms", "2.1.4", more: #", "dependencies": {"once": "1"}"#),
            Sample.entry("once", "1.4.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var added: [Int: [ChangedEntry]] = [:]
    changes.eachNewEntry { changed in
      guard changed.old == nil, changed.format?.listsDependents == true,
        changed.new.entry.sourceKind != .workspace, !changed.new.entry.isDirect,
        // What deno fetches by its address is asked for in the code.
        changed.new.entry.ecosystem != .deno
      else { return }
      added[changed.file, default: []].append(changed)
    }
    var found: [DependencyFinding] = []
    for (index, entries) in added.sorted(by: { $0.key < $1.key }) {
      guard let inventory = changes.files[index].new.inventory,
        // A file that asks for nothing at all is not complete: of a workspace's member, or a sample.
        entries.count < inventory.entries.count || !inventory.requirements.isEmpty
      else { continue }
      let mentions = Mentions(of: entries.map { $0.new.wantedName }, in: inventory)
      let lost = entries.filter { isUnreachable($0) || !mentions.contains($0.new.wantedName) }
      guard !lost.isEmpty else { continue }
      let asked = askedElsewhere(changes, than: index)
      for changed in lost where !asked.contains(changed.new.wantedName) {
        found.append(changed.finding(check, changed.new.words))
      }
    }
    return found
  }

  /// What a flake's reader found no way to.
  private static func isUnreachable(_ changed: ChangedEntry) -> Bool {
    changed.new.entry.ecosystem == .nix && changed.new.locator.starts(with: "unreachable:".utf8)
  }

  /// What the manifests of the push ask for: Python's locks do not say it again.
  private static func askedElsewhere(
    _ changes: borrowing CheckedChanges, than index: Int
  ) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for (place, file) in changes.files.enumerated() where place != index {
      guard let inventory = file.new.inventory else { continue }
      for requirement in inventory.requirements {
        names.insert(Mentions.folded(inventory.document.bytes(requirement.name)))
      }
    }
    return names
  }
}
