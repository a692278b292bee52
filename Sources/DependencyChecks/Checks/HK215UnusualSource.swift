internal import Lockfiles
internal import Primitives

/// HK215: a new package that does not come from a registry.
enum UnusualSource {
  static let check = DependencyCheck(
    215, "unusual-source", name: "UnusualSource", .high,
    title: "a new package does not come from a registry",
    why: """
      In a file whose packages come from a registry, one from a git repository, a plain address or a \
      folder has been looked at by nobody but its author, and may be gone or different tomorrow.
      """,
    ends: "Take the package from a registry, or let a person look at where it comes from.",
    examples: [
      .found(
        "a package from a plain address among those of a registry",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry("once", "1.4.0", url: "https://files.example/once-1.4.0.tgz")))),
      .passes(
        "a package of the registry is added",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var isUsual: [Int: Bool] = [:]
    let files = changes.files
    changes.eachNewEntry { changed in
      let new = changed.new
      let file = new.address.host.isEmpty ? nil : new.localArchives.first
      guard changed.old == nil, new.isExotic || file != nil,
        changes.old(new).isEmpty
      else { return }
      let lock = files[changed.file]
      let comesFromRegistries =
        isUsual[changed.file]
        ?? (lock.old.inventory ?? lock.new.inventory)?.entries.contains {
          $0.sourceKind == .registry
        }
        ?? false
      isUsual[changed.file] = comesFromRegistries
      guard comesFromRegistries else { return }
      let place = file.map { "the file \(Escaped.text($0, limit: 120))" } ?? new.place
      found.append(changed.finding(check, "\(new.words)   from \(place)"))
    }
    changes.eachNewWish { wish in
      guard wish.old == nil, wish.new.isExotic,
        wish.new.kind != .path
          || !Self.staysInside(wish.new.source, files[wish.file].folder)
      else { return }
      found.append(
        wish.finding(check, in: files, "\(wish.new.words)   from \(wish.new.placeWords)"))
    }
    return found
  }

  /// Whether a path, seen from a folder of the repository, leads to no place outside of it.
  static func staysInside(_ source: ArraySlice<UInt8>, _ folder: ArraySlice<UInt8>) -> Bool {
    var path = source
    for word in ["path+", "file:", "link:", "portal:", "exec:", "workspace:", "root:"]
    where path.starts(with: word.utf8) {
      path = path.dropFirst(word.utf8.count)
    }
    // `file://../x` of Helm and npm; yarn's `file:./x.tgz::locator=...` says who asks.
    if path.starts(with: "//.".utf8) { path = path.dropFirst(2) }
    if let end = path.firstIndex(of: "::".utf8) { path = path[..<end] }
    guard path.first != UInt8(ascii: "/"), path.first != UInt8(ascii: "~"),
      !path.contains(UInt8(ascii: "\\")), !path.contains(UInt8(ascii: ":"))
    else { return false }
    var depth = folder.isEmpty ? 0 : folder.split(separator: UInt8(ascii: "/")).count
    for part in path.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual("..".utf8) {
        depth -= 1
      } else if !part.elementsEqual(".".utf8) {
        depth += 1
      }
      if depth < 0 { return false }
    }
    return true
  }
}
