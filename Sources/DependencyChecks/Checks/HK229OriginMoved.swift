internal import Documents
internal import Lockfiles
internal import Primitives

/// HK229: another version comes from elsewhere.
enum OriginMoved {
  static let check = DependencyCheck(
    229, "origin-moved", name: "OriginMoved", .high,
    title: "another version comes from elsewhere",
    why: """
      Whoever registers the name of a company's package on a public registry, with a higher version, is \
      asked for it by every package manager that looks there (dependency confusion). The version changes \
      with the place, so that it looks like an update.

      Critical where a package leaves a registry, repository or address of its own for the public registry, \
      where one of a scope changes its host, and where the new host served nothing so far; high in between, \
      and where a manifest of the same push says so. A package that came from the new place as well is a \
      notice. At the same version HK210 tells it.

      Critical, too, where the lock does not say any more where the package or its archives come from, or \
      where an archive is a file now: the place is then whatever the settings of a machine say.
      """,
    ends: "Point the package back at where it came from, or let a person release the move.",
    examples: [
      .found(
        "a package of the company's registry is updated from the public one",
        .npm(
          Sample.npm(
            Sample.entry("corp-utils", "1.0.0", host: "registry.corp.example"),
            Sample.entry("ms", "2.1.3", host: "registry.npmjs.org")),
          Sample.npm(
            Sample.entry("corp-utils", "99.0.0", host: "registry.npmjs.org"),
            Sample.entry("ms", "2.1.3", host: "registry.npmjs.org")))),
      .found(
        "an update comes from another folder of the same host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", host: "npm.example/team-a")),
          Sample.npm(Sample.entry("ms", "2.1.4", host: "npm.example/team-b")))),
      .found(
        "an update says nothing of its place",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            #""node_modules/ms": {"version": "2.1.4", "integrity": "sha512-AA=="}"#))),
      .passes(
        "both names of the public registry",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", host: "registry.yarnpkg.com")),
          Sample.npm(Sample.entry("ms", "2.1.4", host: "registry.npmjs.org")))),
      .passes(
        "an update from the same registry",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .version, .other])
      else { return }
      // At the same version HK210 tells it.
      if let old = changed.old, !old.isSameRelease(as: new), let lost = new.lostOrigin(since: old) {
        found.append(
          changed.finding(
            check, new.isBundled ? .high : .critical, "\(old.words) -> \(new.words)   \(lost)"))
        return
      }
      let known = changes.old(new)
      // Another copy of what had a place.
      if changed.old == nil, new.entry.ecosystem == .npm, !new.isBundled,
        !known.contains(version: new.version), let old = known.kinds.first(where: \.isFetched),
        let lost = new.lostOrigin(since: old)
      {
        found.append(changed.finding(check, .critical, "\(old.words) -> \(new.words)   \(lost)"))
        return
      }
      guard new.isFetched else { return }
      let origin = new.origin
      // One at the same place is compared with itself; what is new, with all of its name.
      let paired = changed.old.flatMap { $0.name == new.name ? $0 : nil }
      guard let old = paired ?? known.kinds.first(where: \.isFetched), old.isFetched,
        old.origin != origin, !isOfOneShelf(old, new),
        paired != nil || !known.origins.contains(origin),
        !old.isSameRelease(as: new),
        new.version.isEmpty || !known.contains(version: new.version)
      else { return }
      let (before, now) = (old.entry.sourceKind, new.entry.sourceKind)
      let isInside = new.isLocal || now == .workspace
      if isInside, before != .git, before != .url { return }
      // HK214 and HK221 tell these.
      if now != .registry, before == .registry, known.first(now) == nil { return }
      if now == .git, before == .git, paired != nil { return }
      var (severity, reason) = (severity(old, new, changes), "")
      if isInside {
        severity = new.staysInside(changes.files[changed.file].folder) ? .high : .critical
      } else if known.origins.contains(origin) {
        severity = .notice
      } else if let manifest = changes.manifestDeclaring(changed, from: old) {
        (severity, reason) = (.high, ", as \(Escaped.text(manifest, limit: 120)) says")
      }
      found.append(changed.finding(check, severity, new.move(from: old) + reason))
    }
    changes.eachNewEntry { changed in
      guard changed.new.entry.ecosystem == .cargo, changed.fields.contains(.other),
        let old = changed.old
      else { return }
      let before = edges(old)
      for (name, edge) in edges(changed.new).sorted(by: {
        $0.key.bytes.lexicographicallyPrecedes($1.key.bytes)
      }) {
        guard edge.contains(bytes: "(git+".utf8), let other = before[name],
          !other.contains(bytes: "(git+".utf8)
        else { continue }
        found.append(
          changed.finding(
            check, .high,
            "\(changed.new.words)   needs \(Escaped.text(other, limit: 160)) -> \(Escaped.text(edge, limit: 240))"
          ))
      }
    }
    return found
  }

  /// Whether two archives by plain addresses lie in one folder of one host, as the releases of a tool do, each
  /// of which may have a folder of its version: `.../apache-maven/3.9.6/apache-maven-3.9.6-bin.zip`.
  private static func isOfOneShelf(_ old: EntryView, _ new: EntryView) -> Bool {
    guard old.entry.sourceKind == .url, new.entry.sourceKind == .url, !old.version.isEmpty,
      !new.version.isEmpty
    else { return false }
    let (left, right) = (old.address, new.address)
    guard left.flaws.isEmpty, right.flaws.isEmpty, left.authority == right.authority else {
      return false
    }
    func shelf(_ view: EntryView, _ path: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
      var parts = path.split(separator: UInt8(ascii: "/")).dropLast()
      if let last = parts.last,
        last == view.version || last.first == UInt8(ascii: "v") && last.dropFirst() == view.version
      {
        parts.removeLast()
      }
      return Array(parts)
    }
    let before = shelf(old, left.path)
    return !before.isEmpty && before == shelf(new, right.path)
  }

  /// What a package of a Cargo.lock needs, by names: `serde 1.0.0 (git+https://...)`.
  private static func edges(_ view: EntryView) -> [ByteKey: ArraySlice<UInt8>] {
    let document = view.inventory.document
    guard let list = document.child("dependencies", of: view.entry.node) else { return [:] }
    var edges: [ByteKey: ArraySlice<UInt8>] = [:]
    for node in document.children(list) {
      let text = document.bytes(document.text(node))
      edges[ByteKey(Array(text.prefix { $0 != 0x20 }))] = text
    }
    return edges
  }

  /// Where the archives of composer's public packages lie.
  private static let forges = [
    "api.github.com", "codeload.github.com", "github.com", "gitlab.com", "bitbucket.org",
  ]

  private static func severity(
    _ old: EntryView, _ new: EntryView, _ changes: borrowing CheckedChanges
  ) -> DependencyCheck.Severity {
    let (before, now) = (old.origin, new.origin)
    let (left, right) = (old.address, new.address)
    let isPublic =
      now.isPublic
      || (new.entry.ecosystem == .composer && left.host != right.host
        && forges.contains { right.host.elementsEqual($0.utf8) })
    if isPublic, !before.isPublic, !old.isLocal, old.entry.sourceKind != .workspace {
      return .critical
    }
    if right.host.isEmpty || left.host == right.host { return .high }
    let isScoped = new.name.first == UInt8(ascii: "@")
    return isScoped || !changes.isKnown(host: right.host) ? .critical : .high
  }
}
