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
      guard new.isFetched, !new.isLocal, new.entry.sourceKind != .workspace,
        changed.old == nil || !changed.fields.isDisjoint(with: [.source, .version, .other])
      else { return }
      let known = changes.old(new)
      let origin = new.origin
      // One at the same place is compared with itself; what is new, with all of its name.
      let paired = changed.old.flatMap { $0.name == new.name ? $0 : nil }
      guard let old = paired ?? known.kinds.first(where: \.isFetched), old.isFetched,
        old.origin != origin, paired != nil || !known.origins.contains(origin),
        !old.isSameRelease(as: new),
        new.version.isEmpty || !known.contains(version: new.version)
      else { return }
      let (before, now) = (old.entry.sourceKind, new.entry.sourceKind)
      // HK214 and HK221 tell these.
      if now != .registry, before == .registry, known.first(now) == nil { return }
      if now == .git, before == .git, paired != nil { return }
      var (severity, reason) = (severity(old, new, changes), "")
      if known.origins.contains(origin) {
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
