internal import Primitives

/// HK226: a new name that is taken for another easily.
enum CloseName {
  static let check = DependencyCheck(
    226, "near-name", name: "CloseName", .high, title: "a new name is close to a known one",
    why: """
      Malicious packages are published under names that a hurried reader, or a language model, takes \
      for another: a letter more or less, two letters swapped, another separator, the name without \
      its scope. New names are compared with those that the project uses already and with well-known \
      ones.
      """,
    ends: "Look the package up by its exact name before you release the push.",
    examples: [
      .found(
        "a letter is doubled",
        .npm(
          Sample.npm(Sample.entry("express", "4.0.0")),
          Sample.npm(Sample.entry("express", "4.0.0"), Sample.entry("expresss", "4.0.0")))),
      .found(
        "a scope is dropped",
        .npm(
          Sample.npm(Sample.entry("@acme/invoices", "4.0.0")),
          Sample.npm(Sample.entry("@acme/invoices", "4.0.0"), Sample.entry("invoices", "9.0.0")))),
      .passes(
        "a name of its own",
        .npm(
          Sample.npm(Sample.entry("express", "4.0.0")),
          Sample.npm(Sample.entry("express", "4.0.0"), Sample.entry("lodash", "4.0.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var added: [ChangedEntry] = []
    var seen: Set<[UInt8]> = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil || changed.fields.contains(.name),
        new.entry.sourceKind != .workspace,
        changes.oldEntries(named: new.name, new.entry.ecosystem).isEmpty,
        seen.insert(Array(new.name)).inserted, added.count < most
      else { return }
      added.append(changed)
    }
    var found: [DependencyFinding] = []
    var budget = comparisons
    for changed in added {
      guard let (other, likeness) = nearest(to: changed.new, in: changes.files, &budget)
      else { continue }
      let words = "is \(likeness.rawValue) away from \(Escaped.text(other, limit: 80))"
      found.append(changed.finding(check, "\(changed.new.words)   \(words)"))
    }
    return found
  }

  /// New names beyond this number are a new project, and no slip of a hand.
  private static let most = 500
  /// What all searches together may cost: a tenth of a second.
  private static let comparisons = 2_000_000

  /// A known name that is close, and how: one of the project's own first, then a popular one.
  private static func nearest(
    to new: EntryView, in files: [FileDiff], _ budget: inout Int
  ) -> (name: [UInt8], likeness: NearName.Likeness)? {
    let name = Array(new.name)
    for file in files {
      guard let inventory = file.old.inventory else { continue }
      let found = inventory.document.pool.withUnsafeBufferPointer { pool in
        name.withUnsafeBufferPointer { name -> (name: [UInt8], likeness: NearName.Likeness)? in
          for entry in inventory.entries
          where entry.ecosystem == new.entry.ecosystem && entry.sourceKind != .workspace {
            guard budget > 0 else { return nil }
            budget -= 1
            let known = UnsafeBufferPointer(rebasing: pool[entry.name.range])
            if let likeness = NearName.likeness(name, known) { return (Array(known), likeness) }
          }
          return nil
        }
      }
      if let found { return found }
    }
    return NearName.popular(name, new.entry.ecosystem).map { ($0.name, $0.likeness) }
  }
}
