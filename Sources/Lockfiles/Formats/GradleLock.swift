internal import Documents
internal import Primitives

/// Gradle's lock state: `group:artifact:version=configurations` (Gradle user manual, "Locking
/// versions"), or without configurations in a folder with one file for each.
enum GradleLock {
  static let format = Format(
    "gradle-lock",
    files: [
      "gradle.lockfile", "buildscript-gradle.lockfile", "settings-gradle.lockfile",
      "gradle/dependency-locks/*.lockfile",
    ], .locks, .lines,
    otherKeys: .dependency,
    freeOrder: [
      FreeOrder("**", because: "a set of lines, which Gradle sorts (Locking versions, format)")
    ], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let document = reader.document
    for node in document.children(reader.root) {
      let line = document.text(node)
      if document.starts(line, with: "empty=") { continue }
      let end = document.firstIndex(of: 0x3d, in: line) ?? Int(line.count)
      let locator = document.prefix(end, of: line)
      guard let first = document.firstIndex(of: 0x3a, in: locator), first > 0,
        let second = document.lastIndex(of: 0x3a, in: locator), second > first + 1,
        second + 1 < Int(locator.count)
      else { throw reader.unread(.wrongShape, node) }
      var entry = Entry(
        node: node, locator: locator, name: document.prefix(second, of: locator), ecosystem: .maven)
      entry.version = document.dropFirst(second + 1, of: locator)
      entry.sourceKind = .registry
      let configurations = document.dropFirst(end + 1, of: line)
      entry.runsCode = hasProcessor(configurations, document) ? .yes : .no
      entry.scope = scope(configurations, document)
      reader.add(entry)
    }
  }

  /// Whether the compiler runs it: `annotationProcessor`, `testAnnotationProcessor`.
  private static func hasProcessor(_ configurations: Text, _ document: Document) -> Bool {
    document.firstIndex(of: "nnotationProcessor", in: configurations) != nil
  }

  /// Of tests when every configuration is one of tests.
  private static func scope(_ configurations: Text, _ document: Document) -> Entry.Scope {
    guard !configurations.isEmpty else { return .runtime }
    var rest = configurations
    while !rest.isEmpty {
      guard document.starts(rest, with: "test") else { return .runtime }
      let end = document.firstIndex(of: 0x2c, in: rest) ?? Int(rest.count)
      rest = document.dropFirst(end + 1, of: rest)
    }
    return .test
  }
}
