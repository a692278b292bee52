internal import Documents
internal import Primitives

/// Paket's `paket.lock` (Paket documentation, "paket.lock file"): groups of `NUGET`, `GITHUB`, `GIT` and
/// `HTTP` sections, each with its servers.
enum PaketLock {
  static let format = Format(
    "paket-lock", files: ["paket.lock"], .locks, .indentedText,
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

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let groups = groups(reader)
    for title in reader.children(of: reader.root) {
      let key = reader.document.key(title)
      let kind: Entry.SourceKind
      if reader.document.equals(key, "NUGET") {
        kind = .registry
      } else if reader.document.equals(key, "GITHUB") || reader.document.equals(key, "GIT") {
        kind = .git
      } else if reader.document.equals(key, "HTTP") {
        kind = .url
      } else {
        continue
      }
      for section in reader.children(of: title) where reader.document.isObject(section) {
        let start = reader.document.range(section).lowerBound
        let group = groups.last { $0.start < start }?.name ?? .empty
        try readSection(section, kind, group, &reader)
      }
    }
  }

  /// `GROUP Name` lines, in the order of the file: the sections behind one belong to it.
  private static func groups(_ reader: EntryReader) -> [(start: Int, name: Text)] {
    var groups: [(start: Int, name: Text)] = []
    guard let titles = reader.document.child("GROUP", of: reader.root) else { return [] }
    for group in reader.document.children(titles) {
      groups.append((reader.document.range(group).lowerBound, reader.document.text(group)))
    }
    return groups
  }

  private static func readSection(
    _ section: NodeID, _ kind: Entry.SourceKind, _ group: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    var last = Text.empty
    if let remotes = reader.document.child("remote", of: section) {
      for remote in reader.children(of: remotes) {
        last = reader.document.key(remote)
        for node in reader.children(of: remote) where !isSpecs(node, reader.document) {
          try add(node, kind, source: last, group, &reader)
        }
        if let specs = reader.document.child("specs", of: remote) {
          for node in reader.children(of: specs) {
            try add(node, kind, source: last, group, &reader)
          }
        }
      }
    }
    // As older versions wrote it: `specs:` beside the remote.
    if let specs = reader.document.child("specs", of: section) {
      for node in reader.children(of: specs) { try add(node, kind, source: last, group, &reader) }
    }
  }

  private static func isSpecs(_ node: NodeID, _ document: Document) -> Bool {
    document.equals(document.key(node), "specs")
  }

  /// `Name (1.2.3) - restriction: ...`, or `path/in/repository.fs (commit)`.
  private static func add(
    _ node: NodeID, _ kind: Entry.SourceKind, source: Text, _ group: Text,
    _ reader: inout EntryReader
  ) throws(Unread) {
    let line = reader.document.key(node)
    guard let open = reader.document.firstIndex(of: 0x28, in: line),
      let close = reader.document.firstIndex(of: 0x29, in: line, from: open)
    else { throw reader.unread(.wrongShape, node) }
    var name = reader.document.trimmed(reader.document.prefix(open, of: line))
    let pinned = reader.document.part(open + 1..<close, of: line)
    // A checkout of a whole repository has no name but the repository's.
    if name.isEmpty { name = source }
    var locator = Array(reader.document.bytes(name))
    if kind != .registry, !reader.document.equal(name, source) {
      locator = Array(reader.document.bytes(source)) + [0x20] + locator
    }
    if !group.isEmpty { locator = Array(reader.document.bytes(group)) + [0x20] + locator }
    var entry = Entry(
      node: node, locator: try reader.compose(locator), name: name, ecosystem: .nuget)
    entry.sourceKind = kind
    entry.source = source
    entry.sourceIsName = kind == .git && reader.document.isRepositoryName(source)
    if kind == .git { entry.revision = pinned } else { entry.version = pinned }
    reader.add(entry)
  }
}
