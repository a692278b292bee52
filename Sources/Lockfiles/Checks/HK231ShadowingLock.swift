internal import Primitives

/// HK231: a lock that takes the place of another.
enum ShadowingLock {
  static let check = DependencyCheck(
    231, "shadowing-lock", name: "ShadowingLock", .critical,
    title: "a new lock takes precedence over another",
    why: """
      Of two locks a package manager reads one: npm-shrinkwrap.json before package-lock.json, \
      pnpm-lock.BRANCH.yaml before pnpm-lock.yaml. A second lock beside the reviewed one decides what \
      is installed while everybody looks at the first.
      """,
    ends: "Keep one lock for each project.",
    examples: [
      .found(
        "a shrinkwrap file appears",
        .init("npm-shrinkwrap.json", old: nil, new: Sample.npm(Sample.entry("ms", "2.1.3")))),
      .passes(
        "the first lock of a project",
        .npm(nil, Sample.npm(Sample.entry("ms", "2.1.3")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.classes.contains(.locks) && file.oldMode == nil && file.newMode != nil {
      let name = file.name
      let wins =
        name.elementsEqual("npm-shrinkwrap.json".utf8)
        || name.starts(with: "pnpm-lock.".utf8) && !name.elementsEqual("pnpm-lock.yaml".utf8)
      let other = changes.files.indices.first { place in
        let other = changes.files[place]
        return place != index && other.newMode != nil && other.classes.contains(.locks)
          && other.folder == file.folder && family(other) != nil && family(other) == family(file)
      }
      guard wins || other != nil else { continue }
      let path = Escaped.text(file.path, limit: 120)
      let beside =
        other.map { "   beside \(Escaped.text(changes.files[$0].path, limit: 120))" } ?? ""
      found.append(file.finding(check, index, path + beside))
    }
    return found
  }

  /// Locks of which a project has one.
  private static func family(_ file: FileDiff) -> String? {
    guard let name = file.format?.name else { return nil }
    let families: [String: String] = [
      "npm-lock": "npm", "yarn-classic-lock": "npm", "yarn-berry-lock": "npm", "pnpm-lock": "npm",
      "bun-lock": "npm", "poetry-lock": "pypi", "uv-lock": "pypi", "pdm-lock": "pypi",
      "pipfile-lock": "pypi", "gemfile-lock": "gem",
    ]
    return families[name]
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
