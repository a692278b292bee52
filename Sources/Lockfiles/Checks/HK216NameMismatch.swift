internal import Primitives

/// HK216: the address is one of another package.
enum NameMismatch {
  static let check = DependencyCheck(
    216, "name-differs-from-url", name: "NameMismatch", .critical,
    title: "the address is one of another package",
    why: """
      Registries put a package's name into the address of its archive. An entry that says one name \
      and fetches another installs that other package under a trusted name, from a trusted host.
      """,
    ends: "Let the package manager write the entry again; an alias must say its real name.",
    examples: [
      .found(
        "ms is fetched from the folder of another package",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.4", url: "https://registry.example/malice/-/malice-2.1.4.tgz")))
      ),
      .passes(
        "a scoped package is fetched from its own folder",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("@scope/once", "1.4.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.entry.sourceKind == .registry || new.entry.sourceKind == .url,
        changed.old == nil || !changed.fields.isDisjoint(with: [.source, .name]),
        let archive = ArchiveName(new.address, new.entry.ecosystem, named: new.name),
        !archive.belongs(to: new.name, new.entry.ecosystem)
      else { return }
      let other = Escaped.text(archive.package ?? [], limit: 80)
      found.append(changed.finding(check, "\(new.words)   is fetched as \(other)"))
    }
    return found
  }
}
