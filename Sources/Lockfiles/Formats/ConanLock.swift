internal import Documents
internal import Primitives

/// `conan.lock`, versions 0.4 (Conan 1) and 0.5 (Conan 2) (Conan's `model/graph_lock.py`).
///
/// A package is a reference, `name/version@user/channel#revision%timestamp`; its recipe revision is a
/// digest of the recipe, or the recipe's commit.
enum ConanLock {
  static let format = Format(
    "conan-lock", files: ["conan.lock"],
    source: "Conan: Lockfiles 2026-11-30", .locks, .json,
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
    freeOrder: [.json], digests: DigestForm.sha1 + DigestForm.md5, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    let version = try reader.setFormatVersion(
      root.text("version"), oneOf: "0.4", "0.5", at: root)
    if version == "0.4" {
      for node in try root.object("graph_lock").values("nodes") { try addNode(node, &reader) }
      return
    }
    let sections: [(StaticString, Entry.Scope)] = [
      ("requires", .runtime), ("build_requires", .build), ("python_requires", .build),
      ("config_requires", .build),
    ]
    for (section, scope) in sections {
      guard let list = try root[section]?.array() else { continue }
      for package in list {
        // A reference alone, or with the package ids that were built of it.
        let reference = package.isArray ? package.first ?? package : package
        guard reference.isScalar else { throw package.unread(.wrongShape) }
        let locator = try list.key + " " + reference.text.prefix(before: "%")
        try add(reference.text, package, locator, scope, &reader)
      }
    }
  }

  /// A node of Conan 1's graph; the one without a reference is the project itself.
  private static func addNode(_ node: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let reference = try node.object().scalar("ref")
    guard !reference.isEmpty else { return }
    let isBuild = try node.scalar("context") == "build"
    // Two nodes of one graph may have one reference.
    let locator = try reference + " node " + node.key
    try add(reference, node, locator, isBuild ? .build : .runtime, &reader)
  }

  private static func add(
    _ reference: Excerpt, _ node: Cursor, _ locator: Excerpt, _ scope: Entry.Scope,
    _ reader: inout EntryReader
  ) throws(Unread) {
    let whole = reference.prefix(before: "%")
    let (package, revision) = whole.cut(at: "#") ?? (whole, .empty)
    guard let (name, version) = package.cut(at: "/"), !name.isEmpty else {
      throw node.unread(.wrongShape)
    }
    var entry = Draft(node, .conan, name, locator: locator)
    entry.version = version
    // Who made the recipe, where it is not the registry's own.
    if let (own, user) = version.cut(at: "@") {
      entry.source = user
      entry.sourceIsName = true
      entry.version = own
    }
    entry.sourceKind = .registry
    entry.scope = scope
    entry.revision = revision
    // Conan's recipe revisions are MD5, or the commit of the recipe; `0` when they were turned off.
    guard revision.count >= 32 else { return reader.add(entry) }
    try reader.add(entry, digest: revision, behind: revision.count == 32 ? "md5:" : "sha1:")
  }
}
