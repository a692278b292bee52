internal import Documents
internal import Primitives

/// `Podfile.lock` of CocoaPods (CocoaPods/Core, `lockfile.rb`).
///
/// A pod of `PODS` is `Name (1.0)` or such a key over what it needs; where it comes from and its
/// checksum stand in sections of their own, under the name before the first slash.
enum PodfileLock {
  static let format = Format(
    "podfile-lock", files: ["podfile.lock"], .locks, .yaml,
    keys: [
      KeyRule("PODS", .dependency), KeyRule("PODS/*", .dependency),
      // A pod over what it needs.
      KeyRule("PODS/*/*", .dependency), KeyRule("PODS/*/*/*", .dependency),
      KeyRule("DEPENDENCIES/**", .dependency),
      KeyRule("SPEC REPOS/**", .origin), KeyRule("EXTERNAL SOURCES/**", .origin),
      KeyRule("CHECKOUT OPTIONS/**", .origin), KeyRule("SPEC CHECKSUMS/**", .dependency),
      KeyRule("PODFILE CHECKSUM", .dependency), KeyRule("COCOAPODS", .dependency),
    ], freeOrder: [.yaml], recordsIntegrity: true, read: read)

  /// Where the pods of one name come from.
  private struct Origin {
    var kind: Entry.SourceKind
    var source: Text = .empty
    var revision: Text = .empty
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let pods = reader.document.child("PODS", of: reader.root),
      reader.document.isArray(pods)
    else { throw reader.unread(.wrongShape, reader.root) }
    var table = TextTable()
    var origins: [Origin] = []
    readOrigins(&table, &origins, reader.document)
    var direct = TextTable()
    readRequirements(&reader, &direct)
    let checksums = checksums(reader.document)
    for node in reader.children(of: pods) {
      try add(node, origins, table, checksums, direct, &reader)
    }
  }

  private static func readOrigins(
    _ table: inout TextTable, _ origins: inout [Origin], _ document: Document
  ) {
    // What was checked out names the commit; of what is external only the wish is known.
    for section in ["CHECKOUT OPTIONS", "EXTERNAL SOURCES"] as [StaticString] {
      guard let list = document.child(section, of: .root) else { continue }
      for node in document.children(list) {
        guard table.insert(origins.count, for: document.key(node), in: document) == nil else {
          continue
        }
        origins.append(origin(of: node, document))
      }
    }
    guard let repositories = document.child("SPEC REPOS", of: .root) else { return }
    for repository in document.children(repositories) {
      for node in document.children(repository) {
        guard table.insert(origins.count, for: document.text(node), in: document) == nil else {
          continue
        }
        let url = document.key(repository)
        // `trunk` is the default.
        let isDefault = document.equals(url, "trunk")
        origins.append(Origin(kind: .registry, source: isDefault ? .empty : url))
      }
    }
  }

  private static func origin(of node: NodeID, _ document: Document) -> Origin {
    var origin = Origin(kind: .unknown)
    let kinds: [(StaticString, Entry.SourceKind)] = [
      (":git", .git), (":http", .url), (":podspec", .path), (":path", .path),
    ]
    for (key, kind) in kinds {
      guard let source = document.text(key, of: node) else { continue }
      origin = Origin(kind: kind, source: source)
      // A specification may be fetched too.
      if kind == .path, document.firstIndex(of: "://", in: source) != nil { origin.kind = .url }
      break
    }
    for key in [":commit", ":tag", ":branch"] as [StaticString] where origin.revision.isEmpty {
      origin.revision = document.text(key, of: node) ?? .empty
    }
    return origin
  }

  private static func readRequirements(_ reader: inout EntryReader, _ direct: inout TextTable) {
    guard let list = reader.document.child("DEPENDENCIES", of: reader.root) else { return }
    for node in reader.children(of: list) {
      let text = reader.document.text(node)
      let (name, rest) = split(text, reader.document)
      reader.add(Requirement(node: node, name: name, specification: rest))
      _ = direct.insert(node.index, for: name, in: reader.document)
    }
  }

  /// `Name` and `1.0` of `Name (1.0)`.
  private static func split(_ text: Text, _ document: Document) -> (name: Text, rest: Text) {
    guard let open = document.firstIndex(of: " (", in: text), document.ends(text, with: ")") else {
      return (text, .empty)
    }
    return (
      document.prefix(open, of: text), document.part(open + 2..<Int(text.count) - 1, of: text)
    )
  }

  private static func checksums(_ document: Document) -> TextTable {
    var table = TextTable()
    guard let list = document.child("SPEC CHECKSUMS", of: .root) else { return table }
    for node in document.children(list) {
      _ = table.insert(node.index, for: document.key(node), in: document)
    }
    return table
  }

  private static func add(
    _ element: NodeID, _ origins: [Origin], _ table: TextTable, _ checksums: TextTable,
    _ direct: TextTable, _ reader: inout EntryReader
  ) throws(Unread) {
    var text = reader.document.text(element)
    if reader.document.isObject(element) {
      let members = reader.children(of: element)
      guard members.count == 1 else { throw reader.unread(.wrongShape, element) }
      text = reader.document.key(members[0])
    }
    let (name, version) = split(text, reader.document)
    guard !version.isEmpty else { throw reader.unread(.wrongShape, element) }
    var entry = Entry(node: element, locator: name, name: name, ecosystem: .cocoapods)
    entry.version = version
    entry.isDirect = direct.value(for: name, in: reader.document) != nil
    let slash = reader.document.firstIndex(of: 0x2f, in: name) ?? Int(name.count)
    let root = reader.document.prefix(slash, of: name)
    if let origin = table.value(for: root, in: reader.document) {
      entry.sourceKind = origins[origin].kind
      entry.source = origins[origin].source
      entry.revision = origins[origin].revision
    } else {
      // Locks of CocoaPods before 1.2 do not say which repository.
      entry.sourceKind = .registry
    }
    var digests: [Text] = []
    if let checksum = checksums.value(for: root, in: reader.document) {
      digests.append(try reader.compose("sha1:", reader.document.text(NodeID(checksum))))
    }
    reader.add(entry, integrity: digests)
  }
}
