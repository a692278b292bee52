internal import Documents
internal import Primitives

/// Nix's `flake.lock`, versions 5 to 7 (Nix manual, "nix flake", "Lock files").
///
/// A node's key says nothing (`nixpkgs_2` may be `nixpkgs_3` tomorrow), so an input is known by the path
/// to it from the root: `home-manager/nixpkgs`. A node that several inputs share is an entry of each.
enum FlakeLock {
  static let format = Format(
    "flake-lock", files: ["flake.lock"],
    source: "Nix: nix flake, \"Lock files\"", .locks, .json,
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
    freeOrder: [.json], digests: [.base64("sha256-", 32), .base64("sha512-", 64)],
    listsDependents: true, read: read)

  /// Attributes of flake references (Nix manual, "Flake references").
  private static let addressKeys: [StaticString] = [
    "type", "owner", "repo", "host", "url", "ref", "rev", "revCount", "dir", "narHash", "path",
    "id", "submodules", "shallow", "lfs", "allRefs", "exportIgnore", "verifyCommit", "keytype",
    "publicKey", "publicKeys/**", "name", "dirtyRev", "dirtyShortRev",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    try reader.setFormatVersion(root.text("version"), oneOf: "5", "6", "7", at: root)
    let nodes = Array(try root.values("nodes"))
    var places: [Excerpt: Int] = [:]
    for (place, node) in nodes.enumerated() { places[node.key] = place }
    guard let start = places[try root.text("root")] else { throw root.unread(.contradiction) }
    // Breadth first, so that each node has its shortest path, which only a new input above changes.
    var paths = [Excerpt?](repeating: nil, count: nodes.count)
    paths[start] = .empty
    var queue = [start]
    var next = 0
    while next < queue.count {
      let place = queue[next]
      next += 1
      // A list follows another input and brings in nothing of its own.
      for input in try nodes[place].values("inputs") where input.isScalar {
        guard let target = places[input.text] else { throw input.unread(.contradiction) }
        var path = input.key
        if let above = paths[place], !above.isEmpty { path = try above + "/" + path }
        try add(nodes[target], path: path, input.key, isDirect: place == start, &reader)
        guard paths[target] == nil else { continue }
        paths[target] = path
        queue.append(target)
      }
    }
    for (place, node) in nodes.enumerated() where paths[place] == nil {
      try add(node, path: "unreachable:" + node.key, node.key, isDirect: false, &reader)
    }
  }

  private static func add(
    _ node: Cursor, path: Excerpt, _ name: Excerpt, isDirect: Bool, _ reader: inout EntryReader
  ) throws(Unread) {
    // An input may be the project itself.
    guard let locked = try node["locked"]?.object() else { return }
    var entry = Draft(node, .nix, name, locator: path)
    entry.isDirect = isDirect
    entry.revision = try locked.scalar("rev")
    try readSource(&entry, locked)
    try reader.add(entry, digest: locked.scalar("narHash"))
    guard isDirect, let original = node["original"] else { return }
    reader.addRequirement(original, name, try original.scalar("ref"))
  }

  /// As a flake reference: `github:owner/name`, `git+https://...` (Nix manual, "Flake references").
  private static func readSource(_ entry: inout Draft, _ locked: Cursor) throws(Unread) {
    let type = try locked.text("type")
    switch type {
    case "github", "gitlab", "sourcehut":
      entry.sourceKind = .git
      let (owner, name) = (try locked.text("owner"), try locked.text("repo"))
      let host = try locked.scalar("host")
      entry.source = try type + ":" + owner + "/" + name
      if !host.isEmpty { entry.source = try entry.source + "?host=" + host }
      entry.sourceIsName = true
    case "git", "hg":
      entry.sourceKind = .git
      entry.source = try locked.text("url")
    case "tarball", "file":
      entry.sourceKind = .url
      entry.source = try locked.text("url")
    case "path":
      entry.sourceKind = .path
      entry.source = try locked.text("path")
    case "indirect":
      // A name in a registry that each machine may set as it likes.
      entry.sourceKind = .registry
      entry.source = try locked.text("id")
      entry.sourceIsName = true
    default:
      throw locked.unread(.wrongShape)
    }
  }
}
