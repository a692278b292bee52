internal import Documents
internal import Lockfiles
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
    guard !added.isEmpty else { return [] }
    var found: [DependencyFinding] = []
    var budget = comparisons
    let letters = changes.files.map { $0.old.inventory.map { lettersOfNames(in: $0) } ?? [] }
    for changed in added {
      guard let (other, likeness) = nearest(to: changed.new, in: changes.files, letters, &budget)
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

  /// The letters of every entry's name; none for a part of the project itself.
  private static func lettersOfNames(in inventory: Inventory) -> [UInt64] {
    inventory.document.pool.withUnsafeBufferPointer { pool in
      inventory.entries.map { entry in
        entry.sourceKind == .workspace
          ? 0 : NearName.letters(of: UnsafeBufferPointer(rebasing: pool[entry.name.range]))
      }
    }
  }

  /// A known name that is close, and how: one of the project's own first, then a popular one.
  private static func nearest(
    to new: EntryView, in files: [FileDiff], _ known: [[UInt64]], _ budget: inout Int
  ) -> (name: [UInt8], likeness: NearName.Likeness)? {
    let name = Array(new.name)
    let letters = name.withUnsafeBufferPointer { NearName.letters(of: $0) }
    for (index, file) in files.enumerated() {
      guard let inventory = file.old.inventory else { continue }
      budget -= inventory.entries.count
      guard budget > 0 else { break }
      let found = inventory.document.pool.withUnsafeBufferPointer { pool in
        name.withUnsafeBufferPointer { name -> (name: [UInt8], likeness: NearName.Likeness)? in
          for (place, other) in known[index].enumerated()
          where NearName.mayBeLike(letters, other) {
            let entry = inventory.entries[place]
            guard entry.ecosystem == new.entry.ecosystem else { continue }
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

extension NearName {
  /// The letters and digits of a name as a set of bits, those that look alike as one: a cheap look
  /// before the exact one.
  fileprivate static func letters(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var letters: UInt64 = 0
    for byte in name {
      switch byte {
      // `rn` and `m`, `vv` and `w`, `0` and `o`, `1` and `l` count for the same.
      case 0x72, 0x52, 0x6e, 0x4e, 0x6d, 0x4d: letters |= 1 << 1
      case 0x76, 0x56, 0x77, 0x57: letters |= 1 << 2
      case 0x30, 0x6f, 0x4f: letters |= 1 << 3
      case 0x31, 0x6c, 0x4c: letters |= 1 << 4
      case 0x32...0x39: letters |= 1 << (UInt64(byte) - 0x2a)
      case 0x41...0x5a, 0x61...0x7a: letters |= 1 << (UInt64(byte & 0x1f) + 16)
      // Letters of other scripts stand for any, and a scope may have been left out.
      case 0x80...: letters |= 1 << 63
      case 0x40: letters |= 1 << 62
      default: continue
      }
    }
    return letters
  }

  /// Whether names with these letters may be alike; never false where they are.
  fileprivate static func mayBeLike(_ letters: UInt64, _ other: UInt64) -> Bool {
    // One edit takes one letter away and puts one in its place.
    (letters ^ other).nonzeroBitCount <= 2 && other != 0 || (letters | other) >> 62 != 0
  }
}
