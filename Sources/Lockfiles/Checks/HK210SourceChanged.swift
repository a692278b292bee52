/// HK210: the same version comes from somewhere else.
enum SourceChanged {
  static let check = DependencyCheck(
    210, "source-host-changed", name: "SourceChanged", .critical,
    title: "source changed, version did not",
    why: """
      A released version does not move. Where the same name and version is suddenly fetched from \
      another host, another registry folder or another repository, the lock file has been pointed at \
      code that nobody released under that name.

      The kind of source, the host and the repository are compared, not the host alone: a registry \
      and a fork may stand on one host.
      """,
    ends: """
      Find out who moved the package. A mirror that the whole team moves to is named in the policy, \
      or changed in a push of its own that a person releases.
      """,
    examples: [
      .found(
        "a package of the same version is fetched from another host",
        .init(
          "package-lock.json", old: sample("https://registry.example/ms/-/ms-2.1.3.tgz"),
          new: sample("https://evil.example/ms/-/ms-2.1.3.tgz"))),
      .found(
        "the host stays, and the registry is a git repository now",
        .init(
          "package-lock.json", old: sample("https://git.example/ms/-/ms-2.1.3.tgz"),
          new: sample("git+https://git.example/evil/ms.git#0123456789"))),
      .found(
        "a copy at another path has the version and another host",
        .init(
          "package-lock.json", old: sample("https://registry.example/ms/-/ms-2.1.3.tgz"),
          new: sample(
            "https://evil.example/ms/-/ms-2.1.3.tgz", path: "node_modules/a/node_modules/ms"))),
      .passes(
        "a new version comes from the same host",
        .init(
          "package-lock.json", old: sample("https://registry.example/ms/-/ms-2.1.3.tgz"),
          new: sample("https://registry.example/ms/-/ms-2.1.4.tgz", version: "2.1.4"))),
    ],
    find: find)

  private static func sample(
    _ source: String, version: String = "2.1.3", path: String = "node_modules/ms"
  ) -> String {
    #"{"lockfileVersion": 3, "packages": {"\#(path)": {"version": "\#(version)", "#
      + #""resolved": "\#(source)", "integrity": "sha512-AA=="}}}"#
  }

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let (entry, name) = (changed.new, changed.new.name)
      guard !entry.entry.source.isEmpty || changed.fields.contains(.source) else { return }
      let same = changes.oldEntries(named: name, entry.entry.ecosystem).filter {
        $0.version == entry.version && !$0.entry.version.isEmpty
          && ($0.entry.sourceKind != .unknown || !$0.entry.source.isEmpty)
      }
      let address = entry.address
      let origin = address.origin(of: name)
      guard
        let old = changed.old.flatMap({ old in same.first { $0.locator == old.locator } })
          ?? same.first, !same.contains(where: { $0.address.origin(of: name) == origin })
      else { return }
      found.append(
        changed.finding(check, "\(entry.words)   \(old.address.words) -> \(address.words)"))
    }
    return found
  }
}
