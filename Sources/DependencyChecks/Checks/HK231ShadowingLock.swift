internal import Lockfiles
internal import Primitives

/// HK231: a lock that takes the place of another.
enum ShadowingLock {
  static let check = DependencyCheck(
    231, "shadowing-lock", name: "ShadowingLock", .critical,
    title: "a new lock takes precedence over another",
    why: """
      Of two locks a package manager reads one: npm-shrinkwrap.json before package-lock.json, \
      pnpm-lock.BRANCH.yaml before pnpm-lock.yaml, Manifest-v1.11.toml before Manifest.toml, \
      packages.PROJECT.lock.json before packages.lock.json. A second lock beside the reviewed one \
      decides what is installed while everybody looks at the first. So does one that differs from it in \
      letter case only, wherever that does not count.
      """,
    ends: "Keep one lock for each project.",
    examples: [
      .found(
        "a shrinkwrap file appears",
        .init("npm-shrinkwrap.json", old: nil, new: Sample.npm(Sample.entry("ms", "2.1.3")))),
      .found(
        "a lock is spelled in other letter case",
        .init("Package-Lock.json", old: nil, new: Sample.npm(Sample.entry("ms", "2.1.3")))),
      .passes(
        "the first lock of a project",
        .npm(nil, Sample.npm(Sample.entry("ms", "2.1.3")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.classes.contains(.locks) && file.oldMode == nil && file.newMode != nil {
      let wins = takesPrecedence(file) || isMisspelled(file)
      let other = changes.files(in: file.folder).first { place in
        let other = changes.files[place]
        return place != index && other.newMode != nil && other.classes.contains(.locks)
          && family(other) != nil && family(other) == family(file)
      }
      guard wins || other != nil else { continue }
      let path = Escaped.text(file.path, limit: 120)
      let beside =
        other.map { "   beside \(Escaped.text(changes.files[$0].path, limit: 120))" } ?? ""
      found.append(file.finding(check, index, path + beside))
    }
    return found
  }

  /// Whether a package manager reads a file of this name before the usual one.
  private static func takesPrecedence(_ file: FileDiff) -> Bool {
    file.format?.overriding.contains {
      Pattern(Catalog.folded(Array($0.utf8))).matches(file.name)
    } ?? false
  }

  /// Whether the letters of a well-known name are of another case than package managers write them.
  private static func isMisspelled(_ file: FileDiff) -> Bool {
    let spelling = file.path.suffix(file.name.count)
    let names = (file.format?.files ?? []).filter { !$0.contains("*") }.map {
      Array($0.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
    }
    return !names.contains { spelling.elementsEqual($0) }
      && names.contains { Catalog.folded($0) == file.name }
  }

  /// Locks of which a project has one, as far as a folder with several of them is a trap.
  private static func family(_ file: FileDiff) -> Ecosystem? {
    file.format?.standsBesideOthers == true ? nil : file.format?.family
  }
}

extension FileDiff {
  /// The last part of the path, in lower case.
  var name: [UInt8] {
    let start = (path.lastIndex(of: 0x2f) ?? -1) + 1
    return path[start...].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  /// What stands before the last slash.
  var folder: ArraySlice<UInt8> { path[..<(path.lastIndex(of: 0x2f) ?? 0)] }
}
