internal import Lockfiles
internal import Primitives

/// HK240: a link stands where a dependency file belongs.
enum LinkInPlace {
  static let check = DependencyCheck(
    240, "link-in-place", name: "LinkInPlace", .critical,
    title: "a link stands in the place of a dependency file",
    why: """
      A symbolic link at the name of a lock or configuration file makes tools read another file, \
      which may change without anybody looking, or lie outside of the repository.
      """,
    ends: "Put the file itself there.",
    examples: [
      .found(
        "a lock is a link",
        .init("package-lock.json", old: nil, new: "../elsewhere.json", mode: .link)),
      .passes(
        "a lock is a file", .npm(nil, Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated() where file.newMode == .link {
      let target = Escaped.text(file.new.bytes, limit: 120)
      found.append(
        file.finding(check, index, "\(Escaped.text(file.path, limit: 120))   -> \(target)"))
    }
    return found
  }
}
