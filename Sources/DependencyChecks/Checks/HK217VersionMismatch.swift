internal import Documents
internal import Lockfiles
internal import Primitives

/// HK217: the address is one of another version.
enum VersionMismatch {
  static let check = DependencyCheck(
    217, "version-differs-from-url", name: "VersionMismatch", .critical,
    title: "the address is one of another version",
    why: """
      The file's name in an address has the version in it. An entry that says one version and fetches \
      another shows reviewers and scanners a version that is not the one that is installed. So does a \
      package of composer whose archive is of another commit than its source.
      """,
    ends: "Let the package manager write the entry again.",
    examples: [
      .found(
        "version 2.1.4 is fetched as 1.0.0",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.4", url: "https://registry.example/ms/-/ms-1.0.0.tgz")))),
      .passes(
        "the address and the version go up together",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      if let commit = foreignCommit(in: new), changed.old.flatMap(foreignCommit) != commit {
        let words = Escaped.text(commit, limit: 48)
        found.append(changed.finding(check, "\(new.words)   is fetched as commit \(words)"))
        return
      }
      guard new.entry.sourceKind == .registry || new.entry.sourceKind == .url,
        !new.entry.version.isEmpty, !new.entry.versionIsSource,
        changed.old == nil
          || !changed.fields.isDisjoint(with: [.source, .version, .integrity, .other]),
        let version = foreignVersion(in: new),
        changed.old.flatMap({ foreignVersion(in: $0) }) != version
      else { return }
      found.append(
        changed.finding(
          check, "\(new.words)   is fetched as \(Escaped.text(version, limit: 48))"))
    }
    return found
  }

  /// The commit of an archive of composer's that is not the one of the source beside it, or that its own
  /// entry names.
  private static func foreignCommit(in view: EntryView) -> ArraySlice<UInt8>? {
    let document = view.inventory.document
    func text(_ key: StaticString, of place: StaticString) -> ArraySlice<UInt8> {
      guard let place = document.child(place, of: view.entry.node),
        let text = document.text(key, of: place)
      else { return [] }
      return document.bytes(text)
    }
    guard view.entry.ecosystem == .composer else { return nil }
    let (source, archive) = (text("reference", of: "source"), text("reference", of: "dist"))
    if MutableRevision.isFull(archive), MutableRevision.isFull(source), archive != source {
      return archive
    }
    let address = text("url", of: "dist")
    let named = address.split(separator: UInt8(ascii: "/")).last ?? []
    return MutableRevision.isFull(named) && MutableRevision.isFull(archive) && named != archive
      ? named : nil
  }

  /// The version of the first archive that is of another one.
  private static func foreignVersion(in view: EntryView) -> [UInt8]? {
    for address in [view.address] + view.archives {
      if let archive = ArchiveName(address, view.entry.ecosystem, named: view.name),
        archive.belongs(to: view.name, view.entry.ecosystem), let version = archive.version,
        !archive.isOf(version: view.version, view.entry.ecosystem)
      {
        return version
      }
    }
    return nil
  }
}
