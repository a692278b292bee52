internal import Documents
internal import Primitives

/// `conan.lock`, versions 0.4 (Conan 1) and 0.5 (Conan 2) (Conan's `model/graph_lock.py`).
///
/// A package is a reference, `name/version@user/channel#revision%timestamp`; its recipe revision is a
/// digest of the recipe, or the recipe's commit.
enum ConanLock {
  static let format = Format(
    "conan-lock", files: ["conan.lock"], .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("requires", .dependency),
      KeyRule("build_requires", .dependency), KeyRule("python_requires", .dependency),
      KeyRule("config_requires", .dependency), KeyRule("requires/*", .dependency),
      KeyRule("build_requires/*", .dependency), KeyRule("python_requires/*", .dependency),
      KeyRule("config_requires/*", .dependency), KeyRule("requires/*/**", .dependency),
      KeyRule("overrides/**", .origin), KeyRule("alias/**", .origin),
      KeyRule("profile_host", .dependency), KeyRule("profile_build", .dependency),
      KeyRule("graph_lock/revisions_enabled", .dependency),
      KeyRule("graph_lock/nodes", .dependency),
      KeyRule(
        [
          "ref", "path", "options", "package_id", "prev", "requires", "requires/*",
          "build_requires", "build_requires/*", "python_requires", "python_requires/*", "context",
          "modified",
        ], in: "graph_lock/nodes/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    if reader.document.equals(version, "0.5") {
      let sections: [(StaticString, Entry.Scope)] = [
        ("requires", .runtime), ("build_requires", .build), ("python_requires", .build),
        ("config_requires", .build),
      ]
      for (section, scope) in sections {
        guard let list = reader.document.child(section, of: reader.root) else { continue }
        guard reader.document.isArray(list) else { throw reader.unread(.wrongShape, list) }
        for node in reader.children(of: list) { try add(node, section, scope, &reader) }
      }
    } else if reader.document.equals(version, "0.4") {
      let graph = try reader.object("graph_lock", of: reader.root)
      for node in try reader.values("nodes", of: graph) { try addNode(node, &reader) }
    } else {
      throw reader.unread(.unknownVersion, reader.root)
    }
  }

  private static func add(
    _ node: NodeID, _ section: StaticString, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    var reference = node
    if reader.document.isArray(node), let first = reader.children(of: node).first {
      // A reference with the package ids that were built of it.
      reference = first
    }
    guard reader.document.isScalar(reference) else { throw reader.unread(.wrongShape, node) }
    let text = reader.document.text(reference)
    var bytes = section.withUTF8Buffer { Array($0) }
    bytes.append(0x20)
    bytes += reader.document.bytes(text).prefix { $0 != 0x25 }
    try add(text, node, locator: try reader.compose(bytes), scope, &reader)
  }

  /// A node of Conan 1's graph; the one without a reference is the project itself.
  private static func addNode(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let reference = try reader.scalar("ref", of: node)
    guard !reference.isEmpty else { return }
    let context = try reader.scalar("context", of: node)
    let isBuild = reader.document.equals(context, "build")
    // Two nodes of one graph may have one reference.
    let locator = try reader.compose(reference, " node ", reader.document.key(node))
    try add(reference, node, locator: locator, isBuild ? .build : .runtime, &reader)
  }

  private static func add(
    _ reference: Text, _ node: NodeID, locator: Text, _ scope: Entry.Scope,
    _ reader: inout EntryReader
  ) throws(Unread) {
    let document = reader.document
    let end = document.firstIndex(of: 0x25, in: reference) ?? Int(reference.count)
    let whole = document.prefix(end, of: reference)
    let mark = document.firstIndex(of: 0x23, in: whole)
    let package = document.prefix(mark ?? Int(whole.count), of: whole)
    guard let slash = document.firstIndex(of: 0x2f, in: package), slash > 0 else {
      throw reader.unread(.wrongShape, node)
    }
    var entry = Entry(
      node: node, locator: locator, name: document.prefix(slash, of: package), ecosystem: .conan)
    entry.version = document.dropFirst(slash + 1, of: package)
    // Who made the recipe, where it is not the registry's own.
    if let at = document.firstIndex(of: 0x40, in: entry.version) {
      entry.source = document.dropFirst(at + 1, of: entry.version)
      entry.sourceIsName = true
      entry.version = document.prefix(at, of: entry.version)
    }
    entry.sourceKind = .registry
    entry.scope = scope
    if let mark { entry.revision = document.dropFirst(mark + 1, of: whole) }
    try addDigest(entry, &reader)
  }

  private static func addDigest(_ entry: Entry, _ reader: inout EntryReader) throws(Unread) {
    // Conan's recipe revisions are MD5, or the commit of the recipe; `0` when they were turned off.
    guard entry.revision.count >= 32 else { return reader.add(entry) }
    let isMD5 = entry.revision.count == 32
    let digest =
      try isMD5
      ? reader.compose("md5:", entry.revision) : reader.compose("sha1:", entry.revision)
    reader.add(entry, integrity: [digest])
  }
}
