package import Documents
package import Lockfiles

/// What one changed file says on both sides, and what differs.
package struct FileDiff: Sendable {
  package let path: [UInt8]
  package let classes: FileClasses
  /// The format of the new side, or of the old one where there is no new one.
  package let format: Format?
  package let old: Reading
  package let new: Reading
  package let oldBlob: String
  package let newBlob: String
  package let oldMode: DependencyFile.Mode?
  package let newMode: DependencyFile.Mode?
  /// Removed and changed entries in the order of the old file, then added ones in that of the new.
  package let changes: [EntryChange]
  package let facts: [FactChange]
  package let coverage: Coverage
  package let lines: LineDiff

  package typealias Reading = FileReading

  /// Why a side could not be read, the new one first.
  package var unread: Unread? { new.unread ?? old.unread }

  /// The format's version before and after, when the file was rewritten in another one.
  package var migration: (old: ArraySlice<UInt8>, new: ArraySlice<UInt8>)? {
    guard let old = old.inventory, let new = new.inventory else { return nil }
    let before = old.document.bytes(old.formatVersion)
    let after = new.document.bytes(new.formatVersion)
    return before == after ? nil : (before, after)
  }

  /// Whether the two sides are proven to mean the same. Not for a file that comes, goes, changes its
  /// mode or could not be read.
  package var isNeutral: Bool {
    guard oldMode == newMode, newMode == .file || newMode == .executable, unread == nil
    else { return false }
    if lines.hunks.isEmpty { return true }
    guard old.inventory != nil, new.inventory != nil else { return false }
    return changes.isEmpty && facts.allSatisfy { $0.isNeutral || isSecondHalf($0) }
      && coverage.residual.isEmpty
  }

  /// Whether a fact is that a new version of the format no longer says what the old one said twice.
  private func isSecondHalf(_ fact: FactChange) -> Bool {
    guard let neutral = format?.neutralMigration, let migration,
      neutral.from.withUTF8Buffer({ migration.old.elementsEqual($0) }),
      neutral.to.withUTF8Buffer({ migration.new.elementsEqual($0) }),
      let new = new.inventory?.document, new.child(neutral.dropped, of: .root) == nil,
      let key = fact.path.first
    else { return false }
    return neutral.dropped.withUTF8Buffer { key.elementsEqual($0) }
      || fact.path.count == 1 && neutral.versionKey.withUTF8Buffer { key.elementsEqual($0) }
  }

  /// Reads and compares both sides of a file.
  package init(_ file: consuming DependencyFile, limits: ReadingLimits = ReadingLimits()) {
    path = file.path
    classes = file.classes
    oldMode = file.old?.mode
    newMode = file.new?.mode
    oldBlob = file.old?.blob ?? ""
    newBlob = file.new?.blob ?? ""
    let lines = Self.lines(file.old, file.new)
    self.lines = lines
    let oldFormat = Self.format(of: file.old, among: file.formats)
    let newFormat = Self.format(of: file.new, among: file.formats)
    format = newFormat ?? oldFormat ?? file.formats.first
    // Each side gives its bytes away, so that there is one copy of them.
    let isNamed = !file.formats.isEmpty
    old = Self.read(&file.old, oldFormat, isNamed: isNamed, classes, limits)
    new = Self.read(&file.new, newFormat, isNamed: isNamed, classes, limits)
    var comparison = FileComparison(format: format, lines: lines)
    comparison.compare(old, new)
    changes = comparison.changes
    facts = comparison.facts
    coverage = comparison.coverage
  }

  private static func lines(
    _ old: DependencyFile.Side?, _ new: DependencyFile.Side?
  ) -> LineDiff {
    LineDiff(shown(old)[...], shown(new)[...])
  }

  /// What a side has for lines: a submodule has its commit.
  private static func shown(_ side: DependencyFile.Side?) -> [UInt8] {
    guard let side else { return [] }
    return side.mode == .submodule ? Array(side.blob.utf8) : side.bytes ?? []
  }

  private static func format(
    of side: DependencyFile.Side?, among formats: [Format]
  ) -> Format? {
    guard formats.count > 1, let bytes = side?.bytes else { return formats.first }
    return formats.first { $0.recognises(bytes) }
  }

  /// Reads a side and takes its bytes.
  ///
  /// - Parameter isNamed: whether there are formats for files of this name.
  private static func read(
    _ side: inout DependencyFile.Side?, _ format: Format?, isNamed: Bool, _ classes: FileClasses,
    _ limits: ReadingLimits
  ) -> Reading {
    guard let mode = side?.mode else { return .absent }
    if mode == .submodule { return .text(Array((side?.blob ?? "").utf8)) }
    guard let bytes = side?.bytes.take() else { return .opaque(Unread(.tooLarge, at: 0), []) }
    guard mode != .link, isNamed else {
      // Of a lock that nobody reads the lines are shown, but a pointer is not the lock.
      guard mode != .link, classes.contains(.locks), LargeFilePointer.isPointer(bytes) else {
        return .text(bytes)
      }
      return .opaque(Unread(.largeFilePointer, at: 0), bytes)
    }
    guard let format else { return .opaque(Unread(.unsupported, at: 0), bytes) }
    return format.reading(of: consume bytes, limits: limits)
  }
}
