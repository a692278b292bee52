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
    ],
    source: "Gradle: Locking versions", .locks, .lines,
    otherKeys: .dependency,
    freeOrder: [
      FreeOrder("**", because: "a set of lines, which Gradle sorts (Locking versions, format)")
    ], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for node in reader.root where !node.text.starts(with: "empty=") {
      let (module, configurations) = node.text.cut(at: "=") ?? (node.text, .empty)
      let (name, version) = try module.mavenModule(node)
      var entry = Draft(node, .maven, name, locator: module)
      entry.version = version
      entry.sourceKind = .registry
      // The compiler runs it: `annotationProcessor`, `testAnnotationProcessor`.
      entry.runsCode = configurations.contains("nnotationProcessor") ? .yes : .no
      // Of tests when every configuration is one of tests.
      let names = configurations.split(at: ",")
      let isTest = !names.isEmpty && names.allSatisfy { $0.starts(with: "test") }
      entry.scope = isTest ? .test : .runtime
      reader.add(entry)
    }
  }
}
