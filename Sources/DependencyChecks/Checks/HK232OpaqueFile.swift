internal import Documents
internal import Lockfiles
internal import Primitives

/// HK232: a file that two readers may read differently, or that none can.
enum OpaqueFile {
  static let check = DependencyCheck(
    232, "unreadable", name: "OpaqueFile", .critical, title: "cannot be read",
    why: """
      A duplicate key, a conflict marker, a byte-order mark, a version that nobody knows, a file as \
      large as a bomb: package managers get over most of these silently, each in its own way. What \
      hookkit cannot read in exactly one way it does not call harmless.
      """,
    ends: """
      Let the package manager write the file again. A format that hookkit does not know yet has to be \
      read by a person. A file in Git LFS is taken out of it (`git lfs untrack`), so that the lock \
      itself is committed.
      """,
    examples: [
      .found(
        "a key stands twice",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("ms", "6.6.6")))),
      .found(
        "a merge left its markers",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          "<<<<<<< HEAD\n" + Sample.npm(Sample.entry("ms", "2.1.3")))),
      .found(
        "a pointer of Git LFS stands in the place of a lock",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n")),
      .passes(
        "a file is written anew",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated() {
      guard let unread = file.unread else { continue }
      // That the file was unreadable before is no fault of a push that mends it.
      let severity = file.new.unread.map { Self.severity(of: $0.reason, in: file) } ?? .notice
      let before = file.new.unread == nil ? "before this push, " : ""
      let end = min(unread.offset + 1, file.unreadBytes.count)
      found.append(
        file.finding(
          check, index, "\(before)\(file.words(for: unread))", severity,
          .bytes(isOld: file.new.unread == nil, min(unread.offset, end)..<end)))
    }
    return found
  }

  /// What only hookkit cannot read is opaque by nature; what no writer of the format makes is an attack
  /// or a broken file. Both are held.
  private static func severity(
    of reason: Unread.Reason, in file: FileDiff
  ) -> DependencyCheck.Severity {
    switch reason {
    // One that the file had is no work of this push, and hides nothing behind it.
    case .byteOrderMark where file.old.unread?.reason == .byteOrderMark: .high
    case .binary, .unknownVersion, .unsupported, .largeFilePointer: .high
    default: .critical
    }
  }
}

extension FileDiff {
  fileprivate var unreadBytes: ArraySlice<UInt8> { new.unread == nil ? old.bytes : new.bytes }
}
