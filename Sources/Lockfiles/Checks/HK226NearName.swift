internal import Primitives

/// HK226: a new name that is taken for another easily.
enum NearName {
  static let check = DependencyCheck(
    226, "near-name", name: "NearName", .high, title: "a new name is close to a known one",
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
          Sample.npm(Sample.entry("@acme/billing", "4.0.0")),
          Sample.npm(Sample.entry("@acme/billing", "4.0.0"), Sample.entry("billing", "9.0.0")))),
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
    let known = KnownNames(changes)
    for changed in added {
      let name = Array(changed.new.name)
      guard let (other, how) = known.nearest(to: name, changed.new.entry.ecosystem, changes.rules)
      else { continue }
      found.append(
        changed.finding(
          check, "\(changed.new.words)   \(how) \(Escaped.text(other, limit: 80))"))
    }
    return found
  }

  /// New names beyond this number are a new project, and no slip of a hand.
  private static let most = 500
}

/// The names that a project used before, by ecosystem and length.
private struct KnownNames {
  private var names: [Ecosystem: [Int: [[UInt8]]]] = [:]

  init(_ changes: borrowing CheckedChanges) {
    for file in changes.files {
      guard let inventory = file.old.inventory else { continue }
      var last: [UInt8] = []
      for entry in inventory.entries where entry.sourceKind != .workspace {
        let name = inventory.document.bytes(entry.name)
        guard !name.elementsEqual(last) else { continue }
        last = Array(name)
        names[entry.ecosystem, default: [:]][name.count, default: []].append(last)
      }
    }
  }

  /// A known name that is close, and how.
  func nearest(
    to name: [UInt8], _ ecosystem: Ecosystem, _ rules: DependencyRules
  ) -> (name: [UInt8], how: String)? {
    let known = names[ecosystem] ?? [:]
    // The name behind the scope, which somebody may have left out or put in front.
    let bare = name.first == 0x40 ? name.split(separator: 0x2f).last.map(Array.init) ?? name : name
    for (count, group) in known.sorted(by: { $0.key < $1.key }) {
      let isClose = abs(count - name.count) <= 2
      let isScoped = count > bare.count || name.count > bare.count
      guard isClose || isScoped else { continue }
      for other in group where other != name {
        if isClose, let how = rules.nearness(name, other) { return (other, how) }
        if isScoped, isSameBehindScope(name, other) {
          return (other, "differs by its scope from")
        }
      }
    }
    return nil
  }

  private func isSameBehindScope(_ name: [UInt8], _ other: [UInt8]) -> Bool {
    guard (name.first == 0x40) != (other.first == 0x40) else { return false }
    func bare(_ name: [UInt8]) -> ArraySlice<UInt8> {
      guard name.first == 0x40, let slash = name.firstIndex(of: 0x2f) else { return name[...] }
      return name[(slash + 1)...]
    }
    // Short names such as `core` stand in many scopes.
    return bare(name) == bare(other) && bare(name).count >= 6
  }
}

/// How close two names are; what `DependencyRules.nearness` is unless a caller has better lists.
package enum NameNearness {
  /// In words: `is one letter away from`; `nil` when nobody would take one for the other.
  package static func words(_ new: [UInt8], _ known: [UInt8]) -> String? {
    if folded(new) == folded(known) { return "differs by its separators from" }
    guard min(new.count, known.count) >= 5 else { return nil }
    return isOneEdit(new, known) ? "is one letter away from" : nil
  }

  /// Without separators, in lower case.
  private static func folded(_ name: [UInt8]) -> [UInt8] {
    name.compactMap { byte in
      switch byte {
      case 0x2d, 0x2e, 0x5f: nil
      case 0x41...0x5a: byte | 0x20
      default: byte
      }
    }
  }

  /// One letter more, less or other, or two neighbours swapped (Damerau), digits at the end left out:
  /// `core2` beside `core3` is ordinary.
  private static func isOneEdit(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let (a, b) = left.count <= right.count ? (left, right) : (right, left)
    guard b.count - a.count <= 1 else { return false }
    var start = 0
    while start < a.count, a[start] == b[start] { start += 1 }
    var end = 0
    while end < a.count - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    let (restA, restB) = (a[start..<a.count - end], b[start..<b.count - end])
    func isDigit(_ part: ArraySlice<UInt8>) -> Bool {
      part.allSatisfy { (0x30...0x39).contains($0) }
    }
    switch (restA.count, restB.count) {
    case (0, 1): return !isDigit(restB)
    case (1, 1): return !(isDigit(restA) && isDigit(restB))
    case (2, 2):
      return restA[restA.startIndex] == restB[restB.startIndex + 1]
        && restA[restA.startIndex + 1] == restB[restB.startIndex]
    default: return false
    }
  }
}
