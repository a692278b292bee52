internal import Documents
internal import Lockfiles
internal import Primitives

/// HK227: a name of one's own, from somebody else's host.
enum InternalName {
  static let check = DependencyCheck(
    227, "internal-name-public", name: "InternalName", .critical,
    title: "a name of one registry comes from another",
    why: """
      Names of an organisation's own registry can be registered elsewhere by anybody, with a higher \
      version that a package manager then prefers (dependency confusion). The policy says which names \
      belong to which host; and a scope whose packages all came from one host so far belongs to it.
      """,
    ends: "Point the scope back at its own registry.",
    examples: [
      .found(
        "a package of a scope comes from another host than the rest of it",
        .npm(
          Sample.npm(
            Sample.entry("@acme/a", "1.0.0", host: "npm.acme.example"), Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("@acme/a", "1.0.0", host: "npm.acme.example"), Sample.entry("ms", "2.1.3"),
            Sample.entry("@acme/b", "99.0.0")))),
      .found(
        "the policy says which host has the name",
        rules: {
          var rules = DependencyRules()
          rules.internalNames = [
            .init(prefix: Array("acme-".utf8), host: Array("npm.acme.example".utf8))
          ]
          return rules
        }(), .npm(nil, Sample.npm(Sample.entry("acme-billing", "99.0.0")))),
      .passes(
        "a package of the scope comes from the scope's host",
        .npm(
          Sample.npm(
            Sample.entry("@acme/a", "1.0.0", host: "npm.acme.example"), Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("@acme/a", "1.0.0", host: "npm.acme.example"), Sample.entry("ms", "2.1.3"),
            Sample.entry("@acme/b", "1.0.0", host: "npm.acme.example")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var learned: [[UInt8]: Set<[UInt8]>]?
    changes.eachNewEntry { changed in
      let new = changed.new
      guard changed.old == nil || changed.fields.contains(.source), new.isFetched,
        new.entry.sourceKind == .registry || new.entry.sourceKind == .url
      else { return }
      let host = new.address.host
      if let rule = changes.rules.internalNames.first(where: { new.name.starts(with: $0.prefix) }) {
        guard rule.host != host else { return }
        found.append(finding(changed, Escaped.text(rule.host, limit: 80)))
        return
      }
      // The same version from elsewhere is reported by HK210.
      guard let scope = scope(of: new.name), !host.isEmpty,
        // Another version of a package that was there is told by HK229.
        changes.old(new).isEmpty
      else { return }
      let scopes = learned ?? Self.scopes(changes)
      learned = scopes
      guard let hosts = scopes[scope], hosts.count == 1, let own = hosts.first,
        own != Self.host(of: new)
      else { return }
      found.append(
        finding(changed, own.isEmpty ? "the public registry" : Escaped.text(own, limit: 80)))
    }
    return found
  }

  private static func finding(_ changed: ChangedEntry, _ own: String) -> DependencyFinding {
    changed.finding(check, "\(changed.new.words)   \(own) -> \(changed.new.place)")
  }

  /// `@scope` of npm and `vendor` of composer.
  private static func scope(of name: ArraySlice<UInt8>) -> [UInt8]? {
    guard let slash = name.firstIndex(of: 0x2f), name.first == 0x40 else { return nil }
    return Array(name[..<slash])
  }

  /// The hosts that each scope came from.
  private static func scopes(_ changes: borrowing CheckedChanges) -> [[UInt8]: Set<[UInt8]>] {
    var scopes: [[UInt8]: Set<[UInt8]>] = [:]
    for file in changes.files {
      guard let inventory = file.old.inventory else { continue }
      for entry in inventory.entries where entry.sourceKind == .registry {
        guard let scope = scope(of: inventory.document.bytes(entry.name)) else { continue }
        let view = EntryView(inventory: inventory, entry: entry)
        scopes[scope, default: []].insert(host(of: view))
      }
    }
    return scopes
  }

  /// Empty for the public registry, by whichever of its names.
  private static func host(of view: EntryView) -> [UInt8] {
    let address = view.address
    return address.isPublicRegistry(view.entry.ecosystem) ? [] : address.host
  }
}
