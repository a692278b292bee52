internal import Lockfiles
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
        changed.old == nil
          || !changed.fields.isDisjoint(with: [.source, .name, .version, .integrity, .other]),
        let other = foreignPackage(in: new),
        changed.old.flatMap({ foreignPackage(in: $0) }) != other
      else { return }
      found.append(
        changed.finding(check, "\(new.words)   is fetched as \(Escaped.text(other, limit: 80))"))
    }
    return found
  }

  /// The first archive that is not one of the package: what it is one of.
  private static func foreignPackage(in view: EntryView) -> [UInt8]? {
    for address in [view.address] + view.archives {
      if let archive = ArchiveName(address, view.entry.ecosystem, named: view.name),
        !archive.belongs(to: view.name, view.entry.ecosystem)
      {
        return archive.package ?? []
      }
    }
    return nil
  }
}
