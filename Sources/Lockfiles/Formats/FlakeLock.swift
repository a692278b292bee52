internal import Documents
internal import Primitives

/// Nix's `flake.lock`, versions 5 to 7 (Nix manual, "nix flake", "Lock files").
///
/// A node's key says nothing (`nixpkgs_2` may be `nixpkgs_3` tomorrow), so an input is known by the path
/// to it from the root: `home-manager/nixpkgs`. A node that several inputs share is an entry of each.
enum FlakeLock {
  static let format = Format(
    "flake-lock", files: ["flake.lock"], .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("root", .dependency),
      KeyRule("nodes/*/inputs/**", .dependency), KeyRule("nodes/*/flake", .dependency),
      KeyRule("nodes/*/parent/**", .dependency),
      KeyRule(addressKeys, in: "nodes/*/locked", is: .dependency),
      KeyRule(addressKeys, in: "nodes/*/original", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        "nodes/*/locked/lastModified", .number(12),
        because: "a date: nix takes the files by their hash, and checks it against them")
    ],
    freeOrder: [.json], recordsIntegrity: true, listsDependents: true, read: read)

  /// Attributes of flake references (Nix manual, "Flake references").
  private static let addressKeys: [StaticString] = [
    "type", "owner", "repo", "host", "url", "ref", "rev", "revCount", "dir", "narHash", "path",
    "id", "submodules", "shallow", "lfs", "allRefs", "exportIgnore", "verifyCommit", "keytype",
    "publicKey", "publicKeys/**", "name", "dirtyRev", "dirtyShortRev",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    let isKnown =
      reader.document.equals(version, "5") || reader.document.equals(version, "6")
      || reader.document.equals(version, "7")
    try reader.requireVersion(version, isKnown, reader.root)
    let nodes = try reader.values("nodes", of: reader.root)
    var places = TextTable()
    for (place, node) in nodes.enumerated() {
      _ = places.insert(place, for: reader.document.key(node), in: reader.document)
    }
    let root = try reader.text("root", of: reader.root)
    guard let start = places.value(for: root, in: reader.document) else {
      throw reader.unread(.contradiction, reader.root)
    }
    // Breadth first, so that each node has its shortest path, which only a new input above changes.
    var paths = [Text?](repeating: nil, count: nodes.count)
    paths[start] = .empty
    var queue = [start]
    var next = 0
    while next < queue.count {
      let place = queue[next]
      next += 1
      for input in try reader.values("inputs", of: nodes[place]) {
        // A list follows another input and brings in nothing of its own.
        guard reader.document.isScalar(input) else { continue }
        guard let target = places.value(for: reader.document.text(input), in: reader.document)
        else { throw reader.unread(.contradiction, input) }
        let name = reader.document.key(input)
        let above = paths[place] ?? .empty
        let path = above.isEmpty ? name : try reader.compose(above, "/", name)
        try add(nodes[target], path: path, name, isDirect: place == start, &reader)
        guard paths[target] == nil else { continue }
        paths[target] = path
        queue.append(target)
      }
    }
    for (place, node) in nodes.enumerated() where paths[place] == nil {
      let key = reader.document.key(node)
      try add(node, path: try reader.compose("unreachable:", key), key, isDirect: false, &reader)
    }
  }

  private static func add(
    _ node: NodeID, path: Text, _ name: Text, isDirect: Bool, _ reader: inout EntryReader
  ) throws(Unread) {
    // An input may be the project itself.
    guard let locked = reader.document.child("locked", of: node) else { return }
    guard reader.document.isObject(locked) else { throw reader.unread(.wrongShape, locked) }
    var entry = Entry(node: node, locator: path, name: name, ecosystem: .nix)
    entry.isDirect = isDirect
    entry.revision = try reader.scalar("rev", of: locked)
    try readSource(&entry, locked, &reader)
    let hash = try reader.scalar("narHash", of: locked)
    reader.add(entry, integrity: hash.isEmpty ? [] : [hash])
    guard isDirect, let original = reader.document.child("original", of: node) else { return }
    reader.add(
      Requirement(node: original, name: name, specification: try reader.scalar("ref", of: original))
    )
  }

  /// As a flake reference: `github:owner/name`, `git+https://...` (Nix manual, "Flake references").
  private static func readSource(
    _ entry: inout Entry, _ locked: NodeID, _ reader: inout EntryReader
  ) throws(Unread) {
    let type = try reader.text("type", of: locked)
    if reader.document.equals(type, "github") || reader.document.equals(type, "gitlab")
      || reader.document.equals(type, "sourcehut")
    {
      entry.sourceKind = .git
      var bytes = Array(reader.document.bytes(type)) + [0x3a]
      bytes += reader.document.bytes(try reader.text("owner", of: locked)) + [0x2f]
      bytes += reader.document.bytes(try reader.text("repo", of: locked))
      let host = try reader.scalar("host", of: locked)
      if !host.isEmpty { bytes += Array("?host=".utf8) + reader.document.bytes(host) }
      entry.source = try reader.compose(bytes)
      entry.sourceIsName = true
    } else if reader.document.equals(type, "git") || reader.document.equals(type, "hg") {
      entry.sourceKind = .git
      entry.source = try reader.text("url", of: locked)
    } else if reader.document.equals(type, "tarball") || reader.document.equals(type, "file") {
      entry.sourceKind = .url
      entry.source = try reader.text("url", of: locked)
    } else if reader.document.equals(type, "path") {
      entry.sourceKind = .path
      entry.source = try reader.text("path", of: locked)
    } else if reader.document.equals(type, "indirect") {
      // A name in a registry that each machine may set as it likes.
      entry.sourceKind = .registry
      entry.source = try reader.text("id", of: locked)
      entry.sourceIsName = true
    } else {
      throw reader.unread(.wrongShape, locked)
    }
  }
}
