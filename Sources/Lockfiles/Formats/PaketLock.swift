internal import Documents
internal import Primitives

/// Paket's `paket.lock` (Paket documentation, "paket.lock file"): groups of `NUGET`, `GITHUB`, `GIT` and
/// `HTTP` sections, each with its servers.
enum PaketLock {
  static let format = Format(
    "paket-lock", files: ["paket.lock"],
    source: "Paket: The paket.lock file", .locks, .indentedText,
    keys: [
      KeyRule("*/*/remote/*/*/**", .dependency), KeyRule("*/*/specs/**", .dependency),
      KeyRule("NUGET/**", .origin), KeyRule("GITHUB/**", .origin), KeyRule("GIT/**", .origin),
      KeyRule("HTTP/**", .origin), KeyRule("GROUP/**", .dependency),
      KeyRule("RESTRICTION/**", .dependency), KeyRule("STRATEGY/**", .dependency),
      KeyRule("LOWEST_MATCHING/**", .dependency), KeyRule("FRAMEWORK/**", .dependency),
      KeyRule("IMPORT-TARGETS/**", .runsCode), KeyRule("CONTENT/**", .selectsCode),
      KeyRule("COPY-LOCAL/**", .selectsCode), KeyRule("REFERENCES/**", .dependency),
      KeyRule("REDIRECTS/**", .selectsCode), KeyRule("STORAGE/**", .origin),
      KeyRule("CONDITION/**", .dependency), KeyRule("SPECIFIC-VERSION/**", .dependency),
      KeyRule("GENERATE-LOAD-SCRIPTS/**", .runsCode),
    ], read: read)

  private static let kinds: [(StaticString, Entry.SourceKind)] = [
    ("NUGET", .registry), ("GITHUB", .git), ("GIT", .git), ("HTTP", .url),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    // `GROUP Name` lines, in the order of the file: the sections behind one belong to it.
    let groups = Array(reader.root.children("GROUP"))
    for title in reader.root {
      guard let kind = kinds.first(where: { title.key == $0.0 })?.1 else { continue }
      for section in title where section.isObject {
        let group = groups.last { $0.start < section.start }?.text ?? .empty
        try readSection(section, kind, group, &reader)
      }
    }
  }

  private static func readSection(
    _ section: Cursor, _ kind: Entry.SourceKind, _ group: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    var last = section.key.prefix(0)
    for remote in section.children("remote") {
      last = remote.key
      for package in remote where package.key != "specs" {
        try add(package, kind, source: last, group, &reader)
      }
      for package in remote.children("specs") {
        try add(package, kind, source: last, group, &reader)
      }
    }
    // As older versions wrote it: `specs:` beside the remote.
    for package in section.children("specs") {
      try add(package, kind, source: last, group, &reader)
    }
  }

  /// `Name (1.2.3) - restriction: ...`, or `path/in/repository.fs (commit)`.
  private static func add(
    _ package: Cursor, _ kind: Entry.SourceKind, source: Excerpt, _ group: Excerpt,
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard let (start, rest) = package.key.cut(at: "("), let (pinned, _) = rest.cut(at: ")") else {
      throw package.unread(.wrongShape)
    }
    // A checkout of a whole repository has no name but the repository's.
    let name = start.trimmed.isEmpty ? source : start.trimmed
    var locator = group.isEmpty ? group : try group + " "
    if kind != .registry, name != source { locator = try locator + source + " " }
    var entry = Draft(package, .nuget, name, locator: try locator + name)
    entry.sourceKind = kind
    entry.source = source
    entry.sourceIsName = kind == .git && source.isRepositoryName
    if kind == .git { entry.revision = pinned } else { entry.version = pinned }
    reader.add(entry)
  }
}
