internal import Documents
internal import Primitives

/// Erlang's `rebar.lock` (rebar3, rebar_config:consult_lock_file): a list of dependencies, or a version
/// and that list, and then the digests.
enum RebarLock {
  static let format = Format(
    "rebar-lock", files: ["rebar.lock"], .locks, .erlang,
    // Tuples and lists: the version, the dependencies, and their digests.
    keys: [
      KeyRule("[]", .dependency), KeyRule("[]/[]", .dependency), KeyRule("[]/[]/[]", .dependency),
      KeyRule("[]/[]/[]/[]", .dependency), KeyRule("[]/[]/[]/[]/[]", .dependency),
      KeyRule("[]/[]/[]/[]/[]/[]", .dependency),
    ], recordsIntegrity: true, digestsArchives: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let terms = reader.children(of: reader.root)
    guard let first = terms.first, reader.document.isArray(first), terms.count <= 2 else {
      throw reader.unread(.wrongShape, reader.root)
    }
    var list = first
    let head = reader.children(of: first)
    if let version = head.first, reader.document.kind(version) == .string {
      let text = reader.document.text(version)
      reader.setFormatVersion(text)
      guard reader.document.equals(text, "1.1.0") || reader.document.equals(text, "1.2.0") else {
        throw reader.unread(.unknownVersion, version)
      }
      guard head.count == 2, reader.document.isArray(head[1]) else {
        throw reader.unread(.wrongShape, first)
      }
      list = head[1]
    }
    let digests = try digests(terms.dropFirst().first, reader)
    for node in reader.children(of: list) { try add(node, digests, &reader) }
  }

  /// `{name, {pkg, name, version}, level}` or `{name, {git, url, {ref, revision}}, level}`.
  private static func add(
    _ node: NodeID, _ digests: [TextTable], _ reader: inout EntryReader
  ) throws(Unread) {
    let parts = reader.children(of: node)
    guard parts.count == 3, reader.document.kind(parts[0]) == .string,
      reader.document.isArray(parts[1])
    else { throw reader.unread(.wrongShape, node) }
    let source = reader.children(of: parts[1])
    guard source.count >= 3, reader.document.isScalar(source[1]) else {
      throw reader.unread(.wrongShape, node)
    }
    let key = reader.document.text(parts[0])
    var entry = Entry(node: node, locator: key, name: key, ecosystem: .hex)
    entry.isDirect = reader.document.equals(reader.document.text(parts[2]), "0")
    let kind = reader.document.text(source[0])
    var list: [Text] = []
    if reader.document.equals(kind, "pkg") {
      let name = reader.document.text(source[1])
      if !reader.document.equal(name, key) {
        entry.alias = key
        entry.name = name
      }
      entry.version = reader.document.text(source[2])
      entry.sourceKind = .registry
      for table in digests {
        guard let index = table.value(for: key, in: reader.document) else { continue }
        list.append(try reader.compose("sha256:", reader.document.text(NodeID(index))))
      }
    } else if reader.document.equals(kind, "git") || reader.document.equals(kind, "git_subdir") {
      entry.sourceKind = .git
      entry.source = reader.document.text(source[1])
      if reader.document.isArray(source[2]) {
        // `{ref, "..."}`, `{branch, "..."}`, `{tag, "..."}`.
        entry.revision =
          reader.children(of: source[2]).last.map { reader.document.text($0) } ?? .empty
      } else {
        entry.revision = reader.document.text(source[2])
      }
    } else {
      throw reader.unread(.unsupported, node)
    }
    reader.add(entry, integrity: list)
  }

  /// `[{pkg_hash, [{name, digest}]}, {pkg_hash_ext, [...]}]`: a table for each.
  private static func digests(
    _ term: NodeID?, _ reader: EntryReader
  ) throws(Unread) -> [TextTable] {
    guard let term else { return [] }
    var tables: [TextTable] = []
    for group in reader.children(of: term) {
      let parts = reader.children(of: group)
      guard parts.count == 2, reader.document.isArray(parts[1]) else {
        throw reader.unread(.wrongShape, term)
      }
      let kind = reader.document.text(parts[0])
      guard reader.document.equals(kind, "pkg_hash") || reader.document.equals(kind, "pkg_hash_ext")
      else { throw reader.unread(.unsupported, group) }
      var table = TextTable(capacity: reader.document.childCount(parts[1]))
      for pair in reader.document.children(parts[1]) {
        let words = reader.children(of: pair)
        guard words.count == 2 else { throw reader.unread(.wrongShape, pair) }
        let known = table.insert(
          words[1].index, for: reader.document.text(words[0]), in: reader.document)
        guard known == nil else { throw reader.unread(.duplicateKey, pair) }
      }
      tables.append(table)
    }
    return tables
  }
}
