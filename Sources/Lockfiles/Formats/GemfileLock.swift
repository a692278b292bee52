internal import Documents
internal import Primitives

/// Bundler's `Gemfile.lock`, `gems.locked` and `Gemfile.next.lock` (bundler documentation, "Gemfile.lock").
///
/// Gems stand below `specs:` of the section that they come from; `CHECKSUMS` (bundler 2.5 and later)
/// names their digests by the same words.
enum GemfileLock {
  static let format = Format(
    "gemfile-lock", files: ["gemfile.lock", "gems.locked", "gemfile.next.lock", "*.gemfile.lock"],
    .locks,
    .indentedText,
    keys: [
      KeyRule("*/*/specs/**", .dependency), KeyRule("*/*/remote/**", .origin),
      KeyRule("GIT/**", .origin), KeyRule("PATH/**", .origin), KeyRule("PLUGIN SOURCE/**", .origin),
      KeyRule("PLATFORMS/**", .dependency), KeyRule("DEPENDENCIES/**", .dependency),
      KeyRule("RUBY VERSION/**", .dependency), KeyRule("BUNDLED WITH/**", .dependency),
      KeyRule("CHECKSUMS/**", .dependency),
    ],
    freeOrder: [
      FreeOrder(
        "PLATFORMS/*", "DEPENDENCIES/*", "CHECKSUMS/*",
        because: "bundler sorts them, and looks each up by its name")
    ], recordsIntegrity: true, listsDependents: true, read: read)

  /// Where the gems of one section come from.
  private struct Origin {
    var kind: Entry.SourceKind = .registry
    var source: Text = .empty
    var revision: Text = .empty
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let checksums = try checksums(reader)
    var direct = TextTable()
    try readRequirements(&reader, &direct)
    for title in reader.children(of: reader.root) {
      let key = reader.document.key(title)
      let kind: Entry.SourceKind
      if reader.document.equals(key, "GEM") {
        kind = .registry
      } else if reader.document.equals(key, "GIT") {
        kind = .git
      } else if reader.document.equals(key, "PATH") {
        kind = .path
      } else if reader.document.equals(key, "PLUGIN SOURCE") {
        kind = .unknown
      } else {
        continue
      }
      for section in reader.children(of: title) {
        let origin = try origin(of: section, kind, &reader)
        guard let specs = reader.document.child("specs", of: section) else { continue }
        for node in reader.children(of: specs) {
          try add(node, origin, checksums, direct, &reader)
        }
      }
    }
  }

  private static func origin(
    of section: NodeID, _ kind: Entry.SourceKind, _ reader: inout EntryReader
  ) throws(Unread) -> Origin {
    var origin = Origin(kind: kind)
    if let remotes = reader.document.child("remote", of: section) {
      for remote in reader.children(of: remotes) {
        let url = reader.document.key(remote)
        // Several servers in one section, as bundler 1 wrote them: any of them may answer.
        origin.source =
          origin.source.isEmpty ? url : try reader.compose(origin.source, " ", url)
      }
    }
    let pinned = value("revision", of: section, reader.document)
    origin.revision =
      pinned ?? value("tag", of: section, reader.document)
      ?? value("branch", of: section, reader.document) ?? .empty
    if kind == .path, reader.document.equals(origin.source, ".") { origin.kind = .workspace }
    return origin
  }

  private static func value(
    _ name: StaticString, of section: NodeID, _ document: Document
  ) -> Text? {
    guard let node = document.child(name, of: section) else { return nil }
    for child in document.children(node) { return document.key(child) }
    return nil
  }

  /// `name (1.2.3)` or `name (1.2.3-platform)`.
  private static func add(
    _ node: NodeID, _ origin: Origin, _ checksums: TextTable, _ direct: TextTable,
    _ reader: inout EntryReader
  ) throws(Unread) {
    let line = reader.document.key(node)
    guard let space = reader.document.firstIndex(of: " (", in: line), space > 0,
      reader.document.ends(line, with: ")")
    else { throw reader.unread(.wrongShape, node) }
    let name = reader.document.prefix(space, of: line)
    var version = reader.document.part(space + 2..<Int(line.count) - 1, of: line)
    var locator = name
    if let dash = reader.document.firstIndex(of: 0x2d, in: version) {
      let platform = reader.document.dropFirst(dash + 1, of: version)
      version = reader.document.prefix(dash, of: version)
      locator = try reader.compose(name, " ", platform)
    }
    var entry = Entry(node: node, locator: locator, name: name, ecosystem: .gem)
    entry.version = version
    entry.sourceKind = origin.kind
    entry.source = origin.source
    entry.revision = origin.revision
    entry.isDirect = direct.value(for: name, in: reader.document) != nil
    reader.add(entry, integrity: try digests(line, checksums, &reader))
  }

  // MARK: CHECKSUMS

  private static func checksums(_ reader: EntryReader) throws(Unread) -> TextTable {
    var table = TextTable(capacity: 64)
    let document = reader.document
    guard let title = document.child("CHECKSUMS", of: reader.root) else { return table }
    for section in document.children(title) {
      for child in document.children(section) {
        let line = document.key(child)
        guard let close = document.firstIndex(of: ") ", in: line) else { continue }
        let gem = document.prefix(close + 1, of: line)
        guard table.insert(child.index, for: gem, in: document) == nil else {
          throw reader.unread(.duplicateKey, child)
        }
      }
    }
    return table
  }

  /// `sha256=HEX`, several parted by commas.
  private static func digests(
    _ gem: Text, _ checksums: TextTable, _ reader: inout EntryReader
  ) throws(Unread) -> [Text] {
    guard let index = checksums.value(for: gem, in: reader.document) else { return [] }
    let line = reader.document.key(NodeID(index))
    var rest = reader.document.dropFirst(Int(gem.count) + 1, of: line)
    var list: [Text] = []
    while !rest.isEmpty {
      let end = reader.document.firstIndex(of: 0x2c, in: rest) ?? Int(rest.count)
      let digest = reader.document.trimmed(reader.document.prefix(end, of: rest))
      rest = reader.document.dropFirst(end + 1, of: rest)
      guard let equals = reader.document.firstIndex(of: 0x3d, in: digest) else {
        throw reader.unread(.wrongShape, NodeID(index))
      }
      list.append(
        try reader.compose(
          reader.document.prefix(equals, of: digest), ":",
          reader.document.dropFirst(equals + 1, of: digest)))
    }
    return list
  }

  // MARK: DEPENDENCIES

  /// `name`, `name (~> 1.0)`, either with a `!` when the Gemfile says where it comes from.
  private static func readRequirements(
    _ reader: inout EntryReader, _ direct: inout TextTable
  ) throws(Unread) {
    guard let title = reader.document.child("DEPENDENCIES", of: reader.root) else { return }
    for section in reader.children(of: title) {
      for node in reader.children(of: section) {
        var line = reader.document.key(node)
        if reader.document.ends(line, with: "!") {
          line = reader.document.prefix(Int(line.count) - 1, of: line)
        }
        var name = line
        var specification = Text.empty
        if let space = reader.document.firstIndex(of: " (", in: line),
          reader.document.ends(line, with: ")")
        {
          name = reader.document.prefix(space, of: line)
          specification = reader.document.part(space + 2..<Int(line.count) - 1, of: line)
        }
        _ = direct.insert(node.index, for: name, in: reader.document)
        reader.add(Requirement(node: node, name: name, specification: specification))
      }
    }
  }
}
