internal import Lockfiles
internal import Primitives

/// HK225: an older version than before.
enum Downgrade {
  static let check = DependencyCheck(
    225, "downgrade", name: "Downgrade", .notice, title: "an older version than before",
    why: """
      Going back is sometimes the cure for a bad release, and sometimes the way back to a flaw that \
      was mended. The highest version of each name is compared.
      """,
    ends: "Nothing, when somebody knows why.",
    examples: [
      .found(
        "2.1.3 becomes 2.1.2",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.2")))),
      .passes(
        "an older copy comes beside the newest one",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry("ms", "2.0.0", path: "node_modules/a/node_modules/ms")))),
      .passes(
        "2.9.0 becomes 2.10.0",
        .npm(Sample.npm(Sample.entry("ms", "2.9.0")), Sample.npm(Sample.entry("ms", "2.10.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var seen: Set<[UInt8]> = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.fields.contains(.version), let old = changed.old,
        VersionOrder.compare(new.version, old.version) ?? 0 < 0,
        seen.insert(Array(new.name)).inserted
      else { return }
      guard let highest = changes.old(new).highest?.version,
        let left = changes.newName(new.name, new.entry.ecosystem).highest?.version,
        VersionOrder.compare(left, highest) ?? 0 < 0
      else { return }
      let (from, to) = (Escaped.text(highest, limit: 40), Escaped.text(left, limit: 40))
      found.append(
        changed.finding(check, "\(Escaped.text(new.name, limit: 80)) \(from) -> \(to)"))
    }
    return found
  }
}
