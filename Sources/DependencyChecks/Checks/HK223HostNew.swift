internal import Lockfiles
internal import Primitives

/// HK223: a host that served nothing so far.
enum HostNew {
  static let check = DependencyCheck(
    223, "host-new", name: "HostNew", .high, title: "a host that was not used so far",
    why: """
      The hosts that a project installs from change about once in its life. One that no file used \
      before this push, and that no policy names, deserves a look before anything else. So does another \
      folder of a host that serves several registries.

      A host is known when a locked package was fetched from it. That a file has it in a comment, or as an \
      address for people, makes it no better known.
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
    var first: [(words: String, entry: ChangedEntry, count: Int)] = []
    var places: [ByteKey: Int] = [:]
    var others: (keys: Set<ByteKey>, file: Int) = ([], 0)
    changes.eachNewEntry { changed in
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .other]) else {
        return
      }
      for place in newPlaces(of: changed.new, changes) {
        let key = ByteKey(place)
        if let index = places[key] {
          first[index].count += 1
        } else if first.count < most {
          places[key] = first.count
          first.append((Escaped.text(place, limit: 160), changed, 1))
        } else {
          others.keys.insert(key)
          others.file = changed.file
        }
      }
    }
    var found = first.sorted { $0.entry.change < $1.entry.change }.map { words, entry, count in
      let more = count > 1 ? " and \(count - 1) more" : ""
      return entry.finding(check, "\(words)   serves \(entry.new.words)\(more)")
    }
    if !others.keys.isEmpty {
      found.append(
        changes.files[others.file].finding(
          check, others.file, "and \(others.keys.count) more hosts that were not used so far"))
    }
    return found
  }

  /// Hosts beyond this number are no more than the first that a person would look at.
  private static let most = 100

  /// The hosts that served nothing so far, each once; else the registry, by its host and folder. The
  /// public registry of an ecosystem needs no introduction.
  private static func newPlaces(
    of new: EntryView, _ changes: borrowing CheckedChanges
  ) -> [[UInt8]] {
    var hosts: [[UInt8]] = []
    for address in new.addresses where !address.host.isEmpty {
      if address.isPublicHost(new.entry.ecosystem) || hosts.last == address.host { continue }
      if !changes.isKnown(host: address.host), !hosts.contains(address.host) {
        hosts.append(address.host)
        if hosts.count == 16 { break }
      }
    }
    if hosts.isEmpty, let registry = new.address.registry(of: new.name, new.entry.ecosystem),
      !changes.rules.hosts.contains(new.address.host), !changes.isKnown(registry: registry)
    {
      hosts.append(registry)
    }
    return hosts
  }
}
