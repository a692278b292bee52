internal import Lockfiles
internal import Primitives

/// HK223: a host that served nothing so far.
enum HostNew {
  static let check = DependencyCheck(
    223, "host-new", name: "HostNew", .high, title: "a host that was not used so far",
    why: """
      The hosts that a project installs from change about once in its life. One that no file used \
      before this push, and that no policy names, deserves a look before anything else.
      """,
    ends: "Let a person decide on the host; name it in the policy if it is to stay.",
    examples: [
      .found(
        "a new package comes from a new host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0", host: "mirror.example")))),
      .passes(
        "a new package comes from the usual host",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")))),
      .passes(
        "the first lock of a project has no usual host",
        .npm(nil, Sample.npm(Sample.entry("ms", "2.1.3")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    guard changes.hasBase else { return [] }
    var first: [(host: [UInt8], entry: ChangedEntry, count: Int)] = []
    changes.eachNewEntry { changed in
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .other]) else {
        return
      }
      var hosts = changed.new.addresses.map(\.host)
      hosts.append(changed.new.address.host)
      for host in Set(hosts) where !host.isEmpty && !changes.isKnown(host: host) {
        if let index = first.firstIndex(where: { $0.host == host }) {
          first[index].count += 1
        } else if first.count < 100 {
          first.append((host, changed, 1))
        }
      }
    }
    return first.sorted { $0.entry.change < $1.entry.change }.map { host, entry, count in
      let more = count > 1 ? " and \(count - 1) more" : ""
      return entry.finding(
        check, "\(Escaped.text(host, limit: 80))   serves \(entry.new.words)\(more)")
    }
  }
}
