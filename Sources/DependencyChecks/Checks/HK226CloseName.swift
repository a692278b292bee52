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
      its scope, capitals for small letters (npm). New names are compared with those that the project \
      uses already, with well-known ones, and, as far as the project itself asks for them, with each other. So is a name that another package \
      brought and that the project asks for since this push.

      A name that another package asks for, and not the project itself, is a notice: nobody typed it. Where a \
      lock does not tell what the project asks for, that is what no manifest of the push and no other \
      package of the lock asks for. Letters that only look like others are high wherever they stand.
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

  /// A name that is new, and how a finding about it is made.
  private struct NewName {
    let name: [UInt8]
    let ecosystem: Ecosystem
    let words: String
    /// Whether it is known that the project itself asks for it.
    let isAsked: Bool
    /// The file whose lock does not tell what the project asks for, and what the name is called there.
    var untold: (file: Int, wanted: [UInt8])?
    /// Whether it was locked before for another package.
    var isOld = false
    let finding: (DependencyCheck.Severity, String) -> DependencyFinding
  }

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var added: [NewName] = []
    var seen: Set<ByteKey> = []
    var tells: [Int: Bool] = [:]
    var asked: Set<ByteKey> = []
    changes.eachNewWish { asked.insert(ByteKey(Array($0.new.name))) }
    func tellsDirect(_ file: Int, _ inventory: Inventory) -> Bool {
      let answer = tells[file] ?? inventory.entries.contains(where: \.isDirect)
      tells[file] = answer
      return answer
    }
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil || changed.fields.contains(.name),
        new.entry.sourceKind != .workspace, added.count < most,
        seen.insert(ByteKey(Array(new.name))).inserted, changes.old(new).isEmpty
      else { return }
      added.append(
        NewName(
          name: Array(new.name), ecosystem: new.entry.ecosystem, words: new.words,
          isAsked: new.entry.isDirect || asked.contains(ByteKey(Array(new.name))),
          untold: tellsDirect(changed.file, new.inventory)
            ? nil : (changed.file, new.wantedName)
        ) {
          changed.finding(check, $0, $1)
        })
    }
    let files = changes.files
    changes.eachNewWish { wish in
      let new = wish.new
      guard wish.old.map({ $0.name != new.name }) ?? true, new.kind != .path, added.count < most,
        seen.insert(ByteKey(Array(new.name))).inserted
      else { return }
      added.append(
        NewName(
          name: Array(new.name), ecosystem: new.ecosystem, words: new.words, isAsked: true,
          isOld: !changes.oldName(new.name, new.ecosystem).isEmpty
        ) {
          wish.finding(check, in: files, $1, $0)
        })
    }
    var found = twins(changes)
    guard !added.isEmpty else { return found }
    let known = knownNames(changes)
    var budget = comparisons
    // Of a name that was locked before it is asked what the project itself asks for.
    let wished = added.contains(where: \.isOld) ? knownNames(changes, wishesOnly: true) : [:]
    var fresh: [Ecosystem: [Known]] = [:]
    var mentions: [Int: Mentions] = [:]
    /// Whether somebody may have typed the name, and no package asks for it.
    func isTyped(_ new: NewName) -> Bool {
      guard !new.isAsked, let (file, wanted) = new.untold, let inventory = files[file].new.inventory
      else { return new.isAsked }
      let known =
        mentions[file]
        ?? Mentions(
          of: added.compactMap { $0.untold?.file == file ? $0.untold?.wanted : nil }, in: inventory)
      mentions[file] = known
      return !known.isDependency(wanted)
    }
    for new in added {
      defer { if new.isAsked { fresh[new.ecosystem, default: []].append(Known(new.name[...])) } }
      guard
        let (other, likeness) = nearest(to: new, new.isOld ? wished : known, &budget)
          ?? (new.isAsked ? nearest(to: new, fresh, &budget, popular: false) : nil)
      else { continue }
      let words = "is \(likeness.rawValue) away from \(Escaped.text(other, limit: 214))"
      let isLoud =
        likeness == .lookAlike || likeness == .letterCase || new.name.contains { $0 >= 0x80 }
        || isTyped(new)
      found.append(new.finding(isLoud ? .high : .notice, "\(new.words)   \(words)"))
    }
    return found
  }

  /// Entries that are one package to the ecosystem, which of them is installed being anybody's guess: NuGet
  /// does not tell capitals from small letters.
  private static func twins(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var locators: [Int: [ByteKey: ArraySlice<UInt8>]] = [:]
    let files = changes.files
    changes.eachNewEntry { changed in
      guard changed.old == nil, changed.new.entry.ecosystem == .nuget, found.count < most,
        let inventory = files[changed.file].new.inventory
      else { return }
      func folded(_ entry: Entry) -> ByteKey {
        let own = inventory.document.bytes(entry.locator)
        return ByteKey(Ecosystem.nuget.folded(own))
      }
      let known =
        locators[changed.file]
        ?? Dictionary(
          inventory.entries.map { (folded($0), inventory.document.bytes($0.locator)) }
        ) { first, second in first.elementsEqual(second) ? first : [] }
      locators[changed.file] = known
      guard known[folded(changed.new.entry)]?.isEmpty ?? false else { return }
      found.append(
        changed.finding(
          check, .critical, "\(changed.new.words)   is locked twice, in other letter case"))
    }
    return found
  }

  /// New names beyond this number are a new project, and no slip of a hand.
  private static let most = 500
  /// What all searches together may cost: a tenth of a second.
  private static let comparisons = 2_000_000

  private struct Known {
    let letters: UInt64
    let name: ArraySlice<UInt8>

    init(_ name: ArraySlice<UInt8>) {
      letters = name.withUnsafeBufferPointer { NearName.letters(of: $0) }
      self.name = name
    }
  }

  /// What the old sides lock and ask for, without parts of the project itself.
  private static func knownNames(
    _ changes: borrowing CheckedChanges, wishesOnly: Bool = false
  ) -> [Ecosystem: [Known]] {
    var known: [Ecosystem: [Known]] = [:]
    func add(_ name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) {
      known[ecosystem, default: []].append(Known(name))
    }
    for file in changes.files {
      guard let inventory = file.old.inventory else { continue }
      for entry in inventory.entries
      where entry.sourceKind != .workspace && (!wishesOnly || entry.isDirect) {
        add(inventory.document.bytes(entry.name), entry.ecosystem)
      }
      guard let ecosystem = file.wishEcosystem else { continue }
      for wish in inventory.requirements { add(inventory.document.bytes(wish.name), ecosystem) }
    }
    return known
  }

  /// Whether one name is the other with a digit behind it, as the next of its kind has (`adler2`). Of a popular
  /// name that is an imitation all the same.
  private static func isNumbered(
    _ name: UnsafeBufferPointer<UInt8>, _ other: ArraySlice<UInt8>
  ) -> Bool {
    let (short, long) =
      name.count < other.count ? (Array(name), Array(other)) : (Array(other), Array(name))
    return long.count == short.count + 1 && long.starts(with: short)
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(long[short.count])
  }

  /// A known name that is close, and how: one of the project's own first, then a popular one. A name that
  /// everybody knows is not taken for another.
  private static func nearest(
    to new: NewName, _ known: [Ecosystem: [Known]], _ budget: inout Int, popular: Bool = true
  ) -> (name: [UInt8], likeness: NearName.Likeness)? {
    guard !NearName.isKnown(new.name, new.ecosystem) else { return nil }
    let own = known[new.ecosystem] ?? []
    budget -= own.count
    if budget > 0 {
      let found = new.name.withUnsafeBufferPointer {
        name -> (name: [UInt8], likeness: NearName.Likeness)? in
        let letters = NearName.letters(of: name)
        var found: (name: [UInt8], likeness: NearName.Likeness)?
        for other in own where NearName.mayBeLike(letters, other.letters) {
          // Python's names have several spellings (PEP 503).
          if new.ecosystem == .pypi,
            other.name.withUnsafeBufferPointer({ NearName.areEqual(name, $0, .pypi) })
          {
            return nil
          }
          let likeness = other.name.withUnsafeBufferPointer {
            new.ecosystem == .npm && NearName.areEqual(name, $0, .npm)
              && !$0.elementsEqual(name) ? .letterCase : NearName.likeness(name, $0)
          }
          // One that was asked for before is no new name at all.
          if likeness == nil, other.name.elementsEqual(name) { return nil }
          if found == nil, let likeness, !isNumbered(name, other.name) {
            found = (Array(other.name), likeness)
          }
        }
        return found
      }
      if let found { return found }
      if own.contains(where: { $0.name.elementsEqual(new.name) }) { return nil }
    }
    guard popular else { return nil }
    return NearName.popular(new.name, new.ecosystem).map { ($0.name, $0.likeness) }
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
