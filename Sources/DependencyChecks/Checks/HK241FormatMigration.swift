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
      """,
    ends: "Nothing, when the package manager was changed on purpose.",
    examples: [
      .found(
        "version 2 becomes version 3",
        .npm(
          #"{"lockfileVersion": 2, "packages": {}}"#, #"{"lockfileVersion": 3, "packages": {}}"#)),
      .passes(
        "the version stays",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    changes.files.enumerated().compactMap { index, file in
      guard let migration = file.migration else { return nil }
      func words(_ version: ArraySlice<UInt8>) -> String {
        version.isEmpty ? "(none)" : Escaped.text(version, limit: 24)
      }
      return file.finding(check, index, "\(words(migration.old)) -> \(words(migration.new))")
    }
  }
}
