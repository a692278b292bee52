internal import Documents
internal import Lockfiles
internal import Primitives

/// HK211: the same archive has other bytes.
enum IntegrityChanged {
  static let check = DependencyCheck(
    211, "integrity-changed", name: "IntegrityChanged", .critical,
    title: "integrity changed, version did not",
    why: """
      The digest of a released archive never changes. Another digest at the same version and source \
      means that other bytes will be installed under a name that was reviewed before.

      Where a version has several archives (wheels of one release), a digest more is a notice, one in \
      the place of another high, and digests of which none is left are critical. The digest of a folder \
      is a notice: what is in it changes without a release.

      Yarn packs its archives itself, in a form that its cache key names (`10c0/...`), and digests of \
      two forms tell nothing about each other. They are a notice where most of a lock goes over to its \
      new key, critical where a few entries do and the others stay, and high where an entry catches up \
      with the key that the lock already had.
      """,
    ends: "Fetch the archive and compare it with what was released, or go back to the old digest.",
    examples: [
      .found(
        "a digest is replaced",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha512-BB==")))),
      .found(
        "a second digest is put beside the first, so that either will do",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha512-AA== sha512-BB==")))),
      .passes(
        "a new version has a new digest",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.4", integrity: "sha512-BB==")))),
      .passes(
        "the order of digests changes",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha512-AA== sha1-CC==")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha1-CC== sha512-AA==")))),
    ],
    find: find)

  /// Ecosystems where one version is several archives, each with a digest.
  private static let several: Set<Ecosystem> = [
    .pypi, .conda, .terraform, .bazel, .nix, .generic,
  ]

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var upgrades: [Int: CacheKeyChange] = [:]
    let files = changes.files
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil || changed.fields.contains(.integrity), new.entry.digestCount > 0
      else { return }
      let origin = new.origin
      let same = changes.sameVersion(as: changed).filter {
        $0.view.entry.digestCount > 0 && $0.origin == origin
          // Another commit of a repository has other bytes, whatever its version says.
          && (new.entry.sourceKind != .git || $0.view.revision == new.revision)
          // Another build of a conda package is another file of the same version.
          && (new.entry.ecosystem != .conda || $0.view.mayBe(new))
      }
      guard !same.isEmpty else { return }
      let digests = DigestSet(new)
      let judged = same.map { compare($0.digests, digests, new.entry.ecosystem) }
      guard let best = judged.min(by: { $0.rank < $1.rank }), var severity = best.severity
      else { return }
      if best.rank == Answer.incomparable.rank,
        changed.format?.digests.contains(where: \.isOfCache) ?? false
      {
        let upgrade = upgrades[changed.file] ?? CacheKeyChange(files[changed.file])
        upgrades[changed.file] = upgrade
        severity = upgrade.severity(of: changed)
      }
      // Nobody released it: its bytes are in this repository, or made from what is.
      if new.isLocal, same.allSatisfy(\.view.isLocal) { severity = .notice }
      found.append(changed.finding(check, severity, "\(new.words)   \(best.words)"))
    }
    for (index, file) in files.enumerated() {
      if let words = toolDigest(file) { found.append(file.finding(check, index, words)) }
    }
    return found
  }

  /// The tool's own digest comes and goes with the way that the tool was installed (rubygems/rubygems#9512),
  /// and never changes at one version.
  private static func toolDigest(_ file: FileDiff) -> String? {
    guard let format = file.format, let old = file.old.inventory, let new = file.new.inventory
    else {
      return nil
    }
    let before = format.toolDigests(old.document)
    let other = format.toolDigests(new.document).first { release, digest in
      before[release].map { $0 != digest } ?? false
    }
    return other.map { "\(Escaped.text($0.key, limit: 80))   the digest is another one" }
  }

  private enum Answer {
    case same
    /// An archive more of the same version.
    case grown
    /// No algorithm in common: nothing tells whether the bytes are the same.
    case incomparable
    case replaced
    case other

    var rank: Int {
      switch self {
      case .same: 0
      case .grown: 1
      case .incomparable: 2
      case .replaced: 3
      case .other: 4
      }
    }

    var severity: DependencyCheck.Severity? {
      switch self {
      case .same: nil
      case .grown, .incomparable: .notice
      case .replaced: .high
      case .other: .critical
      }
    }

    var words: String {
      switch self {
      case .same: ""
      case .grown: "a digest more for the same version"
      case .incomparable: "digests of another algorithm: not comparable"
      case .replaced: "a digest in the place of another"
      case .other: "the digest is another one"
      }
    }
  }

  private static func compare(
    _ old: DigestSet, _ new: DigestSet, _ ecosystem: Ecosystem
  ) -> Answer {
    if new.all.isSubset(of: old.all) { return .same }
    // Each algorithm for itself: who swaps one digest may leave one of another algorithm alone.
    let answers = new.kinds.compactMap { kind, digests in
      old.kinds[kind].map { compare($0, digests, mayBeSeveral: several.contains(ecosystem)) }
    }
    return answers.max { $0.rank < $1.rank } ?? .incomparable
  }

  /// Compares digests of one algorithm.
  private static func compare(
    _ old: Set<ByteKey>, _ new: Set<ByteKey>, mayBeSeveral: Bool
  ) -> Answer {
    if new.isSubset(of: old) { return .same }
    guard mayBeSeveral, !new.isDisjoint(with: old) else { return .other }
    return old.count <= new.count && old.isSubset(of: new) ? .grown : .replaced
  }
}
