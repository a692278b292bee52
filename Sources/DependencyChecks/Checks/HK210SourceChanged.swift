internal import Lockfiles
internal import Primitives

/// HK210: the same version comes from somewhere else.
enum SourceChanged {
  static let check = DependencyCheck(
    210, "source-host-changed", name: "SourceChanged", .critical,
    title: "source changed, version did not",
    why: """
      A released version does not move. Where the same name and version is suddenly fetched from \
      another host, another registry folder or another repository, from a file in the place of an \
      address, or from no place that the lock names any more, the lock file has been pointed at code that \
      nobody released under that name.

      The kind of source, the host and the repository are compared, not the host alone: a registry \
      and a fork may stand on one host.

      Four changes are high instead of critical. The lock is a new one, perhaps of another project. A manifest of the same push names the package \
      together with the new repository, or no longer names the old one: the reviewer of the manifest \
      sees the move. The archive has the same digest, SHA-256 or stronger, and its new host is one that \
      the files fetched from before or that the policy names: the bytes are the ones that were reviewed. \
      The package is a part of this repository now, or another folder of it.
      """,
    ends: """
      Find out who moved the package. A mirror that the whole team moves to is named in the policy, \
      or changed in a push of its own that a person releases.
      """,
    examples: [
      .found(
        "a package of the same version is fetched from another host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", host: "evil.example")))),
      .found(
        "the host stays, and the registry is a git repository now",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", host: "git.example")),
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/evil/ms.git#0a1b")))),
      .found(
        "a copy at another path has the version and another host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry(
              "ms", "2.1.3", host: "evil.example", path: "node_modules/a/node_modules/ms")
          ))),
      .found(
        "the host changes and the digest does not, to a host that nothing came from",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")),
          Sample.npm(
            Sample.entry("ms", "2.1.3", host: "mirror.example"), Sample.entry("once", "1.4.0")))),
      .passes(
        "a new version comes from the same host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let entry = changed.new
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .other]) else {
        return
      }
      if let old = changed.old, old.isSameRelease(as: entry),
        let lost = entry.lostOrigin(since: old)
      {
        found.append(
          changed.finding(check, entry.isBundled ? .high : .critical, "\(entry.words)   \(lost)"))
        return
      }
      guard entry.isFetched else { return }
      let same = changes.sameVersion(as: changed).filter(\.view.isFetched)
      guard let old = same.first?.view else { return }
      let origin = entry.origin
      guard same.contains(where: { $0.origin == origin }) else {
        let (severity, reason) = judge(old, changed, changes)
        let (before, now) = EntryView.places(old, entry)
        found.append(
          changed.finding(check, severity, "\(entry.words)   \(before) -> \(now)\(reason)"))
        return
      }
      // The archives of one version, and the repository beside an archive.
      let other = entry.addresses.dropFirst().first { address in
        guard !address.host.isEmpty else { return false }
        let origin = address.origin(of: entry.name, entry.entry.ecosystem)
        return !same.contains { $0.archiveOrigins.contains(origin) }
      }
      let isNewFile = changes.files[changed.file].oldMode == nil
      if let file = entry.localArchives.first,
        same.allSatisfy({ $0.view.localArchives.isEmpty })
      {
        found.append(
          changed.finding(
            check, isNewFile ? .high : .critical,
            "\(entry.words)   now also from the file \(Escaped.text(file, limit: 120))"))
        return
      }
      guard let other,
        same.contains(where: { $0.archiveOrigins.count > 1 || !$0.view.source.isEmpty })
      else { return }
      found.append(
        changed.finding(
          check, isNewFile ? .high : .critical,
          "\(entry.words)   now also from \(other.words(of: entry.entry.ecosystem))"))
    }
    return found
  }

  /// How bad it is, and why it is less than critical, in words.
  private static func judge(
    _ old: EntryView, _ changed: ChangedEntry, _ changes: borrowing CheckedChanges
  ) -> (DependencyCheck.Severity, String) {
    let new = changed.new
    if let manifest = changes.manifestDeclaring(changed, from: old) {
      return (.high, ", as \(Escaped.text(manifest, limit: 60)) says")
    }
    if new.entry.sourceKind == .workspace || (old.isLocal && new.isLocal),
      new.staysInside(changes.files[changed.file].folder)
    {
      return (.high, ", in this repository")
    }
    if old.isArchive, new.isArchive, new.hasDigests(of: old),
      changes.isKnown(host: new.address.host)
    {
      return (.high, ", the same digest")
    }
    // A new lock is one of another project, which may have its packages from elsewhere.
    return (changes.files[changed.file].oldMode == nil ? .high : .critical, "")
  }
}
