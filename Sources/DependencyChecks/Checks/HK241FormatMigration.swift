internal import Lockfiles
internal import Primitives

/// HK241: the file is written in another version of its format.
enum FormatMigration {
  static let check = DependencyCheck(
    241, "format-migration", name: "FormatMigration", .notice,
    title: "another version of the file format",
    why: """
      A newer or older package manager has written the file, and most of its lines change at once. \
      Both versions are read, so that entries are compared as ever; what changed besides is listed.

      So it is where the lock of another tool takes the place of the old one: packages that it locks in the \
      same version, from the same place and with no other digest are counted and not listed.
      """,
    ends: "Nothing, when the package manager was changed on purpose.",
    examples: [
      .found(
        "version 2 becomes version 3",
        .npm(
          #"{"lockfileVersion": 2, "packages": {}}"#, #"{"lockfileVersion": 3, "packages": {}}"#)),
      .found(
        "another tool's lock takes the place of the old one",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), nil),
        .init(
          "yarn.lock", old: nil,
          new: "# yarn lockfile v1\n\n\nms@^2.0.0:\n  version \"2.1.3\"\n"
            + "  resolved \"https://registry.example/ms/-/ms-2.1.3.tgz\"\n")),
      .passes(
        "the version stays",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    changes.files.enumerated().compactMap { index, file in
      if let migration = changes.migrations[index] {
        let old = Escaped.text(changes.files[migration.from].path, limit: 160)
        let new = Escaped.text(file.path, limit: 160)
        let count = file.changes.count
        return file.finding(
          check, index,
          "\(old) -> \(new)   \(migration.carried.count) of \(count) packages as they were")
      }
      guard let migration = file.migration else { return nil }
      func words(_ version: ArraySlice<UInt8>) -> String {
        version.isEmpty ? "(none)" : Escaped.text(version, limit: 24)
      }
      return file.finding(check, index, "\(words(migration.old)) -> \(words(migration.new))")
    }
  }
}
