internal import Documents
internal import Primitives

/// `pubspec.lock` of Dart and Flutter (dart-lang/pub, `lock_file.dart`).
enum PubspecLock {
  static let format = Format(
    "pubspec-lock", files: ["pubspec.lock"], .locks, .yaml,
    keys: [
      KeyRule("sdks/**", .dependency), KeyRule("packages", .dependency),
      KeyRule(
        [
          "dependency", "source", "version", "description", "description/name",
          "description/sha256", "description/url", "description/path", "description/relative",
          "description/ref", "description/resolved-ref", "description/tag-pattern",
        ], in: "packages/*", is: .dependency),
    ],
    freeOrder: [.yaml],
    recordsIntegrity: true, manifest: .of("pubspec-yaml"), read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let packages = reader.document.child("packages", of: reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    for node in reader.children(of: packages) { try add(node, &reader) }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let key = reader.document.key(node)
    var entry = Entry(node: node, locator: key, name: key, ecosystem: .pub)
    entry.version = try reader.text("version", of: node)
    // pub runs no code of what it installs.
    entry.runsCode = .no
    let kind = try reader.text("source", of: node)
    var digests: [Text] = []
    if let description = reader.document.child("description", of: node) {
      // The SDK's name, or for what comes from elsewhere the details.
      if reader.document.isScalar(description) {
        entry.source = reader.document.text(description)
      } else {
        read(description, into: &entry, reader.document)
      }
      if let sha = reader.document.text("sha256", of: description), !sha.isEmpty {
        digests.append(try reader.compose("sha256:", sha))
      }
    }
    if reader.document.equals(kind, "hosted") {
      entry.sourceKind = .registry
    } else if reader.document.equals(kind, "git") {
      entry.sourceKind = .git
    } else if reader.document.equals(kind, "path") {
      entry.sourceKind = .path
    } else if reader.document.equals(kind, "sdk") {
      entry.sourceIsName = true
    } else {
      throw reader.unread(.wrongShape, node)
    }
    if let dependency = reader.document.text("dependency", of: node) {
      entry.isDirect = reader.document.starts(dependency, with: "direct")
      if reader.document.equals(dependency, "direct dev") { entry.scope = .development }
    }
    reader.add(entry, integrity: digests)
  }

  private static func read(_ description: NodeID, into entry: inout Entry, _ document: Document) {
    for child in document.children(description) {
      let key = document.key(child)
      let value = document.text(child)
      if document.equals(key, "url") {
        entry.source = value
      } else if document.equals(key, "path") {
        if entry.source.isEmpty { entry.source = value }
      } else if document.equals(key, "resolved-ref") {
        entry.revision = value
      } else if document.equals(key, "ref") {
        if entry.revision.isEmpty { entry.revision = value }
      } else if document.equals(key, "name"), !document.equal(value, entry.name) {
        entry.alias = entry.name
        entry.name = value
      }
    }
  }
}
