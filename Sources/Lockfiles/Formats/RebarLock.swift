internal import Documents
internal import Primitives

/// Erlang's `rebar.lock` (rebar3, rebar_config:consult_lock_file): a list of dependencies, or a version
/// and that list, and then the digests.
enum RebarLock {
  static let format = Format(
    "rebar-lock", files: ["rebar.lock"],
    source: "Rebar3: Dependencies, \"Lock files\" 2026-11-30", .locks, .erlang,
    // Tuples and lists: the version, the dependencies, and their digests.
    keys: [
      KeyRule("[]", .dependency), KeyRule("[]/[]", .dependency), KeyRule("[]/[]/[]", .dependency),
      KeyRule("[]/[]/[]/[]", .dependency), KeyRule("[]/[]/[]/[]/[]", .dependency),
      KeyRule("[]/[]/[]/[]/[]/[]", .dependency),
    ], digests: DigestForm.sha256, digestsArchives: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let terms = Array(reader.root)
    guard let first = terms.first, first.isArray, terms.count <= 2 else {
      throw reader.root.unread(.wrongShape)
    }
    var list = first
    let head = Array(first)
    if let version = head.first, version.isString {
      try reader.setFormatVersion(version.text, oneOf: "1.1.0", "1.2.0", at: version)
      guard head.count == 2, head[1].isArray else { throw first.unread(.wrongShape) }
      list = head[1]
    }
    let digests = terms.count > 1 ? try digests(terms[1]) : []
    for package in list { try add(package, digests, &reader) }
  }

  /// `{name, {pkg, name, version}, level}` or `{name, {git, url, {ref, revision}}, level}`.
  private static func add(
    _ package: Cursor, _ digests: [[Excerpt: Excerpt]], _ reader: inout EntryReader
  ) throws(Unread) {
    let parts = Array(package)
    guard parts.count == 3, parts[0].isString, parts[1].isArray else {
      throw package.unread(.wrongShape)
    }
    let source = Array(parts[1])
    guard source.count >= 3, source[1].isScalar else { throw package.unread(.wrongShape) }
    let key = parts[0].text
    var entry = Draft(package, .hex, key)
    entry.isDirect = parts[2] == "0"
    var list: [Excerpt] = []
    switch source[0].text {
    case "pkg":
      entry.setRealName(source[1].text)
      entry.version = source[2].text
      entry.sourceKind = .registry
      for digest in digests.compactMap({ $0[key] }) { list.append(try "sha256:" + digest) }
    case "git", "git_subdir":
      entry.sourceKind = .git
      entry.source = source[1].text
      // `{ref, "..."}`, `{branch, "..."}`, `{tag, "..."}`.
      let revision = source[2].isArray ? Array(source[2]).last : source[2]
      entry.revision = revision?.text ?? .empty
    default:
      throw package.unread(.unsupported)
    }
    reader.add(entry, integrity: list)
  }

  /// `[{pkg_hash, [{name, digest}]}, {pkg_hash_ext, [...]}]`: a table for each.
  private static func digests(_ term: Cursor) throws(Unread) -> [[Excerpt: Excerpt]] {
    var tables: [[Excerpt: Excerpt]] = []
    for group in term {
      let parts = Array(group)
      guard parts.count == 2, parts[1].isArray else { throw term.unread(.wrongShape) }
      guard parts[0].text.isOne(of: "pkg_hash", "pkg_hash_ext") else {
        throw group.unread(.unsupported)
      }
      var table: [Excerpt: Excerpt] = [:]
      for pair in parts[1] {
        let words = Array(pair)
        guard words.count == 2 else { throw pair.unread(.wrongShape) }
        guard table.updateValue(words[1].text, forKey: words[0].text) == nil else {
          throw pair.unread(.duplicateKey)
        }
      }
      tables.append(table)
    }
    return tables
  }
}
