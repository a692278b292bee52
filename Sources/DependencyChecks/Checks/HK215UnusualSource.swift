internal import Lockfiles

/// HK215: a new package that does not come from a registry.
enum UnusualSource {
  static let check = DependencyCheck(
    215, "unusual-source", name: "UnusualSource", .high,
    title: "a new package does not come from a registry",
    why: """
      In a file whose packages come from a registry, one from a git repository, a plain address or a \
      folder has been looked at by nobody but its author, and may be gone or different tomorrow.
      """,
    ends: "Take the package from a registry, or let a person look at where it comes from.",
    examples: [
      .found(
        "a package from a plain address among those of a registry",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry("once", "1.4.0", url: "https://files.example/once-1.4.0.tgz")))),
      .passes(
        "a package of the registry is added",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil, new.isExotic,
        changes.oldEntries(named: new.name, new.entry.ecosystem).isEmpty,
        let usual = changes.files[changed.file].old.inventory
          ?? changes.files[changed.file].new.inventory,
        usual.entries.contains(where: { $0.sourceKind == .registry })
      else { return }
      found.append(changed.finding(check, "\(new.words)   from \(new.address.words)"))
    }
    return found
  }
}
