internal import Documents
internal import Lockfiles
internal import Primitives

/// HK212: what was checked before is not checked any more.
enum IntegrityRemoved {
  static let check = DependencyCheck(
    212, "integrity-removed", name: "IntegrityRemoved", .critical,
    title: "integrity is missing",
    why: """
      Without a digest a package manager installs whatever the host serves. An entry that loses its \
      digest, or comes without one into a file whose other entries have one, can be replaced at any \
      time without another commit.

      A digest counts only as its tool writes it and checks it: npm installs what has `SHA512-...`, \
      `sha512:...` or an empty text for its integrity without looking at it. One of an algorithm that the \
      tool does not know, of another length or in other digits is none.

      Where an entry is several files (wheels of one release), each needs a digest: a file without one is \
      critical however many others have theirs.

      Where the tool writes a digest for whatever it fetches, it is critical that an archive has none at \
      another version, too, and that a new one comes without into a lock in which all others have theirs. \
      Where others go without, or the lock itself is new, a new one is high: some registries have no \
      digests. So is an entry that names no place either, as npm writes it at times.
      """,
    ends: "Let the package manager write the digest again.",
    examples: [
      .found(
        "a digest is dropped",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: nil)))),
      .found(
        "a new package comes without a digest",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0", integrity: nil)))),
      .found(
        "the name of the algorithm is written so that npm passes over it",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: Sample.digest("A"))),
          Sample.npm(
            Sample.entry("ms", "2.1.4", integrity: "SHA" + Sample.digest("B").dropFirst(3))))),
      .found(
        "the first package of a lock comes without a digest",
        .npm(nil, Sample.npm(Sample.entry("ms", "2.1.3", integrity: nil)))),
      .passes(
        "a file that never had digests gets another entry",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: nil)),
          Sample.npm(
            Sample.entry("ms", "2.1.3", integrity: nil),
            Sample.entry("once", "1.4.0", integrity: nil)
          ))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    let files = changes.files
    var hasChecked: [Int: Bool] = [:]
    var hasAll: [Int: Bool] = [:]
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.format?.recordsIntegrity ?? false else { return }
      let checked = new.checkedDigests(changed.format).count
      let (bare, all) = new.bareFiles(changed.format)
      let isJudged = changed.old != nil || changed.format?.digestsArchives ?? false
      if isJudged, checked > 0, bare > changed.old?.bareFiles(changed.format).bare ?? 0 {
        // Some of its files are checked, and others are not.
        found.append(
          changed.finding(
            check, .critical,
            "\(new.words)   \(bare) of \(all) files have no digest that is checked"))
        return
      }
      guard new.entry.digestCount == 0 || checked < Int(new.entry.digestCount) else { return }
      let unchecked = self.unchecked(new, changed)
      if let old = changed.old, old.entry.digestCount > 0 {
        guard checked == 0 else {
          if !unchecked.isEmpty, old.checkedDigests(changed.format).count > 0 {
            found.append(changed.finding(check, .high, "\(new.words)   \(unchecked)"))
          }
          return
        }
        // What was so before is no doing of this push.
        if new.entry.digestCount > 0, old.checkedDigests(changed.format).isEmpty { return }
        if new.entry.digestCount == 0 {
          switch new.entry.sourceKind {
          // What cannot have a digest is a matter of its source.
          case .path, .workspace: return
          case .git: guard old.entry.sourceKind == .git else { return }
          case .registry, .url, .unknown: break
          }
        }
        // npm records digests of git dependencies in some versions and drops them in others: what it packs
        // is not the same each time. The commit, which is, stands there still.
        let isDropped =
          new.entry.ecosystem == .npm && new.entry.sourceKind == .git && unchecked.isEmpty
          && new.revision.count >= 40 && new.revision.allSatisfy { Hex.value(of: $0) != nil }
          && new.origin == old.origin
        let isSame = !isDropped && old.isSameRelease(as: new) || !unchecked.isEmpty
        // npm at times loses place and digest together.
        let isLost =
          changed.format?.digestsArchives == true && isFetched(old) && isFetched(new)
          && new.entry.sourceKind != .unknown
        found.append(
          changed.finding(
            check, isSame || isLost ? .critical : .high,
            new.words + (unchecked.isEmpty ? "" : "   \(unchecked)")))
      } else if changed.old == nil || new.entry.digestCount > 0, isFetched(new) {
        if new.entry.digestCount == 0 {
          let file = files[changed.file]
          guard needsDigests(file) else { return }
          let isAlone = hasAll[changed.file] ?? digestsAll(file)
          hasAll[changed.file] = isAlone
          found.append(
            changed.finding(
              check, isAlone && new.entry.sourceKind != .unknown ? .critical : .high,
              "\(new.words)   is new and has no digest"))
        } else {
          let isUsual = hasChecked[changed.file] ?? hasCheckedDigests(files[changed.file])
          hasChecked[changed.file] = isUsual
          guard isUsual else { return }
          found.append(
            changed.finding(
              check, checked == 0 ? .critical : .high, "\(new.words)   \(unchecked)"))
        }
      }
    }
    return found
  }

  /// The first digest of an entry that its tool does not check, in words; empty when there is none.
  private static func unchecked(_ view: EntryView, _ changed: ChangedEntry) -> String {
    let forms = changed.format?.digests ?? []
    guard
      let digest = view.integrity.first(where: { digest in !forms.contains { $0.matches(digest) } })
    else { return "" }
    return "\(Escaped.text(digest, limit: 24)) is no digest that is checked"
  }

  /// Whether it is an archive of a registry or an address, or what npm fetches from the registry without an
  /// address of its own.
  private static func isFetched(_ view: EntryView) -> Bool {
    switch view.entry.sourceKind {
    case .registry, .url: true
    case .unknown:
      view.entry.ecosystem == .npm && view.source.isEmpty && !view.version.isEmpty
        && !view.isBundled
    case .git, .path, .workspace: false
    }
  }

  /// Whether the tool writes a digest for all that it fetches, and the old file has them all.
  private static func digestsAll(_ file: FileDiff) -> Bool {
    guard file.format?.digestsArchives ?? false, let old = file.old.inventory else { return false }
    let fetched = old.entries.filter { isFetched(EntryView(inventory: old, entry: $0)) }
    return !fetched.isEmpty && fetched.allSatisfy { $0.digestCount > 0 }
  }

  /// Whether the file has digests at all, before or now. Where the tool writes one for all that it fetches,
  /// only a file that had packages and no digest goes without.
  private static func needsDigests(_ file: FileDiff) -> Bool {
    if let old = file.old.inventory, !old.digests.isEmpty { return true }
    guard file.format?.digestsArchives ?? false else {
      return file.old.inventory == nil && file.new.inventory.map { !$0.digests.isEmpty } ?? false
    }
    guard let old = file.old.inventory else { return true }
    return !old.entries.contains { isFetched(EntryView(inventory: old, entry: $0)) }
  }

  /// Whether any entry has a digest that is checked, before or, in a new file, now.
  private static func hasCheckedDigests(_ file: FileDiff) -> Bool {
    guard let inventory = file.old.inventory ?? file.new.inventory else { return false }
    return inventory.entries.contains { entry in
      !EntryView(inventory: inventory, entry: entry).checkedDigests(file.format).isEmpty
    }
  }
}
